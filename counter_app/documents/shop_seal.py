"""The shop's seal on a stored PDF: a PAdES B-B signature with the shop's own key, and whether one still holds.

The certificate is made by the shop itself: a PDF reader says of it "unchanged since", not who the shop is.
pyHanko is imported with the first signature, never when the program starts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from counter_app.domain.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELD = "CounterShop"
KEY_BITS = 3072
YEARS = 30
"""Longer than any slip must be kept: the certificate says who sealed, it is never looked up anywhere."""
NAME_LIMIT = 64
"""X.520: the longest common name."""
_CMS_BYTES = 8192
"""Room for the signature in the file: certificate and signature take about 3 kB."""


class Seal(StrEnum):
    """What is wrong with the seal of a PDF; HOLDS when nothing is."""

    HOLDS = "holds"
    UNREADABLE = "unreadable"
    NONE = "none"
    FOREIGN = "foreign"
    CHANGED = "changed"
    NOT_WHOLE = "not_whole"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A fresh key with its certificate: `p12` is the encrypted PKCS #12 file, `certificate` DER."""

    p12: bytes
    certificate: bytes


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of a seal: the state, the sha256 of the certificate, and the reason it was given for."""

    seal: Seal
    fingerprint: str = ""
    reason: str = ""


def fingerprint(certificate: bytes) -> str:
    """sha256 (lowercase hex) of a certificate's DER bytes: what a reader shows as its SHA-256 fingerprint."""
    return hashlib.sha256(certificate).hexdigest()


def named(certificate: bytes) -> tuple[str, date]:
    """Whom a certificate (DER) names, and the day it is valid until."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    told = x509.load_der_x509_certificate(certificate)
    names = told.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return (str(names[0].value) if names else ""), told.not_valid_after_utc.date()


def pem(certificate: bytes) -> bytes:
    """A certificate (DER) in the spelling that every reader imports."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)


def new_key(shop: str, code: str, secret: bytes, at: datetime) -> NewKey:
    """An RSA key with a self-signed certificate that names the shop. `at` is aware."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, shop[:NAME_LIMIT] or code),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, code),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=366 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    p12 = pkcs12.serialize_key_and_certificates(
        code.encode(), key, certificate, None, serialization.BestAvailableEncryption(secret)
    )
    return NewKey(p12, certificate.public_bytes(serialization.Encoding.DER))


class ShopSigner:
    """The shop's key, opened.

    Raises SurroundingsError `seal.key` for a file that is no key, or one that this secret does not open.
    """

    def __init__(self, p12: bytes, secret: bytes) -> None:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa
        from cryptography.hazmat.primitives.serialization import pkcs12

        try:
            key, certificate, _ = pkcs12.load_key_and_certificates(p12, secret)
        except ValueError as wrong:
            raise SurroundingsError("seal.key") from wrong
        if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
            raise SurroundingsError("seal.key")
        self.certificate = certificate.public_bytes(serialization.Encoding.DER)
        self._key = key

    @property
    def fingerprint(self) -> str:
        """Of its certificate."""
        return fingerprint(self.certificate)

    def seal(self, pdf: bytes, *, reason: str, place: str, at: datetime) -> bytes:
        """The same PDF with an invisible PAdES B-B signature over all of it, which allows no change after it.

        No time server is asked: `at` (aware) is the shop's own clock, and stands in the signature as such.
        """
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers

        from counter_app.documents.pades import AtThatMoment, KeySigner

        told = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            location=place or None,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        )
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signer = AtThatMoment(told, KeySigner(self._key, self.certificate), at)
        signed: BytesIO = signer.sign_pdf(writer, bytes_reserved=_CMS_BYTES)
        return signed.getvalue()


@lru_cache(maxsize=2)
def opened(p12: bytes, secret: bytes) -> ShopSigner:
    """The key of a file, opened once: checking it takes a fifth of a second. Raises as `ShopSigner`."""
    return ShopSigner(p12, secret)


def look(pdf: bytes, certificates: Sequence[bytes]) -> Looked:
    """Whether a PDF bears one seal by one of these certificates (DER), over every byte of it, and unbroken."""
    import logging

    from asn1crypto import x509
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    # What it finds is told in our words, once.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)
    try:
        reader = PdfFileReader(BytesIO(pdf))
        found = reader.embedded_signatures
        if len(found) != 1:
            return Looked(Seal.NONE)
        mine = found[0]
        told = bytes(mine.signer_cert.dump())
        mark = fingerprint(told)
        reason = str(mine.sig_object.get("/Reason", ""))
        if told not in certificates:
            return Looked(Seal.FOREIGN, mark, reason)
        root = x509.Certificate.load(told)
        context = ValidationContext(
            trust_roots=[root], allow_fetching=False, moment=root.not_valid_before + timedelta(days=1)
        )
        status = validate_pdf_signature(mine, context, skip_diff=True)
    except (
        PdfError,
        SignatureValidationError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ):
        # What pyHanko stumbles over in bytes that were a PDF once, as found by changing every one of them.
        return Looked(Seal.UNREADABLE)
    if not (status.intact and status.valid and status.trusted):
        return Looked(Seal.CHANGED, mark, reason)
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return Looked(Seal.NOT_WHOLE, mark, reason)
    return Looked(Seal.HOLDS, mark, reason)

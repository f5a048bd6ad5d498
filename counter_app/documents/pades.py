"""What pyHanko signs with here: the shop's opened key, at the moment of the desk's clock.

Imported with the first signature (`shop_seal.py`), because pyHanko takes half a second to come.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asn1crypto import algos, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore


class KeySigner(signers.Signer):
    """Signs with a key that was opened and checked once, not at every signature."""

    def __init__(self, key: RSAPrivateKey, certificate: bytes) -> None:
        mechanism = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})
        told = {"cert_registry": SimpleCertificateStore(), "signature_mechanism": mechanism}
        super().__init__(signing_cert=x509.Certificate.load(certificate), **told)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return (
            bytes(self._key.key_size // 8) if dry_run else self._key.sign(data, PKCS1v15(), hashes.SHA256())
        )


class AtThatMoment(signers.PdfSigner):
    """Says when it was signed by the shop's clock (aware), not by the computer's."""

    def __init__(self, told: signers.PdfSignatureMetadata, signer: signers.Signer, at: datetime) -> None:
        super().__init__(told, signer=signer)
        self._at = at

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = self._at
        return session

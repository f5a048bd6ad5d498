"""The form as the customer signed it, stored: all its copies with the ink in one PDF, sealed with the shop's key.

It is rendered and on disk before the transaction that names it, at the signature and never in the posting, and
written out again byte for byte. Whatever else leaves the printer is rendered anew from frozen content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from counter_app.db.models import Attachment, Case, Document, Signature
from counter_app.db.posting_sql import insert_row
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.slip_content import check_code
from counter_app.domain.system_reasons import system_reason
from counter_app.services import attachment_files, shop_key
from counter_app.services.case_rows import acting, case_row
from counter_app.services.desk import Desk

KIND = "signed_form"
NODE = "signature"
"""In the place of the chart's step that asks for evidence: no step is called so."""
MIME = "application/pdf"


@dataclass(frozen=True, slots=True)
class Stored:
    """A sealed PDF that is on disk, by its hash; no row names it yet. `content` in bytes."""

    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A stored form: the signature it belongs to, the number it was posted under (empty before), where it lies.

    `sha256` is empty for a form that was signed on paper and is not scanned back yet.
    """

    signature_id: int
    attachment_id: int | None
    number: str
    case_number: str
    form_hash: str
    check_code: str
    on_paper: bool
    at: int
    sha256: str = ""
    erased_at: int | None = None


def reason(case_number: str, form_hash: str) -> str:
    """What the seal of a stored form says it is for: it binds the file to what was signed."""
    return f"{case_number} {check_code(form_hash)} sha256:{form_hash}"


def seal(desk: Desk, pdf: bytes, case_number: str, form_hash: str) -> Stored:
    """Seal a PDF as what was signed under that hash and put it on disk. Raises SurroundingsError
    `attachment.cannot_store`, `attachment.folder_gone`, `seal.cannot_keep`."""
    sealed = shop_key.signer(desk).seal(
        pdf, reason=reason(case_number, form_hash), place=desk.shop.address, at=desk.clock.now()
    )
    return Stored(attachment_files.keep(desk, sealed), sealed)


def enter(desk: Desk, case_id: int, stored: Stored, code: str) -> int:
    """The row that names a stored PDF, inside the caller's transaction. Returns its id."""
    # Under the lock: what takes away files that no row names may have been quicker.
    attachment_files.keep(desk, stored.content)
    return insert_row(
        desk.db,
        Attachment,
        case_id=case_id,
        node=NODE,
        kind=KIND,
        sha256=stored.sha256,
        mime=MIME,
        size=len(stored.content),
        name=f"{code}.pdf",
        by_id=acting(desk),
        at=desk.instant(),
    )


def of_case(desk: Desk, case_id: int) -> tuple[SignedForm, ...]:
    """The signatures of a case that stand, oldest first, each with its stored PDF."""
    return _forms((Signature.case == case_id) & (Signature.void == 0))


def of_number(desk: Desk, number: str) -> tuple[SignedForm, ...]:
    """The signed forms that were posted with a document, or of a whole case.

    Raises UserError `case.unknown`.
    """
    row: Any = Document.get_or_none(Document.number == number)
    if row is None or row.case_id is None:
        return of_case(desk, case_row(number).id)
    together = Document.select(Document.id).where(Document.posting == row.posting_id)
    return _forms(Signature.document << together)


def pdf_of(desk: Desk, form: SignedForm) -> bytes:
    """The stored PDF, byte for byte.

    Raises UserError `form.not_scanned`, `form.not_stored`, `form.erased`; SurroundingsError `form.gone`,
    `form.changed_file` when the file is not what was stored.
    """
    if form.erased_at is not None:
        raise UserError("form.erased", number=form.number or form.case_number)
    if not form.sha256:
        code = "form.not_scanned" if form.on_paper else "form.not_stored"
        raise UserError(code, number=form.number or form.case_number, code=form.check_code)
    file = desk.folder / attachment_files.relative_path(form.sha256)
    try:
        content = file.read_bytes()
    except OSError as cause:
        raise SurroundingsError("form.gone", path=str(file), cause=system_reason(cause)) from cause
    if attachment_files.sha256_of(content) != form.sha256:
        raise SurroundingsError("form.changed_file", path=str(file))
    return content


def the_one(forms: Sequence[SignedForm], number: str) -> SignedForm:
    """The only signed form among these. Raises UserError `form.unsigned`, `form.several`."""
    if not forms:
        raise UserError("form.unsigned", number=number)
    if len(forms) > 1:
        told = ", ".join(form.number or form.check_code for form in forms)
        raise UserError("form.several", number=number, numbers=told)
    return forms[0]


def _forms(where: Any) -> tuple[SignedForm, ...]:
    rows = (
        Signature.select(Signature, Attachment, Document, Case)
        .join(Attachment, JOIN.LEFT_OUTER, on=(Signature.form == Attachment.id), attr="stored")
        .switch(Signature)
        .join(Document, JOIN.LEFT_OUTER, on=(Signature.document == Document.id), attr="posted")
        .switch(Signature)
        .join(Case, on=(Signature.case == Case.id), attr="mine")
        .where(where & (Signature.signer == "customer"))
        .order_by(Signature.id)
    )
    return tuple(_form(row) for row in rows)


def _form(row: Any) -> SignedForm:
    stored = getattr(row, "stored", None)
    posted = getattr(row, "posted", None)
    return SignedForm(
        signature_id=row.id,
        attachment_id=row.form_id,
        number=posted.number if posted is not None else "",
        case_number=row.mine.number,
        form_hash=row.form_hash,
        check_code=row.check_code,
        on_paper=bool(row.on_paper),
        at=row.at,
        sha256=stored.sha256 if stored is not None else "",
        erased_at=stored.erased_at if stored is not None else row.erased_at,
    )

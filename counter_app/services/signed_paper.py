"""A form that was signed on paper: printed, signed there, photographed or scanned back, and then like any other.

The scan becomes a PDF sealed with the shop's key, bound to the form's hash like one signed on the pad. That it is
the right sheet, whoever attaches it says by typing the check code that is printed on it; where the pages show the QR
of another paper, they are refused. A wrong or unreadable scan is replaced with a reason, and stays beside the new one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from counter_app.db.models import Attachment, ScanCorrection, Signature, Task
from counter_app.db.posting_sql import change_rows, insert_row
from counter_app.domain import roles, text
from counter_app.domain.check_code import normal
from counter_app.domain.dates import deadline
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.spoken import Words
from counter_app.domain.system_reasons import system_reason
from counter_app.services import pictures, signed_forms, staff, tasks
from counter_app.services.case_rows import CHANGED, acting, add_event, case_row, staff_names, touch
from counter_app.services.desk import Desk, Outcome
from counter_app.services.lookup import QR_PREFIX
from counter_app.services.signed_forms import SignedForm, Stored
from counter_app.services.sync import sync

TASK = "scan"
MOST_PAGES = 20
MOST_WHY = 200
DAYS = 1
"""So long the signed sheet may lie on the counter before it is late."""


@dataclass(frozen=True, slots=True)
class ReplacedScan:
    """A scan in whose place another came: the form with the old file, why, who did it and when."""

    form: SignedForm
    why: str
    by: str
    at: int


def lacking(desk: Desk, case_id: int) -> tuple[SignedForm, ...]:
    """Forms of a case that were signed on paper and are not scanned back, oldest first."""
    return tuple(
        form
        for form in signed_forms.of_case(desk, case_id)
        if form.on_paper and form.attachment_id is None and form.erased_at is None
    )


def remind(desk: Desk, case_id: int, signature_id: int) -> None:
    """Inside the posting: when what was posted was signed on paper, the sheet is still to be scanned."""
    row = desk.db.execute_sql(
        "SELECT check_code FROM signature WHERE id = ? AND on_paper = 1 AND form_id IS NULL", (signature_id,)
    ).fetchone()
    if row is not None:
        tasks.add_task(
            desk,
            case_id=case_id,
            walk_id=None,
            kind=TASK,
            what=Words(row[0], row[0]),
            role="clerk",
            due_on=deadline(desk.today(), DAYS),
            node=str(signature_id),
        )


def attach(desk: Desk, signature_id: int, pages: Sequence[bytes | Path], code: str) -> Outcome[SignedForm]:
    """Keep the signed sheet: pictures, or a scanner's PDF, in the order of its pages.

    `code` is the check code as it stands on the paper. Raises UserError `paper.unknown`, `paper.there`,
    `paper.code`, `paper.other_form`,
    `paper.pages`, `photo.…`; SurroundingsError `photo.unreadable`, `slip.pdf.unreadable`,
    `attachment.cannot_store`, `seal.cannot_keep`.
    """
    staff.require(desk, roles.REGISTER)
    row = _wanted(signature_id)
    stored = _sealed(desk, row, pages, code)
    with desk.db.atomic("IMMEDIATE"):
        _wanted(signature_id)
        attached = signed_forms.enter(desk, row.case_id, stored, row.check_code)
        change_rows(desk.db, Signature, {"form": attached}, id=signature_id)
        Task.update(done_at=desk.instant(), done_by=acting(desk)).where(
            Task.case == row.case_id,
            Task.kind == TASK,
            Task.node == str(signature_id),
            Task.done_at.is_null(),
        ).execute()
        add_event(desk, row.case_id, "paper_attached", check_code=row.check_code, sha256=stored.sha256)
        touch(desk, row.case_id)
        sync(desk, case_row(row.case_id))
    return Outcome(_form(desk, row), CHANGED | {"task"})


def may_replace(desk: Desk, form: SignedForm) -> bool:
    """Whether whoever sits here may put another scan in the place of this one: who scanned it, on the same day;
    later and of others who decides (`roles.DECIDE`)."""
    if not form.on_paper or form.attachment_id is None or form.erased_at is not None:
        return False
    if staff.may(desk, roles.DECIDE):
        return True
    scan: Any = Attachment.get_by_id(form.attachment_id)
    mine = desk.staff is not None and scan.by_id == desk.staff.id
    return mine and staff.may(desk, roles.REGISTER) and _day(desk, scan.at) == desk.today()


def replace(
    desk: Desk, signature_id: int, pages: Sequence[bytes | Path], code: str, why: str
) -> Outcome[SignedForm]:
    """The sheet was scanned wrongly: another scan takes its place, the first stays and is listed (`replaced`).

    Raises as `attach`, and UserError `paper.not_there`, `paper.why`, `paper.same`, `staff.right.missing`.
    """
    staff.require(desk, roles.REGISTER)
    said = text.clean_line(why, MOST_WHY, "reason")
    if not said:
        raise UserError("paper.why")
    row = _scanned(signature_id)
    if not may_replace(desk, _form(desk, row)):
        staff.require(desk, roles.DECIDE)
    stored = _sealed(desk, row, pages, code)
    with desk.db.atomic("IMMEDIATE"):
        was = _scanned(signature_id).form_id
        now = signed_forms.enter(desk, row.case_id, stored, row.check_code)
        insert_row(
            desk.db,
            ScanCorrection,
            signature_id=signature_id,
            was_id=was,
            now_id=now,
            why=said,
            by_id=acting(desk),
            at=desk.instant(),
        )
        change_rows(desk.db, Signature, {"form": now}, id=signature_id)
        add_event(
            desk, row.case_id, "paper_replaced", check_code=row.check_code, why=said, sha256=stored.sha256
        )
        touch(desk, row.case_id)
    return Outcome(_form(desk, row), CHANGED)


def replaced(desk: Desk, case_id: int) -> tuple[ReplacedScan, ...]:
    """Scans of a case that no longer count, oldest first. Each is still there, byte for byte."""
    rows = (
        ScanCorrection.select(ScanCorrection, Attachment, Signature)
        .join(Attachment, on=(ScanCorrection.was == Attachment.id))
        .switch(ScanCorrection)
        .join(Signature, on=(ScanCorrection.signature == Signature.id))
        .where(Signature.case == case_id)
        .order_by(ScanCorrection.id)
    )
    names = staff_names()
    standing = {form.signature_id: form for form in signed_forms.of_case(desk, case_id)}
    return tuple(
        ReplacedScan(
            form=dataclasses.replace(
                standing[row.signature_id],
                attachment_id=row.was_id,
                sha256=row.was.sha256,
                erased_at=row.was.erased_at,
            ),
            why=row.why,
            by=names.get(row.by_id, ""),
            at=row.at,
        )
        for row in rows
        if row.signature_id in standing
    )


def _sealed(desk: Desk, row: Any, pages: Sequence[bytes | Path], code: str) -> Stored:
    if normal(code) != row.check_code:
        raise UserError("paper.code", typed=code.strip()[:20], code=row.check_code)
    number = row.case.number
    pdf = _pdf(pages, f"{number} {row.check_code}", row.check_code)
    return signed_forms.seal(desk, pdf, number, row.form_hash)


def _form(desk: Desk, row: Any) -> SignedForm:
    return next(one for one in signed_forms.of_case(desk, row.case_id) if one.signature_id == row.id)


def _scanned(signature_id: int) -> Any:
    row: Any = Signature.get_or_none(Signature.id == signature_id)
    if row is None or not row.on_paper or row.void:
        raise UserError("paper.unknown")
    if row.form_id is None:
        raise UserError("paper.not_there", code=row.check_code)
    if row.form.erased_at is not None:
        raise UserError("form.erased", number=row.case.number)
    return row


def _wanted(signature_id: int) -> Any:
    row: Any = Signature.get_or_none(Signature.id == signature_id)
    if row is None or not row.on_paper or row.void:
        raise UserError("paper.unknown")
    if row.form_id is not None:
        raise UserError("paper.there", code=row.check_code)
    if row.erased_at is not None:
        raise UserError("form.erased", number=row.case.number)
    return row


def _day(desk: Desk, at: int) -> date:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(desk.shop.time_zone)).date()


def _pdf(pages: Sequence[bytes | Path], title: str, code: str) -> bytes:
    from counter_app.documents import scans  # brings ReportLab

    if not 1 <= len(pages) <= MOST_PAGES:
        raise UserError("paper.pages", most=MOST_PAGES)
    parts: list[scans.ScannedPage | bytes] = []
    for page in pages:
        content = _content(page)
        if scans.is_pdf(content):
            parts.append(content)
        else:
            picture = pictures.fit_to_keep(content)
            content = picture.content
            parts.append(scans.ScannedPage(picture.content, picture.width, picture.height))
        _of_this_form(content, code)
    return scans.one_pdf(parts, title, MOST_PAGES)


def _of_this_form(content: bytes, code: str) -> None:
    """A page whose QR can be read must be of this form. Raises UserError `paper.other_form`."""
    from counter_app.documents import scanned_codes

    for told in scanned_codes.addresses(content):
        if told.lower().startswith(QR_PREFIX):
            number, _, mark = told[len(QR_PREFIX) :].partition("#")
            if normal(mark) != code:
                raise UserError("paper.other_form", number=number[:40], found=mark[:20], code=code)


def _content(page: bytes | Path) -> bytes:
    if isinstance(page, bytes):
        content = page
    else:
        try:
            if page.stat().st_size > pictures.MOST_INPUT_BYTES:
                raise UserError("photo.too_many_bytes", most=pictures.MOST_INPUT_BYTES // 2**20)
            content = page.read_bytes()
        except OSError as cause:
            raise SurroundingsError("photo.unreadable", file=page.name, cause=system_reason(cause)) from cause
    if len(content) > pictures.MOST_INPUT_BYTES:
        raise UserError("photo.too_many_bytes", most=pictures.MOST_INPUT_BYTES // 2**20)
    return content

"""A form that was signed on paper: printed, signed there, photographed or scanned back, and then like any other.

The scan becomes a PDF sealed with the shop's key, bound to the form's hash like one signed on the pad. That it is
the right sheet, whoever attaches it says by typing the check code that is printed on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from counter_app.db.models import Signature, Task
from counter_app.db.posting_sql import change_rows
from counter_app.domain import roles
from counter_app.domain.check_code import normal
from counter_app.domain.dates import deadline
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.spoken import Words
from counter_app.services import pictures, signed_forms, staff, tasks
from counter_app.services.case_rows import CHANGED, acting, add_event, case_row, touch
from counter_app.services.desk import Desk, Outcome
from counter_app.services.signed_forms import SignedForm
from counter_app.services.sync import sync

TASK = "scan"
MOST_PAGES = 20
DAYS = 1
"""So long the signed sheet may lie on the counter before it is late."""


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
    `paper.code`, `paper.pages`, `photo.…`; SurroundingsError `photo.unreadable`, `slip.pdf.unreadable`,
    `attachment.cannot_store`, `seal.cannot_keep`.
    """
    staff.require(desk, roles.REGISTER)
    row = _wanted(signature_id)
    if normal(code) != row.check_code:
        raise UserError("paper.code", typed=code.strip()[:20], code=row.check_code)
    number = row.case.number
    pdf = _pdf(pages, f"{number} {row.check_code}")
    stored = signed_forms.seal(desk, pdf, number, row.form_hash)
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
    form = next(one for one in signed_forms.of_case(desk, row.case_id) if one.signature_id == signature_id)
    return Outcome(form, CHANGED | {"task"})


def _wanted(signature_id: int) -> Any:
    row: Any = Signature.get_or_none(Signature.id == signature_id)
    if row is None or not row.on_paper or row.void:
        raise UserError("paper.unknown")
    if row.form_id is not None:
        raise UserError("paper.there", code=row.check_code)
    if row.erased_at is not None:
        raise UserError("form.erased", number=row.case.number)
    return row


def _pdf(pages: Sequence[bytes | Path], title: str) -> bytes:
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
            parts.append(scans.ScannedPage(picture.content, picture.width, picture.height))
    return scans.one_pdf(parts, title, MOST_PAGES)


def _content(page: bytes | Path) -> bytes:
    if isinstance(page, bytes):
        content = page
    else:
        try:
            if page.stat().st_size > pictures.MOST_INPUT_BYTES:
                raise UserError("photo.too_many_bytes", most=pictures.MOST_INPUT_BYTES // 2**20)
            content = page.read_bytes()
        except OSError as cause:
            raise SurroundingsError(
                "photo.unreadable", file=page.name, cause=cause.strerror or str(cause)
            ) from cause
    if len(content) > pictures.MOST_INPUT_BYTES:
        raise UserError("photo.too_many_bytes", most=pictures.MOST_INPUT_BYTES // 2**20)
    return content

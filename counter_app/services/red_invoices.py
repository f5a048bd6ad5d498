"""The register of red invoices: refunds and allowances of invoiced sales, and how far the correction is.

The program makes no invoice; it keeps what the tax platform gave (公告2024年第11号): a red confirmation form lapses
after 72 hours, then a new one is wanted. Each step is a new row, dated on the day it was entered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from counter_app.db.models import Document, RedInvoice, Task
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.services import requests, staff
from counter_app.services.case_rows import acting, add_event
from counter_app.services.desk import Desk, Outcome
from counter_app.services.month_gaps import NEEDS_RED, STANDING

KIND = "red_invoice"
CONFIRM_MS: Final = 72 * 3_600_000
"""How long a red confirmation form waits before it lapses."""
RedState = Literal["to_do", "confirming", "lapsed", "issued", "paper_back", "not_needed"]
DONE: Final = frozenset({"issued", "paper_back", "not_needed"})
CHANGED = frozenset({"case", "task"})
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,30}")
_LISTED = f"""
    SELECT d.id, d.number, c.id, c.number, d.business_date, d.amount_fen,
           (SELECT s.invoice_no FROM settlement t JOIN sale s ON s.id = t.sale_id
              WHERE t.document_id = d.id AND s.invoice_no <> '' LIMIT 1),
           r.state, r.confirm_no, r.confirm_until, r.red_no, r.note
    FROM document d JOIN case_file c ON c.id = d.case_id
    LEFT JOIN red_invoice r ON r.document_id = d.id
      AND r.seq = (SELECT max(x.seq) FROM red_invoice x WHERE x.document_id = d.id)
    WHERE {NEEDS_RED} AND ({STANDING} OR r.id IS NOT NULL) AND d.reverses_id IS NULL AND {{where}}
    ORDER BY d.id DESC LIMIT 500
"""


@dataclass(frozen=True, slots=True)
class RedInvoiceView:
    """One document whose invoice has to be corrected. `confirm_until` in ms; money in 分."""

    document_id: int
    number: str
    case_id: int
    case_number: str
    on: date
    amount_fen: int
    original_no: str
    state: RedState
    confirm_no: str = ""
    confirm_until: int | None = None
    red_no: str = ""
    note: str = ""


def register(desk: Desk, *, open_only: bool = True) -> tuple[RedInvoiceView, ...]:
    """Documents whose invoice has to be corrected, newest first."""
    open_ones = "coalesce(r.state, '') NOT IN ('issued', 'paper_back', 'not_needed')"
    return _views(desk, _LISTED.format(where=open_ones if open_only else "1"))


def record(
    desk: Desk,
    document_id: int,
    state: str,
    request_id: str,
    *,
    confirm_no: str = "",
    red_no: str = "",
    note: str = "",
) -> Outcome[RedInvoiceView]:
    """Enter one step. A form that was sent to be confirmed waits 72 hours from now.

    Raises UserError `red.document`, `red.state`, `red.number`, `red.confirm_wanted`, `red.red_wanted`,
    `red.note_wanted`, `red.done` for one that was issued already.
    """
    staff.require(desk, roles.PAY)
    confirm, red = text.clean_line(confirm_no, field="confirm_no"), text.clean_line(red_no, field="red_no")
    said = text.clean_note(note, field="note")
    _check(state, confirm, red, said)
    content = {"document": document_id, "state": state, "confirm": confirm, "red": red, "note": said}
    with desk.db.atomic("IMMEDIATE"):
        if requests.earlier(desk, request_id, KIND, content) is None:
            _write(desk, document_id, state, confirm, red, said, request_id)
            requests.remember(desk, request_id, KIND, content, {"document": document_id})
        view = _view(desk, document_id)
    return Outcome(view, CHANGED)


def _check(state: str, confirm: str, red: str, note: str) -> None:
    if state not in ("confirming", "issued", "paper_back", "not_needed"):
        raise UserError("red.state", state=state)
    for number in (confirm, red):
        if number and not _NUMBER.fullmatch(number):
            raise UserError("red.number", number=number)
    if state == "confirming" and not confirm:
        raise UserError("red.confirm_wanted")
    if state == "issued" and not red:
        raise UserError("red.red_wanted")
    if state == "not_needed" and not note:
        raise UserError("red.note_wanted")


def _write(
    desk: Desk, document_id: int, state: str, confirm: str, red: str, note: str, request_id: str
) -> None:
    before = _view(desk, document_id)
    if before.state == "issued":
        raise UserError("red.done", number=before.number, red=before.red_no)
    ((seq,),) = desk.db.execute_sql(
        "SELECT coalesce(max(seq), 0) + 1 FROM red_invoice WHERE document_id = ?", (document_id,)
    ).fetchall()
    insert_row(
        desk.db,
        RedInvoice,
        document_id=document_id,
        seq=seq,
        state=state,
        original_no=before.original_no,
        confirm_no=confirm or before.confirm_no,
        confirm_until=desk.instant() + CONFIRM_MS if state == "confirming" else None,
        red_no=red,
        note=note,
        request_id=request_id,
        by_id=acting(desk),
        at=desk.instant(),
        business_date=desk.today(),
    )
    add_event(
        desk,
        before.case_id,
        KIND,
        number=before.number,
        state=state,
        confirm_no=confirm,
        red_no=red,
        note=note,
    )
    if state in DONE:
        _finish_task(desk, document_id, red or note)


def _finish_task(desk: Desk, document_id: int, result: str) -> None:
    """The to-do that the posting left behind is done with it."""
    document = Document.get_by_id(document_id)
    Task.update(done_at=desk.instant(), done_by=acting(desk), result=result).where(
        Task.case == document.case_id,
        Task.walk == document.walk_id,
        Task.kind == "invoice",
        Task.done_at.is_null(),
    ).execute()


def _view(desk: Desk, document_id: int) -> RedInvoiceView:
    found = _views(desk, _LISTED.format(where=f"d.id = {int(document_id)}"))
    if not found:
        raise UserError("red.document")
    return found[0]


def _views(desk: Desk, sql: str) -> tuple[RedInvoiceView, ...]:
    return tuple(_one(desk, row) for row in desk.db.execute_sql(sql).fetchall())


def _one(desk: Desk, row: tuple[Any, ...]) -> RedInvoiceView:
    document_id, number, case_id, case_number, on, amount, original, state, confirm, until, red, note = row
    shown: RedState = state or "to_do"
    if state == "confirming" and until is not None and until < desk.instant():
        shown = "lapsed"
    return RedInvoiceView(
        document_id,
        number,
        case_id,
        case_number,
        date.fromisoformat(on),
        int(amount),
        original or "",
        shown,
        confirm or "",
        until,
        red or "",
        note or "",
    )

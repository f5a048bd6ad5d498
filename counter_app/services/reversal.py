"""Reversing what was posted: nothing posted is edited or deleted; a mistake is corrected by its mirror."""

from __future__ import annotations

from typing import Any

from counter_app.db import search
from counter_app.db.models import Document
from counter_app.domain import roles, text
from counter_app.domain.case import Act, Actor, CaseFacts, Refused, State, allowed
from counter_app.domain.errors import UserError
from counter_app.domain.paper_views import PostedDocument
from counter_app.domain.proposal_views import Posted
from counter_app.services import approval_rows, case_views, paper_views, requests, reversing, staff
from counter_app.services.case_rows import acting, case_row
from counter_app.services.case_words import words
from counter_app.services.desk import Desk, Outcome, StaffView
from counter_app.services.posting import CHANGED
from counter_app.services.standing import stand_of, walk_state
from counter_app.services.sync import fresh_case, outstanding_of, sync

Pin = tuple[int, str]


def reverse(
    desk: Desk, document_number: str, reason: str, request_id: str, *, by: Pin, whole: bool = True
) -> Outcome[Posted]:
    """Reverse a posted document, with `whole` everything that was posted with it for the same walk.

    `by` is who approves, with their PIN: somebody else than who reverses, except an owner who works alone.

    Raises UserError `reversal.unknown`, `reversal.of_reversal`, `reversal.twice`, `reversal.money_first`,
    `reversal.goods_gone`, `reversal.used`, `reversal.deposit_moved`, `case.approval.own`, `case.reason.missing`, …
    """
    staff.require(desk, roles.REVERSE)
    said = text.clean_note(reason, field="reason")
    approver = staff.verify_pin(desk, *by)
    wish = [document_number, said, whole]
    with desk.db.atomic("IMMEDIATE"):
        known = requests.earlier(desk, request_id, "reverse", wish)
        if known is not None:
            return Outcome(_result(desk, known), frozenset())
        row = _document(document_number)
        _check(desk, row, said)
        approval_id = _approve(desk, row, said, approver)
        rows = _together(row) if whole else [row]
        result: dict[str, Any] = {"case": row.case_id, "request": request_id}
        posting_id = requests.remember(desk, request_id, "reverse", wish, result, row.case_id)
        reversing.reverse_documents(desk, rows, said, posting_id, approval_id)
        if row.walk_id is not None:
            reversing.mark_undone(row.walk_id)
        sync(desk, fresh_case(row.case_id))
        search.index_case(desk.db, row.case_id)
    return Outcome(_result(desk, result), CHANGED)


def _document(number: str) -> Any:
    row = Document.get_or_none(Document.number == number)
    if row is None or row.case_id is None:
        raise UserError("reversal.unknown", number=number[:40])
    if row.reverses_id is not None:
        raise UserError("reversal.of_reversal", number=number)
    if paper_views.is_reversed(number):
        raise UserError("reversal.twice", number=number)
    return row


def _together(row: Any) -> list[Any]:
    """Everything posted with a document for the same walk that still stands."""
    rows = Document.select().where(
        Document.posting == row.posting_id, Document.walk == row.walk_id, Document.reverses_nothing()
    )
    return [item for item in rows if not paper_views.is_reversed(item.number)]


def _check(desk: Desk, row: Any, reason: str) -> None:
    """The transition table: is this a state in which something may be reversed, by this person, with a reason."""
    if desk.staff is None:
        raise UserError("staff.sign_in_first")
    state = State.EXECUTING
    if row.walk_id is not None:
        standing = stand_of(desk, row.walk_id)
        state = walk_state(
            standing, asked=False, signed=False, outstanding=bool(outstanding_of(desk, row.walk_id))
        )
    if state in (State.REFUSED, State.WITHDRAWN, State.OPEN, State.READY):
        state = State.SETTLED  # a notice can be reversed like any other document, also while the walk goes on
    standing_documents = [
        item
        for item in Document.select().where(Document.case == row.case_id, Document.reverses_nothing())
        if not paper_views.is_reversed(item.number)
    ]
    actor = Actor(desk.staff.id, desk.staff.rights, desk.staff.limit_fen, desk.staff.owner)
    verdict = allowed(state, Act.REVERSE, actor, CaseFacts(posted=len(standing_documents), reason=reason))
    if isinstance(verdict, Refused):
        raise UserError(verdict.reason.code, **verdict.reason.params)


def _approve(desk: Desk, row: Any, reason: str, approver: StaffView) -> int:
    """Somebody else with the right says yes (invariant 13)."""
    asked_by = acting(desk)
    alone = approver.id == asked_by and approval_rows.stands_alone(desk, asked_by)
    actor = Actor(approver.id, approver.rights, approver.limit_fen, approver.owner)
    facts = CaseFacts(requested_by=asked_by, amount_fen=abs(row.amount_fen), alone=alone, reason=reason)
    verdict = allowed(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, actor, facts)
    if isinstance(verdict, Refused):
        raise UserError(verdict.reason.code, **verdict.reason.params)
    figures = {"role": "approver", "document": row.number, "amount_fen": row.amount_fen}
    return approval_rows.new_visit_question(
        desk,
        row.case_id,
        [("reversal", words("approval.reversal", number=row.number))],
        figures,
        requests.digest(figures),
        abs(row.amount_fen),
        reason,
        asked_by,
        {
            "decision": "approve",
            "decided_by": approver.id,
            "decided_at": desk.instant(),
            "decision_note": reason,
            "self_approved": approver.id == asked_by,
            "way": "pin",
        },
    )


def _result(desk: Desk, known: dict[str, Any]) -> Posted:
    case = case_row(int(known["case"]))
    rows = [
        item
        for item in Document.select().where(Document.case == case.id, Document.reverses.is_null(False))
        if item.posting.request_id == known["request"]
    ]
    return Posted(
        case_id=case.id,
        case_number=case.number,
        state=case.state,
        documents=tuple(
            PostedDocument(
                item.number, item.prefix, paper_views.document_title(item.prefix, True), item.amount_fen
            )
            for item in rows
        ),
        refund_fen=0,
        collect_fen=0,
        paid_now_fen=0,
        owed=tuple(
            item for item in case_views.case_view(desk, case, whole=False).settlements if item.open_fen
        ),
        slips=tuple(item.number for item in rows),
    )

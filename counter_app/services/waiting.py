"""Parking a case until something arrives, and going on another day with what was computed before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from counter_app.db.models import Task
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, slips, text
from counter_app.domain.chart import Kind
from counter_app.domain.dates import deadline
from counter_app.domain.errors import UserError
from counter_app.domain.proposal_views import CounterView
from counter_app.services import moving, papers, staff, tasks, walks
from counter_app.services.case_rows import CHANGED, add_event, case_row
from counter_app.services.desk import Desk, Outcome
from counter_app.services.slip_parts import pen_for
from counter_app.services.standing import Standing, stand_of
from counter_app.services.sync import sync


def park(
    desk: Desk, walk_id: int, *, next_contact: date | None = None, note: str = ""
) -> Outcome[CounterView]:
    """The customer goes home with a 受理回执: goods left here lie in quarantine, the next contact is fixed.

    Works at a `wait`, at a question to an approver, or wherever the customer cannot wait for an answer.
    Raises UserError `waiting.ended`, `waiting.past`, `walk.settle_first`.
    """
    staff.require(desk, roles.REGISTER)
    said = text.clean_note(note, field="note")
    with desk.db.atomic("IMMEDIATE"):
        standing = stand_of(desk, walk_id)
        if standing.result.state == "ended":
            raise UserError("waiting.ended")
        if standing.pending:
            raise UserError("walk.settle_first", node=standing.result.path[standing.pending[0]])
        due = next_contact or deadline(desk.today(), standing.rules.shop.goods_back_days)
        if due < desk.today():
            raise UserError("waiting.past", day=due.isoformat())
        moved = moving.take_in(desk, standing.lines)
        tasks.tasks_of_path(desk, standing)
        _wait_task(desk, standing, due, said)
        add_event(
            desk,
            standing.case.id,
            "parked",
            walk=walk_id,
            what=[standing.node.words.zh, standing.node.words.en],
            until=due.isoformat(),
            note=said,
        )
        sync(desk, standing.case)
    return Outcome(walks.view(desk, standing.case.id), CHANGED | {"task"} | ({"stock"} if moved else set()))


def resume_wait(desk: Desk, walk_id: int, answer: str, *, reason: str = "") -> Outcome[CounterView]:
    """What was waited for arrived, or did not. Tests and offers made before are replayed as they were.

    Raises UserError `waiting.not_waiting`, `waiting.not_paid`, `walk.…`.
    """
    staff.require(desk, roles.REGISTER)
    standing = stand_of(desk, walk_id)
    if standing.node.kind is not Kind.WAIT:
        raise UserError("waiting.not_waiting", number=standing.case.number)
    return walks.answer(desk, walk_id, standing.result.at, answer, reason=reason)


def waiting_receipt(desk: Desk, case_id: int) -> slips.AcceptanceReceipt:
    """受理回执 of a case as it stands: what the shop holds, what happens next, by when."""
    case = case_row(case_id)
    pen = pen_for(desk, case)
    stands = [stand_of(desk, walk.id) for walk in case.walks]
    rows: Sequence[Any] = [row for item in stands for row in item.lines if row.state == "reserved"]
    due = (
        Task.select()
        .where(Task.case == case_id, Task.done_at.is_null(), Task.kind == "wait")
        .order_by(Task.due_on)
        .first()
    )
    open_nodes = [item.node for item in stands if item.result.state != "ended"]
    steps = tuple(pen.say(node.words) for node in open_nodes)
    return papers.acceptance(
        pen, rows, None, {}, due.due_on.isoformat() if due is not None and due.due_on else "", steps
    )


def _wait_task(desk: Desk, standing: Standing, due: date, note: str) -> None:
    """The next contact is never left open (S0-43): one open to-do per wait, moved when parked again."""
    title = standing.node.words
    told = f"{title.zh}|{title.en}"
    open_one = Task.get_or_none(
        (Task.walk == standing.row.id) & (Task.kind == "wait") & Task.done_at.is_null()
    )
    if open_one is not None:
        Task.update(due_on=due, what=told, node=standing.result.at, result=note).where(
            Task.id == open_one.id
        ).execute()
        return
    insert_row(
        desk.db,
        Task,
        case_id=standing.case.id,
        walk_id=standing.row.id,
        kind="wait",
        node=standing.result.at,
        role="clerk",
        what=told,
        due_on=due,
        created_at=desk.instant(),
        business_date=desk.today(),
        result=note,
    )

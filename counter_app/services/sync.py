"""Bringing a case's own columns in line with where its walks stand. Inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from peewee import fn

from counter_app.db.models import Approval, Case, Signature, Task, Walk
from counter_app.domain.case import FINAL, State, gathered
from counter_app.services.case_rows import add_event, touch
from counter_app.services.desk import Desk
from counter_app.services.standing import Standing, stands_of, walk_state

PROMISES = (
    *("ship", "ship_follow", "repair", "collect", "return_goods", "deposit", "loan"),
    *("complaint", "ticket", "second_handling"),
)
"""Kinds of task that keep a case executing: something promised by its documents is not done yet."""

CALLS = ("callback", "follow_up")
"""Kinds of task that keep a settled case from the archive: somebody still has to call."""

_OUTSTANDING = """
    SELECT
      (SELECT COUNT(*) FROM settlement s JOIN document d ON d.id = s.document_id
       WHERE d.walk_id = ?1 AND +d.reverses_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
         AND s.amount_fen <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM proof p WHERE p.settlement_id = s.id))
    + (SELECT COUNT(*) FROM deposit t JOIN document d ON d.id = t.document_id
       WHERE d.walk_id = ?1 AND t.amount_fen <>
         (SELECT COALESCE(SUM(m.amount_fen), 0) FROM deposit_move m WHERE m.deposit_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id))
"""


def outstanding_of(desk: Desk, walk_id: int) -> int:
    """How much of what a walk posted is still to be paid, returned, sent or repaired."""
    money = int(desk.db.execute_sql(_OUTSTANDING, (walk_id,)).fetchone()[0])
    tasks = Task.select().where(Task.walk == walk_id, Task.kind << PROMISES, Task.done_at.is_null()).count()
    return money + int(tasks)


def sync(desk: Desk, case: Any, stands: Iterable[Standing] | None = None) -> State:
    """Recompute the copies a case keeps of its walks, its state, what it waits for and its next day.

    Writes an event when the state changes. Returns the state.
    """
    found = tuple(stands) if stands is not None else stands_of(desk, case)
    signed = bool(
        Signature.select()
        .where(Signature.case == case.id, Signature.void == 0, Signature.document.is_null())
        .exists()
    )
    asked = {
        (row.walk_id, row.node)
        for row in Approval.select(Approval.walk, Approval.node).where(
            Approval.case == case.id, Approval.decision == ""
        )
    }
    states: list[State] = []
    waiting = ""
    for item in found:
        here = (item.row.id, item.result.at) in asked or ((None, "") in asked and bool(item.pending))
        left = bool(outstanding_of(desk, item.row.id)) if item.settled else False
        state = walk_state(item, asked=here, signed=signed, outstanding=left)
        states.append(state)
        if state.value.startswith("waiting_"):
            waiting = waiting or f"{item.result.at}|{item.node.words.zh}|{item.node.words.en}"
        _copy(desk, item)
    state = gathered(states)
    if state is State.SETTLED and not _call_back_due(case.id):
        state = State.CLOSED
    _write(desk, case, state, waiting)
    return state


def _copy(desk: Desk, item: Standing) -> None:
    result = item.result
    Walk.update(
        state=result.state,
        at_node=result.at,
        path=list(result.path),
        remedies=list(result.remedies),
        tests=[one.as_json() for one in result.kept],
        updated_at=desk.instant(),
    ).where(Walk.id == item.row.id).execute()


def _write(desk: Desk, case: Any, state: State, waiting: str) -> None:
    due = _next_due(case.id)
    changes: dict[str, Any] = {"state": state.value, "waiting_for": waiting, "next_due_on": due}
    closed = state in FINAL
    if closed and case.closed_at is None:
        changes["closed_at"] = desk.instant()
    elif not closed and case.closed_at is not None:
        changes["closed_at"] = None
    if state.value != case.state:
        add_event(desk, case.id, "state", **{"from": case.state, "to": state.value})
    touch(desk, case.id, **changes)
    case.updated_at = desk.instant()
    case.state, case.waiting_for, case.next_due_on = state.value, waiting, due
    case.closed_at = changes.get("closed_at", case.closed_at)


def _next_due(case_id: int) -> date | None:
    found = Task.select(fn.MIN(Task.due_on)).where(Task.case == case_id, Task.done_at.is_null()).scalar()
    return date.fromisoformat(found) if isinstance(found, str) else found


def _call_back_due(case_id: int) -> bool:
    return bool(
        Task.select().where(Task.case == case_id, Task.kind << CALLS, Task.done_at.is_null()).exists()
    )


def fresh_case(case_id: int) -> Any:
    """The case row as it is now."""
    return Case.get(Case.id == case_id)

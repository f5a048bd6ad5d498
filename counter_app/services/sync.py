"""Bringing a case's own columns in line with where its walks stand. Inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from counter_app.db.models import Case, Walk
from counter_app.db.posting_sql import change_rows
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

_VISIT = f"""
    SELECT EXISTS (SELECT 1 FROM signature WHERE case_id = ?1 AND void = 0 AND document_id IS NULL),
      EXISTS (SELECT 1 FROM task WHERE case_id = ?1 AND kind IN {CALLS} AND done_at IS NULL),
      (SELECT MIN(due_on) FROM task WHERE case_id = ?1 AND done_at IS NULL)
"""
_ASKED = "SELECT walk_id, node FROM approval WHERE case_id = ? AND decision = ''"
_OUTSTANDING = f"""
    SELECT
      (SELECT COUNT(*) FROM settlement s JOIN document d ON d.id = s.document_id
       WHERE d.walk_id = ?1 AND +d.reverses_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
         AND s.amount_fen <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM proof p WHERE p.settlement_id = s.id))
    + (SELECT COUNT(*) FROM deposit t JOIN document d ON d.id = t.document_id
       WHERE d.walk_id = ?1 AND t.amount_fen <>
         (SELECT COALESCE(SUM(m.amount_fen), 0) FROM deposit_move m WHERE m.deposit_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id))
    + (SELECT COUNT(*) FROM task WHERE walk_id = ?1 AND kind IN {PROMISES} AND done_at IS NULL)
"""


def outstanding_of(desk: Desk, walk_id: int) -> int:
    """How much of what a walk posted is still to be paid, returned, sent or repaired."""
    return int(desk.db.execute_sql(_OUTSTANDING, (walk_id,)).fetchone()[0])


def sync(desk: Desk, case: Any, stands: Iterable[Standing] | None = None) -> State:
    """Recompute the copies a case keeps of its walks, its state, what it waits for and its next day.

    Writes an event when the state changes. Returns the state.
    """
    found = tuple(stands) if stands is not None else stands_of(desk, case)
    signed, calls, due = desk.db.execute_sql(_VISIT, (case.id,)).fetchone()
    asked = {(walk, node) for walk, node in desk.db.execute_sql(_ASKED, (case.id,)).fetchall()}
    states: list[State] = []
    waiting = ""
    for item in found:
        here = (item.row.id, item.result.at) in asked or ((None, "") in asked and bool(item.pending))
        left = bool(outstanding_of(desk, item.row.id)) if item.settled else False
        state = walk_state(item, asked=here, signed=bool(signed), outstanding=left)
        states.append(state)
        if state.value.startswith("waiting_"):
            waiting = waiting or f"{item.result.at}|{item.node.words.zh}|{item.node.words.en}"
        _copy(desk, item)
    state = gathered(states)
    if state is State.SETTLED and not calls:
        state = State.CLOSED
    _write(desk, case, state, waiting, None if due is None else date.fromisoformat(due))
    return state


def _copy(desk: Desk, item: Standing) -> None:
    result = item.result
    copied = {
        "state": result.state,
        "at_node": result.at,
        "path": result.path,
        "remedies": result.remedies,
        "tests": [one.as_json() for one in result.kept],
        "updated_at": desk.instant(),
    }
    change_rows(desk.db, Walk, copied, id=item.row.id)


def _write(desk: Desk, case: Any, state: State, waiting: str, due: date | None) -> None:
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


def fresh_case(case_id: int) -> Any:
    """The case row as it is now."""
    return Case.get(Case.id == case_id)

"""What may still change about a visit that is registered: more goods on the counter, somebody else before it."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain import roles
from counter_app.domain.case_views import CaseView
from counter_app.domain.errors import UserError
from counter_app.domain.proposal_views import CounterView
from counter_app.services import cases, staff, undo, walks
from counter_app.services.case_rows import CHANGED, add_event, case_row, touch
from counter_app.services.desk import Desk, Outcome
from counter_app.services.sync import sync


def add_lines(desk: Desk, case_id: int, lines: Sequence[tuple[int, int]]) -> Outcome[CounterView]:
    """More goods of the same sale join the visit, as a group with answers of its own.

    `lines` are pairs of sale line and quantity (thousandths). Raises UserError `walk.lines.none` and what
    `open_case` raises for a line.
    """
    staff.require(desk, roles.REGISTER)
    if not lines:
        raise UserError("walk.lines.none")
    with desk.db.atomic("IMMEDIATE"):
        case = case_row(case_id)
        walk_id = walks.new_walk(desk, case)
        for line_id, quantity_milli in lines:
            cases.reserve(desk, case_id, walk_id, case.sale, line_id, quantity_milli)
        undo.void_signatures(desk, case_id)
        add_event(desk, case_id, "walk_started", walk=walk_id, lines=[line_id for line_id, _ in lines])
        sync(desk, case)
    return Outcome(walks.view(desk, case_id), CHANGED | {"sale"})


def set_stands(desk: Desk, case_id: int, stands: str, *, buyer_consent: bool = False) -> Outcome[CaseView]:
    """Who stands at the counter: `buyer`, `proxy` or `gift_recipient`, the last two perhaps with the buyer's
    consent to another route of the refund (money-and-goods, invariant 3). Raises UserError `case.choice`."""
    staff.require(desk, roles.REGISTER)
    if stands not in cases.STANDS:
        raise UserError("case.choice", field="stands", value=stands[:40])
    with desk.db.atomic("IMMEDIATE"):
        case_row(case_id)
        touch(desk, case_id, stands=stands, buyer_consent=buyer_consent)
        undo.void_signatures(desk, case_id)
        add_event(desk, case_id, "stands", stands=stands, buyer_consent=buyer_consent)
    return Outcome(cases.case(desk, case_id), CHANGED)

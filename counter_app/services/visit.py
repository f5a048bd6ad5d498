"""What may still change about a visit that is registered: more goods on the counter, somebody else before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from counter_app.db import search
from counter_app.db.models import Document, Sale, Walk
from counter_app.domain import roles
from counter_app.domain.case_views import CaseView
from counter_app.domain.errors import UserError
from counter_app.domain.proposal_views import CounterView
from counter_app.services import cases, counter_view, staff, undo, walks
from counter_app.services.answering import settle_down, suggest_reason
from counter_app.services.case_rows import CHANGED, add_event, case_row, touch, walk_row
from counter_app.services.courses import add_step
from counter_app.services.desk import Desk, Outcome
from counter_app.services.standing import Standing, stand
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
        search.index_case(desk.db, case_id)
        undo.void_signatures(desk, case_id)
        add_event(desk, case_id, "walk_started", walk=walk_id, lines=[line_id for line_id, _ in lines])
        sync(desk, case)
    return Outcome(walks.view(desk, case_id), CHANGED | {"sale"})


def attach_sale(
    desk: Desk, case_id: int, sale_id: int, lines: Sequence[tuple[int, int]], walk_id: int | None = None
) -> Outcome[CounterView]:
    """A visit that was opened without a purchase stands on one: found after all, or recorded there and then with the
    proof the customer shows. Its goods join the walk in hand; the answers stay as far as they still lead on, and every
    test is computed again from the purchase.

    `lines` are pairs of sale line and quantity (thousandths). Raises UserError `walk.lines.none`, `sale.unknown`,
    `case.sale.already`, `case.sale.posted` and what `open_case` raises for a line.
    """
    staff.require(desk, roles.REGISTER)
    if not lines:
        raise UserError("walk.lines.none")
    with desk.db.atomic("IMMEDIATE"):
        case = case_row(case_id)
        if case.sale_id is not None:
            raise UserError("case.sale.already", number=case.sale.order_no)
        sale = Sale.get_or_none(Sale.id == sale_id)
        if sale is None:
            raise UserError("sale.unknown")
        if Document.select().where(Document.case == case_id).exists():
            raise UserError("case.sale.posted")
        walk = walk_row(walk_id) if walk_id is not None else Walk.get(Walk.case == case_id, Walk.seq == 1)
        if walk.case_id != case_id:
            raise UserError("walk.unknown", walk=walk.id)
        touch(desk, case_id, sale=sale.id, **_customer(case, sale))
        for line_id, quantity_milli in lines:
            cases.reserve(desk, case_id, walk.id, sale, line_id, quantity_milli)
        add_event(desk, case_id, "sale_attached", number=sale.order_no, walk=walk.id)
        fresh = case_row(case_id)
        _computed_again(desk, fresh, walk.id)
        search.index_case(desk.db, case_id)
    return Outcome(counter_view.counter_view(desk, case_id), CHANGED | {"sale"})


def _customer(case: Any, sale: Any) -> dict[str, Any]:
    """Who the customer is, as the purchase says, where the visit does not know them yet."""
    if case.person_id is not None:
        return {}
    return {
        "person": sale.person_id,
        "customer_masked": sale.customer_masked,
        "phone_masked": sale.phone_masked,
        "phone_hash": sale.phone_hash,
    }


def _computed_again(desk: Desk, case: Any, walk_id: int) -> tuple[Standing, ...]:
    row = walk_row(walk_id)
    before = stand(desk, case, row)
    again = stand(desk, case, row, replace(before.trail, kept=()))
    used = tuple((one.node, one.answer) for one in again.result.given)
    trail = replace(again.trail, given=used)
    add_step(desk, walk_id, "answer", again.result.at, "", "", trail, again.result)
    after = stand(desk, case, walk_row(walk_id))
    suggest_reason(desk, after, after.trail)
    return settle_down(desk, case, stand(desk, case, walk_row(walk_id)))


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

"""The list of visits in the order of a column."""

from __future__ import annotations

from counter_app.db.models import Case
from counter_app.domain.case_views import CaseRow
from counter_app.domain.errors import UserError
from counter_app.domain.list_order import Order
from counter_app.services import cases
from counter_app.services.cases import CaseFilter
from counter_app.services.desk import Desk
from counter_app.services.sorted_pages import page

NUMBER, STATE = "number", "state"


def offered(wanted: CaseFilter) -> frozenset[str]:
    """The columns a list with this filter can be sorted by from an index.

    What was searched for stays newest first; visits of one day, or that wait for one thing, have no index by state.
    """
    if wanted.text.strip():
        return frozenset()
    if wanted.view == "today" or wanted.waiting_for:
        return frozenset({NUMBER})
    return frozenset({NUMBER, STATE})


def list_sorted(
    desk: Desk, wanted: CaseFilter, order: Order, after: CaseRow | None = None, limit: int = 50
) -> tuple[CaseRow, ...]:
    """Visits by number (as they were opened) or by state; hand the last row back as `after` to page on.

    Raises UserError `case.choice` for a column that is not offered with this filter.
    """
    if order.by not in offered(wanted):
        raise UserError("case.choice", field="order", value=order.by[:40])
    rows = Case.select(Case.id)
    conditions = cases.conditions(desk, wanted)
    if order.by == STATE and wanted.view == "waiting":
        conditions.append(Case.state >= "waiting")  # the walk begins there, not at the first of all states
    if conditions:
        rows = rows.where(*conditions)
    key = Case.state if order.by == STATE else Case.id
    held = None if after is None else (after.state if order.by == STATE else after.id, after.id)
    return cases.rows_of(desk, [row.id for row in page(rows, key, order.down, held, limit)])

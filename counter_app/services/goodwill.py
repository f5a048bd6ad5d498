"""What the shop gives without owing it: refunds without a right and what is given on top, in one sum (roles.toml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from counter_app.db.models import Approval
from counter_app.domain.settlement import at_stake
from counter_app.domain.settlement_terms import ApprovalReason
from counter_app.services import roles as role_service
from counter_app.services import staff

if TYPE_CHECKING:
    from counter_app.services.deals import Deal, Reckoning
    from counter_app.services.desk import Desk, StaffView
    from counter_app.services.extras import Extras
    from counter_app.services.standing import Standing

GRANT_RIGHTS = frozenset({"no_reason_right", "price_fell_in_time"})
"""Tests that find a right; where one finds none and the visit goes on, it is goodwill."""
CODE = "goodwill"
"""The answer that grants without a right, and the reason that asks for somebody's yes."""


_GIVEN = """
    SELECT COALESCE(SUM(m.amount_fen), 0) FROM case_file c JOIN compensation m ON m.case_id = c.id
    JOIN document d ON d.id = m.document_id
    WHERE {which} = ? AND m.kind <> 'legal' AND +d.approval_id IS NULL AND +d.reverses_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
"""


def without_right(standing: Standing) -> bool:
    """Whether a walk goes on although no right was found, or because somebody answered that the shop is obliging."""
    nodes = standing.chart.nodes
    found_none = any(
        test.answer == "no" and rule is not None and rule.rule in GRANT_RIGHTS
        for test in standing.result.tests
        for rule in (nodes[test.node].rule,)
    )
    return found_none or any(one.answer == CODE for one in standing.result.given)


def limit_of(desk: Desk, person: StaffView) -> int | None:
    """分 that somebody gives alone without the shop owing it; None = no limit."""
    return None if person.owner else role_service.role(desk, person.role).goodwill_fen


def reason(desk: Desk, finals: Sequence[Deal], reckoning: Reckoning, beside: Extras) -> ApprovalReason | None:
    """That the sum of all goodwill of a visit, with what was given on top of the same purchase before, is above what
    whoever works here gives alone."""
    if desk.staff is None:
        return None
    settled = {one.key: one for one in reckoning.settlement.lines} if reckoning.settlement else {}
    lines = [line for deal in finals for line in deal.lines if line.goodwill and line.key in settled]
    back = sum(at_stake(line, settled[line.key]) for line in lines)
    given = back + on_top(beside)
    limit = limit_of(desk, desk.staff)
    if given and finals:
        given += _given_before(desk, finals[0].standing.case)
    if limit is None or given <= limit:
        return None
    return ApprovalReason(CODE, given, limit)


def _given_before(desk: Desk, case: Any) -> int:
    """分 given on top of the same purchase without anybody's approval, in this visit or an earlier one: what may not be
    given at once may not be given little by little."""
    which, key = ("c.sale_id", case.sale_id) if case.sale_id is not None else ("c.id", case.id)
    (found,) = desk.db.execute_sql(_GIVEN.format(which=which), (key,)).fetchone()
    return int(found)


def on_top(beside: Extras) -> int:
    """分 given on top of a visit without owing it: coupons, gifts, concessions, money."""
    return sum(one.amount_fen for item in beside.walks for one in item.given if one.kind != "legal")


def decided(desk: Desk, approval_id: int | None, amount_fen: int) -> bool:
    """Whether whoever gave an approval gives that much alone."""
    row = Approval.get_or_none(Approval.id == approval_id)
    return row is not None and may_give(desk, staff.staff_view(desk, row.decided_by_id), amount_fen)


def may_give(desk: Desk, person: StaffView, amount_fen: int) -> bool:
    """Whether somebody gives that much goodwill alone."""
    limit = limit_of(desk, person)
    return limit is None or amount_fen <= limit


def asked_fen(figures: Mapping[str, object] | None) -> int:
    """分 of goodwill that a question about a visit is about."""
    told = (figures or {}).get("goodwill_fen", 0)
    return told if isinstance(told, int) else 0

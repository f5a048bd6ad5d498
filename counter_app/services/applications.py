"""折价申报单: an allowance above the clerk's limit as it lies before the reviewer."""

from __future__ import annotations

from typing import Any

from counter_app.db.models import Staff
from counter_app.domain import slips
from counter_app.services import rules
from counter_app.services.case_words import because, words
from counter_app.services.desk import Desk
from counter_app.services.slip_parts import pen_for
from counter_app.services.standing import Standing, stand_of

PAPER = "allowance_application"


def allowance_application(desk: Desk, case: Any, approval: Any) -> slips.AllowanceApplication | None:
    """The application that an approval is about, None when its node asks for none.

    It is the shop's own paper: the costs that were compared stand on it (S4-28, S4-31).
    """
    standing = stand_of(desk, approval.walk_id)
    node = standing.chart.nodes.get(approval.node)
    if node is None or PAPER not in node.papers:
        return None
    pen = pen_for(desk, case)
    return slips.AllowanceApplication(
        number=case.number,
        case_number=case.number,
        on=approval.business_date.isoformat(),
        shop=pen.shop(),
        customer=pen.party(),
        hands=slips.Hands(clerk=_name(approval.requested_by_id), reviewer=_name(approval.decided_by_id)),
        note=approval.note,
        sale=pen.sale(),
        lines=tuple(pen.goods(row, row.quantity_milli, None, "R10") for row in standing.lines),
        inspection=pen.listed(pen.condition(row) for row in standing.lines),
        reason=pen.listed(dict.fromkeys(pen.reason(row.reason) for row in standing.lines)),
        rule=_cost_test(desk, standing, pen.language),
        working=(
            slips.WorkingRow(label=pen.word("working.allowance"), amount_fen=approval.amount_fen, total=True),
        ),
        amount_fen=approval.amount_fen,
        verdict=_verdict(pen.language, approval),
    )


def _cost_test(desk: Desk, standing: Standing, language: Any) -> str:
    """Allowance cost beside exchange cost, as it was weighed when the allowance was chosen."""
    weighed = [one for one in standing.result.offers if one.remedy == "R10"]
    if not weighed:
        return ""
    return because(weighed[-1].clauses, rules.code_tables(desk)).of(language)


def _verdict(language: Any, approval: Any) -> str:
    if not approval.decision:
        return ""
    told = words("event.approved" if approval.decision == "approve" else "event.rejected").of(language)
    return " ".join(filter(None, (told, approval.decision_note)))


def _name(staff_id: int | None) -> str:
    row = Staff.get_or_none(Staff.id == staff_id) if staff_id is not None else None
    return row.name if row is not None else ""

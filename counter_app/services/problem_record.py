"""客户问题记录表 of a case (S2-9): what was written down at intake, as it stands now."""

from __future__ import annotations

from typing import Any

from counter_app.db.models import CaseWords
from counter_app.domain import slips
from counter_app.services import customer_history
from counter_app.services.case_words import wish_words
from counter_app.services.desk import Desk
from counter_app.services.slip_parts import Pen, pen_for
from counter_app.services.standing import stands_of


def problem_record(desk: Desk, case: Any) -> slips.ProblemRecord:
    """The nine things asked of a customer; what nobody knows stays empty to be written by hand."""
    pen = pen_for(desk, case)
    told = CaseWords.get_or_none(CaseWords.case == case.id)
    known = customer_history.of_case(desk, case.id)
    wishes = [pen.say(wish_words(code)) for code in case.wishes or ()]
    return slips.ProblemRecord(
        number=case.number,
        case_number=case.number,
        on=case.business_date.isoformat(),
        at=pen.clock(case.opened_at),
        shop=pen.shop(),
        customer=pen.party(),
        hands=pen.clerk(),
        sale=pen.sale(),
        lines=tuple(pen.goods(row, row.quantity_milli, None, "") for row in case.lines),
        customer_class=pen.word(f"customer_class.{known.customer_class}"),
        channel=pen.word(f"contact.{case.contact_channel}"),
        happened_on=case.happened_on.isoformat() if case.happened_on else "",
        about=(case.plan or {}).get("about", ""),
        problem_kind=_kind(desk, case, pen),
        own_words=told.words if told else "",
        summary=case.summary,
        wishes=pen.listed(wishes),
        urgency=tuple(
            slips.Check(
                label=pen.word(f"urgency.{level}"), state=True if case.safety and level == "high" else None
            )
            for level in ("high", "middle", "low")
        ),
    )


def _kind(desk: Desk, case: Any, pen: Pen) -> str:
    """With what the customer came in: the first answer of each walk."""
    found = []
    for item in stands_of(desk, case):
        if item.result.given:
            first = item.result.given[0]
            answer = item.chart.nodes[first.node].answer(first.answer)
            if answer is not None:
                found.append(pen.say(answer.words))
    return pen.listed(dict.fromkeys(found))

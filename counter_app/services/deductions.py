"""What the answers of a visit have taken off the price: for which line, why, and whether the amount was entered."""

from __future__ import annotations

from counter_app.domain.effects import EXCHANGES
from counter_app.domain.walk_views import DeductionView
from counter_app.services.case_words import code_words, plain
from counter_app.services.standing import Standing

_KINDS = {"K8": "missing_part"}
"""What is deducted for goods accepted in a condition; for damage where none is named."""


def deductions_of(item: Standing) -> tuple[DeductionView, ...]:
    """What the answers have taken off each line; the condition of the goods names it until somebody words it.

    Once an amount was entered for one line, a line without one has nothing taken off.
    """
    wanting = [one for one in item.result.given if _wants(item, one.node, one.answer)]
    if item.settled or not wanting:
        return ()
    charged = any(_remedy(item, one.node, one.answer) in EXCHANGES for one in wanting)
    entered = {one["case_line_id"]: one for one in item.choices.get("deductions", ())}
    none = 0 if entered or any(row.deduction_fen for row in item.lines) else None
    found = []
    for row in item.lines:
        mine = entered.get(row.id)
        kind = mine["kind"] if mine else _KINDS.get(row.condition, "damage")
        reason = plain(mine["reason"]) if mine else code_words("conditions", row.condition)
        amount = mine["amount_fen"] if mine else row.deduction_fen or none
        found.append(DeductionView(row.id, row.sale_line.name, kind, reason, amount, charged))
    return tuple(found)


def without_amount(item: Standing) -> tuple[DeductionView, ...]:
    """The lines of which something was to be taken off while nobody has entered how much."""
    return tuple(one for one in deductions_of(item) if one.amount_fen is None)


def _remedy(item: Standing, node: str, answer: str) -> str:
    given = item.chart.nodes[node].answer(answer)
    return "" if given is None else given.remedy


def _wants(item: Standing, node: str, answer: str) -> bool:
    given = item.chart.nodes[node].answer(answer)
    return given is not None and given.wants == "deduction"

"""退款申请单: asks finance to pay a refund, due within 3 days (requirement S4-72)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import long_day, word
from counter_app.domain.slips import Flow, RefundApplication
from counter_app.wording import Language


def compose(slip: RefundApplication, language: Language) -> Composition:
    """Goods, ground, evidence, working and the tender asked for; reviewer and finance sign."""
    due = ((word("label.due", language), long_day(slip.due, language)),) if slip.due else ()
    blocks: list[Block | Beside] = [parts.head(slip, language, due, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(
        slip.lines, language, reason=slip.reason, rule=slip.rule, inspection=slip.inspection, remedy=""
    )
    if lines:
        blocks.append(Goods(word("section.goods", language), lines, refund=True))
    blocks += parts.words(language, *once.items())
    blocks += parts.ticks("evidence", slip.evidence, language)
    working = parts.sums(slip.working, language) + parts.subsidy(slip.subsidy, language)
    money = parts.ways(slip.money, Flow.REFUND, language)
    blocks += [Beside(working, money)] if working and money else [*working, *money]
    blocks += parts.facts(parts.invoice_cells(slip.invoice, language), parts.posted_cells(slip, language))
    blocks += parts.words(language, ("note", slip.note), most=4)
    blocks.append(Amount(word("amount.asked", language), slip.amount_fen))
    return Composition(
        title=word("title.refund_application", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "applied", *parts.subsidy_terms(slip.subsidy)),
        lines=parts.sign_lines(slip, language, "", "clerk", "reviewer", "cashier"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

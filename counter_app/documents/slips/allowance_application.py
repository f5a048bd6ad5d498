"""折价申报单: an allowance above the clerk's limit goes to review (requirement S4-31)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.slips import AllowanceApplication, Flow
from counter_app.wording import Language


def compose(slip: AllowanceApplication, language: Language) -> Composition:
    """The goods that stay with the customer, why, the working, the verdict to be written or typed."""
    blocks: list[Block | Beside] = [parts.head(slip, language, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(
        slip.lines, language, reason=slip.reason, rule=slip.rule, inspection=slip.inspection, remedy=""
    )
    if lines:
        blocks.append(Goods(word("section.goods", language), lines))
    blocks += parts.words(language, *once.items())
    blocks += parts.ticks("evidence", slip.evidence, language)
    working = parts.sums(slip.working, language)
    money = parts.ways(slip.money, Flow.REFUND, language)
    blocks += [Beside(working, money)] if working and money else [*working, *money]
    blocks += parts.words(language, ("note", slip.note), ("verdict", slip.verdict), most=4)
    blocks.append(Amount(word("amount.allowance", language), slip.amount_fen))
    return Composition(
        title=word("title.allowance_application", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "applied"),
        lines=parts.sign_lines(slip, language, "", "clerk", "reviewer"),
    )

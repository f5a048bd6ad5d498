"""小票: what was posted, short enough for a roll. Not a tax invoice, and says so (发票管理办法 23)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.slips import Flow, Receipt
from counter_app.wording import Language


def compose(slip: Receipt, language: Language) -> Composition:
    """Goods, why, the working, the amount, how it is paid, what is promised."""
    blocks: list[Block | Beside] = [parts.head(slip, language, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(
        slip.lines, language, reason=slip.reason, rule=slip.rule, inspection="", remedy=slip.remedy
    )
    if lines:
        title = "goods" if slip.goods_stay else "goods_in"
        blocks.append(Goods(word(f"section.{title}", language), lines, refund=slip.flow is Flow.REFUND))
    if slip.issued:
        blocks.append(Goods(word("section.goods_out", language), slip.issued))
    blocks += parts.words(language, *once.items(), most=4)
    working = parts.sums(slip.working, language) + parts.subsidy(slip.subsidy, language)
    money = parts.ways(slip.money, slip.flow, language) + parts.promises(slip.promises, language)
    blocks += [Beside(working, money)] if working and money else [*working, *money]
    blocks += parts.facts(parts.invoice_cells(slip.invoice, language), parts.posted_cells(slip, language))
    blocks += parts.words(language, ("note", slip.note), most=4)
    if slip.flow is not Flow.NONE:
        blocks.append(Amount(word(f"amount.{slip.flow.value}", language), slip.amount_fen))
    return Composition(
        title=word(f"title.receipt_{slip.flow.value}", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, *parts.subsidy_terms(slip.subsidy)),
        lines=parts.sign_lines(slip, language, "customer", "clerk") if slip.signature else (),
        not_invoice=True,
    )

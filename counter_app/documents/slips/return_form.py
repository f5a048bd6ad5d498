"""退换货单 (维修单, 售后处理单 by what is done), the form that is read, signed and handed out in three copies (reference-data §12)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.slips import Flow, ReturnForm
from counter_app.wording import Language

_AGREED = {Flow.REFUND: "amount_agreed", Flow.COLLECT: "amount_collect", Flow.NONE: "no_amount"}


def compose(slip: ReturnForm, language: Language) -> Composition:
    """Goods in and out, why, on what ground, the money with its working, what is promised, who signs."""
    blocks: list[Block | Beside] = [parts.head(slip, language, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(
        slip.lines,
        language,
        reason=slip.reason,
        rule=slip.rule,
        inspection=slip.inspection,
        remedy=slip.remedy,
    )
    if lines:
        title = "goods_held" if slip.goods_left else "goods" if slip.goods_stay else "goods_in"
        blocks.append(Goods(word(f"section.{title}", language), lines, refund=slip.flow is Flow.REFUND))
    if slip.issued:
        blocks.append(Goods(word("section.goods_out", language), slip.issued))
    blocks += parts.words(language, *once.items())
    blocks += parts.ticks("parts", slip.parts, language)
    working = parts.sums(slip.working, language) + parts.subsidy(slip.subsidy, language)
    money = parts.ways(slip.money, slip.flow, language) + parts.promises(slip.promises, language)
    blocks += [Beside(working, money)] if working and money else [*working, *money]
    blocks += parts.facts(parts.invoice_cells(slip.invoice, language), parts.posted_cells(slip, language))
    blocks += parts.words(language, ("note", slip.note), most=4)
    if slip.flow is not Flow.NONE:
        blocks.append(Amount(word(f"amount.{slip.flow.value}", language), slip.amount_fen))
    return Composition(
        title=word(f"title.{slip.titled}", language),
        blocks=tuple(blocks),
        terms=parts.terms(
            slip,
            language,
            "goods_stay" if slip.goods_stay else "goods_over",
            _AGREED[slip.flow],
            *parts.subsidy_terms(slip.subsidy),
        ),
        lines=parts.sign_lines(slip, language, "customer", "clerk", "reviewer", "warehouse", "cashier"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

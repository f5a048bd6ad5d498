"""退款签收单: the payee signs for the money; accounting's proof of a paid refund (conventions §3)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.slips import Flow, RefundAcknowledgement
from counter_app.wording import Language


def compose(slip: RefundAcknowledgement, language: Language) -> Composition:
    """The return with its inspection, the money, and the line "refund received" to be signed."""
    blocks: list[Block | Beside] = [parts.head(slip, language, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(
        slip.lines, language, reason=slip.reason, rule=slip.rule, inspection=slip.inspection, remedy=""
    )
    if lines:
        blocks.append(Goods(word("section.goods_in", language), lines, refund=True))
    blocks += parts.words(language, *once.items(), most=4)
    working = parts.sums(slip.working, language) + parts.subsidy(slip.subsidy, language)
    money = parts.ways(slip.money, Flow.REFUND, language)
    blocks += [Beside(working, money)] if working and money else [*working, *money]
    blocks += parts.facts(parts.invoice_cells(slip.invoice, language), parts.posted_cells(slip, language))
    blocks += parts.words(language, ("note", slip.note), most=4)
    blocks.append(Amount(word("amount.received", language), slip.amount_fen))
    return Composition(
        title=word("title.refund_acknowledgement", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "received", *parts.subsidy_terms(slip.subsidy)),
        lines=parts.sign_lines(slip, language, "payee", "cashier", "clerk", "reviewer"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

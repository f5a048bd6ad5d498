"""收款收据: for money the shop takes: a price difference, a paid repair (requirement S4-93)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.slips import Flow, MoneyReceipt
from counter_app.wording import Language


def compose(slip: MoneyReceipt, language: Language) -> Composition:
    """From whom, for what, how much, how paid. Not a tax invoice."""
    blocks: list[Block | Beside] = [parts.head(slip, language, payer=True)]
    blocks += parts.words(language, ("purpose", slip.purpose), most=4)
    lines, once = parts.said_once(slip.lines, language, reason="", rule=slip.rule, inspection="", remedy="")
    if lines:
        blocks.append(Goods(word("section.goods", language), lines))
    blocks += parts.words(language, *once.items(), most=4)
    working = parts.sums(slip.working, language)
    money = parts.ways(slip.money, Flow.COLLECT, language)
    blocks += [Beside(working, money)] if working and money else [*working, *money]
    blocks += parts.facts(parts.invoice_cells(slip.invoice, language), parts.posted_cells(slip, language))
    blocks += parts.words(language, ("note", slip.note), most=4)
    blocks.append(Amount(word("amount.collect", language), slip.amount_fen))
    return Composition(
        title=word("title.money_receipt", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "taken"),
        lines=parts.sign_lines(slip, language, "payer", "cashier", "clerk"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
        not_invoice=True,
    )

"""押金收据: a deposit for goods sent first or lent; given back against this slip."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import long_day, word
from counter_app.domain.slips import DepositReceipt, Flow
from counter_app.wording import Language


def compose(slip: DepositReceipt, language: Language) -> Composition:
    """What it secures, how much, when and on what conditions it goes back. Not a tax invoice."""
    due = ((word("label.return_by", language), long_day(slip.return_by, language)),) if slip.return_by else ()
    blocks: list[Block | Beside] = [parts.head(slip, language, due)]
    blocks += parts.words(language, ("deposit_for", slip.purpose), most=4)
    if slip.lines:
        blocks.append(Goods(word("section.goods_lent", language), slip.lines, prices=False))
    conditions = parts.steps("conditions", slip.conditions, language)
    money = parts.ways(slip.money, Flow.COLLECT, language)
    blocks += [Beside(conditions, money)] if conditions and money else [*conditions, *money]
    blocks += parts.facts(parts.posted_cells(slip, language))
    blocks += parts.words(language, ("note", slip.note), most=4)
    blocks.append(Amount(word("amount.deposit", language), slip.amount_fen))
    return Composition(
        title=word("title.deposit_receipt", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "deposit"),
        lines=parts.sign_lines(slip, language, "customer", "cashier", "clerk"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
        not_invoice=True,
    )

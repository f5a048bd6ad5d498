"""和解/补偿确认书: what the shop gives on top of the goods' own remedy, and on what ground. Both sides sign."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.slips.gift_issue import given_table
from counter_app.documents.words import word
from counter_app.domain.service_slips import SettlementForm
from counter_app.domain.slips import Flow
from counter_app.wording import Language


def compose(slip: SettlementForm, language: Language) -> Composition:
    """The matter, the ground, what is given and how the money goes; no right is given up by signing."""
    blocks: list[Block | Beside] = [parts.head(slip, language, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(slip.lines, language, reason="", inspection="")
    if lines:
        blocks.append(Goods(word("section.goods", language), lines, prices=False))
    blocks += parts.words(
        language, *once.items(), ("problem", slip.problem), ("basis", slip.basis), ("note", slip.note)
    )
    if slip.items:
        blocks.append(given_table(slip.items, language))
    blocks += parts.ways(slip.money, Flow.REFUND, language)
    if slip.amount_fen:
        blocks.append(Amount(word("amount.compensation", language), slip.amount_fen))
    return Composition(
        title=word("title.settlement_form", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "agreed", "accepted_rights"),
        lines=parts.sign_lines(slip, language, "customer", "clerk", "reviewer"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

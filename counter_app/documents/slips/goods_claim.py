"""退厂单 and 快递追偿单: goods that go back to a supplier, and what a courier owes for a parcel (S4-23)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import long_day, word
from counter_app.domain.slips import GoodsClaim
from counter_app.wording import Language


def compose(slip: GoodsClaim, language: Language) -> Composition:
    """Whom, which goods, why and how much; who hands over and who takes over sign."""
    cells = [(word(f"label.{slip.against}", language), slip.party)]
    if slip.parcel:
        cells.append((word("label.parcel", language), slip.parcel))
    if slip.against == "courier":
        cells.append(
            (word("label.insured", language), word(f"mark.{'yes' if slip.insured else 'no'}", language))
        )
    if slip.due:
        cells.append((word("label.answer_by", language), long_day(slip.due, language)))
    blocks: list[Block | Beside] = [parts.head(slip, language, tuple(cells))]
    lines, once = parts.said_once(slip.lines, language, reason=slip.reason)
    if lines:
        blocks.append(Goods(word("section.goods", language), lines, prices=False))
    blocks += parts.words(language, ("reason", once["reason"]), ("note", slip.note))
    blocks.append(Amount(word("amount.claimed", language), slip.amount_fen))
    return Composition(
        title=word(f"title.goods_claim_{slip.against}", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "handed_over"),
        lines=(
            *parts.sign_lines(slip, language, "", "clerk")[:-1],
            *parts.sign_lines(slip, language, "counterpart"),
        ),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

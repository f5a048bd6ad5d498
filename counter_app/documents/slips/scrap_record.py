"""报废单: what was destroyed before a witness (reference-data V6)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition, Goods, Photos, SignLine
from counter_app.documents.words import word
from counter_app.domain.slips import ScrapRecord
from counter_app.wording import Language


def compose(slip: ScrapRecord, language: Language) -> Composition:
    """Goods, why, how, the photos kept; who destroyed and who saw it sign."""
    people = (
        (word("label.destroyed_by", language), slip.hands.clerk),
        (word("label.witness", language), slip.witness),
    )
    blocks: list[Block | Beside] = [parts.head(slip, language, tuple(one for one in people if one[1]))]
    lines, once = parts.said_once(slip.lines, language, reason=slip.reason)
    if lines:
        blocks.append(Goods(word("section.goods_destroyed", language), lines, prices=False))
    blocks += parts.words(language, ("reason", once["reason"]), ("way", slip.way), ("note", slip.note))
    blocks += parts.ticks("evidence", slip.evidence, language)
    if slip.photos:
        blocks.append(Photos(word("label.photos", language), slip.photos))
    return Composition(
        title=word("title.scrap_record", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "destroyed"),
        lines=(
            SignLine(word("sign.destroyed_by", language), slip.hands.clerk, wide=True),
            SignLine(word("sign.witness", language), slip.witness, wide=True),
            SignLine(word("sign.date", language)),
        ),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

"""受理回执: what the shop holds, what happens next and by when, where to ask."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.slips import AcceptanceReceipt
from counter_app.wording import Language


def compose(slip: AcceptanceReceipt, language: Language) -> Composition:
    """Goods held with their parts and state, the problem as told, next steps, promised dates."""
    blocks: list[Block | Beside] = [parts.head(slip, language, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(slip.lines, language, reason="", inspection=slip.inspection)
    if lines:
        title = "goods_held" if slip.goods_held else "goods"
        blocks.append(Goods(word(f"section.{title}", language), lines, prices=False))
    blocks += parts.ticks("parts", slip.parts, language)
    blocks += parts.words(language, ("problem", slip.problem), *once.items())
    ahead = parts.steps("steps", slip.steps, language)
    dates = parts.promises(slip.promises, language)
    blocks += [Beside(ahead, dates)] if ahead and dates else [*ahead, *dates]
    ask = slip.ask or slip.shop.phone
    blocks += parts.words(language, ("ask", ask), ("note", slip.note), most=4)
    where = "mark.goods_kept" if slip.goods_held else "mark.goods_with_customer"
    return Composition(
        title=word("title.acceptance_receipt", language),
        blocks=tuple(blocks),
        terms=(word(where, language), *parts.terms(slip, language, "accepted", "collect_with")),
        lines=parts.sign_lines(slip, language, "customer", "clerk"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

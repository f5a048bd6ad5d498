"""售后服务单: the work order of a case, signed by the customer at intake and again when it is handed out (S1-12, S1-20)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.service_slips import ServiceOrder
from counter_app.wording import Language


def compose(slip: ServiceOrder, language: Language) -> Composition:
    """Goods, fault, what was agreed, what it costs, by when; who looks after it."""
    owner = ((word("label.owner", language), slip.owner),) if slip.owner else ()
    blocks: list[Block | Beside] = [parts.head(slip, language, owner, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(
        slip.lines, language, reason="", inspection=slip.inspection, remedy=slip.remedy
    )
    if lines:
        title = "goods_held" if slip.goods_held else "goods"
        blocks.append(Goods(word(f"section.{title}", language), lines, prices=False))
    blocks += parts.words(
        language,
        ("problem", slip.problem),
        ("asked", slip.wishes),
        *once.items(),
        ("solution", slip.solution),
        ("note", slip.note),
    )
    blocks += parts.ticks("parts", slip.parts, language)
    working, promised = parts.sums(slip.working, language), parts.promises(slip.promises, language)
    blocks += [Beside(working, promised)] if working and promised else [*working, *promised]
    blocks += parts.facts(parts.posted_cells(slip, language))
    return Composition(
        title=word("title.service_order", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "accepted", "collect_with"),
        lines=parts.sign_lines(slip, language, "customer", "clerk", "taken_back"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

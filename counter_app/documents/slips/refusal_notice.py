"""售后处理告知单: a refusal in writing, with reason, basis, approver and where else to turn (R29)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.slips import RefusalNotice
from counter_app.wording import Language


def usual_ways(phone: str, language: Language) -> tuple[str, ...]:
    """Where a customer may turn when a slip names nothing else: manager, 12315, association, court."""
    first = (word("turn.manager", language, phone=phone),) if phone else ()
    return first + tuple(word(f"turn.{name}", language) for name in ("hotline", "association", "law"))


def compose(slip: RefusalNotice, language: Language) -> Composition:
    """What was asked, what was found, why not, on what ground, who decided, where to turn."""
    approver = ((word("label.approver", language), slip.approver),) if slip.approver else ()
    blocks: list[Block | Beside] = [
        parts.head(slip, language, parts.sale_cells(slip.sale, language), approver)
    ]
    lines, once = parts.said_once(
        slip.lines, language, inspection=slip.inspection, reason=slip.reason, rule=slip.basis
    )
    if lines:
        blocks.append(Goods(word("section.goods", language), lines, prices=False))
    blocks += parts.words(
        language,
        ("asked", slip.asked),
        *once.items(),
    )
    blocks += parts.ticks("evidence", slip.evidence, language)
    blocks += parts.words(language, ("note", slip.note), most=4)
    blocks += parts.steps("turn_to", slip.turn_to or usual_ways(slip.shop.phone, language), language)
    blocks += parts.facts(parts.posted_cells(slip, language))
    where = "mark.goods_back" if slip.goods_back else "mark.goods_kept"
    return Composition(
        title=word("title.refusal_notice", language),
        blocks=tuple(blocks),
        terms=(word(where, language), *parts.terms(slip, language, "refusal")),
        lines=parts.sign_lines(slip, language, "customer", "clerk", "reviewer"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

"""结果确认单: what was done, and the customer's word on whether it is solved (S0-49)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.service_slips import ResultConfirmation
from counter_app.domain.slips import Check, Flow
from counter_app.wording import Language


def compose(slip: ResultConfirmation, language: Language) -> Composition:
    """What was asked, what was done, what is still promised; three boxes for the customer."""
    blocks: list[Block | Beside] = [parts.head(slip, language, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(slip.lines, language, reason="", inspection="")
    if lines:
        blocks.append(Goods(word("section.goods", language), lines, prices=False))
    blocks += parts.words(language, *once.items(), ("asked", slip.asked), ("note", slip.note))
    done, owed = parts.steps("done", slip.done, language), parts.ways(slip.money, Flow.REFUND, language)
    owed += parts.promises(slip.promises, language)
    blocks += [Beside(done, owed)] if done and owed else [*done, *owed]
    boxes = tuple(Check(label=word(f"mark.{name}", language)) for name in ("solved", "partly", "unsolved"))
    blocks += parts.ticks("verdict", boxes, language)
    blocks += parts.facts(parts.posted_cells(slip, language))
    return Composition(
        title=word("title.result_confirmation", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "confirmed", "accepted_rights"),
        lines=parts.sign_lines(slip, language, "customer", "clerk"),
    )

"""留言条: a card for somebody who was not there: about what, what comes next, where to call (S4-95)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Blank, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.service_slips import MessageCard
from counter_app.wording import Language

_LINES = 3
"""Lines to write a message on."""


def compose(slip: MessageCard, language: Language) -> Composition:
    """Which goods, what was said, what comes next, where to ask, and lines to write on."""
    case = ((word("label.case", language), slip.case_number),) if slip.case_number == slip.number else ()
    blocks: list[Block | Beside] = [parts.head(slip, language, case)]
    if slip.lines:
        blocks.append(Goods(word("section.goods", language), parts.named_only(slip.lines), prices=False))
    blocks += parts.words(language, ("problem", slip.about))
    blocks += parts.steps("steps", slip.steps, language)
    blocks += parts.words(language, ("message", slip.note), ("ask", slip.ask))
    if not slip.note:
        blocks.append(Blank(word("label.message", language), _LINES))
    return Composition(
        title=word("title.message_card", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language),
        lines=parts.sign_lines(slip, language, "", "clerk"),
    )

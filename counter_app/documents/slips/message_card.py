"""留言条: a card for somebody who was not there: about what, what comes next, where to call (S4-95)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition
from counter_app.documents.words import word
from counter_app.domain.service_slips import MessageCard
from counter_app.wording import Language


def compose(slip: MessageCard, language: Language) -> Composition:
    """About what, what comes next, where to ask, and lines to write on."""
    blocks: list[Block | Beside] = [parts.head(slip, language)]
    about = slip.about or "; ".join(line.name for line in slip.lines)
    blocks += parts.words(language, ("about", about))
    blocks += parts.steps("steps", slip.steps, language)
    blocks += parts.words(
        language,
        ("message", slip.note or "\n".join(["＿" * 20] * 3)),
        ("ask", slip.ask),
    )
    return Composition(
        title=word("title.message_card", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language),
        lines=parts.sign_lines(slip, language, "", "clerk"),
    )

"""客户问题记录表: what the customer told, in the order it is asked; for the shop's own file."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition, Goods
from counter_app.documents.words import long_day, word
from counter_app.domain.slips import ProblemRecord
from counter_app.wording import Language


def compose(slip: ProblemRecord, language: Language) -> Composition:
    """Customer, class and channel; when and what about; own words apart from the summary; wish, kind, urgency."""
    told = (
        ("customer_class", slip.customer_class),
        ("contact_channel", slip.channel),
        ("happened_on", long_day(slip.happened_on, language)),
        ("about", slip.about),
        ("problem_kind", slip.problem_kind),
    )
    cells = tuple((word(f"label.{name}", language), value) for name, value in told if value)
    blocks: list[Block | Beside] = [parts.head(slip, language, cells, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(slip.lines, language, reason="", inspection="")
    if lines:
        blocks.append(Goods(word("section.goods", language), lines, prices=False))
    blocks += parts.words(
        language,
        ("own_words", slip.own_words),
        ("summary", slip.summary),
        *once.items(),
        ("asked", slip.wishes),
        ("note", slip.note),
        most=10,
    )
    blocks += parts.ticks("urgency", slip.urgency, language)
    return Composition(
        title=word("title.problem_record", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language),
        lines=parts.sign_lines(slip, language, "", "clerk"),
    )

"""投诉登记表: a complaint in the customer's own words, its grade and cause, who answers by when, room for the outcome."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Blank, Block, Composition, Goods
from counter_app.documents.slips.refusal_notice import usual_ways
from counter_app.documents.words import long_day, word
from counter_app.domain.service_slips import ComplaintRecord
from counter_app.domain.slips import Check
from counter_app.wording import Language


def compose(slip: ComplaintRecord, language: Language) -> Composition:
    """Who complains, of which purchase, how it reached the shop; own words apart from the summary; wish, answer day."""
    told = (
        ("contact_channel", slip.channel),
        ("happened_on", long_day(slip.happened_on, language)),
        ("complaint_grade", slip.grade),
        ("to_settle", slip.about),
        ("answer_by", long_day(slip.answer_by, language)),
        ("answered_by", slip.owner),
    )
    cells = tuple((word(f"label.{name}", language), value) for name, value in told if value)
    blocks: list[Block | Beside] = [parts.head(slip, language, cells, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(slip.lines, language, reason=slip.cause, inspection="")
    if lines:
        blocks.append(Goods(word("section.goods", language), lines, prices=False))
    blocks += parts.words(
        language,
        ("own_words", slip.own_words),
        ("summary", slip.summary),
        ("complained_cause", once["reason"]),
        ("inspection", once["inspection"]),
        ("asked", slip.wishes),
        ("note", slip.note),
        most=10,
    )
    blocks += parts.ticks("complaint_kinds", slip.kinds, language)
    blocks += parts.promises(slip.promises, language)
    boxes = tuple(Check(label=word(f"mark.{name}", language)) for name in ("solved", "partly", "unsolved"))
    blocks.append(Blank(word("label.result", language), 2))
    answered = ((word("label.answered_on", language), word("sign.blank_day", language)),)
    blocks += parts.facts(answered)
    blocks += parts.ticks("verdict", boxes, language)
    if slip.escalated:
        blocks += parts.steps("turn_to", usual_ways(slip.shop.phone, language), language)
    return Composition(
        title=word("title.complaint_record", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "complaint", "accepted_rights"),
        lines=parts.sign_lines(slip, language, "customer", "clerk"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )

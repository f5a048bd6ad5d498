"""满意度回访问卷: the questions of the call-back on paper, empty boxes to be ticked (S0-50, S4-83)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Column, Composition, Table
from counter_app.documents.words import word
from counter_app.domain.service_slips import Question, SurveySheet
from counter_app.wording import Language

_BOX, _LINE = "□", "＿" * 12


def compose(slip: SurveySheet, language: Language) -> Composition:
    """The way of asking, each question with its answers, room for words."""
    blocks: list[Block | Beside] = [parts.head(slip, language)]
    blocks += parts.ticks("ways", slip.ways, language)
    if slip.lines:
        blocks += parts.words(language, ("about", "; ".join(line.name for line in slip.lines)))
    blocks.append(
        Table(
            word("section.questions", language),
            (Column(word("column.question", language), 1.2), Column(word("column.answer", language), 2.4)),
            tuple((f"{at}. {one.text}", _answer(one)) for at, one in enumerate(slip.questions, 1)),
        )
    )
    blocks += parts.words(language, ("note", slip.note or word("mark.scale", language)))
    return Composition(
        title=word("title.survey_sheet", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language),
        lines=parts.sign_lines(slip, language, "", "clerk"),
    )


def _answer(one: Question) -> str:
    if one.answer:
        return one.answer
    return "   ".join(f"{_BOX}{choice}" for choice in one.choices) if one.choices else _LINE

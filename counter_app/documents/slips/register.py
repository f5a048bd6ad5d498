"""售后登记表: every case of a day, one line each (requirement S0-5)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Block, Column, Composition, Table
from counter_app.documents.words import word
from counter_app.domain.list_slips import Register
from counter_app.wording import Language


def compose(slip: Register, language: Language) -> Composition:
    """Number, time, customer, goods, what was wrong, what was asked, how it stands, who took it."""
    rows = tuple(
        (
            line.number,
            line.at,
            "  ".join(filter(None, (line.customer, line.phone))),
            line.goods,
            "\n".join(filter(None, (line.problem, line.wishes))),
            line.state,
            line.clerk,
        )
        for line in slip.lines
    )
    table: Block = Table(
        word("section.cases", language),
        (
            Column(word("column.case", language), 2.6),
            Column(word("column.time", language), 0.8),
            Column(word("column.customer", language), 1.9),
            Column(word("column.goods", language), 3.0),
            Column(word("column.problem", language), 3.0),
            Column(word("column.state", language), 1.3),
            Column(word("column.clerk", language), 1.1),
        ),
        rows,
        (word("mark.cases", language, count=len(rows)), *[""] * 6),
    )
    if not rows:
        table = parts.nothing("cases", language)
    return Composition(
        title=word("title.register", language),
        blocks=(table, *parts.words(language, ("note", slip.note))),
        lines=parts.sign_lines(slip, language, "", "clerk", "reviewer"),
    )

"""退货入库清单: returned goods of a day, their condition and where they lie."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Block, Column, Composition, Table
from counter_app.documents.words import word
from counter_app.domain.list_slips import ReceivingList
from counter_app.domain.quantity import format_quantity
from counter_app.wording import Language


def compose(slip: ReceivingList, language: Language) -> Composition:
    """Return paper, case, goods, condition, place, quantity; who hands over and who takes in sign.

    Goods of a visit that nobody posted yet lie there without a return paper, which is said.
    """
    rows = tuple(
        (
            line.document or word("mark.not_posted", language),
            line.case_number,
            "  ".join(filter(None, (line.name, line.serial))),
            line.condition,
            line.place,
            format_quantity(line.quantity_milli),
        )
        for line in slip.lines
    )
    table: Block = Table(
        word("section.received", language),
        (
            Column(word("column.return_paper", language), 2.4),
            Column(word("column.case", language), 2.4),
            Column(word("column.goods", language), 3.6),
            Column(word("column.condition", language), 2.0),
            Column(word("column.stock_place", language), 1.5),
            Column(word("column.quantity", language), 0.8, right=True),
        ),
        rows,
        (
            word("mark.lines", language, count=len(rows)),
            *[""] * 4,
            format_quantity(sum(line.quantity_milli for line in slip.lines)),
        ),
    )
    if not rows:
        table = parts.nothing("received", language)
    return Composition(
        title=word("title.receiving_list", language),
        blocks=(table, *parts.words(language, ("note", slip.note))),
        lines=parts.sign_lines(slip, language, "", "clerk", "warehouse"),
    )

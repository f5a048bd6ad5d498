"""盘点单: book, counted and difference line by line; who counted and who answers for it."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Column, Composition, SignLine, Table
from counter_app.documents.words import long_days, word
from counter_app.domain.list_slips import CountedLine, StockCount
from counter_app.domain.quantity import format_quantity
from counter_app.wording import Language


def compose(slip: StockCount, language: Language) -> Composition:
    """The place, every line with what the ledger expected, the reason of the differences, both names."""
    told = (("stock_place", slip.place), ("begun", long_days(slip.begun, language)))
    cells = tuple((word(f"label.{name}", language), value) for name, value in told if value)
    blocks: list[Block | Beside] = [parts.head(slip, language, cells)]
    if slip.lines:
        blocks.append(_table(slip.lines, language))
    else:
        blocks.append(parts.nothing("counted_lines", language))
    blocks += parts.words(language, ("variance_reason", slip.reason), ("note", slip.note))
    return Composition(
        title=word("title.stock_count", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "counted"),
        lines=(
            SignLine(word("sign.counted_by", language), slip.hands.clerk),
            SignLine(word("sign.reviewer", language), slip.hands.reviewer),
            SignLine(word("sign.date", language)),
        ),
    )


def _table(lines: tuple[CountedLine, ...], language: Language) -> Table:
    rows = tuple(
        (
            line.name,
            "  ".join(filter(None, (line.model, line.serial, line.batch, line.case_number))),
            format_quantity(line.expected_milli),
            format_quantity(line.counted_milli),
            _signed(line.counted_milli - line.expected_milli),
        )
        for line in lines
    )
    different = sum(line.counted_milli != line.expected_milli for line in lines)
    return Table(
        word("section.counted_lines", language),
        (
            Column(word("column.goods", language), 4.2),
            Column(word("column.marks", language), 3.6),
            Column(word("column.expected", language), 1.1, right=True),
            Column(word("column.counted", language), 1.1, right=True),
            Column(word("column.difference", language), 1.1, right=True),
        ),
        rows,
        (
            word("mark.lines", language, count=len(lines)),
            word("mark.different", language, count=different),
            format_quantity(sum(line.expected_milli for line in lines)),
            format_quantity(sum(line.counted_milli for line in lines)),
            _signed(sum(line.counted_milli - line.expected_milli for line in lines)),
        ),
    )


def _signed(milli: int) -> str:
    return f"+{format_quantity(milli)}" if milli > 0 else format_quantity(milli)

"""Tables that are longer than a sheet can be: they go on in a second sheet, and formulas count both.

Every part is a table of its own under the same heads; only the last has a row of totals, over all of them. Rows are
never gathered: all parts read from one run of rows, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from counter_app.archive.sheets import Cell, Figure, FreeSheet, Part, Row, Sheet

MOST_ROWS: Final = 1_048_576 - 2
"""Rows of data in one sheet: Excel's limit less header and totals."""
_INSIDE: Final = r"(?:\"[^\"]*\"|'(?:[^']|'')*'|\([^()]*\)|[^()\"'])*"
_CALL: Final = re.compile(rf"\b(?:SUM|SUMIFS|COUNTA|COUNTIF|COUNTIFS)\({_INSIDE}\)")
"""Calls that may be made for each part and added up."""

Words = Callable[[str], str]


def split(
    sheets: tuple[Sheet | FreeSheet, ...], words: Words, most: int = MOST_ROWS
) -> tuple[Sheet | FreeSheet, ...]:
    """The sheets with every table of more than `most` rows in parts; formulas that name one name all its parts."""
    parted = {
        sheet.key: _parts(sheet, most)
        for sheet in sheets
        if isinstance(sheet, Sheet) and sheet.part is None and sheet.count > most
    }
    if not parted:
        return sheets
    found: list[Sheet | FreeSheet] = []
    for sheet in sheets:
        if isinstance(sheet, FreeSheet):
            found.append(replace(sheet, rows=tuple(_row(row, parted, words) for row in sheet.rows)))
        else:
            found += parted.get(sheet.key, (sheet,))
    return tuple(found)


def _parts(sheet: Sheet, most: int) -> tuple[Sheet, ...]:
    counts = [min(most, sheet.count - begin) for begin in range(0, sheet.count, most)]
    rows = iter(sheet.rows)
    sums: dict[int, int] = {}
    return tuple(
        replace(
            sheet,
            count=count,
            rows=_some(rows, count, last=at == len(counts)),
            part=Part(at, len(counts), tuple(counts[: at - 1]), sums),
        )
        for at, count in enumerate(counts, 1)
    )


def _some(rows: Iterator[tuple[Cell, ...]], count: int, *, last: bool) -> Iterator[tuple[Cell, ...]]:
    """The next rows; the last part takes what is left, so that a row too many does not pass unseen."""
    yield from rows if last else islice(rows, count)


def _row(row: Row, parted: dict[str, tuple[Sheet, ...]], words: Words) -> Row:
    return tuple(
        replace(cell, formula=_over_parts(cell.formula, parted, words)) if isinstance(cell, Figure) else cell
        for cell in row
    )


def _over_parts(formula: str, parted: dict[str, tuple[Sheet, ...]], words: Words) -> str:
    """A formula with each call over a table in parts made for every part, and the results added."""
    for parts in parted.values():
        name = re.escape(_quoted(parts[0].title(words)))
        area = re.compile(rf"{name}!\$([A-Z]+)\$2:\$\1\$\d+")

        def added(call: re.Match[str], parts: tuple[Sheet, ...] = parts, area: re.Pattern[str] = area) -> str:
            if not area.search(call[0]):
                return call[0]
            told = []
            for part in parts:
                place = _quoted(part.title(words)).replace("\\", r"\\")
                told.append(area.sub(rf"{place}!$\1$2:$\1${part.count + 1}", call[0]))
            return f"({'+'.join(told)})"

        formula = _CALL.sub(added, formula)
    return formula


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"

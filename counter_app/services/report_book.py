"""Reports as a workbook: one sheet for each question, every value of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from counter_app import resources
from counter_app.archive import workbook
from counter_app.archive.sheets import Cell, Column, Kind, Sheet
from counter_app.domain.report_views import DIMENSIONS, SAID_OF, Report
from counter_app.services import reports
from counter_app.services.desk import Desk
from counter_app.services.month_words import BookWords
from counter_app.wording import Language

SUFFIX: Final = ".xlsx"
_KINDS: Final = {"cases": Kind.WHOLE, "units_milli": Kind.QUANTITY}


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return resources.read_toml("i18n", "reports.toml")


def write(desk: Desk, path: Path, first: str, last: str, language: Language) -> int:
    """Write the reports of the months `first` to `last` (YYYY-MM) to `path`; how many rows they have.

    Raises UserError `staff.right.missing`, `report.month`, `report.span`, SurroundingsError `archive.file.…`;
    what stood at `path` stands there still then.
    """
    asked = [reports.report(desk, one, first, last, most=reports.ALL) for one in DIMENSIONS]
    book = BookWords(desk, language)
    heading = _catalogue()["heading"][language].format(shop=desk.shop.name, first=first, last=last)
    sheets = tuple(_sheet(one, language) for one in asked)
    workbook.write(path, sheets, partial(_word, book, language), heading=heading)
    return sum(sheet.count for sheet in sheets)


def default_path(desk: Desk, first: str, last: str) -> Path:
    """Where it goes when nobody says: `exports/` of the data folder, named after shop and months."""
    span = first if first == last else f"{first}-{last}"
    return desk.folder / "exports" / f"reports-{desk.shop.code}-{span}{SUFFIX}"


def _word(book: BookWords, language: Language, key: str) -> str:
    entry: Any = _catalogue().get(key)
    return str(entry[language]) if entry is not None else book.word(key)


def _sheet(one: Report, language: Language) -> Sheet:
    said = SAID_OF[one.dimension]
    columns = (
        Column("name", width=44),
        # Visits are counted for each value: one visit may stand under several, so they have no sum.
        *(Column(name, _KINDS.get(name, Kind.MONEY), 15, total=name != "cases") for name in said),
        Column("share", Kind.SHARE, 14),
        Column("before", Kind.WHOLE, 14),
    )
    return Sheet(one.dimension, columns, len(one.rows), _rows(one, said, language))


def _rows(one: Report, said: tuple[str, ...], language: Language) -> Iterator[tuple[Cell, ...]]:
    for row in one.rows:
        figures = (row.figures.of(name) for name in said)
        yield (row.title.of(language), *figures, row.share_bp, row.before.cases)

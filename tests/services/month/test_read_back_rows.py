"""Whatever a sheet of an archive says is read again as it was written, in either language and form, in any order."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.archive import cells, csv_zip, reading_back, workbook
from counter_app.archive.sheets import TEXTS, Column, Kind, Sheet
from counter_app.services import archive_words
from counter_app.services.archive_rows import Reader
from counter_app.services.archive_told import day_of, whole
from counter_app.services.month_contents import TABLES
from counter_app.services.month_tables import Field, Table
from counter_app.services.month_words import catalogue

SHEETS = ("cases", "lines", "refunds", "receipts", "exchanges", "goods", "reversals")
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
WRITTEN = {".xlsx": workbook.write, ".zip": csv_zip.write}
_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text and text not in archive_words.total_words()
)
_DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def _value(field: Field) -> st.SearchStrategy[Any]:
    kind = field.column.kind
    if kind is Kind.DAY:
        return st.none() | _DAYS
    if kind is Kind.INSTANT:
        return st.none() | st.integers(1_500_000_000, 1_900_000_000).map(lambda seconds: seconds * 1000)
    if kind in TEXTS:
        return st.none() | _TEXT
    return st.none() | st.integers(-10_000_000, 10_000_000)


def _rows(table: Table) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    # The first column is never empty: rows are counted by it.
    first, *rest = table.fields
    told = st.integers(1, 10_000_000) if first.column.kind is Kind.WHOLE else _TEXT
    return st.lists(st.tuples(told, *(_value(one) for one in rest)), max_size=6)


@st.composite
def _books(draw: st.DrawFn) -> dict[str, list[tuple[Any, ...]]]:
    return {table.key: draw(_rows(table)) for table in TABLES if table.key in SHEETS}


def _shuffled(
    table: Table, rows: list[tuple[Any, ...]], seed: int
) -> tuple[tuple[Column, ...], list[tuple[Any, ...]]]:
    """Columns behind the first in another order, as a later program might write them."""
    places = list(range(1, len(table.fields)))
    random.Random(seed).shuffle(places)
    order = [0, *places]
    return tuple(table.fields[at].column for at in order), [tuple(row[at] for at in order) for row in rows]


def _expected(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if field.column.kind not in TEXTS:
        return value
    told, _same = archive_words.decoded(field, cells.readable(str(value)))
    return told


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(_books(), st.sampled_from(("zh", "en")), st.sampled_from(tuple(WRITTEN)), st.integers(0, 1000))
def test_what_was_written_is_read(
    book: dict[str, list[tuple[Any, ...]]], language: str, suffix: str, seed: int
) -> None:
    tables = {table.key: table for table in TABLES}
    sheets = []
    for key, rows in book.items():
        columns, moved = _shuffled(tables[key], rows, seed)
        sheets.append(Sheet(key, columns, len(moved), iter(moved)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"book{suffix}"
        WRITTEN[suffix](path, tuple(sheets), lambda key: str(catalogue()[key][language]))
        reader = Reader(reading_back.opened(path), "01", FIRST, LAST)
        found: dict[str, list[dict[str, Any]]] = {key: [] for key in book}
        for row in reader.rows():
            found[row.sheet].append(dict(row.values))
    for key, rows in book.items():
        wanted = [
            {
                field.column.key: _expected(field, value)
                for field, value in zip(tables[key].fields, row, strict=True)
                if value is not None
            }
            for row in rows
        ]
        assert found[key] == wanted
    assert reader.learnt.counts == {key: len(rows) for key, rows in book.items()}
    assert all(check.holds for check in reader.learnt.checks if check.name != "refunds.unpaid")


@given(_DAYS)
def test_a_day_is_told_by_its_row_however_it_is_kept(day: date) -> None:
    assert day_of({"day": day.isoformat()}) == day
    assert reading_back.value(Kind.DAY, float((day - date(1899, 12, 30)).days)) == day
    assert reading_back.value(Kind.DAY, day.isoformat()) == day
    assert reading_back.value(Kind.DAY, f"{day:%Y/%m/%d}") == day


@given(st.integers(-(10**11), 10**11))
def test_money_is_exact_as_a_float_and_as_a_text(fen: int) -> None:
    assert reading_back.value(Kind.MONEY, fen / 100) == fen
    assert reading_back.value(Kind.MONEY, cells.money(fen)) == fen
    assert whole({"owed": fen}, "owed") == fen

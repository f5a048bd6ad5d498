"""The archive of a month or a year: everything that happened in it, as a workbook.

Read inside one transaction, so that all sheets agree; the stored figures of summary and control sheet are
queried apart from the rows they sum, so that a formula and its stored value check each other.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from counter_app import resources
from counter_app.archive import workbook
from counter_app.archive.sheets import UNITS, FreeSheet, Kind, Sheet, Styled
from counter_app.domain.errors import UserError
from counter_app.services import month_summary
from counter_app.services.desk import Desk
from counter_app.services.month_tables import TABLES, Field, Table
from counter_app.services.month_words import BookWords
from counter_app.wording import Language

_PERIOD = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of business dates, both ends in it. `name` is `2026-11` or `2026`."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: file, period and the number of rows in all table sheets."""

    path: Path
    period: Period
    rows: int


def period(text: str) -> Period:
    """The month `YYYY-MM` or the year `YYYY`. Raises UserError `archive.period` for anything else."""
    found = _PERIOD.fullmatch(text.strip())
    if found is None or not 2000 <= int(found[1]) <= 2199:
        raise UserError("archive.period", text=text[:40])
    year = int(found[1])
    if found[2] is None:
        return Period(text.strip(), date(year, 1, 1), date(year, 12, 31))
    month = int(found[2])
    return Period(text.strip(), date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def export(
    desk: Desk,
    span: Period,
    path: Path,
    language: Language,
    progress: workbook.Progress | None = None,
) -> Exported:
    """Write the archive of `span` to `path`, beside it first, then swapped in.

    Raises UserError `archive.suffix` unless the name ends in .xlsx, and what `workbook.write` raises.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError("archive.suffix", file=path.name)
    words = BookWords(language)
    with desk.db.atomic("DEFERRED"):
        tables = tuple(_sheet(desk, span, table, words) for table in TABLES)
        counts = {sheet.key: sheet.count for sheet in tables}
        sheets: tuple[Sheet | FreeSheet, ...] = (
            month_summary.summary(desk, span.name, span.first, span.last, words, counts),
            month_summary.control(desk, span.first, span.last, words, counts),
            *tables,
            _dictionary(words),
        )
        workbook.write(path, sheets, words.word, progress)
    return Exported(path, span, sum(counts.values()))


def _sheet(desk: Desk, span: Period, table: Table, words: BookWords) -> Sheet:
    bounds = {"first": span.first.isoformat(), "last": span.last.isoformat()}
    ((count,),) = desk.db.execute_sql(f"SELECT count(*) FROM ({table.sql})", bounds).fetchall()
    return Sheet(
        table.key,
        tuple(field.column for field in table.fields),
        count,
        _rows(desk, table, bounds, words),
    )


def _rows(
    desk: Desk, table: Table, bounds: dict[str, str], words: BookWords
) -> Iterator[tuple[object, ...]]:
    readers = [_reader(field, words, ZoneInfo(desk.shop.time_zone)) for field in table.fields]
    for row in desk.db.execute_sql(table.sql, bounds):
        yield tuple(
            None if value is None else read(value) for read, value in zip(readers, row, strict=True)
        )


def _reader(field: Field, words: BookWords, zone: ZoneInfo) -> Callable[[object], object]:
    kind = field.column.kind
    if kind is Kind.DAY:
        return lambda value: date.fromisoformat(str(value))
    if kind is Kind.INSTANT:
        return lambda value: _local_ms(value, zone)
    if field.words.endswith("*"):
        catalogue = field.words[:-1]
        return lambda value: "、".join(words.code(catalogue, code) for code in str(value).split())
    if field.words:
        catalogue = field.words
        return lambda value: words.code(catalogue, str(value))
    return lambda value: value


def _local_ms(value: object, zone: ZoneInfo) -> int:
    """An instant as the shop's clock on the wall showed it, since a workbook knows no zones."""
    if not isinstance(value, int):
        raise TypeError(f"an instant is {value!r}")
    offset = datetime.fromtimestamp(value / 1000, UTC).astimezone(zone).utcoffset()
    return value + (int(offset.total_seconds()) * 1000 if offset else 0)


def _dictionary(words: BookWords) -> FreeSheet:
    """What every column means, and in which unit."""
    rows: list[tuple[Styled | None, ...]] = [
        (Styled(words.word("sheet.dictionary"), style="title"),),
        tuple(Styled(words.word(f"dictionary.{head}"), style="head") for head in ("sheet", "column", "unit", "meaning")),
    ]
    for table in TABLES:
        for field in table.fields:
            column = field.column
            rows.append(
                (
                    Styled(words.word(f"sheet.{table.key}")),
                    Styled(words.word(f"column.{column.key}")),
                    Styled(words.word(f"unit.{UNITS[column.kind]}")),
                    Styled(words.meaning(table.key, column.key), Kind.NOTE),
                )
            )
    return FreeSheet("dictionary", (18, 18, 16, 90), tuple(rows))


def default_path(desk: Desk, span: Period) -> Path:
    """Where an archive goes when nobody says: `exports/` of the data folder, named after shop and period."""
    return desk.folder / "exports" / f"counter-{desk.shop.code}-{span.name}.xlsx"


def words_complete() -> list[str]:
    """Keys that the archive's tables need and a catalogue lacks; empty when all is worded."""
    missing: list[str] = []
    catalogue = resources.read_toml("i18n", "archive.toml")
    for table in TABLES:
        for key in (f"sheet.{table.key}", *(f"column.{field.column.key}" for field in table.fields)):
            entry = catalogue.get(key)
            if not entry or not entry.get("zh") or not entry.get("en"):
                missing.append(key)
        for field in table.fields:
            specific = f"meaning.{table.key}.{field.column.key}"
            if specific not in catalogue and f"meaning.{field.column.key}" not in catalogue:
                missing.append(specific)
    return missing

"""The archive of a month or a year: everything that happened in it, as a workbook.

Read inside one transaction, so that all sheets agree; the stored figures of summary and control sheet are
queried apart from the rows they sum, so that a formula and its stored value check each other.
"""

from __future__ import annotations

import calendar
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from counter_app.archive import csv_zip, voucher_files, workbook
from counter_app.archive.sheets import TEXTS, Column, FreeSheet, Kind, Mark, Sheet
from counter_app.archive.splitting import MOST_ROWS
from counter_app.archive.voucher_files import VoucherLine
from counter_app.db.stopping import lean, stoppable
from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.domain.privacy import mask_in_text
from counter_app.services import (
    month_contents,
    month_control,
    month_cover,
    month_dictionary,
    month_freezing,
    month_personal,
    month_summary,
    staff,
)
from counter_app.services.desk import Desk
from counter_app.services.month_book import Book
from counter_app.services.month_contents import FORMAT, NATIVE
from counter_app.services.month_tables import Field, Table
from counter_app.services.month_words import BookWords
from counter_app.wording import Language

_MOST_KEPT = 2000
_ROOM, _WIDEST = 3, 36
"""Beside the longest word of a column, and the widest column of words, in characters."""
SUFFIXES = (".xlsx", ".zip")
"""How an archive is written, by the end of its file's name: as a workbook or as CSV files."""
Asked = dict[str, list[tuple[Any, ...]]]
"""Rows of tables by key, with every column of the whole table."""
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
    if found is None or not found[1].isascii() or not 2000 <= int(found[1]) <= 2199:
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
    unmasked_why: str = "",
    most_rows: int = MOST_ROWS,
) -> Exported:
    """Write the archive of `span` to `path`, beside it first, then swapped in.

    Cost prices are in it only when the member of staff at the desk may see them; with nobody there, as for a
    headless verb, they are left out. Customers are masked, unless somebody who may see personal data says why they
    have to be told in full: then each look is written down first (a closed month was kept masked and stays so). A name that ends in .zip gets the tables as CSV instead, for other programs.
    A table of more than `most_rows` rows goes on in a second sheet (or file), and so on.
    Raises UserError `privacy.why`, `archive.suffix` unless the name ends in .xlsx or .zip,
    `staff.right.missing`, and what `workbook.write` raises, `Cancelled` from `progress` among it.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UserError("archive.suffix", file=path.name)
    if desk.staff is not None:
        staff.require(desk, roles.MONTH)
    personal = bool(unmasked_why.strip())
    if personal:
        month_personal.write_down(desk, span.first, span.last, unmasked_why)
    costs = desk.staff is not None and staff.may(desk, roles.COSTS)
    words = BookWords(desk, language)
    with lean(desk.db), stoppable(desk.db, progress) as tell, desk.db.atomic("DEFERRED"):
        asked: Asked = {}
        sheets = sheets_of(desk, span, words, costs=costs, personal=personal, asked=asked)
        about = {
            "counter-archive": str(FORMAT),
            "shop": desk.shop.code,
            "period": span.name,
            "language": language,
            "costs": str(int(costs)),
            "personal": str(int(personal)),
        }
        title = words.word(month_contents.title(span.name))
        heading = f"{desk.shop.name} · {title} {span.name}"
        if path.suffix.lower() == ".zip":
            more = voucher_files.files(_vouchers(asked["vouchers"], words), words.word("voucher.prepared"))
            csv_zip.write(path, sheets, words.word, tell, about, heading, more, most_rows)
        else:
            workbook.write(path, sheets, words.word, tell, about, heading, most_rows, title)
    return Exported(path, span, sum(sheet.count for sheet in sheets if isinstance(sheet, Sheet)))


def _vouchers(found: Sequence[tuple[Any, ...]], words: BookWords) -> list[VoucherLine]:
    """The rows of the vouchers' sheet as lines for bookkeeping programs."""
    keys = _keys(month_contents.whole("vouchers"))
    lines: list[VoucherLine] = []
    seen: dict[tuple[str, ...], int] = {}
    numbers: Counter[str] = Counter()
    for values in found:
        row = dict(zip(keys, values, strict=True))
        day = date.fromisoformat(row["day"])
        # Of a month closed before vouchers had numbers they are counted here, as they stand.
        voucher = (row["day"], row["entry"], row["tender"] or "")
        if voucher not in seen:
            numbers[row["day"][:7]] += 1
            seen[voucher] = row["voucher"] or numbers[row["day"][:7]]
        place = (
            sum(1 for one in lines if (one.day, one.number) == (day, seen[voucher])) + 1
            if not row["voucher_line"]
            else 0
        )
        told = " ".join(
            filter(None, (words.code("entry", row["entry"]), words.code("tender", row["tender"] or "")))
        )
        name = words.code("account", row["account"]).partition(" ")[2]
        lines.append(
            VoucherLine(day, seen[voucher], row["voucher_line"] or place, told, row["account"], name,
                        row["debit"] or 0, row["credit"] or 0)
        )  # fmt: skip
    return lines


def sheets_of(
    desk: Desk,
    span: Period,
    words: BookWords,
    *,
    costs: bool,
    form: int = FORMAT,
    personal: bool = False,
    asked: Asked | None = None,
) -> tuple[Sheet | FreeSheet, ...]:
    """The sheets of an archive, their rows still to be read. To be called and read in one transaction.

    `form` is the format of an archive they are to be compared with: one of before has the columns of before as well,
    and no vouchers of costs. `asked` takes up the rows of the tables that are asked once.
    """
    asked = {} if asked is None else asked
    bounds = _bounds(desk, span, personal=personal)
    shown = month_contents.tables(costs=costs, form=form)
    lock = month_freezing.lock_of(desk, span.name)
    bare = not costs or form < NATIVE
    reading = _Reading(desk, bounds, words, lock, form, bare, asked)
    tables = tuple(_sheet(reading, table) for table in shown)
    counts = {sheet.key: sheet.count for sheet in tables}
    title = month_contents.title(span.name, form)
    book = Book(desk, span.name, bounds, words, counts, shown, lock, not bare, asked, title)
    return (
        month_cover.cover(book),
        month_summary.summary(book),
        month_control.control(book),
        *tables,
        month_dictionary.dictionary(words, shown, personal=personal),
    )


def _bounds(desk: Desk, span: Period, *, personal: bool = False) -> Mapping[str, str | int]:
    zone = ZoneInfo(desk.shop.time_zone)

    def instant(day: date) -> int:
        return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)

    return {
        "first": span.first.isoformat(),
        "last": span.last.isoformat(),
        "begin": instant(span.first),
        "end": instant(span.last + timedelta(days=1)),
        "personal": int(personal),
    }


def keep(desk: Desk, span: Period, lock_id: int, prefix: str = "") -> None:
    """Keep the rows of every sheet of a span that is being closed, inside the caller's transaction.

    What people wrote is masked before: kept rows stay when personal data is erased.
    """
    bounds = _bounds(desk, span)
    for table in month_contents.TABLES:
        masked = tuple(field.written for field in table.fields)
        rows = (
            tuple(
                mask_in_text(str(value)) if hide and value is not None else value
                for hide, value in zip(masked, row, strict=True)
            )
            for row in _found(desk, table, bounds)
        )
        month_freezing.keep(desk, lock_id, prefix + table.key, _keys(table), rows)


def _keys(table: Table) -> tuple[str, ...]:
    return tuple(field.column.key for field in table.fields)


def _found(desk: Desk, table: Table, bounds: Mapping[str, str | int]) -> Iterator[tuple[Any, ...]]:
    """The rows as the database tells them now, with every column of the whole table."""
    if table.made is not None:
        return iter(table.made(desk, bounds))
    found: Iterator[tuple[Any, ...]] = iter(desk.db.execute_sql(table.sql, bounds))
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the rows of every sheet are read with: `form` is the archive's format, `bare` leaves the rows out that are
    about costs, `asked` holds rows that are asked once."""

    desk: Desk
    bounds: Mapping[str, str | int]
    words: BookWords
    lock: month_freezing.Kept | None
    form: int
    bare: bool
    asked: Asked

    def told(self, table: Table, found: Iterator[tuple[Any, ...]]) -> Iterator[tuple[object, ...]]:
        """Rows of the whole table as the cells of this archive's columns."""
        zone = ZoneInfo(self.desk.shop.time_zone)
        openly = bool(self.bounds["personal"])
        places = month_contents.places(table)
        readers = tuple(
            (at, _reader(one, self.words, zone, openly, self.form))
            for at, one in zip(places, table.fields, strict=True)
        )
        for row in found:
            yield tuple([None if row[at] is None else read(row[at]) for at, read in readers])

    def late(self, table: Table) -> Iterator[tuple[object, ...]]:
        """The query runs when its sheet is written, not before: only one is read at a time."""
        yield from self.told(table, _found(self.desk, table, self.bounds))


def _sheet(reading: _Reading, table: Table) -> Sheet:
    """One table sheet, its rows still to be read where they may be many."""
    desk, bounds, lock = reading.desk, reading.bounds, reading.lock
    columns = tuple(_wide_enough(one, reading.words) for one in table.fields)
    marks = tuple(_dated(mark, bounds) for mark in table.marks)
    kept = None if lock is None else month_freezing.count(desk, lock, table.key)
    hidden = table.cost_rows if reading.bare else frozenset()
    if table.once or hidden or (table.made is not None and kept is None):
        found = _found(desk, table, bounds) if lock is None or kept is None else _kept_rows(desk, lock, table)
        rows = _without(table, found, hidden)
        if table.once:
            reading.asked[table.key] = rows
        return Sheet(table.key, columns, len(rows), reading.told(table, iter(rows)), marks)
    if lock is not None and kept is not None:
        return Sheet(table.key, columns, kept, reading.told(table, _kept_rows(desk, lock, table)), marks)
    ((count,),) = desk.db.execute_sql(table.counting, bounds).fetchall()
    return Sheet(table.key, columns, count, reading.late(table), marks)


def _wide_enough(field: Field, words: BookWords) -> Column:
    """The column as wide as its longest word, so that none is cut off in either language."""
    column = field.column
    if column.kind is not Kind.TEXT or not field.words or field.words.endswith("*"):
        return column
    return replace(column, width=max(column.width, min(words.widest(field.words) + _ROOM, _WIDEST)))


def _without(table: Table, rows: Iterator[tuple[Any, ...]], hidden: frozenset[str]) -> list[tuple[Any, ...]]:
    if not hidden:
        return list(rows)
    at = month_contents.whole(table.key).place(table.cost_by)
    return [row for row in rows if row[at] not in hidden]


def _kept_rows(desk: Desk, lock: month_freezing.Kept, table: Table) -> Iterator[tuple[Any, ...]]:
    """The kept rows with every column of the whole table; what was not kept then is told by the others, or empty."""
    fields = month_contents.whole(table.key).fields
    keys = tuple(field.column.key for field in fields)
    had = month_freezing.columns(desk, lock, table.key)
    told = {
        at: one.told_by for at, one in enumerate(fields) if one.told_by is not None and keys[at] not in had
    }
    for row in month_freezing.rows(desk, lock, table.key, keys):
        if not told:
            yield row
            continue
        named = dict(zip(keys, row, strict=True))
        yield tuple([told[at](named) if at in told else value for at, value in enumerate(row)])


def _dated(mark: Mark, bounds: Mapping[str, str | int]) -> Mark:
    year, month, day = str(bounds["last"]).split("-")
    return replace(
        mark, condition=mark.condition.replace("{last}", f"DATE({int(year)},{int(month)},{int(day)})")
    )


def _reader(
    field: Field, words: BookWords, zone: ZoneInfo, openly: bool, form: int
) -> Callable[[object], object]:
    """How a stored value becomes the cell's, in an archive of this format."""
    kind = field.column.kind
    if kind is Kind.DAY:
        return lambda value: date.fromisoformat(str(value))
    if kind is Kind.INSTANT:
        return lambda value: _local_ms(value, zone)
    if kind not in TEXTS:
        return lambda value: value
    if field.told:
        return lambda value: words.told(json.loads(str(value)))
    if field.words.endswith("*"):
        return _list_reader(field.words[:-1], words)
    catalogue = field.words if form >= field.worded else ""
    bare = {
        code
        for (kind, code), first in month_contents.WORDED_LATER.items()
        if kind == catalogue and form < first
    }

    def told(value: object) -> str:
        code = str(value)
        return words.code(catalogue, code) if catalogue and code not in bare else code

    if field.written and not openly:
        return lambda value: mask_in_text(told(value))
    return told if catalogue else str


def _list_reader(catalogue: str, words: BookWords) -> Callable[[object], object]:
    """Lists of codes in words; the same few lists come again and again."""
    known: dict[str, str] = {}

    def read(value: object) -> str:
        stored = str(value)
        told = known.get(stored)
        if told is None:
            told = "、".join(words.code(catalogue, str(code)) for code in json.loads(stored))
            if len(known) < _MOST_KEPT:
                known[stored] = told
        return told

    return read


def _local_ms(value: object, zone: ZoneInfo) -> int:
    """An instant as the shop's clock on the wall showed it, since a workbook knows no zones."""
    if not isinstance(value, int):
        raise TypeError(f"an instant is {value!r}")
    offset = datetime.fromtimestamp(value / 1000, UTC).astimezone(zone).utcoffset()
    return value + (int(offset.total_seconds()) * 1000 if offset else 0)


def default_path(desk: Desk, span: Period) -> Path:
    """Where an archive goes when nobody says: `exports/` of the data folder, named after shop and period."""
    return desk.folder / "exports" / f"counter-{desk.shop.code}-{span.name}.xlsx"

"""One sheet of an archive beside what the database says: cell by cell, rows found again where they were sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.archive import reading
from counter_app.archive.cells import letter, readable
from counter_app.archive.sheets import TEXTS, Cell, FreeSheet, Kind, Row, Sheet
from counter_app.domain.money import format_yuan
from counter_app.domain.quantity import format_quantity

MOST_TOLD = 20
"""Differences told per sheet; the others are counted."""
Lines = Sequence[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not agree, as an error code with its parameters. `since`: it may have changed honestly
    after the export."""

    code: str
    params: Mapping[str, object]
    since: bool = False


@dataclass(slots=True)
class Tally:
    """What is found in one sheet."""

    sheet: str
    findings: list[Finding]
    values: int = 0
    more: int = 0
    more_since: bool = True
    parts: tuple[int, ...] = ()
    """Rows of each part but the last, of a table that goes on in further sheets."""

    def compare(self, column: int, row: int, kind: Kind, told: Cell, found: Cell, living: bool) -> None:
        """Compare one cell with what the database says; `row` is the workbook's, `column` 0 = A."""
        self.values += 1
        told, found = reading.value(kind, told), _as_written(kind, found)
        if told != found:
            params = {
                "cell": self.cell(column, row),
                "told": shown(kind, told),
                "found": shown(kind, found),
            }
            self.tell("archive.check.since" if living else "archive.check.value", living, **params)

    def cell(self, column: int, row: int) -> str:
        """What a cell is called, `row` counted through all parts: `G12`, in the second part `2!G12`."""
        number = 1
        for rows in self.parts:
            if row <= rows + 1:
                break
            row, number = row - rows, number + 1
        return f"{letter(column)}{row}" if number == 1 else f"{number}!{letter(column)}{row}"

    def tell(self, code: str, since: bool = False, **params: object) -> None:
        """Note a difference; beyond `MOST_TOLD` they are only counted."""
        if len(self.findings) < MOST_TOLD:
            self.findings.append(Finding(code, {"sheet": self.sheet, **params}, since))
            return
        self.more += 1
        self.more_since = self.more_since and since

    def told(self) -> list[Finding]:
        """Everything found, the uncounted rest last."""
        rest = {"sheet": self.sheet, "count": self.more}
        return [
            *self.findings,
            *([Finding("archive.check.more", rest, self.more_since)] if self.more else []),
        ]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the workbook: where it stands there, where in the sheet made now, and what it holds."""

    there: int
    here: int
    kind: Kind
    living: bool


def table(
    tally: Tally,
    sheet: Sheet,
    rows: Lines,
    living: Sequence[bool],
    heads: Sequence[str],
    *,
    old: bool,
    totals: bool = True,
    hidden: Callable[[], Container[int]] = frozenset,
) -> None:
    """Compare a table sheet. Columns are found by their heads; one of before (`old`) may lack some. `totals`: the last
    row holds their sums, where it has any. `hidden` is asked where they are others: which of `rows` are hidden, since
    then they are the sums of the rest."""
    columns = _columns(tally, sheet, rows[0] if rows else (), living, heads, old=old)
    totals = totals and any(column.total for column in sheet.columns) and len(rows) > 1
    there = rows[1 : len(rows) - totals]
    found = [tuple(_as_written(one.kind, row[one.here]) for one in columns) for row in sheet.rows]
    told = [tuple(reading.value(one.kind, _cell(row, one.there)) for one in columns) for row in there]
    tally.values += len(told) * len(columns)
    if len(told) != len(found):
        tally.tell("archive.check.rows", told=len(told), found=len(found))
        _rows_apart(tally, told, found)
        return
    differing = [at for at, pair in enumerate(zip(told, found, strict=True)) if pair[0] != pair[1]]
    if differing:
        pairs = _paired(told, found, differing)
        if len(pairs) < len(differing):
            tally.tell("archive.check.sorted", True)
        for at, other in pairs:
            for column, one in enumerate(columns):
                if told[at][column] != found[other][column]:
                    _tell_cell(tally, one, at + 2, told[at][column], found[other][column])
    if totals and found:
        _totals(
            tally,
            [one for one in enumerate(columns) if sheet.columns[one[1].here].total],
            told,
            found,
            rows,
            hidden,
        )


def _totals(
    tally: Tally,
    columns: Sequence[tuple[int, _Column]],
    told: Lines,
    found: Lines,
    rows: Lines,
    hidden: Callable[[], Container[int]],
) -> None:
    """Compare the row of sums. Where rows are hidden a program that saves the file again sums the others."""
    sums = {column: _sum(found, column) for column, _ in columns}
    kept = {column: reading.value(one.kind, _cell(rows[-1], one.there)) for column, one in columns}
    if kept != sums:
        away = hidden()
        seen = [row for at, row in enumerate(told, 1) if at not in away]
        if len(seen) < len(told) and kept == {column: _sum(seen, column) for column, _ in columns}:
            tally.values += len(columns)
            tally.tell("archive.check.filtered", True)
            return
    for column, one in columns:
        tally.compare(one.there, len(rows), one.kind, _cell(rows[-1], one.there), sums[column], one.living)


def _sum(rows: Lines, column: int) -> int:
    return sum(row[column] for row in rows if isinstance(row[column], int))  # type: ignore[misc]


def _columns(
    tally: Tally,
    sheet: Sheet,
    head: Sequence[Cell],
    living: Sequence[bool],
    heads: Sequence[str],
    *,
    old: bool,
) -> list[_Column]:
    places = {name: at for at, name in enumerate(heads)}
    found = []
    for there, name in enumerate(head):
        if name in (None, ""):
            continue
        here = places.pop(str(name), None)
        if here is None:
            tally.tell("archive.check.column_added", column=str(name)[:40])
            continue
        found.append(_Column(there, here, sheet.columns[here].kind, living[here]))
    for name in () if old else places:
        tally.tell("archive.check.column", column=name)
    return found


def _paired(told: Lines, found: Lines, differing: Sequence[int]) -> list[tuple[int, int]]:
    """Which row of the workbook is to be compared with which one found: the same place, unless rows were sorted.

    Rows that stand elsewhere unchanged are left out; changed ones of a sorted sheet are paired by their first values.
    """
    wanted = Counter(found[at] for at in differing)
    left = []
    for at in differing:
        if wanted[told[at]]:
            wanted[told[at]] -= 1
        else:
            left.append(at)
    if len(left) == len(differing):
        return [(at, at) for at in differing]
    others = []
    for at in differing:
        if wanted[found[at]]:
            wanted[found[at]] -= 1
            others.append(at)
    pairs = []
    for at in left:
        other = next((one for one in others if found[one][:2] == told[at][:2]), others[0])
        others.remove(other)
        pairs.append((at, other))
    return pairs


def _rows_apart(tally: Tally, told: Lines, found: Lines) -> None:
    """Name the first row that is missing, and the first one that nobody knows."""
    there, here = Counter(told), Counter(found)
    missing, added = here - there, there - here
    for row in found:
        if row in missing:
            tally.tell("archive.check.row_missing", row=_names(row))
            break
    for at, row in enumerate(told, 2):
        if row in added:
            tally.tell("archive.check.row_added", row=at, told=_names(row))
            break


def _names(row: Sequence[Cell]) -> str:
    return " ".join(str(cell) for cell in row[:3] if cell is not None)[:60]


def _tell_cell(tally: Tally, column: _Column, row: int, told: Cell, found: Cell) -> None:
    code = "archive.check.since" if column.living else "archive.check.value"
    params = {
        "cell": tally.cell(column.there, row),
        "told": shown(column.kind, told),
        "found": shown(column.kind, found),
    }
    tally.tell(code, column.living, **params)


def free(tally: Tally, sheet: FreeSheet, rows: Lines) -> None:
    """Compare a sheet that is laid out by hand, cell by cell."""
    # Reasons of cases under way may still change, and with them the order of the reasons' table.
    changing = sheet.pareto.first if sheet.pareto is not None else len(sheet.rows) + 1
    for at, expected in enumerate(sheet.rows, 1):
        told = rows[at - 1] if at <= len(rows) else ()
        if at in sheet.moving:
            continue
        for column, content in enumerate(expected):
            if content is not None:
                tally.compare(column, at, content.kind, _cell(told, column), content.value, at >= changing)


def free_of_before(tally: Tally, sheet: FreeSheet, rows: Lines) -> None:
    """Compare one of an earlier layout: lines are found by their section and label, wherever they stand now."""
    sections = {
        str(row[0].value) for row in sheet.rows if row and row[0] is not None and row[0].style == "section"
    }
    changing = sheet.pareto.first if sheet.pareto is not None else len(sheet.rows) + 1
    labels = [row[0].value if row and row[0] is not None else None for row in sheet.rows]
    expected: dict[tuple[str, str, int], tuple[int, Row]] = {
        key: (at + 1, sheet.rows[at]) for at, key in _labelled(labels, sections)
    }
    for at, key in _labelled([row[0] if row else None for row in rows], sections):
        if key not in expected:
            # A line with figures that nobody knows; headings and remarks may have been worded otherwise.
            if any(isinstance(cell, (int, float)) for cell in rows[at][1:]):
                tally.tell("archive.check.row_added", row=at + 1, told=key[1][:60])
            continue
        place, line = expected[key]
        if place in sheet.moving:
            continue
        for column, content in enumerate(line[: len(rows[at])]):
            if column and content is not None and content.style not in ("head", "head_right"):
                tally.compare(
                    column, at + 1, content.kind, rows[at][column], content.value, place >= changing
                )


def _labelled(labels: Sequence[Cell], sections: set[str]) -> Iterator[tuple[int, tuple[str, str, int]]]:
    """Each line with a label: its place, and section, label and how often both came before."""
    section, seen = "", Counter[tuple[str, str]]()
    for at, label in enumerate(labels):
        if label in (None, ""):
            continue
        told = str(label)
        if told in sections:
            section = told
        yield at, (section, told, seen[section, told])
        seen[section, told] += 1


def _cell(row: tuple[Cell, ...], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _as_written(kind: Kind, value: Cell) -> Cell:
    if value is None or value == "":
        return None
    if kind is Kind.INSTANT and isinstance(value, int):
        return value // 1000 * 1000
    return readable(str(value)) if kind in TEXTS else value


def shown(kind: Kind, value: Cell) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if kind is Kind.MONEY and isinstance(value, int):
        return format_yuan(value)
    if kind is Kind.QUANTITY and isinstance(value, int):
        return format_quantity(value)
    return value.isoformat() if isinstance(value, date) else str(value)[:60]

"""Whether an exported archive still says what the database says: every value is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from counter_app.archive import reading
from counter_app.archive.cells import readable
from counter_app.archive.sheets import TEXTS, Cell, FreeSheet, Kind, Sheet
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.quantity import format_quantity
from counter_app.services.desk import Desk
from counter_app.services.month import Period, period, sheets_of
from counter_app.services.month_contents import tables
from counter_app.services.month_words import BookWords

MOST_TOLD = 20
"""Differences told per sheet; the others are counted."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not agree, as an error code with its parameters. `since`: it may have changed honestly
    after the export."""

    code: str
    params: Mapping[str, object]
    since: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and how many values it compared."""

    findings: tuple[Finding, ...]
    values: int

    @property
    def sound(self) -> bool:
        """Whether nothing disagrees but what may have changed since."""
        return all(one.since for one in self.findings)


@dataclass(slots=True)
class _Tally:
    """What is found in one sheet."""

    sheet: str
    findings: list[Finding]
    values: int = 0
    more: int = 0
    more_since: bool = True

    def compare(self, column: int, row: int, kind: Kind, told: Cell, found: Cell, living: bool) -> None:
        self.values += 1
        told, found = reading.value(kind, told), _as_written(kind, found)
        if told == found:
            return
        if len(self.findings) >= MOST_TOLD:
            self.more += 1
            self.more_since = self.more_since and living
            return
        code = "archive.check.since" if living else "archive.check.value"
        params = {
            "sheet": self.sheet,
            "cell": f"{_LETTERS[column]}{row}",
            "told": _shown(kind, told),
            "found": _shown(kind, found),
        }
        self.findings.append(Finding(code, params, since=living))


def check(desk: Desk, path: Path) -> Checked:
    """Read an archive and compare each of its values with the database.

    Raises SurroundingsError `archive.check.file`, UserError `archive.check.foreign`, `archive.check.shop`.
    """
    about = reading.about(path)
    if "counter-archive" not in about or about.get("language") not in ("zh", "en"):
        raise UserError("archive.check.foreign", file=path.name)
    if about.get("shop") != desk.shop.code:
        raise UserError(
            "archive.check.shop", file=path.name, told=about.get("shop", ""), found=desk.shop.code
        )
    span, language = period(about.get("period", "")), about["language"]
    words = BookWords(desk, "zh" if language == "zh" else "en")
    costs = about.get("costs") == "1"
    told = reading.sheets(path)
    with desk.db.atomic("DEFERRED"):
        findings = _heads(desk, path, words, told, span)
        if findings:
            return Checked(tuple(findings), 0)
        values = 0
        for sheet in sheets_of(desk, span, words, costs=costs):
            tally = _Tally(words.word(f"sheet.{sheet.key}"), [])
            rows = told.get(tally.sheet)
            if rows is None:
                tally.findings.append(Finding("archive.check.sheet", {"sheet": tally.sheet}))
            elif isinstance(sheet, Sheet):
                _compare_table(tally, sheet, rows, _living(sheet.key, costs))
            else:
                _compare_free(tally, sheet, rows)
            if tally.more:
                params = {"sheet": tally.sheet, "count": tally.more}
                tally.findings.append(Finding("archive.check.more", params, since=tally.more_since))
            findings += tally.findings
            values += tally.values
    return Checked(tuple(findings), values)


def _living(key: str, costs: bool) -> list[bool]:
    return next([one.living for one in table.fields] for table in tables(costs=costs) if table.key == key)


def _compare_table(tally: _Tally, sheet: Sheet, rows: Sequence[tuple[Cell, ...]], living: Sequence[bool]) -> None:
    kinds = [column.kind for column in sheet.columns]
    summed = [at for at, column in enumerate(sheet.columns) if column.total]
    told_count = max(len(rows) - 1 - (1 if summed and len(rows) > 1 else 0), 0)
    if told_count != sheet.count:
        params = {"sheet": tally.sheet, "told": told_count, "found": sheet.count}
        tally.findings.append(Finding("archive.check.rows", params))
        return
    sums = dict.fromkeys(summed, 0)
    for at, found in enumerate(sheet.rows, 1):
        for column, value in enumerate(found):
            tally.compare(column, at + 1, kinds[column], _cell(rows[at], column), value, living[column])
        for column in summed:
            value = found[column]
            sums[column] += value if isinstance(value, int) else 0
    for column in summed if sheet.count else ():
        last = len(rows)
        tally.compare(column, last, kinds[column], _cell(rows[-1], column), sums[column], living[column])


def _compare_free(tally: _Tally, sheet: FreeSheet, rows: Sequence[tuple[Cell, ...]]) -> None:
    # Reasons of cases under way may still change, and with them the order of the reasons' table.
    changing = sheet.pareto.first if sheet.pareto is not None else len(sheet.rows) + 1
    for at, expected in enumerate(sheet.rows, 1):
        told = rows[at - 1] if at <= len(rows) else ()
        if at in sheet.moving:
            continue
        for column, content in enumerate(expected):
            if content is not None:
                tally.compare(column, at, content.kind, _cell(told, column), content.value, at >= changing)


def _cell(row: tuple[Cell, ...], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _heads(
    desk: Desk, path: Path, words: BookWords, told: Mapping[str, Sequence[tuple[Cell, ...]]], span: Period
) -> list[Finding]:
    """Whether the ledgers still have the rows whose hashes the control sheet tells, and none were added."""
    findings = []
    control = {str(row[0]): row for row in told.get(words.word("sheet.control"), ()) if row}
    for table in ("money_entry", "stock_entry"):
        ledger = words.word(f"control.{table}")
        row = control.get(ledger, ())
        seq, digest = reading.value(Kind.WHOLE, _cell(row, 1)), _cell(row, 2)
        if not isinstance(seq, int):
            params: dict[str, object] = {"sheet": words.word("sheet.control")}
            findings.append(Finding("archive.check.sheet", params))
            continue
        found = desk.db.execute_sql(f"SELECT hash FROM {table} WHERE seq = ?", (seq,)).fetchone()
        if seq and (found is None or found[0] != digest):
            findings.append(Finding("archive.check.head", {"ledger": ledger, "row": seq}))
            continue
        ((last,),) = desk.db.execute_sql(
            f"SELECT coalesce(max(seq), 0) FROM {table} WHERE business_date <= ?", (span.last.isoformat(),)
        ).fetchall()
        if last != seq:
            params = {"file": path.name, "ledger": ledger, "told": seq, "found": last}
            findings.append(Finding("archive.check.older", params))
    return findings


def _as_written(kind: Kind, value: Cell) -> Cell:
    if value is None or value == "":
        return None
    if kind is Kind.INSTANT and isinstance(value, int):
        return value // 1000 * 1000
    return readable(str(value)) if kind in TEXTS else value


def _shown(kind: Kind, value: Cell) -> str:
    if value is None:
        return ""
    if kind is Kind.MONEY and isinstance(value, int):
        return format_yuan(value)
    if kind is Kind.QUANTITY and isinstance(value, int):
        return format_quantity(value)
    return value.isoformat() if isinstance(value, date) else str(value)[:60]

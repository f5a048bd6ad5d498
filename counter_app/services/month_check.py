"""Whether an exported archive still says what the database says: every value is compared.

An archive of an earlier format is compared as far as it goes: sheets and columns that it did not have yet are no
difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from counter_app.archive import reading
from counter_app.archive.sheets import Cell, FreeSheet, Kind, Sheet
from counter_app.domain.errors import UserError
from counter_app.services import month_compare, month_layout
from counter_app.services.desk import Desk
from counter_app.services.month import Period, period, sheets_of
from counter_app.services.month_compare import Finding, Tally
from counter_app.services.month_contents import FORMAT, NATIVE, tables
from counter_app.services.month_words import BookWords

FIRST_SHEETS: Final = frozenset(
    (
        "summary", "control", "cases", "lines", "refunds", "receipts", "exchanges", "compensations", "goods", "approvals",
        "reversals", "refused", "exceptions", "dictionary",
    )
)  # fmt: skip
"""The sheets of the first archives, before there was a cover."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and how many values it compared."""

    findings: tuple[Finding, ...]
    values: int

    @property
    def sound(self) -> bool:
        """Whether nothing disagrees but what may have changed since."""
        return all(one.since for one in self.findings)


def alone(path: Path) -> Checked:
    """Whether an archive says what was written, told by its own seals where there is no database to compare with;
    `values` is the number of sheets that have one.

    Raises SurroundingsError `archive.check.file`, UserError `archive.check.foreign`.
    """
    if not reading.about(path).get("counter-archive", "").isdecimal():
        raise UserError("archive.check.foreign", file=path.name)
    told = reading.sheets(path)
    changed = _changed(told)
    filtered = (Finding("archive.check.filtered", {"sheet": name}, True) for name in told.filtered)
    return Checked(
        (*changed, *filtered, *month_layout.shown(told), *month_layout.seen(told, told.named or told.names)),
        told.sealed,
    )


def _changed(told: reading.Sheets) -> list[Finding]:
    return [Finding("archive.check.sealed", {"sheet": name}) for name in told.broken()]


def check(desk: Desk, path: Path) -> Checked:
    """Read an archive and compare each of its values with the database.

    Raises SurroundingsError `archive.check.file`, UserError `archive.check.foreign`, `archive.check.newer`,
    `archive.check.shop`.
    """
    about = reading.about(path)
    form = about.get("counter-archive", "")
    if not form.isdecimal() or about.get("language") not in ("zh", "en"):
        raise UserError("archive.check.foreign", file=path.name)
    if int(form) > FORMAT:
        raise UserError("archive.check.newer", file=path.name, told=form, found=FORMAT)
    if about.get("shop") != desk.shop.code:
        raise UserError(
            "archive.check.shop", file=path.name, told=about.get("shop", ""), found=desk.shop.code
        )
    span, language = period(about.get("period", "")), about["language"]
    words = BookWords(desk, "zh" if language == "zh" else "en")
    told = reading.sheets(path)
    with desk.db.atomic("DEFERRED"):
        findings = _heads(desk, path, words, told, span)
        if findings:
            return Checked(tuple(findings), 0)
        found = _compared(
            desk,
            span,
            words,
            told,
            costs=about.get("costs") == "1",
            form=int(form),
            personal=about.get("personal") == "1",
        )
    # What a database no longer tells either, since it may change honestly, the seals still do.
    named = {one.params["sheet"] for one in found.findings if not one.since}
    changed = [one for one in _changed(told) if one.params["sheet"] not in named]
    return Checked((*found.findings, *changed, *month_layout.shown(told)), found.values)


def _compared(
    desk: Desk,
    span: Period,
    words: BookWords,
    told: reading.Sheets,
    *,
    costs: bool,
    form: int,
    personal: bool,
) -> Checked:
    old = form < NATIVE
    living = {one.key: [field.living for field in one.fields] for one in tables(costs=costs, form=form)}
    made = sheets_of(desk, span, words, costs=costs, form=form, personal=personal)
    # An archive of before its later sheets has none of them; one that has some was robbed of the others.
    first = old and not any(
        words.word(f"sheet.{one.key}") in told.names for one in made if one.key not in FIRST_SHEETS
    )
    findings: list[Finding] = []
    free: dict[str, FreeSheet] = {}
    values = 0
    parted = False
    for sheet in made:
        if first and sheet.key not in FIRST_SHEETS:
            continue
        tally = Tally(words.word(f"sheet.{sheet.key}"), [])
        rows, tally.parts = _whole(told, tally.sheet)
        parted = parted or bool(tally.parts)
        if rows is None:
            tally.tell("archive.check.sheet")
        elif isinstance(sheet, Sheet):
            heads = [words.word(f"column.{column.key}") for column in sheet.columns]
            away = partial(_hidden, told, tally.sheet, tally.parts)
            month_compare.table(tally, sheet, rows, living[sheet.key], heads, old=old, hidden=away)
        elif sheet.key == "dictionary" and form < FORMAT:
            # What columns mean is worded better now and then; it is no figure.
            continue
        elif not old:
            month_compare.free(tally, sheet, rows)
            free[tally.sheet] = sheet
        else:
            month_compare.free_of_before(tally, sheet, rows)
        findings += tally.told()
        values += tally.values
    if not old:
        # Where rows came in between, formulas reach further; the rows have been told then. Over tables that go on in
        # further sheets they are spelled for each part.
        exact = form >= FORMAT and not parted and all(one.since for one in findings)
        findings += month_layout.computed(told, free, exact=exact)
        findings += month_layout.seen(told, [words.word(f"sheet.{sheet.key}") for sheet in made])
    return Checked(tuple(findings), values)


def _whole(told: reading.Sheets, name: str) -> tuple[list[tuple[Cell, ...]] | None, tuple[int, ...]]:
    """The rows of a sheet with those of its further parts behind them, under the first one's heads; and how many rows
    each part but the last has."""
    rows = told.rows(name)
    parts: list[int] = []
    number = 2
    while rows is not None and (more := told.rows(f"{name} {number}")) is not None:
        if not more or more[0] != rows[0]:
            return None, ()
        parts.append(len(rows) - 1 - sum(parts))
        rows += more[1:]
        number += 1
    return rows, tuple(parts)


def _hidden(told: reading.Sheets, name: str, parts: tuple[int, ...]) -> frozenset[int]:
    """Which of the rows that `_whole` gives (0 = the head) are hidden."""
    found = {row - 1 for row in told.hidden_rows(name)}
    for number in range(2, len(parts) + 2):
        before = sum(parts[: number - 1])
        found |= {before + row - 1 for row in told.hidden_rows(f"{name} {number}") if row > 1}
    return frozenset(found)


def _heads(desk: Desk, path: Path, words: BookWords, told: reading.Sheets, span: Period) -> list[Finding]:
    """Whether the ledgers still have the rows whose hashes the control sheet tells, and none were added."""
    findings = []
    control = {str(row[0]): row for row in told.rows(words.word("sheet.control")) or () if row}
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


def _cell(row: tuple[Cell, ...], column: int) -> Cell:
    return row[column] if column < len(row) else None

"""Whether the CSV twin of an archive still says what the database says: its files by their hashes, its values one by one."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from counter_app.archive import reading_back
from counter_app.archive.csv_zip import MANIFEST
from counter_app.archive.sheets import TEXTS, Cell, Kind, Sheet
from counter_app.domain.errors import UserError
from counter_app.services import month_compare
from counter_app.services.desk import Desk
from counter_app.services.month import period, sheets_of
from counter_app.services.month_check import Checked
from counter_app.services.month_compare import Finding, Tally
from counter_app.services.month_contents import FORMAT, NATIVE, tables
from counter_app.services.month_words import BookWords


def is_twin(path: Path) -> bool:
    """Whether this is a zip of CSV files rather than a workbook; what cannot be read is left to whoever reads it."""
    try:
        with zipfile.ZipFile(path) as whole:
            return MANIFEST in whole.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def alone(path: Path) -> Checked:
    """Whether its files are those that were written, told by their hashes alone; `values` is the number of files.

    Raises SurroundingsError `archive.back.file`, UserError `archive.check.foreign`.
    """
    book = reading_back.opened(path)
    if not book.about.get("counter-archive", "").isdecimal():
        raise UserError("archive.check.foreign", file=path.name)
    return Checked(tuple(_changed(book.broken())), len(book.sheets))


def check(desk: Desk, path: Path) -> Checked:
    """Compare each value of the twin with the database.

    Raises SurroundingsError `archive.back.file`, UserError `archive.check.foreign`, `archive.check.newer`,
    `archive.check.shop`.
    """
    book = reading_back.opened(path)
    about, form = book.about, book.about.get("counter-archive", "")
    if not form.isdecimal() or about.get("language") not in ("zh", "en"):
        raise UserError("archive.check.foreign", file=path.name)
    if int(form) > FORMAT:
        raise UserError("archive.check.newer", file=path.name, told=form, found=FORMAT)
    if about.get("shop") != desk.shop.code:
        raise UserError(
            "archive.check.shop", file=path.name, told=about.get("shop", ""), found=desk.shop.code
        )
    words = BookWords(desk, "zh" if about["language"] == "zh" else "en")
    costs, personal = about.get("costs") == "1", about.get("personal") == "1"
    living = {one.key: [field.living for field in one.fields] for one in tables(costs=costs, form=int(form))}
    findings: list[Finding] = []
    values = 0
    with desk.db.atomic("DEFERRED"):
        span = period(about.get("period", ""))
        for sheet in sheets_of(desk, span, words, costs=costs, form=int(form), personal=personal):
            if not isinstance(sheet, Sheet):
                continue
            tally = Tally(words.word(f"sheet.{sheet.key}"), [])
            rows, tally.parts = _rows(book, tally.sheet, sheet)
            if rows:
                heads = [words.word(f"column.{column.key}") for column in sheet.columns]
                old = int(form) < NATIVE
                month_compare.table(tally, sheet, rows, living[sheet.key], heads, old=old, totals=False)
            else:
                tally.tell("archive.check.sheet")
            findings += tally.told()
            values += tally.values
    # Also words that a database does not keep for ever, and the files for bookkeeping programs.
    named = {one.params["sheet"] for one in findings if not one.since}
    findings += [one for one in _changed(book.broken()) if one.params["sheet"] not in named]
    return Checked(tuple(findings), values)


def _changed(names: Sequence[str]) -> list[Finding]:
    return [Finding("archive.check.sealed", {"sheet": name}) for name in names]


def _rows(
    book: reading_back.Opened, name: str, sheet: Sheet
) -> tuple[list[tuple[Cell, ...]], tuple[int, ...]]:
    """The rows of a table, those of its further files behind them, under the first one's heads; and how many rows each
    file but the last has. Nothing where there is no such file."""
    rows: list[tuple[Cell, ...]] = []
    parts: list[int] = []
    number, part = 1, name
    while part in book.sheets:
        lines = iter(book.rows(part))
        head = next(lines, ())
        if rows:
            parts.append(len(rows) - 1 - sum(parts))
        else:
            rows.append(head)
        rows += [_typed(sheet, line) for line in lines]
        number += 1
        part = f"{name} {number}"
    return rows, tuple(parts)


def _typed(sheet: Sheet, line: Sequence[Cell]) -> tuple[Cell, ...]:
    kinds = [column.kind for column in sheet.columns]
    return tuple(
        _cell(kinds[at] if at < len(kinds) else Kind.TEXT, str(cell or "")) for at, cell in enumerate(line)
    )


def _cell(kind: Kind, told: str) -> Cell:
    """A cell as a workbook's reader would give it; what does not fit its kind stays text."""
    if kind in TEXTS or not told:
        return told
    try:
        if kind is Kind.DAY:
            return date.fromisoformat(told)
        if kind is Kind.INSTANT:
            return datetime.fromisoformat(told)
        return float(told)
    except ValueError:
        return told

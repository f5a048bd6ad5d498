"""Whether an archive is still laid out as it was made: its sheets, which of them are seen, and the formulas that compute
cover, summary and control sheet. The figures themselves are compared in `month_compare`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from counter_app.archive import reading
from counter_app.archive.cells import letter
from counter_app.archive.sheets import Figure, FreeSheet
from counter_app.services.month_compare import Finding, Tally

_SPELLING: Final = re.compile(r"""("(?:[^"]|"")*")|([^"]+)""")
_FREELY: Final = re.compile(r"[\s'$]|_xlfn\.|_xlws\.", re.IGNORECASE)
"""What programs put into a formula or leave out as they like when they save it again: blanks, the quotes of a sheet's
name, marks of a fixed cell, prefixes of newer functions."""
_REFERS: Final = re.compile(r"[A-Z]{1,3}\$?[0-9]|\[|ct_|t_[a-z]")
"""A cell, a column of a table or a name: what a program that saves the file again writes in its own way refers to
something all the same; a formula that refers to nothing is a figure in disguise."""


def seen(told: reading.Sheets, made: Iterable[str]) -> list[Finding]:
    """Sheets that somebody put in and those that somebody hid: no figure is another, but whoever reads should know."""
    expected = set(made)
    found = [
        Finding("archive.check.sheet_added", {"sheet": name}, True)
        for name in told.names
        if name not in expected and re.sub(r" [0-9]+$", "", name) not in expected
    ]
    hidden = [name for name in told.hidden if name in expected]
    return found + [Finding("archive.check.hidden", {"sheet": name}, True) for name in hidden]


def shown(told: reading.Sheets) -> list[Finding]:
    """Figures that a number format shows as others."""
    return [
        Finding("archive.check.look", {"sheet": sheet, "cell": cell, "look": look[:40]})
        for sheet, cell, look in told.misled()
    ]


def spelled(formula: str) -> str:
    """A formula without what programs spell in their own way; texts in it stay as they are."""

    def plain(part: re.Match[str]) -> str:
        return part[1] or _FREELY.sub("", part[2]).upper()

    return _SPELLING.sub(plain, formula).removeprefix("=")


def computed(told: reading.Sheets, sheets: Mapping[str, FreeSheet], *, exact: bool) -> list[Finding]:
    """Cells that are to compute and hold a typed figure instead, which says the same whatever the rows say; with `exact`
    also those that compute something else. Lines that may change honestly are not asked for that."""
    there = told.formulas(sheets)
    findings: list[Finding] = []
    for name, sheet in sheets.items():
        if name not in there:
            continue
        tally = Tally(name, [])
        changing = sheet.pareto.first if sheet.pareto is not None else len(sheet.rows) + 1
        for at, row in enumerate(sheet.rows, 1):
            for column, one in enumerate(row):
                cell = f"{letter(column)}{at}"
                if not isinstance(one, Figure) or not _REFERS.search(one.formula):
                    continue  # an empty sum refers to nothing itself
                kept = there[name].get(cell, "")
                if not _REFERS.search(kept):
                    tally.tell("archive.check.formula", cell=cell)
                elif exact and at < changing and spelled(kept) != spelled(one.formula):
                    tally.tell("archive.check.formula_other", cell=cell)
        findings += tally.told()
    return findings

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


def computed(told: reading.Sheets, sheets: Mapping[str, FreeSheet]) -> list[Finding]:
    """Cells that are to compute and hold a typed figure instead, which says the same whatever the rows say."""
    there = told.formulas(sheets)
    findings: list[Finding] = []
    for name, sheet in sheets.items():
        if name not in there:
            continue
        tally = Tally(name, [])
        for at, row in enumerate(sheet.rows, 1):
            for column, one in enumerate(row):
                cell = f"{letter(column)}{at}"
                if not isinstance(one, Figure) or not _REFERS.search(one.formula):
                    continue  # an empty sum refers to nothing itself
                if not _REFERS.search(there[name].get(cell, "")):
                    tally.tell("archive.check.formula", cell=cell)
        findings += tally.told()
    return findings

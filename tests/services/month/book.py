"""Reading an exported workbook the ways a test needs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from counter_app.services import month
from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook read twice: as formulas and as the values stored beside them."""

    path: Path
    formulas: Any
    values: Any

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        """The data rows of a table sheet by its column names, without the row of totals; numbers to the cent."""
        lines = [[exact(cell) for cell in line] for line in self.values[sheet].iter_rows(values_only=True)]
        names = [str(name) for name in lines[0]]
        data = [dict(zip(names, line, strict=True)) for line in lines[1:]]
        return (
            data[:-1]
            if data and self.formulas[sheet].cell(len(lines), 1).value in ("合计", "Total")
            else data
        )

    def labelled(self, sheet: str, label: str) -> list[Any]:
        """The cells beside a label of a sheet that is laid out by hand."""
        for line in self.values[sheet].iter_rows(values_only=True):
            if line[0] == label:
                return [exact(cell) for cell in line[1:]]
        raise AssertionError(f"{sheet} has no {label}")


def exact(value: Any) -> Any:
    """A cell's number as it is written, to the cent: what a reader made a float of is a decimal again."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def fen(value: Any) -> int:
    """An amount of a cell in 分; nothing is 0."""
    cents = Decimal(str(value or 0)) * 100
    assert cents == int(cents), f"{value} is no amount to the cent"
    return int(cents)


def exported(desk: Desk, name: str = "2026-11", language: str = "zh", file: str = "月档.xlsx") -> Book:
    """Export a span and read it again."""
    path = desk.folder / "exports" / file
    month.export(desk, month.period(name), path, "zh" if language == "zh" else "en")
    return Book(path, load_workbook(path), load_workbook(path, data_only=True))

"""Reads an exported archive again, so that it can be compared with the database."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Container, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from counter_app.archive import hidden_rows, number_looks, seal
from counter_app.archive.cells import units
from counter_app.archive.sheets import Cell, Kind
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason

_MOST_UNPACKED = 16 * 1024**3
_UNIX_DAY, _DAY_MS = date(1970, 1, 1).toordinal(), 86_400_000


def about(path: Path) -> Mapping[str, str]:
    """What `workbook.write` was told the workbook is; empty for a workbook that says nothing.

    Raises SurroundingsError `archive.check.file` for what is no readable workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                raise SurroundingsError("archive.check.file", file=str(path), why=f"> {_MOST_UNPACKED} bytes")
        book = load_workbook(path, read_only=True)
        try:
            told = book.properties.keywords or ""
        finally:
            book.close()
    except (OSError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, InvalidFileException) as error:
        raise SurroundingsError("archive.check.file", file=str(path), why=system_reason(error)) from error
    return keywords(told)


def keywords(told: str) -> dict[str, str]:
    """What stands among the keywords of a file; programs that save it again part them with commas or blanks."""
    return dict(part.split("=", 1) for part in re.split(r"[;,\s]+", told) if "=" in part)


class Sheets:
    """The sheets of a workbook by name, each read when it is asked for: only one has to be in memory."""

    def __init__(self, path: Path) -> None:
        # Imported when first needed: an export has no use for it.
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

        self._path, self._error = path, CalamineError
        try:
            self._book = CalamineWorkbook.from_path(str(path))
            self._seals = seal.kept(path)
        except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
            raise self._unreadable(error) from error
        self.names: tuple[str, ...] = tuple(self._book.sheet_names)
        self.hidden: tuple[str, ...] = tuple(
            one.name for one in self._book.sheets_metadata if one.visible != SheetVisibleEnum.Visible
        )
        self._whole: dict[str, bool] = {}
        self._filtered: list[str] = []

    def rows(self, name: str) -> list[tuple[Cell, ...]] | None:
        """All rows of a sheet, values as the reader gives them, formulas as their stored values; None when there is
        no such sheet. Raises as `about`."""
        if name not in self.names:
            return None
        try:
            rows: list[tuple[Cell, ...]] = []
            rows += map(tuple, self._book.get_sheet_by_name(name).iter_rows())
        except (self._error, OSError, zipfile.BadZipFile) as error:
            raise self._unreadable(error) from error
        if name in self._seals and name not in self._whole:
            self._whole[name] = self._unbroken(name, rows)
        return rows

    def _unbroken(self, name: str, rows: list[tuple[Cell, ...]]) -> bool:
        """Whether a sheet is as it was sealed; one of which only rows are hidden is."""
        found = seal.Unsealing(self._seals[name])
        for row in rows:
            found.add(row)
        if not found.only_sums_apart:
            return found.holds()
        hidden = self.hidden_rows(name)
        if hidden and seal.unbroken(self._seals[name], rows, hidden):
            self._filtered.append(name)
            return True
        return False

    def hidden_rows(self, name: str) -> frozenset[int]:
        """The numbers (from 1) of the hidden rows of a sheet. Raises as `about`."""
        try:
            return hidden_rows.hidden(self._path, name)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise self._unreadable(error) from error

    def misled(self) -> list[tuple[str, str, str]]:
        """Sheet, cell and number format where a sealed sheet shows another figure than it holds. Raises as `about`."""
        try:
            return list(number_looks.misled(self._path, [one for one in self._seals if one in self.names]))
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise self._unreadable(error) from error

    @property
    def filtered(self) -> tuple[str, ...]:
        """Sheets found so far whose sums are those of the rows that are not hidden, and that else are as written."""
        return tuple(self._filtered)

    def formulas(self, names: Container[str]) -> dict[str, dict[str, str]]:
        """The formulas of these sheets, by sheet and cell (`B7`). Raises as `about`."""
        try:
            book = load_workbook(self._path, read_only=True)
            try:
                return {sheet.title: _formulas(sheet) for sheet in book.worksheets if sheet.title in names}
            finally:
                book.close()
        except (
            OSError,
            KeyError,
            ValueError,
            SyntaxError,
            zipfile.BadZipFile,
            InvalidFileException,
        ) as error:
            raise self._unreadable(error) from error

    @property
    def sealed(self) -> int:
        """How many sheets have a seal; none of one made before there were seals."""
        return len(self._seals)

    @property
    def named(self) -> tuple[str, ...]:
        """The names of the sheets that were sealed."""
        return tuple(self._seals)

    def broken(self) -> tuple[str, ...]:
        """The sheets that do not say any more what was written, by name. Asked behind the rows, it need not read
        them again. Raises as `about`."""
        for name in self._seals.keys() - self._whole.keys():
            self.rows(name)
        return tuple(name for name in self._seals if not self._whole.get(name))

    def _unreadable(self, error: Exception) -> SurroundingsError:
        return SurroundingsError("archive.check.file", file=str(self._path), why=system_reason(error))


def _formulas(sheet: Any) -> dict[str, str]:
    return {
        cell.coordinate: str(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type == "f"
    }


def sheets(path: Path) -> Sheets:
    """The sheets of a workbook. Raises as `about`."""
    return Sheets(path)


def value(kind: Kind, told: Cell) -> Cell:
    """A read value in the unit in which it was handed to the writer; an empty cell is None, what does not fit its
    kind is given as it is."""
    if told is None or told == "":
        return None
    if kind is Kind.INSTANT and isinstance(told, datetime):
        days = told.toordinal() - _UNIX_DAY
        return (
            days * _DAY_MS
            + round((told.hour * 3600 + told.minute * 60 + told.second) + told.microsecond / 1e6) * 1000
        )
    if kind is Kind.DAY and isinstance(told, datetime):
        return told.date()
    scale = _SCALES.get(kind)
    if scale is not None and isinstance(told, (int, float)) and not isinstance(told, bool):
        if kind is Kind.SHARE:  # computed by formula, to as many places as the program likes
            return round(told * scale)
        whole = units(told, scale)
        return repr(told) if whole is None else whole
    return told


_SCALES = {Kind.WHOLE: 1, Kind.MONEY: 100, Kind.QUANTITY: 1000, Kind.SHARE: 10_000}

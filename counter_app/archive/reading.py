"""Reads an exported archive again, so that it can be compared with the database."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from counter_app.archive.sheets import Cell, Kind
from counter_app.domain.errors import SurroundingsError

_MOST_UNPACKED = 4 * 1024**3
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
        raise SurroundingsError("archive.check.file", file=str(path), why=str(error)[:120]) from error
    return dict(part.split("=", 1) for part in told.split(";") if "=" in part)


def sheets(path: Path) -> dict[str, list[tuple[Cell, ...]]]:
    """Sheets by name with all their rows, values as the reader gives them; formulas as their stored values.

    Raises as `about`.
    """
    # Imported when first needed: an export has no use for it.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        return {
            name: [tuple(row) for row in book.get_sheet_by_name(name).iter_rows()] for name in book.sheet_names
        }
    except (CalamineError, OSError, zipfile.BadZipFile) as error:
        raise SurroundingsError("archive.check.file", file=str(path), why=str(error)[:120]) from error


def value(kind: Kind, told: Cell) -> Cell:
    """A read value in the unit in which it was handed to the writer; an empty cell is None, what does not fit its
    kind is given as it is."""
    if told is None or told == "":
        return None
    if kind is Kind.INSTANT and isinstance(told, datetime):
        days = told.toordinal() - _UNIX_DAY
        return days * _DAY_MS + round((told.hour * 3600 + told.minute * 60 + told.second) + told.microsecond / 1e6) * 1000
    if kind is Kind.DAY and isinstance(told, datetime):
        return told.date()
    scale = _SCALES.get(kind)
    if scale is not None and isinstance(told, (int, float)) and not isinstance(told, bool):
        return round(told * scale)
    return told


_SCALES = {Kind.WHOLE: 1, Kind.MONEY: 100, Kind.QUANTITY: 1000, Kind.SHARE: 10_000}

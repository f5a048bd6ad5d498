"""Opens an archive for reading back, whoever saved it last: the workbook, or its twin of CSV files in a zip.

Rows come sheet by sheet and one at a time; only one sheet is in memory.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Protocol
from xml.etree import ElementTree

from counter_app.archive import hidden_rows, seal
from counter_app.archive.csv_zip import MANIFEST
from counter_app.archive.reading import keywords
from counter_app.archive.sheets import TEXTS, Cell, Kind
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.system_reasons import system_reason

MOST_UNPACKED = 16 * 1024**3
"""Bytes an archive may unpack to. A year of a million refunds is half of it, most of that in tables of two sheets."""
MOST_CELL = 40_000
_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a workbook with a password begins (and one of Excel 97): no zip but a compound file."""
_ZIP = b"PK"
_AT_ONCE = 1 << 20
_PROPERTIES = "docProps/core.xml"
_KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"
_BEGINS = ("=", "+", "-", "@", "\t", "\r")
_EPOCH, _UNIX_DAY, _DAY_MS = date(1899, 12, 30), date(1970, 1, 1).toordinal(), 86_400_000
_SCALES = {Kind.WHOLE: 1, Kind.MONEY: 100, Kind.QUANTITY: 1000, Kind.SHARE: 10_000}

Line = tuple[Cell, ...]


class Opened(Protocol):
    """An archive that is open."""

    kind: str
    about: Mapping[str, str]
    sheets: tuple[str, ...]

    @property
    def intact(self) -> bool | None:
        """Whether the file itself proves that nobody changed it since; None where it cannot. Asked behind the rows, it
        need not read them again."""

    def broken(self) -> tuple[str, ...]:
        """The sheets that somebody changed, by name."""

    def rows(self, sheet: str) -> Iterator[Line]:
        """All rows of a sheet, its head among them. Raises SurroundingsError `archive.back.file`."""

    def keys(self, sheet: str) -> tuple[str, ...]:
        """The keys of its columns, where the file tells them; else empty."""


def opened(path: Path) -> Opened:
    """Open an archive by what it is, not by its name.

    Raises SurroundingsError `archive.back.file`, UserError `archive.back.password`, `archive.back.foreign`,
    `archive.back.too_large`.
    """
    try:
        with path.open("rb") as file:
            begin = file.read(8)
        if begin == _LOCKED:
            raise UserError("archive.back.password", file=path.name)
        if not begin.startswith(_ZIP):
            raise UserError("archive.back.foreign", file=path.name)
        with zipfile.ZipFile(path) as whole:
            names = set(whole.namelist())
            if sum(part.file_size for part in whole.infolist()) > MOST_UNPACKED:
                raise UserError("archive.back.too_large", file=path.name)
    except (OSError, zipfile.BadZipFile) as error:
        raise _unreadable(path, error) from error
    if MANIFEST in names:
        return _Twin(path)
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        return _Workbook(path)
    raise UserError("archive.back.foreign", file=path.name)


def digest(path: Path) -> str:
    """sha256 of the file. Raises SurroundingsError `archive.back.file`."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(_AT_ONCE):
                found.update(part)
    except OSError as error:
        raise _unreadable(path, error) from error
    return found.hexdigest()


class _Workbook:
    """An .xlsx: read by calamine, a sheet at a time."""

    kind = "xlsx"

    def __init__(self, path: Path) -> None:
        # Imported when first needed: an export has no use for it.
        from python_calamine import CalamineError, CalamineWorkbook

        self._path, self._error = path, CalamineError
        self.about: Mapping[str, str] = _about(path)
        self._whole: dict[str, bool] = {}
        try:
            self._seals = seal.kept(path)
            self._book = CalamineWorkbook.from_path(str(path))
            self.sheets: tuple[str, ...] = tuple(self._book.sheet_names)
        except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
            raise _unreadable(path, error) from error

    @property
    def intact(self) -> bool | None:
        return not self.broken() if self._seals else None

    def broken(self) -> tuple[str, ...]:
        for sheet in self._seals.keys() - self._whole.keys():
            if sheet in self.sheets:
                for _row in self.rows(sheet):
                    pass
        return tuple(sheet for sheet in self._seals if not self._whole.get(sheet))

    def rows(self, sheet: str) -> Iterator[Line]:
        # Looked at once: the rows are gone over again to be kept.
        looked = sheet in self._seals and sheet not in self._whole
        sealed = seal.Unsealing(self._seals[sheet]) if looked else None
        try:
            for row in self._book.get_sheet_by_name(sheet).iter_rows():
                told = tuple(row)
                if sealed is not None:
                    sealed.add(told)
                yield told
            if sealed is not None:
                self._whole[sheet] = sealed.holds() or (sealed.only_sums_apart and self._filtered(sheet))
        except (self._error, OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise _unreadable(self._path, error) from error

    def _filtered(self, sheet: str) -> bool:
        """Whether a sheet is as it was sealed but for its sums, which are those of the rows that are not hidden."""
        hidden = hidden_rows.hidden(self._path, sheet)
        rows = map(tuple, self._book.get_sheet_by_name(sheet).iter_rows())
        return bool(hidden) and seal.unbroken(self._seals[sheet], rows, hidden)

    def keys(self, sheet: str) -> tuple[str, ...]:
        return ()


def _about(path: Path) -> Mapping[str, str]:
    """What the file says it is; empty where a program that saved it again dropped that."""
    try:
        with zipfile.ZipFile(path) as whole:
            if _PROPERTIES not in whole.namelist() or whole.getinfo(_PROPERTIES).file_size > _AT_ONCE:
                return {}
            told = ElementTree.fromstring(whole.read(_PROPERTIES)).findtext(_KEYWORDS) or ""
    except (OSError, ElementTree.ParseError, zlib.error, RuntimeError, zipfile.BadZipFile) as error:
        raise _unreadable(path, error) from error
    return keywords(told)


@dataclass(frozen=True, slots=True)
class _File:
    """One CSV file of a twin, as the manifest tells it."""

    name: str
    keys: tuple[str, ...]
    rows: int
    sha256: str


class _Twin:
    """A zip of CSV files with a manifest that holds the hash of each."""

    kind = "zip"

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with zipfile.ZipFile(path) as whole:
                told = json.loads(whole.read(MANIFEST).decode("utf-8"))
                self.about: Mapping[str, str] = {str(key): str(value) for key, value in told["about"].items()}
                listed = {str(one["sheet"]): _file(one) for one in told["files"]}
                there = set(whole.namelist())
                # A file that was taken out is a sheet that is not there, and the archive one that was changed.
                self._files = {sheet: one for sheet, one in listed.items() if one.name in there}
                self.sheets: tuple[str, ...] = tuple(self._files)
                self._broken = tuple(
                    sheet
                    for sheet, one in listed.items()
                    if sheet not in self._files or _hash(whole, one.name) != one.sha256
                ) + tuple(
                    str(one["file"])
                    for one in told.get("more", ())
                    if one["file"] not in there or _hash(whole, str(one["file"])) != one["sha256"]
                )
        except (
            OSError,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
            zlib.error,
            RuntimeError,
            zipfile.BadZipFile,
        ) as error:
            raise _unreadable(path, error) from error

    def rows(self, sheet: str) -> Iterator[Line]:
        try:
            with (
                zipfile.ZipFile(self._path) as whole,
                whole.open(self._files[sheet].name) as raw,
                io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,
            ):
                for row in csv.reader(text):
                    yield tuple(_unmarked(cell) for cell in row)
        except (
            OSError,
            KeyError,
            csv.Error,
            UnicodeDecodeError,
            zlib.error,
            RuntimeError,
            zipfile.BadZipFile,
        ) as error:
            raise _unreadable(self._path, error) from error

    def keys(self, sheet: str) -> tuple[str, ...]:
        return self._files[sheet].keys

    @property
    def intact(self) -> bool | None:
        return not self._broken

    def broken(self) -> tuple[str, ...]:
        return self._broken


def _file(told: Mapping[str, Any]) -> _File:
    keys = tuple(str(column["key"]) for column in told["columns"])
    return _File(str(told["file"]), keys, int(told["rows"]), str(told["sha256"]))


def _hash(whole: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    with whole.open(name) as file:
        while part := file.read(_AT_ONCE):
            found.update(part)
    return found.hexdigest()


def _unmarked(cell: str) -> str:
    """Without the apostrophe that keeps Excel from taking a text for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_BEGINS) else cell


def _unreadable(path: Path, error: Exception) -> SurroundingsError:
    return SurroundingsError("archive.back.file", file=path.name, why=system_reason(error))


def value(kind: Kind, told: Cell) -> Cell:
    """A cell in the unit in which it was written, however it was saved again: 分, thousandths, basis points, a date,
    milliseconds of local time, or text. An empty cell is None; what does not fit its kind stays text."""
    if told is None or told == "":
        return None
    if kind in TEXTS:
        return _text(told)
    if kind is Kind.DAY:
        return _day(told)
    if kind is Kind.INSTANT:
        return _instant(told)
    return _scaled(told, _SCALES[kind])


def _text(told: Cell) -> Cell:
    if isinstance(told, float) and told.is_integer():
        return str(int(told))
    return str(told)[:MOST_CELL]


def _scaled(told: Cell, scale: int) -> Cell:
    if isinstance(told, bool):
        return str(told)
    if isinstance(told, (int, float)):
        return round(told * scale) if abs(told) < 1e15 else str(told)
    try:
        number = Decimal(str(told).strip().replace(",", "")) * scale
        return round(number) if number.is_finite() and abs(number) < 10**18 else str(told)[:MOST_CELL]
    except InvalidOperation:
        return str(told)[:MOST_CELL]


def _day(told: Cell) -> Cell:
    moment = _moment(told)
    return moment.date() if isinstance(moment, datetime) else moment


def _instant(told: Cell) -> Cell:
    moment = _moment(told)
    if not isinstance(moment, datetime):
        return moment
    seconds = round(moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6)
    return (moment.toordinal() - _UNIX_DAY) * _DAY_MS + seconds * 1000


def _moment(told: Cell) -> Cell:
    """A moment of local time from whatever stands in the cell; text that is none stays text."""
    if isinstance(told, datetime):
        return told
    if isinstance(told, date):
        return datetime(told.year, told.month, told.day)
    if isinstance(told, (int, float)) and not isinstance(told, bool):
        if not 1 <= told < 2_958_466:
            return str(told)
        # The day as Excel counts it, where a program dropped the format of the cell.
        return datetime(_EPOCH.year, _EPOCH.month, _EPOCH.day) + timedelta(days=float(told))
    text = str(told).strip()[:MOST_CELL]
    try:
        return datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return text

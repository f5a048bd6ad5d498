"""Seals of a workbook's sheets: whether a sheet still says what was written, told by the file alone.

Of every row there is a hash; their sum is the sheet's, so that rows may be sorted and filtered, and a program may
save the file again. Seals stand among the workbook's own properties, one for each sheet. They find what was changed by
hand; whoever changes the seals as well is found by comparing with the database.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from counter_app.archive.cells import MOST_TEXT, letter, readable, units
from counter_app.archive.sheets import TEXTS, Cell, Figure, FreeSheet, Kind, Row, Sheet

PART: Final = "docProps/custom.xml"
PREFIX: Final = "counter-seal "
"""What the property of a sheet's seal is called, with the sheet's name behind it."""
_MOST_PART = 1 << 22
_MOST_LOOSE = 1000
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_TEXT_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_ID = 2
_BETWEEN = "\x1f"
_MODULUS = 1 << 128
_CODES: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "t", Kind.NOTE: "t", Kind.WHOLE: "w", Kind.MONEY: "m", Kind.QUANTITY: "q", Kind.DAY: "d",
    Kind.INSTANT: "i", Kind.SHARE: "s",
}  # fmt: skip
_SCALES: Final[Mapping[str, int]] = {"w": 1, "m": 100, "q": 1000, "s": 10_000}
_FREE = "-"
"""Instead of kinds: a sheet that is laid out by hand, where every cell keeps its place."""
_TOTALS, _ALL_TOTALS = "+", "*"
"""Behind the number of rows: a row with their sums stands under them, or with those of this and other sheets."""


class Sealing:
    """Makes the seal of one sheet while its rows are written."""

    def __init__(self, sheet: Sheet | FreeSheet, heads: Sequence[str] = ()) -> None:
        self._sum = self._rows = 0
        self._kinds, self._loose, self._totals = _FREE, "", ""
        if isinstance(sheet, Sheet):
            self._kinds = "".join(_CODES[column.kind] for column in sheet.columns)
            self._told = [_TOLD[code] for code in self._kinds]
            if sheet.summed:
                self._totals = _TOTALS if sheet.part is None else _ALL_TOTALS
            self._add(("", *map(readable, heads)))
        else:
            self._loose = _loose(sheet.rows)
            self._out = _cells_of(self._loose)
            for at, row in enumerate(sheet.rows, 1):
                self._free(at, row)

    def batch(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """The next rows of a table."""
        columns = [tell(values) for tell, values in zip(self._told, zip(*rows, strict=True), strict=True)]
        digest, whole = hashlib.sha256, 0
        for line in map(_BETWEEN.join, zip(*columns, strict=True)):
            whole += int.from_bytes(digest(line.rstrip(_BETWEEN).encode()).digest()[:16], "big")
        self._sum = (self._sum + whole) % _MODULUS
        self._rows += len(rows)

    def _free(self, at: int, row: Row) -> None:
        cells = [
            "" if one is None or f"{letter(column)}{at}" in self._out else _plain(_shown(one.kind, one.value))
            for column, one in enumerate(row)
        ]
        if any(cells):
            self._add((str(at), *cells))
            self._rows += 1

    def _add(self, cells: Iterable[str]) -> None:
        self._sum = (self._sum + _hash(cells)) % _MODULUS

    def text(self) -> str:
        """The seal, as it is kept: kinds of the columns, number of rows, hash, and cells that are left out."""
        return f"{self._kinds};{self._rows}{self._totals};{self._sum:032x};{self._loose}"


def part(seals: Mapping[str, str]) -> bytes:
    """The part of the file that holds the seals, by the names of their sheets."""
    told = "".join(
        f'<property fmtid="{_TEXT_PROPERTIES}" pid="{at}" name={quoteattr(PREFIX + name)}>'
        f"<vt:lpwstr>{escape(seal)}</vt:lpwstr></property>"
        for at, (name, seal) in enumerate(seals.items(), _FIRST_ID)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_NAMESPACE}" xmlns:vt="{_TYPES}">{told}</Properties>'
    ).encode()


def kept(path: Path) -> dict[str, str]:
    """The seals of a workbook by the names of its sheets; none of one made before there were seals, or where a program
    that saved it again dropped them. Raises OSError, ValueError or zipfile.BadZipFile for what is no readable file."""
    with zipfile.ZipFile(path) as whole:
        if PART not in whole.namelist() or whole.getinfo(PART).file_size > _MOST_PART:
            return {}
        try:
            told = ElementTree.fromstring(whole.read(PART))
        except (ElementTree.ParseError, zlib.error, RuntimeError) as error:
            raise ValueError(str(error)) from error
    return {
        str(one.get("name"))[len(PREFIX) :]: "".join(one.itertext()).strip()
        for one in told
        if str(one.get("name")).startswith(PREFIX)
    }


def unbroken(told: str, rows: Iterable[Sequence[Cell]], hidden: Container[int] = ()) -> bool:
    """Whether these rows of a sheet, its head first, are those that were sealed so; `hidden` as of `Unsealing`."""
    found = Unsealing(told, hidden)
    for row in rows:
        found.add(row)
    return found.holds()


class Unsealing:
    """Holds one sheet against its seal, row by row as a reader gives them, its head first. Rows that are `hidden` (from
    1) are read like the others, but the sums under them are those of what is seen."""

    def __init__(self, seal: str, hidden: Container[int] = ()) -> None:
        self._hidden = hidden
        kinds, rows, digest, loose = (*seal.split(";"), "", "", "")[:4]
        self._kinds, self._digest = kinds, digest
        self._loose = _cells_of(loose)
        self._sum = self._at = self._rows = self._beyond = 0
        count = rows.rstrip(_TOTALS + _ALL_TOTALS)
        self._most = int(count) if count.isdecimal() else -1
        self._totals = int(count != rows)
        self._sums = [0] * len(kinds) if rows.endswith(_TOTALS) else []
        self._summing = True

    def add(self, row: Sequence[Cell]) -> None:
        """The next row of the sheet."""
        self._at += 1
        if self._kinds == _FREE:
            cells = [
                "" if f"{letter(at)}{self._at}" in self._loose else _plain(cell)
                for at, cell in enumerate(row)
            ]
            if any(cells):
                self._rows += 1
                self._sum += _hash((str(self._at), *cells))
        elif self._at == 1:
            self._sum += _hash(("", *("" if cell is None else str(cell) for cell in row)))
        elif any(cell is not None and cell != "" for cell in row):
            told = [
                _read(kind, cell) for kind, cell in zip(self._kinds.ljust(len(row), "t"), row, strict=False)
            ]
            # What stands under the rows is their sum, also where rows are hidden by a filter.
            if self._rows == self._most:
                self._beyond += 1
                self._summing = self._summing and self._agree(told)
                return
            self._rows += 1
            self._sum += _hash(told)
            for at in range(len(self._sums)) if self._sums and self._at not in self._hidden else ():
                if self._kinds[at] in _SCALES and at < len(told) and told[at]:
                    self._sums[at] += _figure(told[at])

    def holds(self) -> bool:
        """Whether the sheet says what was written; to be asked behind the last row."""
        return self._summing and self._told()

    @property
    def only_sums_apart(self) -> bool:
        """Whether every row is as it was written, and only the sums under them are others."""
        return not self._summing and self._told()

    def _told(self) -> bool:
        whole = (self._rows, self._beyond) == (self._most, self._totals)
        return whole and self._digest == f"{self._sum % _MODULUS:032x}"

    def _agree(self, told: Sequence[str]) -> bool:
        columns = list(zip(self._kinds, told, self._sums, strict=False))
        # The first column holds the row's name.
        return all(_figure(one) == total for kind, one, total in columns[1:] if kind in _SCALES and one)


def _figure(told: str) -> int:
    return int(told) if told.removeprefix("-").isdecimal() else 0


def _hash(cells: Iterable[str]) -> int:
    line = _BETWEEN.join(cells).rstrip(_BETWEEN)
    return int.from_bytes(hashlib.sha256(line.encode("utf-8", "replace")).digest()[:16], "big")


def _texts(values: Sequence[Cell]) -> list[str]:
    told = ["" if value is None else str(value) for value in values]
    if "".join(told).isprintable() and max(map(len, told), default=0) <= MOST_TEXT // 2:
        return told
    return [readable(one) for one in told]


def _figures(values: Sequence[Cell]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def _seconds(values: Sequence[Cell]) -> list[str]:
    return ["" if value is None else str(value // 1000) for value in values]  # type: ignore[operator]


_TOLD: Final[Mapping[str, Callable[[Sequence[Cell]], list[str]]]] = {
    "t": _texts, "w": _figures, "m": _figures, "q": _figures, "s": _figures, "d": _figures, "i": _seconds,
}  # fmt: skip
"""A column as it is hashed: whole numbers of the smallest unit, days as ISO, moments in seconds."""


def _read(kind: str, cell: Cell) -> str:
    """A cell as a reader gives it, the way it was hashed; what does not fit its kind as it stands there."""
    if cell is None or cell == "":
        return ""
    if kind in _SCALES and isinstance(cell, (int, float)) and not isinstance(cell, bool):
        whole = round(cell * _SCALES[kind]) if kind == "s" else units(cell, _SCALES[kind])
        return repr(cell) if whole is None else str(whole)
    if kind == "d" and isinstance(cell, (date, datetime)):
        return f"{cell:%Y-%m-%d}"
    if kind == "i" and isinstance(cell, (date, datetime)):
        return str(_moment(cell))
    if kind == "t" and isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _moment(cell: date | datetime) -> int:
    if not isinstance(cell, datetime):
        cell = datetime(cell.year, cell.month, cell.day)
    return round(cell.replace(tzinfo=UTC).timestamp())


# --- sheets that are laid out by hand: a reader does not know what a cell is to hold ----------------------


def _is_loose(cell: object) -> bool:
    """Shares by formula are left out: a spreadsheet program knows more of their places than were stored."""
    return isinstance(cell, Figure) and cell.kind is Kind.SHARE


def _loose(rows: Sequence[Row]) -> str:
    """Where they stand, column by column from the first to the last: `C12:31 D12:31`."""
    found: dict[str, list[int]] = {}
    for at, row in enumerate(rows, 1):
        for column, one in enumerate(row):
            if one is not None and _is_loose(one):
                found.setdefault(letter(column), []).append(at)
    return " ".join(f"{column}{min(places)}:{max(places)}" for column, places in found.items())


def _cells_of(loose: str) -> frozenset[str]:
    found: set[str] = set()
    for column, first, last in re.findall(r"([A-Z]{1,3})(\d{1,6}):(\d{1,6})", loose):
        found.update(
            f"{column}{at}" for at in range(int(first), min(int(last), int(first) + _MOST_LOOSE) + 1)
        )
    return frozenset(found)


def _shown(kind: Kind, value: Cell) -> Cell:
    if value is None or kind in TEXTS:
        return None if value is None else readable(str(value))
    if kind is Kind.INSTANT and isinstance(value, int):
        return datetime.fromtimestamp(value // 1000, UTC).replace(tzinfo=None)
    scale = _SCALES.get(_CODES[kind])
    return value / scale if scale is not None and isinstance(value, int) else value


def _plain(cell: Cell) -> str:
    """A cell of any kind: numbers to four places, moments to the second, midnight as its day."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, datetime):
        moment = _moment(cell)
        told = datetime.fromtimestamp(moment, UTC)
        return f"{told:%Y-%m-%d}" if moment % 86_400 == 0 else f"{told:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"{round(cell, 4) + 0.0:.4f}"
    # Programs drop blanks at the ends of what a formula gave.
    return str(cell).strip()

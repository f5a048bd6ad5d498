"""Workbooks: told apart by their first bytes, looked at before they are unpacked, read by calamine."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from counter_app.archive.imports import html_tables
from counter_app.archive.imports.refusals import refuse

_ZIP = b"PK\x03\x04"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x1f\x8b",
    b"MZ",
    b"SQLite format 3",
)
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_RATIO = 400
FREE_BYTES = 16 * 1024 * 1024
"""Below this a part may be as dense as it likes."""
MOST_CELLS = 30_000_000
_BOOK_PARTS = {"xlsx": "xl/workbook.xml", "ods": "content.xml"}
_ODS_TAGS = re.compile(
    rb"<table:(?:covered-)?(?:table-)?(row|cell)\b(?:[^>]*?\btable:number-(?:rows|columns)-repeated=\"(\d{1,9})\")?[^>]*>"
)
_MOST_REPEATED = 1 << 20
_NO_TEXT = bytes([*range(1, 9), *range(14, 27)])
_PIECE = 1 << 20
_NARROW = 26
# Several of them: a pattern that begins with fixed letters is found many times faster. A cell may tell its place
# without its row: far down, or anywhere in a sheet of many columns.
_ROWS = tuple(re.compile(rb"<%srow [^>]*?\br=[\"'](\d+)" % name) for name in (b"", b"x:"))
_WIDE = re.compile(rb"r=[\"']([A-Z]{2,3})\d")
_FAR = re.compile(rb"r=[\"'][A-Z]{1,3}(\d{6,12})")
_CELL = re.compile(rb"r=[\"'][A-Z]{1,3}(\d{1,12})")


@dataclass(frozen=True, slots=True)
class Book:
    """One sheet: the one asked for, or the first that holds anything; `sheets` are the names of all that do."""

    sheet: str
    rows: Iterator[tuple[int, list[str]]]
    row_count: int
    sheets: tuple[str, ...] = ()
    merged: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By column (from 0) the rows whose cell is one with the cell above."""


def kind_of(content: bytes) -> str:
    """`xlsx`, `ods`, `xls`, `html`, `csv` (any other text), or empty for what is no table at all."""
    if content.startswith(_ZIP):
        return "ods" if content[30:38] == b"mimetype" and _ODS in content[:200] else "xlsx"
    if content.startswith(_OLE):
        return "xls"
    if content.startswith(_OTHER_FILES):
        return ""
    if html_tables.is_page(content):
        return "html"
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    zeros = head.count(0)
    # UTF-16 without a mark has zeros in every other place only; anything else with zeros is binary.
    if zeros and min(head[0::2].count(0), head[1::2].count(0)) > len(head) // 50:
        return ""
    if zeros < len(head) // 10 and sum(head.count(sign) for sign in _NO_TEXT) > len(head) // 20:
        return ""
    return "csv"


def read(file: Path, content: bytes, kind: str, wanted: str = "") -> Book:
    """A sheet of a workbook: the one `wanted`, else the first filled one. Raises UserError `import.file.…`."""
    if kind == "xls" and _ENCRYPTED in content:
        raise refuse("import.file.encrypted", file)
    if kind in ("xlsx", "ods"):
        _look_before_unpacking(file, content, _BOOK_PARTS[kind])
    # Imported when first needed: no import of orders, no cost.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = tuple(book.sheet_names)
        if wanted and wanted not in names:
            raise refuse("import.file.no_sheet", file, sheet=wanted[:40], sheets=", ".join(names)[:120])
        for name in (wanted,) if wanted else names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height:
                return Book(name, _rows(sheet), sheet.total_height, names, _merged(sheet))
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as wrong:
        if "password" in str(wrong).lower() or "encrypt" in str(wrong).lower():
            raise refuse("import.file.encrypted", file) from wrong
        raise refuse("import.file.broken", file, reason=str(wrong)[:120]) from wrong
    raise refuse("import.file.empty", file)


def _merged(sheet: Any) -> dict[int, frozenset[int]]:
    """Cells that go on downwards from the one that holds the text; none where the kind of file does not tell."""
    found: dict[int, set[int]] = {}
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        if last > first:
            found.setdefault(column, set()).update(range(first + 2, last + 2))
    return {column: frozenset(rows) for column, rows in found.items()}


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = [cell if type(cell) is str else _text(cell) for cell in cells]
        if any(texts):
            yield number, texts


@lru_cache(maxsize=20_000, typed=True)
def _text(value: Any) -> str:
    """A cell as a person would read it: whole numbers without `.0`, days as ISO."""
    if type(value) is float:
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        if abs(value) >= 1e15:  # a long number that a spreadsheet has rounded: leave it to be seen as such
            return f"{value:.5E}"
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"  # yes or no, but no amount
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _look_before_unpacking(file: Path, content: bytes, book: str) -> None:
    """Refuse bombs: parts that swell beyond reason, and sheets whose few cells span a huge area. `book` is the part
    that every such workbook has."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if book not in names:
                raise refuse(
                    "import.file.encrypted" if "EncryptedPackage" in names else "import.file.not_a_table",
                    file,
                )
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise refuse("import.file.bomb", file)
            for part in parts:
                if part.flag_bits & 1:
                    raise refuse("import.file.encrypted", file)
                if part.file_size > max(FREE_BYTES, part.compress_size * MOST_RATIO):
                    raise refuse("import.file.bomb", file)
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _measure(file, archive, part)
            if book == _BOOK_PARTS["ods"]:
                _look_into_ods(file, archive, names)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as wrong:
        raise refuse("import.file.broken", file, reason=str(wrong)[:120]) from wrong


def _measure(file: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Rows × columns of a sheet, read in pieces; what unpacks to more than it says is refused too."""
    unpacked, last_row, widest = 0, 0, _NARROW
    for text, length in _pieces(file, archive, part):
        unpacked += length
        if unpacked > part.file_size:
            raise refuse("import.file.bomb", file)
        for row in (*_ROWS, _FAR):
            last_row = max(last_row, max(map(int, row.findall(text)), default=0))
        for letters in set(_WIDE.findall(text)):
            widest = max(widest, _column(letters))
    if widest > _NARROW:
        for text, _ in _pieces(file, archive, part):
            last_row = max(last_row, max(map(int, _CELL.findall(text)), default=0))
    if last_row * widest > MOST_CELLS:
        raise refuse("import.file.too_many_rows", file, most=MOST_CELLS // widest)


def _pieces(file: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """A part piece by piece, each with the end of the one before, and the length of the piece alone."""
    tail = b""
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                yield tail + piece, len(piece)
                tail = piece[-200:]
    except (zipfile.BadZipFile, zlib.error) as wrong:
        raise refuse("import.file.broken", file, reason=str(wrong)[:120]) from wrong


def _look_into_ods(file: Path, archive: zipfile.ZipFile, names: set[str]) -> None:
    """Open documents say in their list of parts that they are locked, and repeat cells instead of writing them out:
    what the cells come to is summed before a reader lays them out."""
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        raise refuse("import.file.encrypted", file)
    cells, filled, tail = 0, False, b""
    rows, columns = 1, 0
    with archive.open(_BOOK_PARTS["ods"]) as stream:
        while piece := stream.read(_PIECE):
            text = tail + piece
            cut = text.rfind(b"<")
            text, tail = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
            for tag in _ODS_TAGS.finditer(text):
                repeated = min(int(tag[2] or 1), _MOST_REPEATED)
                if tag[1] == b"row":
                    if filled:
                        cells += rows * columns
                    rows, columns, filled = repeated, 0, False
                else:
                    columns += repeated
                    filled = filled or b"value" in tag[0] or repeated == 1
            if cells + (rows * columns if filled else 0) > MOST_CELLS:
                raise refuse("import.file.too_many_rows", file, most=MOST_CELLS // max(columns, 1))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

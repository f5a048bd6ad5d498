"""A file as a table of texts, whatever it is: CSV of any usual encoding and delimiter, or a workbook.

The content decides, not the name of the file. Nothing is trusted: sizes are looked at before anything is
unpacked, and what cannot be read says why (issue "bad input").
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.archive.imports import html_tables, workbooks
from counter_app.archive.imports.refusals import refuse
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.system_reasons import system_reason

MOST_BYTES = 300 * 1024 * 1024
MOST_ROWS = 1_050_000
"""A full sheet of Excel, with a line or two to spare."""
MOST_CELL = 131_072
HEADER_WITHIN = 30
_PIECE = 1 << 20
_DELIMITERS = ",\t;|"
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "ansi"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of texts. `rows` yields (row number as a spreadsheet shows it, cells) and can be read once;
    `row_count` is about how many there are. `format`: csv, xlsx, ods, xls, html. `sheets` are the
    names of all sheets of a workbook."""

    name: str
    format: str
    encoding: str
    delimiter: str
    rows: Iterator[tuple[int, list[str]]]
    row_count: int
    sha256: str
    byte_count: int
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    content: bytes = field(default=b"", repr=False)
    """The file as it was read: whoever reads it once more reads the same, whatever became of the file."""
    merged: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By column (from 0) the rows whose cell is one with the cell above."""


@dataclass(slots=True)
class Headed:
    """A table whose header row was found: columns by name, and the rows below it."""

    table: Table
    columns: dict[str, int]
    header_row: int
    rows: Iterator[tuple[int, list[str]]]
    names: list[str] = field(default_factory=list)

    def goes_on(self, row: int, name: str) -> bool:
        """Whether the cell in this column is one with the cell above."""
        return row in self.table.merged.get(self.columns.get(name, -1), ())

    def cell(self, cells: list[str], name: str) -> str:
        """The text in a column, empty when the row is shorter or the column is not there."""
        at = self.columns.get(name, -1)
        return cells[at] if 0 <= at < len(cells) else ""


def open_table(file: Path, sheet: str = "", content: bytes = b"") -> Table:
    """Read a file, or `content` that was read of it before; of a workbook the `sheet` of that name, else the first
    that holds anything. Raises UserError `import.file.…`, SurroundingsError `import.file.unreadable`."""
    if not content:
        content = _read(file)
    if not content.strip(b"\x00 \t\r\n"):
        raise refuse("import.file.empty", file)
    sha256 = hashlib.sha256(content).hexdigest()
    kind = workbooks.kind_of(content)
    if kind == "csv":
        return _csv_table(file, content, sha256)
    if kind == "":
        raise refuse("import.file.not_a_table", file)
    if kind == "html":
        return _html_table(file, content, sha256)
    book = workbooks.read(file, content, kind, sheet)
    told = (kind, "", "", book.rows, book.row_count, sha256, len(content), book.sheet, book.sheets)
    return Table(file.name, *told, content=content, merged=book.merged)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise refuse("import.file.too_large", file, most=MOST_BYTES // 2**20)
        return file.read_bytes()
    except OSError as cause:
        raise SurroundingsError(
            "import.file.unreadable", file=file.name, cause=system_reason(cause)
        ) from cause


def headed(table: Table, wanted: frozenset[str] = frozenset()) -> Headed:
    """Find the header: the first row that holds one of the `wanted` names, else the first with two cells.

    Raises UserError `import.file.no_header`.
    """
    fallback: tuple[int, list[str]] | None = None
    above: list[tuple[int, list[str]]] = []
    for number, cells in table.rows:
        above.append((number, cells))
        names = [cell.strip() for cell in cells]
        if wanted and wanted & set(names):
            return _headed(table, number, names, table.rows)
        if fallback is None and sum(bool(name) for name in names) >= 2:
            fallback = (number, names)
        if len(above) >= HEADER_WITHIN:
            break
    if fallback is None:
        raise refuse("import.file.no_header", table.name)
    below = [(number, cells) for number, cells in above if number > fallback[0]]
    return _headed(table, fallback[0], fallback[1], _chain(below, table.rows))


def _headed(table: Table, number: int, names: list[str], rows: Iterator[tuple[int, list[str]]]) -> Headed:
    columns: dict[str, int] = {}
    for at, name in enumerate(names):
        if name:
            columns.setdefault(name, at)
    return Headed(table, columns, number, rows, names)


def _chain(
    first: list[tuple[int, list[str]]], rest: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    yield from first
    yield from rest


def _html_table(file: Path, content: bytes, sha256: str) -> Table:
    named = html_tables.charset(content)
    if named in _CHINESE and not content.startswith(tuple(bom for bom, _ in _BOMS)):
        text, encoding = _strict(file, content, "gb18030"), "gb18030"
    else:
        text, encoding = _decoded(file, content)
    rows = html_tables.table_of(text, MOST_ROWS)
    if len(rows) > MOST_ROWS:
        raise refuse("import.file.too_many_rows", file, most=MOST_ROWS)
    if not rows:
        raise refuse("import.file.not_a_table", file)
    numbered = ((number, cells) for number, cells in enumerate(rows, 1) if any(cells))
    return Table(file.name, "html", encoding, "", numbered, len(rows), sha256, len(content), content=content)


def _csv_table(file: Path, content: bytes, sha256: str) -> Table:
    encoding, count, head = _looked_through(file, content)
    delimiter = _delimiter(head)
    if count > MOST_ROWS:
        raise refuse("import.file.too_many_rows", file, most=MOST_ROWS)
    rows = _csv_rows(file, content, encoding, delimiter)
    return Table(file.name, "csv", encoding, delimiter, rows, count, sha256, len(content), content=content)


def _named_encoding(content: bytes) -> str:
    """The encoding that a mark or the places of zeros tell; empty where only reading it tells."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return encoding
    head = content[:4096]
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    return ""


def _decoded(file: Path, content: bytes) -> tuple[str, str]:
    if named := _named_encoding(content):
        return _strict(file, content, named), named
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strict(file, content, "gb18030"), "gb18030"


def _looked_through(file: Path, content: bytes) -> tuple[str, int, str]:
    """Encoding, number of lines and first characters of a text, which is never held decoded as a whole."""
    named = _named_encoding(content)
    if named:
        return named, *_lines_of(file, content, named)
    try:
        return "utf-8", *_lines_of(file, content, "utf-8")
    except UserError:
        return "gb18030", *_lines_of(file, content, "gb18030")


def _lines_of(file: Path, content: bytes, encoding: str) -> tuple[int, str]:
    """Lines and first characters. Raises UserError `import.file.encoding` with the place of the first wrong byte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, head = 1, ""
    for at in range(0, len(content), _PIECE):
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(content[at : at + _PIECE], at + _PIECE >= len(content))
        except UnicodeDecodeError as wrong:
            raise refuse("import.file.encoding", file, position=at - pending + wrong.start) from wrong
        lines += text.count("\n")
        head = head or text[:8192]
    return lines, head


def _strict(file: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise refuse("import.file.encoding", file, position=wrong.start) from wrong


def _delimiter(text: str) -> str:
    """The mark that the first lines have most of, outside quotes."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for sign in text[:8192]:
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in counts:
            counts[sign] += 1
    return max(_DELIMITERS, key=lambda mark: counts[mark])


def _csv_rows(file: Path, content: bytes, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MOST_CELL)
    number = 0
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(content), encoding, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            if any(cells):
                yield number, cells
    except csv.Error as wrong:
        raise refuse("import.file.broken_row", file, row=number + 1, reason=str(wrong)) from wrong

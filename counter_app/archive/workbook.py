"""Writes a workbook: openpyxl makes styles, widths, panes, filters, print set-up and charts in a template;
the rows are streamed into its sheets while the zip is copied, so that memory stays flat.

Only public openpyxl is used, apart from reading `cell.style_id` of a scratch cell.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml import LXML

from counter_app.archive import cells, native, seal
from counter_app.archive.charts import add_pareto
from counter_app.archive.sheets import NUMERIC, Figure, FreeSheet, Kind, Row, Sheet, Styled
from counter_app.archive.splitting import MOST_ROWS, split
from counter_app.archive.styles import Styles
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason

if LXML:
    # openpyxl writes each sheet into the system's temporary folder first, through lxml where that is installed, and
    # lxml tells of a full disk as of a fault of XML.
    from lxml.etree import SerialisationError as _XmlUnwritten
else:

    class _XmlUnwritten(Exception):  # type: ignore[no-redef]
        """Raised by nobody: without lxml the disk's own error comes up."""


Progress = Callable[[int, int], None]
"""Called with (done, total) rows; may raise to cancel."""

Words = Callable[[str], str]
"""Gives the word for a key, in the workbook's language. Raises KeyError when there is none."""

_BATCH = 256
_SHEET_DATA = re.compile(rb"<sheetData\s*/>|</sheetData>")
_AFTER_IGNORED = re.compile(rb"<(?:smartTags|drawing|legacyDrawing|tableParts)\b|</worksheet>")
_BESIDE = ".counter-"
_FORGOTTEN_S = 600
_ONE_PAGE_WIDE = 230
_MOST_HEADING = 120
_HEAD_HEIGHT, _ROW_HEIGHT = 30, 17
_HEIGHTS = {"title": 28, "section": 24, "head": 28}


def write(
    path: Path,
    sheets: tuple[Sheet | FreeSheet, ...],
    words: Words,
    progress: Progress | None = None,
    about: Mapping[str, str] | None = None,
    heading: str = "",
    most: int = MOST_ROWS,
    footer: str = "",
) -> None:
    """Write the workbook beside `path` and swap it in when it is whole.

    `heading` stands at the head of every printed page and is the title of the file, `footer` what kind of book it is, at
    the foot of every page. `about` says what the workbook is, for `reading.about`.
    A table of more than `most` rows goes on in further sheets. Raises SurroundingsError `archive.file.…`, and whatever `progress` raises to cancel; nothing is left behind
    then, and what stood at `path` before stands there still.
    """
    with placed(path) as file:
        _fill(
            file,
            split(sheets, words, most),
            words,
            progress,
            about or {},
            heading,
            footer or words("book.footer"),
        )


@contextlib.contextmanager
def placed(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that takes the place of `path` when the block ends well. Raises SurroundingsError
    `archive.file.…`; nothing is left behind then, and what stood at `path` stands there still."""
    if path.is_dir():
        raise SurroundingsError("archive.file.folder", file=str(path))
    with _beside(path) as (file, beside):
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            file.close()
        except OSError as error:
            raise _unwritable(path, error) from error
        except _XmlUnwritten as error:
            raise _unwritable(path, _of_disk(error)) from error
        try:
            beside.replace(path)
        except PermissionError as error:
            # Windows refuses to replace a file that Excel holds open.
            raise SurroundingsError("archive.file.locked", file=str(path)) from error
        except OSError as error:
            raise _unwritable(path, error) from error


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A new file in the target's own folder; whatever happens, it is gone afterwards or has become the target."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        handle, name = tempfile.mkstemp(prefix=_BESIDE, suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    beside = Path(name)
    file = os.fdopen(handle, "w+b")
    try:
        yield file, beside
    finally:
        with contextlib.suppress(OSError):
            file.close()
        with contextlib.suppress(OSError):
            beside.unlink()


def _sweep(folder: Path) -> None:
    """Remove what an export left that was killed outright: nobody has written to it for a while."""
    for left in folder.glob(f"{_BESIDE}*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _FORGOTTEN_S:
                left.unlink()


def _of_disk(error: Exception) -> OSError:
    """What the disk said, of lxml's name for it: IO_ENOSPC, IO_EFBIG …"""
    code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(code, os.strerror(code))


def _unwritable(path: Path, error: OSError) -> SurroundingsError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SurroundingsError("archive.file.full", file=str(path))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return SurroundingsError("archive.file.no_right", folder=str(path.parent))
    return SurroundingsError("archive.file.unwritable", file=str(path), why=system_reason(error))


def _fill(
    file: IO[bytes],
    sheets: tuple[Sheet | FreeSheet, ...],
    words: Words,
    progress: Progress | None,
    about: Mapping[str, str],
    heading: str,
    footer: str,
) -> None:
    template, styles = _template(sheets, words, heading, footer)
    template.properties.title = heading or None
    # Declares the part that holds the seals; what it says is written when they are known.
    template.custom_doc_props.append(StringProperty(name=seal.PREFIX, value=""))
    template.properties.keywords = ";".join(f"{key}={value}" for key, value in about.items())
    total = sum(sheet.count if isinstance(sheet, Sheet) else len(sheet.rows) for sheet in sheets)
    done = 0
    saved = io.BytesIO()
    template.save(saved)
    parts = {f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in enumerate(sheets, 1)}
    seals: dict[str, str] = {}
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6, allowZip64=True) as target,
    ):
        for item in source.infolist():
            content = source.read(item.filename)
            sheet = parts.get(item.filename)
            if item.filename == seal.PART:
                continue
            if sheet is None:
                content = native.ordered(content) if item.filename == "xl/styles.xml" else content
                target.writestr(item.filename, native.sized(content, sheets))
                continue
            before, after = _around_rows(content, sheet, words)
            sealing = seal.Sealing(sheet, _heads(sheet, words))
            with target.open(item.filename, "w", force_zip64=True) as part:
                part.write(before)
                for xml, rows in _chunks(sheet, styles, words, sealing):
                    part.write(xml.encode())
                    done += rows
                    if progress:
                        progress(min(done, total), total)
                part.write(after)
            seals[_title(sheet, words)] = sealing.text()
        # Last, since a seal is known when its rows are written.
        target.writestr(seal.PART, seal.part(seals))


def _around_rows(content: bytes, sheet: Sheet | FreeSheet, words: Words) -> tuple[bytes, bytes]:
    """What stands before and after the rows to be put into a sheet of the template."""
    # The template's dimension covers the header only and would stop read-only readers early.
    content = re.sub(rb"<dimension [^>]*/>", b"", content, count=1)
    found = _SHEET_DATA.search(content)
    if found is None:
        raise RuntimeError(f"sheet {sheet.key} has no sheetData")
    opening = b"<sheetData>" if found.group().endswith(b"/>") else b""
    after = b"</sheetData>" + content[found.end() :]
    if isinstance(sheet, FreeSheet):
        after = native.linked(after, sheet, words)
    if isinstance(sheet, Sheet) and sheet.count:
        # Numbers kept as text on purpose (telephones, article numbers) carry no warning triangle.
        area = f"A2:{get_column_letter(len(sheet.columns))}{sheet.count + 1}"
        quiet = f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
        place = _AFTER_IGNORED.search(after)
        if place is None:
            raise RuntimeError(f"sheet {sheet.key} has no end")
        after = after[: place.start()] + quiet.encode() + after[place.start() :]
    return content[: found.start()] + opening, after


def _title(sheet: Sheet | FreeSheet, words: Words) -> str:
    return sheet.title(words) if isinstance(sheet, Sheet) else words(f"sheet.{sheet.key}")


def _heads(sheet: Sheet | FreeSheet, words: Words) -> list[str]:
    return [words(f"column.{column.key}") for column in sheet.columns] if isinstance(sheet, Sheet) else []


def _chunks(
    sheet: Sheet | FreeSheet, styles: Styles, words: Words, sealing: seal.Sealing
) -> Iterator[tuple[str, int]]:
    """The rows as XML, a batch at a time, with the number of rows in it."""
    if isinstance(sheet, FreeSheet):
        for at, row in enumerate(sheet.rows, 1):
            yield _free_row(at, row, styles), 1
        return
    columns = sheet.columns
    writers = [
        cells.column_writer(at, column.kind, styles.id("value", column.kind))
        for at, column in enumerate(columns, 1)
    ]
    notes = [(at, column.width) for at, column in enumerate(columns) if column.kind is Kind.NOTE]
    # The sums of a table in parts run on from part to part.
    sums = {} if sheet.part is None else sheet.part.sums
    for at in (at for at, column in enumerate(columns) if column.total):
        sums.setdefault(at, 0)
    written = 0
    rows = iter(sheet.rows)
    while batch := list(islice(rows, _BATCH)):
        yield cells.rows(written + 2, batch, writers, notes), len(batch)
        sealing.batch(batch)
        for at in sums:
            sums[at] += sum(row[at] or 0 for row in batch)  # type: ignore[misc]
        written += len(batch)
    if written != sheet.count:
        raise RuntimeError(f"sheet {sheet.key}: {sheet.count} rows announced, {written} written")
    if sheet.summed:
        yield _totals(sheet, sums, styles, words), 0


def _free_row(at: int, row: Row, styles: Styles) -> str:
    written = []
    for column, content in enumerate(row, 1):
        if content is None:
            continue
        reference = f"{get_column_letter(column)}{at}"
        style = styles.id(content.style, content.kind)
        if isinstance(content, Figure):
            written.append(cells.formula(reference, content.kind, style, content.formula, content.value))
        else:
            written.append(cells.cell(reference, content.kind, style, content.value))
    looks = {content.style for content in row if content is not None}
    height = next((_HEIGHTS[look] for look in _HEIGHTS if look in looks), _ROW_HEIGHT)
    return f'<row r="{at}" ht="{height}" customHeight="1">{"".join(written)}</row>'


def _totals(sheet: Sheet, sums: dict[int, int], styles: Styles, words: Words) -> str:
    at = sheet.count + 2
    written = []
    for index, column in enumerate(sheet.columns):
        letter = get_column_letter(index + 1)
        reference = f"{letter}{at}"
        if column.total:
            expression = native.summing(sheet, index, words)
            style = styles.id("total", column.kind)
            written.append(cells.formula(reference, column.kind, style, expression, sums[index]))
        else:
            label = words("total") if index == 0 else None
            written.append(cells.cell(reference, Kind.TEXT, styles.id("total", Kind.TEXT), label))
    return f'<row r="{at}" ht="20" customHeight="1">{"".join(written)}</row>'


def _template(
    sheets: tuple[Sheet | FreeSheet, ...], words: Words, heading: str, footer: str
) -> tuple[Workbook, Styles]:
    """The workbook without its rows; style ids are final once this returns."""
    book = Workbook()
    scratch = book.active
    styles = Styles(scratch, words("font"))
    for sheet in sheets:
        page = book.create_sheet(_title(sheet, words))
        if isinstance(sheet, FreeSheet):
            _lay_out_free(page, sheet, styles, words)
            width = sum(sheet.widths)
        else:
            _lay_out_table(page, sheet, styles, words)
            width = sum(column.width for column in sheet.columns)
        _set_up_print(page, width, heading, footer, tall=isinstance(sheet, FreeSheet) and sheet.tall)
    native.name_cells(book, sheets, words)
    book.remove(scratch)
    book.properties.creator = "Counter"
    return book, styles


def _lay_out_table(page: Worksheet, sheet: Sheet, styles: Styles, words: Words) -> None:
    for at, column in enumerate(sheet.columns, 1):
        head = page.cell(row=1, column=at, value=words(f"column.{column.key}"))
        styles.dress(head, "head_right" if column.kind in NUMERIC else "head", Kind.TEXT)
        page.column_dimensions[get_column_letter(at)].width = column.width
        styles.id("value", column.kind)
        styles.id("total", column.kind)
    styles.id("total", Kind.TEXT)
    page.row_dimensions[1].height = _HEAD_HEIGHT
    page.freeze_panes = "B2"
    page.sheet_view.showGridLines = False
    native.add_table(page, sheet, words)
    native.mark_table(page, sheet)
    page.print_area = f"A1:{get_column_letter(len(sheet.columns))}{sheet.last_row}"
    page.print_title_rows = "1:1"
    page.print_title_cols = "A:A"


def _lay_out_free(page: Worksheet, sheet: FreeSheet, styles: Styles, words: Words) -> None:
    for at, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    for row in sheet.rows:
        for content in row:
            if isinstance(content, (Styled, Figure)):
                styles.id(content.style, content.kind)
    page.sheet_view.showGridLines = False
    native.mark_area(page, sheet)
    page.print_area = f"A1:{get_column_letter(len(sheet.widths))}{max(len(sheet.rows), 1)}"
    if sheet.frozen:
        page.freeze_panes = sheet.frozen
        page.print_title_rows = f"1:{int(re.sub('[A-Z]', '', sheet.frozen)) - 1}"
    if sheet.repeated != (0, 0):
        # Programs begin with it on the page behind these rows, so they may lie in the middle of a sheet.
        page.print_title_rows = f"{sheet.repeated[0]}:{sheet.repeated[1]}"
    if sheet.filtered:
        page.auto_filter.ref = sheet.filtered
    if sheet.pareto is not None:
        add_pareto(page, sheet.pareto, words("pareto.title"), words("pareto.count"), words("pareto.share"))


def _set_up_print(page: Worksheet, width: float, heading: str, footer: str, *, tall: bool) -> None:
    page.page_setup.orientation = "portrait" if tall else "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    # A wide table on one sheet of paper is too small to read; its first column is repeated on the second.
    page.page_setup.fitToWidth = 1 if width <= _ONE_PAGE_WIDE else 2
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom = 0.8, 0.7
    page.page_margins.header = page.page_margins.footer = 0.35
    # An ampersand begins a code of its own there.
    page.oddHeader.left.text = heading.replace("&", "&&")[:_MOST_HEADING]
    page.oddHeader.right.text = "&A"
    page.oddFooter.left.text = footer.replace("&", "&&")
    page.oddFooter.right.text = "&P / &N"
    for part in (page.oddHeader.left, page.oddHeader.right, page.oddFooter.left, page.oddFooter.right):
        part.size = 9

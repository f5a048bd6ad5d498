"""Writes a workbook: openpyxl makes styles, widths, panes, filters, print set-up and charts in a template;
the rows are streamed into its sheets while the zip is copied, so that memory stays flat.

Only public openpyxl is used, apart from reading `cell.style_id` of a scratch cell.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from counter_app.archive import cells
from counter_app.archive.sheets import Column, Figure, FreeSheet, Kind, Sheet, Styled
from counter_app.domain.errors import SurroundingsError, UserError

Progress = Callable[[int, int], None]
"""Called with (done, total) rows; may raise to cancel."""

Words = Callable[[str], str]
"""Gives the word for a key, in the workbook's language. Raises KeyError when there is none."""

_BATCH = 256
_MOST_ROWS = 1_048_575
_FORMATS = {
    Kind.TEXT: "@",
    Kind.NOTE: "@",
    Kind.WHOLE: "#,##0",
    Kind.MONEY: "#,##0.00;[Red]-#,##0.00",
    Kind.QUANTITY: "#,##0.###",
    Kind.DAY: "yyyy-mm-dd",
    Kind.INSTANT: "yyyy-mm-dd hh:mm",
    Kind.SHARE: "0.0%",
}
_INK, _HEAD, _LINE, _TINT = "1B1F27", "0F766E", "E3E6EB", "E6F4F1"
_NUMERIC = (Kind.WHOLE, Kind.MONEY, Kind.QUANTITY, Kind.SHARE)
_SHEET_DATA = re.compile(rb"<sheetData\s*/>|</sheetData>")


class _Styles:
    """Style ids of the template, made once per (style, kind)."""

    def __init__(self, scratch: Worksheet, font: str) -> None:
        self._scratch = scratch
        self._font = font
        self._ids: dict[tuple[str, Kind], int] = {}

    def id(self, style: str, kind: Kind) -> int:
        key = (style, kind)
        if key not in self._ids:
            cell = self._scratch.cell(row=1, column=1)
            self.dress(cell, style, kind)
            self._ids[key] = cell.style_id
        return self._ids[key]

    def dress(self, cell: object, style: str, kind: Kind) -> None:
        """Give one openpyxl cell the look of `style`."""
        line = Side(style="thin", color=_LINE)
        white = style == "head"
        cell.font = Font(  # type: ignore[attr-defined]
            name=self._font,
            size={"title": 16, "note": 9}.get(style, 10),
            bold=style in ("title", "head", "total", "section"),
            color="FFFFFF" if white else ("667085" if style in ("label", "note") else _INK),
        )
        cell.fill = (  # type: ignore[attr-defined]
            PatternFill("solid", fgColor=_HEAD)
            if white
            else PatternFill("solid", fgColor=_TINT)
            if style in ("total", "section")
            else PatternFill()
        )
        cell.border = Border(bottom=line, top=line if style == "total" else None) if style not in ("title", "note") else Border()  # type: ignore[attr-defined]
        cell.alignment = Alignment(  # type: ignore[attr-defined]
            horizontal="right" if kind in _NUMERIC and style != "title" else "left",
            vertical="center" if style in ("head", "title", "section") else "top",
            wrap_text=kind is Kind.NOTE or style == "head",
        )
        cell.number_format = _FORMATS[kind]  # type: ignore[attr-defined]


def write(
    path: Path,
    sheets: tuple[Sheet | FreeSheet, ...],
    words: Words,
    progress: Progress | None = None,
) -> None:
    """Write the workbook beside `path` and swap it in when it is whole.

    Raises UserError `archive.too_many_rows`, SurroundingsError `archive.file.locked`,
    `archive.file.unwritable`, and whatever `progress` raises to cancel; nothing is left behind then.
    """
    for sheet in sheets:
        if isinstance(sheet, Sheet) and sheet.count >= _MOST_ROWS:
            raise UserError("archive.too_many_rows", sheet=words(f"sheet.{sheet.key}"), rows=sheet.count)
    beside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
        beside = Path(name)
        with os.fdopen(handle, "w+b") as file:
            _fill(file, sheets, words, progress)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        beside = None
    except PermissionError as error:
        # Windows refuses to replace a file that Excel holds open.
        raise SurroundingsError("archive.file.locked", file=str(path)) from error
    except OSError as error:
        raise SurroundingsError(
            "archive.file.unwritable", file=str(path), why=error.strerror or str(error)
        ) from error
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink()


def _fill(
    file: IO[bytes],
    sheets: tuple[Sheet | FreeSheet, ...],
    words: Words,
    progress: Progress | None,
) -> None:
    template, styles = _template(sheets, words)
    total = sum(sheet.count if isinstance(sheet, Sheet) else len(sheet.rows) for sheet in sheets)
    done = 0
    saved = io.BytesIO()
    template.save(saved)
    parts = {f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in enumerate(sheets, 1)}
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6, allowZip64=True) as target,
    ):
        for item in source.infolist():
            content = source.read(item.filename)
            sheet = parts.get(item.filename)
            if sheet is None:
                target.writestr(item.filename, content)
                continue
            # The template's dimension covers the header only and would stop read-only readers early.
            content = re.sub(rb"<dimension [^>]*/>", b"", content, count=1)
            found = _SHEET_DATA.search(content)
            if found is None:
                raise RuntimeError(f"{item.filename} has no sheetData")
            empty = found.group().endswith(b"/>")
            with target.open(item.filename, "w", force_zip64=True) as part:
                part.write(content[: found.start()] + (b"<sheetData>" if empty else b""))
                buffer: list[str] = []
                for row in _rows(sheet, styles, words):
                    buffer.append(row)
                    if len(buffer) == _BATCH:
                        part.write("".join(buffer).encode())
                        done += len(buffer)
                        buffer.clear()
                        if progress:
                            progress(min(done, total), total)
                part.write("".join(buffer).encode())
                done += len(buffer)
                part.write(b"</sheetData>" + content[found.end() :])
            if progress:
                progress(min(done, total), total)


def _rows(sheet: Sheet | FreeSheet, styles: _Styles, words: Words) -> Iterator[str]:
    if isinstance(sheet, FreeSheet):
        for at, row in enumerate(sheet.rows, 1):
            written = []
            for column, content in enumerate(row, 1):
                reference = f"{get_column_letter(column)}{at}"
                if isinstance(content, Figure):
                    style = styles.id("value", content.kind)
                    written.append(
                        cells.formula(reference, content.kind, style, content.formula, content.value)
                    )
                elif content is not None:
                    style = styles.id(content.style, content.kind)
                    written.append(cells.cell(reference, content.kind, style, content.value))
            height = ' ht="26" customHeight="1"' if _is_title(row) else ""
            yield f'<row r="{at}"{height}>{"".join(written)}</row>'
        return
    columns = sheet.columns
    write_row = cells.row_writer(
        [column.kind for column in columns], [styles.id("value", column.kind) for column in columns]
    )
    summed = [at for at, column in enumerate(columns) if column.total]
    sums = dict.fromkeys(summed, 0)
    written_rows = 0
    for at, values in enumerate(sheet.rows, 2):
        for index in summed:
            value = values[index]
            if isinstance(value, int):
                sums[index] += value
        written_rows += 1
        yield write_row(at, values)
    if written_rows != sheet.count:
        raise RuntimeError(f"sheet {sheet.key}: {sheet.count} rows announced, {written_rows} written")
    if summed and sheet.count:
        yield _totals(sheet, sums, styles, words)


def _totals(sheet: Sheet, sums: dict[int, int], styles: _Styles, words: Words) -> str:
    at = sheet.count + 2
    written = []
    for index, column in enumerate(sheet.columns):
        letter = get_column_letter(index + 1)
        reference = f"{letter}{at}"
        style = styles.id("total", column.kind)
        if column.total:
            expression = f"SUBTOTAL(109,{letter}2:{letter}{at - 1})"
            written.append(cells.formula(reference, column.kind, style, expression, sums[index]))
        elif index == 0:
            written.append(cells.cell(reference, Kind.TEXT, styles.id("total", Kind.TEXT), words("total")))
        else:
            written.append(cells.cell(reference, column.kind, style, None))
    return f'<row r="{at}">{"".join(written)}</row>'


def _is_title(row: tuple[Styled | Figure | None, ...]) -> bool:
    return any(isinstance(value, Styled) and value.style == "title" for value in row)


def _template(sheets: tuple[Sheet | FreeSheet, ...], words: Words) -> tuple[Workbook, _Styles]:
    """The workbook without its rows; style ids are final once this returns."""
    book = Workbook()
    scratch = book.active
    styles = _Styles(scratch, words("font"))
    for sheet in sheets:
        page = book.create_sheet(words(f"sheet.{sheet.key}"))
        if isinstance(sheet, FreeSheet):
            _lay_out_free(page, sheet, styles, words)
        else:
            _lay_out_table(page, sheet, styles, words)
        _set_up_print(page, words, table=isinstance(sheet, Sheet))
    book.remove(scratch)
    book.properties.creator = "Counter"
    return book, styles


def _lay_out_table(page: Worksheet, sheet: Sheet, styles: _Styles, words: Words) -> None:
    for at, column in enumerate(sheet.columns, 1):
        head = page.cell(row=1, column=at, value=words(f"column.{column.key}"))
        styles.dress(head, "head", _head_kind(column))
        head.number_format = "@"
        page.column_dimensions[get_column_letter(at)].width = column.width
        styles.id("value", column.kind)
        styles.id("total", column.kind)
    styles.id("total", Kind.TEXT)
    page.row_dimensions[1].height = 30
    page.freeze_panes = "B2"
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A1:{last}{max(sheet.count + 1, 2)}"
    page.print_title_rows = "1:1"


def _head_kind(column: Column) -> Kind:
    return column.kind if column.kind in _NUMERIC else Kind.TEXT


def _lay_out_free(page: Worksheet, sheet: FreeSheet, styles: _Styles, words: Words) -> None:
    for at, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    for row in sheet.rows:
        for value in row:
            if isinstance(value, Styled):
                styles.id(value.style, value.kind)
            elif isinstance(value, Figure):
                styles.id("value", value.kind)
    for area in sheet.merged:
        page.merge_cells(area)
    page.sheet_view.showGridLines = False
    if sheet.pareto_rows is not None:
        _add_pareto(page, *sheet.pareto_rows, words)


def _add_pareto(page: Worksheet, first: int, last: int, words: Words) -> None:
    """Bars of counts and the line of the running share, over rows `first`…`last` of columns A, B and D."""
    names = Reference(page, min_col=1, min_row=first, max_row=last)
    bars = BarChart()
    bars.type = "col"
    bars.title = words("pareto.title")
    bars.add_data(Reference(page, min_col=2, min_row=first - 1, max_row=last), titles_from_data=True)
    bars.set_categories(names)
    bars.y_axis.title = words("pareto.count")
    bars.y_axis.majorGridlines = None
    bars.y_axis.delete = False
    bars.x_axis.delete = False
    bars.gapWidth = 40
    bars.series[0].graphicalProperties.solidFill = _HEAD
    line = LineChart()
    line.add_data(Reference(page, min_col=4, min_row=first - 1, max_row=last), titles_from_data=True)
    line.y_axis.axId = 200
    line.y_axis.title = words("pareto.share")
    line.y_axis.scaling.min = 0
    line.y_axis.scaling.max = 1
    line.y_axis.number_format = "0%"
    line.y_axis.crosses = "max"
    line.y_axis.delete = False
    line.series[0].graphicalProperties.line.solidFill = "B45309"
    line.series[0].marker.symbol = "circle"
    bars += line
    bars.legend.position = "b"
    bars.width, bars.height = 24, 11
    page.add_chart(bars, f"G{max(first - 1, 4)}")


def _set_up_print(page: Worksheet, words: Words, *, table: bool) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.6
    page.oddFooter.left.text = words("book.footer")
    page.oddFooter.center.text = "&A"
    page.oddFooter.right.text = "&P / &N"
    if table:
        page.print_options.gridLines = False

"""What a spreadsheet program knows of a sheet beyond its cells: tables, marks that follow values, names, links.

Tables are made with their head alone and get their size while the file is copied: openpyxl would otherwise make every
cell in their range.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableFormula
from openpyxl.worksheet.worksheet import Worksheet

from counter_app.archive.cells import letter
from counter_app.archive.sheets import FreeSheet, Look, Mark, Sheet

TABLE: Final = "t_"
"""Tables are called after their sheet's key: the name is the same in every language."""
_TABLE_NAME = re.compile(rb'displayName="t_(\w+)"')
_REF = re.compile(rb' ref="A1:[A-Z]+1"')
_FONT, _PART, _TAG = re.compile(rb"<font>(.*?)</font>"), re.compile(rb"<\w+[^>]*/>"), re.compile(rb"<(\w+)")
_FONT_ORDER: Final = (
    b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign", b"sz", b"color", b"name",
    b"family", b"charset", b"scheme",
)  # fmt: skip
_COLOURS: Final = {
    Look.BAD: ("9B1C1C", "FDE3E3"),
    Look.SOON: ("8A4B00", "FEF1CF"),
    Look.GOOD: ("0F5F4C", "DDF3EA"),
}


def add_table(page: Worksheet, sheet: Sheet, words: Callable[[str], str]) -> None:
    """Make the sheet's rows a table of the program, with filter and, where there are sums, its row of totals."""
    head = f"A1:{letter(len(sheet.columns) - 1)}1"
    table = Table(displayName=f"{TABLE}{sheet.name}", ref=head)
    for at, column in enumerate(sheet.columns, 1):
        made = TableColumn(id=at, name=words(f"column.{column.key}"))
        if sheet.summed and column.total:
            made.totalsRowFunction = "sum"
            if sheet.part is not None:
                made.totalsRowFunction = "custom"
                made.totalsRowFormula = TableFormula(attr_text=summing(sheet, at - 1, words))
        elif sheet.summed and at == 1:
            made.totalsRowLabel = words("total")
        table.tableColumns.append(made)
    if sheet.summed:
        table.totalsRowCount = 1
    else:
        table.totalsRowShown = False
    table.autoFilter = AutoFilter(ref=head)
    page.add_table(table)


def summing(sheet: Sheet, at: int, words: Callable[[str], str]) -> str:
    """The sum of a column (0 = A) over every part of its table: of what a filter leaves visible (109)."""
    column = letter(at)
    areas = [f"{column}2:{column}{sheet.count + 1}"]
    if sheet.part is not None:
        parts = (replace(sheet, part=replace(sheet.part, number=no)) for no in range(1, sheet.part.number))
        areas = [
            f"{quoted(part.title(words))}!{column}2:{column}{rows + 1}"
            for part, rows in zip(parts, sheet.part.before, strict=True)
        ] + areas
    return "+".join(f"SUBTOTAL(109,{area})" for area in areas)


def sized(content: bytes, sheets: tuple[Sheet | FreeSheet, ...]) -> bytes:
    """A table's part of the file with the rows it really has; any other part as it is."""
    found = _TABLE_NAME.search(content)
    if found is None or b"<table " not in content:
        return content
    key = found[1].decode()
    sheet = next(one for one in sheets if isinstance(one, Sheet) and one.name == key)
    last = letter(len(sheet.columns) - 1)
    whole, filtered = (f' ref="A1:{last}{row}"'.encode() for row in (sheet.last_row, max(sheet.count, 1) + 1))
    # The table's own range stands first, its filter's, without the totals, second.
    return _REF.sub(filtered, _REF.sub(whole, content, count=1), count=1)


def ordered(content: bytes) -> bytes:
    """The styles with the parts of each font in the order that the format's schema gives."""

    def place(part: bytes) -> int:
        tag = _TAG.match(part)
        return _FONT_ORDER.index(tag[1]) if tag is not None else 0

    def font(found: re.Match[bytes]) -> bytes:
        parts: list[bytes] = sorted(_PART.findall(found[1]), key=place)
        return b"<font>" + b"".join(parts) + b"</font>"

    return _FONT.sub(font, content)


def mark_table(page: Worksheet, sheet: Sheet) -> None:
    """Conditional formats of a table's columns."""
    if not sheet.count:
        return
    places = {column.key: letter(at) for at, column in enumerate(sheet.columns)}
    cells = {key: f"${place}2" for key, place in places.items()}
    for mark in sheet.marks:
        if not set(re.findall(r"{(\w+)}", mark.condition)) <= set(cells):
            continue
        rule = _rule(mark, mark.condition.format(**cells))
        wanted = mark.where.split() or [sheet.columns[0].key]
        for key in wanted:
            if key in places:
                end = places[key] if mark.where else letter(len(sheet.columns) - 1)
                page.conditional_formatting.add(f"{places[key]}2:{end}{sheet.count + 1}", rule)


def mark_area(page: Worksheet, sheet: FreeSheet) -> None:
    """Conditional formats of a sheet that is laid out by hand."""
    for mark in sheet.marks:
        page.conditional_formatting.add(mark.where, _rule(mark, mark.condition))


def _rule(mark: Mark, condition: str) -> FormulaRule:
    ink, paper = _COLOURS[mark.look]
    return FormulaRule(
        formula=[condition], font=Font(color=ink), fill=PatternFill("solid", fgColor=paper, bgColor=paper)
    )


def name_cells(book: Workbook, sheets: tuple[Sheet | FreeSheet, ...], words: Callable[[str], str]) -> None:
    """Names by which formulas call single cells."""
    for sheet in sheets:
        for name, cell in sheet.names if isinstance(sheet, FreeSheet) else ():
            column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
            place = f"{quoted(words(f'sheet.{sheet.key}'))}!${column}${row}"
            book.defined_names[name] = DefinedName(name, attr_text=place)


def linked(after: bytes, sheet: FreeSheet, words: Callable[[str], str]) -> bytes:
    """What follows the rows, with the links that lead to other sheets."""
    if not sheet.links:
        return after
    told = "".join(
        f"<hyperlink ref={quoteattr(cell)} location={quoteattr(quoted(words(f'sheet.{key}')) + '!A1')}"
        f" display={quoteattr(words(f'sheet.{key}'))}/>"
        for cell, key in sheet.links
    )
    place = after.find(b"<printOptions")
    if place < 0:
        raise RuntimeError(f"sheet {sheet.key} has no print options")
    return after[:place] + f"<hyperlinks>{told}</hyperlinks>".encode() + after[place:]


def quoted(sheet: str) -> str:
    """A sheet's name as a formula writes it."""
    return "'" + sheet.replace("'", "''") + "'"

"""The rows of an import that could not be taken in, as a workbook to be corrected and imported again.

It holds the file's own columns, every row of an order of which one row is wrong (half an order cannot come in), and
beside them the row of the file, what is wrong and what to do. Everything in it is text: nothing is a formula, no
number loses a digit. The sheet is named after the kind of file, so that it is known again whatever its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from counter_app import wording
from counter_app.archive.imports import cells, sources
from counter_app.archive.imports.formats import ITEMS, OpenFile, open_file
from counter_app.archive.imports.orders import RowFault
from counter_app.archive.workbook import placed
from counter_app.domain.errors import CounterError, UserError
from counter_app.wording import Language

MOST_KEPT = 100_000
"""Faults that are kept for the workbook; a file with more of them is another kind of file."""
HEADS = ("import.faults.row", "import.faults.wrong", "import.faults.todo")
_TODO = {
    "import.order.twice": "import.todo.sort",
    "import.order.no_first_row": "import.todo.sort",
    "import.order.total": "import.todo.sums",
    "import.order.differs": "import.todo.sums",
    "import.order.negative": "import.todo.sums",
    "import.line.total": "import.todo.sums",
    "import.cell.rounded": "import.todo.export",
    "import.currency": "import.todo.export",
}
_WIDE, _USUAL, _MARKED = 48, 16, "FFF4CC"
_MOST_TEXT = 32_767
"""Excel holds no longer text in a cell."""


@dataclass(slots=True)
class Broken:
    """What was wrong in one file, by its row, and the orders it belongs to."""

    rows: dict[int, list[RowFault]] = field(default_factory=dict)
    orders: set[str] = field(default_factory=set)
    count: int = 0

    def add(self, fault: RowFault) -> None:
        """Keep one fault, as long as there are not too many."""
        self.count += 1
        if self.count <= MOST_KEPT:
            self.rows.setdefault(fault.row, []).append(fault)
            if fault.order_no:
                self.orders.add(fault.order_no)


@cache
def own_columns() -> frozenset[str]:
    """The columns that such a workbook adds, in both languages."""
    return frozenset(_said(code, language) for code in HEADS for language in ("zh", "en"))


def write(file: Path, opened: OpenFile, broken: Broken, language: Language) -> None:
    """Go through the file once more, as it was read, and write what is wrong in it. Raises SurroundingsError
    `archive.…` when the workbook cannot be written."""
    # Imported when first needed: an import without faults needs no workbook.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    table = opened.headed.table
    again = open_file(opened.file, opened.kind, opened.mapping or None, table.sheet, table.content)
    names = [name for name in again.headed.names if name not in own_columns()]
    kept = [at for at, name in enumerate(again.headed.names) if name not in own_columns()]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(opened.kind[:31])
    sheet.freeze_panes = "A2"
    for at in range(1, len(names) + 4):
        wide = at > len(names) + 1
        sheet.column_dimensions[get_column_letter(at)].width = _WIDE if wide else _USUAL

    def text(value: str, *, bold: bool = False, marked: bool = False) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, value=None)
        cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", value)[:_MOST_TEXT], "s"
        if bold:
            cell.font = Font(bold=True)
        if marked:
            cell.fill = PatternFill("solid", fgColor=_MARKED)
        return cell

    # openpyxl writes the rows to a disk while they are added, so what that says is caught from here on.
    with placed(file) as stream:
        sheet.append([text(name, bold=True) for name in (*names, *(_said(code, language) for code in HEADS))])
        for row, texts in _rows(again, broken):
            faults = broken.rows.get(row, [])
            wrong = {fault.column for fault in faults}
            told = [
                text(texts[at] if at < len(texts) else "", marked=again.headed.names[at] in wrong)
                for at in kept
            ]
            for line in (str(row), _wrong(faults, language), _todo(faults, language)):
                told.append(text(line))
                told[-1].alignment = Alignment(wrap_text=True, vertical="top")
            sheet.append(told)
        book.save(stream)


def _rows(opened: OpenFile, broken: Broken) -> Iterator[tuple[int, list[str]]]:
    """The wrong rows, and the other rows of their orders."""
    columns = [
        opened.headed.columns[name] for name in _order_columns(opened) if name in opened.headed.columns
    ]
    number = ""
    for row, texts in opened.headed.rows:
        here = next((text for at in columns if (text := _number(texts[at] if at < len(texts) else ""))), "")
        number = here or number
        if row in broken.rows or (number and number in broken.orders):
            yield row, texts


def _order_columns(opened: OpenFile) -> Sequence[str]:
    known: Mapping[str, Sequence[str]] = {
        "taobao": ("订单编号", "主订单编号"),
        ITEMS: ("订单编号", "主订单编号"),
        "sheet": (opened.mapping.get("order_no", ""),),
    }
    if opened.kind in sources.known():
        return sources.known()[opened.kind].columns["order_no"]
    return known.get(opened.kind, ())


def _number(cell: str) -> str:
    try:
        return cells.number_text(cell)
    except UserError:
        return ""


def _wrong(faults: Sequence[RowFault], language: Language) -> str:
    told = []
    for fault in faults:
        said = wording.sentence(CounterError(fault.reason.code, **fault.reason.params), language)
        told.append(f"{fault.column}: {said}" if fault.column else said)
    return "\n".join(dict.fromkeys(told)) or _said("import.faults.same_order", language)


def _todo(faults: Sequence[RowFault], language: Language) -> str:
    told = []
    for fault in faults:
        usual = "import.todo.cell" if fault.column else "import.todo.row"
        code = _TODO.get(fault.reason.code, usual)
        told.append(wording.sentence(CounterError(code, column=fault.column), language))
    return "\n".join(dict.fromkeys(told)) or _said("import.todo.leave", language)


def _said(code: str, language: Language) -> str:
    return wording.sentence(CounterError(code), language)

"""A table of words on a sheet: heads repeat on every page, cells wrap, figures stand at the right."""

from __future__ import annotations

from counter_app.documents.blocks import Table
from counter_app.documents.pages import Row
from counter_app.documents.pen import RIGHT, Pen
from counter_app.documents.typeset import Type

_GAP = 6.0
_MOST_LINES = 4


def table_rows(block: Table, at: Type) -> list[Row]:
    """Head, rows, and the total under a rule."""
    widths = _widths(block, at)
    head = _head(block, widths, at)
    found = [_title(block.title, at)] if block.title else []
    found += [head, *(_row(cells, block, widths, at, head) for cells in block.rows)]
    if block.total:
        found.append(_row(block.total, block, widths, at, head, bold=True))
    return found


def _title(title: str, at: Type) -> Row:
    def draw(pen: Pen, top: float) -> None:
        pen.box(at.x, top + at.size * 0.2, 2.2, at.size, fill=0.0)
        pen.text(at.x + 6, top + at.size * 1.06, title, at.size, bold=True, room=at.width - 6)

    return Row(at.size * (1.45 if at.tight else 1.7), draw, keep=True)


def _widths(block: Table, at: Type) -> list[float]:
    whole = sum(column.share for column in block.columns)
    return [at.width * column.share / whole for column in block.columns]


def _head(block: Table, widths: list[float], at: Type) -> Row:
    height = at.size * (1.5 if at.tight else 1.75)

    def draw(pen: Pen, top: float) -> None:
        pen.box(at.x, top, at.width, height, fill=0.92)
        pen.line(at.x, top, at.x + at.width, top, weight=0.8)
        base, x = top + height / 2 + at.small * 0.36, at.x
        for column, width in zip(block.columns, widths, strict=True):
            _put(pen, x, base, column.title, at.small, width, right=column.right, bold=True)
            x += width

    return Row(height, draw, keep=True)


def _row(
    cells: tuple[str, ...], block: Table, widths: list[float], at: Type, head: Row, *, bold: bool = False
) -> Row:
    lines = [
        at.wrap(cell, width - _GAP, _MOST_LINES, bold=bold) if cell else []
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = at.leading * max(1, *(len(found) for found in lines)) + at.size * (0.4 if at.tight else 0.55)

    def draw(pen: Pen, top: float) -> None:
        x = at.x
        for column, width, found in zip(block.columns, widths, lines, strict=True):
            base = top + at.size * 1.18
            for line in found:
                _put(pen, x, base, line, at.size, width, right=column.right, bold=bold)
                base += at.leading
            x += width
        weight = 0.8 if bold else 0.4
        pen.line(at.x, top + height, at.x + at.width, top + height, weight=weight, grey=0.0 if bold else 0.72)

    return Row(height, draw, again=head)


def _put(
    pen: Pen, x: float, base: float, text: str, size: float, width: float, *, right: bool, bold: bool
) -> None:
    if right:
        pen.text(x + width - _GAP / 2, base, text, size, bold=bold, align=RIGHT, room=width - _GAP)
    else:
        pen.text(x + _GAP / 2, base, text, size, bold=bold, room=width - _GAP)

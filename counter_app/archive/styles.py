"""How the cells of a workbook look: a few styles, each made once per kind of value."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from counter_app.archive.sheets import NUMERIC, Kind

FORMATS = {
    Kind.TEXT: "@",
    Kind.NOTE: "@",
    Kind.WHOLE: "#,##0",
    Kind.MONEY: "#,##0.00;[Red]-#,##0.00",
    # No "#,##0.###": that leaves a bare point behind whole numbers.
    Kind.QUANTITY: "General",
    Kind.DAY: "yyyy-mm-dd",
    Kind.INSTANT: "yyyy-mm-dd hh:mm",
    Kind.SHARE: "0.0%",
}
INK, DEEP, LINE, TINT, GREY, AMBER = "1B1F27", "0F766E", "DDE3E8", "E6F4F1", "667085", "B45309"

_SIZES = {"title": 16, "note": 9, "big": 12}
_BOLD = ("title", "head", "head_right", "total", "section", "big")
_COLOURS = {
    "link": DEEP,
    "head": "FFFFFF",
    "head_right": "FFFFFF",
    "label": GREY,
    "note": GREY,
    "section": DEEP,
    "title": INK,
}
_FILLS = {"head": DEEP, "head_right": DEEP, "total": TINT}
_THIN = Side(style="thin", color=LINE)
_STRONG = Side(style="medium", color=DEEP)
_BORDERS = {
    "title": Border(),
    "note": Border(),
    "total": Border(top=Side(style="thin", color=DEEP), bottom=Side(style="thin", color=DEEP)),
    "section": Border(bottom=_STRONG),
}


class Styles:
    """Style ids of a workbook under construction, made once per (style, kind)."""

    def __init__(self, scratch: Worksheet, font: str) -> None:
        self._scratch = scratch
        self._font = font
        self._ids: dict[tuple[str, Kind], int] = {}

    def id(self, style: str, kind: Kind) -> int:
        """The number by which a cell of the file names this look."""
        key = (style, kind)
        if key not in self._ids:
            # A cell of its own for every look: the workbook keeps the cell's very style, not a copy.
            cell = self._scratch.cell(row=len(self._ids) + 1, column=1)
            self.dress(cell, style, kind)
            self._ids[key] = cell.style_id
        return self._ids[key]

    def dress(self, cell: Any, style: str, kind: Kind) -> None:
        """Give one openpyxl cell the look of `style` for values of `kind`."""
        cell.font = Font(
            name=self._font,
            size=_SIZES.get(style, 10),
            bold=style in _BOLD,
            color=_COLOURS.get(style, INK),
            underline="single" if style == "link" else None,
        )
        fill = _FILLS.get(style)
        cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
        right = style == "head_right" or (kind in NUMERIC and style != "title")
        cell.border = _BORDERS.get(style, Border(bottom=_THIN))
        cell.alignment = Alignment(
            horizontal="right" if right else "left",
            # Words beside a column of numbers do not touch them.
            indent=0 if right or style in ("title", "note", "section") else 1,
            vertical="center",
            wrap_text=kind is Kind.NOTE or style in ("head", "head_right"),
        )
        cell.number_format = FORMATS[kind]

"""Cells in which what was searched for is marked: tinted and underlined, so that colour is never all that tells."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from counter_app.services.search import marks
from counter_app.ui import theme
from counter_app.ui.widgets.table import Cells, Table

Index = QModelIndex | QPersistentModelIndex
_TINT = 56
"""Of 255: text beneath stays as readable as it was."""
_LINE = 2


class MarkedCells(Cells):
    """Draws cells as ever, and over them where `typed` stands in what is shown. Nothing is marked in what is masked."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.typed = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        text = index.data()
        if self.typed and text:
            found = _marks(str(text), self.typed)
            if found:
                self._mark(painter, QStyleOptionViewItem(option), index, found)

    def _mark(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        found: tuple[tuple[int, int], ...],
    ) -> None:
        for spot in self.spots(option, index, found):
            tint = QColor(theme.colour("accent"))
            painter.fillRect(QRect(spot.left(), spot.bottom() - _LINE + 1, spot.width(), _LINE), tint)
            tint.setAlpha(_TINT)
            painter.fillRect(spot, tint)

    def spots(
        self, option: QStyleOptionViewItem, index: Index, found: tuple[tuple[int, int], ...]
    ) -> list[QRect]:
        """Where the marked parts stand in the view; parts behind the three dots are not drawn."""
        self.initStyleOption(option, index)
        widget = option.widget
        style = widget.style() if widget is not None else QApplication.style()
        area = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, widget)
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, widget) + 1
        area.adjust(margin, 0, -margin, 0)
        metrics = option.fontMetrics
        shown = metrics.elidedText(option.text, option.textElideMode, area.width())
        whole = metrics.horizontalAdvance(shown)
        left = area.left()
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight:
            left = area.right() + 1 - whole
        kept = len(option.text) if shown == option.text else len(shown) - 1
        top = area.center().y() - metrics.height() // 2
        rects = []
        for first, behind in found:
            if first < kept:
                start = metrics.horizontalAdvance(shown[:first])
                end = metrics.horizontalAdvance(shown[: min(behind, kept)])
                rects.append(QRect(left + start, top, end - start, metrics.height()))
        return rects


@lru_cache(maxsize=4000)
def _marks(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    return tuple(marks(text, typed))

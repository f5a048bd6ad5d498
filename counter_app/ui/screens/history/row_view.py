"""One row of an archive whole: every heading and what stands under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.domain.history_views import HistorySheetRow
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.words import Words


class RowView(QWidget):
    """Headings at the left, values at the right; a contradiction between archives in red."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: HistorySheetRow | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, Size.GAP_S, 0)
        self._grid.setHorizontalSpacing(Size.GAP_L)
        self._grid.setVerticalSpacing(Size.GAP_XS)
        self._grid.setColumnStretch(1, 1)

    def show_row(self, row: HistorySheetRow | None) -> None:
        """Show a row, or nothing."""
        self._row = row
        while self._grid.count():
            taken = self._grid.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if row is None:
            return
        at = 0
        for heading, told, other in row.contradicts:
            said = self.tr("{told}; another archive says {other}").format(told=told, other=other)
            at = self._line(at, shown.words(heading), said, "late")
        for cell in row.cells:
            at = self._line(at, shown.words(cell.heading), shown.words(cell.text), "body")
        self._grid.setRowStretch(at, 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_row(self._row)
        super().changeEvent(event)

    def _line(self, at: int, heading: str, text: str, look: str) -> int:
        name, value = Words(heading, "note"), Words(text, look, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, at, 1)
        return at + 1

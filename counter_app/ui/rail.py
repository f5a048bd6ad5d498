"""The left rail: where one can go, an icon and a word each, with its key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Size

WIDTH = 96


class RailButton(QAbstractButton):
    """One place to go."""

    def __init__(self, key: str, icon: str, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self._icon, self._shortcut = key, icon, shortcut
        self._badge = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, title: str) -> None:
        """Set or translate the word."""
        self.setText(title)
        self._tell()

    def show_badge(self, count: int) -> None:
        """How many things wait there."""
        self._badge = count
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 64)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        if here or self.underMouse():
            painter.fillRect(self.rect(), theme.colour("rail_current"))
        if here:
            painter.fillRect(0, 0, 3, self.height(), theme.colour("rail_accent"))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("rail_accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 3, -4, -3), Size.RADIUS_S, Size.RADIUS_S)
        ink = "on_rail_current" if here else "on_rail"
        middle = self.width() / 2
        icons.paint(painter, self._icon, QRectF(middle - 11, 10, 22, 22), ink)
        painter.setFont(theme.font(Size.SMALL))
        painter.setPen(theme.colour(ink))
        words = QRectF(4, 35, self.width() - 8, 20)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)
        if self._badge:
            self._paint_badge(painter, middle)
        painter.end()

    def _paint_badge(self, painter: QPainter, middle: float) -> None:
        text = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(theme.font(11, bold=True))
        width = max(18, painter.fontMetrics().horizontalAdvance(text) + 8)
        box = QRectF(middle + 6, 5, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("rail_late"))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(theme.colour("rail"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _tell(self) -> None:
        name = f"{self.text()} ({self._badge})" if self._badge else self.text()
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {self._shortcut}")


class Rail(QWidget):
    """All places; those at the foot stand apart.

    Signals:
        chosen(str): key of the place.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, Size.GAP_M, 0, Size.GAP_M)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._above = 0

    def add(self, key: str, icon: str, shortcut: str, *, at_foot: bool = False) -> RailButton:
        """Add a place above the stretch, or at the foot."""
        button = RailButton(key, icon, shortcut, self)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        if at_foot:
            self._column.addWidget(button)
        else:
            self._column.insertWidget(self._above, button)
            self._above += 1
        return button

    def button(self, key: str) -> RailButton:
        """The button of one place."""
        return self._buttons[key]

    def show_current(self, key: str) -> None:
        """Mark where we are."""
        self._buttons[key].setChecked(True)

"""A place inside a screen: icon and word in a list at the left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Size


class NavButton(QAbstractButton):
    """Checkable; put several into a QButtonGroup. `show_count` adds a number at the right."""

    def __init__(self, icon: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._count = icon, -1
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say(text)

    def say(self, text: str) -> None:
        """Set or translate the word."""
        self.setText(text)
        self.setAccessibleName(text if self._count < 0 else f"{text} ({self._count})")
        self.updateGeometry()

    def show_count(self, count: int) -> None:
        """How many there are; below zero hides the number."""
        self._count = count
        self.say(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 90, 42)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_tint" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, Size.RADIUS_M, Size.RADIUS_M)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box, Size.RADIUS_M, Size.RADIUS_M)
        ink = "accent" if self.isChecked() else "secondary"
        icons.paint(painter, self._icon, QRectF(12, self.height() / 2 - 10, 20, 20), ink)
        painter.setFont(theme.font(Size.BODY, bold=self.isChecked()))
        painter.setPen(theme.colour("ink"))
        room = QRectF(42, 0, self.width() - (84 if self._count >= 0 else 50), self.height())
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        if self._count >= 0:
            painter.setFont(theme.font(Size.SMALL))
            painter.setPen(theme.colour("secondary"))
            painter.drawText(
                QRectF(self.width() - 44, 0, 32, self.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                str(self._count),
            )
        painter.end()

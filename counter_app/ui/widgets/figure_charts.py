"""Figures drawn: the largest values with what they add up to, and one value month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from counter_app.ui import theme
from counter_app.ui.theme import Size

_TOP, _FOOT, _SIDE = 18.0, 22.0, 6.0
_WIDEST = 64.0
"""A column grows no wider, however few there are."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: what it stands for, its value, and both as words for the tool tip."""

    name: str
    value: int
    said: str


class _Chart(QWidget):
    """Columns over a base line. Below zero they hang down.

    Signals:
        picked(int): the place of the column that was clicked.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._current = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(130)

    def sizeHint(self) -> QSize:
        return QSize(420, 190)

    def show_bars(self, bars: Sequence[Bar], current: int = -1) -> None:
        """Draw these; `current` stands out."""
        self._bars, self._current = tuple(bars), current
        # What a sighted user sees is told to who cannot: the columns in words.
        self.setAccessibleDescription("; ".join(bar.said for bar in self._bars))
        self.update()

    def mark(self, current: int) -> None:
        """Another column stands out."""
        self._current = current
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """What is drawn."""
        return self._bars

    def column(self, at: int) -> QRectF:
        """Where a column has its place, from top to base."""
        area = self._area()
        width = area.width() / max(1, len(self._bars))
        return QRectF(area.left() + at * width, area.top(), width, area.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at >= 0:
            self.picked.emit(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        QToolTip.showText(event.globalPosition().toPoint(), self._bars[at].said if at >= 0 else "", self)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        most = max((bar.value for bar in self._bars), default=0)
        least = min(0, min((bar.value for bar in self._bars), default=0))
        reach = float(max(most, 0) - least) or 1.0
        zero = area.bottom() + least / reach * area.height()
        painter.setPen(QPen(theme.colour("line"), 1))
        for part in (0.0, 0.5, 1.0):
            y = round(area.top() + part * area.height()) + 0.5
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        for at, bar in enumerate(self._bars):
            place = self.column(at)
            gap = max(min(8.0, place.width() * 0.18), (place.width() - _WIDEST) / 2)
            height = bar.value / reach * area.height()
            box = QRectF(place.left() + gap, zero - max(height, 0.0), place.width() - 2 * gap, abs(height))
            tone = theme.colour("accent" if at == self._current or self._current < 0 else "control_line")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone)
            painter.drawRoundedRect(box, 2, 2)
        self._write_names(painter, area)
        self._over(painter, area, reach, zero)
        painter.end()

    def _over(self, painter: QPainter, area: QRectF, reach: float, zero: float) -> None:
        """What is drawn above the columns."""

    def _write_names(self, painter: QPainter, area: QRectF) -> None:
        font = theme.font(Size.SMALL)
        painter.setFont(font)
        painter.setPen(theme.colour("secondary"))
        metrics = QFontMetricsF(font)
        every = self._every(metrics)
        for at, bar in enumerate(self._bars):
            if at % every:
                continue
            place = self.column(at)
            room = place.width() * every - 4
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, room)
            # Names that skip columns begin at their own, others stand under its middle.
            flag = Qt.AlignmentFlag.AlignLeft if every > 1 else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(
                QRectF(place.left() + 2, area.bottom() + 3, room, _FOOT - 3),
                flag | Qt.AlignmentFlag.AlignVCenter,
                name,
            )

    def _every(self, metrics: QFontMetricsF) -> int:
        return 1

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_SIDE, _TOP, -_SIDE, -_FOOT)

    def _at(self, point: QPointF) -> int:
        return next((at for at in range(len(self._bars)) if self.column(at).contains(point)), -1)


class ParetoChart(_Chart):
    """The largest values as columns, and a line of what they add up to of the whole (80 % is marked)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = 0

    def show_pareto(self, bars: Sequence[Bar], whole: int, current: int = -1) -> None:
        """Draw the largest of a whole."""
        self._whole = whole
        self.show_bars(bars, current)

    def running(self) -> list[int]:
        """What the columns add up to, in basis points of the whole."""
        found, so_far = [], 0
        for bar in self._bars:
            so_far += bar.value
            found.append(so_far * 10_000 // self._whole if self._whole > 0 else 0)
        return found

    def _over(self, painter: QPainter, area: QRectF, reach: float, zero: float) -> None:
        if self._whole <= 0 or not self._bars:
            return
        line = [
            QPointF(self.column(at).center().x(), area.bottom() - min(1.0, share / 10_000) * area.height())
            for at, share in enumerate(self.running())
        ]
        painter.setPen(QPen(theme.colour("attention"), 1, Qt.PenStyle.DashLine))
        mark = area.bottom() - 0.8 * area.height()
        painter.drawLine(QPointF(area.left(), mark), QPointF(area.right(), mark))
        painter.setFont(theme.font(Size.SMALL))
        told = "80 %"
        width = QFontMetricsF(theme.font(Size.SMALL)).horizontalAdvance(told)
        painter.drawText(QPointF(area.right() - width, mark + 12), told)
        painter.setPen(QPen(theme.colour("attention"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(theme.colour("card"))
        for point in line:
            painter.drawEllipse(point, 3, 3)


class MonthChart(_Chart):
    """One column for each month; names as many as there is room for, the largest figure written out."""

    def _every(self, metrics: QFontMetricsF) -> int:
        widest = max((metrics.horizontalAdvance(bar.name) for bar in self._bars), default=1.0) + 8
        width = self.column(0).width() or 1.0
        return max(1, int(-(-widest // width)))

    def _over(self, painter: QPainter, area: QRectF, reach: float, zero: float) -> None:
        if not self._bars or all(bar.value == 0 for bar in self._bars):
            return
        at = max(range(len(self._bars)), key=lambda one: self._bars[one].value)
        painter.setFont(theme.font(Size.SMALL))
        painter.setPen(theme.colour("secondary"))
        place = self.column(at)
        text = self._bars[at].said
        width = QFontMetricsF(theme.font(Size.SMALL)).horizontalAdvance(text) + 4
        left = min(max(area.left(), place.center().x() - width / 2), area.right() - width)
        painter.drawText(QRectF(left, 0, width, _TOP - 2), Qt.AlignmentFlag.AlignVCenter, text)

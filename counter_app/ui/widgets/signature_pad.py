"""Where the customer signs: mouse, finger or pen; strokes are kept as vectors, never as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.key_hint import KeyHint
from counter_app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a stroke: x and y from 0 to 1 of the pad, t in ms since the first touch, pressure 0 to 1."""

    x: float
    y: float
    t: int
    pressure: float


@dataclass(frozen=True, slots=True)
class Strokes:
    """A signature: strokes of points, and the pad's width divided by its height."""

    strokes: tuple[tuple[Point, ...], ...]
    aspect: float

    def as_lists(self) -> list[list[list[float]]]:
        """For canonical JSON: `[[[x, y, t, pressure], …], …]`, rounded to what a pen resolves."""
        return [
            [[round(p.x, 4), round(p.y, 4), p.t, round(p.pressure, 2)] for p in stroke]
            for stroke in self.strokes
        ]

    def in_units(self, width: int = 1200) -> tuple[tuple[tuple[tuple[int, int], ...], ...], int, int]:
        """Strokes as whole numbers on a pad of `width` units, with the pad's width and height in units."""
        height = max(1, round(width / self.aspect))
        return (
            tuple(
                tuple((round(p.x * width), round(p.y * height)) for p in stroke) for stroke in self.strokes
            ),
            width,
            height,
        )


#: Fewer points than this is a slip of the hand, not a signature.
LEAST_POINTS = 8


class SignatureArea(QWidget):
    """The sheet itself; `SignaturePad` adds the buttons.

    Signals:
        changed(): a stroke was finished, undone or cleared.
    """

    changed = Signal()
    takes_backspace = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[Point]] = []
        self._drawing = False
        self._clock = QElapsedTimer()
        self._prompt = ""
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_prompt(self, text: str) -> None:
        """What stands on the line while nothing is written."""
        self._prompt = text
        self.setAccessibleName(text)
        self.update()

    def signature(self) -> Strokes | None:
        """What was written, or None while it is too little to be a signature."""
        if sum(map(len, self._strokes)) < LEAST_POINTS:
            return None
        return Strokes(tuple(map(tuple, self._strokes)), round(self.width() / max(1, self.height()), 4))

    def clear(self) -> None:
        """Wipe the sheet."""
        self._strokes, self._drawing = [], False
        self.update()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last stroke away."""
        if self._strokes and not self._drawing:
            self._strokes.pop()
            self.update()
            self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(520, 200)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and self.isEnabled():
            return self._touched(event)
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind, pressure = event.type(), event.pressure()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position(), pressure)
        elif kind == QEvent.Type.TabletMove and self._drawing:
            self._extend(event.position(), pressure)
        elif kind == QEvent.Type.TabletRelease:
            self._finish()
        # Accepted, or Qt would send the same movement again as the mouse's.
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), 0.5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            self._extend(event.position(), 0.5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.undo() if event.key() == Qt.Key.Key_Backspace else self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        # Paper stays white in the dark theme too: it is what will be printed.
        painter.setBrush(theme.colour("paper"))
        focus = self.hasFocus()
        painter.setPen(QPen(theme.colour("accent" if focus else "control_line"), 2 if focus else 1))
        painter.drawRoundedRect(box, Size.RADIUS_M, Size.RADIUS_M)
        base = box.height() * 0.78
        painter.setPen(QPen(QColor(theme.LIGHT.control_line), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.left() + 24, base), QPointF(box.right() - 24, base))
        if not self._strokes:
            painter.setFont(theme.font(Size.NOTE))
            painter.setPen(QColor(theme.LIGHT.secondary))
            painter.drawText(
                QRectF(24, base + 4, box.width() - 48, 24), Qt.AlignmentFlag.AlignHCenter, self._prompt
            )
        for stroke in self._strokes:
            paint_stroke(painter, stroke, self.width(), self.height())
        painter.end()

    def _touched(self, event: QTouchEvent) -> bool:
        points = event.points()
        if not points:
            return False
        where = points[0].position()
        pressure = points[0].pressure() or 0.5
        if event.type() == QEvent.Type.TouchBegin:
            self._begin(where, pressure)
        elif event.type() == QEvent.Type.TouchUpdate and self._drawing:
            self._extend(where, pressure)
        elif event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            self._finish()
        event.accept()
        return True

    def _begin(self, where: QPointF, pressure: float) -> None:
        if not self._strokes:
            self._clock.start()
        self._drawing = True
        self._strokes.append([])
        self._extend(where, pressure)

    def _extend(self, where: QPointF, pressure: float) -> None:
        x = min(1.0, max(0.0, where.x() / max(1, self.width())))
        y = min(1.0, max(0.0, where.y() / max(1, self.height())))
        stroke = self._strokes[-1]
        if stroke and stroke[-1].x == x and stroke[-1].y == y:
            return
        stroke.append(Point(x, y, int(self._clock.elapsed()), min(1.0, max(0.0, pressure))))
        self.update()

    def _finish(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()


def paint_stroke(painter: QPainter, stroke: list[Point], width: float, height: float) -> None:
    """Draw one stroke smoothly (quadratic curves through the middles), thicker where pressed."""
    ink = QPen(theme.colour("paper_ink"))
    ink.setCapStyle(Qt.PenCapStyle.RoundCap)
    ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    spots = [QPointF(p.x * width, p.y * height) for p in stroke]
    thickness = 1.4 + 2.4 * (sum(p.pressure for p in stroke) / len(stroke))
    ink.setWidthF(thickness)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink)
    if len(spots) == 1:
        painter.drawPoint(spots[0])
        return
    path = QPainterPath(spots[0])
    for before, after in pairwise(spots[1:]):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(spots[-1])
    painter.drawPath(path)


class SignaturePad(QWidget):
    """The sheet with undo, clear, and the way for those who sign the printed form. `paper_key` is shown beside
    that way; whoever shows the pad binds it.

    Signals:
        changed(): anything that `is_signed` or `signature` depends on.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, paper_key: str = "") -> None:
        super().__init__(parent)
        self.area = SignatureArea()
        self.area.changed.connect(self._changed)
        self.paper = QCheckBox()
        self.paper.toggled.connect(self._paper_toggled)
        self._undo = ActionButton("", "undo-2", kind="quiet")
        self._undo.clicked.connect(self.area.undo)
        self._clear = ActionButton("", "eraser", kind="quiet")
        self._clear.clicked.connect(self.area.clear)
        self._state = Words("", "note")
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP_S)
        foot.addWidget(self.paper)
        if paper_key:
            foot.addWidget(KeyHint(paper_key))
        foot.addStretch(1)
        foot.addWidget(self._state)
        foot.addWidget(self._undo)
        foot.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addWidget(self.area, 1)
        column.addLayout(foot)
        self._retranslate()
        self._changed()

    def signature(self) -> Strokes | None:
        """The strokes, or None when nothing was written here (see `on_paper`)."""
        return None if self.on_paper() else self.area.signature()

    def on_paper(self) -> bool:
        """Whether the customer signs the printed form instead."""
        return self.paper.isChecked()

    def is_signed(self) -> bool:
        """Signed here, or to be signed on paper."""
        return self.on_paper() or self.area.signature() is not None

    def clear(self) -> None:
        """Back to an empty sheet."""
        self.paper.setChecked(False)
        self.area.clear()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _paper_toggled(self, on_paper: bool) -> None:
        self.area.setEnabled(not on_paper)
        self._changed()

    def _changed(self) -> None:
        written = self.area.signature() is not None
        self._undo.setEnabled(not self.on_paper())
        self._clear.setEnabled(not self.on_paper())
        self._state.setText(self.tr("Signed") if written and not self.on_paper() else "")
        self.changed.emit()

    def _retranslate(self) -> None:
        self.area.set_prompt(self.tr("Customer signs here"))
        self.paper.setText(self.tr("Signed on paper"))
        self._undo.setText(self.tr("Undo stroke"))
        self._clear.setText(self.tr("Clear"))

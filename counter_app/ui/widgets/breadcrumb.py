"""The way walked so far: section above, answer beneath; a click goes back to that step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Size

_WIDEST = 150


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: `key` is handed back, `section` and `answer` are shown."""

    key: str
    section: str
    answer: str
    current: bool = False


class _StepButton(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = Step("", "", "")
        self._wide = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_step(self, step: Step) -> None:
        """Show another step."""
        if step == self.step:
            return
        self.step = step
        self.setText(step.answer)
        self.setToolTip(f"{step.section} · {step.answer}")
        self.setAccessibleName(f"{step.section}: {step.answer}")
        self.setEnabled(not step.current)
        section = QFontMetrics(theme.font(Size.SMALL)).horizontalAdvance(step.section)
        answer = QFontMetrics(theme.font(Size.NOTE, bold=True)).horizontalAdvance(step.answer)
        self._wide = min(_WIDEST, max(section, answer) + 10)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._wide, 42)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or (self.isEnabled() and self.underMouse()):
            painter.setBrush(theme.colour("hover"))
            painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Size.RADIUS_S, Size.RADIUS_S)
        for text, font, ink, top in (
            (self.step.section, theme.font(Size.SMALL), "secondary", 3),
            (
                self.step.answer,
                theme.font(Size.NOTE, bold=True),
                "accent" if self.step.current else "ink",
                20,
            ),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, self.width() - 8)
            painter.drawText(QRectF(5, top, self.width() - 6, 18), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class _Chevron(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(14, 42)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, "chevron-right", QRectF(0, 14, 14, 14), "control_line")
        painter.end()


class _More(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(30, 42)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Size.RADIUS_S, Size.RADIUS_S)
        icons.paint(painter, "ellipsis", QRectF(6, 12, 18, 18), "secondary")
        painter.end()


class Breadcrumb(QWidget):
    """Steps in a row; where room is short the earliest go into a menu behind `…`.

    Signals:
        went_back(str): key of the step to go back to.
    """

    went_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[tuple[_Chevron, _StepButton]] = []
        self._spare: list[tuple[_Chevron, _StepButton]] = []
        self._more = _More(self)
        self._more.clicked.connect(self._show_hidden)
        self._more.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show this way; the last step is where we stand."""
        while len(self._buttons) > len(steps):
            pair = self._buttons.pop()
            for part in pair:
                part.hide()
            self._spare.append(pair)
        while len(self._buttons) < len(steps):
            self._buttons.append(self._spare.pop() if self._spare else self._made())
        for (_chevron, button), step in zip(self._buttons, steps, strict=True):
            button.show_step(step)
        self._fit()

    def _made(self) -> tuple[_Chevron, _StepButton]:
        chevron, button = _Chevron(self), _StepButton(self)
        button.clicked.connect(lambda: self.went_back.emit(button.step.key))
        self._row.insertWidget(self._row.count() - 1, chevron)
        self._row.insertWidget(self._row.count() - 1, button)
        return chevron, button

    def hidden_steps(self) -> list[Step]:
        """Steps that stand behind `…` now."""
        return [button.step for _chevron, button in self._buttons if button.isHidden()]

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 44)

    def sizeHint(self) -> QSize:
        return QSize(400, 44)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _fit(self) -> None:
        room = self.width() - 34
        used, first = 0, 0
        for at in range(len(self._buttons) - 1, -1, -1):
            used += self._buttons[at][1].sizeHint().width() + 20
            if used > room and at < len(self._buttons) - 1:
                first = at + 1
                break
        for at, (chevron, button) in enumerate(self._buttons):
            button.setVisible(at >= first)
            chevron.setVisible(at >= first and (at > first or first > 0))
        self._more.setVisible(first > 0)

    def _show_hidden(self) -> None:
        menu = QMenu(self)
        for step in self.hidden_steps():
            # An ampersand would otherwise underline the next letter.
            text = f"{step.section} · {step.answer}".replace("&", "&&")
            menu.addAction(text, partial(self.went_back.emit, step.key))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _retranslate(self) -> None:
        self._more.setAccessibleName(self.tr("Earlier steps"))
        self._more.setToolTip(self.tr("Earlier steps"))

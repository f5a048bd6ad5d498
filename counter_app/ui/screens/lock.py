"""The lock screen: choose who you are, type your PIN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.errors import CounterError
from counter_app.ui import icons, theme
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.card import Card, centred
from counter_app.ui.widgets.pin_pad import PinPad
from counter_app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff who may sign in."""

    id: int
    name: str
    role: str


class _PersonButton(QAbstractButton):
    def __init__(self, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        self.setText(person.name)
        self.setAccessibleName(f"{person.name}, {person.role}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 58)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.colour("accent_tint" if self.isChecked() else "hover"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, Size.RADIUS_M, Size.RADIUS_M)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box, Size.RADIUS_M, Size.RADIUS_M)
        disc = QRectF(12, 11, 36, 36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if self.isChecked() else "cap"))
        painter.drawEllipse(disc)
        painter.setFont(theme.font(Size.LEAD, bold=True))
        painter.setPen(theme.colour("on_accent" if self.isChecked() else "secondary"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self.person.name[:1])
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(Size.BODY, bold=self.isChecked()))
        room = QRectF(60, 9, self.width() - 92, 21)
        metrics = painter.fontMetrics()
        painter.drawText(
            room, metrics.elidedText(self.person.name, Qt.TextElideMode.ElideRight, int(room.width()))
        )
        painter.setFont(theme.font(Size.SMALL))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(
            room.translated(0, 21),
            painter.fontMetrics().elidedText(
                self.person.role, Qt.TextElideMode.ElideRight, int(room.width())
            ),
        )
        if self.isChecked():
            icons.paint(painter, "check", QRectF(self.width() - 30, 20, 18, 18), "accent")
        painter.end()


class LockScreen(QWidget):
    """Covers the window until somebody signs in; also used to switch staff, then it can be cancelled.

    Signals:
        pin_entered(int, str): staff id and PIN, to be checked by the staff service.
        cancelled(): back to whoever was on (only while switching).
    """

    pin_entered = Signal(int, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._people: list[_PersonButton] = []
        self._group = QButtonGroup(self)
        self._shop = Words("", "headline")
        self._lead = Words("", "secondary")
        self.banner = Banner(self)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 6, 0)
        self._list.setSpacing(Size.GAP_XS)
        self._list.addStretch(1)
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        inner.setLayout(self._list)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pad = PinPad()
        self.pad.setFixedWidth(280)
        self.pad.entered.connect(self._entered)
        self._cancel = ActionButton("", key="Esc", kind="quiet")
        self._cancel.clicked.connect(self.cancelled)
        sides = QHBoxLayout()
        sides.setSpacing(Size.GAP_L + 6)
        sides.addWidget(scroll, 1)
        sides.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignTop)
        card = Card()
        card.setFixedWidth(680)
        card.setMinimumHeight(540)
        card.body.setSpacing(Size.GAP_M)
        card.body.addWidget(self._shop)
        card.body.addWidget(self._lead)
        card.body.addWidget(self.banner)
        card.body.addLayout(sides, 1)
        card.body.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(centred(card))
        column.addStretch(1)
        self.setFocusProxy(self.pad)
        self._retranslate()

    def show_people(
        self, shop: str, people: Sequence[Person], chosen: int | None = None, *, may_cancel=False
    ) -> None:
        """Ask who signs in; `chosen` is proposed, by default the first."""
        self._shop.setText(shop)
        self.banner.dismiss()
        self.pad.clear()
        for button in self._people:
            self._group.removeButton(button)
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._people = []
        for person in people:
            button = _PersonButton(person)
            button.clicked.connect(self._chosen)
            self._group.addButton(button)
            self._list.insertWidget(self._list.count() - 1, button)
            self._people.append(button)
        for button in self._people:
            if chosen in (None, button.person.id):
                button.setChecked(True)
                break
        self._cancel.setVisible(may_cancel)
        self.pad.setFocus()

    def person(self) -> Person | None:
        """Who is chosen."""
        return next((button.person for button in self._people if button.isChecked()), None)

    def show_error(self, error: CounterError) -> None:
        """Wrong PIN, or locked out: the sentence says how many tries or minutes are left."""
        self.pad.clear()
        self.banner.show_error(error)
        self.pad.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._people:
            here = next((at for at, button in enumerate(self._people) if button.isChecked()), 0)
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._people[(here + step) % len(self._people)].setChecked(True)
            self.pad.clear()
        elif event.key() == Qt.Key.Key_Escape and not self._cancel.isHidden():
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _chosen(self) -> None:
        self.pad.clear()
        self.pad.setFocus()

    def _entered(self, pin: str) -> None:
        person = self.person()
        if person is not None:
            self.banner.dismiss()
            self.pin_entered.emit(person.id, pin)

    def _retranslate(self) -> None:
        self._lead.setText(self.tr("Choose who you are (↑ ↓) and type your PIN."))
        self._cancel.setText(self.tr("Stay signed in"))

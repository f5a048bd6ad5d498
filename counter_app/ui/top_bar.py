"""The bar above every screen: which shop, which shift, what is late, who is on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, IconButton
from counter_app.ui.widgets.pill import Pill, Tone
from counter_app.ui.widgets.words import Elided


@dataclass(frozen=True, slots=True)
class Status:
    """What the bar tells besides names: the shift in words with its tone, how much is overdue, what is wrong with
    the backups until it is mended, and how many papers somebody has to look after."""

    shift: str = ""
    shift_tone: Tone = "plain"
    overdue: int = 0
    backup: str = ""
    prints: int = 0


class TopBar(QWidget):
    """Signals: language(), theme(), lock(), staff(), overdue(), backup() and prints() say which part was pressed."""

    language = Signal()
    theme = Signal()
    lock = Signal()
    staff = Signal()
    overdue = Signal()
    backup = Signal()
    prints = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(56)
        self._status = Status()
        self._staff_name = ""
        self._shop = Elided("", "lead_strong")
        self._shift = Pill("", "plain", self)
        self._overdue = ActionButton("", "alarm-clock", kind="danger")
        self._backup = ActionButton("", "archive", kind="danger")
        self._prints = ActionButton("", "printer", kind="danger")
        self._language = ActionButton("中 / EN", "languages", kind="quiet")
        self._theme = IconButton("moon")
        self._lock = IconButton("lock", key="Ctrl+L")
        self._staff = ActionButton("", "user-round", kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_L, 0, Size.GAP_M, 0)
        row.setSpacing(Size.GAP_S)
        self._shop.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self._shop)
        row.addWidget(self._shift)
        row.addStretch(1)
        for part in (
            self._prints,
            self._backup,
            self._overdue,
            self._language,
            self._theme,
            self._lock,
            self._staff,
        ):
            row.addWidget(part)
        for part, signal in (
            (self._overdue, self.overdue),
            (self._backup, self.backup),
            (self._prints, self.prints),
            (self._language, self.language),
            (self._theme, self.theme),
            (self._lock, self.lock),
            (self._staff, self.staff),
        ):
            part.clicked.connect(signal)
        self._retranslate()

    def show_shop(self, name: str) -> None:
        """The shop's name."""
        self._shop.show_text(name)

    def show_staff(self, name: str) -> None:
        """Who is on; a click switches."""
        self._staff_name = name
        self._retranslate()

    def show_status(self, status: Status) -> None:
        """Shift and overdue."""
        self._status = status
        self._shift.show_state(status.shift, status.shift_tone)
        self._retranslate()

    def show_theme(self, name: str) -> None:
        """The theme in force: the button offers the other one."""
        self._theme.set_icon("sun" if name == "dark" else "moon")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        count = self._status.overdue
        self._overdue.setText(self.tr("%n overdue", "", count))
        self._overdue.setVisible(count > 0)
        self._backup.setText(self.tr("No backup"))
        self._backup.setToolTip(self._status.backup)
        self._backup.setAccessibleDescription(self._status.backup)
        self._backup.setVisible(bool(self._status.backup))
        waiting = self._status.prints
        self._prints.setText(self.tr("%n not printed", "", waiting))
        self._prints.setToolTip(self.tr("The print queue: why, and what to do"))
        self._prints.setVisible(waiting > 0)
        self._language.setAccessibleName(self.tr("Switch to Chinese"))
        self._language.setToolTip(self.tr("Switch to Chinese"))
        self._theme.set_name(self.tr("Light or dark"))
        self._lock.set_name(self.tr("Lock"))
        self._staff.setText(self._staff_name or self.tr("Nobody signed in"))
        self._staff.setToolTip(self.tr("Switch staff by PIN"))

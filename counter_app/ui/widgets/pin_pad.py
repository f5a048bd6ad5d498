"""A number pad for PINs: keyboard and finger alike, the digits never shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, IconButton

LEAST_DIGITS = 4
MOST_DIGITS = 12


class _Dots(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(220, 44)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        owner = self.parentWidget()
        focus = owner is not None and owner.hasFocus()
        painter.setPen(QPen(theme.colour("accent" if focus else "control_line"), 2 if focus else 1))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Size.RADIUS_M, Size.RADIUS_M)
        painter.setPen(Qt.PenStyle.NoPen)
        shown = max(LEAST_DIGITS, self.count)
        left = (self.width() - shown * 20) / 2
        for at in range(shown):
            painter.setBrush(theme.colour("ink" if at < self.count else "line"))
            painter.drawEllipse(QRectF(left + at * 20 + 4, self.height() / 2 - 6, 12, 12))
        painter.end()


class PinPad(QWidget):
    """Takes 4 to 12 digits.

    Signals:
        entered(str): Enter or ✓ was pressed with enough digits; the pad is empty again afterwards.
    """

    entered = Signal(str)
    takes_backspace = True
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dots = _Dots(self)
        self._keys: list[ActionButton] = []
        grid = QGridLayout()
        grid.setSpacing(Size.GAP_S)
        for at, digit in enumerate("123456789"):
            grid.addWidget(self._key(digit), at // 3, at % 3)
        self._wipe = IconButton("delete")
        self._wipe.clicked.connect(self.wipe)
        self._done = ActionButton("", "check", kind="primary")
        self._done.clicked.connect(self.enter)
        grid.addWidget(self._wipe, 3, 0)
        grid.addWidget(self._key("0"), 3, 1)
        grid.addWidget(self._done, 3, 2)
        for button in (self._wipe, self._done):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setMinimumSize(72, 48)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self._dots)
        column.addLayout(grid)
        self._retranslate()
        self._show()

    def digits(self) -> str:
        """What was typed so far."""
        return self._digits

    def clear(self) -> None:
        """Forget what was typed."""
        self._digits = ""
        self._show()

    def wipe(self) -> None:
        """Take the last digit away."""
        self._digits = self._digits[:-1]
        self._show()

    def press(self, digit: str) -> None:
        """Add one digit."""
        if len(self._digits) < MOST_DIGITS:
            self._digits += digit
            self._show()

    def enter(self) -> None:
        """Hand the PIN over when it is long enough."""
        if len(self._digits) >= LEAST_DIGITS:
            pin = self._digits
            self.clear()
            self.entered.emit(pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isascii() and event.text().isdigit():
            self.press(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.wipe()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        self._dots.update()

    def focusOutEvent(self, event: QEvent) -> None:
        self._dots.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _key(self, digit: str) -> ActionButton:
        button = ActionButton(digit, large=True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setMinimumSize(72, 48)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.clicked.connect(lambda _checked=False, pressed=digit: self.press(pressed))
        self._keys.append(button)
        return button

    def _show(self) -> None:
        self._dots.count = len(self._digits)
        self._dots.update()
        self._done.setEnabled(len(self._digits) >= LEAST_DIGITS)
        self._wipe.setEnabled(bool(self._digits))
        self.changed.emit()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("PIN, four digits or more"))
        self._wipe.set_name(self.tr("Delete last digit"))
        self._done.setAccessibleName(self.tr("Enter"))

"""Counting the drawer by notes and coins."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from counter_app.services.shift import NOTES_AND_COINS
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.words import Words

_MOST = 99_999


class _Pieces(QLineEdit):
    """How many pieces; Enter and the arrows go on to the next kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(QIntValidator(0, _MOST, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("0")
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setMinimumWidth(72)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        if event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
            return
        super().keyPressEvent(event)


class CountGrid(QWidget):
    """One field per note and coin, with what they make.

    Signals:
        changed(): another number was typed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[int, _Pieces] = {}
        self._sums: dict[int, Words] = {}
        self._labels: dict[int, Words] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Size.GAP_S)
        grid.setVerticalSpacing(Size.GAP_XS + 2)
        half = (len(NOTES_AND_COINS) + 1) // 2
        for at, value in enumerate(NOTES_AND_COINS):
            side = at // half * 4
            label, field, made = Words("", "strong"), _Pieces(), Words("", "note")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            made.setMinimumWidth(86)
            for place, part in enumerate((label, field, made)):
                grid.addWidget(part, at % half, side + place)
            field.textChanged.connect(self._show)
            self._fields[value], self._sums[value], self._labels[value] = field, made, label
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(5, 1)
        grid.setColumnMinimumWidth(3, Size.GAP_L)
        self._retranslate()

    def pieces(self) -> dict[int, int]:
        """How many of each note and coin, by its value in 分; kinds without a piece left out."""
        return {value: int(field.text()) for value, field in self._fields.items() if field.text().strip()}

    def counted_fen(self) -> int:
        """What they make, 分."""
        return sum(value * number for value, number in self.pieces().items())

    def is_empty(self) -> bool:
        """Whether nothing was typed yet."""
        return not any(field.text().strip() for field in self._fields.values())

    def clear(self) -> None:
        """Begin anew."""
        for field in self._fields.values():
            field.clear()

    def put(self, value: int, number: int) -> None:
        """Enter how many of one kind."""
        self._fields[value].setText(str(number))

    def focus_first(self) -> None:
        """Put focus on the largest note."""
        next(iter(self._fields.values())).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        for value, made in self._sums.items():
            number = self.pieces().get(value, 0)
            made.setText(shown.money(value * number) if number else "")
        self.changed.emit()

    def _retranslate(self) -> None:
        for value, label in self._labels.items():
            yuan = shown.money(value, sign=False).removesuffix(".00")
            text = f"¥{yuan}"
            label.setText(f"{text} ×")
            self._fields[value].setAccessibleName(self.tr("Number of {value}").format(value=text))
        self._show()

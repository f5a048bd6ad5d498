"""An input with its label above and its error beneath."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui import texts, theme
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.words import Words


class Field(QWidget):
    """Wraps any input widget: `Field(QLineEdit())`; the label is also the input's accessible name.

    Attributes:
        input: the wrapped widget.
    """

    def __init__(
        self, input_widget: QWidget, label: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.input = input_widget
        self._label = Words(label, "note")
        self._label.setBuddy(input_widget)
        self._hint = Words(hint, "small", wrap=True)
        self._mark = Icon("circle-alert", "late", 16)
        self._error = Words("", "error", wrap=True)
        trouble = QHBoxLayout()
        trouble.setSpacing(Size.GAP_XS)
        trouble.addWidget(self._mark)
        trouble.addWidget(self._error, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_XS)
        column.addWidget(self._label)
        self._row = QHBoxLayout()
        self._row.setSpacing(Size.GAP_S)
        self._row.addWidget(input_widget, 1)
        column.addLayout(self._row)
        column.addWidget(self._hint)
        column.addLayout(trouble)
        self.setFocusProxy(input_widget)
        self.set_label(label, hint)
        self.clear_error()
        if isinstance(input_widget, (QLineEdit, QPlainTextEdit)):
            input_widget.textChanged.connect(self.clear_error)

    def put_beside(self, *parts: QWidget) -> None:
        """Buttons on the input's own line, whatever stands above and beneath it."""
        for part in parts:
            self._row.addWidget(part)

    def set_label(self, label: str, hint: str = "") -> None:
        """Set or translate label and hint."""
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and not self.error())
        self.input.setAccessibleName(label)
        if not self.error():
            self.input.setAccessibleDescription(hint)

    def show_error(self, error: CounterError | str) -> None:
        """Say beneath the input what is wrong with it; cleared at the next key."""
        text = error if isinstance(error, str) else texts.sentence(error)
        self._error.setText(text)
        self._error.show()
        self._mark.show()
        self._hint.hide()
        self._set_wrong(True)
        self.input.setAccessibleDescription(text)

    def clear_error(self) -> None:
        """Nothing is wrong (any more)."""
        self._error.clear()
        self._error.hide()
        self._mark.hide()
        self._hint.setVisible(bool(self._hint.text()))
        self._set_wrong(False)
        self.input.setAccessibleDescription(self._hint.text())

    def error(self) -> str:
        """What is said to be wrong, or an empty text."""
        return self._error.text()

    def _set_wrong(self, wrong: bool) -> None:
        if bool(self.input.property("wrong")) != wrong:
            self.input.setProperty("wrong", wrong)
            theme.polish(self.input)

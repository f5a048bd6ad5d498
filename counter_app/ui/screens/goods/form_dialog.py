"""A decision of the stock room as a short form: labelled inputs in two columns, refused beside the title."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from counter_app.domain import money, quantity
from counter_app.domain.errors import CounterError, UserError
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


def choice(options: Sequence[tuple[str, object]], chosen: object = None) -> QComboBox:
    """A list to choose from: words and what they stand for."""
    box = QComboBox()
    for word, value in options:
        box.addItem(word, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def line(text: str = "") -> QLineEdit:
    """One line of text."""
    return QLineEdit(text)


def pin() -> QLineEdit:
    """A PIN: never shown."""
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setMaxLength(12)
    return edit


class FormDialog(Dialog):
    """Shows inputs by name and hands itself to `keep`, which reads them and may refuse.

    Args:
        title, lead, accept: what is decided, about what, and the word on the button.
        inputs: name → (label, hint, widget), in reading order.
        keep: called with this dialog; raises CounterError to refuse.
    """

    def __init__(
        self,
        title: str,
        lead: str,
        accept: str,
        inputs: Mapping[str, tuple[str, str, QWidget]],
        keep: Callable[[FormDialog], object],
        parent: QWidget | None = None,
        *,
        icon: str = "check",
    ) -> None:
        super().__init__(parent, width=640, icon=icon)
        self._keep = keep
        self.inputs = {name: widget for name, (_, _, widget) in inputs.items()}
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(Size.GAP_S)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for at, (label, hint, widget) in enumerate(inputs.values()):
            if isinstance(widget, QCheckBox):
                widget.setText(label)
                grid.addWidget(widget, at // 2, at % 2)
                continue
            field = Field(widget)
            field.set_label(label, hint)
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.say(title, lead, accept)

    def confirm(self) -> None:
        try:
            self._keep(self)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def text(self, name: str) -> str:
        """What was typed into a line."""
        widget = self.inputs[name]
        assert isinstance(widget, QLineEdit)
        return widget.text().strip()

    def write(self, **texts: str) -> None:
        """Type into lines by name."""
        for name, text in texts.items():
            widget = self.inputs[name]
            assert isinstance(widget, QLineEdit)
            widget.setText(text)

    def chosen(self, name: str) -> object:
        """What a list stands at."""
        widget = self.inputs[name]
        assert isinstance(widget, QComboBox)
        return widget.currentData()

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        widget = self.inputs[name]
        assert isinstance(widget, QCheckBox)
        return widget.isChecked()

    def fen(self, name: str) -> int:
        """An amount in 分; nothing typed is nothing. Raises UserError `money.…`."""
        return money.parse_yuan(self.text(name)) if self.text(name) else 0

    def milli(self, name: str, *, weighed: bool) -> int:
        """A quantity in thousandths. Raises UserError `quantity.…`."""
        typed = self.text(name)
        return 0 if typed == "0" else quantity.parse_quantity(typed, weighed=weighed)

    def day(self, name: str) -> date | None:
        """A day, or None where nothing was typed. Raises UserError `ui.day.unreadable`."""
        typed = self.text(name)
        if not typed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise UserError("ui.day.unreadable", text=typed[:40]) from error

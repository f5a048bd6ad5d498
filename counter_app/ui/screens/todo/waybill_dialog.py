"""A waybill was looked up at the courier's: its number and what was found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

_NOTE_HIGH = 90


class WaybillDialog(Dialog):
    """Asks for number and finding and hands them to `keep`, which may refuse (S4-39)."""

    def __init__(self, number: str, keep: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent, icon="truck", key="Ctrl+Return")
        self._keep = keep
        self.number, self.found = QLineEdit(number), QPlainTextEdit()
        self.number.setMaxLength(200)
        self.found.setMaximumHeight(_NOTE_HIGH)
        self.found.setTabChangesFocus(True)
        self._fields = {"number": Field(self.number), "found": Field(self.found)}
        for field in self._fields.values():
            self.body.addWidget(field)
        self._retranslate()
        (self.found if number else self.number).setFocus()

    def confirm(self) -> None:
        try:
            self._keep(self.number.text(), self.found.toPlainText())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Look the parcel up"),
            self.tr("Time and your name are added by themselves."),
            self.tr("Keep it"),
        )
        self._fields["number"].set_label(self.tr("Waybill number"))
        self._fields["found"].set_label(self.tr("What the courier shows"))

"""A remark or what the customer was told, in as many lines as it needs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

_HIGH = 120


class NoteDialog(Dialog):
    """Asks for a text and hands it to `keep`, which may refuse.

    Args:
        title, lead, accept: the words of the dialog, translated.
        keep: called with the text; raises CounterError to refuse.
    """

    def __init__(
        self,
        title: str,
        lead: str,
        accept: str,
        keep: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, icon="pen-line", key="Ctrl+Return")
        self._words, self._keep = (title, lead, accept), keep
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(_HIGH)
        self._field = Field(self.edit)
        self.body.addWidget(self._field)
        self._retranslate()
        self.edit.setFocus()

    def confirm(self) -> None:
        try:
            self._keep(self.edit.toPlainText().strip())
        except CounterError as error:
            self._field.show_error(error)
            self.edit.setFocus()
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(*self._words)
        self._field.set_label(self.tr("Text"))

"""A reason in one line, for what must not happen without one."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class ReasonDialog(Dialog):
    """Asks for a reason; `reason()` gives it after `exec()` was accepted."""

    def __init__(
        self, title: str, lead: str, accept: str, parent: QWidget | None = None, *, label: str = ""
    ) -> None:
        super().__init__(parent, icon="pen-line")
        self._words, self._label = (title, lead, accept), label
        self._edit = QLineEdit()
        self._edit.setMaxLength(500)
        self._field = Field(self._edit)
        self.body.addWidget(self._field)
        self._retranslate()
        self._edit.setFocus()

    def reason(self) -> str:
        """What was typed."""
        return self._edit.text().strip()

    def confirm(self) -> None:
        if not self.reason():
            self._field.show_error(self.tr("Please give the reason"))
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(*self._words)
        self._field.set_label(self._label or self.tr("Reason"))

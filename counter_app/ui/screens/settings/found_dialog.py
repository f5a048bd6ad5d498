"""What a check of everything found: each thing on its line, to be read and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog


class FoundDialog(Dialog):
    """The lines as `main.py verify` writes them; `count` is how many there are in all."""

    def __init__(self, lines: Sequence[str], count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=860)
        self.text = QPlainTextEdit("\n".join(lines))
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(280)
        self.text.setAccessibleName(self.tr("What does not hold"))
        self.body.addWidget(self.text)
        copy = ActionButton(self.tr("Copy the list"), "copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.foot.addWidget(copy)
        self.cancel.hide()
        told = self.tr("Nothing was changed. Copy the list for whoever looks after the program.")
        if count > len(lines):
            told += " " + self.tr("The first {shown} of {count} are shown.").format(
                shown=len(lines), count=count
            )
        self.say(self.tr("What does not hold"), told, self.tr("Close"))

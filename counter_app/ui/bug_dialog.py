"""Our bug: what is safe, and a report that can be copied."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog


class BugDialog(Dialog):
    """Shows a report; nothing half-written is left behind, because every act is one transaction."""

    _open = False

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=720)
        self._report = report
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setMinimumHeight(220)
        text.setAccessibleName(self.tr("Report"))
        self.body.addWidget(text)
        self._copy = ActionButton(self.tr("Copy report"), "copy")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report))
        self.foot.addWidget(self._copy)
        self.cancel.hide()
        self.say(
            self.tr("The program made a mistake"),
            self.tr(
                "What was saved is safe, and the last step was not half done. Copy the report for whoever looks "
                "after the program, then go on; if it happens again, start the program anew."
            ),
            self.tr("Go on"),
        )

    @classmethod
    def tell(cls, report: str) -> None:
        """Show one report at a time: a bug in painting would otherwise bury the screen in dialogs."""
        if cls._open or QApplication.instance() is None:
            return
        cls._open = True
        try:
            cls(report, QApplication.activeWindow()).exec()
        finally:
            cls._open = False

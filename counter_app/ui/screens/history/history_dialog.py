"""What archives tell of a case, opened over whatever is on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.services import archive_history
from counter_app.ui.screens.history.history_view import HistoryView
from counter_app.ui.session import Session
from counter_app.ui.widgets.dialog import Dialog


class HistoryDialog(Dialog):
    """Raises UserError `archive.back.unknown` when no archive tells of the number."""

    def __init__(self, session: Session, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=980, icon="check")
        self.setMinimumHeight(640)
        self.view = HistoryView()
        self.view.show_case(archive_history.case(session.desk, number))
        self.body.addWidget(self.view, 1)
        self.cancel.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self.say(self.tr("History"), "", self.tr("Close"))

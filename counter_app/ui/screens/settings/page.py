"""What every settings page is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui.screens.settings.versions import last_change_of
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.words import Words


class SettingsPage(QWidget):
    """Title, one sentence, message bar and `body`; `load` reads, `_retranslate` words.

    Signals:
        wants(str, object): another screen is asked for, as `Screen.wants`.
    """

    wants = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._title = Words("", "title")
        self._lead = Words("", "secondary", wrap=True)
        self.banner = Banner(self)
        self._changed = Words("", "note")
        self._changed.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(Size.GAP_M)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        for part in (self._title, self._lead, self.banner):
            column.addWidget(part)
        column.addLayout(self.body, 1)

    def load(self) -> None:
        """Read what the page shows."""

    def say(self, title: str, lead: str) -> None:
        """Set or translate title and sentence."""
        self._title.setText(title)
        self._lead.setText(lead)

    def show_change(self, *settings: str) -> None:
        """Who changed one of these settings last, and when."""
        told = last_change_of(self.session, *settings)
        self._changed.setText(told)
        self._changed.setVisible(bool(told))

    def saved(self) -> None:
        """Tell that it was kept."""
        self.banner.say(self.tr("Saved."), tone="ok")

    def refuse(self, error: CounterError) -> None:
        """Tell why it was not kept."""
        self.banner.show_error(error)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        """Set every sentence anew."""

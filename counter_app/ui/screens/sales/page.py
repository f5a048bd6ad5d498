"""What every page of the sales screen is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.widgets.banner import Banner


class SalesPage(QWidget):
    """One page: `load` reads what it shows, `_retranslate` words it.

    Signals:
        wants(str, object): another screen is wanted, with its subject.
    """

    wants = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.banner = Banner(self)

    def load(self) -> None:
        """Read what the page shows."""

    def arrive(self) -> None:
        """Put focus where work begins."""

    def search(self) -> None:
        """F3."""

    def post(self) -> None:
        """F9."""

    def keys(self) -> list[KeyLine]:
        """Keys of this page, translated."""
        return []

    def refuse(self, error: CounterError) -> None:
        """Tell why something was not done."""
        self.banner.show_error(error)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        """Set every sentence anew."""

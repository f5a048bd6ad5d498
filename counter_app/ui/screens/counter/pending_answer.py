"""An answer given by a digit waits for the gap of a scanner: the digit may be the first of a scan."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from counter_app.ui.scanner import GAP_MS


class PendingAnswer(QTimer):
    """Gives the answer when no scan followed its digit."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._act: Callable[[], None] | None = None
        self.setSingleShot(True)
        self.setInterval(GAP_MS + 10)
        self.timeout.connect(self._give)

    def wait(self, act: Callable[[], None]) -> None:
        """Give this answer once the gap is over."""
        self._act = act
        self.start()

    def drop(self) -> bool:
        """It was the beginning of a scan: nothing is answered. True when an answer was waiting."""
        self.stop()
        waiting, self._act = self._act is not None, None
        return waiting

    def _give(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()

"""Notices that nobody touched the window for a while: time to lock it, or to tidy up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class Idle(QObject):
    """Waits for a time without `touch`.

    Signals:
        idle(): nobody touched anything for the whole time.
    """

    idle = Signal()

    def __init__(self, seconds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.wait_for(seconds)

    def wait_for(self, seconds: int) -> None:
        """Seconds without a touch; 0 never tells."""
        self._timer.stop()
        self._waits = seconds > 0
        if seconds > 0:
            self._timer.start(seconds * 1000)

    def touch(self) -> None:
        """Somebody is there: the time begins anew."""
        if self._waits:
            self._timer.start()

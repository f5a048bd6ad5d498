"""A window's first picture: what nobody sees yet waits until it stands on the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class FirstPicture(QObject):
    """Watches one window until it is drawn.

    Signals:
        drawn(): once, after the window and everything in it was painted for the first time.
    """

    drawn = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # The children are painted after their window, within the same event.
            QTimer.singleShot(0, self.drawn.emit)
        return False

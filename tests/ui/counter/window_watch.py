"""Sees every window that opens: a part of a screen that flashes up as a window of its own is a bug."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget


class WindowWatch(QObject):
    """Watches from its making until `check`."""

    def __init__(self) -> None:
        super().__init__()
        self.stray: list[str] = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            known = isinstance(watched, (QDialog, QMainWindow)) or type(watched).__name__.startswith(
                "QComboBox"
            )
            if not known and type(watched).__name__ != "QTipLabel":
                self.stray.append(type(watched).__name__)
        return False

    def check(self) -> None:
        """Raise when a stray window was seen."""
        QApplication.instance().removeEventFilter(self)
        assert self.stray == []

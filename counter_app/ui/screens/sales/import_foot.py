"""Foot of the import page: how far it is, and the buttons that stop it, show what to correct, and take the files in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.words import Words


class ImportFoot(QWidget):
    """One row under the tables.

    Attributes:
        stop, to_correct, run: the buttons.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._left = Words("", "note")
        self.stop = ActionButton("", "x", kind="quiet")
        self.to_correct = ActionButton("", "file-spreadsheet", kind="quiet")
        self.run = PrimaryButton("", "check", key="F9")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_M)
        row.addWidget(self._bar, 2)
        row.addWidget(self._left)
        row.addWidget(self.stop)
        row.addWidget(self.to_correct)
        row.addStretch(1)
        row.addWidget(self.run, 2)

    def show_busy(self, busy: bool) -> None:
        """The bar runs without saying how far until it is told."""
        for part in (self._bar, self._left, self.stop):
            part.setVisible(busy)
        self._bar.setRange(0, 0)
        self._left.clear()

    def show_progress(self, done: int, total: int, left: str) -> None:
        """Rows done, and what time is left, in words; empty while nobody knows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if left:
            self._left.setText(left)

    def name(self, words: Mapping[str, str]) -> None:
        """Set every word anew: of `stop`, `to_correct`, `run`, `progress`."""
        self.stop.setText(words["stop"])
        self.to_correct.setText(words["to_correct"])
        self.run.setText(words["run"])
        self._bar.setAccessibleName(words["progress"])

"""Shown while a backup is put in the place of the database: how far it is; nothing else works meanwhile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.theme import Size
from counter_app.ui.widgets.card import Card, centred
from counter_app.ui.widgets.words import Words


class Restoring(QWidget):
    """Runs `main.py restore` as a child process, which keeps what is there first and checks what it put there.

    Signals:
        restored(object): done; {"restored": file, "kept": where the database before it lies}.
        failed(object): a CounterError; what was there is still there.
    """

    restored = Signal(object)
    failed = Signal(object)

    def __init__(
        self, folder: Path, chosen: Path, staff_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._chosen = chosen
        self._title = Words("", "title", wrap=True)
        self._what = Words("", "secondary", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        card = Card(gap=Size.GAP_M)
        card.setFixedWidth(680)
        for part in (self._title, self._what, self._bar):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(centred(card))
        column.addStretch(1)
        asked = () if staff_id is None else ("--staff", str(staff_id))
        self.job = ChildJob(verb_command(folder, "restore", str(chosen), *asked), self)
        self.job.progress.connect(self._progress)
        self.job.finished.connect(self.restored)
        self.job.failed.connect(self.failed)
        self._retranslate()

    def start(self) -> None:
        """Begin."""
        self.job.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Restoring a backup"))
        self._what.setText(
            self.tr(
                "{file}: what is there now is kept first, then the backup is put in its place and checked."
            ).format(file=self._chosen.name)
        )
        self._bar.setAccessibleName(self.tr("Progress"))

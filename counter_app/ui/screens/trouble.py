"""Shown instead of the counter when the data cannot be opened: what happened, what is safe, what to do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui import format as shown
from counter_app.ui import texts
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.card import Card, centred
from counter_app.ui.widgets.words import Words

LOST = frozenset({"db.damaged", "db.not_a_database", "db.disk_error", "db.missing"})
"""What a backup helps against."""


class GoodBackup(NamedTuple):
    """A backup that was opened and found sound, and when it was made (the shop's clock)."""

    path: Path
    at: datetime


class Trouble(QWidget):
    """`backup` is offered where the database itself is at fault; any other may be chosen from a folder.

    Signals:
        again(): try to open the data once more.
        restore(object): put this backup (a Path) in the place of the database.
        leave(): close the program.
    """

    again = Signal()
    restore = Signal(object)
    leave = Signal()

    def __init__(
        self,
        error: CounterError,
        folder: str,
        backup: GoodBackup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._backup = backup
        self._second: CounterError | None = None
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._error, self._folder = error, folder
        self._title = Words("", "title", wrap=True)
        self._what = Words("", "lead", wrap=True)
        self._what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._where = Words("", "note", wrap=True)
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._again = PrimaryButton("", "refresh-cw", key="F5", bind=True)
        self._again.clicked.connect(self.again)
        self._leave = ActionButton("", "log-out", kind="quiet")
        self._leave.clicked.connect(self.leave)
        self._restore = ActionButton("", "archive-restore")
        self._restore.clicked.connect(self._newest)
        self._restore.setVisible(backup is not None)
        self._choose = ActionButton("", "folder-open", kind="quiet")
        self._choose.clicked.connect(self._chosen)
        self._choose.setVisible(error.code in LOST)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP_M)
        head.addWidget(Icon("octagon-alert", "late", 28))
        head.addWidget(self._title, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._leave)
        foot.addWidget(self._again, 1)
        card = Card(gap=Size.GAP_M)
        card.setFixedWidth(680)
        card.body.setSpacing(Size.GAP_M)
        card.body.addLayout(head)
        card.body.addWidget(self._what)
        card.body.addWidget(self._where)
        card.body.addWidget(self._restore)
        card.body.addWidget(self._choose)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(centred(card))
        column.addStretch(1)
        self.setFocusProxy(self._again)
        self._retranslate()

    def show_second(self, error: CounterError) -> None:
        """What was tried against the trouble failed too: both are said."""
        self._second = error
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _newest(self) -> None:
        if self._backup is not None:
            self.restore.emit(self._backup.path)

    def _chosen(self) -> None:
        start = str(self._backup.path.parent) if self._backup is not None else self._folder
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("Choose a backup"), start, "*.sqlite3")
        if name:
            self.restore.emit(Path(name))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("The shop's data could not be opened"))
        said = [texts.sentence(error) for error in (self._second, self._error) if error is not None]
        self._what.setText("\n\n".join(said))
        self._where.setText(
            self.tr("Data folder: {folder}. Nothing in it was changed.").format(folder=self._folder)
        )
        if self._backup is not None:
            at = f"{shown.day(self._backup.at.date())} {self._backup.at:%H:%M}"
            self._restore.setText(self.tr("Restore the backup of {moment}").format(moment=at))
        self._choose.setText(self.tr("Choose another backup…"))
        self._again.setText(self.tr("Try again"))
        self._leave.setText(self.tr("Close the program"))

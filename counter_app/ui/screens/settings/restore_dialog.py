"""Before a backup is put back: it is opened and checked, and what would be missing is counted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.db.backup_folders import Counts
from counter_app.services import backups
from counter_app.services.backups import Looked
from counter_app.ui.jobs import Waiting
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Words


class RestoreDialog(Dialog):
    """The accept button is pressed only for a backup that was found sound."""

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=600, icon="archive-restore")
        self._path = path
        self._looked: Looked | None = None
        self._state = Pill()
        self._missing = Words("", "strong", wrap=True)
        self._kept = Words("", "note", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Size.GAP_L)
        self._cells = [[Words("", "body") for _column in range(3)] for _row in range(5)]
        for at, row in enumerate(self._cells):
            for column, cell in enumerate(row):
                self._grid.addWidget(cell, at, column)
                if column:
                    cell.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._state)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._missing)
        self.body.addWidget(self._kept)
        self.accept_button.setEnabled(False)
        folder = session.desk.folder
        self.looking = Waiting(lambda: backups.look(folder, path), self)
        self.looking.done.connect(self.show_looked)
        self.looking.failed.connect(lambda error: self.banner.show_error(error))
        self._retranslate()
        self.looking.start()

    def show_looked(self, looked: Looked) -> None:
        """What the look at the backup found."""
        self._looked = looked
        self.accept_button.setEnabled(looked.sound)
        self._retranslate()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Restore the backup {file}").format(file=self._path.name),
            self.tr("The window closes the data meanwhile; everybody signs in again."),
            self.tr("Restore"),
        )
        self._kept.setText(
            self.tr("What is there now becomes a backup itself first and can be restored the same way.")
        )
        looked = self._looked
        if looked is None:
            self._state.show_state(self.tr("being checked…"), "plain")
            return
        if not looked.sound:
            self._state.show_state(self.tr("not usable: changed, damaged or gone"), "late")
            return
        if looked.lacking:
            some = ", ".join(looked.lacking[:3]) + (" …" if len(looked.lacking) > 3 else "")
            said = self.tr("sound, but {count} photos, forms or keys are missing or damaged: {names}")
            self._state.show_state(said.format(count=len(looked.lacking), names=some), "late")
        else:
            self._state.show_state(self.tr("opened and found sound"), "ok")
        self._show_counts(looked.counts, looked.present)

    def _show_counts(self, then: Counts | None, now: Counts | None) -> None:
        names = (self.tr("Cases"), self.tr("Documents"), self.tr("Sales"), self.tr("Photos and files"))
        fields = ("cases", "documents", "sales", "attachments")
        self._put(0, "", self.tr("in the backup"), self.tr("now"))
        for at, (name, field) in enumerate(zip(names, fields, strict=True), 1):
            self._put(at, name, _figure(then, field), _figure(now, field))
        if then is None or now is None:
            self._missing.setText("")
            return
        cases, documents = max(0, now.cases - then.cases), max(0, now.documents - then.documents)
        if not cases and not documents:
            self._missing.setText(self.tr("No case and no document would be missing."))
            return
        self._missing.setText(
            self.tr("{cases} cases and {documents} documents made since would be missing.").format(
                cases=cases, documents=documents
            )
        )

    def _put(self, at: int, *texts: str) -> None:
        for cell, text in zip(self._cells[at], texts, strict=True):
            cell.setText(text)


def _figure(counts: Counts | None, field: str) -> str:
    if counts is None:
        return QCoreApplication.translate("RestoreDialog", "cannot be read")
    return str(getattr(counts, field))

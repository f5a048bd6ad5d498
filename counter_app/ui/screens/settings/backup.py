"""Settings page: where backups go, which there are, making one now, putting one back."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import KEEP
from counter_app.services import backups, settings, staff
from counter_app.services.backups import SETTING, BackupView
from counter_app.ui import format as shown
from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.screens.settings.found_dialog import FoundDialog
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.screens.settings.restore_dialog import RestoreDialog
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class BackupPage(SettingsPage):
    """A second disk is asked for: a backup beside the data dies with it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._job: ChildJob | None = None
        self.found: FoundDialog | None = None
        self._folder = QLineEdit()
        self._folder.setReadOnly(True)
        self._field = Field(self._folder)
        self._choose = ActionButton("", "folder-open")
        self._choose.clicked.connect(self._choose_folder)
        self._here = ActionButton("", "undo-2", kind="quiet")
        self._here.clicked.connect(lambda: self._keep_folder(None))
        self._now = ActionButton("", "archive", kind="primary")
        self._now.clicked.connect(self._back_up)
        self._check = ActionButton("", "shield-check")
        self._check.clicked.connect(self._verify)
        self._restore = ActionButton("", "archive-restore")
        self._restore.clicked.connect(self._restore_chosen)
        self._other = ActionButton("", "folder-open", kind="quiet")
        self._other.clicked.connect(self._restore_file)
        self._cancel = ActionButton("", "x", kind="quiet")
        self._cancel.clicked.connect(self._stop)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._left = Words("", "note")
        self._table = Table(
            [
                Column(lambda: self.tr("Made"), self._made, width=160),
                Column(lambda: self.tr("Kind"), self._kind, width=160),
                Column(lambda: self.tr("Size"), _size, right=True, width=100),
                Column(lambda: self.tr("Money rows"), lambda row: str(row.money_rows), right=True, width=110),
                Column(lambda: self.tr("Stock rows"), lambda row: str(row.stock_rows), right=True, width=110),
                Column(lambda: self.tr("Where"), self._where, tone=lambda _row: "secondary"),
            ]
        )
        self._table.opened.connect(lambda _row: self._restore_chosen())
        self._table.setMinimumHeight(180)
        self._field.put_beside(self._choose, self._here)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        row.addWidget(self._now)
        row.addWidget(self._check)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        row.addWidget(self._cancel)
        row.addStretch(0)
        back = QHBoxLayout()
        back.setSpacing(Size.GAP_S)
        back.addWidget(self._restore)
        back.addWidget(self._other)
        back.addStretch(1)
        self._archives = ActionButton("", "archive-restore", kind="quiet")
        self._archives.clicked.connect(self.read_back)
        self._search = ActionButton("", "search", kind="quiet")
        self._search.clicked.connect(self.search_archive)
        self._years = ActionButton("", "history", kind="quiet")
        self._years.clicked.connect(self.old_years)
        back.addWidget(self._years)
        back.addWidget(self._archives)
        back.addWidget(self._search)
        self.body.addWidget(self._field)
        self.body.addWidget(self._changed)
        self.body.addLayout(row)
        self.body.addWidget(self._table, 1)
        self.body.addLayout(back)
        self._show_running(False)
        self._retranslate()

    def load(self) -> None:
        desk = self.session.desk
        chosen = settings.setting(desk, SETTING)
        self._folder.setText(chosen or str(desk.folder / "backups"))
        self._here.setVisible(bool(chosen))
        self.show_change(SETTING)
        found = backups.listed(desk)
        at = max(0, self._table.currentIndex().row())
        self._table.rows.show_rows(list(found))
        self._table.choose(min(at, len(found) - 1))
        allowed = staff.may(desk, KEEP)
        why = self.tr("Only somebody who looks after the data may do this.")
        for button in (self._now, self._choose, self._here, self._check, self._other, self._archives):
            button.allow(allowed and self._job is None, "" if allowed else why)
        self._restore.allow(allowed and self._job is None and bool(found), "" if allowed else why)
        self._tell_place(chosen)

    def _tell_place(self, chosen: str) -> None:
        if chosen and backups.is_second_disk(self.session.desk):
            return
        if chosen and not Path(chosen).is_dir():
            self.banner.say(
                self.tr("The folder for backups is gone: {folder}").format(folder=chosen),
                self.tr(
                    "Put the disk back or choose another folder; until then backups lie on this computer only."
                ),
                "late",
            )
            return
        self.banner.say(
            self.tr("Backups lie on the same disk as the data."),
            self.tr("Choose a folder on a second disk or a USB stick."),
            "attention",
        )

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for backups"), self._folder.text())
        if folder:
            self._keep_folder(Path(folder))

    def _keep_folder(self, folder: Path | None) -> None:
        try:
            self.session.act(backups.choose_folder, folder)
        except CounterError as error:
            self.refuse(error)
            return
        self.banner.dismiss()
        self.load()

    def _back_up(self) -> None:
        folder = self._folder.text()
        self._run(
            ChildJob(verb_command(self.session.desk.folder, "backup"), self),
            self.tr("Backup made in {folder}.").format(folder=folder),
        )

    def _verify(self) -> None:
        job = ChildJob(verb_command(self.session.desk.folder, "verify"), self)
        job.failed.connect(lambda _error: self._tell_found(job.said()))
        self._run(job, self.tr("Everything was recomputed and agrees."))

    def _tell_found(self, said: dict[str, object]) -> None:
        """Behind the banner, which says how many things do not hold: which they are."""
        lines, count = said.get("broken"), said.get("count")
        if isinstance(lines, list) and isinstance(count, int):
            self.found = FoundDialog([str(line) for line in lines], count, self)
            self.found.open()

    def _restore_chosen(self) -> None:
        row = self._table.chosen()
        if isinstance(row, BackupView) and self._restore.isEnabled():
            self._ask(row.path)

    def read_back(self) -> None:
        """Make workbooks history again."""
        from counter_app.ui.screens.history.read_back_dialog import ReadBackDialog

        ReadBackDialog(self.session, self).exec()

    def search_archive(self) -> None:
        """Look something up in a workbook without reading it in."""
        from counter_app.ui.screens.history.search_dialog import ArchiveSearchDialog

        ArchiveSearchDialog(self).exec()

    def old_years(self) -> None:
        """Copies of closed years: make one, look at one."""
        from counter_app.ui.screens.settings.old_years_dialog import OldYearsDialog

        dialog = OldYearsDialog(self.session, self)
        if dialog.exec() and dialog.chosen is not None:
            self.session.year_wanted.emit(dialog.chosen)

    def _restore_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Choose a backup"), self._folder.text(), "*.sqlite3"
        )
        if name:
            self._ask(Path(name))

    def _ask(self, path: Path) -> None:
        if RestoreDialog(self.session, path, self).exec():
            self.session.restore_wanted.emit(path)

    def _run(self, job: ChildJob, done: str) -> None:
        self._job = job
        job.progress.connect(self._progress)
        job.finished.connect(lambda _result: self.banner.say(done, tone="ok"))
        job.failed.connect(self.refuse)
        job.cancelled.connect(lambda: self.banner.say(self.tr("Stopped. Nothing was changed.")))
        job.ended.connect(self._ended)
        self._bar.setRange(0, 0)
        self._show_running(True)
        job.start()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        left = self._job.seconds_left() if self._job else None
        if left is not None:
            self._left.setText(self.tr("about {time} left").format(time=shown.duration(left)))

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self._show_running(False)
        self._table.rows.show_rows(list(backups.listed(self.session.desk)))

    def _show_running(self, running: bool) -> None:
        for part in (self._bar, self._left, self._cancel):
            part.setVisible(running)
        for button in (
            self._now,
            self._check,
            self._choose,
            self._here,
            self._restore,
            self._other,
            self._archives,
        ):
            button.setEnabled(not running)
        if not running:
            self._left.clear()

    def _kind(self, row: BackupView) -> str:
        names = {
            "auto": self.tr("every hour"),
            "by-hand": self.tr("by hand"),
            "before-update": self.tr("before an update"),
            "before-restore": self.tr("before a restore"),
        }
        return names.get(row.label, row.label)

    def _where(self, row: BackupView) -> str:
        if not row.size_bytes:
            return self.tr("the file is gone")
        return self.tr("beside the data") if row.here else str(row.path.parent)

    def _made(self, row: BackupView) -> str:
        return shown.moment(int(row.at.timestamp() * 1000), ZoneInfo(self.session.desk.shop.time_zone))

    def _retranslate(self) -> None:
        self.say(
            self.tr("Backup and check"),
            self.tr("Made while the shop works; every copy is opened and checked before it counts."),
        )
        self._field.set_label(self.tr("Folder for backups"))
        self._choose.setText(self.tr("Choose…"))
        self._here.setText(self.tr("Beside the data"))
        self._now.setText(self.tr("Back up now"))
        self._check.setText(self.tr("Check everything"))
        self._restore.setText(self.tr("Restore this backup…"))
        self._other.setText(self.tr("Restore from a file…"))
        self._archives.setText(self.tr("Read back archives…"))
        self._years.setText(self.tr("Old years…"))
        self._search.setText(self.tr("Search an archive…"))
        self._cancel.setText(self.tr("Cancel"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._table.setAccessibleName(self.tr("Backups there are"))


def _size(row: BackupView) -> str:
    return f"{row.size_bytes / 2**20:.1f} MB" if row.size_bytes else "–"

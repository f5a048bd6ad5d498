"""Settings page: where backups go, and making one now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import KEEP
from counter_app.services import settings, staff
from counter_app.ui import format as shown
from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words


class BackupPage(SettingsPage):
    """A second disk is asked for: a backup beside the data dies with it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._job: ChildJob | None = None
        self._folder = QLineEdit()
        self._folder.setReadOnly(True)
        self._field = Field(self._folder)
        self._choose = ActionButton("", "folder-open")
        self._choose.clicked.connect(self._choose_folder)
        self._now = ActionButton("", "archive", kind="primary")
        self._now.clicked.connect(self._back_up)
        self._check = ActionButton("", "shield-check")
        self._check.clicked.connect(self._verify)
        self._cancel = ActionButton("", "x", kind="quiet")
        self._cancel.clicked.connect(self._stop)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._left = Words("", "note")
        folder = QHBoxLayout()
        folder.addWidget(self._field, 1)
        folder.addWidget(self._choose)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        row.addWidget(self._now)
        row.addWidget(self._check)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        row.addWidget(self._cancel)
        self.body.addLayout(folder)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self._show_running(False)
        self._retranslate()

    def load(self) -> None:
        desk = self.session.desk
        chosen = settings.setting(desk, "backup.folder")
        self._folder.setText(chosen or str(desk.folder / "backups"))
        allowed = staff.may(desk, KEEP)
        why = self.tr("Only somebody who looks after the data may do this.")
        for button in (self._now, self._choose, self._check):
            button.allow(allowed and self._job is None, "" if allowed else why)
        if not chosen:
            self.banner.say(
                self.tr("Backups lie on the same disk as the data."),
                self.tr("Choose a folder on a second disk or a USB stick."),
                "attention",
            )

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for backups"), self._folder.text())
        if not folder:
            return
        try:
            self.session.act(settings.set_setting, "backup.folder", folder)
        except CounterError as error:
            self.refuse(error)
            return
        self.banner.dismiss()
        self.load()

    def _back_up(self) -> None:
        folder = self._folder.text()
        self._run(
            ChildJob(verb_command(self.session.desk.folder, "backup", "--to", str(Path(folder))), self),
            self.tr("Backup made in {folder}.").format(folder=folder),
        )

    def _verify(self) -> None:
        self._run(
            ChildJob(verb_command(self.session.desk.folder, "verify"), self),
            self.tr("Everything was recomputed and agrees."),
        )

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

    def _show_running(self, running: bool) -> None:
        for part in (self._bar, self._left, self._cancel):
            part.setVisible(running)
        for button in (self._now, self._check, self._choose):
            button.setEnabled(not running)
        if not running:
            self._left.clear()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Backup and check"),
            self.tr("Made while the shop works; every copy is opened and checked before it counts."),
        )
        self._field.set_label(self.tr("Folder for backups"))
        self._choose.setText(self.tr("Choose…"))
        self._now.setText(self.tr("Back up now"))
        self._check.setText(self.tr("Check everything"))
        self._cancel.setText(self.tr("Cancel"))
        self._bar.setAccessibleName(self.tr("Progress"))


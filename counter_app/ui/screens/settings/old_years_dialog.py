"""Copies of closed years: made by a child process, opened to be looked at."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import KEEP
from counter_app.services import old_years, staff
from counter_app.services.old_years import YearView
from counter_app.ui import format as shown
from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class OldYearsDialog(Dialog):
    """Every closed year, whether there is a copy of it, and what can be done with it.

    Attributes:
        chosen: the copy to open, when the dialog was closed by opening one.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=620, icon="archive")
        self._session = session
        self._zone = ZoneInfo(session.desk.shop.time_zone)
        self._job: ChildJob | None = None
        self.chosen: Path | None = None
        self.table = Table(
            [
                Column(lambda: self.tr("Year"), lambda row: str(row.year), width=90),
                Column(lambda: self.tr("Size"), _size, right=True, width=110),
                Column(lambda: self.tr("Copy"), self._copied),
            ]
        )
        self.table.setMinimumHeight(180)
        self.make = ActionButton("", "copy")
        self.other = ActionButton("", "folder-open", kind="quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._left = Words("", "note")
        self._stop = ActionButton("", "x", kind="quiet")
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        for part in (self.make, self.other):
            row.addWidget(part)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        row.addWidget(self._stop)
        row.addStretch(0)
        self.body.addWidget(self.table)
        self.body.addLayout(row)
        self.make.clicked.connect(self.copy_year)
        self.other.clicked.connect(self._pick)
        self._stop.clicked.connect(self.stop)
        self.table.current_row.connect(lambda _row: self._allow())
        self.table.opened.connect(lambda _row: self.confirm())
        self._retranslate()
        self.load()

    def load(self) -> None:
        """Show the closed years as they are now."""
        found = list(old_years.years(self._session.desk))
        self.table.rows.show_rows(found)
        if found:
            self.table.choose(0)
        else:
            self.banner.say(self.tr("No year is closed yet: close its months first (Month end)."))
        self._allow()

    def confirm(self) -> None:
        """Open the chosen year."""
        row = self._year()
        if self._job is None and row is not None and row.copy is not None:
            self.open_file(row.copy.path)

    def open_file(self, path: Path) -> None:
        """Open a copy, wherever it lies; what is no copy of this shop is told and stays closed."""
        try:
            old_years.look(self._session.desk, path)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.chosen = path
        self.accept()

    def copy_year(self) -> None:
        """Copy the chosen year; the shop can go on working meanwhile."""
        row = self._year()
        if row is None or self._job is not None:
            return
        desk = self._session.desk
        job = ChildJob(verb_command(desk.folder, "backup", "--year", str(row.year)), self)
        job.progress.connect(self._progress)
        job.finished.connect(self._finished)
        job.failed.connect(self.banner.show_error)
        job.cancelled.connect(lambda: self.banner.say(self.tr("Stopped. Nothing was changed.")))
        job.ended.connect(self._ended)
        self._job = job
        self.banner.dismiss()
        self._bar.setRange(0, 0)
        self._allow()
        job.start()

    def stop(self) -> None:
        """Ask the running copy to stop."""
        if self._job is not None:
            self._job.cancel()

    def reject(self) -> None:
        if self._job is not None:
            self.stop()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
        super().closeEvent(event)

    def _year(self) -> YearView | None:
        row = self.table.chosen()
        return row if isinstance(row, YearView) else None

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        left = self._job.seconds_left() if self._job else None
        if left is not None:
            self._left.setText(self.tr("about {time} left").format(time=shown.duration(left)))

    def _finished(self, result: dict[str, object]) -> None:
        if result.get("new"):
            self.banner.say(self.tr("Written: {file}").format(file=str(result.get("file", ""))), tone="ok")
        else:
            self.banner.say(self.tr("The copy is there already, and sound."), tone="ok")

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        at = max(0, self.table.currentIndex().row())
        self.table.rows.show_rows(list(old_years.years(self._session.desk)))
        self.table.choose(at)
        self._allow()

    def _allow(self) -> None:
        row, running = self._year(), self._job is not None
        allowed = staff.may(self._session.desk, KEEP)
        why = "" if allowed else self.tr("Only somebody who looks after the data may do this.")
        self.make.allow(allowed and not running and row is not None, why)
        self.other.setEnabled(not running)
        self.accept_button.setEnabled(not running and row is not None and row.copy is not None)
        for part in (self._bar, self._left, self._stop):
            part.setVisible(running)
        if not running:
            self._left.clear()

    def _pick(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Choose the copy of a year"), str(self._session.desk.folder), "*.sqlite3"
        )
        if name:
            self.open_file(Path(name))

    def _copied(self, row: YearView) -> str:
        if row.copy is None:
            return self.tr("none yet")
        return self.tr("made on {day}").format(day=shown.moment(row.copy.made_at, self._zone))

    def _retranslate(self) -> None:
        self.say(
            self.tr("Old years"),
            self.tr(
                "A copy holds a closed year in one file, customers masked, without photos: to search, and for the "
                "accountant. The books keep everything."
            ),
            self.tr("Open read-only"),
        )
        self.make.setText(self.tr("Copy this year"))
        self.other.setText(self.tr("Open a file…"))
        self._stop.setText(self.tr("Stop"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self.table.setAccessibleName(self.tr("Closed years"))


def _size(row: YearView) -> str:
    return f"{row.size / 2**20:.1f} MB" if row.size else "–"

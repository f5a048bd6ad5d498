"""What the window does for the data while nobody waits: tidy the database, back it up every hour, watch over both."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.db import idle as tending
from counter_app.domain.errors import CounterError
from counter_app.services import backups, retention
from counter_app.services.desk import Desk
from counter_app.ui.idle import Idle
from counter_app.ui.jobs import ChildJob, Waiting, verb_command
from counter_app.ui.session import Session

_QUIET_S = 15
_HOUR_MS = 3_600_000
_WATCH_MS = 60_000
_FIRST_MS = 30_000
"""After the window stands: a shop that closes within the hour has its backup too."""


class Upkeep(QObject):
    """Runs as long as the main window.

    Attributes:
        backup_trouble: what is wrong with the backups now, None when all is well.

    Signals:
        trouble(object): a CounterError that somebody must know of, e.g. the backup disk is gone.
        watched(object): `backup_trouble` changed.
    """

    trouble = Signal(object)
    watched = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: ChildJob | None = None
        self._waiting: Waiting | None = None
        self._failed: CounterError | None = None
        self._forgotten_on: date | None = None
        self.backup_trouble: CounterError | None = None
        self.quiet = Idle(_QUIET_S, self)
        self.quiet.idle.connect(self.tidy)
        self._hour = self._every(_HOUR_MS, self.back_up)
        self._minute = self._every(_WATCH_MS, self.watch)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_FIRST_MS)
        self._first.timeout.connect(self.back_up_when_due)
        self._first.start()
        session.changed.connect(self._settings_changed)
        self.begin()

    def begin(self) -> None:
        """The first look; what is noted beside the data follows the database."""
        try:
            backups.remember(self._session.desk)
        except CounterError as error:
            self.trouble.emit(error)
        self.watch()

    def tidy(self) -> None:
        """One small piece of tidying; the next after the next quiet moment."""
        desk = self._session.desk
        try:
            tending.tend(desk.db)
            self._forget(desk)
        except CounterError as error:
            self.trouble.emit(error)
        self.quiet.wait_for(_QUIET_S)

    def _forget(self, desk: Desk) -> None:
        """Personal data whose time is over, a little in each quiet moment; once nothing is left, the next day again."""
        today = desk.today()
        if self._forgotten_on == today:
            return
        if self._session.act(retention.tend) == 0:
            self._forgotten_on = today

    def back_up_when_due(self) -> None:
        """A backup unless there is one of this hour."""
        newest = backups.newest_at(self._session.desk)
        if newest is None or self._session.desk.clock.now() - newest > timedelta(hours=1):
            self.back_up()

    def back_up(self) -> None:
        """A backup in a child process, into the chosen folder; one at a time."""
        if self._job is not None:
            return
        self._failed = None
        job = ChildJob(verb_command(self._session.desk.folder, "backup", "--auto"), self)
        job.failed.connect(self._could_not)
        job.ended.connect(self._ended)
        self._job = job
        job.start()

    def watch(self) -> None:
        """Look whether backups are as they should be, away from the window's thread."""
        if self._waiting is not None:
            return
        try:
            call = backups.watch(self._session.desk, self._failed)
        except CounterError as error:
            self.trouble.emit(error)
            return
        self._waiting = Waiting(call, self)
        self._waiting.done.connect(self._watched)
        self._waiting.ended.connect(self._waited)
        self._waiting.start()

    def stop(self) -> None:
        """The window closes: no more work, nothing is told any more, and what runs is ended."""
        self.blockSignals(True)
        for timer in (self._hour, self._minute, self._first):
            timer.stop()
        self.quiet.wait_for(0)
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _every(self, interval_ms: int, act) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(act)
        timer.start()
        return timer

    def _could_not(self, error: CounterError) -> None:
        self._failed = error
        self.trouble.emit(error)

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.watch()

    def _settings_changed(self, changed: frozenset[str]) -> None:
        if "policy" in changed and not self._session.desk.db.is_closed():
            self.watch()

    def _watched(self, error: CounterError | None) -> None:
        before, self.backup_trouble = self.backup_trouble, error
        if (before and before.code) != (error and error.code):
            self.watched.emit(error)

    def _waited(self) -> None:
        if self._waiting is not None:
            self._waiting.deleteLater()
            self._waiting = None

"""What the window does for the data while nobody waits: tidy the database, back it up every hour."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.db import idle as tending
from counter_app.domain.errors import CounterError
from counter_app.services import settings
from counter_app.ui.idle import Idle
from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.session import Session

_QUIET_S = 15
_HOUR_MS = 3_600_000


class Upkeep(QObject):
    """Runs as long as the main window.

    Signals:
        trouble(object): a CounterError that somebody must know of, e.g. the backup disk is gone.
    """

    trouble = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: ChildJob | None = None
        self.quiet = Idle(_QUIET_S, self)
        self.quiet.idle.connect(self.tidy)
        self._hour = QTimer(self)
        self._hour.setInterval(_HOUR_MS)
        self._hour.timeout.connect(self.back_up)
        self._hour.start()

    def tidy(self) -> None:
        """One small piece of tidying; the next after the next quiet moment."""
        try:
            tending.tend(self._session.desk.db)
        except CounterError as error:
            self.trouble.emit(error)
        self.quiet.wait_for(_QUIET_S)

    def back_up(self) -> None:
        """A backup in a child process; one at a time."""
        if self._job is not None:
            return
        arguments = ["--auto"]
        if folder := settings.setting(self._session.desk, "backup.folder"):
            arguments += ["--to", folder]
        job = ChildJob(verb_command(self._session.desk.folder, "backup", *arguments), self)
        job.failed.connect(self.trouble)
        job.ended.connect(self._ended)
        self._job = job
        job.start()

    def stop(self) -> None:
        """The window closes: no more work, and what runs is ended."""
        self._hour.stop()
        self.quiet.wait_for(0)
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

"""On the first of the month, or when the program is next open: last month's archive, by a child process."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.errors import CounterError
from counter_app.services import month_due
from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.session import Session

_FIRST_MS = 45_000
_HOUR_MS = 3_600_000


class Monthly(QObject):
    """Looks now and then whether a month is to be written, and lets the verb do it.

    Signals:
        written(str): names of the files, for the message bar.
        trouble(object): a CounterError: the folder is gone, the disk full. Tried again an hour later.
    """

    written = Signal(str)
    trouble = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: ChildJob | None = None
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_FIRST_MS)
        self._first.timeout.connect(self.look)
        self._first.start()
        self._hour = QTimer(self)
        self._hour.setInterval(_HOUR_MS)
        self._hour.timeout.connect(self.look)
        self._hour.start()

    def look(self) -> None:
        """Write what is due; one child at a time."""
        desk = self._session.desk
        if self._job is not None or desk.db.is_closed():
            return
        try:
            waiting = month_due.due(desk)
        except CounterError as error:
            self.trouble.emit(error)
            return
        if not waiting:
            return
        job = ChildJob(verb_command(desk.folder, "export", "--due"), self)
        job.finished.connect(self._finished)
        job.failed.connect(self.trouble)
        job.ended.connect(self._ended)
        self._job = job
        job.start()

    def is_running(self) -> bool:
        """Whether an archive is being written."""
        return self._job is not None

    def stop(self) -> None:
        """The window closes: what runs is ended; nothing half-written stays."""
        self.blockSignals(True)
        self._first.stop()
        self._hour.stop()
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _finished(self, result: dict[str, object]) -> None:
        files = result.get("files")
        if isinstance(files, list) and files:
            self.written.emit("、".join(Path(str(file)).name for file in files))

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

"""The window's side of the print queue: takes up what was posted, and lets a child process print it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.errors import CounterError
from counter_app.services import print_queue
from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.session import Session

_SOON_MS = 150
"""After the frame that shows what was done, and once for several changes."""
_LOOK_MS = 5_000
"""Jobs that wait for their next try, or for the system to finish."""
_LINGER_S = 20


class PrintDesk(QObject):
    """Looks at the queue when something changed and every few seconds; at most one child at a time.

    Attributes:
        asking: how many jobs somebody has to look at.

    Signals:
        told(int): `asking` changed.
        trouble(object): a CounterError: the child could not be started.
    """

    told = Signal(int)
    trouble = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: ChildJob | None = None
        self._failed = False
        self.asking = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.look)
        self._often = QTimer(self)
        self._often.setInterval(_LOOK_MS)
        self._often.timeout.connect(self.look)
        self._often.start()
        session.changed.connect(self._changed)
        self._soon.start()

    def look(self) -> None:
        """Take up what was posted; start a child when something is to be printed."""
        desk = self._session.desk
        if desk.db.is_closed():
            return
        try:
            self._session.act(print_queue.take_posted)
            pending, asking = print_queue.is_pending(desk), print_queue.asking(desk)
        except CounterError as error:
            self.trouble.emit(error)
            return
        if asking != self.asking:
            self.asking = asking
            self.told.emit(asking)
        if pending and self._job is None:
            self._start()

    def is_running(self) -> bool:
        """Whether a child prints."""
        return self._job is not None

    def stop(self) -> None:
        """The window closes. What the child has in hand is taken up at the next start."""
        self.blockSignals(True)
        self._soon.stop()
        self._often.stop()
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _start(self) -> None:
        command = verb_command(self._session.desk.folder, "print", "--linger", str(_LINGER_S))
        job = ChildJob(command, self)
        job.failed.connect(self._could_not)
        job.finished.connect(self._went_well)
        job.ended.connect(self._ended)
        self._job = job
        job.start()

    def _changed(self, _changed: object) -> None:
        self._soon.start()

    def _could_not(self, error: CounterError) -> None:
        # Said once, not every few seconds.
        if not self._failed:
            self._failed = True
            self.trouble.emit(error)

    def _went_well(self, _result: object) -> None:
        self._failed = False

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self._soon.start()

"""Every minute: has the register left a file? A child process takes it in; the window only looks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.errors import CounterError
from counter_app.services import watched_imports
from counter_app.services.watched_imports import Mark
from counter_app.ui.jobs import ChildJob, Pool, Waiting, verb_command
from counter_app.ui.session import Session

_FIRST_MS = 20_000
_MINUTE_MS = 60_000


class Watching(QObject):
    """Looks into the watched folder; what stands there unchanged since the last look is taken in.

    Signals:
        taken(int, bool): so many files came in; whether something of them has to be looked at.
        trouble(object): a CounterError: the folder is gone, the disk is full. Told once until it changes.
    """

    taken = Signal(int, bool)
    trouble = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None, pool: Pool | None = None) -> None:
        super().__init__(parent)
        self._session, self._pool = session, pool
        self._before: dict[str, Mark] = {}
        self._told = ""
        self._job: ChildJob | None = None
        self._listing: Waiting | None = None
        self._timers = [QTimer(self), QTimer(self)]
        for timer, wait in zip(self._timers, (_FIRST_MS, _MINUTE_MS), strict=True):
            timer.setInterval(wait)
            timer.timeout.connect(self.look)
            timer.start()
        self._timers[0].setSingleShot(True)

    def look(self) -> None:
        """List the folder away from the window: a dead network drive holds only a thread up."""
        desk = self._session.desk
        if self._job is not None or self._listing is not None or desk.db.is_closed():
            return
        folder = watched_imports.folder_of(desk)
        if folder is None:
            return
        listing = Waiting(partial(watched_imports.listing, folder), self)
        listing.done.connect(self._listed)
        listing.failed.connect(self._failed)
        listing.ended.connect(self._list_ended)
        self._listing = listing
        listing.start(self._pool)

    def is_running(self) -> bool:
        """Whether a file is being taken in."""
        return self._job is not None

    def stop(self) -> None:
        """The window closes: what came in stays, the file in hand is gone on with next time."""
        self.blockSignals(True)
        for timer in self._timers:
            timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _listed(self, there: object) -> None:
        desk = self._session.desk
        if not isinstance(there, dict) or desk.db.is_closed():
            return
        self._told = ""
        waiting = watched_imports.unseen(desk, there)
        still = any(self._before.get(name) == mark for name, mark in waiting.items())
        self._before = waiting
        if still and self._job is None:
            job = ChildJob(verb_command(desk.folder, "watch"), self)
            job.finished.connect(self._finished)
            job.failed.connect(self._failed)
            job.ended.connect(self._ended)
            self._job = job
            job.start()

    def _finished(self, result: dict[str, object]) -> None:
        taken = result.get("taken")
        if isinstance(taken, list) and taken:
            self._session.changed.emit(frozenset({"sale", "stock", "task"}))
            wrong = any(one.get("refused") or one.get("fault_books") for one in taken)
            self.taken.emit(sum(not one.get("refused") for one in taken), wrong)

    def _failed(self, error: CounterError | OSError) -> None:
        if isinstance(error, CounterError) and str(error) != self._told:
            self._told = str(error)
            self.trouble.emit(error)

    def _list_ended(self) -> None:
        if self._listing is not None:
            self._listing.deleteLater()
            self._listing = None

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

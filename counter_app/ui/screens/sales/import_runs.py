"""What the import page has running: one look into files, which a newer one ends, or one import, never both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from counter_app.ui.screens.sales.import_job import ImportJob
from counter_app.ui.session import Session


class ImportRuns(QObject):
    """Starts child processes and says what becomes of them.

    Signals:
        changed(): something began or ended.
        progress(int, int): rows done and all rows of what runs.
        looked(dict), look_failed(CounterError), look_stopped(): the end of a look nobody replaced.
        finished(dict), failed(CounterError), cancelled(): the end of an import.
    """

    changed = Signal()
    progress = Signal(int, int)
    looked = Signal(object)
    look_failed = Signal(object)
    look_stopped = Signal()
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: ImportJob | None = None
        self._look: ImportJob | None = None

    def is_looking(self) -> bool:
        """Whether a look into files is under way."""
        return self._look is not None

    def is_running(self) -> bool:
        """Whether an import is under way."""
        return self._job is not None

    def is_busy(self) -> bool:
        """Whether either is."""
        return self.is_looking() or self.is_running()

    def seconds_left(self) -> float | None:
        """How long what runs will take, None while nobody knows."""
        running = self._job or self._look
        return None if running is None else running.seconds_left()

    def look(
        self, files: Sequence[Path], kind: str | None, mapping: Mapping[str, str] | None, sheet: str
    ) -> None:
        """Say what an import of these files would do; an older look is not wanted any more."""
        self._leave_look()
        look = ImportJob(self._session.desk, files, kind, mapping, self, look=True, sheet=sheet)
        look.progress.connect(self.progress)
        look.finished.connect(self._look_told)
        look.failed.connect(self._look_failed)
        look.cancelled.connect(self._look_cancelled)
        look.ended.connect(look.deleteLater)
        self._look = look
        self.changed.emit()
        look.start()

    def take_in(
        self,
        files: Sequence[Path],
        source: str | None,
        mapping: Mapping[str, str] | None,
        sheet: str,
        contents: Sequence[str],
    ) -> None:
        """Import these files, unless one is not what a look found it to be (`contents`)."""
        desk = self._session.desk
        job = ImportJob(desk, files, source, mapping, self, look=False, sheet=sheet, contents=contents)
        job.progress.connect(self.progress)
        job.finished.connect(self.finished)
        job.failed.connect(self.failed)
        job.cancelled.connect(self.cancelled)
        job.ended.connect(self._ended)
        self._job = job
        self.changed.emit()
        job.start()

    def stop(self) -> None:
        """Ask what runs to stop."""
        running = self._job or self._look
        if running is not None:
            running.cancel()

    def end(self) -> None:
        """Stop every child, wanted or not, tell nobody any more, and wait until they are gone."""
        self._leave_look()
        if self._job is not None:
            for signal in (self._job.progress, self._job.finished, self._job.failed, self._job.cancelled):
                signal.disconnect()
        children = self.findChildren(ImportJob)
        for job in children:
            job.cancel()
        for job in children:
            job.wait()

    def _leave_look(self) -> None:
        """What an older look still says is not wanted any more."""
        look, self._look = self._look, None
        if look is not None:
            for signal in (look.progress, look.finished, look.failed, look.cancelled):
                signal.disconnect()
            look.cancel()

    def _look_told(self, told: dict[str, object]) -> None:
        self._look_ended()
        self.looked.emit(told)

    def _look_failed(self, error: object) -> None:
        self._look_ended()
        self.look_failed.emit(error)

    def _look_cancelled(self) -> None:
        self._look_ended()
        self.look_stopped.emit()

    def _look_ended(self) -> None:
        self._look = None
        self.changed.emit()

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.changed.emit()

"""Long work away from the window: heavy work in a child process, short waiting in a thread.

Python threads share one lock, so an export in a thread slows the window's frames from 6 to 28 ms; a child
process does not at all. The child is the program's own headless verb, called with `--progress`: it prints
`{"done": 3, "total": 10}` a line, perhaps one more JSON object as its result, and when it fails one sentence
on standard error, already in the user's language.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import (
    QObject,
    QProcess,
    QProcessEnvironment,
    QRunnable,
    QThreadPool,
    QTimer,
    Signal,
    Slot,
)

from counter_app.domain.errors import CounterError, SurroundingsError, UserError
from counter_app.ui import format as shown

#: At most one progress signal in this time, about 20 a second.
_BREATH_S = 0.05
_PATIENCE_MS = 3000
#: Kept of what a failing child said, characters.
_MOST_SAID = 4000
#: Exit code of a verb that has said what was wrong.
_SAID = 2


def verb_command(folder: Path, verb: str, *arguments: str) -> list[str]:
    """The command line that runs one headless verb of this very program on the data in `folder`.

    `verb_command(desk.folder, "export", "--month", "2026-11", "--out", file)`.
    """
    here = Path(sys.executable)
    if getattr(sys, "frozen", False):
        # The frozen window has no console and with it no standard output; its sister program has.
        program = [str(here.with_name("counter-cli" + here.suffix))]
    else:
        program = [str(here), str(Path(__file__).resolve().parent.parent.parent / "main.py")]
    language = "zh" if shown.is_chinese() else "en"
    return [*program, verb, "--data", str(folder), "--language", language, *arguments, "--progress"]


class ChildJob(QObject):
    """One headless verb running as a child process.

    Signals:
        progress(int, int): done, total (total 0: unknown), about 20 times a second at most.
        finished(object): the verb's result, a dict.
        failed(object): a CounterError to show.
        cancelled(): stopped on request; nothing half-written remains, files are swapped in only when whole.
        ended(): after any of the three.
    """

    progress = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        environment.insert("PYTHONUNBUFFERED", "1")
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._could_not)
        self._rest = b""
        self._told_at = 0.0
        self._started_at = 0.0
        self._last: tuple[int, int] = (0, 0)
        self._result: dict[str, object] | None = None
        self._stopping = False
        self._over = False
        self._impatience = QTimer(self)
        self._impatience.setSingleShot(True)
        self._impatience.setInterval(_PATIENCE_MS)
        self._impatience.timeout.connect(self._process.kill)

    def start(self) -> None:
        """Begin; the signals come later."""
        self._started_at = time.monotonic()
        self._process.start(self._command[0], self._command[1:])

    def cancel(self) -> None:
        """Ask the child to stop, and end it when it does not within three seconds."""
        if self._over or self._stopping:
            return
        self._stopping = True
        self._process.terminate()
        self._impatience.start()

    def is_running(self) -> bool:
        """Whether the child has not ended yet."""
        return not self._over and self._process.state() != QProcess.ProcessState.NotRunning

    def said(self) -> dict[str, object]:
        """The last object the verb wrote that is no progress, also when it failed; empty when there was none."""
        return self._result or {}

    def seconds_left(self) -> float | None:
        """Estimated from what is done, None while nothing can be said."""
        done, total = self._last
        if not done or not total or done > total:
            return None
        return (time.monotonic() - self._started_at) * (total - done) / done

    def wait(self, patience_ms: int = _PATIENCE_MS) -> bool:
        """Wait for the end when the window closes; true when the child is gone."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return True
        if self._process.waitForFinished(patience_ms):
            return True
        self._process.kill()
        return self._process.waitForFinished(patience_ms)

    @Slot()
    def _read(self) -> None:
        self._rest += bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            self._line(line)

    def _line(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            return  # a library's own words; only JSON objects are ours
        if not isinstance(said, dict):
            return
        if set(said) == {"done", "total"}:
            self._last = (int(said["done"]), int(said["total"] or 0))
            now = time.monotonic()
            if now - self._told_at >= _BREATH_S or self._last[0] == self._last[1]:
                self._told_at = now
                self.progress.emit(*self._last)
            return
        self._result = said

    @Slot(int)
    def _finished(self, code: int) -> None:
        self._read()
        if self._rest:
            self._line(self._rest)
        self._impatience.stop()
        if self._over:
            return
        self._over = True
        if self._stopping and code != 0:
            self.cancelled.emit()
        elif code == 0:
            self.finished.emit(self._result or {})
        else:
            self.failed.emit(self._told(code))
        self.ended.emit()

    def _told(self, code: int) -> CounterError:
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        if code == _SAID and said:
            return UserError("ui.job.told", sentence=said.splitlines()[-1])
        last = said[-_MOST_SAID:].splitlines()[-1] if said else str(code)
        return SurroundingsError("ui.job.failed", detail=last)

    @Slot(QProcess.ProcessError)
    def _could_not(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and not self._over:
            self._over = True
            self.failed.emit(SurroundingsError("ui.job.not_started", program=self._command[0]))
            self.ended.emit()


class Pool(Protocol):
    """Where short waiting runs."""

    def start(self, work: QRunnable) -> None:
        """Run it, now or soon."""


class SynchronousPool:
    """Runs at once, for tests: no thread, no waiting."""

    def start(self, work: QRunnable) -> None:
        """Run it now."""
        work.run()


class Waiting(QObject):
    """One short call in a thread (opening a printer, reading a picture); its answer comes back as a signal.

    Create it on the main thread and keep it until `ended`: the signals' owner must live there, or slots
    would run on the worker.

    Signals:
        done(object): what the call returned.
        failed(object): the CounterError or OSError it raised.
        ended(): after either.
    """

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, call: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call = call

    def start(self, pool: Pool | None = None) -> None:
        """Begin, in Qt's own pool unless another is given."""
        work = _Call(self._call, self)
        if pool is None:
            QThreadPool.globalInstance().start(work)
        else:
            pool.start(work)


class _Call(QRunnable):
    def __init__(self, call: Callable[[], object], owner: Waiting) -> None:
        super().__init__()
        self._call, self._owner = call, owner

    def run(self) -> None:
        try:
            value = self._call()
        except (CounterError, OSError) as error:
            self._owner.failed.emit(error)
        else:
            self._owner.done.emit(value)
        self._owner.ended.emit()

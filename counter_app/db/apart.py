"""Work that SQLite does by itself, in a thread with a connection of its own, while Python does other work.

SQLite holds nobody up while it reads; two processors then do what one would do after the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from peewee import SqliteDatabase

from counter_app.db import connection
from counter_app.domain.errors import CounterError

T = TypeVar("T")
WAIT_S = 0.2
"""How often somebody who waits for it looks up."""


class Apart(Generic[T]):
    """Acts on a file that is only read, one after the other, beside the thread that starts them."""

    def __init__(self, file: Path, acts: Sequence[Callable[[SqliteDatabase], T]]) -> None:
        self._file, self._acts = file, acts
        self._stopped = False
        self._raw: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(1, "apart")
        self._told: Future[list[T] | None] = self._thread.submit(self._run)

    def _run(self) -> list[T] | None:
        try:
            reader = connection.another_reader(self._file)
        except CounterError:
            return None
        try:
            self._raw = reader.connection()
            found = []
            for act in self._acts:
                if self._stopped:
                    break
                found.append(act(reader))
            return found
        finally:
            reader.close()

    def finish(self, meanwhile: Callable[[], None]) -> list[T] | None:
        """Wait for the results, in order; None when the file could not be opened once more, so that somebody else has
        to do the work. `meanwhile` is called now and then and may raise. Raises what an act raised."""
        while not wait((self._told,), WAIT_S).done:
            meanwhile()
        return self._told.result()

    def stop(self) -> None:
        """Leave it at once, done or not."""
        self._stopped = True
        while not self._told.done():
            if self._raw is not None:
                with suppress(sqlite3.ProgrammingError):  # closed this moment
                    self._raw.interrupt()
            wait((self._told,), WAIT_S)
        self._thread.shutdown()

"""Long questions that can be stopped while the database still looks for their first row."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import peewee
from peewee import SqliteDatabase

_STEPS = 200_000
"""Steps of SQLite between two looks: a few hundredths of a second."""
Progress = Callable[[int, int], None]


@contextmanager
def stoppable(db: SqliteDatabase, progress: Progress | None) -> Iterator[Progress | None]:
    """Gives the progress to be told inside the block. What was told last, (0, 0) at first, is told again while the
    database works on a question; what `progress` raises to cancel comes out of the block, whatever the database made
    of being stopped.
    """
    if progress is None:
        yield None
        return
    asked: list[BaseException] = []
    last = (0, 0)

    def tell(done: int, total: int) -> None:
        nonlocal last
        last = done, total
        progress(done, total)

    def look() -> int:
        try:
            progress(*last)
        except BaseException as error:  # noqa: BLE001  handed on below: SQLite cannot carry it through
            asked.append(error)
        return len(asked)

    connection = db.connection()
    connection.set_progress_handler(look, _STEPS)
    try:
        yield tell
    except (peewee.DatabaseError, sqlite3.DatabaseError) as error:
        if asked:
            raise asked[0] from error
        raise
    finally:
        connection.set_progress_handler(None, 0)

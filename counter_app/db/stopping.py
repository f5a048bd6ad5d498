"""Long questions: stopped while the database still looks for their first row, and without keeping what they read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import peewee
from peewee import SqliteDatabase

_STEPS = 200_000
"""Steps of SQLite between two looks: a few hundredths of a second."""
LEAN_CACHE_KIB = 8 * 1024
"""Pages kept of a database that is read from one end to the other: none of them is needed twice."""
Progress = Callable[[int, int], None]


@contextmanager
def lean(db: SqliteDatabase) -> Iterator[None]:
    """Inside the block the connection keeps few pages, so that memory does not grow with what is read."""
    ((before,),) = db.execute_sql("PRAGMA cache_size").fetchall()
    db.execute_sql(f"PRAGMA cache_size = {-LEAN_CACHE_KIB}")
    try:
        yield
    finally:
        db.execute_sql(f"PRAGMA cache_size = {int(before)}")


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

"""What the database does while nobody waits: bring the log home, tidy the search index."""

from __future__ import annotations

from peewee import SqliteDatabase

from counter_app.db import connection, search
from counter_app.domain.errors import SurroundingsError

MERGED_PAGES = 64
"""A small piece each time, so that a posting that begins meanwhile waits a few milliseconds at most."""


def tend(db: SqliteDatabase) -> bool:
    """One small piece of tidying, off the window's thread or when nothing was touched for some seconds.

    Returns whether it could be done; another window that writes just now goes first.
    """
    try:
        with db.atomic("IMMEDIATE"):
            search.merge(db, MERGED_PAGES)
        connection.checkpoint(db)
    except SurroundingsError as error:
        if error.code != "db.in_use":
            raise
        return False
    return True

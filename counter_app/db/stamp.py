"""What was read is true for as long as nobody wrote: a stamp of the database, and what was made under one.

SQLite tells both halves of it without looking at a row: `PRAGMA data_version` changes when another connection, of
this program or any other, committed; `rows_written` of the connection grows with every row it wrote itself. Neither
falls back when a transaction is rolled back, although the rows do: roll-backs are counted beside them, so that what
was read from rows that were taken back is never shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import local
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from peewee import SqliteDatabase

T = TypeVar("T")
MOST = 24
"""Things kept for one connection: the visits in hand, not the shop."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of the file as one connection sees it. Two equal stamps: not one row differs."""

    connection: Any
    others: int
    own: int
    rolled_back: int


class _Kept(local):
    """What one thread keeps: connections are a thread's own, and so is what was read through them."""

    def __init__(self) -> None:
        self.things: dict[Hashable, tuple[Stamp, Any]] = {}


_kept: WeakKeyDictionary[SqliteDatabase, _Kept] = WeakKeyDictionary()


def stamp_of(db: SqliteDatabase) -> Stamp | None:
    """The stamp of now; None where roll-backs are not counted, so that nothing can be kept.

    Inside a transaction it belongs to what the transaction sees, and holds after its commit too: the rows of the
    seal that a commit adds (`seals.py`) are nobody's figures and do not count.
    """
    rolled_back = getattr(db, "rolled_back", None)
    if rolled_back is None:
        return None
    connection = db.connection()
    seen = connection.execute("PRAGMA data_version").fetchone()[0]
    return Stamp(connection, seen, connection.rows_written, rolled_back)


def kept(db: SqliteDatabase, key: Hashable, make: Callable[[], T]) -> T:
    """What was made under `key` at the present stamp, else made now.

    The stamp is taken before `make` reads its first row: a change that comes in between is one that the next
    look-up sees.
    """
    now = stamp_of(db)
    if now is None:
        return make()
    things = _things(db)
    found = things.get(key)
    if found is not None and found[0] == now:
        return found[1]  # type: ignore[no-any-return]
    made = make()
    keep(db, key, now, made)
    return made


def keep(db: SqliteDatabase, key: Hashable, stamp: Stamp | None, made: object) -> None:
    """Keep something under the stamp at which it was true."""
    if stamp is None:
        return
    things = _things(db)
    things.pop(key, None)
    while len(things) >= MOST:
        del things[next(iter(things))]
    things[key] = (stamp, made)


def known(db: SqliteDatabase, key: Hashable) -> Any | None:
    """What is kept under `key` and still true, else None."""
    found = _things(db).get(key)
    return found[1] if found is not None and found[0] == stamp_of(db) else None


def forget(db: SqliteDatabase) -> None:
    """Keep nothing any more, in this thread: what follows reads every row again."""
    _things(db).clear()


def _things(db: SqliteDatabase) -> dict[Hashable, tuple[Stamp, Any]]:
    return _kept.setdefault(db, _Kept()).things

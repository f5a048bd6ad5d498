"""Opening the shop's database: settings, migrations, guards, and a plain refusal when it cannot be used."""

from __future__ import annotations

import itertools
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee
from peewee import ModelUpdate, SqliteDatabase

from counter_app import data_folder
from counter_app.db import figures, guards, kept_sums, migrating, statements
from counter_app.db.models import MODELS
from counter_app.db.models.base import RowSelect
from counter_app.domain.errors import CounterError, SurroundingsError, UserError
from counter_app.domain.system_reasons import system_reason

if TYPE_CHECKING:
    from counter_app.db.seals import Sealing

FILE_NAME = "counter.sqlite3"
FOLDERS = ("attachments", "backups", "exports", "inbox", "logs")
APPLICATION_ID = 0x434E5452
"""Marks the file as ours: "CNTR" in the SQLite header."""

CACHE_KIB = 64 * 1024
WAL_LIMIT_BYTES = 64 * 1024 * 1024
NOTE_EVERY = 50
"""So many transactions at least lie between two notes of the heads that idle time makes."""
CHECK_AT_START_BYTES = 64 * 1024 * 1024
"""Up to this size every page is looked at when opening; larger files are checked with each backup."""

STATEMENTS_KEPT = 512
"""Compiled statements a connection keeps: a posting uses more than the 128 that Python keeps by itself."""
WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "REPLAC"})

READ_ONLY_PRAGMAS: dict[str, int | str] = {
    "foreign_keys": 1,
    "cache_size": -CACHE_KIB,
    "temp_store": "MEMORY",
    "query_only": 1,
}
PRAGMAS: dict[str, int | str] = {
    "synchronous": "FULL",
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "cache_size": -CACHE_KIB,
    "temp_store": "MEMORY",
    "wal_autocheckpoint": 0,
}

SURROUNDINGS: tuple[tuple[str, str], ...] = (
    ("file is not a database", "db.not_a_database"),
    ("file is encrypted", "db.not_a_database"),
    ("disk image is malformed", "db.damaged"),
    ("malformed database schema", "db.damaged"),
    ("database is locked", "db.in_use"),
    ("database table is locked", "db.in_use"),
    ("readonly database", "db.read_only"),
    ("unable to open", "db.cannot_open"),
    ("disk is full", "db.disk_full"),
    ("disk I/O error", "db.disk_error"),
)


def translate(error: Exception, path: str) -> CounterError | None:
    """The sentence-bearing error for what SQLite said, or None when it is our own bug."""
    said = str(error)
    if said in guards.CODES:
        return UserError(said) if guards.CODES[said] else CounterError(said)
    for words, code in SURROUNDINGS:
        if words in said:
            return SurroundingsError(code, path=path)
    return None


def _of_peewee(error: sqlite3.Error) -> Exception:
    """The error as peewee names it: what its own queries raise and expect."""
    named: type[Exception] = getattr(peewee, type(error).__name__, peewee.DatabaseError)
    return named(*error.args)


_ROLL_BACKS = itertools.count(1)


class SealedConnection(sqlite3.Connection):
    """A connection that may seal what it writes."""

    sealing: Sealing | None = None

    @property
    def rows_written(self) -> int:
        """As `total_changes`, without what sealing itself wrote: grows with every row the program wrote."""
        return self.total_changes - (self.sealing.own_changes if self.sealing is not None else 0)


class ShopDatabase(SqliteDatabase):
    """SQLite that answers with our errors, a guard's code or what the surroundings did, and seals what it writes."""

    file: Path | None = None
    year: int = 0
    """The year this is the copy of, which can only be looked at; 0 for the books."""
    rolled_back: int = 0
    """Another number whenever something that was written was taken back (`stamp.py`)."""
    _seals = False

    def __init__(self, database: str, **options: Any) -> None:
        super().__init__(database, factory=SealedConnection, cached_statements=STATEMENTS_KEPT, **options)

    def start_sealing(self) -> None:
        """From now on every transaction of this database is sealed (`db/seals.py`), in every thread. Each connection
        takes what it needs for it with its first transaction: the window opens without."""
        self._seals = True

    def close(self) -> bool:
        """As peewee's; how far the chains are is noted beside the file first."""
        if not self.is_closed():
            self.note_heads()
        closed: bool = super().close()
        return closed

    def note_heads(self, *, every: int = 1) -> None:
        """Note how far the chains are beside the file (`heads.py`), and here how that file then was. A disk that is
        full or locked does no harm: the next note comes soon."""
        if not self._seals or self.file is None:
            return
        from counter_app.db import heads  # as the seals: not for the first picture

        witness = heads.note(self.connection(), self.file.parent, every=every)
        if not witness:
            return
        with suppress(CounterError, peewee.DatabaseError), self.atomic("IMMEDIATE"):
            self.execute_sql(
                "INSERT INTO setting (key, value, at) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at",
                (heads.WITNESS, witness, int(time.time() * 1000)),
            )

    def _told(self, error: Exception) -> CounterError | None:
        told = translate(error, str(self.file or self.database))
        if self.year and told is not None and told.code == "db.read_only":
            return UserError("year.read_only", year=self.year)
        return told

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """As peewee's, straight to the connection: its log of statements and its hooks are not used here, and the
        way through them is a third of what a short statement costs."""
        connection = self.connection()
        if sql.startswith("ROLLBACK"):
            self.rolled_back = next(_ROLL_BACKS)
        elif self._seals and sql[:6] in WRITES and not connection.in_transaction:
            with self.atomic("IMMEDIATE"):  # a statement on its own is a transaction too, and is sealed
                return self.execute_sql(sql, params)
        try:
            return connection.execute(sql, params or ())
        except sqlite3.Error as error:
            if sql.startswith("ROLLBACK TO") and not connection.in_transaction:
                return None  # the whole transaction is gone already, see rollback
            raise self._told(error) or _of_peewee(error) from error

    def execute(self, query: Any, **options: Any) -> Any:
        """As peewee's; a query or a change of rows finds the SQL of its shape again (`statements.py`)."""
        if options or not isinstance(query, (RowSelect, ModelUpdate)):
            return SqliteDatabase.execute(self, query, **options)
        sql, values = statements.compiled(query, lambda: self.get_sql_context().sql(query).query())
        return self.execute_sql(sql, values)

    def begin(self, lock_type: str | None = None) -> None:
        connection = self.connection()
        if self._seals and connection.sealing is None:
            from counter_app.db.seals import Sealing

            connection.sealing = Sealing(connection)
        try:
            super().begin(lock_type)
        except peewee.DatabaseError as error:
            told = self._told(error)
            if told is None:
                raise
            raise told from error

    def commit(self) -> Any:
        try:
            sealing = self.connection().sealing
            if sealing is not None:
                sealing.seal()
            return super().commit()
        except (peewee.DatabaseError, sqlite3.DatabaseError) as error:
            told = self._told(error)
            if told is None:
                raise
            raise told from error

    def rollback(self) -> Any:
        """A full disk makes SQLite roll back by itself; a second rollback would hide why."""
        self.rolled_back = next(_ROLL_BACKS)
        if self.connection().in_transaction:
            super().rollback()


def open_database(
    folder: Path, *, create: bool = False, read_only: bool = False, wait_ms: int = 5000, look: bool = True
) -> SqliteDatabase:
    """Open `counter.sqlite3` in the data folder and bind the models to it.

    Pending migrations run first, after an online backup. With `create` the folder and the file are made
    when they are missing; with `read_only` nothing is ever written, guards and migrations included.
    `wait_ms` is how long a write waits for another window. Without `look` the pages are not looked at, unless
    there is something to migrate: whoever opens it so calls `look_at_pages` next.

    Raises SurroundingsError: db.missing, db.not_a_database, db.not_ours, db.damaged, db.newer, db.older
    (read-only only), db.read_only, db.in_use, db.cannot_open, db.disk_full, db.disk_error.
    """
    file = folder / FILE_NAME
    if not file.exists() and not create:
        raise SurroundingsError("db.missing", path=str(file))
    if create:
        _make_folders(folder)
    if file.exists() and file.stat().st_size == 0 and not create:
        raise SurroundingsError("db.not_a_database", path=str(file))
    db = _connect_read_only(file, wait_ms) if read_only else _connect(file, wait_ms)
    try:
        _examine(db, file, read_only=read_only, look=look)
        if not read_only:
            _prepare(db, folder)
            db.start_sealing()
    except BaseException:
        db.close()
        raise
    # Every table is in the list: following references from each of them to each other only costs time.
    db.bind(MODELS, bind_refs=False, bind_backrefs=False)
    return db


def open_old_year(file: Path, year: int) -> SqliteDatabase:
    """Open the copy of a year to be looked at, and bind the models to it. Whoever writes is told
    UserError("year.read_only"). Raises SurroundingsError as `open_database`, `db.older` after an update among them."""
    if not file.exists():
        raise SurroundingsError("db.missing", path=str(file))
    db = _connect_read_only(file, 5000)
    try:
        _examine(db, file, read_only=True, look=False)
    except BaseException:
        db.close()
        raise
    db.year = year
    db.bind(MODELS, bind_refs=False, bind_backrefs=False)
    return db


def another_reader(file: Path) -> ShopDatabase:
    """One more connection to a file that is open already, which only reads; the models stay with the first. Raises
    SurroundingsError as `open_database`."""
    return _connect_read_only(file, 5000)


def year_of(db: SqliteDatabase) -> int:
    """The year a database is the copy of; 0 for the books."""
    return int(getattr(db, "year", 0))


def look_at_pages(folder: Path) -> None:
    """Look at every page of a database up to `CHECK_AT_START_BYTES`, through a connection of its own, so that a
    thread can do it while the window is already used. Raises SurroundingsError("db.damaged") and as
    `open_database`."""
    file = folder / FILE_NAME
    if file.stat().st_size > CHECK_AT_START_BYTES:
        return
    db = _connect_read_only(file, 5000)
    try:
        check(db, file)
    finally:
        db.close()


def execute_many(db: SqliteDatabase, sql: str, rows: Iterable[Sequence[object]]) -> None:
    """One statement for many rows, inside the transaction of the caller. Raises as `execute_sql` does."""
    try:
        db.connection().executemany(sql, rows)
    except sqlite3.DatabaseError as error:
        told = translate(error, str(_file_of(db)))
        if told is None:
            raise
        raise told from error


def checkpoint(db: SqliteDatabase, *, force: bool = False) -> int:
    """Bring the write-ahead log home, without waiting for readers unless forced or past 64 MiB.

    Called when the window is idle and after long work. Returns the bytes of log that were there.
    """
    log = Path(f"{_file_of(db)}-wal")
    size = log.stat().st_size if log.exists() else 0
    mode = "TRUNCATE" if force or size > WAL_LIMIT_BYTES else "PASSIVE"
    db.execute_sql(f"PRAGMA wal_checkpoint({mode})").fetchone()
    if isinstance(db, ShopDatabase):
        db.note_heads(every=NOTE_EVERY)
    return size


def data_version(db: SqliteDatabase) -> int:
    """Changes when another window or program wrote to the file."""
    return int(db.execute_sql("PRAGMA data_version").fetchone()[0])


def _file_of(db: SqliteDatabase) -> Path:
    return Path(getattr(db, "file", None) or db.database)


def _make_folders(folder: Path) -> None:
    try:
        data_folder.make(folder, *FOLDERS)
    except OSError as error:
        raise SurroundingsError("db.folder", path=str(folder), why=system_reason(error)) from error


def _connect(file: Path, wait_ms: int) -> ShopDatabase:
    if file.exists() and not os.access(file, os.W_OK):
        raise SurroundingsError("db.read_only", path=str(file))
    if not os.access(file.parent, os.W_OK):
        raise SurroundingsError("db.read_only", path=str(file.parent))
    db = _opened(str(file), file, PRAGMAS, wait_ms)
    try:
        _write_ahead(db, wait_ms)
    except BaseException:
        db.close()
        raise
    return db


def _write_ahead(db: ShopDatabase, wait_ms: int) -> None:
    """Turn the write-ahead log on. SQLite does not wait for another window here, so we wait for its lock."""
    until = time.monotonic() + wait_ms / 1000
    while db.execute_sql("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            db.execute_sql("PRAGMA journal_mode = wal").fetchone()
        except SurroundingsError as error:
            if error.code != "db.in_use" or time.monotonic() > until:
                raise
            with db.atomic("IMMEDIATE"):
                pass


def _connect_read_only(file: Path, wait_ms: int) -> ShopDatabase:
    address = file.resolve().as_uri()
    try:
        return _opened(f"{address}?mode=ro", file, READ_ONLY_PRAGMAS, wait_ms)
    except SurroundingsError as error:
        # A read-only folder cannot hold the -shm file that WAL readers share; without a log beside it
        # nobody is writing, so the file may be read as it stands.
        if error.code not in {"db.cannot_open", "db.read_only"} or Path(f"{file}-wal").exists():
            raise
        return _opened(f"{address}?mode=ro&immutable=1", file, READ_ONLY_PRAGMAS, wait_ms)


def _opened(address: str, file: Path, pragmas: Mapping[str, int | str], wait_ms: int) -> ShopDatabase:
    db = ShopDatabase(address, pragmas=dict(pragmas), timeout=wait_ms / 1000, uri=address.startswith("file:"))
    db.file = file
    try:
        db.connect()
        db.execute_sql("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except (peewee.DatabaseError, sqlite3.DatabaseError) as error:
        db.close()
        told = translate(error, str(file))
        if told is None:
            raise
        raise told from error
    except CounterError:
        db.close()
        raise
    return db


def _examine(db: SqliteDatabase, file: Path, *, read_only: bool, look: bool) -> None:
    """Refuse a file that is not ours, not whole, or newer than the program."""
    tables = db.get_tables()
    ours = int(db.execute_sql("PRAGMA application_id").fetchone()[0])
    if tables and ours != APPLICATION_ID:
        raise SurroundingsError("db.not_ours", path=str(file))
    if read_only and not tables:
        raise SurroundingsError("db.not_a_database", path=str(file))
    unknown = migrating.unknown(db) if tables else []
    if unknown:
        raise SurroundingsError("db.newer", path=str(file), migration=unknown[-1])
    pending = bool(migrating.pending(db))
    if read_only and pending:
        raise SurroundingsError("db.older", path=str(file))
    if tables and (look or pending) and file.stat().st_size <= CHECK_AT_START_BYTES:
        check(db, file)


def check(db: SqliteDatabase, file: Path) -> None:
    """Look at every page. Raises SurroundingsError("db.damaged"). Seconds on a large file."""
    first = db.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
    if first != "ok":
        raise SurroundingsError("db.damaged", path=str(file), found=first)


def _prepare(db: SqliteDatabase, folder: Path) -> None:
    if migrating.pending(db):
        migrating.migrate(db, folder, APPLICATION_ID)
    elif not guards.in_place(db):
        with db.atomic("IMMEDIATE"):
            away = set(guards.missing(db))
            guards.install(db)
            # Rows were written without what keeps their figures, or by a program that kept others.
            for kept in (figures, kept_sums):
                if away & {keeper.name for keeper in kept.KEEPERS}:
                    kept.rebuild(db)

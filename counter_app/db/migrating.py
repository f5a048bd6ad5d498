"""Bringing a database of an earlier release to the present tables, one numbered step after the other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from peewee import SqliteDatabase

from counter_app.db import figures, guards, kept_sums
from counter_app.db.steps import STEPS, shipped, taken


def unknown(db: SqliteDatabase) -> list[str]:
    """Steps this database has taken that the program does not have: it comes from a newer program."""
    known = set(shipped(STEPS))
    return [name for name in taken(db) if name not in known]


def pending(db: SqliteDatabase) -> list[str]:
    """Steps still to take, in order."""
    done = set(taken(db))
    return [name for name in shipped(STEPS) if name not in done]


def migrate(db: SqliteDatabase, folder: Path, application_id: int) -> list[str]:
    """Take every pending step. An earlier database is copied to `backups/` first.

    What the steps wrote is sealed; a row that somebody had changed before stays unlike its seal.
    Guards are taken off before and put back after, because some steps rewrite tables that they protect.
    Two windows starting at once: the second finds nothing left to do.
    """
    # Only an update needs them: the window opens without.
    from playhouse.migrations import Runner

    from counter_app.db import backup, seals_compared, search

    if taken(db):
        backup.back_up(folder, at=datetime.now(UTC), label="before-update")
    db.execute_sql("PRAGMA foreign_keys = 0")
    try:
        with db.atomic("EXCLUSIVE"):
            guards.remove(db)
            sealed = db.connection()
            broken_before = (
                {(one.table, one.row) for one in seals_compared.differing(sealed)}
                if db.table_exists("seal")
                else set()
            )
            steps: list[str] = Runner(db, str(STEPS)).up()
            if db.table_exists("seal"):
                seals_compared.seal_again(sealed, broken_before)
            if db.table_exists(figures.TABLES[0]):
                figures.rebuild(db)
            if db.table_exists(kept_sums.TABLES[0]):
                kept_sums.rebuild(db)
            if db.table_exists(search.INDICES[-1].texts) and search.out_of_date(db):
                search.reindex(db, lambda _done, _total: None)
            guards.install(db)
            db.execute_sql(f"PRAGMA application_id = {application_id}")
            broken = db.execute_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"migration left rows without their parent: {broken[:5]}")
    finally:
        db.execute_sql("PRAGMA foreign_keys = 1")
    return steps

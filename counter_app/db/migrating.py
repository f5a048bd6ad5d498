"""Bringing a database of an earlier release to the present tables, one numbered step after the other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from peewee import SqliteDatabase
from playhouse.migrations import Runner

from counter_app.db import backup, guards
from counter_app.db.backup import STEPS


def unknown(db: SqliteDatabase) -> list[str]:
    """Steps this database has taken that the program does not have: it comes from a newer program."""
    return [step.name for step in Runner(db, str(STEPS)).status() if step.path is None]


def pending(db: SqliteDatabase) -> list[str]:
    """Steps still to take, in order."""
    return [step.name for step in Runner(db, str(STEPS)).status() if step.applied is None]


def migrate(db: SqliteDatabase, folder: Path, application_id: int) -> list[str]:
    """Take every pending step. An earlier database is copied to `backups/` first.

    Guards are taken off before and put back after, because some steps rewrite tables that they protect.
    Two windows starting at once: the second finds nothing left to do.
    """
    if Runner(db, str(STEPS)).applied():
        backup.back_up(folder, at=datetime.now(UTC), label="before-update")
    db.execute_sql("PRAGMA foreign_keys = 0")
    try:
        with db.atomic("EXCLUSIVE"):
            guards.remove(db)
            runner = Runner(db, str(STEPS))
            taken: list[str] = runner.up()
            guards.install(db)
            db.execute_sql(f"PRAGMA application_id = {application_id}")
            broken = db.execute_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"migration left rows without their parent: {broken[:5]}")
    finally:
        db.execute_sql("PRAGMA foreign_keys = 1")
    return taken

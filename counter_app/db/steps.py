"""The numbered steps from an empty file to the present tables: which there are, which a database has taken.

Read at every start, so without the library that takes them: nearly always there is nothing to take.
"""

from __future__ import annotations

from pathlib import Path

from peewee import SqliteDatabase

STEPS = Path(__file__).resolve().parent / "migrations"
_TABLE = "schema_migration"
"""Where playhouse's `Runner` notes what it took."""


def shipped(steps: Path = STEPS) -> list[str]:
    """Names of the program's steps, in order."""
    return sorted(step.stem for step in steps.glob("[0-9]*.py"))


def taken(db: SqliteDatabase) -> list[str]:
    """Names of the steps this database has taken, in order."""
    if not db.table_exists(_TABLE):
        return []
    return [name for (name,) in db.execute_sql(f"SELECT name FROM {_TABLE} ORDER BY name").fetchall()]

"""Whether a file has exactly the tables, indexes and views that the program's steps make."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from peewee import SqliteDatabase

from counter_app.db.steps import STEPS

_ENGINES_OWN = ", ".join(
    f"'{search}_search_{part}'"
    for search in ("case", "sale", "history")
    for part in ("data", "idx", "content", "docsize", "config")
)
_LISTED = (
    "SELECT name, sql FROM main.sqlite_schema WHERE type <> 'trigger' AND sql IS NOT NULL "
    "AND name NOT LIKE 'schema_migration%' AND name NOT LIKE 'sqlite_%' "
    f"AND name NOT IN ({_ENGINES_OWN})"
)
"""The search engine's own tables are spelled by the SQLite that made them, so they are left out."""


def differing(db: SqliteDatabase) -> Iterator[tuple[str, str]]:
    """Name and code of each table, index or view that is missing, changed or not the program's."""
    there = _spelled(dict(db.execute_sql(_LISTED).fetchall()))
    ours = _ours()
    for name in sorted(ours.keys() - there.keys()):
        yield name, "verify.schema_missing"
    for name in sorted(there.keys() - ours.keys()):
        yield name, "verify.schema_foreign"
    for name in sorted(ours.keys() & there.keys()):
        if ours[name] != there[name]:
            yield name, "verify.schema_changed"


@cache
def _ours() -> dict[str, str]:
    from playhouse.migrations import Runner

    fresh = SqliteDatabase(":memory:")
    try:
        with fresh.atomic():
            Runner(fresh, str(STEPS)).up()
        return _spelled(dict(fresh.execute_sql(_LISTED).fetchall()))
    finally:
        fresh.close()


def _spelled(found: dict[str, str]) -> dict[str, str]:
    return {name: " ".join(sql.split()) for name, sql in found.items()}

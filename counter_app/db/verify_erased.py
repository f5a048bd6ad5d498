"""Checking what was blanked: each row that says it was erased has its entry among the erasures, and not more of them
than the entries count. What was blanked without saying so is found by the seals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime

from peewee import SqliteDatabase

Found = tuple[str, str, str, dict[str, object]]

BESIDE_MS = 60_000
"""A row and the entry that tells of it are written in one transaction, some milliseconds after each other."""
ENTRIES_SINCE = "0009_erasures"
"""The step since which erasures are entered; what earlier releases blanked has no entry."""
FIRST = "0001_first"
AT_ONCE_S = 600
"""A new database takes all steps within this many seconds."""
ERASED = {"persons": "person", "cases": "case_words", "files": "attachment", "strokes": "signature"}
"""What an entry counts, and the table whose rows say when they were erased."""
_KEY = {"case_words": "case_id"}


def unlawful(db: SqliteDatabase) -> Iterator[Found]:
    """Every row that was erased without an entry, every kind of which more was erased than the entries count, and
    every signature whose strokes are gone without saying so."""
    since = _since(db)
    at = [entry for (entry,) in db.execute_sql("SELECT at FROM erasure ORDER BY at").fetchall()]
    for kind, table in ERASED.items():
        key = _KEY.get(table, "id")
        said = 0
        rows = db.execute_sql(
            f"SELECT {key}, erased_at FROM {table} WHERE erased_at >= ? ORDER BY {key}", (since,)
        ).fetchall()
        for row, erased_at in rows:
            said += 1
            nearest = bisect_left(at, erased_at - BESIDE_MS)
            if nearest == len(at) or at[nearest] > erased_at + BESIDE_MS:
                yield table, str(row), "verify.erased_unentered", {}
        (entered,) = db.execute_sql(
            f"SELECT COALESCE(SUM(json_extract(counts, '$.{kind}')), 0) FROM erasure"
        ).fetchone()
        if said > entered:
            yield "erasure", kind, "verify.erased_uncounted", {"found": said, "entered": entered}
    for (row,) in db.execute_sql(
        "SELECT id FROM signature WHERE strokes IS NULL AND erased_at IS NULL AND strokes_hash <> '' ORDER BY id"
    ).fetchall():
        yield "signature", str(row), "verify.column_blanked", {"column": "strokes"}


def _since(db: SqliteDatabase) -> int:
    """The instant since which each erasure has its entry: 0 in a database that had entries from its first day."""
    first, entries = (
        datetime.fromisoformat(applied).timestamp()
        for (applied,) in db.execute_sql(
            "SELECT applied FROM schema_migration WHERE name IN (?, ?) ORDER BY name", (FIRST, ENTRIES_SINCE)
        ).fetchall()
    )
    return 0 if entries - first < AT_ONCE_S else int(entries * 1000)

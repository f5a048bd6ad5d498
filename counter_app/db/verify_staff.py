"""Checking who works here: everybody's rights and PIN are those that their story told last."""

from __future__ import annotations

from collections.abc import Iterator

from peewee import SqliteDatabase

from counter_app.db.guards.staff import PIN_END, TOLD

_DIFFER = " OR ".join(f"json_extract(e.detail, '$.now.{column}') IS NOT s.{column}" for column in TOLD)
_UNTOLD = f"""
    SELECT s.id, s.name FROM staff s JOIN staff_event e ON e.id = (
        SELECT MAX(id) FROM staff_event WHERE staff_id = s.id AND json_type(detail, '$.now') IS NOT NULL)
    WHERE {_DIFFER} OR json_extract(e.detail, '$.now.pin') IS NOT substr(s.pin_hash, -{PIN_END}) ORDER BY s.id
"""


def untold(db: SqliteDatabase) -> Iterator[tuple[int, str]]:
    """Id and name of everybody whose role, limit, standing or PIN is not what was last entered. Rows of before events
    told that are left to their seals."""
    yield from db.execute_sql(_UNTOLD).fetchall()

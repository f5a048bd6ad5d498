"""Who changed a rule or a setting, when and why: the versions of one kind as a list for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.services.desk import Desk

_HISTORY = """
    SELECT v.id, v.version, COALESCE(s.name, ''), v.at, v.valid_from, v.note, v.hash
    FROM policy_version v LEFT JOIN staff s ON s.id = v.by_id
    WHERE v.kind = ? ORDER BY v.version DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version. `by` is empty for what the program shipped; `at` is milliseconds of UTC."""

    id: int
    number: int
    by: str
    at: int
    valid_from: date
    note: str
    hash: str


def history(desk: Desk, kind: str, most: int = 100) -> tuple[VersionView, ...]:
    """The newest versions of one kind of rule (`policy.py`), or of the settings, newest first."""
    rows = desk.db.execute_sql(_HISTORY, (kind, most)).fetchall()
    return tuple(
        VersionView(row_id, number, by, at, date.fromisoformat(valid_from), note, digest)
        for row_id, number, by, at, valid_from, note, digest in rows
    )

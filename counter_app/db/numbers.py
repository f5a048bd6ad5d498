"""Numbers of cases and documents: prefix, shop code, day, running number, without gap or re-use."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from peewee import SqliteDatabase

from counter_app.domain.errors import SurroundingsError

_LAST = """
    SELECT MAX(COALESCE((SELECT MAX(seq) FROM number WHERE prefix = ?1 AND business_date = ?2), 0),
               COALESCE((SELECT MAX(last_seq) FROM history_number WHERE prefix = ?1 AND business_date = ?2), 0))
"""
"""A number that an archive of lost times names is not given again."""
_INSERT = "INSERT INTO number (prefix, business_date, seq, number, at, voided_why) VALUES (?, ?, ?, ?, ?, '')"
_LATEST = "SELECT id, business_date, at FROM number ORDER BY id DESC LIMIT 1"
_SETTING = "SELECT value FROM setting WHERE key = ?"

ACCEPTED = "clock.accepted"
"""Setting: the rows that no longer count because somebody decided that the clock was wrong when they were written."""
TOLERANCE_MS = 10 * 60_000
"""So much a clock may be set right around midnight without anybody being asked."""
_DATED = ("number", "posting", "case_event", "money_entry")
"""Tables that only grow."""
_LOOKED_BACK = 500


def spelled(prefix: str, shop_code: str, day: date, seq: int) -> str:
    """The number as it is printed: TH01-20250305-0001 (conventions §4, with the shop's code)."""
    return f"{prefix}{shop_code}-{day:%Y%m%d}-{seq:04d}"


def next_number(db: SqliteDatabase, prefix: str, shop_code: str, day: date, at: int) -> str:
    """Give the next number of this prefix and business day, and write it down.

    Must run inside the `db.atomic("IMMEDIATE")` of the posting that uses it, so that a step that fails
    gives its number back and leaves no gap. `at` is milliseconds of UTC.

    Raises SurroundingsError `clock.behind` for a day before that of the last number, unless the clock was merely
    set right by some minutes or somebody decided that it is right now (`services/clock.py`).
    """
    if not db.in_transaction():
        raise RuntimeError("a number is given inside the transaction that uses it")
    _refuse_earlier(db, day, at)
    seq = int(db.execute_sql(_LAST, (prefix, day.isoformat())).fetchone()[0]) + 1
    number = spelled(prefix, shop_code, day, seq)
    db.execute_sql(_INSERT, (prefix, day.isoformat(), seq, number, at))
    return number


def newest_step(db: SqliteDatabase) -> int:
    """Milliseconds of UTC of the newest step that is saved, 0 when there is none. Rows that were decided upon
    do not count."""
    decided = _decided(db)
    newest = 0
    for table in _DATED:
        row = db.execute_sql(
            f"SELECT MAX(at) FROM (SELECT at FROM {table} WHERE rowid > ? ORDER BY rowid DESC LIMIT {_LOOKED_BACK})",
            (decided.get(table, 0),),
        ).fetchone()
        newest = max(newest, int(row[0] or 0))
    return newest


def rows_so_far(db: SqliteDatabase) -> dict[str, int]:
    """The last row of each table that `newest_step` looks at: what a decision about the clock covers."""
    return {
        table: int(db.execute_sql(f"SELECT COALESCE(MAX(rowid), 0) FROM {table}").fetchone()[0])
        for table in _DATED
    }


def _refuse_earlier(db: SqliteDatabase, day: date, at: int) -> None:
    last = db.execute_sql(_LATEST).fetchone()
    if last is None or day.isoformat() >= last[1] or at > last[2] - TOLERANCE_MS:
        return
    if _decided(db).get("number", 0) < last[0]:
        raise SurroundingsError("clock.behind", now=_told(at), last=_told(last[2]))


def _decided(db: SqliteDatabase) -> dict[str, int]:
    row = db.execute_sql(_SETTING, (ACCEPTED,)).fetchone()
    rows = json.loads(row[0]).get("rows", {}) if row else {}
    return {str(table): int(number) for table, number in rows.items()}


def _told(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC).astimezone():%Y-%m-%d %H:%M}"

"""Numbers of cases and documents: prefix, shop code, day, running number, without gap or re-use."""

from __future__ import annotations

from datetime import date

from peewee import SqliteDatabase

_LAST = "SELECT COALESCE(MAX(seq), 0) FROM number WHERE prefix = ? AND business_date = ?"
_INSERT = (
    "INSERT INTO number (prefix, business_date, seq, number, at, voided_why) VALUES (?, ?, ?, ?, ?, '')"
)


def spelled(prefix: str, shop_code: str, day: date, seq: int) -> str:
    """The number as it is printed: TH01-20250305-0001 (conventions §4, with the shop's code)."""
    return f"{prefix}{shop_code}-{day:%Y%m%d}-{seq:04d}"


def next_number(db: SqliteDatabase, prefix: str, shop_code: str, day: date, at: int) -> str:
    """Give the next number of this prefix and business day, and write it down.

    Must run inside the `db.atomic("IMMEDIATE")` of the posting that uses it, so that a step that fails
    gives its number back and leaves no gap. `at` is milliseconds of UTC.
    """
    if not db.in_transaction():
        raise RuntimeError("a number is given inside the transaction that uses it")
    seq = int(db.execute_sql(_LAST, (prefix, day.isoformat())).fetchone()[0]) + 1
    number = spelled(prefix, shop_code, day, seq)
    db.execute_sql(_INSERT, (prefix, day.isoformat(), seq, number, at))
    return number

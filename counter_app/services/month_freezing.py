"""What the sheets of a closed month said, kept with it: its archive says the same for ever.

Most of an archive is told as it stood at the end of the span anyway. The rest (reasons and summaries of visits under
way, names of staff, bills that arrived later) would go on changing; so the rows are kept when the month is closed.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from counter_app.db.fields import canonical_json
from counter_app.db.models import MonthLock, MonthRows
from counter_app.db.posting_sql import insert_row
from counter_app.services.desk import Desk

AT_ONCE = 2000
"""Rows in one part, so that memory stays flat."""


YEAR = "year."
"""Rows of a year's sheets are kept with its last month, under their own names."""
_FIGURES = f"{YEAR}figures"


@dataclass(frozen=True, slots=True)
class Kept:
    """A closed month, or a year whose twelve months are closed: since when, what it says, and whose rows these are."""

    id: int
    prefix: str
    at: int
    note: str
    missing: int
    figures: Mapping[str, int]
    seal_rows: int
    seal_head: str


def lock_of(desk: Desk, span: str) -> Kept | None:
    """What was kept of a month `2026-11` or a year `2026`, or None while it is open.

    A year closed by a program that kept months only has nothing of its own.
    """
    whole_year = len(span) == 4
    row = MonthLock.get_or_none(MonthLock.month == (f"{span}-12" if whole_year else span))
    if row is None:
        return None
    if not whole_year:
        return Kept(row.id, "", row.at, row.note, len(row.missing), row.figures, row.seal_rows, row.seal_head)
    kept = Kept(row.id, YEAR, row.at, "", 0, {}, row.seal_rows, row.seal_head)
    figures = dict(rows(desk, Kept(row.id, "", 0, "", 0, {}, 0, ""), _FIGURES, ("name", "value")))
    if not figures:
        return None
    months = MonthLock.select().where(MonthLock.month.startswith(f"{span}-"))
    missing = sum(len(one.missing) for one in months)
    return Kept(row.id, kept.prefix, row.at, "", missing, figures, row.seal_rows, row.seal_head)


def closed_in(desk: Desk, year: str) -> tuple[str, ...]:
    """The closed months of a year: `2026-01` …"""
    rows = MonthLock.select(MonthLock.month).where(MonthLock.month.startswith(f"{year}-"))
    return tuple(row.month for row in rows.order_by(MonthLock.month))


def keep_figures(desk: Desk, lock_id: int, figures: Mapping[str, int]) -> None:
    """Keep the control totals of a year."""
    keep(desk, lock_id, _FIGURES, ("name", "value"), figures.items())


def keep(desk: Desk, lock_id: int, sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Keep the rows of one sheet. To be called inside the transaction that closes the month."""
    left = iter(rows)
    part = 0
    while True:
        batch = list(islice(left, AT_ONCE))
        if not batch and part:
            return
        packed = zlib.compress(canonical_json([list(row) for row in batch]).encode("utf-8"), 6)
        insert_row(
            desk.db,
            MonthRows,
            lock_id=lock_id,
            sheet=sheet,
            part=part,
            columns=list(columns),
            count=len(batch),
            content=base64.b64encode(packed).decode("ascii"),
        )
        part += 1


def count(desk: Desk, lock: Kept, sheet: str) -> int | None:
    """How many rows were kept of a sheet; None when it was not among the sheets then."""
    ((parts, rows),) = desk.db.execute_sql(
        "SELECT count(*), sum(count) FROM month_rows WHERE lock_id = ? AND sheet = ?",
        (lock.id, lock.prefix + sheet),
    ).fetchall()
    return int(rows) if parts else None


def columns(desk: Desk, lock: Kept, sheet: str) -> frozenset[str]:
    """The columns that were kept of a sheet."""
    found = desk.db.execute_sql(
        "SELECT columns FROM month_rows WHERE lock_id = ? AND sheet = ? ORDER BY part LIMIT 1",
        (lock.id, lock.prefix + sheet),
    ).fetchone()
    return frozenset() if found is None else frozenset(json.loads(found[0]))


def rows(desk: Desk, lock: Kept, sheet: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The kept rows with these columns, in order; a column that the sheet did not have then is empty."""
    parts = desk.db.execute_sql(
        "SELECT columns, content FROM month_rows WHERE lock_id = ? AND sheet = ? ORDER BY part",
        (lock.id, lock.prefix + sheet),
    )
    for told, content in parts:
        had = json.loads(told)
        places = [had.index(column) if column in had else -1 for column in columns]
        for row in json.loads(zlib.decompress(base64.b64decode(content))):
            yield tuple([None if at < 0 else row[at] for at in places])

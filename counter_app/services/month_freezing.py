"""What the sheets of a closed month said, kept with it: its archive says the same for ever.

Most of an archive is told as it stood at the end of the span anyway. The rest (reasons and summaries of visits under
way, names of staff, bills that arrived later) would go on changing; so the rows are kept when the month is closed.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from counter_app.db.fields import canonical_json
from counter_app.db.models import MonthLock, MonthRows
from counter_app.db.posting_sql import insert_row
from counter_app.services.desk import Desk

AT_ONCE = 2000
"""Rows in one part, so that memory stays flat."""


def lock_of(desk: Desk, month: str) -> Any | None:
    """The row of a closed month `2026-11`, or None."""
    return MonthLock.get_or_none(MonthLock.month == month)


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


def count(desk: Desk, lock_id: int, sheet: str) -> int | None:
    """How many rows were kept of a sheet; None when it was not among the sheets then."""
    ((parts, rows),) = desk.db.execute_sql(
        "SELECT count(*), sum(count) FROM month_rows WHERE lock_id = ? AND sheet = ?", (lock_id, sheet)
    ).fetchall()
    return int(rows) if parts else None


def rows(desk: Desk, lock_id: int, sheet: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The kept rows with these columns, in order; a column that the sheet did not have then is empty."""
    parts = desk.db.execute_sql(
        "SELECT columns, content FROM month_rows WHERE lock_id = ? AND sheet = ? ORDER BY part",
        (lock_id, sheet),
    )
    for told, content in parts:
        had = json.loads(told)
        places = [had.index(column) if column in had else -1 for column in columns]
        for row in json.loads(zlib.decompress(base64.b64decode(content))):
            yield tuple([None if at < 0 else row[at] for at in places])

"""Repairs done on the same goods before: how often, how long, when last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from counter_app.services.desk import Desk

_REPAIRS = """
    SELECT DISTINCT d.id, d.number, d.business_date,
      (SELECT MAX(t.done_at) FROM task t WHERE t.case_id = d.case_id AND t.walk_id IS d.walk_id
         AND t.kind = 'repair' AND t.result <> 'abandoned')
    FROM document d
    JOIN document_line l ON l.document_id = d.id
    JOIN sale_line s ON s.id = l.sale_line_id
    WHERE d.prefix = 'WX' AND +d.reverses_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
      AND (s.id IN ({lines}) {serials})
    ORDER BY d.id
"""


_REPAIRED = """
    SELECT DISTINCT s.id, s.serial FROM sale_line s
    JOIN document_line l ON l.sale_line_id = s.id JOIN document d ON d.id = l.document_id
    WHERE d.prefix = 'WX' AND (s.id IN ({lines}) {serials})
"""


@dataclass(frozen=True, slots=True)
class RepairHistory:
    """Repairs of some goods. `days` were spent in finished repairs; `days_open` in the one still running."""

    numbers: tuple[str, ...] = ()
    done: int = 0
    days: int = 0
    last_on: date | None = None
    days_open: int = 0
    days_waiting: int = 0


def repairs_by_line(desk: Desk, sale_lines: Sequence[Any]) -> dict[int, RepairHistory]:
    """The repairs of each of these sale lines by its id; lines that were never repaired are left out."""
    if not sale_lines:
        return {}
    serials = [line.serial for line in sale_lines if line.serial]
    sql = _REPAIRED.format(
        lines=", ".join("?" * len(sale_lines)),
        serials=f"OR s.serial IN ({', '.join('?' * len(serials))})" if serials else "",
    )
    found = desk.db.execute_sql(sql, (*[line.id for line in sale_lines], *serials)).fetchall()
    ids, numbers = {row[0] for row in found}, {row[1] for row in found if row[1]}
    return {
        line.id: repairs_of(desk, [line])
        for line in sale_lines
        if line.id in ids or (line.serial and line.serial in numbers)
    }


def repairs_of(desk: Desk, sale_lines: list[Any]) -> RepairHistory:
    """Every repair of these sale lines, or of goods with the same serial number."""
    serials = [line.serial for line in sale_lines if line.serial]
    sql = _REPAIRS.format(
        lines=", ".join("?" * len(sale_lines)),
        serials=f"OR s.serial IN ({', '.join('?' * len(serials))})" if serials else "",
    )
    found = desk.db.execute_sql(sql, (*[line.id for line in sale_lines], *serials)).fetchall()
    zone = ZoneInfo(desk.shop.time_zone)
    numbers, done, days, last_on, days_open = [], 0, 0, None, 0
    for _id, number, started, done_at in found:
        numbers.append(number)
        began = date.fromisoformat(started)
        if done_at is None:
            days_open = max(days_open, (desk.today() - began).days)
            continue
        ended = datetime.fromtimestamp(done_at / 1000, UTC).astimezone(zone).date()
        done += 1
        days += (ended - began).days
        last_on = ended if last_on is None else max(last_on, ended)
    return RepairHistory(tuple(numbers), done, days, last_on, days_open)

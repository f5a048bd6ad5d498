"""The clock that runs until a complaint or a ticket has its answer, in the shop's service hours (S0-8)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from counter_app import resources
from counter_app.domain.response import Level, answer_by, load_levels
from counter_app.services import rules
from counter_app.services.desk import Desk

_COMPLAINT = "complaint_"
_TICKETS = ("ticket", "suggestion")
_TOLD = "SELECT 1 FROM case_event WHERE case_id = ? AND kind = 'told' AND at >= ? LIMIT 1"


def answer_due(desk: Desk, task: Any) -> int | None:
    """The instant (ms) by which a to-do wants an answer to the customer; None where no clock runs, or no longer: it is
    done, or the customer was told something since it came."""
    level = _level(task)
    if level is None or task.done_at is not None or task.case_id is None:
        return None
    if desk.db.execute_sql(_TOLD, (task.case_id, task.created_at)).fetchone() is not None:
        return None
    zone = ZoneInfo(desk.shop.time_zone)
    start = datetime.fromtimestamp(task.created_at / 1000, UTC).astimezone(zone).replace(tzinfo=None)
    bound = rules.current_rules(desk)
    due = answer_by(start, level, bound.shop.service_hours, bound.calendar)
    return int(due.replace(tzinfo=zone).timestamp() * 1000)


def _level(task: Any) -> Level | None:
    if task.kind == "complaint":
        return _levels().get(("complaint", task.node.removeprefix(_COMPLAINT)))
    if task.kind in _TICKETS:
        return _levels().get(("service", task.node))
    return None


@cache
def _levels() -> dict[tuple[str, str], Level]:
    return load_levels(resources.read_toml("policy", "sla.toml"))

"""By when somebody who complained or wrote must have an answer: minutes of open desk, of the clock, or working days.

`resources/policy/sla.toml` gives each grade its time (reference-data §5); the shop's own hours say when the desk is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from counter_app.domain.dates import Calendar, ServiceHours, add_business_days, add_service_time


@dataclass(frozen=True, slots=True)
class Level:
    """How soon a grade is answered. `minutes` of open desk, or of the clock on the wall when `by_the_clock`; where
    `business_days` stands, by closing time of that working day."""

    minutes: int | None
    by_the_clock: bool
    business_days: int | None


def load_levels(data: Mapping[str, Any]) -> dict[tuple[str, str], Level]:
    """The levels of `sla.toml` by set and code, as far as they say when to answer."""
    return {
        (name, str(level["code"])): Level(
            level.get("respond_minutes"),
            # `clock` of a level that also says when to solve is that of solving: an answer comes within the day.
            level.get("clock") == "calendar" and "solve_minutes" not in level,
            level.get("respond_business_days"),
        )
        for name, entry in data["sets"].items()
        for level in entry["levels"]
        if "respond_minutes" in level or "respond_business_days" in level
    }


def answer_by(start_local: datetime, level: Level, hours: ServiceHours, calendar: Calendar) -> datetime:
    """The last moment for an answer to what came in at `start_local` (naive, the shop's zone)."""
    if level.business_days is not None:
        day = add_business_days(start_local.date(), level.business_days, calendar)
        return datetime.combine(day, time()) + timedelta(minutes=hours.closes_minute)
    minutes = level.minutes or 0
    if level.by_the_clock:
        return start_local + timedelta(minutes=minutes)
    return add_service_time(start_local, minutes, hours, calendar)

"""The demonstration's own time: a clock that its diary moves, and the diary of what happens when."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
OPENS, LAST, CLOSES = time(9, 0), time(20, 30), time(21, 0)
Act = Callable[[], object]


class DemoClock:
    """Stands still until it is moved, and never goes back."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def to(self, moment: datetime) -> None:
        """Move on to a moment, unless it is past."""
        self._moment = max(self._moment, moment)

    def spend(self, seconds: float) -> None:
        """So much time goes by at the counter."""
        self._moment += timedelta(seconds=seconds)

    @property
    def day(self) -> date:
        """The calendar day in the shop."""
        return self._moment.astimezone(ZONE).date()


def at(day: date, minute: int) -> datetime:
    """So many minutes after the shop opened on that day."""
    return datetime.combine(day, OPENS, ZONE).astimezone(UTC) + timedelta(minutes=minute)


def in_hours(moment: datetime, minute: int) -> datetime:
    """That moment when the shop is open then, else so many minutes after it opens next."""
    local = moment.astimezone(ZONE)
    if local.time() >= LAST:
        return at(local.date() + timedelta(days=1), minute)
    return moment if local.time() >= OPENS else at(local.date(), minute)


def closing(day: date) -> datetime:
    """When the shop closes on that day."""
    return datetime.combine(day, CLOSES, ZONE).astimezone(UTC)


@dataclass
class Diary:
    """What will happen, earliest first; what is written down for the same moment keeps its order."""

    clock: DemoClock
    until: datetime
    _entries: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _count: int = 0

    def write(self, moment: datetime, act: Act) -> None:
        """Let something happen at a moment; what would be after the last day never happens."""
        if moment <= self.until:
            self._count += 1
            heapq.heappush(self._entries, (moment, self._count, act))

    def live(self) -> None:
        """Let everything happen."""
        while self._entries:
            moment, _, act = heapq.heappop(self._entries)
            self.clock.to(moment)
            act()

"""The desk: what every act of a service needs, handed in plainly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from peewee import SqliteDatabase

T = TypeVar("T")


class Clock(Protocol):
    """Tells the time; tests hand in one that stands still."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """A clock that stands still: an act happens at one instant, and no row of it falls behind midnight."""

    at: datetime

    def now(self) -> datetime:
        """That instant."""
        return self.at


@dataclass(frozen=True, slots=True)
class ShopView:
    """The shop as slips and numbers need it."""

    code: str
    name: str
    address: str
    phone: str
    province: str
    time_zone: str
    salt: str


@dataclass(frozen=True, slots=True)
class StaffView:
    """Who acts. `rights` are the rights of the role; `limit_fen` the amount (分) they may decide alone."""

    id: int
    code: str
    name: str
    role: str
    rights: frozenset[str]
    limit_fen: int
    owner: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """Database, data folder, acting member of staff, clock and shop."""

    db: SqliteDatabase
    folder: Path
    staff: StaffView | None
    clock: Clock
    shop: ShopView

    def instant(self) -> int:
        """Now, in milliseconds of UTC."""
        return int(self.clock.now().timestamp() * 1000)

    def today(self) -> date:
        """The business date: the calendar day in the shop's zone."""
        return self.clock.now().astimezone(ZoneInfo(self.shop.time_zone)).date()


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an act gave, and which aggregates it changed, so that only their screens refresh."""

    value: T
    changed: frozenset[str]

"""Counting days the way the law and the shop count them.

Two kinds of last day, never mixed up:

- a **customer's window** (`window_end`, `months_window_end`): the first day is not counted, and a last day
  on a weekend or statutory holiday runs on to the next working day (民法典 201, 203);
- a **promise of the shop** (`deadline`): calendar days, day 1 = the next day, never moved, since a holiday is
  no excuse for the party that promised.

Days are `datetime.date` in the shop's own zone. Nothing here reads the clock.
"""

from __future__ import annotations

import calendar as month_table
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from counter_app.domain.errors import UserError

SATURDAY = 5
MINUTES_A_DAY = 24 * 60
YEAR_UNKNOWN = "dates.year_unknown"
"""Code of the note shown beside a day of a year whose holidays the shop does not have yet."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days the country rests.

    `holidays` are the days of the yearly arrangement (节假日安排), weekend days among them included;
    `workdays` the weekend days worked instead (调休上班); `known_years` the years whose arrangement is in.
    `fixed` are the statutory holidays that fall on the same day every year, each by the first day it was one
    (全国年节及纪念日放假办法 2); they count in years whose arrangement is not in.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    fixed: frozenset[date] = frozenset()

    def is_rest_day(self, day: date) -> bool:
        """A holiday, or a weekend day that is not worked. Beyond the known years: weekends and fixed holidays."""
        if day in self.holidays or (not self.knows(day) and self._is_fixed(day)):
            return True
        return day.weekday() >= SATURDAY and day not in self.workdays

    def knows(self, day: date) -> bool:
        """Whether the holiday arrangement of that year is in the calendar."""
        return day.year in self.known_years

    def _is_fixed(self, day: date) -> bool:
        return any((day.month, day.day) == (one.month, one.day) and day >= one for one in self.fixed)

    def note(self, *days: date) -> str | None:
        """The code of the note to show beside these days, or None when all their years are known."""
        return None if all(self.knows(day) for day in days) else YEAR_UNKNOWN


def _days_after(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError as beyond:
        raise UserError("dates.out_of_range", day=day.isoformat(), days=days) from beyond


def _not_negative(days: int) -> None:
    if days < 0:
        raise UserError("dates.days.negative", days=days)


def moved_to_workday(day: date, calendar: Calendar) -> date:
    """The day itself, or the first working day after it when it is a rest day (民法典 203)."""
    while calendar.is_rest_day(day):
        day = _days_after(day, 1)
    return day


def window_end(start: date, days: int, calendar: Calendar) -> date:
    """Last day of a customer's window of `days` days that began on `start`, which is not counted.

    消法 24 and 25, 三包 7 and 15 days, the shop's promise, price protection: all count like this.
    Raises UserError `dates.days.negative`, `dates.out_of_range`.
    """
    _not_negative(days)
    return moved_to_workday(_days_after(start, days), calendar)


def months_later(start: date, months: int) -> date:
    """The same day `months` months on; a day that month has not is its last day (民法典 202)."""
    _not_negative(months)
    years, month_index = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month_index + 1
    if year > date.max.year:
        raise UserError("dates.out_of_range", day=start.isoformat(), days=months)
    return date(year, month, min(start.day, month_table.monthrange(year, month)[1]))


def months_window_end(start: date, months: int, calendar: Calendar, extra_days: int = 0) -> date:
    """Last day of a customer's window of months, e.g. a guarantee; `extra_days` are repair days given back.

    三包规定 and 消法实施条例 18: the days a piece was in repair do not count.
    """
    _not_negative(extra_days)
    return moved_to_workday(_days_after(months_later(start, months), extra_days), calendar)


def deadline(start: date, days: int) -> date:
    """The shop's own promise: `days` calendar days on, day 1 being the next day. Never moves."""
    _not_negative(days)
    return _days_after(start, days)


def add_business_days(start: date, days: int, calendar: Calendar) -> date:
    """The `days`-th working day after `start`; `start` is not counted, 0 gives `start` back (工作日)."""
    _not_negative(days)
    day = start
    for _ in range(days):
        day = moved_to_workday(_days_after(day, 1), calendar)
    return day


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """When the desk answers: minutes after midnight in the shop's zone (`closes_minute` ≤ 1440 and later
    than `opens_minute`), weekdays 0 = Monday, and whether it closes on rest days (7×12: it does not)."""

    opens_minute: int = 9 * 60
    closes_minute: int = 21 * 60
    weekdays: frozenset[int] = frozenset(range(7))
    closed_on_rest_days: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.opens_minute < self.closes_minute <= MINUTES_A_DAY:
            raise UserError("dates.hours.order", opens=self.opens_minute, closes=self.closes_minute)
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise UserError("dates.hours.weekdays")

    def serves(self, day: date, calendar: Calendar) -> bool:
        """Whether the desk is open at all on that day."""
        if self.closed_on_rest_days:
            return not calendar.is_rest_day(day) and (
                day.weekday() in self.weekdays or day in calendar.workdays
            )
        return day.weekday() in self.weekdays


def add_service_time(
    start_local: datetime, minutes: int, hours: ServiceHours, calendar: Calendar
) -> datetime:
    """The moment `minutes` minutes of open desk after `start_local` (naive, the shop's zone).

    A start outside the hours waits for the next opening; time left exactly at closing ends there.
    """
    _not_negative(minutes)
    if start_local.tzinfo is not None:
        raise ValueError("service time is counted in the shop's own zone, without an offset")
    day, left = start_local.date(), timedelta(minutes=minutes)
    not_before = start_local
    while True:
        if hours.serves(day, calendar):
            midnight = datetime.combine(day, time())
            begin = max(not_before, midnight + timedelta(minutes=hours.opens_minute))
            end = midnight + timedelta(minutes=hours.closes_minute)
            if begin < end or (begin == end and not left):
                if left <= end - begin:
                    return begin + left
                left -= end - begin
        day = _days_after(day, 1)


def _as_day(value: object) -> date:
    if isinstance(value, datetime):
        raise UserError("dates.calendar.bad_day", value=str(value))
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as wrong:
        raise UserError("dates.calendar.bad_day", value=str(value)) from wrong


def _days_between(first: date, last: date) -> list[date]:
    if not 0 <= (last - first).days <= 31:
        raise UserError("dates.calendar.reversed", first=first.isoformat(), last=last.isoformat())
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def load_calendar(data: Mapping[str, Any]) -> Calendar:
    """The calendar of `resources/policy/holidays.toml`, or of a shop's edited copy of it.

    `data["years"]` maps a year to `holidays` (each with `first` and `last`) and `workdays`; `data["fixed"]` lists
    the holidays of every year, each by its first day. Days are TOML dates or ISO text. Raises UserError `dates.calendar.…` naming the day that is wrong.
    """
    holidays: set[date] = set()
    workdays: set[date] = set()
    years: set[int] = set()
    for label, arrangement in data.get("years", {}).items():
        if not str(label).isdecimal():
            raise UserError("dates.calendar.bad_day", value=str(label))
        year = int(label)
        rests: Sequence[Mapping[str, Any]] = arrangement.get("holidays", ())
        off = [
            day
            for rest in rests
            for day in _days_between(_as_day(rest.get("first")), _as_day(rest.get("last")))
        ]
        on = [_as_day(value) for value in arrangement.get("workdays", ())]
        for day in (*off, *on):
            if day.year != year:
                raise UserError("dates.calendar.other_year", day=day.isoformat(), year=year)
        for day in on:
            if day.weekday() < SATURDAY:
                raise UserError("dates.calendar.workday_in_week", day=day.isoformat())
        holidays.update(off)
        workdays.update(on)
        years.add(year)
    both = holidays & workdays
    if both:
        raise UserError("dates.calendar.both", day=min(both).isoformat())
    fixed = frozenset(_as_day(value) for value in data.get("fixed", ()))
    return Calendar(frozenset(holidays), frozenset(workdays), frozenset(years), fixed)

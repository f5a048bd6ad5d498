"""Days are counted as the law and the shop count them."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources, wording
from counter_app.domain.dates import (
    YEAR_UNKNOWN,
    Calendar,
    ServiceHours,
    add_business_days,
    add_service_time,
    deadline,
    load_calendar,
    months_later,
    months_window_end,
    moved_to_workday,
    window_end,
)
from counter_app.domain.errors import UserError

CALENDAR = load_calendar(resources.read_toml("policy", "holidays.toml"))
HERE = Path(__file__).parent
TABLE: list[dict[str, Any]] = tomllib.loads((HERE / "worked_dates.toml").read_text("utf-8"))["date"]
known_days = st.dates(date(2024, 1, 1), date(2026, 11, 1))
all_days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def counted(row: dict[str, Any]) -> str:
    if row["rule"] == "service":
        start = datetime.fromisoformat(row["start"])
        moment = add_service_time(start, row["amount"], ServiceHours(), CALENDAR)
        return moment.isoformat(" ", "minutes")
    start = date.fromisoformat(row["start"])
    last = {
        "window": lambda: window_end(start, row["amount"], CALENDAR),
        "months": lambda: months_window_end(start, row["amount"], CALENDAR, row.get("extra", 0)),
        "deadline": lambda: deadline(start, row["amount"]),
        "workdays": lambda: add_business_days(start, row["amount"], CALENDAR),
    }[row["rule"]]()
    return last.isoformat()


@pytest.mark.parametrize("row", TABLE, ids=[row["en"] for row in TABLE])
def test_a_worked_date(row: dict[str, Any]) -> None:
    assert counted(row) == row["last"]
    noted = CALENDAR.note(date.fromisoformat(row["last"][:10])) == YEAR_UNKNOWN
    assert noted == row.get("note", False)


def test_there_are_at_least_twenty_worked_dates_and_the_page_shows_the_same() -> None:
    page = (HERE.parent.parent / "docs" / "worked-dates.md").read_text("utf-8")
    shown = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in page.splitlines()
        if line.startswith("| ")
    ]
    rows = [cells for cells in shown if cells[0].isdecimal()]
    assert len(rows) == len(TABLE) >= 20
    for number, (cells, row) in enumerate(zip(rows, TABLE, strict=True), 1):
        amount, extra = str(row["amount"]), row.get("extra")
        assert cells[0] == str(number)
        assert cells[1] == row["start"]
        assert cells[2].split(" + ")[0] == amount
        assert (f"+ {extra} " in cells[2]) == bool(extra)
        assert cells[4] == row["last"] + (" ※" if row.get("note") else "")
        assert cells[5:] == [row["zh"], row["en"]]


@given(known_days, st.integers(0, 60))
def test_a_window_never_ends_early_nor_on_a_rest_day_nor_later_than_needed(start: date, days: int) -> None:
    last = window_end(start, days, CALENDAR)
    plain = start + timedelta(days=days)
    assert last >= plain
    assert not CALENDAR.is_rest_day(last)
    between = [plain + timedelta(days=n) for n in range((last - plain).days)]
    assert all(CALENDAR.is_rest_day(day) for day in between)


@given(all_days, st.integers(0, 400))
def test_a_longer_window_never_ends_sooner(start: date, days: int) -> None:
    assert window_end(start, days, CALENDAR) <= window_end(start, days + 1, CALENDAR)


@given(all_days, st.integers(0, 240))
def test_months_keep_the_day_or_take_the_last_one(start: date, months: int) -> None:
    later = months_later(start, months)
    assert (later.year - start.year) * 12 + later.month - start.month == months
    if later.day != start.day:
        assert later.day < start.day
        assert (later + timedelta(days=1)).day == 1


@given(all_days, st.integers(0, 400))
def test_a_promise_of_the_shop_never_moves(start: date, days: int) -> None:
    assert deadline(start, days) == start + timedelta(days=days)


@given(known_days, st.integers(1, 30))
def test_working_days_are_counted_one_by_one(start: date, days: int) -> None:
    last = add_business_days(start, days, CALENDAR)
    passed = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(not CALENDAR.is_rest_day(day) for day in passed) == days
    assert not CALENDAR.is_rest_day(last)


def test_no_working_days_is_the_day_itself() -> None:
    assert add_business_days(date(2026, 10, 1), 0, CALENDAR) == date(2026, 10, 1)


@pytest.mark.req("S0-8")
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
    st.integers(0, 3000),
    st.integers(0, 3000),
)
def test_service_time_adds_up_and_ends_inside_the_hours(start: datetime, first: int, second: int) -> None:
    hours = ServiceHours()
    start = start.replace(second=0, microsecond=0)
    whole = add_service_time(start, first + second, hours, CALENDAR)
    parts = add_service_time(add_service_time(start, first, hours, CALENDAR), second, hours, CALENDAR)
    assert whole >= start
    minute = whole.hour * 60 + whole.minute
    assert hours.opens_minute <= minute <= hours.closes_minute
    if second:
        assert whole == parts


def test_a_desk_that_closes_on_rest_days_counts_none_of_them() -> None:
    hours = ServiceHours(9 * 60, 18 * 60, frozenset(range(5)), closed_on_rest_days=True)
    friday_evening = datetime(2026, 9, 30, 17, 30)
    assert add_service_time(friday_evening, 60, hours, CALENDAR) == datetime(2026, 10, 8, 9, 30)
    worked_saturday = datetime(2026, 10, 10, 8, 0)
    assert add_service_time(worked_saturday, 30, hours, CALENDAR) == datetime(2026, 10, 10, 9, 30)


def test_a_desk_open_all_six_days_round_the_clock() -> None:
    hours = ServiceHours(0, 1440, frozenset(range(6)))
    assert add_service_time(datetime(2026, 11, 21, 23, 0), 120, hours, CALENDAR) == datetime(
        2026, 11, 23, 1, 0
    )


def test_service_time_wants_the_shops_own_clock() -> None:
    with pytest.raises(ValueError, match="without an offset"):
        add_service_time(datetime(2026, 11, 21, tzinfo=UTC), 1, ServiceHours(), CALENDAR)


def test_beyond_the_known_years_weekends_and_fixed_holidays_count_and_it_is_said() -> None:
    assert CALENDAR.knows(date(2026, 12, 31))
    assert not CALENDAR.knows(date(2027, 1, 1))
    assert window_end(date(2026, 12, 25), 7, CALENDAR) == date(2027, 1, 4), "New Year is a Friday"
    assert CALENDAR.is_rest_day(date(2027, 10, 1))
    assert not CALENDAR.is_rest_day(date(2027, 10, 4))
    assert not CALENDAR.is_rest_day(date(2023, 5, 2)), "the second day of May is a holiday since 2025"
    assert not CALENDAR.is_rest_day(date(2027, 2, 8)), "holidays by the moon are not known"
    assert CALENDAR.note(date(2026, 1, 1), date(2027, 1, 1)) == YEAR_UNKNOWN
    assert CALENDAR.note(date(2026, 1, 1)) is None
    assert not Calendar().is_rest_day(date(2027, 10, 1)), "a calendar kept from before counts as it did"
    assert YEAR_UNKNOWN in wording.catalogue()


@pytest.mark.parametrize(("year", "rests", "worked"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_each_known_year_has_its_whole_arrangement(year: int, rests: int, worked: int) -> None:
    assert sum(day.year == year for day in CALENDAR.holidays) == rests
    assert sum(day.year == year for day in CALENDAR.workdays) == worked


def a_year(**arrangement: object) -> dict[str, Any]:
    return {"years": {"2026": arrangement}}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_year(holidays=[{"first": "2026-10-07", "last": "2026-10-01"}]), "dates.calendar.reversed"),
        (a_year(holidays=[{"first": "2026-10-41", "last": "2026-10-01"}]), "dates.calendar.bad_day"),
        (a_year(holidays=[{"last": "2026-10-01"}]), "dates.calendar.bad_day"),
        (a_year(workdays=["2025-10-11"]), "dates.calendar.other_year"),
        (a_year(workdays=["2026-10-09"]), "dates.calendar.workday_in_week"),
        (a_year(workdays=[datetime(2026, 10, 10)]), "dates.calendar.bad_day"),
        (
            a_year(holidays=[{"first": "2026-10-01", "last": "2026-10-10"}], workdays=["2026-10-10"]),
            "dates.calendar.both",
        ),
        ({"years": {"next": {}}}, "dates.calendar.bad_day"),
    ],
)
def test_a_wrong_holiday_table_is_refused_with_its_day(data: dict[str, Any], code: str) -> None:
    with pytest.raises(UserError) as refused:
        load_calendar(data)
    assert refused.value.code == code
    assert "{" not in wording.sentence(refused.value, "zh")


def test_an_edited_table_of_plain_text_days_loads_the_same() -> None:
    data = a_year(holidays=[{"first": "2026-10-01", "last": "2026-10-07"}], workdays=["2026-10-10"])
    edited = load_calendar(data)
    assert date(2026, 10, 7) in edited.holidays
    assert edited.workdays == {date(2026, 10, 10)}
    assert edited.knows(date(2026, 5, 5))


@pytest.mark.parametrize(
    "count",
    [
        lambda: window_end(date(2026, 1, 1), -1, CALENDAR),
        lambda: window_end(date(9999, 12, 30), 30, CALENDAR),
        lambda: moved_to_workday(date(9999, 12, 31), Calendar(holidays=frozenset({date(9999, 12, 31)}))),
        lambda: months_later(date(9999, 1, 1), 12),
        lambda: months_later(date(2026, 1, 1), -1),
        lambda: deadline(date(2026, 1, 1), 10**9),
        lambda: ServiceHours(600, 600),
        lambda: ServiceHours(0, 1441),
        lambda: ServiceHours(weekdays=frozenset()),
    ],
)
def test_a_day_nobody_can_mean_is_refused_in_words(count: Any) -> None:
    with pytest.raises(UserError) as refused:
        count()
    assert "{" not in wording.sentence(refused.value, "en")

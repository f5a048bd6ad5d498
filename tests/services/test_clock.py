"""A clock that was set back is noticed and decided upon; the machine's time zone changes nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from visits import NOON, Counter, build_shop, opened

from counter_app import wording
from counter_app.db import numbers
from counter_app.db.models import Number
from counter_app.domain.errors import CounterError, SurroundingsError, UserError
from counter_app.services import clock


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one


def a_number(counter: Counter) -> str:
    desk = counter.owner
    with desk.db.atomic("IMMEDIATE"):
        return numbers.next_number(desk.db, "TS", "01", desk.today(), desk.instant())


def refusal(counter: Counter) -> CounterError:
    with pytest.raises(SurroundingsError) as told:
        a_number(counter)
    return told.value


def test_nothing_is_posted_on_a_day_before_the_last_one(counter: Counter) -> None:
    a_number(counter)
    counter.clock.forward(days=-1)
    told = refusal(counter)
    assert told.code == "clock.behind"
    assert "2026-11-1" in wording.sentence(told, "en") and "2026-11-1" in wording.sentence(told, "zh")
    assert Number.select().where(Number.prefix == "TS").count() == 1
    counter.clock.forward(days=1)
    assert a_number(counter).endswith("-0002")


def test_a_clock_set_right_by_minutes_around_midnight_is_nobodys_business(counter: Counter) -> None:
    counter.clock.moment = datetime(2026, 11, 19, 16, 3, tzinfo=UTC)  # three past midnight in Shanghai
    assert a_number(counter) == "TS01-20261120-0001"
    counter.clock.forward(minutes=-5)
    assert a_number(counter) == "TS01-20261119-0001"
    assert clock.behind(counter.owner) is None


def test_a_clock_behind_the_last_step_is_told_with_both_moments(counter: Counter) -> None:
    assert clock.behind(counter.owner) is None
    a_number(counter)
    counter.clock.forward(hours=-3)
    found = clock.behind(counter.owner)
    assert found is not None and found.last - found.now == 3 * 3_600_000
    told = wording.sentence(found.trouble(counter.owner), "en")
    assert "2026-11-19 09:00" in told and "2026-11-19 12:00" in told


def test_somebody_who_keeps_the_data_decides_that_the_clock_is_right_now(counter: Counter) -> None:
    counter.clock.forward(days=365)
    a_number(counter)
    counter.clock.moment = NOON
    assert refusal(counter).code == "clock.behind"
    with pytest.raises(UserError) as without_right:
        clock.accept(counter.clerk, "the battery was empty")
    assert without_right.value.code == "staff.right.missing"
    with pytest.raises(UserError) as without_reason:
        clock.accept(counter.owner, "  ")
    assert without_reason.value.code == "clock.reason"
    clock.accept(counter.owner, "the battery was empty")
    assert clock.behind(counter.owner) is None
    assert a_number(counter) == "TS01-20261119-0001"
    with pytest.raises(UserError) as nothing:
        clock.accept(counter.owner, "again")
    assert nothing.value.code == "clock.not_behind"


def test_a_decision_does_not_hide_the_next_time_the_clock_is_set_back(counter: Counter) -> None:
    counter.clock.forward(days=365)
    a_number(counter)
    counter.clock.moment = NOON
    clock.accept(counter.owner, "the battery was empty")
    a_number(counter)
    counter.clock.forward(days=-2)
    assert refusal(counter).code == "clock.behind"
    assert clock.behind(counter.owner) is not None


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Pacific/Kiritimati"])
def test_the_machines_time_zone_and_summer_time_change_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    if not hasattr(
        time, "tzset"
    ):  # Windows has one zone for the whole machine; the shop's is used there alike
        assert counter.owner.today() == date(2026, 11, 19)
        return
    with monkeypatch.context() as there:
        there.setenv("TZ", zone)
        time.tzset()
        # The hour that Berlin and New York live through twice in autumn.
        for moment in (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)):
            counter.clock.moment = moment
            first = counter.owner.instant()
            counter.clock.forward(hours=1)
            assert counter.owner.instant() - first == 3_600_000
            assert counter.owner.today() == (moment + timedelta(hours=9)).date()
    time.tzset()
    assert os.environ.get("TZ") != zone

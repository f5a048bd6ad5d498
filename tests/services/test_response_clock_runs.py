"""The clock that runs until a complaint has its answer, as the to-dos of the shop show it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from visits import Counter, build_shop, opened

from counter_app.domain.errors import UserError
from counter_app.domain.task_views import TaskView
from counter_app.services import cases, policy, rules, tasks

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one


def at(counter: Counter, told: str) -> None:
    counter.clock.moment = datetime.fromisoformat(told).replace(tzinfo=SHANGHAI)


def complaint(counter: Counter) -> TaskView:
    (found,) = (one for one in tasks.to_do(counter.owner) if one.kind == "complaint")
    return found


def due(one: TaskView) -> str:
    assert one.answer_by is not None
    return f"{datetime.fromtimestamp(one.answer_by / 1000, SHANGHAI):%m-%d %H:%M}"


def hours(counter: Counter, **figures: int | bool) -> None:
    content = copy.deepcopy(dict(policy.current(counter.owner, rules.SHOP).content))
    for name, value in figures.items():
        content["figures"][name]["value"] = value
    policy.publish(counter.owner, rules.SHOP, content, "")


@pytest.mark.req("S0-8")
def test_a_complaint_of_the_evening_is_answered_when_the_desk_opens_again(counter: Counter) -> None:
    at(counter, "2026-11-12 20:50")
    visit = counter.visit(counter.simple_sale())
    visit.go("complaint", "important", "service_only")
    visit.post_plainly()
    one = complaint(counter)
    assert (due(one), one.answer_late) == ("11-13 09:05", False)
    at(counter, "2026-11-13 09:06")
    assert complaint(counter).answer_late
    cases.customer_told(counter.clerk, visit.case_id, "主管今天下午回电", "phone")
    answered = complaint(counter)
    assert (answered.answer_by, answered.answer_late) == (None, False), "somebody spoke to the customer"


@pytest.mark.req("S0-8")
def test_the_owner_sets_the_hours_and_the_clock_follows_them(counter: Counter) -> None:
    at(counter, "2026-11-13 20:50")  # a Friday
    visit = counter.visit(counter.simple_sale())
    visit.go("complaint", "minor", "service_only")
    visit.post_plainly()
    assert due(complaint(counter)) == "11-14 09:05"
    hours(counter, service_opens_hour=10, service_closes_hour=18)
    assert due(complaint(counter)) == "11-14 10:15"
    hours(counter, service_on_rest_days=False)
    assert due(complaint(counter)) == "11-16 10:15"
    with pytest.raises(UserError) as refused:
        hours(counter, service_closes_hour=9)
    assert refused.value.code == "dates.hours.order"


def test_a_rule_written_before_there_were_hours_goes_by_seven_days_and_twelve_hours(counter: Counter) -> None:
    content = copy.deepcopy(dict(policy.current(counter.owner, rules.SHOP).content))
    for name in ("service_opens_hour", "service_closes_hour", "service_on_rest_days"):
        del content["figures"][name]
    policy.publish(counter.owner, rules.SHOP, content, "")
    at(counter, "2026-11-14 22:00")
    visit = counter.visit(counter.simple_sale())
    visit.go("complaint", "major", "no_agreement")
    visit.post_plainly()
    assert due(complaint(counter)) == "11-15 09:05"

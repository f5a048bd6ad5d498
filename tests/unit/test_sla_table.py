"""The response clocks that ship are whole: every level has its grade, its clock and its source."""

from __future__ import annotations

import pytest

from counter_app import resources
from counter_app.domain.dates import ServiceHours

SLA = resources.read_toml("policy", "sla.toml")
CLOCKS = {"respond_minutes", "respond_business_days", "solve_minutes", "on_site_minutes"}


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def test_every_service_calendar_opens_before_it_closes() -> None:
    assert set(SLA["calendars"]) == {"counter", "emergency"}
    for hours in SLA["calendars"].values():
        built = ServiceHours(
            minutes(hours["opens"]),
            minutes(hours["closes"]),
            frozenset(hours["weekdays"]),
            hours["closed_on_rest_days"],
        )
        assert built.closes_minute - built.opens_minute in (12 * 60, 24 * 60)


@pytest.mark.parametrize(
    ("name", "code", "clock", "value"),
    [
        ("service", "P1", "respond_minutes", 120),
        ("service", "P2", "respond_minutes", 240),
        ("service", "P3", "respond_minutes", 1440),
        ("service", "P4", "respond_business_days", 3),
        ("response", "high", "respond_minutes", 10),
        ("response", "high", "solve_minutes", 30),
        ("response", "medium", "respond_minutes", 30),
        ("response", "medium", "solve_minutes", 120),
        ("response", "low", "respond_minutes", 120),
        ("response", "low", "solve_minutes", 1440),
        ("complaint", "minor", "respond_minutes", 15),
        ("complaint", "minor", "solve_minutes", 1440),
        ("complaint", "major", "respond_minutes", 5),
        ("complaint", "major", "solve_minutes", 2880),
        ("repair", "fault", "solve_minutes", 120),
        ("repair", "fault", "on_site_minutes", 2880),
    ],
)
def test_a_level_has_the_time_the_source_gives_it(name: str, code: str, clock: str, value: int) -> None:
    level = next(level for level in SLA["sets"][name]["levels"] if level["code"] == code)
    assert level[clock] == value


def test_every_level_has_a_grade_a_clock_and_a_source() -> None:
    for entry in SLA["sets"].values():
        assert entry["calendar"] in SLA["calendars"]
        for level in entry["levels"]:
            assert level["grade"] in (1, 2, 3, 4)
            assert level["source"] and level["confidence"] in "HML"
            assert CLOCKS & set(level)


def test_the_priority_matrix_never_falls_when_things_get_worse() -> None:
    cells = SLA["matrix"]["cells"]
    assert [len(row) for row in cells] == [len(SLA["matrix"]["columns"])] * len(SLA["matrix"]["rows"])
    for row in cells:
        assert row == sorted(row)
    for column in zip(*cells, strict=True):
        assert list(column) == sorted(column)

"""By when somebody who complained or wrote has an answer, in the hours the desk is open."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources, shipped
from counter_app.domain.dates import ServiceHours
from counter_app.domain.response import Level, answer_by, load_levels

LEVELS = load_levels(resources.read_toml("policy", "sla.toml"))
COUNTER = ServiceHours()


@pytest.mark.req("S0-8")
@pytest.mark.parametrize(
    ("grade", "came", "by"),
    [
        (("complaint", "major"), "2026-11-12 10:00", "2026-11-12 10:05"),
        (("complaint", "important"), "2026-11-12 20:50", "2026-11-13 09:05"),
        (("complaint", "minor"), "2026-11-12 22:30", "2026-11-13 09:15"),
        (("service", "P1"), "2026-11-14 20:00", "2026-11-15 10:00"),  # the desk is open on Sundays too
        (("service", "P3"), "2026-11-12 20:00", "2026-11-13 20:00"),
        (("service", "P4"), "2026-11-13 15:00", "2026-11-18 21:00"),  # three working days
    ],
)
def test_an_answer_is_due_in_the_hours_of_the_desk(grade: tuple[str, str], came: str, by: str) -> None:
    due = answer_by(datetime.fromisoformat(came), LEVELS[grade], COUNTER, shipped.calendar())
    assert due == datetime.fromisoformat(by)


def test_grades_that_say_nothing_of_an_answer_have_no_clock() -> None:
    assert ("repair", "fault") not in LEVELS
    assert {code for name, code in LEVELS if name == "complaint"} == {"major", "important", "minor"}


@given(
    came=st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30)),
    minutes=st.integers(0, 3000),
    hours=st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda told: told[0] < told[1]),
)
def test_an_answer_is_never_due_while_the_desk_is_closed_nor_before_it_was_asked_for(
    came: datetime, minutes: int, hours: tuple[int, int]
) -> None:
    opens, closes = hours
    desk = ServiceHours(opens * 60, closes * 60)
    due = answer_by(came, Level(minutes, False, None), desk, shipped.calendar())
    assert due >= came
    minute = due.hour * 60 + due.minute
    assert opens * 60 <= minute <= closes * 60 or (minute == 0 and closes == 24)

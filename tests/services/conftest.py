"""A real shop in a real file for every test: set up once, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hired import hire

from counter_app.db import connection
from counter_app.services import setup, staff
from counter_app.services.desk import Desk
from counter_app.services.staff import NewStaff

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""Saturday 21 November 2026, twelve o'clock in Shanghai."""
QUICK_PINS = {"pin.memory_kib": 8, "pin.rounds": 1}


class StandingClock:
    """A clock that moves when it is told to."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture(scope="session")
def like(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a shop on its first day: a manager, a clerk and a supervisor."""
    folder = tmp_path_factory.mktemp("like")
    db = connection.open_database(folder, create=True)
    desk = setup.set_up_shop(
        db,
        folder,
        StandingClock(),
        setup.ShopSetup(
            name="样例小店",
            code="A1",
            manager_name="王经理",
            manager_pin="2468",
            province="上海",
            settings=QUICK_PINS,
        ),
    )
    hire(desk, NewStaff("02", "李小店员", "clerk", "1357"))
    hire(desk, NewStaff("03", "赵主管", "supervisor", "8642"))
    connection.checkpoint(db, force=True)
    db.close()
    return folder


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def desk(tmp_path: Path, like: Path, clock: StandingClock) -> Iterator[Desk]:
    """The desk with the manager standing at it."""
    folder = tmp_path / "数据 夹"
    shutil.copytree(like, folder)
    db = connection.open_database(folder)
    opened = setup.open_desk(db, folder, clock)
    yield replace(opened, staff=staff.staff_view(opened, 1))
    db.close()


@pytest.fixture
def as_role(desk: Desk) -> Callable[[str], Desk]:
    """The same desk with somebody else standing at it."""

    def standing(role: str) -> Desk:
        there = next(one for one in staff.list_staff(desk) if one.role == role)
        return replace(desk, staff=staff.staff_view(desk, there.id))

    return standing

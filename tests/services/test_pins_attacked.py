"""Guessing PINs: by several windows at once, by every door, after a restart, with the clock set back."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pin_racing
import pytest
from racing import together

from counter_app.db import connection
from counter_app.db.models import Staff, StaffEvent
from counter_app.domain.errors import UserError
from counter_app.services import approvals, phone_codes, pins, settings, setup, shift, staff
from counter_app.services.desk import Desk, SystemClock
from counter_app.services.phone_codes import ReadOut

OWNER, CLERK, BOSS = 1, 2, 3


def code(act: Callable[..., object], *args: object, **named: object) -> str:
    with pytest.raises(UserError) as told:
        act(*args, **named)
    return told.value.code


def test_three_windows_that_guess_at_once_have_five_guesses_together(like: Path, tmp_path: Path) -> None:
    folder = tmp_path / "店"
    shutil.copytree(like, folder)
    told: Counter[str] = Counter()
    ways = ("sign_in", "approve", "sign_in")
    for said in together(*(pin_racing.start(folder, BOSS, way, 12) for way in ways)):
        told.update(json.loads(said))
    assert told == {"staff.pin.wrong": 4, "staff.locked": 32}
    db = connection.open_database(folder)
    desk = setup.open_desk(db, folder, SystemClock())
    tries = [row.kind for row in StaffEvent.select().where(StaffEvent.staff == BOSS).order_by(StaffEvent.id)]
    assert tries == ["added", "pin_shown", "pin_changed", *["refused"] * 4, "locked"]
    assert code(staff.sign_in, desk, BOSS, "8642") == "staff.locked", "a restart does not unlock"
    db.close()


def test_every_door_counts_into_one_lock(desk: Desk) -> None:
    boss = replace(desk, staff=staff.staff_view(desk, BOSS))
    phone_codes.make_sheet(boss, "8642")
    clerk = replace(desk, staff=staff.staff_view(desk, CLERK))
    shift.open_shift(desk, 0)
    assert code(staff.sign_in, clerk, BOSS, "000000") == "staff.pin.wrong"
    assert code(approvals.decide, clerk, (1,), "approve", (BOSS, "000000")) == "staff.pin.wrong"
    assert code(approvals.decide, clerk, (1,), "approve", ReadOut(BOSS, "0000000000")) == "staff.pin.wrong"
    assert code(staff.change_pin, boss, BOSS, "9753", "000000") == "staff.pin.wrong"
    assert code(shift.hand_over, desk, 0, BOSS, "000000") == "staff.locked"
    assert code(staff.sign_in, clerk, BOSS, "8642") == "staff.locked"
    assert code(approvals.decide, clerk, (1,), "approve", (BOSS, "8642")) == "staff.locked"
    assert Staff.get_by_id(BOSS).failed_attempts == 5
    assert Staff.get_by_id(CLERK).failed_attempts == 0


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(days=1), timedelta(days=400)])
def test_a_clock_set_back_does_not_unlock_early(desk: Desk, clock: object, back: timedelta) -> None:
    for _ in range(5):
        code(staff.sign_in, desk, CLERK, "0000")
    clock.moment -= back  # type: ignore[attr-defined]
    assert code(staff.sign_in, desk, CLERK, "1357") == "staff.locked"
    clock.forward(seconds=59)  # type: ignore[attr-defined]
    assert code(staff.sign_in, desk, CLERK, "1357") == "staff.locked"
    entry = next(one for one in staff.list_staff(desk) if one.id == CLERK)
    assert entry.locked_until is not None


def test_a_lock_that_is_over_gives_one_guess_and_the_next_lock_is_longer(desk: Desk, clock: object) -> None:
    for _ in range(5):
        code(staff.sign_in, desk, CLERK, "0000")
    clock.forward(minutes=1)  # type: ignore[attr-defined]
    assert code(staff.sign_in, desk, CLERK, "0001") == "staff.locked"
    assert Staff.get_by_id(CLERK).locked_until - desk.instant() == 120_000


def test_a_wrong_pin_is_counted_even_where_the_act_it_was_for_fails(desk: Desk) -> None:
    with pytest.raises(RuntimeError, match="transaction of its own"), desk.db.atomic("IMMEDIATE"):
        staff.verify_pin(desk, CLERK, "0000")


@pytest.mark.parametrize("who", ["nobody of that number", "left the shop", "works here"])
def test_strangers_and_leavers_cost_as_much_time_as_a_wrong_pin(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    if who == "left the shop":
        staff.set_active(desk, CLERK, False)
    compared: list[str] = []
    real = pins.matches

    def counted(there: Desk, pin_hash: str, pin: str) -> bool:
        compared.append(pin_hash.rsplit("$", 2)[0])
        return real(there, pin_hash, pin)

    monkeypatch.setattr(pins, "matches", counted)
    code(staff.sign_in, desk, 99 if who == "nobody of that number" else CLERK, "0000")
    assert compared == ["$argon2id$v=19$m=8,t=1,p=1"], "one comparison at the cost of a real one"


def test_a_pin_costs_what_owasp_asks_for_at_least() -> None:
    assert settings.DEFAULTS["pin.memory_kib"] >= 19 * 1024
    assert settings.DEFAULTS["pin.rounds"] >= 2


def test_a_day_of_guessing_finds_hardly_any_pin() -> None:
    """Ten thousand PINs of four digits; a lock of an hour each after the first few: 34 guesses a day."""
    begun = datetime(2026, 11, 21, tzinfo=UTC)
    now, guesses, failures = begun, 0, 0
    while now - begun < timedelta(days=1):
        guesses, failures = guesses + 1, failures + 1
        now += timedelta(milliseconds=pins.lock_ms(failures))
    assert guesses < 40

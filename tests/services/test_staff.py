"""Who works here: PINs, locks, roles."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest
from hired import hire

from counter_app.db import verify_staff
from counter_app.db.connection import FILE_NAME
from counter_app.db.models import Staff, StaffEvent
from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.services import overrides, phone_codes, pins, settings, setup, staff
from counter_app.services.desk import Desk
from counter_app.services.staff import NewStaff


def _wrong_pin(desk: Desk, staff_id: int, pin: str = "0000") -> str:
    with pytest.raises(UserError) as told:
        staff.sign_in(desk, staff_id, pin)
    return told.value.code


def test_the_one_who_sets_the_shop_up_owns_it_and_may_do_everything(desk: Desk) -> None:
    signed_in = staff.sign_in(desk, 1, "2468")
    assert signed_in.owner
    assert signed_in.rights == roles.ALL_RIGHTS


@pytest.mark.req("S0-7")
def test_a_clerk_has_the_rights_of_a_clerk_and_no_others(as_role: Callable[[str], Desk]) -> None:
    clerk = as_role("clerk")
    staff.require(clerk, roles.REGISTER)
    with pytest.raises(UserError, match=r"right\.missing"):
        staff.require(clerk, roles.COSTS)
    with pytest.raises(UserError, match=r"right\.missing"):
        staff.add_staff(clerk, NewStaff("09", "路人", "clerk", "1234"))


def test_nobody_signed_in_may_do_nothing(desk: Desk) -> None:
    with pytest.raises(UserError, match="sign_in_first"):
        staff.require(replace(desk, staff=None), roles.REGISTER)


def test_a_pin_is_kept_as_an_argon2_hash_only(desk: Desk) -> None:
    kept = Staff.get_by_id(2).pin_hash
    assert kept.startswith("$argon2id$")
    assert "1357" not in kept


@pytest.mark.parametrize("pin", ["", "123", "12a4", "1234567890123", "１２３４", " 1234"])
def test_a_pin_is_four_to_twelve_digits(desk: Desk, pin: str) -> None:
    with pytest.raises(UserError, match=r"staff\.pin\.shape"):
        staff.add_staff(desk, NewStaff("09", "新人", "clerk", pin))


def test_five_wrong_pins_lock_for_a_minute_then_twice_as_long_up_to_an_hour(
    desk: Desk, clock: object
) -> None:
    assert [_wrong_pin(desk, 2) for _ in range(5)] == ["staff.pin.wrong"] * 4 + ["staff.locked"]
    assert _wrong_pin(desk, 2, "1357") == "staff.locked", "even the right PIN waits"
    lengths = []
    for _ in range(8):
        row = Staff.get_by_id(2)
        lengths.append((row.locked_until - desk.instant()) // 60_000)
        clock.forward(milliseconds=row.locked_until - desk.instant())  # type: ignore[attr-defined]
        assert _wrong_pin(desk, 2) == "staff.locked"
    assert lengths == [1, 2, 4, 8, 16, 32, 60, 60]


def test_the_right_pin_after_the_lock_clears_the_count(desk: Desk, clock: object) -> None:
    for _ in range(5):
        _wrong_pin(desk, 2)
    clock.forward(minutes=1)  # type: ignore[attr-defined]
    assert staff.sign_in(desk, 2, "1357").name == "李小店员"
    assert Staff.get_by_id(2).failed_attempts == 0
    assert _wrong_pin(desk, 2) == "staff.pin.wrong"


def test_a_clock_that_was_set_back_does_not_lock_somebody_out_for_days(desk: Desk, clock: object) -> None:
    for _ in range(5):
        _wrong_pin(desk, 2)
    clock.forward(days=-30)  # type: ignore[attr-defined]
    _wrong_pin(desk, 2)
    clock.forward(hours=1, seconds=1)  # type: ignore[attr-defined]
    assert staff.sign_in(desk, 2, "1357").id == 2


def test_approving_and_signing_in_share_one_count(desk: Desk) -> None:
    for _ in range(4):
        with pytest.raises(UserError, match=r"staff\.pin\.wrong"):
            staff.verify_pin(desk, 3, "0000")
    assert _wrong_pin(desk, 3) == "staff.locked"


def test_every_try_is_written_down(desk: Desk) -> None:
    _wrong_pin(desk, 2)
    staff.sign_in(desk, 2, "1357")
    kinds = [row.kind for row in StaffEvent.select().where(StaffEvent.staff == 2).order_by(StaffEvent.id)]
    assert kinds == ["added", "pin_shown", "pin_changed", "refused", "signed_in"]


def test_one_changes_ones_own_pin_with_the_old_one_only(as_role: Callable[[str], Desk]) -> None:
    clerk = as_role("clerk")
    with pytest.raises(UserError, match=r"staff\.pin\.wrong"):
        staff.change_pin(clerk, 2, "9753", "0000")
    staff.change_pin(clerk, 2, "9753", "1357")
    assert staff.sign_in(clerk, 2, "9753").id == 2
    with pytest.raises(UserError, match=r"right\.missing"):
        staff.change_pin(clerk, 3, "1111")


def test_somebody_who_left_is_not_let_in_and_the_last_owner_cannot_leave(desk: Desk) -> None:
    staff.set_active(desk, 2, False)
    assert _wrong_pin(desk, 2, "1357") == "staff.inactive"
    assert [one.id for one in staff.list_staff(desk)] == [1, 3]
    with pytest.raises(UserError, match=r"staff\.last_owner"):
        staff.set_active(desk, 1, False)


def test_two_people_cannot_have_one_number(desk: Desk) -> None:
    with pytest.raises(UserError, match=r"staff\.code\.taken"):
        staff.add_staff(desk, NewStaff("02", "另一位", "clerk", "1234"))


def test_a_pin_is_hashed_again_when_its_cost_was_raised(desk: Desk) -> None:
    before = Staff.get_by_id(2).pin_hash
    settings.set_setting(desk, "pin.rounds", 2)
    staff.sign_in(desk, 2, "1357")
    after = Staff.get_by_id(2).pin_hash
    assert before != after
    assert "t=2" in after


@pytest.mark.req("S3-29")
def test_a_limit_of_ones_own_goes_before_the_limit_of_the_role(desk: Desk) -> None:
    assert staff.staff_view(desk, 2).limit_fen == 20_000
    staff.set_role(desk, 2, "clerk", 5_000)
    assert staff.staff_view(desk, 2).limit_fen == 5_000


def test_the_lock_grows_and_stops_growing() -> None:
    assert [pins.lock_ms(n) for n in (0, 4, 5, 6, 11, 12, 1000)] == [
        0,
        0,
        60_000,
        120_000,
        3_600_000,
        3_600_000,
        3_600_000,
    ]


def test_a_shop_is_set_up_once(desk: Desk) -> None:
    again = setup.ShopSetup("又一家", "B2", "另一位", "1234")
    with pytest.raises(UserError, match=r"setup\.done_already"):
        setup.set_up_shop(desk.db, desk.folder, desk.clock, again)


@pytest.mark.parametrize("code", ["", "TOOLONG7", "中文", "A 1", "a-1"])
def test_a_shop_code_fits_into_every_number(desk: Desk, code: str) -> None:
    again = setup.ShopSetup("又一家", code, "另一位", "1234")
    with pytest.raises(UserError, match=r"setup\.code"):
        setup.set_up_shop(desk.db, desk.folder, desk.clock, again)


def test_nobody_takes_over_an_owner_or_raises_their_own_limit(desk: Desk) -> None:
    manager = hire(desk, NewStaff("09", "孙经理", "manager", "9999"))
    hers = replace(desk, staff=staff.staff_view(desk, manager.id))
    for act in (
        lambda: staff.change_pin(hers, 1, "1111"),
        lambda: staff.set_active(hers, 1, False),
        lambda: staff.set_role(hers, 1, "clerk"),
        lambda: staff.add_staff(hers, NewStaff("10", "同伙", "manager", "8888", owner=True)),
        lambda: staff.set_role(hers, manager.id, "manager", 10_000_000),
    ):
        with pytest.raises(UserError, match=r"staff\.owner\.alone"):
            act()
    assert staff.sign_in(desk, 1, "2468").owner
    staff.set_role(desk, manager.id, "manager", 10_000_000)


# --- a PIN that somebody else set -----------------------------------------------------------------------------


def test_a_first_pin_opens_nothing_but_the_choice_of_another(desk: Desk) -> None:
    new = staff.add_staff(desk, NewStaff("09", "周新人", "supervisor", "1111")).value
    assert new.must_change
    nobody = replace(desk, staff=None)
    for act in (staff.sign_in, staff.verify_pin):
        with pytest.raises(UserError) as refused:
            act(nobody, new.id, "1111")
        assert refused.value.code == "staff.pin.must_change"
    with pytest.raises(UserError) as wrong:
        staff.choose_pin(nobody, new.id, "2222", "3333")
    assert wrong.value.code == "staff.pin.wrong"
    with pytest.raises(UserError) as same:
        staff.choose_pin(nobody, new.id, "1111", "1111")
    assert same.value.code == "staff.pin.same"
    assert staff.choose_pin(nobody, new.id, "1111", "3333").value.name == "周新人"
    assert staff.sign_in(nobody, new.id, "3333").id == new.id
    with pytest.raises(UserError) as old:
        staff.sign_in(nobody, new.id, "1111")
    assert old.value.code == "staff.pin.wrong"


def test_who_stands_at_the_desk_does_nothing_more_once_their_pin_was_reset(desk: Desk) -> None:
    clerk = replace(desk, staff=staff.staff_view(desk, 2))
    staff.change_pin(desk, 2, "9753")
    with pytest.raises(UserError) as refused:
        staff.require_somebody(clerk)
    assert refused.value.code == "staff.pin.must_change"
    staff.choose_pin(desk, 2, "9753", "8642")
    staff.require_somebody(clerk)


def test_a_code_by_phone_is_worth_nothing_while_the_pin_is_somebody_elses(desk: Desk) -> None:
    boss = replace(desk, staff=staff.staff_view(desk, 3))
    sheet = phone_codes.make_sheet(boss, "8642").value
    staff.change_pin(desk, 3, "9753")
    clerk = replace(desk, staff=staff.staff_view(desk, 2))
    with pytest.raises(UserError) as refused:
        phone_codes.verify(clerk, phone_codes.ReadOut(3, sheet.codes[0]))
    assert refused.value.code == "staff.pin.must_change"


def test_changed_rights_are_told_with_what_was_and_stand_on_the_overrides_report(desk: Desk) -> None:
    staff.set_role(desk, 2, "clerk", 5_000)
    staff.set_role(desk, 2, "clerk", 5_000)
    staff.change_pin(desk, 2, "9753")
    staff.choose_pin(desk, 2, "9753", "8642")
    changed = StaffEvent.select().where(StaffEvent.kind == "rights_changed").order_by(StaffEvent.id)
    (event,) = changed
    assert (event.detail["was"]["limit_fen"], event.detail["now"]["limit_fen"]) == (None, 5_000)
    found = overrides.listed(desk, desk.today(), desk.today())
    assert [(one.kind, one.number, one.who) for one in found] == [
        ("pin_reset", "02", "王经理"),
        ("rights_changed", "02", "王经理"),
    ]
    assert found[1].why.endswith("→ 50.00")


@pytest.mark.parametrize(
    "change",
    [
        "role = 'manager'",
        "limit_fen = 99999999",
        "owner = 1",
        "active = 0",
        "must_change = 1",
        "pin_hash = 'x'",
    ],
)
def test_no_other_program_changes_rights_or_a_pin(desk: Desk, change: str) -> None:
    with sqlite3.connect(desk.folder / FILE_NAME) as other, pytest.raises(sqlite3.IntegrityError) as refused:
        other.execute(f"UPDATE staff SET {change} WHERE id = 2")
    other.close()
    assert str(refused.value) == "guard.staff_rights"


def test_rights_that_are_not_what_was_entered_are_named(desk: Desk) -> None:
    desk.db.execute_sql("DROP TRIGGER guard_staff_rights_told")
    with sqlite3.connect(desk.folder / FILE_NAME) as other:
        other.execute("UPDATE staff SET limit_fen = 1 WHERE id = 2")
    other.close()
    assert list(verify_staff.untold(desk.db)) == [(2, "李小店员")]

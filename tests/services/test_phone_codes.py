"""An absent owner approves by a one-time code that is read out over the phone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, code_of, opened

from counter_app.db.models import Approval, PhoneCode, Staff, StaffEvent
from counter_app.domain.errors import UserError
from counter_app.services import approvals, phone_codes, staff
from counter_app.services.phone_codes import ReadOut

OWNER = 1


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        yield there


def refusal(act: object, *args: object, **named: object) -> str:
    with pytest.raises(UserError) as caught:
        act(*args, **named)  # type: ignore[operator]
    return code_of(caught.value)


def asked(counter: Counter, price_fen: int = 30000) -> tuple[Visit, int]:
    """A return above the clerk's limit, parked for an approver."""
    visit = counter.visit(counter.simple_sale(price_fen=price_fen))
    visit.go("return", "agree", "in_person", "fit")
    return visit, approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id).value.id


@pytest.mark.req("S3-29")
def test_the_code_that_is_due_approves_once_and_is_written_down(counter: Counter) -> None:
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    assert len(set(sheet.codes)) == phone_codes.CODES
    visit, question = asked(counter)
    told = phone_codes.challenge(counter.clerk, OWNER, [question])
    assert (told.no, told.left, told.cases, told.amount_fen) == (1, 20, (visit.case.number,), 30000)
    done = approvals.decide(
        counter.clerk, [question], "approve", ReadOut(OWNER, sheet.codes[0]), "电话同意"
    ).value
    assert (done.decision, done.way, done.decided_by) == ("approve", "code", "王店长")
    spent = PhoneCode.get(PhoneCode.no == 1)
    assert (spent.used_by_id, spent.used_for) == (2, [question])
    assert phone_codes.state(counter.clerk, OWNER).next_no == 2
    visit.post()
    counter.sound()


def test_a_used_code_is_never_right_again(counter: Counter) -> None:
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    _, first = asked(counter)
    _, second = asked(counter)
    approvals.decide(counter.clerk, [first], "approve", ReadOut(OWNER, sheet.codes[0]))
    again = ReadOut(OWNER, sheet.codes[0])
    assert refusal(approvals.decide, counter.clerk, [second], "approve", again) == "staff.pin.wrong"
    assert Approval.get_by_id(second).decision == ""


def test_wrong_codes_lock_the_approver_out_like_wrong_pins(counter: Counter) -> None:
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    _, question = asked(counter)
    wrong = ReadOut(OWNER, sheet.codes[5])
    said = [refusal(approvals.decide, counter.clerk, [question], "approve", wrong) for _ in range(5)]
    assert said == ["staff.pin.wrong"] * 4 + ["staff.locked"]
    right = ReadOut(OWNER, sheet.codes[0])
    assert refusal(approvals.decide, counter.clerk, [question], "approve", right) == "staff.locked"
    assert refusal(staff.verify_pin, counter.clerk, OWNER, "1234") == "staff.locked"
    counter.clock.forward(minutes=2)
    assert approvals.decide(counter.clerk, [question], "approve", right).value.decision == "approve"
    assert Staff.get_by_id(OWNER).failed_attempts == 0


def test_no_code_lies_in_the_file_and_none_is_told_twice(counter: Counter) -> None:
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    counter.desk.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = (counter.desk.folder / "counter.sqlite3").read_bytes()
    assert b"$argon2" in content
    assert not [code for code in sheet.codes if code.encode() in content]
    kinds = [row.kind for row in StaffEvent.select().order_by(StaffEvent.id)]
    assert kinds[-2:] == ["pin_shown", "codes_made"]


def test_a_new_sheet_ends_the_old_one_and_a_lost_one_is_withdrawn(counter: Counter) -> None:
    old = phone_codes.make_sheet(counter.owner, "1234").value
    new = phone_codes.make_sheet(counter.owner, "1234").value
    assert (old.sheet, new.sheet) == (1, 2)
    _, question = asked(counter)
    before = ReadOut(OWNER, old.codes[0])
    assert refusal(approvals.decide, counter.clerk, [question], "approve", before) == "staff.pin.wrong"
    assert refusal(phone_codes.withdraw, counter.clerk, OWNER) == "staff.right.missing"
    assert phone_codes.withdraw(counter.owner, OWNER).value.left == 0
    assert phone_codes.holders(counter.clerk) == ()
    after = ReadOut(OWNER, new.codes[0])
    assert refusal(approvals.decide, counter.clerk, [question], "approve", after) == "approval.code.none"


def test_whoever_asks_or_stands_here_uses_no_code(counter: Counter) -> None:
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    _, question = asked(counter)
    told = ReadOut(OWNER, sheet.codes[0])
    assert refusal(approvals.decide, counter.owner, [question], "approve", told) == "approval.code.own"
    owner_asks = counter.visit(counter.simple_sale())
    owner_asks.go("return", "agree", "in_person", "fit")
    owner_asks.plan(signature_waived="顾客赶车")
    own = approvals.request(counter.owner, owner_asks.case_id).value.id
    assert refusal(approvals.decide, counter.clerk, [own], "approve", told) == "approval.code.own"
    assert phone_codes.state(counter.clerk, OWNER).left == phone_codes.CODES


def test_rights_and_limit_of_the_approver_hold_over_the_phone(counter: Counter) -> None:
    boss = counter.as_staff(3)
    sheet = phone_codes.make_sheet(boss, "3456").value
    _, question = asked(counter, price_fen=600_000)
    told = ReadOut(3, sheet.codes[0])
    assert refusal(approvals.decide, counter.clerk, [question], "approve", told) == "case.approval.limit"
    assert phone_codes.state(counter.clerk, 3).left == phone_codes.CODES
    assert refusal(phone_codes.make_sheet, counter.clerk, "2345") == "staff.right.missing"
    assert refusal(phone_codes.make_sheet, boss, "9999") == "staff.pin.wrong"


def test_two_windows_that_heard_one_code_spend_it_once(counter: Counter) -> None:
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    told = ReadOut(OWNER, sheet.codes[0])
    _, question = asked(counter)
    here, there = phone_codes.verify(counter.clerk, told), phone_codes.verify(counter.clerk, told)
    with counter.desk.db.atomic("IMMEDIATE"):
        phone_codes.use(counter.clerk, here, [question])
    with counter.desk.db.atomic("IMMEDIATE"):
        assert refusal(phone_codes.use, counter.clerk, there, [question]) == "approval.code.used"


def test_several_questions_are_answered_by_one_code(counter: Counter) -> None:
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    questions = [asked(counter)[1], asked(counter, 40000)[1]]
    told = phone_codes.challenge(counter.clerk, OWNER, questions)
    assert (len(told.cases), told.amount_fen) == (2, 70000)
    approvals.decide(counter.clerk, questions, "approve", ReadOut(OWNER, sheet.codes[0]))
    assert [row.way for row in Approval.select().where(Approval.id << questions)] == ["code", "code"]
    assert PhoneCode.get(PhoneCode.no == 1).used_for == questions


def test_another_program_cannot_make_a_used_code_fresh(counter: Counter) -> None:
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    _, question = asked(counter)
    approvals.decide(counter.clerk, [question], "approve", ReadOut(OWNER, sheet.codes[0]))
    other = sqlite3.connect(counter.desk.folder / "counter.sqlite3")
    for attack in (
        "UPDATE phone_code SET used_at = NULL, used_by_id = NULL WHERE no = 1",
        "UPDATE phone_code SET code_hash = 'x' WHERE no = 2",
        "DELETE FROM phone_code WHERE no = 1",
        "INSERT OR REPLACE INTO phone_code SELECT id, staff_id, sheet, no, code_hash, made_at, NULL, NULL, '[]', NULL "
        "FROM phone_code WHERE no = 1",
    ):
        with pytest.raises(sqlite3.DatabaseError):
            other.execute(attack)
        other.rollback()
    other.close()
    assert replace(phone_codes.state(counter.clerk, OWNER), made_at=None).next_no == 2

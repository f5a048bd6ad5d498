"""Owed is not paid (invariant 11): partial payments, numbers used twice, wrong proofs put right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, code_of, opened

from counter_app.db.models import MoneyEntry, Proof
from counter_app.domain.errors import UserError
from counter_app.domain.money_views import SettlementView
from counter_app.services import reversal, settling, shift


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one
        one.sound()


def refunded(counter: Counter, tender: str = "wechat", **sale: object) -> tuple[Visit, SettlementView]:
    visit = counter.visit(counter.simple_sale(tender=tender, **sale))  # type: ignore[arg-type]
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    (owed,) = visit.case.settlements
    return visit, owed


def pay(
    counter: Counter, owed: SettlementView, amount: int, reference: str, tender: str = "wechat"
) -> SettlementView:
    return settling.pay(counter.clerk, owed.id, amount, tender, reference, counter.request()).value


@pytest.mark.req("S3-29")
def test_a_refund_is_paid_in_parts_each_with_its_own_number(counter: Counter) -> None:
    _visit, owed = refunded(counter)
    assert pay(counter, owed, 10_000, "5030001").open_fen == 9_900
    assert [one.id for one in settling.owed(counter.clerk)] == [owed.id]
    whole = pay(counter, owed, 9_900, "5030002")
    assert (whole.open_fen, whole.references) == (0, ("5030001", "5030002"))
    assert settling.owed(counter.clerk) == ()


def test_more_than_is_owed_is_not_paid(counter: Counter) -> None:
    _visit, owed = refunded(counter)
    pay(counter, owed, 19_000, "5030001")
    with pytest.raises(UserError) as refused:
        pay(counter, owed, 901, "5030002")
    assert code_of(refused.value) == "settling.amount"


def test_one_number_proves_one_payment(counter: Counter) -> None:
    _visit, owed = refunded(counter)
    _other, again = refunded(counter)
    pay(counter, owed, 10_000, "5030001")
    for settlement in (owed, again):
        with pytest.raises(UserError) as refused:
            pay(counter, settlement, 9_900, "5030001")
        assert code_of(refused.value) == "guard.proof_used"


def test_the_number_of_one_service_says_nothing_about_another(counter: Counter) -> None:
    _visit, owed = refunded(counter)
    _other, again = refunded(counter, "alipay")
    pay(counter, owed, 19_900, "5030001")
    assert pay(counter, again, 19_900, "5030001", "alipay").open_fen == 0


def test_a_wrong_proof_is_corrected_by_its_mirror_and_the_money_is_owed_again(counter: Counter) -> None:
    visit, owed = refunded(counter)
    pay(counter, owed, 19_900, "WRONG")
    (wrong,) = settling.proofs(counter.clerk, owed.id)
    shown = settling.correct(counter.clerk, wrong.id, "抄错了号码", counter.request()).value
    assert (shown.open_fen, shown.references) == (19_900, ())
    assert [(one.reference, one.corrected_why) for one in settling.proofs(counter.clerk, owed.id)] == [
        ("WRONG", "抄错了号码")
    ]
    assert pay(counter, owed, 19_900, "RIGHT").references == ("RIGHT",)
    assert [row.amount_fen for row in MoneyEntry.select().where(MoneyEntry.proof.is_null(False))] == [
        -19_900,
        19_900,
        -19_900,
    ]
    assert any(event.kind == "proof_corrected" for event in visit.case.events)
    pay(counter, refunded(counter)[1], 19_900, "WRONG")


def test_a_proof_is_corrected_once_with_a_reason_and_only_while_it_stands(counter: Counter) -> None:
    visit, owed = refunded(counter)
    pay(counter, owed, 19_900, "X1")
    (wrong,) = settling.proofs(counter.clerk, owed.id)
    with pytest.raises(UserError) as refused:
        settling.correct(counter.clerk, wrong.id, "  ", counter.request())
    assert code_of(refused.value) == "case.reason.missing"
    request = counter.request()
    settling.correct(counter.clerk, wrong.id, "错", request)
    assert not settling.correct(counter.clerk, wrong.id, "错", request).changed
    with pytest.raises(UserError) as refused:
        settling.correct(counter.clerk, wrong.id, "错", counter.request())
    assert code_of(refused.value) == "settling.corrected"
    pay(counter, owed, 19_900, "X2")
    number = next(paper.number for paper in visit.case.documents if paper.prefix == "TK")
    reversal.reverse(counter.as_staff(3), number, "录错", counter.request(), by=(1, "1234"))
    second = next(one for one in settling.proofs(counter.clerk, owed.id) if one.reference == "X2")
    with pytest.raises(UserError) as refused:
        settling.correct(counter.clerk, second.id, "错", counter.request())
    assert code_of(refused.value) == "settling.reversed"


def test_cash_that_was_not_handed_out_is_in_the_drawer_again(counter: Counter) -> None:
    counter.open_drawer(50_000)
    _visit, owed = refunded(counter, "cash")
    assert shift.cash_in_drawer(counter.clerk) == 30_100
    (wrong,) = settling.proofs(counter.clerk, owed.id)
    settling.correct(counter.clerk, wrong.id, "没有给出去", counter.request())
    assert shift.cash_in_drawer(counter.clerk) == 50_000
    assert [one.open_fen for one in settling.owed(counter.clerk)] == [19_900]


def test_cash_is_corrected_only_while_a_shift_is_open(counter: Counter) -> None:
    counter.open_drawer(50_000)
    _visit, owed = refunded(counter, "cash")
    (wrong,) = settling.proofs(counter.clerk, owed.id)
    shift.close_shift(counter.owner, 30_100)
    with pytest.raises(UserError) as refused:
        settling.correct(counter.clerk, wrong.id, "没有给出去", counter.request())
    assert code_of(refused.value) == "shift.none"
    assert Proof.select().count() == 1


def test_the_proof_of_a_deposit_that_went_back_is_not_corrected_any_more(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")
    visit.choose(deposit={"amount_fen": 5000, "tender": "wechat"})
    visit.post()
    deposit = next(one for one in visit.case.settlements if one.purpose == "deposit")
    settling.receive(counter.clerk, deposit.id, 5000, "wechat", "D1", counter.request())
    (wrong,) = settling.proofs(counter.clerk, deposit.id)
    settling.correct(counter.clerk, wrong.id, "号码错", counter.request())
    assert [one.purpose for one in settling.owed(counter.clerk)] == ["deposit"]
    settling.receive(counter.clerk, deposit.id, 5000, "wechat", "D2", counter.request())
    visit.go("arrived", "confirmed").post()
    right = next(one for one in settling.proofs(counter.clerk, deposit.id) if not one.corrected_why)
    with pytest.raises(UserError) as refused:
        settling.correct(counter.clerk, right.id, "号码错", counter.request())
    assert code_of(refused.value) == "settling.deposit_moved"


@pytest.mark.parametrize("again", ["５０３０００１", "503 0001", "5030001#2"])
def test_one_number_proves_one_payment_however_it_is_spelled(counter: Counter, again: str) -> None:
    """A transfer that paid one customer does not pay the next, full-width, in groups or as a part of itself."""
    _visit, first = refunded(counter)
    _visit, second = refunded(counter)
    pay(counter, first, 19_900, "5030001")
    with pytest.raises(UserError) as refused:
        pay(counter, second, 100, again)
    assert code_of(refused.value) == "guard.proof_used"
    wrong = settling.proofs(counter.clerk, first.id)[0]
    settling.correct(counter.clerk, wrong.id, "是另一位顾客的", counter.request())
    pay(counter, second, 100, again)

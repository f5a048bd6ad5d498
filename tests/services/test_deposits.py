"""Deposits the shop holds: the customers' money, told until it went back or was kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, code_of, opened

from counter_app.domain.errors import UserError
from counter_app.domain.money_views import SettlementView
from counter_app.services import deposits, reversal, settling

SENT_FIRST = ("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        one.open_drawer()
        yield one


def test_a_deposit_is_held_from_its_proof_until_it_goes_back(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST).choose(deposit={"amount_fen": 10_000, "tender": "wechat"})
    visit.post()
    assert deposits.held(counter.clerk) == (), "it was not received yet"
    visit.settle()
    (held,) = deposits.held(counter.clerk)
    assert (held.case_number, held.open_fen, held.tender, held.late) == (
        visit.case.number,
        10_000,
        "wechat",
        False,
    )
    assert held.due_on is not None
    counter.clock.forward(days=60)
    assert deposits.held(counter.clerk)[0].late
    counter.clock.forward(days=-60)
    visit.go("arrived", "confirmed").post()
    assert deposits.held(counter.clerk) == ()


def test_a_deposit_that_was_reversed_is_not_held(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST).choose(deposit={"amount_fen": 10_000, "tender": "cash"})
    posted = visit.post()
    number = next(paper.number for paper in posted.documents if paper.prefix == "YJ")
    assert len(deposits.held(counter.clerk)) == 1
    reversal.reverse(counter.owner, number, "录错", counter.request(), by=counter.boss)
    assert deposits.held(counter.clerk) == ()


def sent_first(counter: Counter, amount_fen: int = 10_000) -> tuple[Visit, SettlementView]:
    """Goods went out first against a deposit by WeChat, whose proof was entered."""
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST).choose(deposit={"amount_fen": amount_fen, "tender": "wechat"})
    visit.post()
    visit.settle()
    return visit, next(one for one in visit.case.settlements if one.purpose == "deposit")


def corrected(counter: Counter, deposit: SettlementView) -> None:
    """The transfer turned out to be somebody else's."""
    proof = next(one for one in settling.proofs(counter.clerk, deposit.id) if not one.corrected_why)
    settling.correct(counter.clerk, proof.id, "这笔转账是别人的", counter.request())


def owed(counter: Counter) -> list[tuple[str, str, int]]:
    return [(one.direction, one.purpose, one.open_fen) for one in settling.owed(counter.clerk)]


@pytest.mark.parametrize("answered_before", [False, True])
def test_a_deposit_that_was_never_received_is_not_given_back(counter: Counter, answered_before: bool) -> None:
    visit, deposit = sent_first(counter)
    if answered_before:
        visit.go("arrived", "confirmed")
    corrected(counter, deposit)
    if not answered_before:
        visit.go("arrived", "confirmed")
    visit.post()
    assert owed(counter) == [], "nobody owes a deposit for goods that are back"
    assert [one.open_fen for one in visit.case.deposits] == [0]
    assert deposits.held(counter.clerk) == ()
    counter.sound()


def test_of_a_deposit_only_what_was_received_goes_back(counter: Counter) -> None:
    visit, deposit = sent_first(counter)
    corrected(counter, deposit)
    settling.receive(counter.clerk, deposit.id, 4_000, "wechat", "D-2", counter.request())
    visit.go("arrived", "confirmed")
    assert [row.amount_fen for row in visit.view.proposal.walks[0].working if row.label.zh == "退押金"] == [
        4_000
    ]
    visit.post()
    assert owed(counter) == [("in", "deposit", -4_000)], "what came in goes back to the customer"
    visit_paid = settling.owed(counter.clerk)[0]
    settling.receive(counter.clerk, visit_paid.id, -4_000, "wechat", "D-2-R", counter.request())
    assert owed(counter) == []
    counter.sound()


def test_a_deposit_that_was_not_received_cannot_be_kept(counter: Counter) -> None:
    visit, deposit = sent_first(counter)
    corrected(counter, deposit)
    visit.go("overdue")
    assert "proposal.deposit_unpaid" in {one.code for one in visit.view.proposal.missing}
    settling.receive(counter.clerk, deposit.id, 10_000, "wechat", "D-2", counter.request())
    assert "proposal.deposit_unpaid" not in {one.code for one in visit.view.proposal.missing}


def test_goods_that_never_left_are_not_waited_for(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST).choose(deposit={"amount_fen": 10_000, "tender": "wechat"})
    visit.post()
    deposit = next(one for one in visit.case.settlements if one.purpose == "deposit")
    settling.receive(counter.clerk, deposit.id, 4_000, "wechat", "D-1", counter.request())
    corrected(counter, deposit)
    with pytest.raises(UserError) as refused:
        visit.go("arrived")
    assert code_of(refused.value) == "waiting.not_received"

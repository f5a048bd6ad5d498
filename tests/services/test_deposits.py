"""Deposits the shop holds: the customers' money, told until it went back or was kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, code_of, opened

from counter_app.db.models import Task
from counter_app.domain.errors import UserError
from counter_app.domain.money_views import SettlementView
from counter_app.services import approvals, deposits, overrides, reversal, settling, shift

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


def test_goods_sent_first_beyond_the_deposit_and_the_own_limit_ask_for_a_yes(counter: Counter) -> None:
    """Up to the own limit a clerk takes the risk alone; what no deposit covers beyond it, nobody takes alone."""

    def asked(price_fen: int, deposit_fen: int | None = None, **choices: object) -> tuple[str, ...]:
        visit = counter.visit(counter.simple_sale(price_fen=price_fen))
        # Above the own limit the chart has the exchange itself approved; the goods that leave are another matter.
        approved = ("approve",) if price_fen > 20_000 else ()
        visit.go(*SENT_FIRST[:5], *approved, *SENT_FIRST[5:])
        if deposit_fen is not None:
            visit.choose(deposit={"amount_fen": deposit_fen, "tender": "cash"})
        if choices:
            visit.choose(**choices)
        visit.waive()
        question = approvals.request(counter.clerk, visit.case_id).value if needs(visit) else None
        return () if question is None else question.codes

    def needs(visit: Visit) -> bool:
        return any(not need.node for walk in visit.view.proposal.walks for need in walk.approvals)

    assert "sent_first" not in asked(19_900, 1)
    assert "sent_first" not in asked(39_900, 19_900)
    assert "sent_first" in asked(39_900, 19_899)
    assert "sent_first" in asked(39_900, waybill="SF1234567890")
    assert "sent_first" not in asked(39_900)


def test_a_refund_while_something_is_lent_over_the_purchase_asks_for_a_yes(counter: Counter) -> None:
    sale = counter.simple_sale()
    first = counter.visit(sale)
    visit = counter.visit(sale, 0, lines=())
    Task.create(
        case=visit.case_id, kind="loan", what="备用机 1 台", created_at=1, business_date=counter.desk.today()
    )
    first.go("return", "agree", "in_person", "fit")
    question = approvals.request(counter.clerk, first.case_id).value
    assert question.codes == ("loan_out",) and visit.case.number in question.reasons[0].zh
    Task.update(done_at=2).where(Task.kind == "loan").execute()
    assert not any(not need.node for walk in first.view.proposal.walks for need in walk.approvals)


def test_a_deposit_kept_and_a_drawer_that_is_apart_stand_among_the_overrides(counter: Counter) -> None:
    visit, _deposit = sent_first(counter)
    counter.clock.forward(days=60)
    visit.go("overdue")
    visit.post()
    shift.close_shift(counter.clerk, shift.cash_in_drawer(counter.clerk) - 700, variance_reason="找错零钱")
    today = counter.desk.today()
    found = {one.kind: one for one in overrides.listed(counter.owner, today, today)}
    assert (found["deposit_kept"].amount_fen, found["deposit_kept"].case_id) == (10_000, visit.case_id)
    assert (found["drawer_apart"].amount_fen, found["drawer_apart"].why) == (-700, "找错零钱")
    assert found["drawer_apart"].number.startswith("JB")

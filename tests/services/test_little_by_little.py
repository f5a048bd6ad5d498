"""What is not done at once is not done little by little: several visits, several parcels, halves of an act."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from visits import Counter, Visit, approval_figures, build_shop, opened

from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine
from counter_app.domain.sale_views import SaleView
from counter_app.services import (
    approvals,
    bills,
    posting,
    products,
    reversal,
    settling,
    shift,
    stock_counts,
    walks,
)

COUPON = ("problem", "yes", "mismatch", "yes", "no", "no", "coupon")
LOST = ("return", "agree", "post", "lost", "resend", "handed_over")
SENT_FIRST = ("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")
WECHAT = "交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款金额,退款状态,商品名称,订单金额\n"


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one


def coupon(counter: Counter, sale: SaleView, amount_fen: int) -> Visit:
    visit = counter.visit(sale)
    number = counter.request()
    return visit.choose(coupon={"what": "券", "number": number, "amount_fen": amount_fen}).go(*COUPON).waive()


def refused(visit: Visit) -> str:
    with pytest.raises(UserError) as told:
        visit.sign()
    figures = visit.view.proposal.figures_hash
    with pytest.raises(UserError) as posted:
        posting.post(visit.counter.clerk, visit.case_id, visit.counter.request(), figures)
    assert posted.value.code == told.value.code
    return told.value.code


def test_goodwill_for_one_purchase_counts_together_over_visits_and_days(counter: Counter) -> None:
    sale = counter.simple_sale()
    first = coupon(counter, sale, 3000).post()
    counter.clock.forward(days=1)
    second = coupon(counter, sale, 3000)
    assert refused(second) == "proposal.approval"
    question = approvals.request(counter.clerk, second.case_id).value
    assert (question.codes, question.amount_fen) == (("goodwill",), 6000)
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "老顾客")
    second.post()
    # What somebody approved does not count against the clerk, nor what was taken back.
    number = first.documents[-1].number
    reversal.reverse(counter.as_staff(3), number, "录错", counter.request(), by=(1, "1234"))
    coupon(counter, sale, 3000).post()
    assert refused(coupon(counter, sale, 3000)) == "proposal.approval"
    counter.sound()


def test_goodwill_for_other_purchases_is_their_own(counter: Counter) -> None:
    for _ in range(3):
        coupon(counter, counter.simple_sale(), 5000).post()
    counter.sound()


def test_a_parcel_is_sent_again_once_more_only_with_an_approval(counter: Counter) -> None:
    approval_figures(counter.owner, small_amount_fen=10_000_000)
    sale = counter.simple_sale(tender="wechat")
    counter.visit(sale).go(*LOST).post()
    again = counter.visit(sale).go(*LOST).waive()
    assert refused(again) == "proposal.approval"
    product = sale.lines[0].product_id
    assert product is not None
    assert products.stock_on_hand(counter.owner, product) == 9000
    question = approvals.request(counter.clerk, again.case_id).value
    assert (question.codes, question.amount_fen) == (("sent_again",), 19900)
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "快递确认第二次丢件")
    again.post()
    assert products.stock_on_hand(counter.owner, product) == 8000
    counter.sound()


def test_each_lost_piece_of_a_purchase_is_sent_again_without_asking(counter: Counter) -> None:
    sale = counter.simple_sale(quantity=2, tender="wechat")
    for _ in range(2):
        counter.visit(sale).go(*LOST).post()
    assert refused(counter.visit(sale).go(*LOST).waive()) == "proposal.approval"
    counter.sound()


def test_a_deposit_and_a_refund_of_one_posting_never_take_more_than_lies_in_the_drawer(
    counter: Counter,
) -> None:
    product = counter.product(price_fen=20_000)
    lines = (NewLine("甲", 1000, 20_000, product_id=product), NewLine("乙", 1000, 10_000, product_id=product))
    sale = counter.sell(*lines, tenders={"cash": 30_000})
    counter.open_drawer(0)
    lent = counter.visit(sale, lines=tuple((line.id, 1000) for line in sale.lines))
    other = walks.start_walk(counter.clerk, lent.case_id, [lent.case.lines[1].id]).value.walks[-1].id
    lent.go(*SENT_FIRST).choose(deposit={"amount_fen": 5000, "tender": "cash"})
    lent.post()
    shift.close_shift(counter.owner, 5000)
    counter.open_drawer(10_000)
    lent.go("arrived", "confirmed").waive()
    lent.on(other).go("return", "agree", "in_person", "fit").waive()
    lent.post()
    paid = {one.purpose: one.settled_fen for one in lent.case.settlements if one.direction == "out"}
    assert paid == {"refund": 10_000, "deposit": 0}
    assert shift.cash_in_drawer(counter.owner) == 0
    counter.sound()


def test_a_movement_for_two_refunds_is_entered_whole_or_not_at_all(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = counter.product(price_fen=10_000)
    lines = [NewLine(name, 1000, 10_000, product_id=product) for name in ("甲", "乙")]
    sale = counter.sell(*lines, tenders={"wechat": 20_000})
    visit = counter.visit(sale, lines=tuple((line.id, 1000) for line in sale.lines))
    other = walks.start_walk(counter.clerk, visit.case_id, [visit.case.lines[1].id]).value.walks[-1].id
    for one in (visit, visit.on(other)):
        one.go("return", "agree", "in_person", "fit").waive()
    visit.post()
    bill = tmp_path / "bill.csv"
    bill.write_text(
        f"{WECHAT}`2026-11-19 10:00:00,`wx1,`1900,`42,`X1,`REFUND,`5030,`{visit.case.number},`200.00,`SUCCESS,`杯,`200.00\n"
        "总交易单数,应结订单总金额,退款总金额\n`1,`0.00,`200.00\n",
        "utf-8-sig",
    )
    pay, paid = settling.pay, []

    def killed_at_the_second(*given: Any) -> Any:
        if paid:
            raise KeyboardInterrupt
        paid.append(given)
        return pay(*given)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(settling, "pay", killed_at_the_second)
        bills.enter(counter.clerk, bill)
    assert len(settling.owed(counter.clerk)) == 2
    assert [line.found for line in bills.enter(counter.clerk, bill).value.lines] == ["owed"]
    assert settling.owed(counter.clerk) == ()
    counter.sound()


@pytest.mark.parametrize("first", [5000, 4000])
def test_a_count_that_another_window_changes_while_the_pin_is_typed_is_not_posted(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    products_there = [counter.product(name, stock=5) for name in ("甲", "乙")]
    session = stock_counts.start(counter.owner, "V1").value
    rows = stock_counts.count(counter.owner, session.id).rows
    for row, counted in zip(rows, (first, 5000), strict=True):
        stock_counts.write(counter.owner, row.id, counted)
    check = stock_counts._approver

    def slowly(*given: Any) -> Any:
        person = check(*given)
        stock_counts.write(counter.owner, rows[1].id, 0)
        return person

    with monkeypatch.context() as patched, pytest.raises(UserError) as told:
        patched.setattr(stock_counts, "_approver", slowly)
        stock_counts.post(counter.owner, session.id, "少了", counter.request(), counter.boss)
    assert told.value.code == "count.changed"
    assert [products.stock_on_hand(counter.owner, one) for one in products_there] == [5000, 5000]
    stock_counts.post(counter.owner, session.id, "少了", counter.request(), counter.boss)
    assert [products.stock_on_hand(counter.owner, one) for one in products_there] == [first, 0]
    counter.sound()

"""What is not given at once is not given little by little: several visits, several parcels, one drawer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, approval_figures, build_shop, opened

from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine
from counter_app.domain.sale_views import SaleView
from counter_app.services import approvals, posting, products, reversal, shift, walks

COUPON = ("problem", "yes", "mismatch", "yes", "no", "no", "coupon")
LOST = ("return", "agree", "post", "lost", "resend", "handed_over")
SENT_FIRST = ("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")


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

"""What must never go wrong with money, attacked through the services (design: money and goods)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import STROKES, Counter, Visit, build_shop, opened

from counter_app.db.models import Document, Proof, Settlement
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.new_sale import NewLine
from counter_app.services import (
    approvals,
    cases,
    forms,
    goods,
    inspection,
    posting,
    sales,
    settling,
)
from counter_app.services import visit as visit_service
from counter_app.services.inspection import Inspection


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        there.open_drawer()
        yield there


def returned(counter: Counter, visit: Visit) -> Visit:
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    return visit


def refused(code: str, act: object, *args: object, **named: object) -> UserError:
    with pytest.raises(CounterError) as caught:
        act(*args, **named)  # type: ignore[operator]
    assert caught.value.code == code
    return caught.value  # type: ignore[return-value]


# --- 1: never more back than was sold -----------------------------------------------------------------


def test_a_second_case_cannot_hold_goods_that_another_case_holds(counter: Counter) -> None:
    sale = counter.simple_sale(quantity=2)
    counter.visit(sale, 2)
    error = refused("case.line.overreturned", counter.visit, sale, 1)
    assert error.params["left"] == "0"


def test_what_came_back_cannot_come_back_again(counter: Counter) -> None:
    sale = counter.simple_sale()
    returned(counter, counter.visit(sale))
    refused("case.line.overreturned", counter.visit, sale)


def test_a_withdrawn_case_gives_its_goods_free(counter: Counter) -> None:
    sale = counter.simple_sale()
    visit = counter.visit(sale)
    visit.go("return", "withdraw")
    visit.post_plainly()
    assert counter.visit(sale).case.state == "open"


def test_two_windows_racing_for_the_last_piece_register_one_case(first_day: Path, tmp_path: Path) -> None:
    with opened(first_day, tmp_path / "shop") as there:
        sale = there.simple_sale()
        line = sale.lines[0].id
    racer = Path(__file__).with_name("case_racing.py")
    racers = [
        subprocess.Popen(
            [sys.executable, str(racer), str(tmp_path / "shop"), str(sale.id), str(line), f"race-{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for number in range(2)
    ]
    for one in racers:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    told = []
    for one in racers:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in racers:
        out, _ = one.communicate(timeout=120)
        assert one.returncode == 0
        told.append(out.strip())
    assert sorted(told) == ["case.line.overreturned", "registered"]


# --- 2: never more money back than was paid, and single returns add up ---------------------------------


def test_three_single_returns_refund_what_one_triple_return_would(counter: Counter) -> None:
    product = counter.product(price_fen=3333)
    line = NewLine("杯", 3000, 3333, product_id=product)
    one_by_one = counter.sell(line, tenders={"cash": 9925}, discount_fen=74)
    at_once = counter.sell(line, tenders={"cash": 9925}, discount_fen=74)
    singles = [returned(counter, counter.visit(one_by_one)).case for _ in range(3)]
    triple = returned(counter, counter.visit(at_once, 3)).case
    refunds = [sum(item.amount_fen for item in case.settlements) for case in (*singles, triple)]
    assert sum(refunds[:3]) == refunds[3] == 9925
    counter.sound()


def test_an_allowance_is_taken_off_what_a_later_return_brings(counter: Counter) -> None:
    sale = counter.simple_sale(price_fen=19900)
    visit = counter.visit(sale)
    visit.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "30.00"})
    visit.post()
    later = counter.visit(sale)
    later.go("return")
    assert later.view.proposal.refund_fen == 16900


# --- 3: each way of paying takes back no more than it paid ----------------------------------------------


def test_several_tenders_share_a_refund_pro_rata(counter: Counter) -> None:
    product = counter.product(price_fen=10000)
    sale = counter.sell(
        NewLine("杯", 2000, 10000, product_id=product), tenders={"cash": 5000, "wechat": 15000}
    )
    visit = counter.visit(sale)
    visit.go("return")
    shares = {item.tender: item.amount_fen for item in visit.view.proposal.refund_tenders}
    assert shares == {"cash": 2500, "wechat": 7500}


def test_another_route_needs_a_reason_and_somebody_who_approves(counter: Counter) -> None:
    sale = counter.simple_sale(tender="wechat", price_fen=10000)
    visit = counter.visit(sale)
    visit.go("return", "agree", "in_person", "fit")
    visit.plan(refund_way="cash", refund_way_reason="微信已注销")
    refused("proposal.approval", visit.sign)
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "属实")
    posted = visit.post()
    assert posted.paid_now_fen == 10000
    row = Settlement.get(Settlement.tender == "cash")
    assert row.override_id == question.id
    counter.sound()


def test_a_proxy_without_the_buyers_consent_gets_the_original_route_only(counter: Counter) -> None:
    sale = counter.simple_sale(tender="wechat", price_fen=10000)
    visit = counter.visit(sale, stands="proxy")
    visit.go("return", "agree", "in_person", "fit")
    visit.plan(refund_way="cash", refund_way_reason="代办")
    refused("settlement.route.consent", visit.sign)


@pytest.mark.parametrize("stands", ["proxy", "gift_recipient"])
def test_who_stands_in_for_the_buyer_gets_another_route_only_with_the_buyers_consent(
    counter: Counter, stands: str
) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat", price_fen=10000), stands=stands)
    visit.go("return", "agree", "in_person", "fit")
    visit.plan(refund_way="cash", refund_way_reason="顾客要现金")
    refused("settlement.route.consent", visit.sign)
    visit_service.set_stands(counter.clerk, visit.case_id, stands, buyer_consent=True)
    refused("proposal.approval", visit.sign)
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "买家电话同意")
    assert visit.post().paid_now_fen == 10000
    assert (visit.case.stands, visit.case.buyer_consent) == (stands, True)
    assert [(one.tender, one.amount_fen) for one in visit.case.settlements] == [("cash", 10000)]
    assert Settlement.get(Settlement.tender == "cash").override_id == question.id
    counter.sound()


@pytest.mark.parametrize("stands", ["proxy", "gift_recipient"])
def test_who_stands_in_for_the_buyer_needs_no_consent_for_the_way_it_was_paid(
    counter: Counter, stands: str
) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat", price_fen=10000), stands=stands)
    visit.go("return", "agree", "in_person", "fit").post()
    assert [(one.tender, one.amount_fen) for one in visit.case.settlements] == [("wechat", 10000)]
    counter.sound()


def test_consent_that_is_taken_back_before_the_posting_stops_it(counter: Counter) -> None:
    visit = counter.visit(
        counter.simple_sale(tender="wechat", price_fen=10000), stands="gift_recipient", buyer_consent=True
    )
    visit.go("return", "agree", "in_person", "fit")
    visit.plan(refund_way="cash", refund_way_reason="顾客要现金")
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "买家电话同意")
    visit_service.set_stands(counter.clerk, visit.case_id, "gift_recipient")
    refused("settlement.route.consent", visit.sign)


# --- 4: compensation is its own document ---------------------------------------------------------------


def test_a_gift_beside_a_return_stands_on_a_document_of_its_own(counter: Counter) -> None:
    sale = counter.simple_sale()
    visit = counter.visit(sale)
    visit.go("return", "agree", "in_person", "fit").choose(gift={"what": "小杯垫", "amount_fen": 300})
    posted = visit.post()
    assert [item.prefix for item in posted.documents] == ["TH", "TK", "BC"]
    assert posted.refund_fen == 19900


# --- 5: an exchange settles its difference both ways ----------------------------------------------------


def test_an_exchanged_article_is_later_returned_at_its_own_price(counter: Counter) -> None:
    sale = counter.simple_sale(price_fen=19900)
    dearer = counter.product("大杯", 25900, stock=2)
    visit = counter.visit(sale)
    visit.go("exchange", "fit").choose(
        replacement=[{"name": "大杯", "product_id": dearer, "quantity_milli": 1000, "price_fen": 25900}]
    )
    visit.go("different", "handed_over")
    posted = visit.post()
    assert posted.collect_fen == 6000
    exchanged = next(item for item in sales_of(counter) if item.source == "exchange")
    assert exchanged.lines[0].origin_line_id == sale.lines[0].id
    later = counter.visit(exchanged)
    later.go("return")
    assert later.view.proposal.refund_fen == 25900
    counter.sound()


def test_goods_leave_only_after_the_proof_of_a_wechat_difference(counter: Counter) -> None:
    sale = counter.simple_sale(price_fen=19900)
    dearer = counter.product("大杯", 25900, stock=2)
    visit = counter.visit(sale)
    visit.plan(collect_tender="wechat")
    visit.go("exchange", "fit").choose(
        replacement=[{"name": "大杯", "product_id": dearer, "quantity_milli": 1000, "price_fen": 25900}]
    )
    visit.go("different", "handed_over")
    posted = visit.post()
    assert posted.paid_now_fen == 0
    assert goods.on_hand(counter.clerk, dearer) == 2000
    assert goods.sellable(counter.clerk, dearer) == 1000
    assert visit.case.state == "executing"
    owed = posted.owed[0]
    refused(
        "settling.reference",
        settling.receive,
        counter.clerk,
        owed.id,
        owed.open_fen,
        "wechat",
        "",
        counter.request(),
    )
    settling.receive(counter.clerk, owed.id, owed.open_fen, "wechat", "4200001", counter.request())
    assert goods.on_hand(counter.clerk, dearer) == 1000
    assert visit.case.state == "settled"
    counter.sound()


def test_stock_is_looked_at_before_anything_is_promised(counter: Counter) -> None:
    sale = counter.simple_sale(quantity=2, stock=1)
    visit = counter.visit(sale, 2)
    visit.go("exchange", "fit", "same")
    assert visit.walk.path[-1] == visit.walk.node.id
    assert [test.answer for test in visit.walk.tests if test.node == visit.walk.path[-2]] == ["no"]


# --- 6: one wish, one deed ------------------------------------------------------------------------------


def test_posting_twice_with_one_request_refunds_once(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    figures = visit.sign()
    first = posting.post(counter.clerk, visit.case_id, "once", figures)
    again = posting.post(counter.clerk, visit.case_id, "once", figures)
    assert again.value == first.value
    assert again.changed == frozenset()
    assert Document.select().where(Document.prefix == "TK").count() == 1


def test_one_request_id_cannot_stand_for_two_postings(counter: Counter) -> None:
    first, second = (counter.visit(counter.simple_sale()) for _ in range(2))
    for visit in (first, second):
        visit.go("return", "agree", "in_person", "fit")
    posting.post(counter.clerk, first.case_id, "mine", first.sign())
    refused("request.changed", posting.post, counter.clerk, second.case_id, "mine", second.sign())


def test_registering_twice_with_one_request_gives_one_case(counter: Counter) -> None:
    sale = counter.simple_sale()
    new = cases.NewCase(sale_id=sale.id, lines=((sale.lines[0].id, 1000),))
    first = cases.open_case(counter.clerk, new, "reg").value
    again = cases.open_case(counter.clerk, new, "reg").value
    assert first.number == again.number


def test_a_payment_entered_twice_is_paid_once(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    owed = visit.post().owed[0]
    for _ in range(2):
        settling.pay(counter.clerk, owed.id, owed.open_fen, "wechat", "4200002", "pay-once")
    assert Proof.select().count() == 1
    refused("settling.amount", settling.pay, counter.clerk, owed.id, 100, "wechat", "4200003", "pay-more")


# --- 7: what was shown is what is posted ----------------------------------------------------------------


def test_posting_stops_when_the_figures_changed_since_they_were_shown(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    figures = visit.sign()
    visit.choose(
        deductions=[
            {"case_line_id": visit.case.lines[0].id, "kind": "damage", "amount_fen": 500, "reason": "划痕"}
        ]
    )
    error = refused("posting.figures_changed", posting.post, counter.clerk, visit.case_id, "p", figures)
    assert error.params["refund"] == "194.00"
    assert Document.select().count() == 0


def test_a_signature_holds_for_the_form_it_was_given_on_only(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    form = forms.form_to_sign(counter.clerk, visit.case_id)
    inspection.record_inspection(counter.clerk, visit.case.lines[0].id, Inspection(condition="K4"))
    refused("form.changed", forms.sign, counter.clerk, visit.case_id, form.content_hash, STROKES)
    figures = visit.sign()
    inspection.record_inspection(counter.clerk, visit.case.lines[0].id, Inspection(condition="K3"))
    assert visit.case.signatures[-1].void
    refused("posting.unsigned", posting.post, counter.clerk, visit.case_id, "p", figures)


def sales_of(counter: Counter) -> list[object]:
    from counter_app.db.models import Sale

    return [sales.sale(counter.clerk, row.id) for row in Sale.select().order_by(Sale.id.desc())]

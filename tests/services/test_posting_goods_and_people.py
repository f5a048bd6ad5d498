"""What must never go wrong with what is posted, with goods and with approvals, attacked through the services (design: money and goods)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, opened

from counter_app.db.models import MoneyEntry, Proof, Staff, StockEntry
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.new_sale import NewLine
from counter_app.services import (
    approvals,
    cases,
    goods,
    inspection,
    posting,
    proposal,
    reversal,
    sales,
    settling,
    staff,
    walks,
)
from counter_app.services.case_words import yuan
from counter_app.services.inspection import Inspection
from counter_app.services.slips import slips_for


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


# --- 8 and 9: posted is posted, a reversal is not reversed ----------------------------------------------


def test_a_posted_visit_still_says_with_how_much_it_was_posted(counter: Counter) -> None:
    visit = returned(counter, counter.visit(counter.simple_sale()))
    posted = sum(one.amount_fen for one in cases.case(counter.clerk, visit.case_id).settlements)
    assert posted > 0
    shown = proposal.propose(counter.clerk, visit.case_id)
    assert shown.walks[0].headline.zh == f"退货退款 {yuan(posted)}"
    assert shown.refund_fen == 0, "nothing more is to be paid"


def test_a_posted_step_cannot_be_taken_back_only_reversed(counter: Counter) -> None:
    visit = returned(counter, counter.visit(counter.simple_sale()))
    refused("case.back.posted", walks.step_back, counter.clerk, visit.walk_id)
    refused("walk.ended", walks.answer, counter.clerk, visit.walk_id, visit.at, "withdraw")


def test_a_reversal_mirrors_goods_and_money_and_cannot_be_reversed(counter: Counter) -> None:
    sale = counter.simple_sale()
    visit = returned(counter, counter.visit(sale))
    number = next(item.number for item in visit.case.documents if item.prefix == "TK")
    boss = counter.as_staff(3)
    done = reversal.reverse(boss, number, "退错了人", "rev", by=(1, "1234")).value
    assert [item.prefix for item in done.documents] == ["TK", "TH"]
    assert visit.case.state == "reversed"
    assert sales.sale(counter.clerk, sale.id).lines[0].returnable_milli == 1000
    assert sum(row.amount_fen for row in Proof.select()) == 0
    refused(
        "reversal.of_reversal",
        reversal.reverse,
        boss,
        done.documents[0].number,
        "再冲",
        "rev2",
        by=(1, "1234"),
    )
    refused("reversal.twice", reversal.reverse, boss, number, "再冲", "rev3", by=(1, "1234"))
    counter.sound()


def test_a_reversal_needs_a_reason_and_another_person(counter: Counter) -> None:
    visit = returned(counter, counter.visit(counter.simple_sale()))
    number = visit.case.documents[-1].number
    boss = counter.as_staff(3)
    refused("case.reason.missing", reversal.reverse, boss, number, " ", "r1", by=(1, "1234"))
    refused("case.approval.own", reversal.reverse, boss, number, "录错", "r2", by=(3, "3456"))
    refused("staff.right.missing", reversal.reverse, counter.clerk, number, "录错", "r3", by=(3, "3456"))
    assert visit.case.state == "settled"


def test_an_exchange_reversed_puts_every_piece_back_where_it_was(counter: Counter) -> None:
    sale = counter.simple_sale(price_fen=19900, stock=4)
    product = sale.lines[0].product_id
    visit = counter.visit(sale)
    visit.go("exchange", "fit", "same", "handed_over")
    visit.post()
    assert goods.on_hand(counter.clerk, product) == 3000
    number = next(item.number for item in visit.case.documents if item.prefix == "HH")
    reversal.reverse(counter.as_staff(3), number, "换错", "rx", by=(1, "1234"))
    assert goods.on_hand(counter.clerk, product) == 4000
    exchanged = next(item for item in sales_of(counter) if item.source == "exchange")
    refused("case.line.overreturned", counter.visit, exchanged)
    assert counter.visit(sale).case.state == "open"
    counter.sound()


# --- 10: only accepted goods are refunded; goods move once ----------------------------------------------


def test_rejected_goods_are_not_refunded(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    inspection.record_inspection(
        counter.clerk,
        visit.case.lines[0].id,
        Inspection(accepted_milli=0, rejected_milli=1000, condition="K13"),
    )
    refused("settlement.line.not_accepted", visit.sign)


def test_of_two_pieces_the_accepted_one_is_refunded_and_the_other_goes_back(counter: Counter) -> None:
    sale = counter.simple_sale(quantity=2)
    visit = counter.visit(sale, 2)
    visit.go("return", "agree", "in_person", "fit", "approve")
    inspection.record_inspection(
        counter.clerk, visit.case.lines[0].id, Inspection(accepted_milli=1000, rejected_milli=1000)
    )
    posted = visit.post()
    assert posted.refund_fen == 19900
    assert sales.sale(counter.clerk, sale.id).lines[0].returnable_milli == 1000
    counter.sound()


def test_goods_move_to_their_place_once(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(stock=0))
    visit.go("return", "agree", "in_person", "fit")
    line = visit.case.lines[0]
    inspection.record_inspection(counter.clerk, line.id, Inspection(disposition="V1"))
    visit.post()
    moves = [(row.kind, row.from_place, row.to_place) for row in StockEntry.select().order_by(StockEntry.seq)]
    assert moves == [("received", "OUT", "V0"), ("disposed", "V0", "V1")]


def test_spoilt_food_can_only_be_destroyed_or_sealed(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(category="FOOD"))
    visit.go("problem", "yes", "unsafe", "in_person")
    line = visit.case.lines[0]
    inspection.record_inspection(counter.clerk, line.id, Inspection(received_milli=1000, condition="K14"))
    refused(
        "inspection.destroy_only",
        inspection.record_inspection,
        counter.clerk,
        line.id,
        Inspection(accepted_milli=1000, disposition="V1"),
    )
    visit.go("confirmed")
    assert visit.case.lines[0].disposition in ("V6", "V10")
    assert "TS" in [item.prefix for item in visit.post().documents]


# --- 11: owed is not paid -------------------------------------------------------------------------------


def test_a_wechat_refund_is_owed_until_its_number_is_entered(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    assert (posted.refund_fen, posted.paid_now_fen) == (19900, 0)
    assert [item.case_id for item in settling.owed(counter.clerk)] == [visit.case_id]
    assert visit.case.state == "executing"
    settling.pay(counter.clerk, posted.owed[0].id, 19900, "wechat", "4200009", counter.request())
    assert settling.owed(counter.clerk) == ()
    assert visit.case.state == "settled"


def test_a_cash_refund_without_enough_cash_stays_owed(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=18000, quantity=1))
    for _ in range(5):
        returned(counter, counter.visit(counter.simple_sale(price_fen=18000)))
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    assert posted.paid_now_fen == 0
    refused(
        "settling.drawer",
        settling.pay,
        counter.clerk,
        posted.owed[0].id,
        18000,
        "cash",
        "",
        counter.request(),
    )


# --- 12: what was granted with the sale -----------------------------------------------------------------


def test_a_subsidy_is_repaid_to_the_state_never_to_the_customer(counter: Counter) -> None:
    product = counter.product(price_fen=100000)
    sale = counter.sell(
        NewLine("杯", 1000, 100000, product_id=product), tenders={"wechat": 85000}, subsidy_fen=15000
    )
    visit = counter.visit(sale)
    visit.go("return", "agree", "in_person", "fit", "approve")
    assert visit.view.proposal.refund_fen == 85000
    visit.post()
    (repay,) = (task for task in visit.case.tasks if task.kind == "subsidy")
    assert repay.what == "¥150.00"
    told = {
        item.kind: item.slip.subsidy
        for item in slips_for(counter.clerk, visit.case.number)
        if getattr(item.slip, "subsidy", None) is not None
    }
    assert set(told) == {"return_form", "receipt", "refund_acknowledgement"}
    for subsidy in told.values():
        assert (subsidy.paid_fen, subsidy.back_fen, subsidy.left_fen) == (15000, 15000, 0)
        assert subsidy.due == repay.due_on.isoformat()
    refused_route = counter.visit(
        counter.sell(
            NewLine("杯", 1000, 100000, product_id=product), tenders={"wechat": 85000}, subsidy_fen=15000
        )
    )
    refused_route.go("return", "agree", "in_person", "fit", "approve")
    refused_route.plan(refund_way="cash", refund_way_reason="想要现金")
    refused("settlement.route.subsidy", refused_route.sign)


def test_a_gift_that_stays_with_the_customer_is_priced(counter: Counter) -> None:
    product, cup = counter.product(price_fen=19900), counter.product("杯刷", 1500)
    sale = counter.sell(
        NewLine("杯", 1000, 19900, product_id=product),
        NewLine("杯刷", 1000, 0, product_id=cup, gift_of=1, gift_price_fen=1500),
        tenders={"cash": 19900},
    )
    visit = counter.visit(sale)
    visit.go("return", "agree", "in_person", "fit")
    assert "settlement.gift.out" in [item.code for item in visit.view.proposal.warnings]
    visit.plan(gifts={str(sale.lines[1].id): "kept"})
    assert visit.view.proposal.refund_fen == 18400
    refused("proposal.approval", visit.sign)


# --- 13: approver and requester -------------------------------------------------------------------------


def test_whoever_asks_cannot_approve(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=60000))
    boss = counter.as_staff(3)
    for answer in ("return", "agree", "in_person", "fit"):
        walks.answer(boss, visit.walk_id, visit.at, answer)
    # 600 yuan is within the supervisor's own limit: nobody needs to be asked.
    assert visit.walk.state == "ended"
    other = counter.visit(counter.simple_sale(price_fen=600000))
    for answer in ("return", "agree", "in_person", "fit"):
        walks.answer(boss, other.walk_id, other.at, answer)
    refused("case.approval.own", walks.answer, boss, other.walk_id, other.at, "approve")
    refused("case.approval.own", walks.answer, boss, other.walk_id, other.at, "approve", by=(3, "3456"))
    walks.answer(boss, other.walk_id, other.at, "approve", by=(1, "1234"))
    assert other.walk.state == "ended"


def test_an_owner_who_works_alone_approves_with_a_reason_and_is_listed(counter: Counter) -> None:
    owner = counter.owner
    for one in (2, 3, 4):
        staff.set_active(owner, one, False)
    sale = counter.simple_sale(proof="none")
    new = cases.NewCase(sale_id=sale.id, lines=((sale.lines[0].id, 1000),))
    case = cases.open_case(owner, new, "own").value
    visit = Visit(counter, case.id, case.walks[0].id)
    for answer in ("return", "agree", "in_person", "fit"):
        walks.answer(owner, visit.walk_id, cases.case(owner, visit.case_id).walks[0].at_node, answer)
    question = approvals.request(owner, visit.case_id).value
    refused("case.reason.missing", approvals.approve_now, owner, question.id, 1, "1234")
    done = approvals.approve_now(owner, question.id, 1, "1234", "老顾客,认得商品").value
    assert done.self_approved


def test_an_approver_who_lost_the_right_holds_nothing_up_any_more(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=29900))
    visit.go("return", "agree", "in_person", "fit", "approve")
    figures = visit.sign()
    staff.set_role(counter.owner, 3, "clerk")
    refused("posting.approver_lost_right", posting.post, counter.clerk, visit.case_id, "p", figures)


def test_an_approval_of_other_figures_does_not_count(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(proof="none"))
    visit.go("return", "agree", "in_person", "fit")
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "认得")
    assert proposal.propose(counter.clerk, visit.case_id).ready
    visit.choose(gift={"what": "杯垫", "amount_fen": 100})
    assert not proposal.propose(counter.clerk, visit.case_id).ready


def test_a_wrong_pin_decides_nothing_and_is_counted(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=29900))
    visit.go("return", "agree", "in_person", "fit")
    refused(
        "staff.pin.wrong", walks.answer, counter.clerk, visit.walk_id, visit.at, "approve", by=(3, "0000")
    )
    assert Staff.get(Staff.id == 3).failed_attempts == 1
    assert visit.walk.state == "asking"


# --- 14 and 16 ------------------------------------------------------------------------------------------


def test_every_movement_of_money_is_a_row_of_the_chained_ledger(counter: Counter) -> None:
    returned(counter, counter.visit(counter.simple_sale()))
    told = [(row.kind, row.amount_fen) for row in MoneyEntry.select().order_by(MoneyEntry.seq)]
    assert told == [("float", 100_000), ("owed", -19900), ("paid", -19900)]
    counter.sound()


def sales_of(counter: Counter) -> list[object]:
    from counter_app.db.models import Sale

    return [sales.sale(counter.clerk, row.id) for row in Sale.select().order_by(Sale.id.desc())]

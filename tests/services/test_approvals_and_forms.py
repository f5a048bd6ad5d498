"""Asking, signing, settling, taking up again: what stands between a walk and the customer's door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.db.models import Document, DocumentLine, PrintRecord
from counter_app.domain import slips as paper
from counter_app.domain.errors import UserError
from counter_app.domain.slip_content import check_code, content_hash
from counter_app.services import (
    approvals,
    cases,
    forms,
    goods,
    inspection,
    posting,
    printing,
    reversal,
    second_handling,
    settling,
    shift,
    slips,
    tasks,
    waiting,
    walks,
)
from counter_app.services.inspection import Inspection


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        yield there


def code(act: object, *args: object, **named: object) -> str:
    with pytest.raises(UserError) as caught:
        act(*args, **named)  # type: ignore[operator]
    return caught.value.code


# --- approvals ----------------------------------------------------------------------------------------


@pytest.mark.req("S4-31", "S4-33", "S4-34")
def test_several_parked_questions_are_answered_at_once(counter: Counter) -> None:
    visits = [counter.visit(counter.simple_sale(price_fen=price)) for price in (30000, 40000)]
    for visit in visits:
        visit.go("return", "agree", "in_person", "fit")
        approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id, note="老顾客")
    waiting = approvals.pending(counter.as_staff(3))
    assert [item.amount_fen for item in waiting] == [40000, 30000]
    assert waiting[0].reasons[0].zh.startswith("退款审批")
    assert not waiting[0].may_reject
    approvals.decide(counter.clerk, [item.id for item in waiting], "approve", counter.boss, "同意")
    assert approvals.pending(counter.clerk) == ()
    assert {visit.walk.state for visit in visits} == {"ended"}
    assert {visit.case.state for visit in visits} == {"ready"}


def test_a_right_of_the_customer_cannot_be_rejected(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=30000))
    visit.go("return", "agree", "in_person", "fit")
    question = approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id).value
    assert code(approvals.decide, counter.clerk, [question.id], "reject", counter.boss, "不行") == (
        "approval.reject_right"
    )
    assert visit.case.state == "waiting_approval"


def test_a_rejected_allowance_is_gone_from_the_offer(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=90000))
    visit.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "250.00"})
    question = approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id).value
    approvals.decide(counter.clerk, [question.id], "reject", counter.boss, "太多")
    assert visit.walk.node is not None
    offered = {one.code: one.offered for one in visit.walk.node.options}
    assert offered["allowance"] is False
    assert offered["return"] is True
    assert visit.case.approvals[0].decision == "reject"


def test_an_answered_question_is_not_answered_again(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=30000))
    visit.go("return", "agree", "in_person", "fit")
    question = approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss)
    assert code(approvals.approve_now, counter.clerk, question.id, *counter.boss) == "approval.answered"
    assert code(approvals.request, counter.clerk, visit.case_id) == "approval.not_needed"


def test_asking_twice_is_one_question(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=30000))
    visit.go("return", "agree", "in_person", "fit")
    first = approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id).value
    again = approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id).value
    assert first.id == again.id


# --- forms and slips ----------------------------------------------------------------------------------


@pytest.mark.req("S0-10", "S4-12", "S4-82")
def test_the_form_shows_the_masked_customer_the_working_and_binds_the_signature(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    form = forms.form_to_sign(counter.clerk, visit.case_id)
    slip = form.slip
    assert isinstance(slip, paper.ReturnForm)
    assert slip.customer is not None
    assert slip.customer.name == "张*"
    assert slip.amount_fen == 19900
    assert slip.working[-1].total
    assert "7" in slip.reason or slip.reason
    assert form.content_hash == content_hash(slip)
    assert form.check_code == check_code(form.content_hash)
    assert code(forms.sign, counter.clerk, visit.case_id, form.content_hash, []) == "form.strokes"
    forms.sign(counter.clerk, visit.case_id, form.content_hash, on_paper=True)
    assert visit.case.signatures[0].on_paper


def test_no_cost_note_or_limit_stands_on_what_the_customer_gets(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale(price_fen=29900))
    cases.add_note(counter.clerk, visit.case_id, "顾客态度不好")
    visit.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "30.00"})
    visit.post()
    told = " ".join(repr(item.slip) for item in slips.slips_for(counter.clerk, visit.case.number))
    for secret in ("顾客态度不好", "折价成本", "149.50", "限额", "残值"):
        assert secret not in told


def test_a_slip_is_read_back_as_it_was_frozen_and_the_second_print_is_a_reprint(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    found = slips.slips_for(counter.clerk, posted.documents[0].number)
    form = found[0].slip
    assert isinstance(form, paper.ReturnForm)
    assert form.signature is not None
    assert form.signature.bound_to == visit.case.signatures[0].form_hash == content_hash(form)
    assert [item.number for item in form.posted] == [item.number for item in posted.documents]
    first = slips.print_record(counter.clerk, found[0].document, "return_form", paper="A4").value
    again = slips.print_record(counter.clerk, found[0].document, "return_form", paper="A4").value
    assert (first, again) == (False, True)
    assert PrintRecord.select().where(PrintRecord.reprint == 1).count() == 1
    assert slips.slips_for(counter.clerk, found[0].document)[0].reprint


def test_a_slip_shows_the_proof_once_it_is_there(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    number = posted.documents[1].number
    before = next(item.slip for item in slips.slips_for(counter.clerk, number) if item.kind == "receipt")
    assert before.money[0].state is paper.MoneyState.OWED  # type: ignore[attr-defined]
    settling.pay(counter.clerk, posted.owed[0].id, 19900, "wechat", "4200088", "w")
    after = next(item.slip for item in slips.slips_for(counter.clerk, number) if item.kind == "receipt")
    assert after.money[0].state is paper.MoneyState.PAID  # type: ignore[attr-defined]
    assert after.money[0].proof == "4200088"  # type: ignore[attr-defined]


def test_a_signed_form_prints_as_it_was_signed_once_the_money_has_its_proof(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("price", "overcharged", facts={"difference": "12.00"})
    posted = visit.post()
    settling.pay(counter.clerk, posted.owed[0].id, 1200, "wechat", "4200089", "w")
    sheets = printing.sheets(counter.clerk, posted.documents[0].number)
    form = next(sheet for sheet in sheets if isinstance(sheet.slip, paper.ReturnForm))
    assert form.slip.signature is not None
    assert form.slip.signature.bound_to == content_hash(form.slip)
    assert all(printing.pdf_of(counter.clerk, sheet).startswith(b"%PDF") for sheet in sheets)


@pytest.mark.req("S4-72", "S4-73")
def test_a_refund_for_finance_prints_an_application_due_in_three_days(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("price", "overcharged", facts={"difference": "12.00"})
    posted = visit.post()
    assert visit.case.state == "waiting_finance"
    found = slips.slips_for(counter.clerk, posted.documents[0].number)
    application = next(item.slip for item in found if isinstance(item.slip, paper.RefundApplication))
    assert application.amount_fen == 1200
    assert application.due == "2026-11-22"
    assert code(walks.answer, counter.clerk, visit.walk_id, visit.at, "paid") == "waiting.not_paid"
    counter.open_drawer()
    visit.settle()
    visit.go("paid")
    visit.post()
    assert visit.case.state == "settled"


def test_a_refusal_is_written_with_reason_approver_and_where_to_turn(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(channel="store"))
    visit.go("return", "refuse", reason="没有承诺,也无质量问题")
    visit.choose(
        refusal={"reason": "门店购买,无质量问题,本店没有无理由退货承诺", "basis": "消费者权益保护法 24、25"}
    )
    posted = visit.post()
    assert [item.prefix for item in posted.documents] == ["GZ"]
    notice = slips.slips_for(counter.clerk, posted.documents[0].number)[0].slip
    assert isinstance(notice, paper.RefusalNotice)
    assert notice.approver == "赵主管"
    assert "12315" in notice.turn_to[1]
    assert notice.basis.startswith("消费者权益保护法")
    assert visit.case.lines[0].state == "released"


# --- settling -----------------------------------------------------------------------------------------


def test_cash_needs_an_open_shift(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    owed = posted.owed[0]
    assert code(settling.pay, counter.clerk, owed.id, owed.open_fen, "cash", "", "c1") == "shift.none"
    counter.open_drawer(50_000)
    settling.pay(counter.clerk, owed.id, owed.open_fen, "cash", "", "c2")
    assert shift.cash_in_drawer(counter.clerk) == 50_000 - 19_900
    assert visit.case.state == "settled"
    counter.sound()


def test_a_settlement_is_settled_its_own_way_and_direction(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    owed = visit.post().owed[0]
    assert code(settling.pay, counter.clerk, owed.id, 19900, "alipay", "1", "a") == "settling.tender"
    assert code(settling.receive, counter.clerk, owed.id, 19900, "wechat", "1", "b") == "settling.direction"
    assert code(settling.pay, counter.clerk, owed.id, 0, "wechat", "1", "c") == "settling.amount"
    assert code(settling.pay, counter.clerk, owed.id, -100, "wechat", "1", "d") == "settling.amount"
    assert code(settling.pay, counter.clerk, 999, 100, "wechat", "1", "e") == "settling.unknown"


def test_a_paid_refund_that_is_reversed_must_come_back(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    settling.pay(counter.clerk, posted.owed[0].id, 19900, "wechat", "4200001", "p")
    reversal.reverse(counter.as_staff(3), posted.documents[1].number, "退错", "r", by=(1, "1234"))
    back = settling.owed(counter.clerk)
    assert [item.open_fen for item in back] == [-19900]
    settling.pay(counter.clerk, back[0].id, -19900, "wechat", "4200002", "q")
    assert settling.owed(counter.clerk) == ()
    counter.sound()


def test_an_unpaid_refund_that_is_reversed_owes_nothing(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    reversal.reverse(counter.as_staff(3), posted.documents[1].number, "退错", "r", by=(1, "1234"))
    assert settling.owed(counter.clerk) == ()
    lines = list(DocumentLine.select().join(Document).where(Document.prefix == "TK"))
    assert sum(line.amount_fen for line in lines) == 0
    counter.sound()


# --- parcels, call-back, second handling --------------------------------------------------------------


@pytest.mark.req("S4-66", "S4-75")
def test_a_parcel_leaves_the_stock_when_it_is_sent_and_is_followed(counter: Counter) -> None:
    sale = counter.simple_sale(stock=3)
    product = sale.lines[0].product_id
    assert product is not None
    visit = counter.visit(sale)
    visit.go("problem", "yes", "short", "confirmed", "resend", "send")
    visit.post()
    assert goods.on_hand(counter.clerk, product) == 3000
    assert goods.sellable(counter.clerk, product) == 2000
    ship = next(item for item in visit.case.tasks if item.kind == "ship")
    assert ship.due_on is not None
    assert (ship.due_on - visit.case.business_date).days == 3
    assert code(tasks.done, counter.clerk, ship.id) == "task.result"
    tasks.done(counter.clerk, ship.id, "SF123")
    assert goods.on_hand(counter.clerk, product) == 2000
    assert visit.case.state == "executing"
    for item in visit.case.tasks:
        if item.done_at is None and item.kind == "ship_follow":
            tasks.done(counter.clerk, item.id, "已签收")
    assert visit.case.state == "settled"
    assert code(tasks.done, counter.clerk, ship.id, "SF123") == "task.done"
    second_handling.call_back(counter.clerk, visit.case_id, True, "很好")
    assert visit.case.state == "closed"
    counter.sound()


@pytest.mark.req("S4-84", "S4-85")
def test_a_customer_who_is_not_content_is_handled_again_from_the_last_offer(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "30.00"})
    visit.post()
    second_handling.call_back(counter.clerk, visit.case_id, False, "还是漏水")
    assert visit.case.state == "executing"
    assert "second_handling" in [item.kind for item in visit.case.tasks]
    assert code(second_handling.reopen, counter.clerk, visit.case_id, "重谈") == "staff.right.missing"
    view = second_handling.reopen(counter.as_staff(3), visit.case_id, "顾客不满意").value
    assert view.walks[-1].path[-1] == "B-Q6"
    assert view.case.state == "open"
    again = visit.on(view.walks[-1].id)
    again.go("return", "in_person", "confirmed")
    assert again.view.proposal.refund_fen == 16900
    again.post()
    counter.sound()


def test_a_case_without_an_offer_is_taken_up_where_complaints_are_settled(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("question", "yes")
    visit.post_plainly()
    view = second_handling.reopen(counter.as_staff(3), visit.case_id, "又来问").value
    assert view.walks[-1].path[-1] == "J-5"


def test_the_customer_withdraws_in_the_middle_and_gets_the_goods_back(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "needs_test")
    inspection.record_inspection(counter.clerk, visit.case.lines[0].id, Inspection(received_milli=1000))
    waiting.park(counter.clerk, visit.walk_id)
    assert [move.to_place for move in visit.case.goods] == ["V0"]
    second_handling.withdraw(counter.clerk, visit.case_id, "不等了")
    posting.post(counter.clerk, visit.case_id, "w", visit.view.proposal.figures_hash)
    assert [move.kind for move in visit.case.goods] == ["received", "handed_back"]
    assert visit.case.state == "withdrawn"
    assert visit.case.lines[0].state == "released"
    assert code(second_handling.withdraw, counter.clerk, visit.case_id) == "walk.ended"
    counter.sound()


def test_nothing_can_be_withdrawn_once_something_is_posted(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")
    visit.post()
    assert code(second_handling.withdraw, counter.clerk, visit.case_id) == "case.withdraw.posted"
    assert visit.walk.node is not None
    assert not visit.walk.node.may_withdraw


@pytest.mark.req("S4-28", "S4-31")
def test_an_allowance_above_the_limit_prints_its_application_with_both_costs(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=90000))
    visit.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "250.00"})
    approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id, note="老顾客")
    found = [item.slip for item in slips.slips_for(counter.clerk, visit.case.number)]
    application = next(item for item in found if isinstance(item, paper.AllowanceApplication))
    assert application.amount_fen == 25000
    assert "250.00 <" in application.rule
    assert application.hands.clerk == "李店员"
    assert application.verdict == ""


def test_a_reversing_document_says_what_it_reverses_and_why(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    number = visit.post().documents[1].number
    done = reversal.reverse(counter.as_staff(3), number, "金额录错", "r", by=(1, "1234")).value
    slip = slips.slips_for(counter.clerk, done.documents[0].number)[0].slip
    assert slip.number == done.documents[0].number
    assert slip.note == f"{number}: 金额录错"

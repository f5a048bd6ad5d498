"""Visits that are not simple: several lines, exchanges with a difference, goods sent first, refusals, waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from walker import Filler

from counter_app.domain.new_sale import NewLine
from counter_app.services import cases, settling
from counter_app.ui import format as shown
from counter_app.ui.screens.counter.choice_dialog import ChoiceDialog
from counter_app.ui.screens.counter.deduction_dialog import DeductionDialog
from counter_app.ui.screens.counter.inspect_dialog import InspectDialog
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.proof_dialog import ProofDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.screens.counter.record_sale_dialog import RecordSaleDialog
from counter_app.ui.screens.counter.replacement_dialog import ReplacementDialog
from counter_app.ui.widgets.action_button import ActionButton

PIN = "3456"


@pytest.fixture
def helper(hands) -> Iterator[Filler]:
    """Somebody beside the clerk who fills in whatever dialog opens."""
    filler = Filler(hands)
    yield filler
    filler.stop()
    assert filler.refused == []


def by_pin(hands, note: str = "", pin: str = PIN):
    def act(dialog) -> None:
        dialog._who.setCurrentIndex(dialog._who.findData(3))
        dialog._note.setText(note)
        dialog._pad.setFocus()
        hands.type(pin)
        hands.enter()

    return act


def because(hands, text: str = "not wanted"):
    def act(dialog) -> None:
        dialog._edit.setFocus()
        hands.type(text)
        hands.enter()

    return act


def article(name: str, price: str | None = None):
    def act(dialog) -> None:
        dialog._search.setText(name)
        dialog._list._cards[0].click()
        if price is not None:
            dialog._price.setText(price)
        dialog.accept_button.click()

    return act


def bring_evidence(hands, helper: Filler) -> None:
    from walker import Walker

    walker = Walker(hands, hands.at)
    walker.filler.stop()
    walker.filler = helper
    while walker._bring_evidence():
        pass


def two_lines(counter):
    first, second = counter.product("保温杯", 9900), counter.product("杯刷", 1990)
    return counter.sell(
        NewLine("保温杯", 1000, 9900, product_id=first, category="OTHER"),
        NewLine("杯刷", 2000, 1990, product_id=second, category="OTHER"),
        tenders={"cash": 13880},
    )


def page(hands):
    return hands.screen._stack.currentWidget()


def press_button(widget, text: str) -> None:
    QApplication.processEvents()
    next(
        button
        for button in widget.findChildren(ActionButton)
        if button.isVisibleTo(widget) and button.text() == text
    ).click()


# --- several lines -----------------------------------------------------------------------------------


def test_two_lines_with_different_answers_are_posted_together(hands, counter) -> None:
    hands.scan(two_lines(counter).order_no)
    cards = hands.screen.sale_panel._cards
    assert cards[0].hasFocus(), "with several lines the first thing to do is to choose"
    hands.press(Qt.Key.Key_Space)
    hands.screen.question_panel.focus_question()
    hands.answer("return", "agree", "in_person", "fit")
    assert hands.at == "B-R5"
    # The second line joins with answers of its own.
    hands.screen.sale_panel._cards[1].setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(hands.view.walks) == 2 and hands.at == "K-0"
    hands.answer("exchange", "fit", "same", "handed_over")
    assert hands.at == "X-END-NOW"
    hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert hands.at == "B-R5"
    hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert hands.at == "X-END-NOW"
    hands.sign_on_paper_and_post()
    prefixes = sorted(document.prefix for document in hands.screen.done_page._posted.documents)
    assert prefixes == ["HH", "TH", "TH", "TK"]
    counter.sound()


def test_lines_chosen_together_can_be_split_and_go_different_ways(hands, counter) -> None:
    hands.scan(two_lines(counter).order_no)
    for card in hands.screen.sale_panel._cards:
        card.setFocus()
        hands.press(Qt.Key.Key_Space)
    hands.screen.question_panel.focus_question()
    hands.answer("return")
    assert len(hands.walk.line_ids) == 2
    hands.screen.tabs._split.click()
    assert [len(walk.line_ids) for walk in hands.view.walks] == [1, 1]


def test_plus_and_minus_change_how_many_pieces_come_back(hands, counter) -> None:
    hands.scan(two_lines(counter).order_no)
    hands.screen.sale_panel._cards[1].setFocus()
    hands.press(Qt.Key.Key_Space)
    assert hands.screen.sale_panel.chosen_lines()[hands.screen._sale.lines[1].id] == 1000, (
        "one piece unless said"
    )
    hands.press(Qt.Key.Key_Plus, text="+")
    assert hands.screen.sale_panel.chosen_lines()[hands.screen._sale.lines[1].id] == 2000
    hands.press(Qt.Key.Key_Plus, text="+")
    assert hands.screen.sale_panel.chosen_lines()[hands.screen._sale.lines[1].id] == 2000, "two were bought"
    hands.press(Qt.Key.Key_Minus, text="-")
    hands.screen.question_panel.focus_question()
    hands.answer("return")
    assert hands.view.case.lines[0].quantity_milli == 1000


# --- exchange ----------------------------------------------------------------------------------------


@pytest.mark.req("S4-26", "S4-42")
def test_an_exchange_for_something_dearer_is_paid_by_wechat_and_the_goods_wait_for_the_proof(
    hands, counter
) -> None:
    counter.product("大号保温杯", 25900, stock=3)
    hands.scan(counter.simple_sale().order_no)
    hands.answer("exchange", "fit", "different")
    hands.in_dialog(ReplacementDialog, article("大号"), lambda: hands.f(9))
    hands.answer("handed_over")
    assert hands.view.proposal.collect_fen == 6000

    def by_wechat(dialog) -> None:
        box = dialog._inputs["collect_tender"]
        box.setCurrentIndex(box.findData("wechat"))
        dialog.accept_button.click()

    def choose(dialog) -> None:
        at = next(at for at, card in enumerate(dialog._list._cards) if card.answer.key == "collect_tender")
        hands.press(Qt.Key(Qt.Key.Key_1 + at), text=str(at + 1))

    from hands import Answering

    paying = []

    def then(dialog) -> None:
        choose(dialog)
        paying.append(Answering(ChoiceDialog, by_wechat))

    hands.in_dialog(MoreDialog, then, lambda: hands.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier))
    paying[0].check()
    assert hands.view.proposal.collect_tender == "wechat"
    hands.sign_on_paper_and_post()
    done = hands.screen.done_page
    [owed] = done._posted.owed
    assert (owed.direction, owed.tender, owed.open_fen) == ("in", "wechat", 6000)
    assert not any(move.kind == "issued" for move in cases.case(counter.clerk, 1).goods), "the goods wait"

    def proof(dialog) -> None:
        dialog._number.setFocus()
        hands.type("WX0099")
        hands.enter()

    hands.in_dialog(ProofDialog, proof, done._owed.itemAt(0).widget().findChild(ActionButton).click)
    assert settling.owed(counter.clerk) == ()
    assert done._owed.count() == 0, "what was settled is no longer shown as owed"
    counter.sound()


@pytest.mark.req("S4-26", "S4-32")
def test_an_exchange_for_something_cheaper_gives_the_difference_back(hands, counter) -> None:
    counter.product("小杯子", 9900, stock=3)
    hands.scan(counter.simple_sale().order_no)
    hands.answer("exchange", "fit", "different")
    hands.in_dialog(ReplacementDialog, article("小杯子"), lambda: hands.f(9))
    hands.answer("handed_over")
    assert hands.view.proposal.refund_fen == 10000
    hands.sign_on_paper_and_post()
    assert sorted(document.prefix for document in hands.screen.done_page._posted.documents) == [
        "HH",
        "TH",
        "TK",
    ]
    counter.sound()


@pytest.mark.req("S4-2")
def test_without_stock_the_customer_waits_and_is_served_when_it_came(hands, counter) -> None:
    sale = counter.simple_sale(stock=0)
    hands.scan(sale.order_no)
    hands.answer("exchange", "fit", "same")
    assert hands.at == "X-3"
    hands.answer("wait")
    assert hands.walk.state == "waiting"
    number = hands.view.case.number
    hands.f(2)
    from counter_app.services import products

    products.count_stock(counter.owner, sale.lines[0].product_id, 5000)
    counter.clock.forward(days=2)
    hands.scan(number)
    hands.answer("arrived", "handed_over")
    hands.sign_on_paper_and_post()
    counter.sound()


# --- sent first, re-sent, kept -----------------------------------------------------------------------


@pytest.mark.req("S4-37")
def test_goods_sent_first_stand_on_a_deposit_that_comes_back_with_the_return(hands, counter, helper) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")
    bring_evidence(hands, helper)
    hands.f(9)
    while page(hands) is hands.screen.work_page:
        hands.f(9)
    hands.f(10)
    hands.f(9)
    assert "YJ" in [document.prefix for document in hands.screen.done_page._posted.documents]
    number = hands.screen.done_page._posted.case_number
    hands.f(2)
    counter.clock.forward(days=3)
    hands.scan(number)
    assert hands.at == "B-D2sw"
    hands.answer("arrived", "confirmed")
    while page(hands) is hands.screen.work_page:
        hands.f(9)
    hands.f(10)
    hands.f(9)
    assert page(hands) is hands.screen.done_page, hands.screen.confirm_page.banner.message()
    [deposit] = cases.case(counter.clerk, 1).deposits
    assert deposit.state == "returned"
    counter.sound()


@pytest.mark.req("S4-37")
def test_goods_sent_first_may_stand_on_the_waybill_instead(hands, counter, helper) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "waybill")
    item = next(item for item in hands.walk.evidence if item.kind == "waybill")

    def number(dialog) -> None:
        dialog._inputs["waybill"].setFocus()
        hands.type("SF1234567890")
        hands.enter()

    helper.stop()
    hands.in_dialog(ChoiceDialog, number, lambda: hands.screen.question_panel.write.emit(item))
    helper._timer.start()
    bring_evidence(hands, helper)
    assert hands.walk.choices["waybill"] == "SF1234567890"
    hands.sign_on_paper_and_post()
    assert "YJ" not in [document.prefix for document in hands.screen.done_page._posted.documents]
    counter.sound()


@pytest.mark.req("S4-28")
def test_an_allowance_is_offered_once_its_amount_is_typed(hands, counter, helper) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality", "goods")
    node = hands.walk.node
    assert not next(option for option in node.options if option.code == "allowance").offered
    edit = hands.screen.question_panel._facts._edits["allowance"]
    edit.setFocus()
    hands.type("30.00")
    hands.enter()
    option = next(option for option in hands.walk.node.options if option.code == "allowance")
    assert option.offered and "30.00" in option.because.en
    hands.answer("allowance")
    bring_evidence(hands, helper)
    hands.sign_on_paper_and_post()
    assert [document.prefix for document in hands.screen.done_page._posted.documents] == ["ZJ"]
    counter.sound()


def test_a_fact_that_cannot_be_read_says_so_and_keeps_what_was_typed(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality", "goods")
    edit = hands.screen.question_panel._facts._edits["allowance"]
    edit.setFocus()
    hands.type("dreissig")
    hands.enter()
    assert hands.told
    assert hands.screen.question_panel._facts._edits["allowance"].text() == "dreissig"


@pytest.mark.req("S4-71")
def test_three_ways_are_offered_when_goods_are_not_as_described(hands, counter, helper) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "mismatch", "yes", "no", "no")
    assert hands.at == "C-C40"
    offered = {option.code: option.right for option in hands.walk.node.options}
    assert offered["return"] and offered["exchange"]
    hands.answer("difference")
    form = hands.screen.question_panel._facts
    assert form._edits["difference"].hasFocus(), "the amount is asked for at once"
    hands.type("20.00")
    hands.enter()
    bring_evidence(hands, helper)
    hands.sign_on_paper_and_post()
    assert [document.prefix for document in hands.screen.done_page._posted.documents] == ["TK"]


@pytest.mark.req("S4-32")
def test_price_protection_pays_the_difference(hands, counter, helper) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("price", "price_protection")
    form = hands.screen.question_panel._facts
    assert form.isVisible()
    form.focus_first()
    form._edits["price_now"].selectAll()
    hands.type("179.00")
    hands.enter()
    if hands.at == "P-2x":
        hands.answer("goodwill")
    bring_evidence(hands, helper)
    hands.sign_on_paper_and_post()
    assert hands.screen.done_page._posted.refund_fen == 2000


# --- refusal, approval -------------------------------------------------------------------------------


@pytest.mark.req("S4-5")
def test_a_refusal_needs_a_supervisor_and_a_reason_and_prints_a_notice(hands, counter, helper) -> None:
    helper.stop()
    hands.scan(counter.simple_sale(channel="store").order_no)
    hands.answer("return")
    hands.in_dialog(PinDialog, by_pin(hands, "没有承诺无理由退货"), lambda: hands.answer("refuse"))
    assert hands.at == "B-END-REFUSED"
    helper._timer.start()
    while page(hands) is hands.screen.work_page:
        hands.f(9)
    if page(hands) is hands.screen.confirm_page:
        hands.f(10)
        hands.f(9)
    done = hands.screen.done_page
    assert page(hands) is done
    assert [document.prefix for document in done._posted.documents] == ["GZ"]
    assert done._posted.state == "refused"
    assert len(done.slips()) >= 1
    counter.sound()


def over_the_limit(hands, counter):
    hands.scan(counter.simple_sale(price_fen=79900).order_no)
    hands.answer("return", "agree", "in_person", "fit")
    assert hands.at == "B-R5r"


@pytest.mark.req("S4-34")
def test_what_is_above_the_limit_is_approved_by_pin_at_the_counter(hands, counter) -> None:
    over_the_limit(hands, counter)
    hands.in_dialog(PinDialog, by_pin(hands), lambda: hands.answer("approve"))
    assert hands.at == "B-R5"
    hands.sign_on_paper_and_post()
    [approval] = cases.case(counter.clerk, 1).approvals
    assert approval.decision == "approve" and approval.decided_by == "赵主管"
    counter.sound()


@pytest.mark.req("S4-34")
def test_an_approval_may_be_parked_and_is_decided_elsewhere(hands, counter) -> None:
    from counter_app.services import approvals

    hands.scan(counter.simple_sale().order_no)
    hands.answer("parcel", "lost", "refund")
    [need] = [
        need for walk in hands.view.proposal.walks for need in walk.approvals if need.state != "approve"
    ]
    press_button(hands.screen.proposal_panel, "Park it")
    assert page(hands) is hands.screen.done_page, "the customer gets an acceptance receipt"
    number = hands.view.case.number
    hands.f(2)
    [asked] = approvals.pending(counter.owner)
    assert asked.amount_fen == need.amount_fen
    approvals.decide(counter.owner, (asked.id,), "approve", counter.boss, "可以")
    hands.scan(number)
    assert all(need.state == "approve" for walk in hands.view.proposal.walks for need in walk.approvals)


@pytest.mark.req("S4-31")
def test_a_rejected_allowance_is_off_the_table(hands, counter) -> None:
    hands.scan(counter.simple_sale(price_fen=99900).order_no)
    hands.answer("problem", "yes", "quality", "goods")
    edit = hands.screen.question_panel._facts._edits["allowance"]
    edit.setFocus()
    hands.type("250.00")
    hands.enter()
    option = next(option for option in hands.walk.node.options if option.code == "allowance")
    assert option.offered, option.because.en
    hands.answer("allowance")
    hands.in_dialog(PinDialog, by_pin(hands, "太多了"), lambda: hands.answer("reject"))
    assert hands.at == "B-Q6"
    assert not next(option for option in hands.walk.node.options if option.code == "allowance").offered


def test_a_right_cannot_be_rejected(hands, counter) -> None:
    over_the_limit(hands, counter)
    reject = next(option for option in hands.walk.node.options if option.code == "reject")
    assert not reject.offered and reject.because.en
    hands.press(Qt.Key.Key_2, text="2")
    hands.qtbot.waitUntil(lambda: "not on offer" in hands.told)


# --- waits, parcels, nothing found -------------------------------------------------------------------


@pytest.mark.req("S4-35")
def test_a_wait_is_parked_with_a_receipt_and_resumed_another_day_by_its_number(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "post")
    assert hands.walk.state == "waiting"
    assert hands.screen.proposal_panel._go.text() == "Print the acceptance receipt"
    hands.f(9)
    assert page(hands) is hands.screen.done_page
    first = hands.screen.done_page.slips()[0]
    assert first.key.endswith("/acceptance_receipt") and hands.screen.done_page._current == first.key
    number = hands.view.case.number
    hands.f(2)
    assert hands.screen.view is None
    counter.clock.forward(days=20)
    hands.scan(f"counter:case/{number}")
    assert hands.view.case.number == number and hands.walk.state == "waiting"
    hands.answer("arrived", "fit")
    assert hands.at == "B-R5", "the right of the day the customer came still holds"
    hands.sign_on_paper_and_post()
    counter.sound()


@pytest.mark.req("S4-78")
def test_nothing_found_is_recorded_by_hand_and_goes_on(hands, counter) -> None:
    hands.scan("6909999999999")
    assert "6909999999999" in hands.screen.sale_panel.hits.title.text()

    def record(dialog) -> None:
        assert dialog._number.text() == "6909999999999"
        row = dialog._rows[0]
        row.name.setFocus()
        hands.type("Kettle")
        row.price.setFocus()
        hands.type("99.00")
        dialog._day.setText("2026-11-17")
        dialog._received.setText("2026-11-18")
        dialog._channel.setCurrentIndex(dialog._channel.findData("remote"))
        dialog.accept_button.click()

    hands.in_dialog(RecordSaleDialog, record, lambda: hands.f(8))
    assert hands.screen._sale is not None and hands.screen._sale.paid_fen == 9900
    hands.answer("return", "agree", "in_person", "fit")
    hands.sign_on_paper_and_post()
    counter.sound()


def test_a_question_without_a_purchase_is_answered(hands, counter) -> None:
    hands.screen.sale_panel.without_sale.emit()
    hands.answer("question", "yes")
    assert hands.at == "H-END"
    hands.f(9)
    assert page(hands) is hands.screen.done_page
    assert hands.screen.done_page._posted.documents == ()
    hands.f(2)
    assert hands.screen.view is None


def test_a_complaint_becomes_a_ticket(hands, counter, helper) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("complaint", "minor", "service_only")
    assert hands.at == "J-END"
    for _step in range(4):
        if page(hands) is hands.screen.work_page:
            hands.f(9)
    if page(hands) is hands.screen.confirm_page:
        hands.f(10)
        hands.f(9)
    assert [document.prefix for document in hands.screen.done_page._posted.documents] == ["TS"]


def test_an_unreachable_article_says_where_it_may_be_found(hands, counter) -> None:
    counter.product("电热水壶", 15900, barcode="6901234500318")

    def leave(dialog) -> None:
        assert dialog._number.text() == "6901234500318"
        hands.press(Qt.Key.Key_Escape)

    hands.scan("6901234500318")
    assert len(hands.screen.sale_panel.hits.hits) == 1, "the article is known, its purchase is not"
    hands.in_dialog(RecordSaleDialog, leave, lambda: hands.press(Qt.Key.Key_1, text="1"))
    assert "电热水壶" in hands.told


# --- money ------------------------------------------------------------------------------------------


@pytest.mark.req("S4-12")
def test_a_deduction_is_arranged_and_shown_in_the_working(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person")
    hands.answer("unfit")
    hands.in_dialog(PinDialog, by_pin(hands), lambda: hands.answer("deduct"))
    assert hands.at == "B-R4d"

    def deduct(dialog) -> None:
        dialog._amount.setFocus()
        hands.type("10.00")
        dialog._reason.setText("杯盖划痕")
        dialog.accept_button.click()

    from hands import Answering

    after = []

    def choose(dialog) -> None:
        after.append(Answering(DeductionDialog, deduct))
        hands.press(Qt.Key.Key_1, text="1")

    hands.in_dialog(
        MoreDialog, choose, lambda: hands.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    )
    after[0].check()
    assert hands.view.proposal.refund_fen == 18900
    assert shown.money(18900) in hands.screen.proposal_panel._money.accessibleName()
    hands.answer("agree")
    hands.sign_on_paper_and_post()
    assert hands.screen.done_page._posted.refund_fen == 18900
    counter.sound()


def test_nothing_may_be_deducted_where_a_deduction_was_decided(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person")
    hands.answer("unfit")
    hands.in_dialog(PinDialog, by_pin(hands), lambda: hands.answer("deduct"))
    form = hands.screen.question_panel.deductions
    assert form.blocks()
    form.focus_first()
    hands.type("0")
    form._give()
    assert not form.blocks()
    assert hands.walk.choices["deductions"][0]["amount_fen"] == 0
    assert hands.view.proposal.refund_fen == 19900
    hands.answer("agree")
    hands.sign_on_paper_and_post()
    assert hands.screen.done_page._posted.refund_fen == 19900
    counter.sound()


def test_a_deduction_without_a_reason_is_not_taken(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree")

    def deduct(dialog) -> None:
        dialog._amount.setText("10.00")
        dialog.accept_button.click()
        assert dialog.isVisible() and dialog._fields["reason"].error()
        dialog.reject()

    hands.in_dialog(DeductionDialog, deduct, hands.screen.acts._deduct)
    assert "deductions" not in hands.walk.choices


def test_goods_that_were_never_looked_at_are_inspected_before_posting(hands, counter, helper) -> None:
    """A supervisor may say that the goods were inspected; what was found must still be written down."""
    helper.stop()
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "unsafe")
    test = next(test for test in reversed(hands.walk.tests))
    hands.in_dialog(
        PinDialog, by_pin(hands, "上午已验"), lambda: hands.screen.question_panel.overrule.emit(test.node)
    )
    assert hands.at == "B-D3e"
    helper._timer.start()
    bring_evidence(hands, helper)
    helper.stop()

    def look(dialog) -> None:
        dialog._condition.setCurrentIndex(2)
        dialog._place.setCurrentIndex(dialog._place.findData("V6"))
        dialog.accept_button.click()

    hands.in_dialog(InspectDialog, look, lambda: hands.f(9))
    helper._timer.start()
    hands.sign_on_paper_and_post()


def test_a_slow_parcel_is_told_and_waited_for(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("parcel", "late")
    assert hands.walk.state == "waiting"
    counter.clock.moment += timedelta(days=2)
    hands.answer("delivered")
    hands.f(9)
    assert page(hands) is hands.screen.done_page


def test_withdrawing_asks_why_and_esc_keeps_the_visit(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return")
    hands.in_dialog(
        ReasonDialog,
        lambda _dialog: hands.press(Qt.Key.Key_Escape),
        hands.screen.question_panel._withdraw.click,
    )
    assert hands.at == "B-R2"

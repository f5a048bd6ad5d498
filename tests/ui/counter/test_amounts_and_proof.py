"""What an answer leaves to be entered: a deduction, who bears the freight, gifts, a deposit, evidence, a purchase."""

from __future__ import annotations

import pytest
from hands import Answering
from PySide6.QtCore import Qt
from test_visit_kinds import by_pin

from counter_app.domain.new_sale import NewLine
from counter_app.ui.screens.counter.choice_dialog import ChoiceDialog
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.screens.counter.record_sale_dialog import RecordSaleDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
RETURN = ("return", "agree", "in_person")


def chosen(hands, key: str):
    """In a list of choices, the digit of one of them is pressed."""

    def act(dialog) -> None:
        digit = next(card.digit for card in dialog._list._cards if card.answer.key == key)
        hands.press(Qt.Key(Qt.Key.Key_0 + int(digit)), text=digit)

    return act


def more(hands, key: str, then: str) -> None:
    """Ctrl+M, an entry, and in what opens next a choice."""
    after: list[Answering] = []

    def pick(dialog) -> None:
        after.append(Answering(MoreDialog, chosen(hands, then)))
        chosen(hands, key)(dialog)

    hands.in_dialog(MoreDialog, pick, lambda: hands.press(Qt.Key.Key_M, CONTROL))
    after[0].check()


def because(hands, text: str):
    def act(dialog) -> None:
        hands.type(text)
        dialog.accept_button.click()

    return act


# --- amounts ----------------------------------------------------------------------------------------


@pytest.mark.req("S4-12")
def test_the_deduction_that_was_agreed_is_asked_for_at_once_and_typed_by_keys(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer(*RETURN, "unfit")
    hands.in_dialog(PinDialog, by_pin(hands), lambda: hands.answer("deduct"))
    form = hands.screen.question_panel.deductions
    assert form.isVisible() and hands.window.focusWidget() is form._rows[0][0].input
    assert hands.screen.acts._still_wanted()[0].kind == "deduction"
    hands.type("10.00")
    hands.enter()
    assert hands.view.proposal.refund_fen == 18900
    assert hands.walk.choices["deductions"][0]["kind"] == "missing_part"
    hands.answer("agree")
    hands.sign_on_paper_and_post()
    assert hands.screen.done_page._posted.refund_fen == 18900
    counter.sound()


def test_an_amount_that_cannot_be_read_is_said_beside_it(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer(*RETURN, "unfit")
    hands.in_dialog(PinDialog, by_pin(hands), lambda: hands.answer("deduct"))
    form = hands.screen.question_panel.deductions
    hands.type("x")
    hands.enter()
    assert form._rows[0][0].error() and "deductions" not in hands.walk.choices


def test_a_clerk_says_who_bears_the_freight(hands, counter) -> None:
    cup = NewLine("保温杯", 1000, 19900, product_id=counter.product())
    hands.scan(counter.sell(cup, tenders={"wechat": 21100}, freight_fen=1200).order_no)
    hands.answer(*RETURN, "fit")
    before = hands.view.proposal.refund_fen
    more(hands, "freight", "seller")
    assert hands.view.case.plan["seller_pays_freight"] is True
    assert hands.view.proposal.refund_fen == before + 1200
    more(hands, "freight", "buyer")
    assert hands.view.proposal.refund_fen == before
    more(hands, "freight", "reason")
    assert "seller_pays_freight" not in hands.view.case.plan


def test_what_becomes_of_a_gift_is_asked_beside_the_question(hands, counter) -> None:
    pot = counter.product("汤锅", 30000)
    gift = NewLine("汤勺", 1000, 0, gift_of=2, gift_price_fen=1500)
    sale = counter.sell(gift, NewLine("汤锅", 1000, 30000, product_id=pot), tenders={"cash": 30000})
    hands.scan(sale.order_no)
    card = next(card for card in hands.screen.sale_panel._cards if card.line.name == "汤锅")
    card.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.answer(*RETURN, "fit")
    panel = hands.screen.question_panel
    [button] = [row for row in panel._entries._rows if row.wanted.kind == "gifts"]
    hands.in_dialog(MoreDialog, chosen(hands, "kept"), button.click)
    kept = hands.view.proposal.refund_fen
    assert not [row for row in panel._entries._rows if row.wanted.kind == "gifts"]
    more(hands, "gifts", "waived")
    waived = hands.view.proposal.refund_fen
    more(hands, "gifts", "back")
    assert (kept, waived, hands.view.proposal.refund_fen) == (28500, 30000, 30000)


def test_a_part_of_the_deposit_is_kept_and_the_rest_goes_back(hands, counter) -> None:
    visit = counter.visit(counter.simple_sale())
    sent_first = ("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")
    visit.go(*sent_first).choose(deposit={"amount_fen": 12_300, "tender": "cash"})
    visit.post()
    hands.scan(visit.case.number)
    hands.answer("overdue")
    panel = hands.screen.question_panel
    [button] = [row for row in panel._entries._rows if row.wanted.kind == "kept_deposit_fen"]

    def keep(dialog) -> None:
        assert dialog._inputs["kept_deposit_fen"].text() == "123.00"
        dialog._inputs["kept_deposit_fen"].setText("100.00")
        dialog.accept_button.click()

    hands.in_dialog(ChoiceDialog, keep, button.click)
    assert hands.walk.choices["kept_deposit_fen"] == 10_000
    told = [row.amount_fen for walk in hands.view.proposal.walks for row in walk.working]
    assert -10_000 in told and 2_300 in told


# --- evidence ---------------------------------------------------------------------------------------


@pytest.mark.req("S4-19")
def test_one_piece_of_evidence_is_waived_and_the_other_is_still_wanted(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality")
    panel = hands.screen.question_panel
    row = next(row for row in panel.evidence.rows if row._item.kind == "photo_packaging")
    hands.in_dialog(ReasonDialog, because(hands, "box gone"), row._waive.click)
    states = {item.kind: item.state for item in hands.walk.evidence}
    assert (states["photo_packaging"], states["photo_goods"]) == ("waived", "wanted")


@pytest.mark.req("S4-19")
def test_all_evidence_is_waived_by_one_key_and_one_reason(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality")
    hands.in_dialog(ReasonDialog, because(hands, "camera broken"), lambda: hands.press(Qt.Key.Key_E, CONTROL))
    compulsory = [item for item in hands.walk.evidence if item.compulsory]
    assert {(item.state, item.reason) for item in compulsory} == {("waived", "camera broken")}
    assert not hands.screen.question_panel.evidence._all.isVisible()


# --- the purchase -----------------------------------------------------------------------------------


def recorded(hands):
    def act(dialog) -> None:
        row = dialog._rows[0]
        row.name.setFocus()
        hands.type("Kettle")
        row.price.setFocus()
        hands.type("99.00")
        dialog._day.setText("2026-11-17")
        dialog._received.setText("2026-11-18")
        dialog._channel.setCurrentIndex(dialog._channel.findData("remote"))
        dialog.accept_button.click()

    return act


@pytest.mark.req("S4-78")
def test_a_visit_without_a_purchase_records_it_there_and_goes_on_to_the_refund(hands, counter) -> None:
    hands.screen.sale_panel.without_sale.emit()
    hands.answer("return")
    number = hands.view.case.number
    facts = hands.screen.question_panel._facts
    assert facts._or_record.isVisible() and "F8" in facts._or_record.text()
    hands.in_dialog(RecordSaleDialog, recorded(hands), lambda: hands.f(8))
    assert hands.view.case.number == number and hands.view.case.sale_id is not None
    assert not hands.walk.facts_wanted
    hands.answer("agree", "in_person", "fit")
    hands.sign_on_paper_and_post()
    assert hands.screen.done_page._posted.refund_fen == 9900
    counter.sound()


def test_a_visit_without_a_purchase_asks_for_its_facts_in_words(hands, counter) -> None:
    hands.screen.sale_panel.without_sale.emit()
    hands.answer("return")
    facts = hands.screen.question_panel._facts
    assert [answer.title for answer in facts._flags.answers()] == ["Store", "Remote"]
    facts._flags._cards[1].click()
    assert "channel" not in {fact.name for fact in hands.walk.facts_wanted}


def test_a_purchase_scanned_during_a_visit_without_one_is_this_visits_or_the_next(hands, counter) -> None:
    sale = counter.simple_sale()
    hands.screen.sale_panel.without_sale.emit()
    hands.answer("return")
    number = hands.view.case.number
    hands.in_dialog(MoreDialog, chosen(hands, "new"), lambda: hands.scan(sale.order_no))
    assert hands.screen.view is None and hands.screen.sale.id == sale.id
    hands.scan(number)
    hands.in_dialog(MoreDialog, chosen(hands, "here"), lambda: hands.scan(sale.order_no))
    assert (hands.view.case.number, hands.view.case.sale_id) == (number, sale.id)


def test_of_several_lines_the_clerk_ticks_what_the_visit_is_about(hands, counter) -> None:
    cup, lid = counter.product("杯", 5000), counter.product("盖", 1000)
    lines = NewLine("杯", 1000, 5000, product_id=cup), NewLine("盖", 1000, 1000, product_id=lid)
    sale = counter.sell(*lines, tenders={"cash": 6000})
    hands.screen.sale_panel.without_sale.emit()
    hands.answer("return")
    hands.in_dialog(MoreDialog, chosen(hands, "here"), lambda: hands.scan(sale.order_no))
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert [line.name for line in hands.view.case.lines] == ["杯"]
    hands.answer("agree", "in_person", "fit")
    assert hands.view.proposal.refund_fen == 5000


def test_a_platform_is_named_in_words(hands, counter) -> None:
    hands.scan(counter.simple_sale(platform="tmall").order_no)
    assert hands.screen.sale_panel._channel.text().startswith("Tmall")

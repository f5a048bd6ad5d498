"""How money goes back and comes in at the counter: another way, no signature, gifts on top, loans, promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import Answering
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from counter_app.services import cases
from counter_app.ui.screens.counter.choice_dialog import ChoiceDialog
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.widgets.action_button import ActionButton


def arrange(hands, key: str, fill: Callable) -> None:
    """Ctrl+M, the digit of one entry (of one under it), and its form."""
    forms: list[Answering] = []

    def choose(dialog: MoreDialog) -> None:
        digits = {card.answer.key: card.digit for card in dialog._list._cards}
        if key in digits:
            forms.append(Answering(ChoiceDialog, fill))
        else:
            forms.append(Answering(MoreDialog, choose))
        digit = digits.get(key, digits.get("on_top", ""))
        hands.press(Qt.Key(ord(digit)), text=digit)

    hands.in_dialog(
        MoreDialog, choose, lambda: hands.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    )
    for form in forms:
        form.check()
    QApplication.processEvents()


def filled(**values: str) -> Callable:
    def fill(dialog: ChoiceDialog) -> None:
        for name, value in values.items():
            widget = dialog._inputs[name]
            if isinstance(widget, QComboBox):
                widget.setCurrentIndex(widget.findData(value))
            elif hasattr(widget, "setPlainText"):
                widget.setPlainText(value)
            else:
                widget.setText(value)
        dialog.accept_button.click()

    return fill


def approve(hands) -> None:
    """The supervisor approves by PIN what the visit as a whole needs approved."""

    def act(dialog: PinDialog) -> None:
        dialog._who.setCurrentIndex(dialog._who.findData(3))
        dialog._pad.setFocus()
        hands.type("3456")
        hands.enter()

    panel = hands.screen.proposal_panel
    QApplication.processEvents()
    button = next(
        button
        for button in panel.findChildren(ActionButton)
        if button.isVisible() and button.text() == "By PIN"
    )
    hands.in_dialog(PinDialog, act, button.click)


@pytest.fixture
def returned(hands, counter):
    """A plain return, answered to its end, paid by WeChat."""
    hands.scan(counter.simple_sale(tender="wechat").order_no)
    hands.answer("return", "agree", "in_person", "fit")
    return hands


def test_a_refund_goes_another_way_with_a_reason_and_an_approval(returned) -> None:
    arrange(returned, "refund_way", filled(refund_way="cash", refund_way_reason="微信已注销"))
    assert returned.view.proposal.refund_tenders[0].tender == "cash"
    assert not returned.screen.proposal_panel._go.isEnabled()
    approve(returned)
    returned.sign_on_paper_and_post()
    [paid] = cases.case(returned.counter.clerk, 1).settlements
    assert (paid.tender, paid.open_fen) == ("cash", 0)
    returned.counter.sound()


def test_a_missing_signature_needs_its_reason_and_an_approval_and_posts_without_the_form(returned) -> None:
    arrange(returned, "signature", filled(signature_waived="顾客先走了"))
    assert not returned.view.proposal.needs_signature
    approve(returned)
    returned.f(9)
    assert returned.screen._stack.currentWidget() is returned.screen.done_page, returned.told
    returned.counter.sound()


def test_a_gift_on_top_is_kept_with_the_visit(returned) -> None:
    arrange(returned, "gift", filled(what="杯刷一支", amount_fen="3.00"))
    assert returned.walk.choices["gift"] == {"what": "杯刷一支", "amount_fen": 300}
    returned.sign_on_paper_and_post()
    prefixes = [document.prefix for document in returned.screen.done_page._posted.documents]
    assert sorted(prefixes) == ["BC", "TH", "TK"]
    returned.counter.sound()


def test_compensation_in_money_always_needs_an_approval(returned) -> None:
    arrange(returned, "compensation", filled(what="误工", amount_fen="20.00", tender="cash"))
    assert not returned.screen.proposal_panel._go.isEnabled()
    approve(returned)
    returned.sign_on_paper_and_post()
    returned.counter.sound()


def test_a_promise_is_printed_on_the_form(returned) -> None:
    arrange(returned, "promise", filled(promised_on="2026-11-25", solution="三天内微信到账"))
    plan = returned.view.case.plan
    assert (plan["promised_on"], plan["solution"]) == ("2026-11-25", "三天内微信到账")
    returned.sign_on_paper_and_post()


def test_an_article_is_lent_while_the_customer_waits(returned) -> None:
    arrange(returned, "loan", filled(what="备用保温杯", serial="B-7"))
    returned.sign_on_paper_and_post()
    case = cases.case(returned.counter.clerk, 1)
    assert any(task.kind == "loan" for task in case.tasks)


def test_a_form_that_is_not_filled_says_where(returned) -> None:
    def fill(dialog: ChoiceDialog) -> None:
        dialog.accept_button.click()
        assert dialog.isVisible() and dialog._fields["what"].error()
        filled(what="券", amount_fen="viel")(dialog)
        assert dialog.isVisible() and dialog._fields["amount_fen"].error()
        filled(amount_fen="5.00", expires_on="bald")(dialog)
        assert dialog.isVisible() and dialog._fields["expires_on"].error()
        dialog.reject()

    arrange(returned, "coupon", fill)
    assert "coupon" not in returned.walk.choices


def test_changing_anything_after_the_signature_asks_for_a_new_one(returned) -> None:
    """The signature stands on exactly the form that was shown."""
    returned.f(9)
    returned.f(10)
    returned.press(Qt.Key.Key_Escape)
    arrange(returned, "gift", filled(what="杯刷一支"))
    returned.f(9)
    assert not returned.screen.confirm_page.pad.is_signed()


def test_figures_that_changed_in_another_window_send_the_clerk_back_with_a_sentence(returned) -> None:
    from counter_app.services import walks

    returned.f(9)
    returned.f(10)
    walks.choose(returned.counter.clerk, returned.walk.id, gift={"what": "杯刷一支", "amount_fen": 300})
    returned.f(9)
    assert returned.screen._stack.currentWidget() is returned.screen.work_page
    assert returned.told
    assert cases.case(returned.counter.clerk, 1).documents == ()


def test_a_digit_chooses_a_slip_on_the_done_page(returned) -> None:
    returned.sign_on_paper_and_post()
    done = returned.screen.done_page
    assert len(done.slips()) >= 2
    returned.press(Qt.Key.Key_2, text="2")
    assert done._current == done.slips()[1].key


def test_a_printed_slip_is_a_reprint_the_next_time(returned) -> None:
    returned.sign_on_paper_and_post()
    done = returned.screen.done_page
    key = done._current
    done.printed.emit(key)
    number = done._posted.case_number
    returned.f(2)
    returned.scan(number)
    returned.f(4)
    shown = next(slip for slip in done.slips() if slip.key == key)
    assert "printed before" in shown.paper

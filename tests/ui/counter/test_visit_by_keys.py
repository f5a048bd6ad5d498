"""Whole visits at the counter, by keyboard and scanner alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from visits import STROKES
from window_watch import WindowWatch

from counter_app.services import attachment_files, cases, forms, signed_forms
from counter_app.ui.screens.counter.pin_dialog import PinDialog


def all_cases(counter) -> list:
    return list(cases.list_cases(counter.owner))


@pytest.mark.req("S4-12", "S4-15")
def test_the_simplest_return_takes_at_most_twelve_key_presses(hands, counter) -> None:
    sale = counter.simple_sale(order_no="6901234000017")
    watch = WindowWatch()
    hands.presses = 0
    hands.scan(sale.order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.sign_on_paper_and_post()
    assert hands.screen.done_page.slips(), "the slips are there to print"
    hands.f(2)
    assert hands.screen.view is None
    assert QApplication.focusWidget() is hands.screen.sale_panel.lookup.input
    assert hands.presses <= 12, hands.log
    watch.check()
    case = cases.case(counter.clerk, 1)
    assert [document.prefix for document in case.documents] == ["TH", "TK"]
    assert sum(item.settled_fen for item in case.settlements) == 19900
    counter.sound()


def test_a_typed_number_and_enter_find_the_sale_too(hands, counter) -> None:
    counter.simple_sale(order_no="XS-20261117-7")
    hands.press(Qt.Key.Key_F3)
    hands.type("XS-20261117-7")
    hands.enter()
    assert hands.screen._sale is not None
    hands.answer("return")
    assert hands.at == "B-R2"


def test_backspace_goes_back_one_step_and_another_answer_may_be_given(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "post")
    assert hands.walk.state == "waiting"
    hands.press(Qt.Key.Key_Backspace)
    assert hands.at == "B-R3"
    hands.answer("in_person")
    assert hands.at == "B-R4"
    hands.press(Qt.Key.Key_Backspace)
    hands.press(Qt.Key.Key_Backspace)
    hands.press(Qt.Key.Key_Backspace)
    assert hands.at == "K-0"
    hands.press(Qt.Key.Key_Backspace)
    assert hands.at == "K-0", "there is nothing before the first question"


def test_escape_is_one_step_back_too_and_leaves_the_form(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.f(9)
    assert hands.screen._stack.currentWidget() is hands.screen.confirm_page
    hands.press(Qt.Key.Key_Escape)
    assert hands.screen._stack.currentWidget() is hands.screen.work_page
    hands.press(Qt.Key.Key_Escape)
    assert hands.at == "B-R4"


def test_a_digit_that_begins_a_scan_answers_nothing(hands, counter) -> None:
    first = counter.simple_sale(order_no="1901234000017")
    second = counter.simple_sale(order_no="2901234000024")
    hands.scan(first.order_no)
    hands.scan(second.order_no)
    assert hands.screen._sale.order_no == second.order_no
    assert not hands.screen.answering.pending.isActive()
    assert all_cases(counter) == [], "no visit was registered"
    hands.answer("return")
    hands.scan(first.order_no)
    assert hands.screen._sale.order_no == first.order_no
    [case] = all_cases(counter)
    assert cases.case(counter.clerk, case.id).walks[0].path[-1] == "B-R2", (
        "the other visit stands where it stood"
    )


def test_another_digit_within_the_gap_of_a_scanner_is_not_an_answer(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.time.at += 500
    hands._send(Qt.Key.Key_1, "1", Qt.KeyboardModifier.NoModifier)
    assert hands.screen.answering.pending.isActive()
    hands.time.at += 10
    hands._send(Qt.Key.Key_2, "2", Qt.KeyboardModifier.NoModifier)
    assert not hands.screen.answering.pending.isActive()
    assert hands.screen.view is None


def test_a_second_f9_or_a_held_enter_posts_once(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.f(9)
    hands.f(10)
    hands.f(9)
    for _again in range(5):
        hands.f(9)
        hands.enter()
    case = cases.case(counter.clerk, 1)
    assert [document.prefix for document in case.documents] == ["TH", "TK"]
    assert len(all_cases(counter)) == 1
    counter.sound()


def test_enter_held_down_on_the_first_question_registers_one_visit(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    for _again in range(6):
        hands.enter()
    assert len(all_cases(counter)) == 1


def test_nothing_is_posted_without_a_signature(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.f(9)
    hands.f(9)
    assert hands.screen._stack.currentWidget() is hands.screen.confirm_page
    assert cases.case(counter.clerk, 1).documents == ()


def test_f10_again_takes_the_paper_signature_back(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.f(9)
    hands.f(10)
    hands.f(10)
    assert not hands.screen.confirm_page.pad.is_signed()


@pytest.mark.req("S4-5")
def test_a_visit_can_be_withdrawn_at_any_step(hands, counter) -> None:
    from counter_app.ui.screens.counter.reason_dialog import ReasonDialog

    def because(dialog) -> None:
        dialog._edit.setFocus()
        hands.type("not now")
        hands.enter()

    for number, way in enumerate((("return", "agree"), ("problem", "yes", "quality"), ("repair",))):
        hands.f(2)
        hands.scan(counter.simple_sale(order_no=f"690123400010{number}").order_no)
        hands.answer(*way)
        hands.in_dialog(ReasonDialog, because, hands.screen.question_panel._withdraw.click)
        assert hands.at == "B-END-WITHDRAWN"
        hands.f(9)
        assert hands.screen._stack.currentWidget() is hands.screen.done_page, hands.told
        assert hands.screen.done_page._posted.state == "withdrawn"
    counter.sound()


def test_a_withheld_answer_says_why(hands, counter) -> None:
    hands.scan(counter.simple_sale(channel="store").order_no)
    hands.answer("return")
    assert hands.at == "B-R1x"
    node = hands.walk.node
    withheld = [option for option in node.options if not option.offered]
    assert all(option.because.en for option in withheld)


def test_what_needs_a_supervisor_is_answered_with_their_pin(hands, counter) -> None:
    hands.scan(counter.simple_sale(channel="store").order_no)
    hands.answer("return")

    def approve(dialog) -> None:
        dialog._who.setCurrentIndex(dialog._who.findData(3))
        dialog._pad.setFocus()
        hands.type("3456")
        hands.enter()

    hands.in_dialog(PinDialog, approve, lambda: hands.answer("goodwill"))
    assert hands.at == "B-R2"
    assert hands.session.desk.staff.id == 2, "the clerk is still at the desk"


def test_a_wrong_pin_is_refused_in_the_dialog(hands, counter) -> None:
    hands.scan(counter.simple_sale(channel="store").order_no)
    hands.answer("return")

    def wrong(dialog) -> None:
        dialog._who.setCurrentIndex(dialog._who.findData(3))
        dialog._pad.setFocus()
        hands.type("9999")
        hands.enter()
        assert dialog.isVisible() and dialog.banner.message()
        hands.press(Qt.Key.Key_Escape)

    hands.in_dialog(PinDialog, wrong, lambda: hands.answer("goodwill"))
    assert hands.at == "B-R1x"


def test_a_signed_form_that_is_lost_before_posting_lies_before_the_customer_again(hands, counter) -> None:
    """Signed at another window, say, and deleted from the disk: F9 says so and asks for the signature anew."""
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    form = forms.form_to_sign(counter.clerk, 1)
    hands.session.act(forms.sign, 1, form.content_hash, STROKES)
    (kept,) = signed_forms.of_case(counter.clerk, 1)
    (counter.desk.folder / attachment_files.relative_path(kept.sha256)).unlink()
    hands.f(9)
    page = hands.screen.confirm_page
    assert hands.screen._stack.currentWidget() is page and not page.pad.is_signed()
    assert cases.case(counter.clerk, 1).number in page.banner.message()
    assert cases.case(counter.clerk, 1).documents == ()
    hands.f(10)
    hands.f(9)
    assert [document.prefix for document in cases.case(counter.clerk, 1).documents] == ["TH", "TK"]

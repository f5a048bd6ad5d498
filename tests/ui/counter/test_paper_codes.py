"""A paper in the customer's hand: its code typed or its QR scanned says whether it is ours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from counter_app.db.models import ShopKey
from counter_app.domain.slip_content import check_code, content_hash
from counter_app.services import printing, signed_forms
from counter_app.ui.screens.cases.paper_dialog import PaperDialog


@pytest.fixture
def form(hands, counter) -> signed_forms.SignedForm:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    visit.post()
    (stored,) = signed_forms.of_case(counter.clerk, visit.case_id)
    return stored


def test_a_code_that_agrees_opens_its_case_and_says_what_the_paper_is(hands, form) -> None:
    for text in (form.check_code, f"counter:case/{form.case_number}#{form.check_code}"):
        hands.scan(text)
        assert hands.view.case.number == form.case_number
        told = hands.screen.banner.message()
        assert "agrees" in told and form.check_code in told
        assert "退换货单" in told or "Return" in told
        hands.f(2)


def test_a_code_typed_into_the_field_is_checked_too(hands, form) -> None:
    hands.f(3)
    hands.type(form.check_code.lower())
    hands.enter()
    assert "agrees" in hands.screen.banner.message()


def test_a_paper_that_was_changed_does_not_agree(hands, form) -> None:
    hands.scan(f"counter:case/{form.case_number}#7F3K-92QD")
    assert hands.view.case.number == form.case_number
    assert f"on no paper of {form.case_number}" in hands.screen.banner.message()
    hands.f(2)
    hands.scan("7F3K-92QD")
    assert "nothing of ours" in hands.screen.banner.message()
    # One that was only saved as a file left no printed code behind, and is known with its number.
    assert "Scan its QR" in hands.screen.banner.message()


def test_a_lost_key_is_told_where_the_form_is_signed(hands, counter) -> None:
    mark = ShopKey.get().fingerprint
    (counter.desk.folder / "keys" / f"{mark}.p12").unlink()
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.f(9)
    ink = hands.screen.confirm_page.pad.area
    QTest.mousePress(ink, Qt.MouseButton.LeftButton, pos=QPoint(30, 40))
    for x in range(40, 200, 10):
        QTest.mouseMove(ink, QPoint(x, 40 + x % 30))
    QTest.mouseRelease(ink, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    hands.f(9)
    assert hands.screen._stack.currentWidget() is hands.screen.done_page
    assert "a new one was made" in hands.screen.banner.message()
    counter.sound()


def test_a_day_sheet_and_a_shift_sheet_ask_for_their_room_whether_scanned_or_typed(
    hands, counter, qtbot
) -> None:
    (register,) = printing.sheets_of_day(counter.owner, counter.desk.today(), ("register",))
    printing.printed(counter.owner, register)
    code = check_code(content_hash(register.slip))
    wanted, screen = [], hands.screen
    screen.wants.connect(lambda key, subject: wanted.append((key, subject)))
    screen.look_up(f"counter:case/{register.number}#{code}")
    screen.look_up(register.number.lower())
    assert hands.window.current_key() == "shift"
    assert [one.isVisible() for one in hands.window.current().findChildren(PaperDialog)] == [True, True]
    assert [(key, paper.number) for key, paper in wanted] == [("shift", register.number)] * 2
    assert wanted[0][1].check.agrees and wanted[1][1].check is None


def test_f9_before_the_signature_says_what_is_missing(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.f(9)
    page = hands.screen.confirm_page
    assert hands.screen._stack.currentWidget() is page and page.banner.message() == ""
    hands.f(9)
    assert "Nobody has signed yet" in page.banner.message()
    assert hands.screen._stack.currentWidget() is page
    page.pad.paper.click()
    assert page.banner.message() == ""
    hands.f(9)
    assert hands.screen._stack.currentWidget() is hands.screen.done_page

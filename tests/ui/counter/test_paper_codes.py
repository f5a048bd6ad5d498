"""A paper in the customer's hand: its code typed or its QR scanned says whether it is ours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from counter_app.db.models import ShopKey
from counter_app.services import signed_forms


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

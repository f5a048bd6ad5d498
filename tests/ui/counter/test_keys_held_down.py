"""A key that is held down, or pressed in a hurry, posts once; what a power cut left unprinted can be printed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.db.models import Case, Document, Posting, PrintRecord, Proof
from counter_app.services import printing
from counter_app.ui.widgets.action_button import ActionButton, IconButton, PrimaryButton

HELD = 40


def held_down(key: Qt.Key, text: str = "") -> None:
    """What a keyboard sends while a key is held: presses marked as repeats, then one release."""
    for repeat in range(HELD):
        target = QApplication.focusWidget() or QApplication.activeWindow()
        assert target is not None
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, repeat > 0)
        QApplication.sendEvent(target, press)
        QApplication.processEvents()
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    release = QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier, text)
    QApplication.sendEvent(target, release)
    QApplication.processEvents()


def hammered(window, key: Qt.Key) -> None:
    """The same key again and again, as fast as a nervous hand can."""
    for _ in range(HELD):
        QTest.keyClick(QApplication.focusWidget() or window, key)


def ready_to_post(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.f(9)
    assert hands.screen._stack.currentWidget() is hands.screen.confirm_page
    hands.f(10)


def posted_once(counter) -> None:
    assert Posting.select().where(Posting.kind == "post").count() == 1
    assert sorted(row.prefix for row in Document.select()) == ["TH", "TK"]
    assert [row.amount_fen for row in Proof.select()] == [19900]
    counter.sound()


@pytest.mark.req("S4-15")
def test_f9_pressed_again_and_again_posts_once(hands, counter) -> None:
    ready_to_post(hands, counter)
    hammered(hands.window, Qt.Key.Key_F9)
    posted_once(counter)
    assert hands.screen._stack.currentWidget() is hands.screen.done_page


@pytest.mark.parametrize("key, text", [(Qt.Key.Key_Return, "\r"), (Qt.Key.Key_Space, " ")])
def test_enter_or_space_held_down_on_the_button_posts_once(hands, counter, key: Qt.Key, text: str) -> None:
    ready_to_post(hands, counter)
    (button,) = hands.screen.confirm_page.findChildren(PrimaryButton)
    button.setFocus()
    held_down(key, text)
    if not Posting.select().where(Posting.kind == "post").exists():
        hands.f(9)
    posted_once(counter)


def test_a_function_key_held_down_is_one_wish_on_every_screen(hands) -> None:
    shortcuts = [
        one for one in hands.window.findChildren(QShortcut) if one.key().toString() in ("F2", "F4", "F9")
    ]
    assert {one.key().toString() for one in shortcuts} == {"F2", "F4", "F9"}
    assert not [one.key().toString() for one in shortcuts if one.autoRepeat()]


def test_an_answer_key_held_down_answers_one_question(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    with hands.qtbot.waitSignal(hands.screen.answering.pending.timeout):
        held_down(Qt.Key.Key_1, "1")
    QApplication.processEvents()
    assert hands.at == "B-R2", hands.walk.path
    assert Case.select().count() == 1


def test_what_a_power_cut_left_unprinted_is_a_first_print_and_later_a_reprint(hands, counter) -> None:
    """The database committed and the printer did not: the slip is there, and it does not say 补打."""
    ready_to_post(hands, counter)
    hands.f(9)
    posted_once(counter)
    assert PrintRecord.select().count() == 0, "the lights went out before the printer"
    number = Document.get(Document.prefix == "TK").number
    first = printing.sheets(counter.clerk, number)
    assert first
    assert [sheet.reprint for sheet in first] == [False] * len(first)
    for sheet in first:
        assert printing.pdf_of(counter.clerk, sheet).startswith(b"%PDF")
        assert printing.printed(counter.clerk, sheet).value is False
    again = printing.sheets(counter.clerk, number)
    assert [sheet.reprint for sheet in again] == [True] * len(first)
    assert all(printing.printed(counter.clerk, sheet).value for sheet in again)
    assert PrintRecord.select().where(PrintRecord.reprint == 1).count() == len(first)


def test_a_double_click_posts_once_and_presses_nothing_of_the_page_that_comes(hands, counter) -> None:
    ready_to_post(hands, counter)
    (button,) = hands.screen.confirm_page.findChildren(PrimaryButton)
    there = button.mapTo(hands.window, button.rect().center())
    pressed: list[str] = []
    for one in hands.window.findChildren(ActionButton):
        one.clicked.connect(lambda _on=False, one=one: pressed.append(one.accessibleName()))
    hands.window.windowHandle().requestActivate()
    QTest.mouseDClick(hands.window.windowHandle(), Qt.MouseButton.LeftButton, pos=there)
    QApplication.processEvents()
    posted_once(counter)
    assert hands.screen._stack.currentWidget() is hands.screen.done_page
    assert pressed == [button.accessibleName()]


@pytest.mark.parametrize(
    ("made", "times"),
    [(lambda: ActionButton("Pay", kind="primary"), 1), (lambda: IconButton("plus", "More"), 2)],
)
def test_the_second_click_of_a_double_click_is_no_wish_but_one_more_of_a_quantity(qtbot, made, times) -> None:
    button, pressed = made(), list[bool]()
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    button.clicked.connect(lambda on: pressed.append(on))
    QTest.mouseDClick(button.windowHandle(), Qt.MouseButton.LeftButton, pos=button.rect().center())
    QApplication.processEvents()
    assert len(pressed) == times

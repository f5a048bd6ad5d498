"""The shared widgets, each by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit

from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.ui.widgets.action_button import ActionButton, IconButton, PrimaryButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.breadcrumb import Breadcrumb, Step
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.money_label import MoneyLabel, WorkingRow
from counter_app.ui.widgets.nav_button import NavButton
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.pin_pad import PinPad
from counter_app.ui.widgets.table import FIRST_PAGE, Column, Table
from counter_app.ui.widgets.words import Elided, Words

ANSWERS = [
    Answer("allowance", "Allowance ¥30.00", "cheaper than exchanging"),
    Answer("exchange", "Exchange", "15 days", mark="right"),
    Answer("refund", "Refund", "above the window", enabled=False),
]


def test_a_name_with_markup_is_shown_as_it_was_typed(qtbot) -> None:
    label = Words("<b>张三</b> & <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>张三</b> & <img src=x>"


def test_a_long_line_ends_in_dots_and_tells_the_rest_in_its_tooltip(qtbot) -> None:
    label = Elided("真空保温杯 500ml 墨绿色 带杯套 赠杯刷")
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole() == "真空保温杯 500ml 墨绿色 带杯套 赠杯刷"


def test_a_button_shows_and_obeys_the_same_key(qtbot) -> None:
    button = ActionButton("Save", "save", key="Ctrl+S", bind=True)
    qtbot.addWidget(button)
    button.setText("保存")
    assert button.shortcut() == QKeySequence("Ctrl+S")
    assert button.accessibleName() == "保存 (Ctrl+S)"


def test_a_button_that_is_not_allowed_says_why(qtbot) -> None:
    button = PrimaryButton("Post", key="F9")
    qtbot.addWidget(button)
    button.allow(False, "The customer has not signed.")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "The customer has not signed."
    button.allow(True)
    assert button.isEnabled() and button.toolTip() == ""


def test_a_button_without_a_word_still_has_a_name(qtbot) -> None:
    button = IconButton("lock", "Lock", key="Ctrl+L")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "Lock (Ctrl+L)"


@pytest.mark.parametrize("kind", ["primary", "secondary", "quiet", "danger"])
def test_every_kind_of_button_paints_itself_in_every_state(qtbot, kind) -> None:
    button = ActionButton("Word", "check", key="F9", kind=kind)
    qtbot.addWidget(button)
    button.show()
    enabled = button.grab().toImage()
    button.setEnabled(False)
    assert button.grab().toImage() != enabled


def test_answers_are_given_by_digit_click_and_enter(qtbot) -> None:
    answers = AnswerList()
    qtbot.addWidget(answers)
    chosen: list[str] = []
    answers.chosen.connect(chosen.append)
    answers.show_answers(ANSWERS)
    answers.show()
    assert answers.press_digit("2")
    first, second, _third = answers._cards
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    answers.focus_first()
    QTest.keyClick(first, Qt.Key.Key_Down)
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert chosen == ["exchange", "allowance", "exchange"]


def test_a_withheld_answer_stays_visible_and_says_why(qtbot) -> None:
    answers = AnswerList()
    qtbot.addWidget(answers)
    chosen, refused = [], []
    answers.chosen.connect(chosen.append)
    answers.refused.connect(refused.append)
    answers.show_answers(ANSWERS)
    assert answers.press_digit("3") and not answers.press_digit("4")
    assert (chosen, refused) == ([], ["refund"])
    assert "above the window" in answers._cards[2].accessibleName()


def test_new_answers_replace_the_old_ones_and_keep_focus_in_place(qtbot) -> None:
    answers = AnswerList()
    qtbot.addWidget(answers)
    answers.show_answers(ANSWERS)
    answers.show()
    qtbot.waitUntil(answers.isActiveWindow)
    answers.focus_first()
    answers.show_answers([Answer("yes", "Yes"), Answer("no", "No")])
    assert [answer.key for answer in answers.answers()] == ["yes", "no"]
    assert answers._cards[0].hasFocus()


def test_the_way_back_is_a_click_and_early_steps_hide_where_room_is_short(qtbot) -> None:
    way = Breadcrumb()
    qtbot.addWidget(way)
    steps = [Step(f"n{at}", "Section", f"Answer number {at}", current=at == 9) for at in range(10)]
    way.resize(420, 44)
    way.show()
    way.show_steps(steps)
    hidden = way.hidden_steps()
    assert hidden and hidden[0].key == "n0" and steps[9] not in hidden
    went: list[str] = []
    way.went_back.connect(went.append)
    way._buttons[8][1].click()
    assert went == ["n8"]
    assert not way._buttons[9][1].isEnabled()


def test_the_amount_is_shown_with_its_capitals_and_its_working(qtbot) -> None:
    amount = MoneyLabel()
    qtbot.addWidget(amount)
    amount.show_amount(
        3000, "人民币叁拾元整", [WorkingRow("Paid", "¥129.00"), WorkingRow("Kept", "¥99.00", "strong")]
    )
    texts = [label.text() for label in amount.findChildren(QLabel) if not label.isHidden()]
    assert texts[:3] == ["¥", "30.00", "人民币叁拾元整"]
    assert {"Paid", "¥129.00", "Kept", "¥99.00"} <= set(texts)
    amount.show_amount(-500)
    assert amount.accessibleName() == "−¥5.00"


def test_an_error_stands_beside_its_field_until_the_next_key(qtbot) -> None:
    field = Field(QLineEdit(), "Phone", "11 digits")
    qtbot.addWidget(field)
    field.show_error(UserError("ui.pin.short", digits=4))
    assert field.error() == "A PIN has at least 4 digits."
    assert field.input.accessibleDescription() == field.error()
    assert field.input.property("wrong") is True
    QTest.keyClicks(field.input, "1")
    assert field.error() == "" and field.input.property("wrong") is False
    assert field.input.accessibleName() == "Phone"


def test_a_message_says_what_happened_in_the_language_of_the_window(qtbot, dressed) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_error(SurroundingsError("ui.printer.none"))
    assert banner.message().startswith("No printer was found.")
    dressed.switch("zh")
    qtbot.waitUntil(lambda: banner.message().startswith("没有找到打印机"))
    banner.dismiss()
    assert banner.message() == ""


def test_an_empty_list_says_what_to_do(qtbot) -> None:
    empty = EmptyState()
    qtbot.addWidget(empty)
    empty.say("Nothing yet", "Scan a receipt.", "New case")
    with qtbot.waitSignal(empty.action):
        empty._button.click()


def test_states_say_their_meaning_without_colour(qtbot) -> None:
    pill = Pill("3 overdue", "late")
    qtbot.addWidget(pill)
    assert pill.text() == "! 3 overdue"


def test_a_place_shows_how_many_wait_there(qtbot) -> None:
    button = NavButton("inbox", "Mine")
    qtbot.addWidget(button)
    button.show_count(4)
    assert button.accessibleName() == "Mine (4)"


def test_a_pin_is_typed_by_key_or_finger_and_forgotten_when_handed_over(qtbot) -> None:
    pad = PinPad()
    qtbot.addWidget(pad)
    pad.show()
    entered: list[str] = []
    pad.entered.connect(entered.append)
    QTest.keyClicks(pad, "12")
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert entered == []
    next(key for key in pad._keys if key.text() == "3").click()
    QTest.keyClicks(pad, "45")
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert (entered, pad.digits()) == (["1234"], "")


def test_a_pin_never_grows_beyond_twelve_digits(qtbot) -> None:
    pad = PinPad()
    qtbot.addWidget(pad)
    QTest.keyClicks(pad, "1" * 20)
    assert pad.digits() == "1" * 12


def test_a_decision_is_confirmed_with_enter_and_left_with_escape(qtbot) -> None:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    dialog.say("Sure?", "It cannot be undone.", "Do it")
    line = QLineEdit()
    line.setAccessibleName("Reason")
    dialog.body.addWidget(line)
    dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(line, Qt.Key.Key_Return)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def _numbers() -> Table:
    def fetch(last, count):
        start = 0 if last is None else last[0] + 1
        return [(at, f"case {at}") for at in range(start, min(start + count, 450))]

    return Table(
        [
            Column(lambda: "No.", lambda row: str(row[0]), right=True, width=90),
            Column(lambda: "Case", lambda row: row[1]),
        ],
        fetch=fetch,
    )


def test_a_table_fetches_rows_as_they_are_scrolled_to(qtbot) -> None:
    table = _numbers()
    qtbot.addWidget(table)
    table.rows.reload()
    assert table.rows.rowCount() == FIRST_PAGE
    table.resize(300, 300)
    table.show()
    while table.rows.canFetchMore(table.rootIndex()):
        table.rows.fetchMore(table.rootIndex())
    assert [row[0] for row in table.rows.rows()] == list(range(450))


def test_a_row_opens_with_enter_and_figures_stand_at_the_right(qtbot) -> None:
    table = _numbers()
    qtbot.addWidget(table)
    table.rows.reload()
    table.choose(3)
    table.show()
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [(3, "case 3")]
    align = table.rows.data(table.rows.index(0, 0), Qt.ItemDataRole.TextAlignmentRole)
    assert align & int(Qt.AlignmentFlag.AlignRight)
    assert table.rows.headerData(1, Qt.Orientation.Horizontal) == "Case"


def test_letters_typed_in_a_table_do_not_jump_about(qtbot) -> None:
    table = _numbers()
    qtbot.addWidget(table)
    table.rows.reload()
    table.choose(0)
    table.show()
    QTest.keyClicks(table, "case 7")
    assert table.chosen() == (0, "case 0")


def test_a_checkbox_is_large_enough_to_hit(qtbot) -> None:
    box = QCheckBox("x")
    qtbot.addWidget(box)
    box.show()
    assert box.sizeHint().height() >= 24


def test_an_amount_stands_in_the_largest_type(qtbot) -> None:
    label = Words("30.00", "amount")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().pixelSize() == 38


def test_enter_held_down_since_the_dialog_before_decides_nothing_in_this_one(qtbot) -> None:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    field = QLineEdit()
    dialog.body.addWidget(field)
    dialog.show()
    decided = []
    dialog.accepted.connect(lambda: decided.append(True))
    none = Qt.KeyboardModifier.NoModifier
    for _ in range(3):
        repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", True)
        QApplication.sendEvent(field, repeat)
    assert not decided and dialog.isVisible()
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r"))
    assert decided == [True]

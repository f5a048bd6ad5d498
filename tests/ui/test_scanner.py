"""Scans are told from typing by time alone; what a person types is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.idle import Idle
from counter_app.ui.scanner import GAP_MS, LEAST_KEYS, Burst, Scanner, Verdict, is_text_field
from counter_app.ui.widgets.pin_pad import PinPad
from counter_app.ui.widgets.signature_pad import SignatureArea


class Heard:
    """What a scanner said, in order."""

    def __init__(self, scanner: Scanner) -> None:
        self.said: list[str] = []
        scanner.scanned.connect(lambda code: self.said.append(f"scan {code}"))
        scanner.key_typed.connect(lambda key: self.said.append(f"key {key}"))
        scanner.taken_back.connect(lambda: self.said.append("back"))
        scanner.backspace.connect(lambda: self.said.append("backspace"))


class Hands:
    """Types with a clock of its own."""

    def __init__(self, scanner: Scanner, now: list[int]) -> None:
        self.scanner, self.now = scanner, now

    def key(self, text: str, focus: QWidget | None, after_ms: int) -> bool:
        self.now[0] += after_ms
        code = {"\r": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace}.get(text, Qt.Key.Key_A)
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text)
        taken = self.scanner.take(event, focus)
        if not taken and focus is not None and text.isprintable() and isinstance(focus, QLineEdit):
            focus.insert(text)
        return taken

    def scan(self, code: str, focus: QWidget | None = None) -> None:
        self.key(code[0], focus, 500)
        for character in f"{code[1:]}\r":
            self.key(character, focus, 8)

    def type(self, text: str, focus: QWidget | None = None) -> None:
        for character in text:
            self.key(character, focus, 120)


@pytest.fixture
def scanner() -> Scanner:
    now = [10_000]
    made = Scanner(clock=lambda: now[0])
    made.test_now = now  # type: ignore[attr-defined]
    return made


@pytest.fixture
def hands(scanner: Scanner) -> Hands:
    return Hands(scanner, scanner.test_now)  # type: ignore[attr-defined]


@pytest.fixture
def heard(scanner: Scanner) -> Heard:
    return Heard(scanner)


def test_a_scan_outside_fields_takes_back_the_answer_its_first_digit_gave(qapp, hands, heard) -> None:
    hands.scan("6901234567892")
    assert heard.said == ["key 6", "back", "scan 6901234567892"]


def test_a_digit_alone_answers_at_once(qapp, hands, heard) -> None:
    hands.type("2")
    assert heard.said == ["key 2"]


def test_two_digits_typed_one_after_the_other_are_two_answers(qapp, hands, heard) -> None:
    hands.type("21")
    assert heard.said == ["key 2", "key 1"]


def test_two_fingers_rolling_over_the_keys_lose_nothing(qapp, scanner, hands, heard) -> None:
    hands.key("2", None, 500)
    hands.key("1", None, 30)
    scanner.settle()
    assert heard.said == ["key 2", "back", "key 2", "key 1"]


def test_a_scanner_without_enter_is_understood_outside_fields(qapp, scanner, hands, heard) -> None:
    hands.key("6", None, 500)
    for character in "9012345":
        hands.key(character, None, 5)
    scanner.settle()
    assert heard.said[-1] == "scan 69012345"


def test_a_scan_into_a_field_leaves_the_field_as_it_was(qtbot, hands, heard) -> None:
    field = QLineEdit("张三的备注")
    qtbot.addWidget(field)
    field.setCursorPosition(2)
    hands.scan("TB202611120387", field)
    assert heard.said == ["scan TB202611120387"]
    assert (field.text(), field.cursorPosition()) == ("张三的备注", 2)


def test_a_scan_over_selected_text_gives_the_selection_back(qtbot, hands, heard) -> None:
    field = QLineEdit("12.50")
    qtbot.addWidget(field)
    field.selectAll()
    hands.scan("6901234567892", field)
    assert (field.text(), field.selectedText()) == ("12.50", "12.50")


def test_a_scan_into_a_note_leaves_the_note_as_it_was(qtbot, scanner) -> None:
    now = scanner.test_now
    note = QPlainTextEdit("杯口有裂纹\n第二行")
    qtbot.addWidget(note)
    codes: list[str] = []
    scanner.scanned.connect(codes.append)
    cursor = note.textCursor()
    cursor.setPosition(3)
    note.setTextCursor(cursor)
    for at, character in enumerate("SH01-0001"):
        now[0] += 400 if at == 0 else 6
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, character)
        assert not scanner.take(event, note)
        note.insertPlainText(character)
    now[0] += 6
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    assert scanner.take(enter, note)
    assert codes == ["SH01-0001"]
    assert note.toPlainText() == "杯口有裂纹\n第二行"


def test_typing_into_a_field_with_enter_is_never_a_scan(qtbot, hands, heard) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    hands.type("13812341234", field)
    assert hands.key("\r", field, 120) is False
    assert (heard.said, field.text()) == ([], "13812341234")


def test_a_held_down_key_is_not_a_scan(qtbot, scanner, heard) -> None:
    for at in range(12):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", at > 0)
        scanner.take(event, None)
    assert heard.said == ["key 1"]


def test_shortcuts_pass_by(qapp, scanner, heard) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, "s")
    assert scanner.take(event, None) is False
    assert heard.said == []


def test_backspace_steps_back_only_outside_fields(qtbot, hands, heard) -> None:
    field = QLineEdit("12")
    qtbot.addWidget(field)
    assert hands.key("\b", field, 300) is False
    assert hands.key("\b", None, 300) is True
    assert heard.said == ["backspace"]


def test_keys_nobody_wants_go_on_to_the_widget(qapp) -> None:
    scanner = Scanner(clock=lambda: 0, takes_keys=lambda character: character.isdigit())
    heard = Heard(scanner)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x")
    assert scanner.take(event, None) is False
    assert heard.said == []


def test_a_read_only_field_is_not_a_text_field(qtbot) -> None:
    field, number = QLineEdit(), QSpinBox()
    qtbot.addWidget(field)
    qtbot.addWidget(number)
    assert is_text_field(field) and is_text_field(number)
    field.setReadOnly(True)
    assert not is_text_field(field)


def test_real_key_events_reach_the_filter_once_each(qtbot, qapp) -> None:
    now = [0]

    def tick() -> int:
        now[0] += 5
        return now[0]

    scanner = Scanner(clock=tick)
    heard = Heard(scanner)
    window = QWidget()
    column = QVBoxLayout(window)
    button, field = QPushButton("x"), QLineEdit("note")
    column.addWidget(button)
    column.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    scanner.watch(qapp)
    try:
        for focus in (button, field):
            heard.said.clear()
            now[0] += 1000
            focus.setFocus()
            QTest.keyClicks(focus, "6901234567892")
            QTest.keyClick(focus, Qt.Key.Key_Return)
            assert heard.said[-1] == "scan 6901234567892"
        assert field.text() == "note"
    finally:
        qapp.removeEventFilter(scanner)
        qapp.focusChanged.disconnect(scanner._focus_changed)


@given(st.lists(st.tuples(st.sampled_from("0123456789AZ-"), st.integers(0, 400)), min_size=1, max_size=40))
def test_a_burst_holds_exactly_the_keys_that_came_close_together(keys) -> None:
    burst, at, expected = Burst(), 1000, ""
    for position, (character, gap) in enumerate(keys):
        at += gap
        joined = position > 0 and gap <= GAP_MS
        expected = expected + character if joined else character
        assert burst.key(character, at) is (Verdict.CONTINUES if joined else Verdict.FIRST)
    assert burst.text == expected
    assert (burst.enter(at + 5) is Verdict.SCAN) == (len(expected) >= LEAST_KEYS)
    assert burst.enter(at + GAP_MS + 1) is Verdict.PLAIN


@pytest.mark.parametrize("pad", [PinPad, SignatureArea])
def test_backspace_stays_with_a_pad_that_takes_something_away_itself(qtbot, hands, heard, pad) -> None:
    shown = pad()
    qtbot.addWidget(shown)
    assert hands.key("\b", shown, 300) is False
    assert heard.said == []


def test_whoever_types_clicks_or_moves_the_mouse_is_there(qtbot, qapp) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    button, field = QPushButton("x"), QLineEdit("note")
    column.addWidget(button)
    column.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    scanner = Scanner()
    touched: list[str] = []
    doing = ""
    scanner.touched.connect(lambda: touched.append(doing))
    scanner.watch(qapp)
    try:
        doing = "nothing"
        field.setText("other")
        button.hide()
        button.show()
        QApplication.processEvents()
        for name, act in (
            ("key", lambda: QTest.keyClick(field, Qt.Key.Key_A)),
            ("click", lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton)),
            ("move", lambda: QTest.mouseMove(window, QPoint(3, 3))),
            ("wheel", lambda: QTest.wheelEvent(window.windowHandle(), QPointF(9, 9), QPoint(0, 120))),
        ):
            doing = name
            act()
            QApplication.processEvents()
        assert set(touched) == {"key", "click", "move", "wheel"}
    finally:
        scanner.leave(qapp)


def test_nobody_is_there_when_nothing_was_touched_for_the_whole_time(qtbot) -> None:
    idle = Idle(3600)
    idle.touch()
    assert idle._timer.isActive() and idle._timer.interval() == 3_600_000
    idle.wait_for(0)
    idle.touch()
    assert not idle._timer.isActive()

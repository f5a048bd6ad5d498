"""The shell: going about, keys, scans, the lock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout
from walk import nameless, unreachable

from counter_app.services import paper_codes, shift
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.screen import KeyLine, Screen, ScreenSpec
from counter_app.ui.status import status_of
from counter_app.ui.top_bar import Status


class Bench(Screen):
    """A screen that notes what reaches it."""

    def __init__(self, session) -> None:
        super().__init__(session)
        self.seen: list[str] = []
        self.stays = False
        self.wanted_scans: set[str] = set()
        self.line = QLineEdit()
        self.line.setAccessibleName("Search")
        QVBoxLayout(self).addWidget(self.line)

    def arrive(self) -> None:
        self.seen.append("arrive")

    def refresh(self, changed) -> None:
        self.seen.append(f"refresh {sorted(changed)}")

    def show_subject(self, subject) -> None:
        self.seen.append(f"subject {subject}")

    def keys(self) -> list[KeyLine]:
        return [KeyLine("1…9", "Answer")]

    def take_scan(self, code: str) -> bool:
        self.seen.append(f"scan {code}")
        return code in self.wanted_scans

    def wants_key(self, character: str) -> bool:
        return character.isdigit()

    def take_key(self, character: str) -> None:
        self.seen.append(f"key {character}")

    def take_back_key(self) -> None:
        self.seen.append("back")

    def search(self) -> None:
        self.seen.append("search")

    def new_case(self) -> None:
        self.seen.append("new")

    def print_again(self) -> None:
        self.seen.append("print")

    def post(self) -> None:
        self.seen.append("post")

    def step_back(self) -> None:
        self.seen.append("step back")

    def may_leave(self) -> bool:
        return not self.stays


@pytest.fixture
def window(qtbot, session) -> MainWindow:
    specs = [
        ScreenSpec("counter", lambda: "Counter", "store", Bench),
        ScreenSpec("cases", lambda: "Cases", "inbox", Bench),
        ScreenSpec("settings", lambda: "Settings", "settings", Bench, at_foot=True, right="staff.manage"),
    ]
    made = MainWindow(session, specs, lambda: status_of(session.desk))
    qtbot.addWidget(made)
    made.show()
    made.show_lock(False)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(window: MainWindow, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.current() or window, key, modifier)


def test_every_place_has_its_number(window) -> None:
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key() == "cases"
    press(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key() == "settings"
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key() == "counter"


def test_function_keys_reach_the_screen_in_front_and_f2_the_counter(window) -> None:
    window.show_screen("cases")
    cases = window.current()
    cases.seen.clear()
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F9, Qt.Key.Key_Escape):
        press(window, key)
    assert cases.seen == ["search", "print", "post", "step back"]
    press(window, Qt.Key.Key_F2)
    assert window.current_key() == "counter" and window.current().seen[-1] == "new"


def test_a_scan_goes_to_the_screen_that_wants_it_else_to_the_counter(window) -> None:
    cases = window.show_screen("cases")
    cases.wanted_scans = {"SH01-20261112-0001"}
    window._scanned("SH01-20261112-0001")
    assert window.current_key() == "cases"
    window._scanned("6901234567892")
    assert window.current_key() == "counter"
    assert window.current().seen[-1] == "scan 6901234567892"


def test_a_scanned_shift_sheet_opens_where_shifts_are(qtbot, session, desk) -> None:
    shift.open_shift(desk, 50_000)
    number = shift.close_shift(desk, 50_000).value.sheet
    specs = [
        ScreenSpec("counter", lambda: "Counter", "store", Bench),
        ScreenSpec("shift", lambda: "Shift", "wallet", Bench),
    ]
    made = MainWindow(session, specs, lambda: status_of(session.desk))
    qtbot.addWidget(made)
    made.show()
    made.show_lock(False)
    made._scanned(f"counter:case/{number}")
    paper = paper_codes.house(desk, number)
    assert paper is not None and (paper.room, paper.number) == ("shift", number)
    assert made.current_key() == "shift" and made.current().seen[-1] == f"subject {paper}"


def test_plain_digits_answer_on_the_screen_in_front_and_are_taken_back(window) -> None:
    assert window.wants_key("1") and not window.wants_key("x")
    window._key_typed("1")
    window._taken_back()
    assert window.current().seen[-2:] == ["key 1", "back"]


def test_a_screen_with_unfinished_work_keeps_the_user_there(window) -> None:
    window.current().stays = True
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key() == "counter"
    assert window.close() is False


def test_nothing_works_behind_the_lock(window) -> None:
    window.show_lock(True)
    counter = window.current()
    counter.seen.clear()
    window._scanned("6901234567892")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F9):
        QTest.keyClick(window.lock, key)
    QTest.keyClick(window.lock, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert counter.seen == [] and not window.wants_key("1")


def test_what_a_service_changed_reaches_every_screen(window, session) -> None:
    window.show_screen("cases")
    session.changed.emit(frozenset({"case", "money"}))
    assert window.current().seen[-1] == "refresh ['case', 'money']"


def test_one_screen_opens_a_subject_of_another(window) -> None:
    window.current().wants.emit("cases", 7)
    assert window.current_key() == "cases" and "subject 7" in window.current().seen


def test_the_rail_shows_what_waits_and_hides_what_is_not_allowed(window, session) -> None:
    window.show_screen("cases").attention.emit(3)
    assert window._rail.button("cases").accessibleName() == "Cases (3)"
    from counter_app.services import setup, staff

    clerk = staff.staff_view(session.desk, 2)
    session.sit(setup.signed_in(session.desk, clerk))
    assert window._rail.button("settings").isHidden()


def test_the_bar_tells_shop_shift_and_who_is_on(window, session, qtbot) -> None:
    assert window.bar._shop.whole() == "星河电器"
    assert "王店长" in window.bar._staff.text()
    assert window.bar._shift.text() == "! No open shift"
    session.act(shift.open_shift, 50_000)
    qtbot.waitUntil(
        lambda: window.bar._shift.text() == "On shift since 09:30 · float ¥500.00", timeout=20_000
    )


def test_a_shift_left_open_overnight_stands_out(window, session, clock) -> None:
    from datetime import timedelta

    session.act(shift.open_shift, 50_000)
    clock.at += timedelta(days=1)
    window.show_status()
    assert window.bar._shift.text() == "! Shift of 11-12 still open"


def test_overdue_work_is_counted_in_both_languages(window, dressed) -> None:
    window.bar.show_status(Status(overdue=3))
    assert window.bar._overdue.text() == "3 overdue"
    dressed.switch("zh")
    QApplication.processEvents()
    window.bar.show_status(Status(overdue=3))
    assert window.bar._overdue.text() == "3 项已超时"


def test_f1_lists_the_keys_of_the_screen_and_of_the_window(window, monkeypatch) -> None:
    from counter_app.ui.help_dialog import HelpDialog

    shown: list[str] = []

    def look(dialog) -> int:
        shown.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.deleteLater()
        return 0

    monkeypatch.setattr(HelpDialog, "exec", look)
    press(window, Qt.Key.Key_F1)
    assert {"1…9", "Answer", "F9", "Esc"} <= set(shown)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 640)])
def test_the_shell_is_whole_on_a_cash_registers_screen(window, width, height) -> None:
    window.resize(width, height)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height)
    foot = window._rail.button("settings")
    assert foot.mapTo(window, foot.rect().bottomLeft()).y() <= height
    staff = window.bar._staff
    assert staff.mapTo(window, staff.rect().topRight()).x() <= width


def test_everything_in_the_shell_has_a_name_and_can_be_reached(window) -> None:
    assert nameless(window) == []
    assert unreachable(window) == []

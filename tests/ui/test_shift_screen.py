"""The drawer on the shift screen: opened, counted, closed, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.services import shift, staff
from counter_app.ui.screens.shift.count_grid import CountGrid
from counter_app.ui.screens.shift.screen import ShiftScreen
from counter_app.ui.widgets.words import Words


@pytest.fixture
def screen(qtbot, session) -> ShiftScreen:
    made = ShiftScreen(session)
    qtbot.addWidget(made)
    made.resize(1270, 712)
    return made


def arrive(screen: ShiftScreen) -> None:
    screen.show()
    screen.arrive()
    QApplication.processEvents()


def words(widget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(Words) if label.isVisibleTo(widget))


def test_without_a_shift_the_screen_offers_to_open_one(screen, desk) -> None:
    arrive(screen)
    assert screen.open_card.isVisible() and not screen.close_card.isVisible()
    screen.open_card.type_float("500")
    screen.post()
    assert shift.current_shift(desk).float_fen == 50_000
    assert screen.close_card.isVisible() and not screen.open_card.isVisible()
    assert "500.00" in words(screen.drawer)


@pytest.mark.parametrize("typed", ["-5", "abc", "1.234", ""])
def test_a_float_that_cannot_be_read_is_told_under_the_field(screen, desk, typed) -> None:
    arrive(screen)
    screen.open_card.type_float(typed)
    screen.post()
    assert screen.open_card.error() and shift.current_shift(desk) is None


def test_the_next_float_is_what_the_last_count_left(screen, desk) -> None:
    shift.open_shift(desk, 50_000)
    shift.close_shift(desk, {10_000: 4, 5_000: 2})
    arrive(screen)
    screen.post()
    assert shift.current_shift(desk).float_fen == 50_000


def test_notes_and_coins_add_up_and_enter_goes_to_the_next(qtbot) -> None:
    grid = CountGrid()
    qtbot.addWidget(grid)
    grid.show()
    qtbot.waitUntil(grid.isActiveWindow)
    assert grid.is_empty()
    grid.focus_first()
    first = QApplication.focusWidget()
    QTest.keyClicks(first, "3")
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is not first
    QTest.keyClicks(QApplication.focusWidget(), "2")
    assert grid.pieces() == {10_000: 3, 5_000: 2} and grid.counted_fen() == 40_000


@pytest.mark.req("S0-7")
def test_a_count_that_agrees_closes_and_hands_over_with_its_note(screen, desk) -> None:
    shift.open_shift(desk, 50_000)
    arrive(screen)
    card = screen.close_card
    assert not card._go.isEnabled()
    card.count.put(10_000, 5)
    assert "agrees" in words(card)
    card._to.setCurrentIndex(1)
    card._note.setText("两张假币已上交")
    screen.post()
    closed = shift.list_shifts(desk)[0]
    assert (closed.variance_fen, closed.handed_to, closed.note) == (0, "李敏", "两张假币已上交")
    assert "李敏" in screen.banner.message()
    assert screen.open_card.isVisible()


def test_a_difference_needs_its_reason_before_the_shift_closes(screen, desk) -> None:
    shift.open_shift(desk, 50_000)
    arrive(screen)
    screen.close_card.count.put(10_000, 4)
    assert "¥100.00 missing" in words(screen.close_card)
    screen.post()
    assert shift.current_shift(desk) is not None
    assert screen.close_card._reason_field.error()
    screen.close_card.write_reason("找错零")
    screen.post()
    closed = shift.list_shifts(desk)[0]
    assert (closed.variance_fen, closed.variance_reason) == (-10_000, "找错零")
    screen.past.choose(0)
    assert "找错零" in words(screen)


def test_an_overnight_shift_is_told_before_anything_else(screen, desk, clock) -> None:
    shift.open_shift(desk, 50_000)
    clock.at += timedelta(days=1)
    arrive(screen)
    assert "2026-11-12 was never closed" in screen.banner.message()
    assert screen.past._columns[5].tone(screen.past.rows.row(0)) == "late"


def test_who_may_not_handle_the_drawer_cannot_type_into_it(screen, desk, session) -> None:
    viewer = staff.add_staff(desk, staff.NewStaff("08", "导购", "viewer", "8888")).value
    session.sit(replace(desk, staff=staff.staff_view(desk, viewer.id)))
    arrive(screen)
    assert not screen.open_card.isEnabled()


def test_every_shift_before_is_listed_with_its_difference(screen, desk) -> None:
    for number in range(3):
        shift.open_shift(desk, 10_000)
        shift.close_shift(desk, 10_000 - number, variance_reason="少找零" if number else "")
    arrive(screen)
    shown = [screen.past._columns[5].text(row) for row in screen.past.rows.rows()]
    assert shown == ["−¥0.02", "−¥0.01", "¥0.00"]

"""The drawer on the shift screen: opened, counted, closed, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hired import hire
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.services import bills, shift, staff
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.shift.bill_days_dialog import BillDaysDialog
from counter_app.ui.screens.shift.count_grid import CountGrid
from counter_app.ui.screens.shift.screen import ShiftScreen
from counter_app.ui.screens.shift.take_over_dialog import TakeOverDialog
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
    card._to.setCurrentIndex(card._to.findText("李敏"))
    card._note.setText("两张假币已上交")
    card.take_out("300")
    screen.post()
    dialog = screen.findChild(TakeOverDialog)
    assert "¥200.00" in words(dialog)
    QTest.keyClicks(dialog._pad, "0000")
    QTest.keyClick(dialog._pad, Qt.Key.Key_Return)
    assert dialog.banner.message() and shift.current_shift(desk).float_fen == 50_000, (
        "a wrong PIN changes nothing"
    )
    QTest.keyClicks(dialog._pad, "1111")
    QTest.keyClick(dialog._pad, Qt.Key.Key_Return)
    now, closed = shift.list_shifts(desk)[:2]
    assert (closed.variance_fen, closed.handed_to, closed.note) == (0, "李敏", "两张假币已上交")
    assert (closed.taken_out_fen, now.opened_by, now.float_fen) == (30_000, "李敏", 20_000)
    assert "李敏" in screen.banner.message() and screen.session.desk.staff.name == "李敏"
    papers = screen.findChild(PaperDialog)
    assert papers._current.number == closed.sheet and closed.sheet.startswith("JB")
    papers.reject()


def test_another_float_than_was_left_needs_its_reason(screen, desk) -> None:
    shift.open_shift(desk, 50_000)
    shift.close_shift(desk, 50_000, taken_out_fen=40_000)
    arrive(screen)
    card = screen.open_card
    assert card._float.text() == "100.00" and not card._reason_field.isVisible()
    card.type_float("500")
    assert card._reason_field.isVisible()
    screen.post()
    assert shift.current_shift(desk) is None and card._reason_field.error()
    card.write_reason("从保险柜补足")
    screen.post()
    opened = shift.current_shift(desk)
    assert (opened.float_fen, opened.float_reason) == (50_000, "从保险柜补足")


def test_more_cannot_go_to_the_bank_than_was_counted(screen, desk) -> None:
    shift.open_shift(desk, 10_000)
    arrive(screen)
    screen.close_card.count.put(10_000, 1)
    screen.close_card.take_out("100.01")
    screen.post()
    assert screen.close_card._out_field.error() and shift.current_shift(desk) is not None


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
    screen.findChild(PaperDialog).reject()
    screen.past.choose(0)
    assert "找错零" in words(screen)


def test_an_overnight_shift_is_told_before_anything_else(screen, desk, clock) -> None:
    shift.open_shift(desk, 50_000)
    clock.at += timedelta(days=1)
    arrive(screen)
    assert "2026-11-12 was never closed" in screen.banner.message()
    assert screen.past._columns[5].tone(screen.past.rows.row(0)) == "late"


def test_who_may_not_handle_the_drawer_cannot_type_into_it(screen, desk, session) -> None:
    viewer = hire(desk, staff.NewStaff("08", "导购", "viewer", "8888"))
    session.sit(replace(desk, staff=staff.staff_view(desk, viewer.id)))
    arrive(screen)
    assert not screen.open_card.isEnabled()


def test_every_shift_before_is_listed_with_its_difference(screen, desk) -> None:
    for number in range(3):
        shift.open_shift(desk, 10_000, reason="补足备用金")
        shift.close_shift(desk, 10_000 - number, variance_reason="少找零" if number else "")
    arrive(screen)
    shown = [screen.past._columns[5].text(row) for row in screen.past.rows.rows()]
    assert shown == ["−¥0.02", "−¥0.01", "¥0.00"]


def test_days_whose_bill_differs_are_shown_with_what_differs(screen, desk, tmp_path) -> None:
    head = "交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款金额,退款状态,商品名称,订单金额\n"
    day = desk.today().isoformat()
    row = f"`{day} 10:00:00,`wx1,`1900,`4200000001,`X1,`REFUND,`5030000001,`others,`8.00,`SUCCESS,`保温杯,`8.00\n"
    file = tmp_path / "微信 账单.csv"
    file.write_text(head + row, "utf-8-sig")
    bills.enter(desk, file)
    arrive(screen)
    screen.show_bill_days()
    dialog = screen.findChild(BillDaysDialog)
    (shown,) = dialog.days.rows.rows()
    assert (shown.day.isoformat(), shown.difference_fen) == (day, -800)
    assert [gap.kind for gap in dialog.gaps.rows.rows()] == ["bill_only"] and dialog.gaps.isVisibleTo(dialog)
    dialog._back.click()
    assert dialog.days.rows.rows() == [] and "No bill" in words(dialog)
    dialog._forward.click()
    assert len(dialog.days.rows.rows()) == 1 and not dialog._forward.isEnabled()
    dialog.reject()

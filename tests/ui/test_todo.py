"""The to-do screen: one list of everything that waits, one key does the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hired import hire
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shop_day import answered, asked, returned, sell, stock, visit

from counter_app.domain.errors import UserError
from counter_app.services import approvals, cases, posting, settling, shift, staff, tasks, waiting, walks
from counter_app.ui.screens.counter.proof_dialog import ProofDialog
from counter_app.ui.screens.todo.entries import due_now, entries
from counter_app.ui.screens.todo.screen import TodoScreen
from counter_app.ui.status import status_of
from counter_app.ui.widgets.words import Words


@pytest.fixture
def shop(desk):
    """Articles, an open drawer, and a supervisor (PIN 2222) beside the manager."""
    stock(desk)
    shift.open_shift(desk, 50_000)
    hire(desk, staff.NewStaff("03", "陈主管", "supervisor", "2222"))
    return desk


@pytest.fixture
def supervisor(shop) -> int:
    return next(one.id for one in staff.list_staff(shop) if one.role == "supervisor")


@pytest.fixture
def screen(qtbot, session, shop) -> TodoScreen:
    made = TodoScreen(session)
    qtbot.addWidget(made)
    made.resize(1270, 712)
    return made


def arrive(screen: TodoScreen) -> None:
    screen.show()
    screen.arrive()


def kinds(screen: TodoScreen) -> list[str]:
    return [entry.kind for entry in screen.table.rows.rows()]


def words(widget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(Words) if label.isVisibleTo(widget))


def test_late_things_stand_above_today_and_today_above_later(shop, clock) -> None:
    parked = visit(shop, sell(shop, 0))
    answered(shop, parked, "problem", "yes")
    waiting.park(shop, parked.walks[0].id)
    returned(shop, visit(shop, sell(shop, 2)))
    clock.at = datetime(2026, 11, 12, 1, 30, tzinfo=UTC) + timedelta(days=60)
    asked(shop, visit(shop, sell(shop, 3)))
    found = entries(shop)
    late = [entry.late for entry in found]
    assert late == sorted(late, reverse=True)
    assert found[0].late and found[-1].kind == "approval" and found[-1].today
    assert due_now(found) == len(found)


def test_the_rail_learns_how_much_is_due(qtbot, screen, shop) -> None:
    asked(shop, visit(shop, sell(shop, 0)))
    with qtbot.waitSignal(screen.attention) as told:
        arrive(screen)
    assert told.args == [1]


def test_an_empty_list_says_what_will_appear_here(screen) -> None:
    arrive(screen)
    assert "Nothing is waiting" in words(screen)


def test_an_approval_shows_why_it_was_asked_with_figures_and_photos(screen, shop) -> None:
    case = visit(shop, sell(shop, 3, (3, 4)))
    asked(shop, case)
    arrive(screen)
    told = words(screen.approval)
    assert "supervisor" in told and "老顾客,希望照顾" in told and "159.00" in told
    assert "Promise window 2026-11-12 > 2026-11-09" in told


@pytest.mark.req("S0-38")
def test_an_approval_is_answered_with_a_digit_a_reason_and_a_pin(screen, shop, supervisor) -> None:
    case = visit(shop, sell(shop, 0))
    question = asked(shop, case)
    arrive(screen)
    assert screen.wants_key("1") and not screen.wants_key("9")
    with pytest.raises(UserError) as wrong:
        screen.approval.decide("goodwill", supervisor, "0000", "")
    assert wrong.value.code == "staff.pin.wrong"
    screen.approval.decide("goodwill", supervisor, "2222", "老顾客")
    decided = next(one for one in approvals.approvals_of(shop, case.id) if one.id == question.id)
    assert (decided.decision, decided.decided_by) == ("approve", "陈主管")
    assert kinds(screen) == []


def test_several_approvals_are_answered_together(screen, shop, supervisor) -> None:
    ids = [asked(shop, visit(shop, sell(shop, number))).case_id for number in (0, 1, 2)]
    arrive(screen)
    screen.filters.choose("approval")
    screen.table.selectAll()
    assert "3 question(s)" in words(screen.approval)
    assert screen.approval.choices() == ["goodwill", "refuse"]
    screen.approval.decide("goodwill", supervisor, "2222", "")
    assert approvals.pending(shop) == ()
    assert {cases.case(shop, case_id).state for case_id in ids} == {"open"}


def test_what_is_the_customers_right_is_never_offered_for_rejection(screen, shop) -> None:
    question = replace(asked(shop, visit(shop, sell(shop, 0))), walk_id=None, figures={}, may_reject=False)
    screen.approval.show_questions([question])
    assert screen.approval.choices() == ["approve"]
    screen.approval.show_questions([question, replace(question, id=99, may_reject=True)])
    assert screen.approval.choices() == ["approve"]
    screen.approval.show_questions([replace(question, may_reject=True)])
    assert screen.approval.choices() == ["approve", "reject"]


def test_a_transfer_is_settled_with_its_number_a_part_at_a_time(screen, shop) -> None:
    returned(shop, visit(shop, sell(shop, 0)))
    arrive(screen)
    screen.filters.choose("money")
    with pytest.raises(UserError) as nothing:
        screen.money.settle(5_000, "wechat", "", "first")
    assert nothing.value.code == "settling.reference"
    screen.money.settle(5_000, "wechat", "4200001234", "second")
    (owed,) = settling.owed(shop)
    assert owed.open_fen == 7_900
    assert "Moved already" in words(screen.money) and "79.00" in words(screen.money)
    screen.money.settle(7_900, "wechat", "4200001235", "third")
    assert settling.owed(shop) == () and "money" not in kinds(screen)


def test_the_proof_dialog_settles_what_is_typed_once(qtbot, screen, shop) -> None:
    returned(shop, visit(shop, sell(shop, 0)))
    arrive(screen)
    screen.filters.choose("money")
    dialog = ProofDialog(screen.money._owed, screen.money.settle)
    qtbot.addWidget(dialog)
    dialog._number.setText("4200009999")
    dialog.confirm()
    assert settling.owed(shop) == ()


def test_cash_needs_an_open_shift_and_says_so(screen, shop, session) -> None:
    returned(shop, visit(shop, sell(shop, 0)))
    (owed,) = settling.owed(shop)
    shift.close_shift(shop, shift.cash_in_drawer(shop))
    screen.money.show_owed(replace(owed, tender="cash"))
    assert not screen.money.go.isEnabled()
    assert "Open a shift first" in screen.money.go.toolTip()


def test_a_task_is_done_with_one_key_and_the_next_takes_its_place(qtbot, screen, shop) -> None:
    returned(shop, visit(shop, sell(shop, 0)))
    returned(shop, visit(shop, sell(shop, 2)))
    arrive(screen)
    screen.filters.choose("task")
    first, second = [entry.key for entry in screen.table.rows.rows()]
    assert screen.table.chosen().key == first
    screen.task.finish("满意")
    assert [entry.key for entry in screen.table.rows.rows()] == [second]
    assert screen.table.chosen().key == second
    assert tasks.to_do(shop)[0].id == second


def test_a_wait_is_taken_up_at_the_counter(qtbot, screen, shop) -> None:
    case = visit(shop, sell(shop, 0))
    answered(shop, case, "problem", "yes")
    waiting.park(shop, case.walks[0].id)
    arrive(screen)
    screen.filters.choose("wait")
    with qtbot.waitSignal(screen.wants) as wanted:
        screen.post()
    assert wanted.args == ["counter", case.id]


def test_the_case_behind_a_thing_opens(qtbot, screen, shop) -> None:
    question = asked(shop, visit(shop, sell(shop, 0)))
    arrive(screen)
    with qtbot.waitSignal(screen.wants) as wanted:
        QTest.mouseClick(screen._open, Qt.MouseButton.LeftButton)
    assert wanted.args == ["cases", question.case_id]


def test_money_pressed_on_a_case_is_chosen_here(screen, shop) -> None:
    asked(shop, visit(shop, sell(shop, 1)))
    returned(shop, visit(shop, sell(shop, 0)))
    screen.show()
    screen.show_subject(settling.owed(shop)[0])
    assert screen.table.chosen().kind == "money"
    assert screen._panels.currentWidget() is screen.money


def test_who_may_not_pay_is_told_why(screen, shop, session) -> None:
    returned(shop, visit(shop, sell(shop, 0)))
    (owed,) = settling.owed(shop)
    viewer = hire(shop, staff.NewStaff("08", "导购", "viewer", "8888"))
    session.sit(replace(shop, staff=staff.staff_view(shop, viewer.id)))
    screen.money.show_owed(owed)
    assert not screen.money.go.isEnabled()


def test_the_bar_above_every_screen_counts_what_is_past_its_day(shop, clock) -> None:
    returned(shop, visit(shop, sell(shop, 0)))
    assert status_of(shop).overdue == 0
    clock.at += timedelta(days=30)
    assert status_of(shop).overdue == len(tasks.to_do(shop)) > 0


@pytest.mark.req("S0-8")
def test_by_when_a_complaint_is_answered_stands_where_its_day_would(screen, shop, clock) -> None:
    case = visit(shop, sell(shop, 0))
    answered(shop, case, "complaint", "important", "service_only")
    figures = walks.view(shop, case.id).proposal.figures_hash
    posting.post(shop, case.id, "complaint", figures)
    arrive(screen)
    (at,) = (at for at, entry in enumerate(screen.table.rows.rows()) if entry.subject.kind == "complaint")
    assert screen.table.model().index(at, 0).data() == "09:45", "in a quarter of an hour"
    clock.at += timedelta(minutes=16)
    screen.arrive()
    assert screen.table.model().index(0, 0).data() == "! 09:45"

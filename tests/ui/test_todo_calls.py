"""To-dos that are a call: the survey on one page, what happens after it, and taking a case up again."""

from __future__ import annotations

from datetime import date

import pytest
from shop_day import returned, sell, stock, visit

from counter_app.services import cases, settling, shift
from counter_app.ui.screens.cases.note_dialog import NoteDialog
from counter_app.ui.screens.todo.call_dialog import CallDialog
from counter_app.ui.screens.todo.screen import TodoScreen


@pytest.fixture
def case_id(desk) -> int:
    """A refund paid in cash: only the call is left."""
    stock(desk)
    shift.open_shift(desk, 50_000)
    case = visit(desk, sell(desk, 1))
    returned(desk, case)
    for owed in settling.owed(desk):
        settling.pay(desk, owed.id, owed.open_fen, owed.tender, "", f"pay-{owed.id}")
    assert cases.case(desk, case.id).state == "settled"
    return case.id


@pytest.fixture
def screen(qtbot, session, case_id) -> TodoScreen:
    made = TodoScreen(session)
    qtbot.addWidget(made)
    made.resize(1270, 712)
    made.show()
    made.arrive()
    return made


def choose(screen: TodoScreen, kind: str) -> None:
    at = next(
        at for at, entry in enumerate(screen.table.rows.rows()) if getattr(entry.subject, "kind", "") == kind
    )
    screen._select(at)


def asked(qtbot, screen: TodoScreen, **answers: str) -> CallDialog:
    dialog = CallDialog("SH01", screen.task.keep_call)
    qtbot.addWidget(dialog)
    for name, answer in answers.items():
        if name in dialog.texts:
            dialog.texts[name].setPlainText(answer)
        else:
            box = dialog.choices[name]
            box.setCurrentIndex(box.findData(answer))
    return dialog


@pytest.mark.req("S4-76", "S4-83", "S4-85")
def test_the_customer_is_asked_on_one_page_and_the_case_is_archived(qtbot, screen, desk, case_id) -> None:
    choose(screen, "callback")
    assert "Call and ask" in screen.task.go.text()
    dialog = asked(qtbot, screen, speed="5")
    dialog.confirm()
    assert "satisfied on the whole" in dialog.banner.message()
    dialog = asked(qtbot, screen, overall="satisfied", speed="5", suggestion="多开一个窗口")
    dialog.confirm()
    case = cases.case(desk, case_id)
    assert case.state == "closed"
    told = next(event for event in case.events if event.kind == "surveyed")
    assert told.detail["answers"] == {"overall": "satisfied", "speed": "5", "suggestion": "多开一个窗口"}


@pytest.mark.req("S4-84")
def test_what_is_left_is_a_call_on_another_day(qtbot, screen, desk, case_id) -> None:
    choose(screen, "callback")
    dialog = asked(qtbot, screen, overall="satisfied", follow_up="再寄一张说明书")
    dialog.next_on.setText("soon")
    dialog.confirm()
    assert "soon" in dialog.banner.message()
    dialog.next_on.setText("2026-11-20")
    dialog.confirm()
    assert cases.case(desk, case_id).state == "settled"
    choose(screen, "follow_up")
    left = screen.table.chosen().subject
    assert (left.due_on, left.title.en) == (date(2026, 11, 20), "Follow up: 再寄一张说明书")


@pytest.mark.req("S4-84")
def test_who_is_not_content_is_taken_up_again_at_the_counter(qtbot, screen, desk, case_id) -> None:
    choose(screen, "callback")
    asked(qtbot, screen, overall="unsatisfied", why_not="还是漏水").confirm()
    choose(screen, "second_handling")
    assert "Take the case up again" in screen.task.go.text()
    dialog = NoteDialog("again", "", "ok", screen.task.take_up_again)
    qtbot.addWidget(dialog)
    dialog.confirm()
    assert dialog._field.error()
    dialog.edit.setPlainText("经理重新给方案")
    dialog.confirm()
    assert cases.case(desk, case_id).state == "open"

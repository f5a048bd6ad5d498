"""To-dos with a form of their own: the survey of a call, a courier claim, a waybill, a listing's correction."""

from __future__ import annotations

from datetime import date

import pytest
from shop_day import answered, returned, sell, stock, visit

from counter_app.services import cases, forms, posting, settling, shift, waiting, walks
from counter_app.services.parcels import Claim
from counter_app.ui.screens.cases.note_dialog import NoteDialog
from counter_app.ui.screens.todo.call_dialog import CallDialog
from counter_app.ui.screens.todo.claim_dialog import ClaimDialog
from counter_app.ui.screens.todo.screen import TodoScreen
from counter_app.ui.screens.todo.waybill_dialog import WaybillDialog


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


# --- parcels, claims, corrections -------------------------------------------------------------------


@pytest.fixture
def lost(desk):
    """A parcel was lost: its goods were sent again, the courier has to answer for the first."""
    stock(desk)
    shift.open_shift(desk, 50_000)
    case = visit(desk, sell(desk, 1))
    answered(desk, case, "parcel", "unknown", "unknown", "lost", "resend", "handed_over")
    form = forms.form_to_sign(desk, case.id)
    forms.sign(desk, case.id, form.content_hash, on_paper=True)
    posting.post(desk, case.id, "lost", form.figures_hash)
    return case


@pytest.fixture
def claims(qtbot, session, lost) -> TodoScreen:
    made = TodoScreen(session)
    qtbot.addWidget(made)
    made.show()
    made.arrive()
    choose(made, "courier_claim")
    return made


@pytest.mark.req("S4-23")
def test_a_claim_is_written_down_and_done_with_the_couriers_answer(qtbot, claims, desk, lost) -> None:
    assert "Write the claim down" in claims.task.go.text()
    dialog = ClaimDialog("SH", Claim(), claims.task.keep_claim)
    qtbot.addWidget(dialog)
    dialog.carrier.setText("顺丰")
    dialog.waybill.setText("SF77")
    dialog.insured.setChecked(True)
    dialog.claimed.setText("129.00")
    dialog.on.setText("2026-11-12")
    dialog.confirm()
    (kept,) = [event for event in cases.case(desk, lost.id).events if event.kind == "courier_claim"]
    assert kept.title.en == "Courier claim 顺丰 SF77, ¥129.00 asked: no answer yet"
    dialog.outcome.setCurrentIndex(dialog.outcome.findData("paid"))
    dialog.confirm()
    assert "really paid" in dialog.banner.message()
    dialog.paid.setText("100.00")
    dialog.confirm()
    task = next(task for task in cases.case(desk, lost.id).tasks if task.kind == "courier_claim")
    assert task.done_at is not None and "100.00" in task.result


@pytest.mark.req("S4-39", "S4-62")
def test_a_parcel_is_looked_up_from_the_to_do(qtbot, session, desk) -> None:
    stock(desk)
    case = visit(desk, sell(desk, 1))
    answered(desk, case, "problem", "yes")
    waiting.park(desk, case.walks[0].id)
    screen = TodoScreen(session)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive()
    choose(screen, "wait")
    assert screen.task.look.isVisible()
    dialog = WaybillDialog("", screen.task.keep_number)
    qtbot.addWidget(dialog)
    dialog.confirm()
    assert "waybill number" in dialog.banner.message()
    dialog.number.setText("SF1234567890")
    dialog.found.setPlainText("已签收")
    dialog.confirm()
    told = cases.case(desk, case.id).events[-1]
    assert (told.title.en, told.by) == ("Looked up SF1234567890: 已签收", desk.staff.name)


@pytest.mark.req("S4-50", "S4-51", "S4-114")
def test_whose_mistake_a_listing_was_is_said_from_the_to_do(qtbot, session, desk) -> None:
    stock(desk)
    case = visit(desk, sell(desk, 1))
    answered(desk, case, "problem", "yes", "mismatch", "yes", "no", "no", "coupon")
    walk = cases.case(desk, case.id).walks[0]
    walks.choose(desk, walk.id, coupon={"what": "20元券", "amount_fen": 2000})
    for item in walks.view(desk, case.id).walks[0].evidence:
        if item.compulsory and item.state == "wanted":
            walks.waive_evidence(desk, walk.id, item.node, "没有带来", item.kind)
    form = forms.form_to_sign(desk, case.id)
    forms.sign(desk, case.id, form.content_hash, on_paper=True)
    posting.post(desk, case.id, "listing", form.figures_hash)
    screen = TodoScreen(session)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive()
    for at in range(len(screen.table.rows.rows())):
        screen._select(at)
        if "Say whose mistake it was" in screen.task.go.text():
            break
    screen.task.correct("yes")
    left = [(task.kind, task.role) for task in cases.case(desk, case.id).tasks if task.done_at is None]
    assert ("notice", "purchasing") in left
    assert ("notice", "operations") in left

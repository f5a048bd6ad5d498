"""Approving in the window: by a code over the phone, several at once, and the list of what went another way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hired import hire
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shop_day import asked, picture, sell, stock, visit

from counter_app.db.models import Approval
from counter_app.domain.errors import UserError
from counter_app.services import approvals, phone_codes, photos, policy, rules, shift, staff
from counter_app.ui.screens.counter.pin_dialog import PHONE, PinDialog
from counter_app.ui.screens.settings.codes_dialog import CodesDialog
from counter_app.ui.screens.settings.figures import FigureDialog, FiguresPage
from counter_app.ui.screens.settings.overrides import OverridesPage
from counter_app.ui.screens.settings.screen import SettingsScreen
from counter_app.ui.screens.todo.approval_panel import ApprovalPanel
from counter_app.ui.session import Session
from counter_app.ui.widgets.words import Words


@pytest.fixture
def shop(desk):
    """Articles, an open drawer, and a supervisor (PIN 2222) beside the manager."""
    stock(desk)
    shift.open_shift(desk, 50_000)
    hire(desk, staff.NewStaff("03", "陈主管", "supervisor", "2222"))
    return desk


@pytest.fixture
def clerk(shop, session) -> Session:
    """The window of Li Min; the manager is away."""
    session.desk = setup_desk(shop, "李敏", "1111")
    return session


@pytest.fixture
def in_modal(monkeypatch):
    """Opens a PIN dialog without stopping, and acts in it."""

    def do(act, open_it) -> None:
        monkeypatch.setattr(PinDialog, "exec", lambda dialog: (dialog.show(), act(dialog)))
        open_it()

    return do


def setup_desk(desk, name: str, pin: str):
    who = next(one for one in staff.list_staff(desk) if one.name == name)
    return replace(desk, staff=staff.sign_in(desk, who.id, pin))


def words(widget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(Words) if label.isVisibleTo(widget))


def type_in(dialog: PinDialog, digits: str) -> None:
    QTest.keyClicks(dialog._pad, digits)
    QTest.keyClick(dialog._pad, Qt.Key.Key_Return)


def question(session: Session, number: int):
    return asked(session.desk, visit(session.desk, sell(session.desk, number)))


def test_a_code_over_the_phone_answers_a_question(qtbot, shop, clerk, in_modal) -> None:
    sheet = phone_codes.make_sheet(shop, "1234").value
    one = question(clerk, 0)
    panel = ApprovalPanel(clerk)
    qtbot.addWidget(panel)
    panel.show_questions([one])
    seen: list[str] = []

    def by_phone(dialog: PinDialog) -> None:
        dialog.choose_way(PHONE)
        seen.append(words(dialog))
        dialog._note.setText("电话同意")
        type_in(dialog, sheet.codes[3])
        assert dialog.banner.isVisibleTo(dialog)
        type_in(dialog, sheet.codes[0])

    with qtbot.waitSignal(panel.decided):
        in_modal(by_phone, lambda: panel.answer(panel.choices()[0]))
    assert "王店长" in seen[0]
    assert f"case {one.case_number}" in seen[0]
    assert "code no. 1 of sheet 1" in seen[0]
    row = Approval.get_by_id(one.id)
    assert (row.way, row.decided_by.name, row.decision_note) == ("code", "王店长", "电话同意")


def test_without_a_sheet_nobody_decides_by_phone(qtbot, shop) -> None:
    dialog = PinDialog(staff.list_staff(shop), "Approval", [], lambda *_all: None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog._way.isVisibleTo(dialog)


def test_the_sheet_is_made_against_the_pin_and_shown_once(qtbot, shop, session) -> None:
    dialog = CodesDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "You have no codes" in words(dialog)
    dialog._pin.setText("9999")
    dialog.confirm()
    assert dialog.codes() == ()
    dialog._pin.setText("1234")
    dialog.confirm()
    assert len(dialog.codes()) == phone_codes.CODES
    code = dialog.codes()[6]
    assert f"{code[:3]} {code[3:6]} {code[6:]}" in words(dialog)
    dialog.confirm()
    assert not dialog.isVisible()
    again = CodesDialog(session)
    qtbot.addWidget(again)
    again.show()
    assert again.codes() == ()
    assert "Sheet 1: 20 of 20 codes are left." in words(again)
    again.withdraw()
    assert "You have no codes" in words(again)


def test_several_questions_stand_with_their_reasons_and_photos(qtbot, shop, clerk) -> None:
    many = []
    for number in (0, 1):
        one = question(clerk, number)
        photos.take_photo(clerk.desk, one.case_id, picture(), name="外观.png")
        many.append(one)
    found = [one for one in approvals.pending(shop) if one.id in {asked.id for asked in many}]
    panel = ApprovalPanel(clerk)
    qtbot.addWidget(panel)
    panel.resize(560, 900)
    panel.show_questions(found)
    panel.show()
    said = words(panel)
    for one in found:
        assert one.case_number in said
        assert all(reason.en in said for reason in one.reasons)
    assert all(len(one.attachments) == 1 for one in found)
    panel.decide("goodwill" if "goodwill" in panel.choices() else panel.choices()[0], 3, "2222", "一起看过")
    assert approvals.pending(shop) == ()


def test_the_overrides_page_lists_by_person_and_opens_the_case(qtbot, shop, clerk, session) -> None:
    sheet = phone_codes.make_sheet(shop, "1234").value
    one = question(clerk, 0)
    code = "goodwill" if "goodwill" in one.figures["answers"] else one.figures["answers"][0]
    approvals.decide(clerk.desk, [one.id], code, phone_codes.ReadOut(1, sheet.codes[0]), "电话同意")
    refused = OverridesPage(session)
    qtbot.addWidget(refused)
    refused.load()
    assert refused.rows() == []
    session.desk = shop
    page = OverridesPage(session)
    qtbot.addWidget(page)
    page.show()
    page.load()
    assert [(row.kind, row.who, row.case_id) for row in page.rows()] == [("by_code", "王店长", one.case_id)]
    assert "1 override" in words(page)
    page.kind.setCurrentIndex(page.kind.findData("void"))
    assert page.rows() == []
    page.kind.setCurrentIndex(0)
    page.who.setCurrentIndex(page.who.findData("王店长"))
    with qtbot.waitSignal(page.wants) as told:
        page._open.click()
    assert told.args == ["cases", one.case_id]
    screen = SettingsScreen(session)
    qtbot.addWidget(screen)
    screen.show_page("overrides")
    with qtbot.waitSignal(screen.wants):
        screen._pages["overrides"]._open.click()


def test_the_figures_for_approvals_are_set_beside_the_others(qtbot, shop, session) -> None:
    page = FiguresPage(session)
    qtbot.addWidget(page)
    page.load()
    names = {row.name for row in page._figures}
    assert {"high_value_threshold_fen", "serial_returns", "day_limit_multiple"} <= names
    figure = next(row for row in page._figures if row.name == "day_limit_multiple")
    dialog = FigureDialog(session, figure)
    qtbot.addWidget(dialog)
    dialog._value.setText("3")
    dialog._note.setText("周末客多")
    dialog.confirm()
    assert rules.approval_rules(shop).day_limit_multiple == 3
    assert policy.current(shop, rules.APPROVALS).note == "周末客多"
    with pytest.raises(UserError):
        policy.publish(shop, rules.APPROVALS, {"figures": {}}, "")

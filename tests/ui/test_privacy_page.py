"""The settings page of personal data: what is due, what a customer asks for, who looked at whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QFileDialog

from counter_app.db import backup
from counter_app.db.models import Erasure, Person
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.services import cases, people, sales, staff
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.screens.settings.privacy import PrivacyPage
from counter_app.ui.screens.settings.screen import SettingsScreen
from counter_app.ui.upkeep import Upkeep
from counter_app.ui.widgets.dialog import Dialog

PHONE = "13812341234"


def bought(desk, name: str = "欧阳靖", phone: str = PHONE, order: str = "A-1"):
    new = NewSale(
        purchased_on=desk.today(),
        lines=(NewLine("保温杯", 1000, 9900),),
        tenders=(NewTender("cash", 9900, ""),),
        channel="store",
        order_no=order,
        customer_name=name,
        phone=phone,
    )
    return sales.record_sale(desk, new, f"request-{order}").value


@pytest.fixture
def page(qtbot, session) -> PrivacyPage:
    screen = SettingsScreen(session)
    qtbot.addWidget(screen)
    screen.resize(1270, 712)
    screen.show()
    screen.show_page("privacy")
    found = screen._pages["privacy"]
    assert isinstance(found, PrivacyPage)
    return found


def test_what_is_due_is_counted_first_and_erased_when_it_is_confirmed(
    page, desk, clock, session, monkeypatch, qtbot
) -> None:
    bought(desk)
    backup.back_up(desk.folder, at=clock.now(), label="by-hand")
    page.load()
    assert not page._erase.isEnabled() and "Nothing is due" in page._what.text()
    clock.at += timedelta(days=800)
    page.load()
    assert "customers 1, visits 0" in page._what.text()
    assert "7 working days" in page._soon.text()
    monkeypatch.setattr(Dialog, "exec", lambda _dialog: 0)
    page._erase.click()
    assert Person.get().name == "欧阳靖"
    monkeypatch.setattr(Dialog, "exec", lambda _dialog: 1)
    page._erase.click()
    qtbot.waitUntil(lambda: not page._running, timeout=20_000)
    assert Person.get().name == ""
    assert "Erased" in page.banner.message()
    assert "still hold what was erased" in page._backups.text() and page._remove.isVisible()
    page._which.button("erased").click()
    (row,) = page._erased.rows.rows()
    assert (row.by, page._counted(row)) == ("王店长", "customers 1")
    page._remove.click()
    assert "Back up first" in page.banner.message()


def test_a_run_can_be_stopped_between_two_pieces(page, desk, clock, monkeypatch, qtbot) -> None:
    for number in range(25):
        bought(desk, phone=f"138000000{number:02d}", order=f"A-{number}")
    clock.at += timedelta(days=800)
    page.load()
    monkeypatch.setattr(Dialog, "exec", lambda _dialog: 1)
    # Pressed on the first piece shown: waiting for it would let more pieces run meanwhile.
    page._bar.valueChanged.connect(lambda done: page._stop.click() if done else None)
    page._erase.click()
    qtbot.waitUntil(lambda: page._done > 0 and not page._running, timeout=20_000)
    assert "Stopped" in page.banner.message()
    assert Person.select().where(Person.name != "").count() == 5


def asked(monkeypatch, why: str) -> None:
    def run(dialog) -> int:
        dialog._edit.setText(why)
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(ReasonDialog, "exec", run)


def test_a_customer_is_found_handed_a_copy_and_erased(page, desk, monkeypatch, tmp_path) -> None:
    bought(desk)
    card = page._person
    assert not card._copy.isEnabled() and not card._erase.isEnabled()
    card._typed.setText("13900000000")
    card.look_for()
    assert "Nobody found" in card._field.error() and card._hits.isHidden()
    card._typed.setText(PHONE)
    card.look_for()
    (hit,) = card._hits.rows.rows()
    assert (hit.name_masked, hit.phone_masked, hit.sales) == ("欧阳*", "138****1234", 1)
    asked(monkeypatch, "顾客要看")
    target = tmp_path / "copy.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    card._copy.click()
    assert target.is_file() and str(target) in page.banner.message()
    (look,) = page._looks.rows.rows()
    assert (look.by, look.why, page._looked(look)) == ("王店长", "顾客要看", "a copy of all")
    asked(monkeypatch, "顾客要求删除")
    card._erase.click()
    assert (Person.get().name, Erasure.get().why) == ("", "顾客要求删除")
    assert card._hits.isHidden()


def test_every_look_at_a_customer_stands_in_the_list(page, desk) -> None:
    bought(desk)
    made = cases.open_case(desk, cases.NewCase(name="李四", phone="13900001111"), "request-case").value
    people.reveal_customer(desk, made.id, "电话回访")
    page.load()
    (look,) = page._looks.rows.rows()
    assert (look.customer, look.why, page._looked(look)) == ("李* 139****1111", "电话回访", "name, phone")


def test_a_clerk_sees_that_it_is_not_theirs(page, desk, session, clock) -> None:
    bought(desk)
    clock.at += timedelta(days=800)
    clerk = next(one for one in staff.list_staff(desk) if one.role == "clerk")
    session.sit(replace(desk, staff=staff.staff_view(desk, clerk.id)))
    page.load()
    for button in (page._erase, page._person._find, page._person._erase, page._which.button("looks")):
        assert not button.isEnabled()
    assert page._looks.rows.rows() == []


def test_the_window_erases_in_quiet_moments_once_there_was_notice(qtbot, session, desk, clock) -> None:
    bought(desk)
    upkeep = Upkeep(session)
    clock.at += timedelta(days=800)
    for _day in range(8):
        upkeep.tidy()
        upkeep.tidy()
        clock.at += timedelta(days=1)
    assert Person.get().name == ""
    upkeep.stop()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_speaks_both_languages(page, dressed, desk, clock, qapp, language: str) -> None:
    bought(desk)
    clock.at += timedelta(days=800)
    page.load()
    dressed.switch(language)
    qapp.processEvents()
    assert ("到期" in page._what.text()) is (language == "zh")
    assert ("顾客要求" in page._person._field._label.text()) is (language == "zh")

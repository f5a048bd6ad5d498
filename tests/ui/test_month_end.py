"""Month end in the window: what is lacking, closing with PIN and reason, red invoices, the folder for archives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shop_day import returned, sell, stock, visit

from counter_app.db.models import MonthLock, Sale
from counter_app.services import month_due, month_lock, settings, shift
from counter_app.ui.monthly import Monthly
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.export_dialog import ExportDialog
from counter_app.ui.screens.months.month_dialog import FOLDER, RED, MonthDialog
from counter_app.ui.screens.months.red_page import StepDialog


@pytest.fixture
def shop(desk):
    stock(desk)
    shift.open_shift(desk, 50_000)
    sale = sell(desk, 1)
    with desk.db.atomic("IMMEDIATE"):
        Sale.update(invoice_no="24112000000012345678").where(Sale.id == sale.id).execute()
    returned(desk, visit(desk, sale))
    shift.close_shift(desk, shift.cash_in_drawer(desk))
    return desk


@pytest.fixture
def next_month(shop, clock):
    clock.at += timedelta(days=31)
    return shop


@pytest.fixture
def dialog(qtbot, session, next_month) -> MonthDialog:
    made = MonthDialog(session)
    qtbot.addWidget(made)
    made.show()
    return made


def titles(page) -> list[str]:
    return [row.note for row in page._gaps.rows()]


def test_the_first_open_month_is_shown_with_what_it_lacks(dialog, desk) -> None:
    assert dialog.checks.month() == month_lock.first_open(desk)
    assert any("invoice" in note for note in titles(dialog.checks))
    assert dialog.accept_button.isEnabled()


def test_the_present_month_cannot_be_closed(dialog, desk) -> None:
    dialog.checks.choose(month_lock.months(desk)[0])
    assert not dialog.accept_button.isEnabled()
    assert any("not over" in note for note in titles(dialog.checks))


def test_closing_wants_pin_and_reason_and_then_says_closed(dialog, desk, monkeypatch) -> None:
    def decide(asked: PinDialog) -> int:
        asked._entered("1234")
        assert asked._note_field.findChildren(type(asked._note)), "a reason is wanted"
        asked._note.setText("红票下月开")
        asked._entered("1234")
        return asked.result()

    monkeypatch.setattr(PinDialog, "exec", decide)
    name = dialog.checks.month()
    dialog.confirm()
    assert [row.month for row in MonthLock.select()] == [name]
    assert dialog.checks.check.closed is not None and not dialog.accept_button.isEnabled()
    assert name in dialog.banner.message()


def test_a_step_of_a_red_invoice_is_entered_from_the_register(dialog, qtbot, monkeypatch) -> None:
    def enter(asked: StepDialog) -> int:
        asked.state.setCurrentIndex(asked.state.findData("issued"))
        asked.confirm()
        assert asked.result() == 0 and asked.banner.message()
        asked.red_no.setText("24112000000087654321")
        asked.confirm()
        return asked.result()

    monkeypatch.setattr(StepDialog, "exec", enter)
    dialog.show_page(RED)
    assert len(dialog.red.list.rows()) == 1
    dialog.red.list.press(0)
    assert dialog.red.list.rows() == []
    dialog.red._all.setChecked(True)
    assert dialog.red.list.rows()[0].pill == "Red invoice issued"


def test_a_folder_that_is_not_there_is_told_and_one_that_is_there_is_kept(dialog, desk, tmp_path) -> None:
    dialog.show_page(FOLDER)
    dialog.folder.keep(str(tmp_path / "nowhere"))
    assert settings.setting(desk, month_due.FOLDER) == ""
    dialog.folder.keep(str(tmp_path))
    assert settings.setting(desk, month_due.FOLDER) == str(tmp_path)
    dialog.folder.keep("")
    assert month_due.due(desk) == ()


def test_the_window_lets_a_child_export_what_is_due_and_tells_it(
    qtbot, session, next_month, desk, tmp_path
) -> None:
    month_due.set_folder(desk, str(tmp_path))
    monthly = Monthly(session)
    troubles, told = [], []
    monthly.trouble.connect(troubles.append)
    monthly.written.connect(told.append)
    assert month_due.due(desk) == ("2026-11",)
    monthly.look()
    assert monthly.is_running()
    qtbot.waitUntil(lambda: not monthly.is_running(), timeout=60_000)
    assert troubles == []
    monthly._finished({"files": [str(tmp_path / "counter-01-2026-11.xlsx")]})
    assert told == ["counter-01-2026-11.xlsx"]
    monthly.stop()


def test_month_end_opens_from_the_export(qtbot, session, next_month, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(MonthDialog, "exec", lambda self: opened.append(self))
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.month_end()
    assert len(opened) == 1

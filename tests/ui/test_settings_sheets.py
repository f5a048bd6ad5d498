"""The columns of sheets that somebody named, looked after on their settings page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.services import import_mappings, staff
from counter_app.ui.screens.settings import sheets
from counter_app.ui.screens.settings.screen import SettingsScreen

COLUMNS = ("票", "天", "货", "几个", "多少钱", "谁")
SAID = {"order_no": "票", "date": "天", "name": "货", "quantity": "几个", "unit_price": "多少钱"}


@pytest.fixture
def page(qtbot, session, desk) -> sheets.SheetsPage:
    import_mappings.remember(desk, COLUMNS, SAID)
    screen = SettingsScreen(session)
    qtbot.addWidget(screen)
    screen.resize(1270, 712)
    screen.show()
    screen.show_page("sheets")
    found = screen._pages["sheets"]
    assert isinstance(found, sheets.SheetsPage)
    return found


def open_dialog(page, monkeypatch, act) -> list[int]:
    """Press "Change or rename", with `act` done in the dialog before it is confirmed."""
    ended: list[int] = []

    def run(dialog) -> int:
        act(dialog)
        dialog.confirm()
        ended.append(dialog.result())
        return ended[-1]

    monkeypatch.setattr(sheets.SheetDialog, "exec", run)
    page._edit.click()
    return ended


def test_a_sheet_is_renamed_and_another_of_its_columns_read(page, desk, monkeypatch) -> None:
    (row,) = page.table.rows.rows()
    assert row.columns == COLUMNS and page._used(row) == "5 of 6"

    def act(dialog) -> None:
        dialog._name.setText("老收银机")
        dialog.form.choose("customer_name", "谁")

    assert open_dialog(page, monkeypatch, act) == [1]
    (known,) = import_mappings.remembered(desk)
    assert known.name == "老收银机" and known.mapping == {**SAID, "customer_name": "谁"}
    assert page._used(page.table.rows.rows()[0]) == "6 of 6"


def test_what_cannot_be_read_is_refused_in_the_dialog(page, desk, monkeypatch) -> None:
    dialogs = []

    def act(dialog) -> None:
        dialogs.append(dialog)
        dialog.form.choose("quantity", "")

    assert open_dialog(page, monkeypatch, act) == [0]
    assert "数量" in dialogs[0].banner.message()
    assert open_dialog(page, monkeypatch, lambda dialog: dialog._name.setText(" ")) == [0]
    assert import_mappings.known_for(desk, COLUMNS) == SAID


def test_a_forgotten_sheet_leaves_the_list_which_then_says_how_it_fills(page, desk) -> None:
    assert not page._empty.isVisible()
    page._forget.click()
    assert import_mappings.remembered(desk) == ()
    assert page._empty.isVisible() and not page.table.isVisible()


def test_who_may_not_import_sees_the_list_and_changes_nothing(page, desk, session) -> None:
    clerk = next(one for one in staff.list_staff(desk) if one.role == "clerk")
    session.sit(replace(desk, staff=staff.staff_view(desk, clerk.id)))
    page.load()
    assert page.table.rows.rowCount() == 1
    assert not page._edit.isEnabled() and not page._forget.isEnabled()

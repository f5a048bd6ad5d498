"""The month's workbook from the window: written beside it, told, stopped."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date

import pytest
from shop_day import returned, sell, stock, visit

from counter_app.archive import reading
from counter_app.services import shift, staff
from counter_app.ui.screens.export_dialog import ExportDialog, spans


@pytest.fixture
def shop(desk):
    stock(desk)
    shift.open_shift(desk, 50_000)
    returned(desk, visit(desk, sell(desk, 0)))
    return desk


@pytest.fixture
def dialog(qtbot, session, shop) -> ExportDialog:
    made = ExportDialog(session)
    qtbot.addWidget(made)
    made.show()
    return made


def test_two_years_of_months_and_their_years_can_be_chosen() -> None:
    names = spans(date(2026, 2, 3))
    assert names[:3] == ["2026-02", "2026-01", "2025-12"]
    assert names[-3:] == ["2026", "2025", "2024"]
    assert len(set(names)) == len(names)


def test_the_proposed_file_follows_the_span_until_somebody_names_one(dialog, tmp_path) -> None:
    assert dialog._file.text().endswith("2026-11.xlsx")
    dialog.choose("2026")
    assert dialog._file.text().endswith("2026.xlsx")
    dialog.choose("2026-10", tmp_path / "mine.xlsx")
    dialog.choose("2026-09")
    assert dialog._file.text() == str(tmp_path / "mine.xlsx")


def test_the_workbook_is_written_by_a_child_and_told(qtbot, dialog, tmp_path) -> None:
    file = tmp_path / "十一月"
    dialog.choose("2026-11", file)
    dialog.confirm()
    assert dialog.is_running() and not dialog.accept_button.isEnabled()
    qtbot.waitUntil(lambda: not dialog.is_running(), timeout=60_000)
    written = tmp_path / "十一月.xlsx"
    assert zipfile.is_zipfile(written)
    assert str(written) in dialog.banner.message()
    assert dialog.accept_button.text() == "Close" and dialog._open.isVisible()


def test_a_folder_that_is_not_there_is_told_under_the_field(dialog, tmp_path) -> None:
    dialog.choose("2026-11", tmp_path / "nowhere" / "x.xlsx")
    dialog.confirm()
    assert dialog._file_field.error() and not dialog.is_running()


def test_stopping_leaves_no_file_behind(qtbot, dialog, tmp_path) -> None:
    dialog.choose("2026-11", tmp_path / "stopped.xlsx")
    dialog.confirm()
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.is_running(), timeout=60_000)
    assert dialog.isVisible()
    assert list(tmp_path.glob("stopped*")) == []
    assert "Stopped" in dialog.banner.message()


def test_customers_in_full_are_written_only_with_a_reason(qtbot, dialog, shop, tmp_path) -> None:
    file = tmp_path / "full.xlsx"
    dialog.choose("2026-11", file)
    assert dialog._in_full.isVisible() and not dialog._why_field.isVisible()
    dialog._in_full.setChecked(True)
    assert dialog._why_field.isVisible()
    dialog.confirm()
    assert dialog._why_field.error() and not dialog.is_running()
    dialog.tell_in_full("-税务检查")
    dialog.confirm()
    assert dialog.is_running()
    qtbot.waitUntil(lambda: not dialog.is_running(), timeout=60_000)
    assert reading.about(file)["personal"] == "1"
    told = shop.db.execute_sql("SELECT DISTINCT why FROM reveal WHERE field = 'archive'").fetchall()
    assert told == [("-税务检查",)]


def test_whoever_may_not_see_customers_is_not_offered_them(qtbot, session, shop) -> None:
    person = next(one for one in staff.list_staff(shop) if one.role == "clerk")
    session.desk = replace(session.desk, staff=staff.staff_view(shop, person.id))
    made = ExportDialog(session)
    qtbot.addWidget(made)
    made.show()
    assert not made._in_full.isVisible()

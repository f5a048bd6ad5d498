"""A closed year in the window: copied, looked at with nothing to be changed, left again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from test_program import begin

from counter_app.db import connection, old_years
from counter_app.domain.errors import UserError
from counter_app.services import cases, month_lock
from counter_app.services import old_years as years
from counter_app.services.cases import NewCase
from counter_app.services.desk import Moment
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens import register
from counter_app.ui.screens.reports.screen import ReportsScreen
from counter_app.ui.screens.settings.old_years_dialog import OldYearsDialog


@pytest.fixture
def closed(program) -> int:
    """A shop with one case whose first year is closed; the year."""
    begin(program)
    desk = program.session.desk
    cases.open_case(desk, NewCase(words="不合适", summary="电热水壶漏水"), "first")
    year = desk.today().year
    later = replace(desk, clock=Moment(datetime(year + 1, 1, 5, 4, tzinfo=UTC)))
    while (name := month_lock.first_open(later)) and name.startswith(str(year)):
        month_lock.close(later, name, f"close-{name}", "1234", "下月处理")
    return year


def test_a_year_is_copied_and_opened_and_left_again(program, closed, qtbot) -> None:
    dialog = OldYearsDialog(program.session, program.window)
    qtbot.addWidget(dialog)
    assert dialog.table.rows.row(0).year == closed
    assert not dialog.accept_button.isEnabled()
    dialog.copy_year()
    with qtbot.waitSignal(dialog._job.ended):
        pass
    assert dialog.accept_button.isEnabled(), dialog.banner.message()
    dialog.confirm()
    program.session.year_wanted.emit(dialog.chosen)
    window = program.window
    assert isinstance(window, MainWindow)
    assert connection.year_of(program.session.desk.db) == closed
    assert str(closed) in window.year.message()
    assert program.session.desk.staff.name == "王店长"
    found = cases.list_cases(program.session.desk, cases.CaseFilter(text="电热水壶"))
    assert len(found) == 1
    with pytest.raises(UserError, match=r"year\.read_only"):
        cases.add_note(program.session.desk, found[0].id, "later")
    window.present_wanted.emit()
    assert connection.year_of(program.session.desk.db) == 0
    assert program.window.is_locked()
    assert program.window.year.isHidden()


def test_every_screen_of_an_old_year_can_be_looked_at(program, closed) -> None:
    made = years.make(program.session.desk, closed).value
    program.open_year(made.path)
    window = program.window
    assert window.current_key() == "cases"
    seen = [spec.key for spec in register.specs() if not window._rail.button(spec.key).isHidden()]
    assert seen == ["cases", "reports"]
    window._pressed("F2")
    window._chosen("sales")
    assert window.current_key() == "cases"
    window._chosen("reports")
    screen = window.current()
    assert isinstance(screen, ReportsScreen)
    assert screen.asked_span() == (f"{closed}-01", f"{closed}-12")
    assert screen.span.count() == 13 and screen.report is not None and screen.report.visits == 1
    screen.span.setCurrentIndex(12)
    assert screen.asked_span() == (f"{closed}-12", f"{closed}-12")
    assert screen.banner.message() == ""
    # What leads elsewhere finds a screen that can be looked at.
    for spec in register.specs():
        assert window.show_screen(spec.key) is not None
        assert not window.is_locked()
    window.lock_wanted.emit()
    assert program.window.is_locked()
    assert connection.year_of(program.session.desk.db) == 0


def test_a_file_that_is_no_copy_is_told_and_stays_closed(program, closed, tmp_path, qtbot) -> None:
    dialog = OldYearsDialog(program.session, program.window)
    qtbot.addWidget(dialog)
    dialog.open_file(program.session.desk.folder / "counter.sqlite3")
    assert dialog.chosen is None
    assert "counter.sqlite3" in dialog.banner.message()
    assert not (program.session.desk.folder / old_years.FOLDER).exists()

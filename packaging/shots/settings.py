"""Every settings page and its dialogs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.db import backup
from counter_app.db.models import Person
from counter_app.services import backups, import_mappings, people, phone_codes, rules, staff, verify_words
from counter_app.services.desk import Clock
from counter_app.ui import format as shown
from counter_app.ui.screens.own_pin import OwnPinDialog
from counter_app.ui.screens.settings.chart_trying import TryDialog
from counter_app.ui.screens.settings.codes_dialog import CodesDialog
from counter_app.ui.screens.settings.figures import FigureDialog
from counter_app.ui.screens.settings.found_dialog import FoundDialog
from counter_app.ui.screens.settings.old_years_dialog import OldYearsDialog
from counter_app.ui.screens.settings.restore_dialog import RestoreDialog
from counter_app.ui.screens.settings.screen import SettingsScreen
from counter_app.ui.screens.settings.sheets import SheetDialog
from counter_app.ui.screens.settings.staff import StaffDialog
from shots.visit import _morning

if TYPE_CHECKING:
    from collections.abc import Callable

    from screenshots import Stage


def _page(key: str) -> Callable[[Stage], QWidget]:
    def shot(stage: Stage) -> QWidget:
        screen = stage.show("settings")
        assert isinstance(screen, SettingsScreen)
        screen.show_page(key)
        return stage.window

    return shot


def staff_dialog(stage: Stage) -> QWidget:
    """A new member of staff."""
    stage.show("settings")
    dialog = StaffDialog(stage.window.session, None, stage.window)
    dialog.show()
    return dialog


def own_pin(stage: Stage) -> QWidget:
    """Whoever signs in with a PIN that somebody else set chooses their own."""
    session = stage.window.session
    who = staff.list_staff(session.desk)[1]
    dialog = OwnPinDialog(session, who.id, who.name, "0000", stage.window)
    dialog.pin.setText("12")
    dialog.again.setText("12")
    dialog.confirm()
    dialog.show()
    return dialog


def figure_dialog(stage: Stage) -> QWidget:
    """A rule that the law does not let fall lower."""
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.show_page("figures")
    figure = next(row for row in screen._pages["figures"]._figures if row.least is not None)
    dialog = FigureDialog(stage.window.session, figure, stage.window)
    dialog.show()
    return dialog


def sheets(stage: Stage) -> QWidget:
    """Two kinds of sheets whose columns somebody named."""
    for columns in (("票", "天", "货", "几个", "多少钱", "谁"), ("流水", "时间", "货品", "件数", "实收")):
        said = dict(zip(("order_no", "date", "name", "quantity", "unit_price"), columns, strict=False))
        import_mappings.remember(stage.desk, columns, said)
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.show_page("sheets")
    return stage.window


def sheet_dialog(stage: Stage) -> QWidget:
    """Another column is said to hold something."""
    sheets(stage)
    dialog = SheetDialog(stage.window.session, import_mappings.remembered(stage.desk)[0], stage.window)
    dialog.show()
    return dialog


def try_dialog(stage: Stage) -> QWidget:
    """The chart tried: one answer given, the next question in hand."""
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    _version, chart = rules.current_chart(stage.window.session.desk)
    dialog = TryDialog(stage.window.session, chart, stage.window)
    dialog.set_fact("paid", "199.00")
    dialog.answer(next(one.key for one in dialog._answers.answers() if one.enabled))
    dialog.show()
    return dialog


def backup_pages(stage: Stage) -> QWidget:
    """Backups there are."""
    session = stage.window.session
    if not backup.backups(session.desk.folder):
        for label in ("auto", "by-hand"):
            backup.back_up(session.desk.folder, at=session.desk.clock.now(), label=label)
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.show_page("backup")
    return stage.window


def restore_dialog(stage: Stage) -> QWidget:
    """What would be missing after a restore."""
    session = stage.window.session
    made = backup.back_up(session.desk.folder, at=session.desk.clock.now(), label="by-hand")
    dialog = RestoreDialog(session, made.path, stage.window)
    dialog.show_looked(backups.look(session.desk.folder, made.path))
    dialog.show()
    return dialog


@dataclass
class _Later:
    """Three years on, when what is here now is due."""

    clock: Clock

    def now(self) -> datetime:
        return self.clock.now() + timedelta(days=1100)


def privacy(stage: Stage) -> QWidget:
    """Personal data: something is due, one customer was found who asks for theirs, and who looked at whom."""
    session = stage.window.session
    person = Person.select().where(Person.phone != "").order_by(Person.id).get()
    people.reveal(session.desk, person.id, "电话回访")
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.show_page("privacy")
    page = screen._pages["privacy"]
    now = session.desk
    session.desk = replace(now, clock=_Later(now.clock))
    page.load()
    session.desk = now
    page._person._typed.setText(person.phone)
    page._person.look_for()
    page._person._typed.setText("")
    return stage.window


def codes(stage: Stage) -> QWidget:
    """A sheet of one-time codes, as it is shown once. The digits are invented, so that the picture stays the same."""
    stage.show("settings")
    dialog = CodesDialog(stage.window.session, stage.window)
    told = tuple(f"{(at * 7_919 + 104_729) * 86_243 % 10**10:010d}" for at in range(1, phone_codes.CODES + 1))
    dialog._made = phone_codes.CodeSheet(1, "王店长", told)
    dialog._show_codes(dialog._made)
    dialog._retranslate()
    dialog.show()
    return dialog


def old_years(stage: Stage) -> QWidget:
    """Closed years and their copies."""
    _page("backup")(stage)
    dialog = OldYearsDialog(stage.window.session, stage.window)
    dialog.show()
    return dialog


def found(stage: Stage) -> QWidget:
    """What a check lists, were a case and its paper not as they were."""
    _morning(stage)
    _page("backup")(stage)
    what = (
        ("case_file", "1", "verify.story_gap", {}),
        ("document", "1", "verify.row_changed", {}),
        ("document_line", "1", "verify.row_changed", {}),
    )
    desk = stage.window.session.desk
    lines = [verify_words.line(desk.db, *one, shown.language()) for one in what]
    dialog = FoundDialog(lines, len(lines), stage.window)
    dialog.show()
    return dialog


SHOTS = {
    "old-years": old_years,
    "found-dialog": found,
    "codes-dialog": codes,
    **{
        key: _page(key)
        for key in (
            "shop",
            "staff",
            "figures",
            "chart",
            "numbering",
            "slip_words",
            "printing",
            "window",
            "shop_key",
        )
    },
    "backup": backup_pages,
    "chart-try": try_dialog,
    "restore-dialog": restore_dialog,
    "privacy": privacy,
    "sheets": sheets,
    "sheet-dialog": sheet_dialog,
    "staff-dialog": staff_dialog,
    "staff-own-pin": own_pin,
    "figure-dialog": figure_dialog,
}

"""Every settings page and its dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.services import import_mappings
from counter_app.ui.screens.settings.figures import FigureDialog
from counter_app.ui.screens.settings.screen import SettingsScreen
from counter_app.ui.screens.settings.sheets import SheetDialog
from counter_app.ui.screens.settings.staff import StaffDialog

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


SHOTS = {
    **{key: _page(key) for key in ("shop", "staff", "figures", "printing", "window", "backup")},
    "sheets": sheets,
    "sheet-dialog": sheet_dialog,
    "staff-dialog": staff_dialog,
    "figure-dialog": figure_dialog,
}

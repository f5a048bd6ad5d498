"""The screens of the program in the rail's order. A screen is imported when it is first shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.ui.screens.screen import ScreenSpec, made_by


def specs() -> list[ScreenSpec]:
    """Every screen there is. The first takes the scans that no other screen wants."""
    return [
        ScreenSpec(
            "counter",
            lambda: QCoreApplication.translate("Rail", "Counter"),
            "rotate-ccw",
            made_by("counter.counter_screen", "CounterScreen"),
        ),
        ScreenSpec(
            "cases",
            lambda: QCoreApplication.translate("Rail", "Cases"),
            "inbox",
            made_by("cases.screen", "CasesScreen"),
        ),
        ScreenSpec(
            "todo",
            lambda: QCoreApplication.translate("Rail", "To-do"),
            "list-checks",
            made_by("todo.screen", "TodoScreen"),
        ),
        ScreenSpec(
            "sales",
            lambda: QCoreApplication.translate("Rail", "Sales"),
            "shopping-bag",
            made_by("sales.screen", "SalesScreen"),
        ),
        ScreenSpec(
            "goods",
            lambda: QCoreApplication.translate("Rail", "Goods"),
            "boxes",
            made_by("goods.screen", "GoodsScreen"),
        ),
        ScreenSpec(
            "reports",
            lambda: QCoreApplication.translate("Rail", "Reports"),
            "chart-column",
            made_by("reports.screen", "ReportsScreen"),
        ),
        ScreenSpec(
            "shift",
            lambda: QCoreApplication.translate("Rail", "Shift"),
            "wallet",
            made_by("shift.screen", "ShiftScreen"),
        ),
        ScreenSpec(
            "settings",
            lambda: QCoreApplication.translate("Rail", "Settings"),
            "settings",
            made_by("settings.screen", "SettingsScreen"),
            at_foot=True,
        ),
    ]

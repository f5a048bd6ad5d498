"""The screens of the program in the rail's order. A screen is imported when it is first shown."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QCoreApplication

from counter_app.ui.screens.screen import Screen, ScreenSpec
from counter_app.ui.session import Session


def _from(module: str, name: str):
    """A factory that imports its screen only when it is called: the window opens faster."""

    def build(session: Session) -> Screen:
        screen: Screen = getattr(import_module(f"counter_app.ui.screens.{module}"), name)(session)
        return screen

    return build


def specs() -> list[ScreenSpec]:
    """Every screen there is. The first takes the scans that no other screen wants."""
    return [
        ScreenSpec(
            "counter",
            lambda: QCoreApplication.translate("Rail", "Counter"),
            "rotate-ccw",
            _from("counter.counter_screen", "CounterScreen"),
        ),
        ScreenSpec(
            "cases",
            lambda: QCoreApplication.translate("Rail", "Cases"),
            "inbox",
            _from("cases.screen", "CasesScreen"),
        ),
        ScreenSpec(
            "todo",
            lambda: QCoreApplication.translate("Rail", "To-do"),
            "list-checks",
            _from("todo.screen", "TodoScreen"),
        ),
        ScreenSpec(
            "sales",
            lambda: QCoreApplication.translate("Rail", "Sales"),
            "shopping-bag",
            _from("sales.screen", "SalesScreen"),
        ),
        ScreenSpec(
            "goods",
            lambda: QCoreApplication.translate("Rail", "Goods"),
            "boxes",
            _from("goods.screen", "GoodsScreen"),
        ),
        ScreenSpec(
            "reports",
            lambda: QCoreApplication.translate("Rail", "Reports"),
            "chart-column",
            _from("reports.screen", "ReportsScreen"),
        ),
        ScreenSpec(
            "shift",
            lambda: QCoreApplication.translate("Rail", "Shift"),
            "wallet",
            _from("shift.screen", "ShiftScreen"),
        ),
        ScreenSpec(
            "settings",
            lambda: QCoreApplication.translate("Rail", "Settings"),
            "settings",
            _from("settings.screen", "SettingsScreen"),
            at_foot=True,
        ),
    ]

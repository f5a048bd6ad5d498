"""The screens of the program in the rail's order. A screen is imported when it is first shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.ui.screens.screen import Screen, ScreenSpec
from counter_app.ui.session import Session


def _settings(session: Session) -> Screen:
    from counter_app.ui.screens.settings.screen import SettingsScreen

    return SettingsScreen(session)


def specs() -> list[ScreenSpec]:
    """Every screen there is. The first takes the scans that no other screen wants."""
    return [
        ScreenSpec("settings", lambda: QCoreApplication.translate("Rail", "Settings"), "settings", _settings, at_foot=True),
    ]

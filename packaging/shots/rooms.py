"""Every screen of the rail as it stands when one comes to it; each screen's own file adds its further states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.ui.screens import register

if TYPE_CHECKING:
    from collections.abc import Callable

    from screenshots import Stage


def _room(key: str) -> Callable[[Stage], QWidget]:
    def shot(stage: Stage) -> QWidget:
        stage.show(key)
        return stage.window

    return shot


SHOTS = {spec.key: _room(spec.key) for spec in register.specs()}

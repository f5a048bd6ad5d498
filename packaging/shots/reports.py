"""Reports: each question with its largest figures, their months and the visits behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.domain.report_views import DIMENSIONS
from counter_app.ui.screens.reports.screen import ReportsScreen
from shots.visit import _morning

if TYPE_CHECKING:
    from screenshots import Stage


def _asked(dimension: str) -> Callable[[Stage], QWidget]:
    def shot(stage: Stage) -> QWidget:
        _morning(stage)
        screen = stage.show("reports")
        assert isinstance(screen, ReportsScreen)
        screen.bar.choose(dimension)
        return stage.window

    return shot


SHOTS = {dimension: _asked(dimension) for dimension in DIMENSIONS}

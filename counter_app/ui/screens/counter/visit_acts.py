"""What every act of the counter starts from: the visit in hand, the desk, one service call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from counter_app.domain.errors import UserError
from counter_app.domain.proposal_views import CounterView
from counter_app.domain.walk_views import WalkView
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog

if TYPE_CHECKING:
    from counter_app.ui.screens.counter.counter_screen import CounterScreen


class VisitActs(QObject):
    """Acts of the counter screen. They raise CounterError to refuse; the screen shows it."""

    def __init__(self, screen: CounterScreen) -> None:
        super().__init__(screen)
        self._screen = screen

    @property
    def _desk(self):
        return self._screen.session.desk

    def _view(self) -> CounterView:
        view = self._screen.view
        if view is None:
            raise UserError("ui.no_visit")
        return view

    def _walk(self) -> WalkView:
        walk = self._screen.walk()
        if walk is None:
            raise UserError("ui.no_visit")
        return walk

    def _act(self, service, *args: object, **named: object) -> Any:
        return self._screen.session.act(service, *args, **named)

    def _ask_reason(self, title: str) -> str | None:
        dialog = ReasonDialog(title, self.tr("It is kept with the case"), self.tr("Keep"), self._screen)
        return dialog.reason() if dialog.exec() else None

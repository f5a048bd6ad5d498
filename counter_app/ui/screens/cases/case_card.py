"""What every card of the case screen has in common: it shows one case, and again when the language changes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.case_views import CaseView
from counter_app.services.desk import Desk
from counter_app.ui.theme import Size
from counter_app.ui.widgets.card import Card


class CaseCard(Card):
    """One side of a case. A card builds its parts in `__init__`, whose last line calls `_retranslate`.

    Attributes:
        _desk, _case: what is shown; None before the first case.
        _zone: the shop's time zone.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = Size.GAP_S) -> None:
        super().__init__(parent=parent, gap=gap)
        self._desk: Desk | None = None
        self._case: CaseView | None = None
        self._zone = ZoneInfo("Asia/Shanghai")

    def show_case(self, desk: Desk, case: CaseView) -> None:
        """Show a case, or what it has become."""
        self._desk, self._case, self._zone = desk, case, ZoneInfo(desk.shop.time_zone)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def is_another(self, case: CaseView) -> bool:
        """Whether a case is not the one that is shown."""
        return self._case is None or self._case.id != case.id

    def _show(self) -> None:
        """Fill the parts from `_case`; nothing while there is none."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        """Word the parts, and show the case."""
        raise NotImplementedError

"""Deposits that the shop holds, beside the drawer: they are the customers' money."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.money_views import HeldDeposit
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.table import Column, Table

_MOST_HIGH = 190


class DepositsCard(Card):
    """Hidden while none is held.

    Signals:
        case(int): the case of a deposit was asked for.
    """

    case = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._held: Sequence[HeldDeposit] = ()
        self.table = Table(
            [
                Column(
                    lambda: self.tr("Until"), _until, tone=lambda row: "late" if row.late else "", width=104
                ),
                Column(lambda: self.tr("Case"), lambda row: row.case_number),
                Column(lambda: self.tr("Customer"), lambda row: row.customer_masked, width=96),
                Column(lambda: self.tr("Paid by"), lambda row: trade_words.tender(row.tender), width=96),
                Column(lambda: self.tr("Held"), lambda row: shown.money(row.open_fen), right=True, width=104),
            ]
        )
        self.table.setMaximumHeight(_MOST_HIGH)
        self.table.opened.connect(lambda row: self.case.emit(row.case_id))
        self.body.addWidget(self.table)
        self._retranslate()

    def show_held(self, held: Sequence[HeldDeposit]) -> None:
        """Show these deposits, or nothing at all."""
        self._held = held
        self.table.rows.show_rows(held)
        self.setVisible(bool(held))
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        total = shown.money(sum(one.open_fen for one in self._held))
        self.set_title(self.tr("Deposits held: {total}").format(total=total))
        self.table.setAccessibleName(self.tr("Deposits held"))


def _until(row: HeldDeposit) -> str:
    return "" if row.due_on is None else shown.day(row.due_on)

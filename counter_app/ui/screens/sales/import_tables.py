"""What an import would do: rows that are left out, and orders with what happens to each."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.import_views import ImportFault, ImportPreview
from counter_app.ui import format as shown
from counter_app.ui import texts
from counter_app.ui.screens.sales.import_words import ImportWords
from counter_app.ui.theme import Size
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.table import Column, Table


class ImportTables(QWidget):
    """Two cards, one over the other; that of the faults is there only when there are any.

    Attributes:
        faults, orders: the two tables.
    """

    def __init__(self, words: ImportWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._cut_short = False
        self.faults = Table(
            [
                Column(lambda: self.tr("Row"), lambda fault: str(fault.row), right=True, width=64),
                Column(lambda: self.tr("Column"), lambda fault: fault.column, width=130),
                Column(lambda: self.tr("What is wrong"), _why, tone=lambda _fault: "late"),
                Column(lambda: self.tr("Order"), lambda fault: fault.order_no, width=186),
            ]
        )
        self.orders = Table(
            [
                Column(lambda: self.tr("Row"), lambda order: str(order.row), right=True, width=64),
                Column(lambda: self.tr("Order"), lambda order: order.order_no, width=186),
                Column(lambda: self.tr("Bought"), lambda order: shown.day(order.purchased_on), width=100),
                Column(lambda: self.tr("Customer"), lambda order: order.customer_masked, width=90),
                Column(lambda: self.tr("Goods"), lambda order: shown.one_line(order.goods, 100)),
                Column(
                    lambda: self.tr("Paid"), lambda order: shown.money(order.paid_fen), right=True, width=100
                ),
                Column(lambda: self.tr("What happens"), words.fate, tone=_fate_tone, width=220),
            ]
        )
        self._fault_card, self._order_card = Card(), Card()
        self._fault_card.body.addWidget(self.faults)
        self._order_card.body.addWidget(self.orders, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self._fault_card, 2)
        column.addWidget(self._order_card, 3)
        self._retranslate()

    def show_seen(self, seen: ImportPreview) -> None:
        """Show what a look found."""
        self.faults.rows.show_rows(seen.faults)
        self.orders.rows.show_rows(seen.orders)
        self._fault_card.setVisible(bool(seen.faults))
        self._order_card.setVisible(bool(seen.orders) or not seen.faults)
        self._cut_short = seen.cut_short
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        cut = self.tr("What would be taken in (the first orders)")
        self._order_card.set_title(cut if self._cut_short else self.tr("What would be taken in"))
        self._fault_card.set_title(self.tr("Left out until they are mended"))
        self.faults.setAccessibleName(self.tr("Rows with faults"))
        self.orders.setAccessibleName(self.tr("Orders of the file"))


def _why(fault: ImportFault) -> str:
    return texts.reason(fault.reason)


def _fate_tone(order) -> str:
    return {
        "held": "attention",
        "changed": "attention",
        "known": "secondary",
        "new": "ok",
        "matched": "ok",
    }.get(order.fate, "")

"""Which column of a plain sheet holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from counter_app.ui.theme import Size
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.field import Field

_ACROSS = 5


class MappingForm(Card):
    """One box per field of a sale; those that every sale needs carry a star.

    Signals:
        changed(): another column was chosen.
    """

    changed = Signal()

    def __init__(self, fields: Sequence[tuple[str, bool]], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._needed = dict(fields)
        self._boxes = {name: QComboBox() for name, _needed in fields}
        self._fields = {name: Field(box) for name, box in self._boxes.items()}
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(Size.GAP_XS)
        for at, field in enumerate(self._fields.values()):
            grid.addWidget(field, at // _ACROSS, at % _ACROSS)
        for box in self._boxes.values():
            box.setMinimumWidth(120)
            box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.body.addLayout(grid)
        self._retranslate()

    def show_columns(self, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
        """Offer these columns, with what is known of them chosen."""
        for name, box in self._boxes.items():
            with QSignalBlocker(box):
                box.clear()
                box.addItem("–", "")
                for column in columns:
                    box.addItem(column, column)
                box.setCurrentIndex(max(0, box.findData(mapping.get(name, ""))))

    def mapping(self) -> dict[str, str]:
        """Field → column, fields without a column left out."""
        return {name: str(box.currentData()) for name, box in self._boxes.items() if box.currentData()}

    def choose(self, name: str, column: str) -> None:
        """Choose the column of one field."""
        box = self._boxes[name]
        box.setCurrentIndex(max(0, box.findData(column)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Which column holds what (* every sale needs it)"))
        words = {
            "order_no": self.tr("Order or receipt no."),
            "date": self.tr("Day"),
            "name": self.tr("Article"),
            "sku": self.tr("Article code"),
            "barcode": self.tr("Barcode"),
            "model": self.tr("Model"),
            "category": self.tr("Category"),
            "quantity": self.tr("Quantity"),
            "unit_price": self.tr("Unit price"),
            "line_discount": self.tr("Discount of the line"),
            "line_paid": self.tr("Paid for the line"),
            "order_discount": self.tr("Discount of the order"),
            "freight": self.tr("Freight"),
            "order_paid": self.tr("Paid for the order"),
            "tender": self.tr("Way of paying"),
            "customer_name": self.tr("Customer"),
            "phone": self.tr("Phone"),
            "area": self.tr("Area"),
            "tax_rate": self.tr("Tax rate"),
            "cost": self.tr("Cost"),
            "serial": self.tr("Serial number"),
            "batch_no": self.tr("Batch"),
            "channel": self.tr("Channel"),
            "received_on": self.tr("Received on"),
            "invoice_no": self.tr("Invoice"),
            "subsidy": self.tr("State subsidy"),
            "flaw": self.tr("Flaw told"),
        }
        for name, field in self._fields.items():
            star = " *" if self._needed[name] else ""
            field.set_label(f"{words.get(name, name)}{star}")

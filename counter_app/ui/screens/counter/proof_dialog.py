"""The proof that money really moved: amount, way, number."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain import money
from counter_app.domain.errors import CounterError
from counter_app.domain.money_views import SettlementView
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class ProofDialog(Dialog):
    """Settles one `SettlementView`, whole or in part.

    Args:
        owed: what is owed to or by the customer.
        save: called with amount (分), tender, reference and a request id that stays the same for this dialog.
            The amount has the sign of what is owed: a reversal owes negative money, which comes back.
    """

    def __init__(
        self,
        owed: SettlementView,
        save: Callable[[int, str, str, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, icon="receipt")
        self._owed, self._save, self._request = owed, save, uuid.uuid4().hex
        self._amount = QLineEdit(money.format_yuan(abs(owed.open_fen)))
        self._number = QLineEdit()
        self._number.setMaxLength(64)
        self._amount_field, self._number_field = Field(self._amount), Field(self._number)
        self.body.addWidget(self._amount_field)
        self.body.addWidget(self._number_field)
        self._number_field.setVisible(owed.tender != "cash")
        self._retranslate()
        (self._amount if owed.tender == "cash" else self._number).setFocus()

    def confirm(self) -> None:
        try:
            amount = money.parse_yuan(self._amount.text())
        except CounterError as error:
            self._amount_field.show_error(error)
            return
        try:
            signed = -amount if self._owed.open_fen < 0 else amount
            self._save(signed, self._owed.tender, self._number.text().strip(), self._request)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        out = (self._owed.direction == "out") == (self._owed.open_fen > 0)
        self.say(
            self.tr("Paid to the customer") if out else self.tr("Received from the customer"),
            f"{self._owed.document} · {trade_words.tender(self._owed.tender)} · {shown.money(abs(self._owed.open_fen))}",
            self.tr("Keep"),
        )
        self._amount_field.set_label(self.tr("Amount (yuan)"))
        self._number_field.set_label(self.tr("Number of the transfer"))

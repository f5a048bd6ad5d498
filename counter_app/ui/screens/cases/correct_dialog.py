"""A wrong proof of payment: which one, and why. Nothing entered is changed; its mirror is entered beside it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.domain.money_views import ProofView
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class CorrectDialog(Dialog):
    """Asks for the wrong proof and the reason.

    Args:
        proofs: the proofs of a settlement that stand.
        correct: called with (proof id, reason, request id); raises CounterError to refuse.
    """

    def __init__(
        self,
        proofs: Sequence[ProofView],
        correct: Callable[[int, str, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=520, icon="undo-2")
        self._proofs, self._correct = proofs, correct
        self._request = uuid.uuid4().hex
        self._which = QComboBox()
        for proof in proofs:
            self._which.addItem("", proof.id)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self._which_field, self._reason_field = Field(self._which), Field(self.reason)
        for part in (self._which_field, self._reason_field):
            self.body.addWidget(part)
        self._retranslate()
        self.reason.setFocus()

    def confirm(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._reason_field.show_error(self.tr("Please give the reason"))
            return
        try:
            self._correct(int(self._which.currentData()), reason, self._request)
        except CounterError as refused:
            self._reason_field.show_error(refused)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Correct a proof"),
            self.tr("The wrong proof stays on record with its correction; the money is owed again."),
            self.tr("Correct"),
        )
        for at, proof in enumerate(self._proofs):
            parts = (
                shown.money(proof.amount_fen),
                trade_words.tender(proof.tender),
                proof.reference,
                shown.day(proof.business_date),
            )
            self._which.setItemText(at, " · ".join(part for part in parts if part))
        self._which_field.set_label(self.tr("Proof"))
        self._reason_field.set_label(self.tr("Reason"))

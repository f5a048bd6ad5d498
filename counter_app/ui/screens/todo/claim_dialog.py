"""A claim against a courier: which parcel, insured or not, how much, since when, and what the courier paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from counter_app.domain import money
from counter_app.domain.errors import CounterError, UserError
from counter_app.services.parcels import CLAIM_RESULTS, Claim
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class ClaimDialog(Dialog):
    """Shows a claim as it stands and hands it to `keep`, which may refuse (S4-23)."""

    def __init__(
        self, about: str, claim: Claim, keep: Callable[[Claim], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=620, icon="truck")
        self._about, self._keep = about, keep
        self.carrier, self.waybill = QLineEdit(claim.carrier), QLineEdit(claim.waybill)
        self.claimed = QLineEdit(money.format_yuan(claim.claimed_fen) if claim.claimed_fen else "")
        self.on = QLineEdit(claim.claimed_on.isoformat() if claim.claimed_on else "")
        self.outcome = QComboBox()
        for code in CLAIM_RESULTS:
            self.outcome.addItem(code, code)
        self.outcome.setCurrentIndex(max(0, self.outcome.findData(claim.result)))
        self.paid = QLineEdit(money.format_yuan(claim.paid_fen) if claim.paid_fen else "")
        self.note = QLineEdit(claim.note)
        self.insured = QCheckBox()
        self.insured.setChecked(claim.insured)
        inputs: dict[str, QWidget] = {
            "carrier": self.carrier,
            "waybill": self.waybill,
            "claimed": self.claimed,
            "on": self.on,
            "result": self.outcome,
            "paid": self.paid,
            "note": self.note,
        }
        self._fields = {name: Field(widget) for name, widget in inputs.items()}
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(Size.GAP_S)
        for at, field in enumerate(self._fields.values()):
            grid.addWidget(field, at // 2, at % 2)
        grid.addWidget(self.insured, 3, 1)
        self.body.addLayout(grid)
        self._retranslate()
        self.carrier.setFocus()

    def confirm(self) -> None:
        try:
            self._keep(
                Claim(
                    carrier=self.carrier.text(),
                    waybill=self.waybill.text(),
                    insured=self.insured.isChecked(),
                    claimed_fen=_fen(self.claimed.text()),
                    claimed_on=_day(self.on.text()),
                    result=str(self.outcome.currentData()),
                    paid_fen=_fen(self.paid.text()),
                    note=self.note.text(),
                )
            )
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(self.tr("Claim against the courier"), self._about, self.tr("Keep"))
        self._fields["carrier"].set_label(self.tr("Courier"))
        self._fields["waybill"].set_label(self.tr("Waybill number"))
        self._fields["claimed"].set_label(self.tr("Amount asked (yuan)"), self.tr("e.g. 30.00"))
        self._fields["on"].set_label(self.tr("Asked on"), self.tr("e.g. 2026-11-12"))
        self._fields["result"].set_label(self.tr("The courier's answer"))
        self._fields["paid"].set_label(self.tr("Amount paid (yuan)"), self.tr("may stay empty"))
        self._fields["note"].set_label(self.tr("Note"), self.tr("may stay empty"))
        self.insured.setText(self.tr("the parcel was insured"))
        answers = {"": self.tr("none yet"), "paid": self.tr("paid"), "refused": self.tr("refused")}
        for at in range(self.outcome.count()):
            self.outcome.setItemText(at, answers[str(self.outcome.itemData(at))])


def _fen(typed: str) -> int:
    return money.parse_yuan(typed.strip()) if typed.strip() else 0


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise UserError("ui.day.unreadable", text=typed.strip()[:40]) from error

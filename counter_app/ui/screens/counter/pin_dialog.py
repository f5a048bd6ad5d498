"""A decision that somebody with the right takes at the counter: who, why, PIN."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services.phone_codes import Challenge
from counter_app.services.staff import StaffEntry
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.theme import Size
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.pin_pad import PinPad
from counter_app.ui.widgets.words import Words

HERE, PHONE = "here", "phone"


@dataclass(frozen=True, slots=True)
class ByPhone:
    """Deciding by a one-time code. `holders`: ids of those who have codes left; `challenge`: what to say into the
    phone, by who decides (raises CounterError); `decide`: as the dialog's, with the code in place of the PIN."""

    holders: Collection[int]
    challenge: Callable[[int], Challenge]
    decide: Callable[[int, str, str, str], None]


class PinDialog(Dialog):
    """Asks who decides, what, and for the PIN; `decide` does it and may refuse.

    Args:
        staff: who may be chosen.
        reasons: why this is needed, one line each.
        decide: called with (staff id, PIN, decision, note); raises CounterError to refuse.
        may_reject: whether rejecting is offered at all.
        by_phone: how somebody who is not here decides by a one-time code; None where only a PIN counts.
    """

    def __init__(
        self,
        staff: Sequence[StaffEntry],
        title: str,
        reasons: Sequence[str],
        decide: Callable[[int, str, str, str], None],
        *,
        may_reject: bool = False,
        note_needed: bool = False,
        by_phone: ByPhone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=560, icon="key-round")
        self._staff, self._reasons, self._decide = staff, reasons, decide
        self._heading, self._may_reject, self._note_needed = title, may_reject, note_needed
        self._decision = "approve"
        self._far = False
        able = {person.id for person in staff}
        self._by_phone = by_phone if by_phone is not None and able & set(by_phone.holders) else None
        self._way = ChoiceBar([(HERE, "key-round", ""), (PHONE, "phone-call", "")])
        self._way.setVisible(self._by_phone is not None)
        self._way.chosen.connect(self._take_way)
        self._challenge = Words("", "attention", wrap=True)
        self._challenge.hide()
        self._who = QComboBox()
        self._who.currentIndexChanged.connect(self._show_challenge)
        self._note = QLineEdit()
        self._note.setMaxLength(200)
        self._who_field, self._note_field = Field(self._who), Field(self._note)
        self._choice = ChoiceBar([("approve", "check", ""), ("reject", "x", "")])
        self._choice.chosen.connect(self._choose)
        self._pad = PinPad()
        self._pad.entered.connect(self._entered)
        for reason in reasons:
            self.body.addWidget(Words(reason, "body", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_M)
        row.addWidget(self._who_field, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._note_field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(self._way)
        self.body.addWidget(self._challenge)
        self.body.addWidget(self._choice)
        self._choice.setVisible(may_reject)
        self.body.addWidget(self._pad)
        self.accept_button.hide()
        self._show_people()
        self._retranslate()
        self._pad.setFocus()

    def confirm(self) -> None:
        self._pad.enter()

    def choose_way(self, way: str) -> None:
        """`here`: PIN at this desk; `phone`: a one-time code read out over the phone."""
        self._way.choose(way)
        self._take_way(way)

    def _take_way(self, way: str) -> None:
        self._far = way == PHONE
        self.banner.dismiss()
        self._pad.clear()
        self._show_people()
        self._show_challenge()
        self._retranslate()
        self._pad.setFocus()

    def _show_people(self) -> None:
        """Whoever may decide; over the phone only those who carry a sheet of codes."""
        holders = self._by_phone.holders if self._far and self._by_phone is not None else None
        self._who.clear()
        for person in self._staff:
            if holders is None or person.id in holders:
                self._who.addItem(f"{person.name} · {trade_words.role(person.role)}", person.id)

    def _show_challenge(self) -> None:
        self._challenge.setVisible(self._far)
        if not self._far or self._by_phone is None or self._who.currentData() is None:
            return
        try:
            told = self._by_phone.challenge(int(self._who.currentData()))
        except CounterError as error:
            self.banner.show_error(error)
            self._challenge.setText("")
            return
        self._challenge.setText(
            self.tr(
                "Call {name} and say: case {cases}, {amount}. Then ask for code no. {number} of sheet {sheet}; "
                "{left} are left."
            ).format(
                name=told.approver,
                cases="、".join(told.cases),
                amount=shown.money(told.amount_fen),
                number=told.no,
                sheet=told.sheet,
                left=told.left,
            )
        )

    def _choose(self, decision: str) -> None:
        self._decision = decision
        self._pad.setFocus()

    def _entered(self, pin: str) -> None:
        note = self._note.text().strip()
        if (self._note_needed or self._decision == "reject") and not note:
            self._note_field.show_error(self.tr("Please give the reason"))
            self._note.setFocus()
            return
        decide = self._by_phone.decide if self._far and self._by_phone is not None else self._decide
        try:
            decide(int(self._who.currentData()), pin, self._decision, note)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        lead = (
            self.tr("The one who decides reads a one-time code out over the phone")
            if self._far
            else self.tr("The one who decides enters their own PIN")
        )
        self.say(self._heading, lead)
        self._way.say({HERE: self.tr("PIN, here"), PHONE: self.tr("Code, by phone")})
        self._show_challenge()
        self._who_field.set_label(self.tr("Who decides"))
        self._note_field.set_label(
            self.tr("Reason"), "" if self._note_needed else self.tr("may stay empty when approving")
        )
        self._choice.say({"approve": self.tr("Approve"), "reject": self.tr("Reject")})

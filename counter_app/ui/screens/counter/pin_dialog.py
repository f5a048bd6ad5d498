"""A decision that somebody with the right takes at the counter: who, why, PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services.staff import StaffEntry
from counter_app.ui import trade_words
from counter_app.ui.theme import Size
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.pin_pad import PinPad
from counter_app.ui.widgets.words import Words


class PinDialog(Dialog):
    """Asks who decides, what, and for the PIN; `decide` does it and may refuse.

    Args:
        staff: who may be chosen.
        reasons: why this is needed, one line each.
        decide: called with (staff id, PIN, decision, note); raises CounterError to refuse.
        may_reject: whether rejecting is offered at all.
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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=560, icon="key-round")
        self._staff, self._reasons, self._decide = staff, reasons, decide
        self._heading, self._may_reject, self._note_needed = title, may_reject, note_needed
        self._decision = "approve"
        self._who = QComboBox()
        for person in staff:
            self._who.addItem(f"{person.name} · {trade_words.role(person.role)}", person.id)
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
        self.body.addWidget(self._choice)
        self._choice.setVisible(may_reject)
        self.body.addWidget(self._pad)
        self.accept_button.hide()
        self._retranslate()
        self._pad.setFocus()

    def confirm(self) -> None:
        self._pad.enter()

    def _choose(self, decision: str) -> None:
        self._decision = decision
        self._pad.setFocus()

    def _entered(self, pin: str) -> None:
        note = self._note.text().strip()
        if (self._note_needed or self._decision == "reject") and not note:
            self._note_field.show_error(self.tr("Please give the reason"))
            self._note.setFocus()
            return
        try:
            self._decide(int(self._who.currentData()), pin, self._decision, note)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(self._heading, self.tr("The one who decides enters their own PIN"))
        self._who_field.set_label(self.tr("Who decides"))
        self._note_field.set_label(
            self.tr("Reason"), "" if self._note_needed else self.tr("may stay empty when approving")
        )
        self._choice.say({"approve": self.tr("Approve"), "reject": self.tr("Reject")})

"""Money that is owed to or by a customer: what for, by which way, and the proof that it moved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain import money, roles
from counter_app.domain.money_views import SettlementView
from counter_app.services import case_words, settling, shift, staff
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.screens.counter.proof_dialog import ProofDialog
from counter_app.ui.session import Session
from counter_app.ui.widgets.action_button import PrimaryButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.money_label import MoneyLabel, WorkingRow
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Words

_CASH = "cash"


class MoneyPanel(Card):
    """Signals:
    settled(): a proof was entered.
    """

    settled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._owed: SettlementView | None = None
        self._way = Pill("", "plain", self)
        self.head.addWidget(self._way)
        self._title = Words("", "title", wrap=True)
        self._about = Words("", "secondary", wrap=True)
        self._money = MoneyLabel()
        self._hint = Words("", "note", wrap=True)
        self.go = PrimaryButton("", "banknote", key="F9")
        for part in (self._title, self._about, self._money, self._hint, self.go):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.go.clicked.connect(self.act)
        self._retranslate()

    def show_owed(self, owed: SettlementView) -> None:
        """Show what is owed."""
        self._owed = owed
        self._show()

    def act(self) -> None:
        """Enter the proof, whole or in part."""
        if self._owed is not None and self.go.isEnabled():
            ProofDialog(self._owed, self.settle, self).exec()

    def settle(self, amount_fen: int, tender: str, reference: str, request: str) -> None:
        """Keep one proof. Raises CounterError to refuse."""
        owed = self._owed
        assert owed is not None
        service = settling.pay if owed.direction == "out" else settling.receive
        self._session.act(service, owed.id, amount_fen, tender, reference, request)
        self.settled.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        owed = self._owed
        if owed is None:
            return
        pays = (owed.direction == "out") == (owed.open_fen > 0)
        self._way.show_state(trade_words.tender(owed.tender), "accent")
        purpose = shown.words(case_words.words_or(f"purpose.{owed.purpose}", owed.purpose))
        self._title.setText(
            (
                self.tr("Pay the customer: {what}") if pays else self.tr("Take from the customer: {what}")
            ).format(what=purpose)
        )
        self._about.setText(
            " · ".join(part for part in (owed.case_number, owed.document, owed.customer_masked) if part)
        )
        rows = [WorkingRow(self.tr("Owed by the document"), shown.money(owed.amount_fen))]
        if owed.settled_fen:
            rows.append(WorkingRow(self.tr("Moved already"), shown.money(owed.settled_fen), "ok"))
        if owed.due_on is not None:
            late = owed.due_on < self._session.desk.today()
            rows.append(WorkingRow(self.tr("Due"), shown.day(owed.due_on), "late" if late else "body"))
        rows += [
            WorkingRow(self.tr("Proof"), shown.one_line(one, 40), "secondary") for one in owed.references
        ]
        self._money.show_amount(abs(owed.open_fen), money.capitals(abs(owed.open_fen)), rows)
        self._show_allowed(owed, pays)

    def _show_allowed(self, owed: SettlementView, pays: bool) -> None:
        desk = self._session.desk
        cash = owed.tender == _CASH
        self._hint.setText(
            self.tr("It goes through the drawer of the open shift; a part of it may be moved now.")
            if cash
            else self.tr("Give the number of the transfer; a part of it may be moved now.")
        )
        if cash:
            self.go.setText(self.tr("Pay from the drawer") if pays else self.tr("Take into the drawer"))
        else:
            self.go.setText(self.tr("Enter the proof"))
        right = roles.PAY if owed.direction == "out" else roles.TAKE
        if not staff.may(desk, right):
            self.go.allow(False, self.tr("Your role does not allow this."))
        elif cash and shift.current_shift(desk) is None:
            self.go.allow(False, self.tr("Open a shift first: cash goes through its drawer."))
            self._hint.setText(self.tr("Open a shift first: cash goes through its drawer."))
        else:
            self.go.allow(True)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Money"))
        self._show()

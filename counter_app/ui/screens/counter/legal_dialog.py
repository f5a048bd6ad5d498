"""What the law makes payable on top of the price: computed for anybody who asks, granted by who may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from counter_app.domain import money
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.remedy import LegalSum
from counter_app.services.case_words import words
from counter_app.services.legal import UP_TO, Claim
from counter_app.ui import format as shown
from counter_app.ui import texts, trade_words
from counter_app.ui.screens.counter.choice_dialog import TENDERS
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

CLAIMS: tuple[Claim, ...] = get_args(Claim)


class LegalDialog(Dialog):
    """Shows the sum with its working and its basis; only who may grant it can press the button.

    Args:
        compute: the sum of a claim with a loss in 分; raises CounterError.
        grant: keeps claim, tender, loss and, where the law names only the most, a lower sum (else None) with its
            reason; raises CounterError to refuse.
        take_back: takes a grant back.
        decider: the name of who is signed in when they may grant it, else ''.
        present: the compensation of the walk as it stands.
        tender: the way the customer paid, offered first.
    """

    def __init__(
        self,
        compute: Callable[[Claim, int], LegalSum],
        grant: Callable[[Claim, str, int, int | None, str], None],
        take_back: Callable[[], None],
        parent: QWidget | None = None,
        *,
        decider: str,
        present: Mapping[str, Any],
        tender: str = "",
    ) -> None:
        super().__init__(parent, width=560, icon="scale")
        self._compute, self._grant, self._undo = compute, grant, take_back
        self._decider, self._present = decider, present
        self._sum: LegalSum | None = None
        self.claim, self.tender, self.loss = QComboBox(), QComboBox(), QLineEdit()
        self.less, self.reason = QLineEdit(), QLineEdit()
        self.loss.setMaxLength(14)
        self.less.setMaxLength(14)
        self.reason.setMaxLength(100)
        for claim in CLAIMS:
            self.claim.addItem(claim, claim)
        for way in TENDERS:
            self.tender.addItem(trade_words.tender(way), way)
        self.claim.setCurrentIndex(max(0, self.claim.findData(present.get("legal"))))
        self.tender.setCurrentIndex(max(0, self.tender.findData(present.get("tender") or tender)))
        self._claim_field, self._loss_field = Field(self.claim), Field(self.loss)
        self._tender_field = Field(self.tender)
        self._lower_field, self._reason_field = Field(self.less), Field(self.reason)
        self.amount = Words("", "title")
        self.working, self.basis = Words("", "body", wrap=True), Words("", "secondary", wrap=True)
        self.who = Words("", "note", wrap=True)
        for field in (self._claim_field, self._loss_field):
            self.body.addWidget(field)
        for part in (self.amount, self.working, self.basis):
            self.body.addWidget(part)
        for field in (self._lower_field, self._reason_field, self._tender_field):
            self.body.addWidget(field)
        self.body.addWidget(self.who)
        self.take_back = ActionButton("", "undo-2")
        self.take_back.setVisible(bool(present.get("legal")) and bool(decider))
        self.foot.addWidget(self.take_back)
        self.claim.currentIndexChanged.connect(self._show)
        self.loss.textChanged.connect(self._show)
        self.less.textChanged.connect(self._show_lower)
        self.take_back.clicked.connect(self._take_back)
        self._retranslate()

    def confirm(self) -> None:
        if self._sum is None or not self._decider:
            return
        lower: int | None = None
        if self._claim() in UP_TO and self.less.text().strip():
            try:
                lower = money.parse_yuan(self.less.text().strip())
            except UserError as error:
                self._lower_field.show_error(error)
                self.less.setFocus()
                return
        try:
            self._grant(
                self._claim(), str(self.tender.currentData()), self._loss(), lower, self.reason.text().strip()
            )
        except UserError as error:
            field = {"legal.reason": self._reason_field, "legal.too_much": self._lower_field}.get(error.code)
            if field is None:
                self.banner.show_error(error)
            else:
                field.show_error(error)
            return
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _take_back(self) -> None:
        try:
            self._undo()
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _claim(self) -> Claim:
        return CLAIMS[self.claim.currentIndex()]

    def _loss(self) -> int:
        text = self.loss.text().strip()
        return money.parse_yuan(text) if text and self._claim() != "fraud" else 0

    def _show(self) -> None:
        """Compute anew: the working with its floor, and the article of the law it stands on."""
        self._loss_field.setVisible(self._claim() != "fraud")
        self._loss_field.clear_error()
        self._show_lower()
        self._sum = None
        try:
            self._sum = self._compute(self._claim(), self._loss())
        except UserError as error:
            self._loss_field.show_error(error)
        except CounterError as error:
            self.banner.show_error(error)
        told = self._sum
        self.amount.setText("" if told is None else shown.money(told.amount_fen))
        self.working.setText("" if told is None else texts.reason(told.because))
        self.basis.setText("" if told is None else self.tr("Basis: %1").replace("%1", told.basis))
        self.accept_button.setEnabled(bool(told and told.amount_fen and self._decider))
        self.accept_button.setToolTip("" if self._decider else self._nobody())

    def _show_lower(self) -> None:
        """A lower sum may stand where the law names only the most; it asks for its reason."""
        may = self._claim() in UP_TO and bool(self._decider)
        self._lower_field.setVisible(may)
        self._lower_field.clear_error()
        self._reason_field.clear_error()
        self._reason_field.setVisible(may and bool(self.less.text().strip()))

    def _nobody(self) -> str:
        return self.tr("Only the owner, or who holds the right “legal compensation”, grants it and posts it.")

    def _retranslate(self) -> None:
        self.say(
            self.tr("Legal compensation"),
            self.tr("On top of the refund, on a paper of its own. Nothing is kept until it is granted."),
            self.tr("Grant"),
        )
        self._claim_field.set_label(self.tr("What the customer claims"))
        self._loss_field.set_label(self.tr("Proven loss (yuan)"), self.tr("may stay empty"))
        self._lower_field.set_label(self.tr("Granted instead (yuan)"), self.tr("empty: the computed sum"))
        self._reason_field.set_label(self.tr("Why less"))
        self._tender_field.set_label(self.tr("Paid by"))
        self.take_back.setText(self.tr("Take the grant back"))
        for at, code in enumerate(CLAIMS):
            self.claim.setItemText(at, shown.words(words(f"legal.{code}")))
        told = (
            self.tr("Decided by %1; it needs an approval like every compensation.").replace(
                "%1", self._decider
            )
            if self._decider
            else self._nobody()
        )
        if self._present.get("legal"):
            amount = shown.money(int(self._present.get("amount_fen", 0)))
            told = f"{self.tr('Granted now: %1').replace('%1', amount)} ({self._present.get('basis', '')})\n{told}"
        self.who.setText(told)
        self._show()

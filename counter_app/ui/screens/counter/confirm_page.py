"""The form as it will print, and the customer's signature on exactly that form."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain import money
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.money_label import MoneyLabel
from counter_app.ui.widgets.pdf_view import PdfView
from counter_app.ui.widgets.signature_pad import SignaturePad
from counter_app.ui.widgets.words import Words


class ConfirmPage(QWidget):
    """Form left, amount and signature right.

    Signals:
        post(): F9: the customer signed (or signs on paper): take the signature and post.
        back(): return to the questions.
        print_form(): the form is wanted on paper now, to be signed there.
    """

    post = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._net_fen = 0
        self.banner = Banner(self)
        self.form = PdfView()
        self.pad = SignaturePad(paper_key="F10")
        self._amount_card = Card()
        self._headline = Words("", "title", wrap=True)
        self._money = MoneyLabel()
        self._code = Words("", "note")
        self._sign_card = Card()
        self._go = PrimaryButton("", "circle-check", key="F9")
        self._back = ActionButton("", "undo-2", key="Esc", kind="quiet")
        self._build()
        QShortcut(QKeySequence("F10"), self).activated.connect(self.pad.paper.toggle)
        self._go.clicked.connect(self.post)
        self._back.clicked.connect(self.back)
        self.pad.changed.connect(self._show_go)
        self._retranslate()

    def show_form(
        self, pdf: bytes, name: str, check_code: str, headline: str, net_fen: int, printer: str
    ) -> None:
        """Show a form; `net_fen` is what the customer gets (negative: pays), in 分."""
        self.banner.dismiss()
        self.pad.clear()
        self.form.show_pdf(pdf, name, printer)
        self._headline.setText(headline)
        self._net_fen = net_fen
        self._check_code = check_code
        self._show_money()
        self._show_go()

    def focus_signature(self) -> None:
        """Put focus where the customer signs."""
        self.pad.setFocus()

    def ask_signature(self) -> None:
        """F9 came before the customer signed: say what is missing, and put focus there."""
        self.banner.say(
            self.tr("Nobody has signed yet"),
            self.tr("The customer signs on the pad; who signs the printed form instead: F10."),
            "attention",
        )
        self.focus_signature()

    def busy(self, on: bool) -> None:
        """While posting nothing else may be pressed: a second F9 does nothing."""
        self._go.setEnabled(not on and self.pad.is_signed())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        self._check_code = ""
        left = Card()
        left.body.addWidget(self.form, 1)
        self._amount_card.body.addWidget(self._headline)
        self._amount_card.body.addWidget(self._money)
        self._amount_card.body.addWidget(self._code)
        self._sign_card.body.addWidget(self.pad, 1)
        right = QVBoxLayout()
        right.setSpacing(Size.GAP_M)
        right.addWidget(self.banner)
        right.addWidget(self._amount_card)
        right.addWidget(self._sign_card, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(Size.GAP_M)
        buttons.addWidget(self._back)
        buttons.addWidget(self._go, 1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_M)
        row.addWidget(left, 3)
        row.addLayout(right, 2)

    def _show_money(self) -> None:
        if not self._net_fen:
            self._money.show_nothing(self.tr("No money moves"))
        else:
            who = self.tr("The customer gets") if self._net_fen > 0 else self.tr("The customer pays")
            self._money.show_amount(abs(self._net_fen), f"{who} {money.capitals(abs(self._net_fen))}")
        self._code.setText(
            self.tr("Check code %1").replace("%1", self._check_code) if self._check_code else ""
        )

    def _show_go(self) -> None:
        signed = self.pad.is_signed()
        self._go.allow(signed, self.tr("Sign on the pad, or tick that the paper is signed"))
        if signed and self._asked():
            self.banner.dismiss()

    def _asked(self) -> bool:
        return self.tr("Nobody has signed yet") in self.banner.message()

    def _retranslate(self) -> None:
        self._amount_card.set_title(self.tr("What is agreed"))
        self._sign_card.set_title(self.tr("Customer's signature"))
        self._go.setText(self.tr("Post"))
        self._back.setText(self.tr("Back to the questions"))
        self._show_money()
        self._show_go()

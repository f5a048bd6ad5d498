"""What a look-up found: choose one, or record the purchase when there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.sale_views import CaseHit, HistoryHit, Hit, ProductHit, SaleHit
from counter_app.ui import format as shown
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.scroll_area import scroll
from counter_app.ui.widgets.words import Words


class HitsCard(Card):
    """Several hits, or none at all.

    Signals:
        hit_chosen(object): one of several hits.
        record_wanted(str): no sale found: record it; what was typed.
        without_sale(): go on without a sale (question, complaint, parcel).
    """

    hit_chosen = Signal(object)
    record_wanted = Signal(str)
    without_sale = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.hits: Sequence[Hit] = ()
        self._asked = ""
        self.title = Words("", "lead_strong", wrap=True)
        self._hint = Words("", "secondary", wrap=True)
        self._list = AnswerList()
        self._record = ActionButton("", "file-plus", key="F8", bind=True)
        self._without = ActionButton("", "message-circle", kind="quiet")
        self.body.addWidget(self.title)
        self.body.addWidget(self._hint)
        self.body.addWidget(scroll(self._list), 1)
        self.body.addWidget(self._record)
        self.body.addWidget(self._without)
        self._list.chosen.connect(lambda key: self.hit_chosen.emit(self.hits[int(key)]))
        self._record.clicked.connect(lambda: self.record_wanted.emit(self._asked))
        self._without.clicked.connect(self.without_sale)
        self._retranslate()

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Show what was found for a text."""
        self._asked, self.hits = text, hits
        self._show()

    def focus_first(self) -> None:
        """Put focus on the first hit, or on recording the purchase."""
        if self.hits:
            self._list.focus_first()
        else:
            self._record.setFocus()

    def has_digit(self, digit: str) -> bool:
        """Whether a digit chooses one of several hits."""
        return self._list.has_digit(digit)

    def press_digit(self, digit: str) -> bool:
        """Choose a hit by digit."""
        return self._list.press_digit(digit)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        if self.hits:
            self.title.setText(self.tr("%n found", "", len(self.hits)))
            self._hint.setText(self.tr("Choose with a digit or the arrows"))
        else:
            self.title.setText(
                self.tr("Nothing found for “%1”").replace("%1", shown.one_line(self._asked, 40))
            )
            self._hint.setText(
                self.tr(
                    "Check the number, try the phone, or record the purchase with what the customer shows"
                )
            )
        self._list.show_answers([self._hit_answer(at, hit) for at, hit in enumerate(self.hits)])

    def _hit_answer(self, at: int, hit: Hit) -> Answer:
        if isinstance(hit, SaleHit):
            return Answer(
                str(at),
                f"{shown.day(hit.purchased_on)}  {shown.money(hit.paid_fen)}  {hit.customer_masked}",
                f"{hit.order_no} · {shown.one_line(hit.goods, 60)}",
            )
        if isinstance(hit, CaseHit):
            return Answer(
                str(at),
                self.tr("Case") + " " + hit.number,
                f"{shown.day(hit.business_date)} · {hit.customer_masked} {hit.phone_masked}",
            )
        if isinstance(hit, HistoryHit):
            return Answer(
                str(at),
                self.tr("Archive") + f" {hit.period}  {hit.number}",
                self.tr("%1 · %2 · refunded %3")
                .replace(
                    "%1", f"{shown.day(hit.business_date)} {hit.customer_masked} {hit.phone_masked}".strip()
                )
                .replace("%2", shown.one_line(hit.goods, 60))
                .replace("%3", shown.money(hit.refund_fen)),
            )
        if not isinstance(hit, ProductHit):
            raise TypeError(f"not a hit: {hit!r}")
        return Answer(
            str(at),
            self.tr("Article") + " " + shown.one_line(hit.name, 40),
            f"{hit.barcode or hit.sku} · {shown.money(hit.price_fen)} · "
            + self.tr("in stock %1").replace("%1", shown.quantity(hit.stock_milli)),
        )

    def _retranslate(self) -> None:
        self._record.setText(self.tr("Record the purchase"))
        self._without.setText(self.tr("Go on without a purchase"))
        self._show()

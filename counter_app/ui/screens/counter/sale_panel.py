"""The counter's left column: look-up, the sale with its lines, and the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.acquaintance import Acquaintance, NotesAtHand
from counter_app.domain.sale_views import Hit, SaleView
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.screens.counter.customer_card import CustomerCard
from counter_app.ui.screens.counter.hits_card import HitsCard
from counter_app.ui.screens.counter.lookup_field import LookupField
from counter_app.ui.screens.counter.sale_line_card import SaleLineCard
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.scroll_area import scroll
from counter_app.ui.widgets.words import Divider, Elided, Words


class SalePanel(QWidget):
    """Shows one of: nothing yet, what was found, a sale.

    Signals:
        asked(str): look this up.
        hit_chosen(object): one of several hits.
        record_wanted(str): no sale found: record it; what was typed.
        without_sale(): go on without a sale (question, complaint, parcel).
        lines_changed(): another choice of lines or quantities.
        stands_changed(str): who stands at the counter.
        intake(): write down what the customer told.
        add_lines(): put the newly ticked lines into the open visit as a group of their own.
    """

    asked = Signal(str)
    hit_chosen = Signal(object)
    record_wanted = Signal(str)
    without_sale = Signal()
    lines_changed = Signal()
    stands_changed = Signal(str)
    add_lines = Signal()
    intake = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sale: SaleView | None = None
        self._cards: list[SaleLineCard] = []
        self._cards_told: object = None
        self._open_case = False
        self._build()
        self._connect()
        self._retranslate()

    # --- what is shown ------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Ready for the next customer."""
        self._sale, self._open_case = None, False
        self.lookup.input.clear()
        self._stack.setCurrentWidget(self._empty_page)

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Several things were found, or nothing at all."""
        self.hits.show_hits(text, hits)
        self._stack.setCurrentWidget(self.hits)
        self.hits.focus_first()

    def show_sale(
        self, sale: SaleView, chosen: Mapping[int, int], groups: Mapping[int, str], *, open_case: bool
    ) -> None:
        """Show a sale. `chosen`: sale line → thousandths already ticked; `groups`: sale line → name of its
        group in the open visit."""
        self._sale, self._open_case = sale, open_case
        # After an answer the goods are mostly the same: making their cards anew is most of a frame.
        told = ([line for line in sale.lines if not line.split], dict(groups)) if open_case else None
        if told is not None and told == self._cards_told:
            self._show_sale_words()
            self._stack.setCurrentWidget(self._sale_page)
            self._lines_changed()
            return
        self._cards_told = told
        for card in self._cards:
            self._lines.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for line in sale.lines:
            if line.split:
                continue
            card = SaleLineCard(line, self)
            if line.id in groups:
                card.setEnabled(True)
                card.bind_to_case(groups[line.id])
            elif line.id in chosen:
                card.set_quantity(chosen[line.id])
                card.setChecked(True)
            card.changed.connect(self._lines_changed)
            self._cards.append(card)
            self._lines.insertWidget(self._lines.count() - 1, card)
        self._show_sale_words()
        self._stack.setCurrentWidget(self._sale_page)
        self._lines_changed()

    def show_without_sale(self) -> None:
        """A visit without a sale: a question, a complaint, a parcel."""
        self._sale = None
        self._stack.setCurrentWidget(self._no_sale_page)

    def show_customer(
        self, name: str, phone: str, stands: str, known: Acquaintance, flags: Mapping[str, str] | None = None
    ) -> None:
        """The customer card: masked name and phone, who stands here, what is known of them; `flags` are
        colours with a note of the shop's own."""
        told = self._open_case or self.is_without_sale()
        self.customer.show_customer(name, phone, stands, known, flags or {}, told=told)

    def show_notes(self, notes: NotesAtHand) -> None:
        """What runs today and how the couriers deliver (S4-1)."""
        self.customer.show_notes(notes)

    # --- what was chosen ----------------------------------------------------------------------------

    def chosen_lines(self) -> dict[int, int]:
        """Sale line → thousandths, for ticked lines that are not in the visit yet."""
        return {
            card.line.id: card.quantity_milli()
            for card in self._cards
            if card.isChecked() and not card.in_case
        }

    def stands(self) -> str:
        """Who stands at the counter: buyer, proxy or gift_recipient."""
        return self.customer.stands()

    def is_without_sale(self) -> bool:
        """Whether the clerk chose to go on without a purchase."""
        return self._stack.currentWidget() is self._no_sale_page

    def wants_digit(self, digit: str) -> bool:
        """Whether a digit chooses one of several hits."""
        return self._stack.currentWidget() is self.hits and self.hits.has_digit(digit)

    def press_digit(self, digit: str) -> bool:
        """Choose a hit by digit."""
        return self.wants_digit(digit) and self.hits.press_digit(digit)

    def focus_lines(self) -> None:
        """Put focus on the first line that can be chosen."""
        for card in self._cards:
            if card.isEnabled():
                card.setFocus()
                return

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # --- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.lookup = LookupField()
        self._stack = QStackedWidget()
        self._empty = EmptyState("scan-barcode")
        self._empty_page = self._empty
        self.hits, self.customer = HitsCard(), CustomerCard()
        self._sale_page = self._build_sale()
        self._no_sale = EmptyState("message-circle")
        self._no_sale_page = self._build_no_sale()
        for page in (self._empty_page, self.hits, self._sale_page, self._no_sale_page):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self.lookup)
        column.addWidget(self._stack, 1)
        column.addWidget(self.customer)

    def _build_no_sale(self) -> QWidget:
        card = Card()
        self._record_now = ActionButton("", "file-plus", key="F8", bind=True)
        card.body.addWidget(self._no_sale, 1)
        card.body.addWidget(self._record_now)
        return card

    def _build_sale(self) -> QWidget:
        card = Card()
        self._order = Elided("", "lead_strong")
        self._channel = Pill("", "plain", self)
        self._dates = Elided("", "note")
        self._paid = Words("", "strong")
        self._recall = Words("", "error", wrap=True)
        head, dates = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._order, 1)
        head.addWidget(self._channel)
        dates.addWidget(self._dates, 1)
        dates.addWidget(self._paid)
        holder = QWidget()
        holder.setProperty("look", "scrolled")
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(Size.GAP_XS)
        self._lines.addStretch(1)
        self._add = ActionButton("", "plus", key="Ctrl+Return", bind=True)
        self._add.hide()
        card.body.addLayout(head)
        card.body.addLayout(dates)
        card.body.addWidget(self._recall)
        card.body.addWidget(Divider())
        card.body.addWidget(scroll(holder), 1)
        card.body.addWidget(self._add)
        return card

    def _connect(self) -> None:
        self.lookup.asked.connect(self.asked)
        self.hits.hit_chosen.connect(self.hit_chosen)
        self.hits.record_wanted.connect(self.record_wanted)
        self.hits.without_sale.connect(self.without_sale)
        self.customer.intake.connect(self.intake)
        self.customer.stands_changed.connect(self.stands_changed)
        self._record_now.clicked.connect(lambda: self.record_wanted.emit(""))
        self._empty.action.connect(self.without_sale)
        self._add.clicked.connect(self.add_lines)

    def _lines_changed(self) -> None:
        self._add.setVisible(self._open_case and bool(self.chosen_lines()))
        self.lines_changed.emit()

    # --- words --------------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        self._empty.say(
            self.tr("Scan the receipt"),
            self.tr("or type the order, phone, name or serial number and press Enter"),
            self.tr("Question or complaint without a purchase"),
        )
        self._no_sale.say(
            self.tr("No purchase in this case"),
            self.tr(
                "Answer the questions beside. For a return, an exchange or a repair find the purchase above, "
                "or record it with what the customer shows."
            ),
        )
        self._record_now.setText(self.tr("Record the purchase"))
        self._add.setText(self.tr("Add to this visit"))
        self._show_sale_words()

    def _show_sale_words(self) -> None:
        sale = self._sale
        if sale is None:
            return
        self._order.show_text(self.tr("Order %1").replace("%1", sale.order_no))
        where = self.tr("Remote") if sale.channel == "remote" else self.tr("In store")
        self._channel.show_state(
            " · ".join(part for part in (trade_words.platform(sale.platform), where) if part), "plain"
        )
        dates = [self.tr("bought %1").replace("%1", shown.day(sale.purchased_on))]
        if sale.received_on is not None:
            dates.append(self.tr("received %1").replace("%1", shown.day_short(sale.received_on)))
        self._dates.show_text(" · ".join(dates))
        tenders = " + ".join(trade_words.tender(tender.tender) for tender in sale.tenders)
        self._paid.setText(f"{shown.money(sale.paid_fen)}  {tenders}")
        told = [warning for line in sale.lines if not line.split for warning in line.recalls]
        self._recall.setText("\n".join(dict.fromkeys(shown.words(warning.words) for warning in told)))
        self._recall.set_look("error" if any(warning.sure for warning in told) else "attention")
        self._recall.setVisible(bool(told))

"""The counter's left column: look-up, the sale with its lines, and the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.acquaintance import FLAG_COLOURS, Acquaintance, NotesAtHand
from counter_app.domain.sale_views import CaseHit, Hit, ProductHit, SaleHit, SaleView
from counter_app.services import case_words
from counter_app.ui import format as shown
from counter_app.ui import theme, trade_words
from counter_app.ui.icons import Icon
from counter_app.ui.screens.counter.sale_line_card import SaleLineCard
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.key_hint import KeyHint
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Divider, Elided, Words

_STANDS = ("buyer", "proxy", "gift_recipient")


class _LookupEdit(QLineEdit):
    """The look-up input: its frame lights up with its focus."""

    focused = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class LookupField(QFrame):
    """Scan or type a receipt, phone, name, case or article.

    Signals:
        asked(str): Enter was pressed on a text.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "searchbox")
        self.input = _LookupEdit()
        self.input.setProperty("look", "bare")
        self.input.setMaxLength(200)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_S, Size.GAP_S)
        row.setSpacing(Size.GAP_S)
        row.addWidget(Icon("scan-barcode", "accent", 22))
        row.addWidget(self.input, 1)
        row.addWidget(KeyHint("F3"))
        self.setFocusProxy(self.input)
        self.input.returnPressed.connect(self._ask)
        self.input.focused.connect(lambda on: theme.set_look(self, "searchbox_focus" if on else "searchbox"))
        self._retranslate()

    def _ask(self) -> None:
        if text := self.input.text().strip():
            self.asked.emit(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.input.setPlaceholderText(self.tr("Scan, or type receipt, phone, name"))
        self.input.setAccessibleName(self.tr("Find a sale, a case or an article"))


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
        self._named = ""
        self._sale: SaleView | None = None
        self._hits: Sequence[Hit] = ()
        self._asked = ""
        self._known = Acquaintance()
        self._flags: Mapping[str, str] = {}
        self._cards: list[SaleLineCard] = []
        self._cards_told: object = None
        self._open_case = False
        self._build()
        self._connect()
        self._retranslate()

    # --- what is shown ------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Ready for the next customer."""
        self._sale, self._hits, self._asked, self._open_case = None, (), "", False
        self.lookup.input.clear()
        self._stack.setCurrentWidget(self._empty_page)

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Several things were found, or nothing at all."""
        self._asked, self._hits = text, hits
        self._show_hit_words()
        self._stack.setCurrentWidget(self._hits_page)
        if hits:
            self._hit_list.focus_first()
        else:
            self._record.setFocus()

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
        self._known, self._flags = known, flags or {}
        self._named = "  ".join(part for part in (name, phone) if part)
        self._name.show_text(self._named or self.tr("Customer not named"))
        for code, button in self._stand_buttons.items():
            button.setChecked(code == stands)
        self._intake.setVisible(self._open_case or self._stack.currentWidget() is self._no_sale_page)
        self._show_history()

    def show_notes(self, notes: NotesAtHand) -> None:
        """What runs today and how the couriers deliver (S4-1)."""
        self._notes_at_hand = notes
        self._show_notes()

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
        return next((code for code, button in self._stand_buttons.items() if button.isChecked()), "buyer")

    def is_without_sale(self) -> bool:
        """Whether the clerk chose to go on without a purchase."""
        return self._stack.currentWidget() is self._no_sale_page

    def wants_digit(self, digit: str) -> bool:
        """Whether a digit chooses one of several hits."""
        return self._stack.currentWidget() is self._hits_page and self._hit_list.has_digit(digit)

    def press_digit(self, digit: str) -> bool:
        """Choose a hit by digit."""
        return self.wants_digit(digit) and self._hit_list.press_digit(digit)

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
        self._hits_page = self._build_hits()
        self._sale_page = self._build_sale()
        self._no_sale = EmptyState("message-circle")
        self._no_sale_page = self._build_no_sale()
        for page in (self._empty_page, self._hits_page, self._sale_page, self._no_sale_page):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self.lookup)
        column.addWidget(self._stack, 1)
        column.addWidget(self._build_customer())

    def _build_hits(self) -> QWidget:
        card = Card()
        self._hits_title = Words("", "lead_strong", wrap=True)
        self._hits_hint = Words("", "secondary", wrap=True)
        self._hit_list = AnswerList()
        self._record = ActionButton("", "file-plus", key="F8", bind=True)
        self._without = ActionButton("", "message-circle", kind="quiet")
        area = _scroll(self._hit_list)
        card.body.addWidget(self._hits_title)
        card.body.addWidget(self._hits_hint)
        card.body.addWidget(area, 1)
        card.body.addWidget(self._record)
        card.body.addWidget(self._without)
        return card

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
        card.body.addWidget(Divider())
        card.body.addWidget(_scroll(holder), 1)
        card.body.addWidget(self._add)
        return card

    def _build_customer(self) -> QWidget:
        self._customer = Card(gap=Size.GAP_XS + 2)
        self._care = Pill("", "accent", self)
        self._customer.head.addWidget(self._care)
        self._intake = ActionButton("", "user-round", key="F5", kind="quiet", bind=True)
        self._customer.head.addWidget(self._intake)
        self._name = Elided("", "strong")
        self._history = Elided("", "note")
        self._marks, self._notes = Elided("", "attention"), Elided("", "note")
        self._notes_at_hand = NotesAtHand()
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_XS)
        self._group = QButtonGroup(self)
        self._stand_buttons: dict[str, ActionButton] = {}
        for code in _STANDS:
            button = ActionButton("", kind="secondary")
            button.setCheckable(True)
            button.setChecked(code == "buyer")
            self._group.addButton(button)
            self._stand_buttons[code] = button
            row.addWidget(button, 1)
        self._customer.body.addWidget(self._name)
        self._customer.body.addWidget(self._history)
        self._customer.body.addWidget(self._marks)
        self._customer.body.addWidget(self._notes)
        self._customer.body.addLayout(row)
        return self._customer

    def _connect(self) -> None:
        self.lookup.asked.connect(self.asked)
        self._hit_list.chosen.connect(lambda key: self.hit_chosen.emit(self._hits[int(key)]))
        self._record.clicked.connect(lambda: self.record_wanted.emit(self._asked))
        self._record_now.clicked.connect(lambda: self.record_wanted.emit(""))
        self._without.clicked.connect(self.without_sale)
        self._empty.action.connect(self.without_sale)
        self._add.clicked.connect(self.add_lines)
        self._intake.clicked.connect(self.intake)
        for code, button in self._stand_buttons.items():
            button.clicked.connect(lambda _on=False, code=code: self.stands_changed.emit(code))

    def _lines_changed(self) -> None:
        self._add.setVisible(self._open_case and bool(self.chosen_lines()))
        self.lines_changed.emit()

    # --- words --------------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        self._name.show_text(self._named or self.tr("Customer not named"))
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
        self._record.setText(self.tr("Record the purchase"))
        self._without.setText(self.tr("Go on without a purchase"))
        self._add.setText(self.tr("Add to this visit"))
        self._customer.set_title(self.tr("Customer"))
        self._intake.setText(self.tr("Details"))
        self._stand_buttons["buyer"].setText(self.tr("Buyer"))
        self._stand_buttons["proxy"].setText(self.tr("Proxy"))
        self._stand_buttons["gift_recipient"].setText(self.tr("Recipient"))
        self._show_hit_words()
        self._show_sale_words()
        self._show_history()
        self._show_notes()

    def _show_hit_words(self) -> None:
        if self._hits:
            self._hits_title.setText(self.tr("%n found", "", len(self._hits)))
            self._hits_hint.setText(self.tr("Choose with a digit or the arrows"))
        else:
            self._hits_title.setText(
                self.tr("Nothing found for “%1”").replace("%1", shown.one_line(self._asked, 40))
            )
            self._hits_hint.setText(
                self.tr(
                    "Check the number, try the phone, or record the purchase with what the customer shows"
                )
            )
        self._hit_list.show_answers([self._hit_answer(at, hit) for at, hit in enumerate(self._hits)])

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
        if not isinstance(hit, ProductHit):
            raise TypeError(f"not a hit: {hit!r}")
        return Answer(
            str(at),
            self.tr("Article") + " " + shown.one_line(hit.name, 40),
            f"{hit.barcode or hit.sku} · {shown.money(hit.price_fen)} · "
            + self.tr("in stock %1").replace("%1", shown.quantity(hit.stock_milli)),
        )

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

    def _show_history(self) -> None:
        self._show_marks()
        earlier = self._known.earlier
        if not earlier:
            self._history.show_text(self.tr("No earlier case"))
            self._history.setToolTip("")
            return
        last = earlier[0]
        self._history.show_text(
            self.tr("%n earlier case(s)", "", len(earlier))
            + f" · {shown.day(last.business_date)} {last.number} {shown.words(last.state_title)}"
        )
        self._history.setToolTip(
            "\n".join(
                f"{shown.day(case.business_date)} {case.number} {shown.words(case.state_title)}"
                for case in earlier
            )
        )

    def _show_marks(self) -> None:
        """Class in the corner; a repeat and the shop's own flags on a line of their own."""
        known = self._known
        said = [] if known.customer_class == "new" else [_class_words(known.customer_class)]
        if known.recognised:
            said.append(self.tr("known"))
        self._care.show_state(" · ".join(said), "accent")
        self._care.setToolTip(
            self.tr("Known from an earlier case: no need to ask who they are") if known.recognised else ""
        )
        marks = [self.tr("the same trouble within 90 days")] if known.repeat else []
        marks += [
            f"{shown.words(case_words.words(f'flag.{colour}'))} {self._flags[colour]}"
            for colour in FLAG_COLOURS
            if colour in self._flags
        ]
        _line(self._marks, " · ".join(marks))

    def _show_notes(self) -> None:
        notes = self._notes_at_hand
        told = [
            self.tr("On offer: {note}").format(note=notes.promotion) if notes.promotion else "",
            self.tr("Couriers: {note}").format(note=notes.courier) if notes.courier else "",
        ]
        _line(self._notes, " · ".join(part for part in told if part))


def _class_words(code: str) -> str:
    return shown.words(case_words.words(f"customer_class.{code}"))


def _line(label: Elided, text: str) -> None:
    """A line that takes no room while it has nothing to say."""
    label.show_text(shown.one_line(text, 300))
    label.setVisible(bool(text))


def _scroll(inner: QWidget) -> QScrollArea:
    inner.setProperty("look", "scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area

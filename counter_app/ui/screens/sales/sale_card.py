"""One sale whole: what was bought, what is left to return, how it was paid, which cases it has."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.sale_views import SaleLineView, SaleView
from counter_app.services import case_views, case_words, staff
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.row_list import ListRow, RowList
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Elided, Words

_COST = 7


class SaleCard(QWidget):
    """Head with the actions, lines, tenders, cases.

    Signals:
        visit(): begin a visit with this sale.
        dates(): change when it was delivered and received.
        split(object): supply the prices of this indivisible line.
        case(int): open a case.
    """

    visit = Signal()
    dates = Signal()
    split = Signal(object)
    case = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sale: SaleView | None = None
        self._build()
        self._retranslate()

    def show_sale(self, sale: SaleView) -> None:
        """Show a sale."""
        self.sale = sale
        self._show()

    def chosen_line(self) -> SaleLineView | None:
        """The line under the cursor."""
        row = self.lines.chosen()
        return row if isinstance(row, SaleLineView) else None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        self._number, self._source = Words("", "title"), Pill("", "plain", self)
        self._paid = Words("", "title")
        self._customer, self._about = Elided("", "strong"), Elided("", "note")
        self._visit = ActionButton("", "play", key="F9", kind="primary")
        self._dates = ActionButton("", "truck", key="Ctrl+D", bind=True)
        self._split = ActionButton("", "split", key="Ctrl+K", bind=True)
        self._head = Card()
        top, acts = QHBoxLayout(), QHBoxLayout()
        for row in (top, acts):
            row.setSpacing(Size.GAP_S)
        top.addWidget(self._number)
        top.addWidget(self._source)
        top.addStretch(1)
        top.addWidget(self._paid)
        for button in (self._visit, self._dates, self._split):
            acts.addWidget(button)
        acts.addStretch(1)
        self._head.body.addLayout(top)
        self._head.body.addWidget(self._customer)
        self._head.body.addWidget(self._about)
        self._head.body.addLayout(acts)
        self.lines = Table(
            [
                Column(lambda: self.tr("Article"), _article),
                Column(
                    lambda: self.tr("Bought"),
                    lambda line: shown.quantity(line.bought_milli),
                    right=True,
                    width=58,
                ),
                Column(
                    lambda: self.tr("Back"),
                    lambda line: shown.quantity(line.returned_milli),
                    right=True,
                    width=50,
                ),
                Column(lambda: self.tr("In case"), _reserved, right=True, tone=_reserved_tone, width=60),
                Column(
                    lambda: self.tr("Left"),
                    lambda line: shown.quantity(line.returnable_milli),
                    right=True,
                    width=50,
                ),
                Column(
                    lambda: self.tr("Price"),
                    lambda line: shown.money(line.unit_price_fen),
                    right=True,
                    width=88,
                ),
                Column(
                    lambda: self.tr("Paid"), lambda line: shown.money(line.paid_fen), right=True, width=92
                ),
                Column(lambda: self.tr("Cost"), _cost, right=True, width=88),
            ]
        )
        self._line_note = Words("", "note", wrap=True)
        self._lines_card = Card()
        self._lines_card.body.addWidget(self.lines, 1)
        self._lines_card.body.addWidget(self._line_note)
        self._tenders, self._cases = RowList(), RowList()
        self._tender_card, self._case_card = Card(), Card()
        self._tender_card.body.addWidget(self._tenders)
        self._tender_card.body.addStretch(1)
        self._case_card.body.addWidget(self._cases)
        self._case_card.body.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(Size.GAP_M)
        below.addWidget(self._tender_card, 1)
        below.addWidget(self._case_card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self._head)
        column.addWidget(self._lines_card, 1)
        column.addLayout(below)
        self._visit.clicked.connect(self.visit)
        self._dates.clicked.connect(self.dates)
        self._split.clicked.connect(lambda: self.split.emit(self.chosen_line()))
        self.lines.current_row.connect(lambda _line: self._show_line())

    def _show(self) -> None:
        sale = self.sale
        if sale is None:
            return
        self._number.setText(sale.order_no or sale.proof_ref or "–")
        where = shown.words(case_words.words_or(f"channel.{sale.channel}", sale.channel))
        parts = (trade_words.platform(sale.platform), where, self._source_words(sale))
        self._source.show_state(" · ".join(dict.fromkeys(part for part in parts if part)))
        self._paid.setText(shown.money(sale.paid_fen))
        named = [sale.customer_masked or self.tr("Customer not named"), sale.phone_masked, sale.area]
        self._customer.show_text("  ·  ".join(part for part in named if part))
        self._about.show_text("  ·  ".join(self._dates_words(sale)))
        self.lines.setColumnHidden(_COST, not staff.may(self._session.desk, roles.COSTS))
        at = max(0, self.lines.currentIndex().row())
        self.lines.rows.show_rows(sale.lines)
        self.lines.choose(min(at, len(sale.lines) - 1))
        self._tenders.show_rows([self._tender(one) for one in sale.tenders])
        self._cases.show_rows(
            [
                ListRow(
                    case.number,
                    shown.day(case.business_date),
                    icon="inbox",
                    pill=shown.words(case_views.state_title(case.state)),
                    act=partial(self.case.emit, case.id),
                    act_name=self.tr("Open this case"),
                )
                for case in sale.cases
            ],
            self.tr("No case of this purchase yet."),
        )
        self._show_allowed()

    def _source_words(self, sale: SaleView) -> str:
        words = {
            "hand": self.tr("typed by hand"),
            "sheet": self.tr("from a sheet"),
            "exchange": self.tr("given in an exchange"),
        }
        return words.get(sale.source) or trade_words.platform(sale.source)

    def _dates_words(self, sale: SaleView) -> list[str]:
        told = [self.tr("bought {day}").format(day=shown.day(sale.purchased_on))]
        if sale.delivered_on is not None:
            told.append(self.tr("delivered {day}").format(day=shown.day(sale.delivered_on)))
        if sale.received_on is not None:
            told.append(self.tr("received {day}").format(day=shown.day(sale.received_on)))
        if sale.discount_fen:
            told.append(self.tr("discount {amount}").format(amount=shown.money(sale.discount_fen)))
        if sale.freight_fen:
            told.append(self.tr("freight {amount}").format(amount=shown.money(sale.freight_fen)))
        return told

    def _tender(self, tender) -> ListRow:
        back = (
            self.tr("back {amount}").format(amount=shown.money(tender.refunded_fen))
            if tender.refunded_fen
            else ""
        )
        return ListRow(
            trade_words.tender(tender.tender),
            " · ".join(part for part in (shown.one_line(tender.reference, 40), back) if part),
            shown.money(tender.paid_fen),
            icon="credit-card",
        )

    def _show_line(self) -> None:
        line = self.chosen_line()
        self._show_allowed()
        if line is None:
            self._line_note.clear()
            return
        told = [
            line.barcode or line.sku,
            line.serial,
            shown.words(line.category_title),
            self.tr("guarantee until {day}").format(day=shown.day(line.guarantee_until))
            if line.guarantee_until
            else "",
            self.tr("tax {rate}").format(rate=shown.percent(line.tax_rate_bp)),
            self.tr("one sum for several articles: split it to return single ones")
            if self._splittable(line)
            else "",
            self.tr("part of a split line") if line.split_of else "",
        ]
        self._line_note.setText(" · ".join(part for part in told if part))

    def _splittable(self, line: SaleLineView | None) -> bool:
        return line is not None and line.indivisible and not line.split

    def _show_allowed(self) -> None:
        desk = self._session.desk
        why = self.tr("Your role does not allow this.")
        self._dates.allow(staff.may(desk, roles.SALE), why)
        self._visit.allow(staff.may(desk, roles.REGISTER), why)
        if not staff.may(desk, roles.IMPORT):
            self._split.allow(False, why)
            return
        self._split.allow(
            self._splittable(self.chosen_line()),
            self.tr("Only a line known by its total alone can be split."),
        )

    def _retranslate(self) -> None:
        self._visit.setText(self.tr("Begin a visit"))
        self._dates.setText(self.tr("Delivered, received"))
        self._split.setText(self.tr("Split the line"))
        self._lines_card.set_title(self.tr("What was bought"))
        self.lines.setAccessibleName(self.tr("What was bought"))
        self._tender_card.set_title(self.tr("How it was paid"))
        self._case_card.set_title(self.tr("Cases of this purchase"))
        self._show()
        self._show_line()


def _article(line: SaleLineView) -> str:
    return f"↳ {line.name}" if line.split_of else line.name


def _reserved(line: SaleLineView) -> str:
    return shown.quantity(line.reserved_milli) if line.reserved_milli else ""


def _reserved_tone(line: SaleLineView) -> str:
    return "attention" if line.reserved_milli else ""


def _cost(line: SaleLineView) -> str:
    return "" if line.cost_fen is None else shown.money(line.cost_fen)

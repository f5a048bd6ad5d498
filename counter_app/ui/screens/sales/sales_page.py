"""Page of the sales screen: every purchase, found as one types, whole at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.domain.new_sale import NewSale
from counter_app.domain.sale_views import ProductView, SaleHit, SaleLineView, SaleView
from counter_app.services import products, sale_list, sales, signals, staff
from counter_app.services.desk import Desk
from counter_app.services.sales import SplitPart
from counter_app.ui import format as shown
from counter_app.ui.screens.counter.record_sale_dialog import RecordSaleDialog
from counter_app.ui.screens.sales.dates_dialog import DatesDialog
from counter_app.ui.screens.sales.page import SalesPage
from counter_app.ui.screens.sales.sale_card import SaleCard
from counter_app.ui.screens.sales.split_dialog import SplitDialog
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.search_box import SearchBox
from counter_app.ui.widgets.table import SORT_KEY, Column, Table

#: While arrows run down the list, or somebody types, only the sale they stop at is read whole.
SETTLED_MS = 60


def find_product(desk: Desk, text: str) -> ProductView | None:
    """The one article with exactly this barcode, SKU or name."""
    for product in products.list_products(desk, text, limit=50):
        if text in (product.barcode, product.sku, product.name):
            return product
    return None


class PurchasesPage(SalesPage):
    """List left, sale right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._sale_id: int | None = None
        self._listed = ""
        """What the list was last asked for."""
        self.box = SearchBox("scan-barcode")
        self.table = Table(
            [
                Column(
                    lambda: self.tr("Bought"),
                    lambda row: shown.day(row.purchased_on),
                    width=98,
                    sort=sale_list.PURCHASED_ON,
                ),
                Column(
                    lambda: self.tr("Number"), lambda row: row.order_no, width=142, sort=sale_list.ORDER_NO
                ),
                Column(
                    lambda: self.tr("Customer"), lambda row: row.customer_masked or row.phone_masked, width=76
                ),
                Column(lambda: self.tr("Goods"), lambda row: shown.one_line(row.goods, 80)),
                Column(
                    lambda: self.tr("Paid"),
                    lambda row: shown.money(row.paid_fen),
                    right=True,
                    width=96,
                    sort=sale_list.PAID_FEN,
                ),
            ],
            fetch=self._fetch,
        )
        self._empty = EmptyState("shopping-bag")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        self.card = SaleCard(session)
        self._nothing = EmptyState("receipt")
        blank = Card()
        blank.body.addWidget(self._nothing)
        self._pages = QStackedWidget()
        self._pages.addWidget(blank)
        self._pages.addWidget(self.card)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLED_MS)
        self._soon.timeout.connect(self._load_sale)
        self._record = ActionButton("", "file-plus", key="Ctrl+N", bind=True)
        listed = Card()
        listed.body.addWidget(self._lists, 1)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(Size.GAP_M)
        left.addWidget(self.box)
        left.addWidget(listed, 1)
        left.addWidget(self._record)
        right.addWidget(self.banner)
        right.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_M + 2)
        row.addLayout(left, 11)
        row.addLayout(right, 12)
        self.box.asked.connect(self._searched)
        session.desk_changed.connect(self.box.forget)
        self.box.down.connect(self._to_list)
        self.table.current_row.connect(self._moved)
        self.table.opened.connect(self._to_lines)
        self.table.sorted.connect(self.load)
        self._record.clicked.connect(self.record)
        self._empty.action.connect(self.record)
        self.card.visit.connect(self.post)
        self.card.dates.connect(self.change_dates)
        self.card.split.connect(self.split)
        self.card.case.connect(lambda case_id: self.wants.emit("cases", case_id))
        self._retranslate()

    def load(self) -> None:
        before = self._listed
        if not self._list():
            return
        rows = self.table.rows.rows()
        at = next((at for at, row in enumerate(rows) if row.sale_id == self._sale_id), None)
        if at is None and self._sale_id is not None and before == self._listed:
            self._load_sale()  # somebody went to a sale that the list does not reach: it stays
        else:
            self._choose(rows, at or 0)
            self._settle()

    def _searched(self, _text: str) -> None:
        """Somebody typed: the list comes at once, the sale beside it when they stop."""
        if self._list():
            rows = self.table.rows.rows()
            self._choose(rows, next((at for at, row in enumerate(rows) if row.sale_id == self._sale_id), 0))

    def _list(self) -> bool:
        """Ask anew for the list; whether it came."""
        self.table.offer(() if self.box.text() else sale_list.SORTED)
        try:
            with QSignalBlocker(self.table.selectionModel()):
                self.table.rows.reload(through=self.table.currentIndex().row())
                self.table.mark(self.box.text())
            self._listed = self.box.text()
        except CounterError as error:
            self.refuse(error)
            return False
        self._lists.setCurrentWidget(self.table if self.table.rows.rowCount() else self._empty)
        self._show_empty()
        self._record.allow(
            staff.may(self.session.desk, roles.SALE), self.tr("Your role does not allow this.")
        )
        return True

    def _choose(self, rows: Sequence[SaleHit], at: int) -> None:
        with QSignalBlocker(self.table):
            self.table.choose(at)
        self._moved(rows[at] if rows else None)

    def arrive(self) -> None:
        self.search()

    def search(self) -> None:
        self.box.setFocus()
        self.box.input.selectAll()

    def post(self) -> None:
        """F9: begin a visit with this purchase."""
        self._settle()
        sale = self.card.sale
        if self._sale_id is not None and sale is not None and staff.may(self.session.desk, roles.REGISTER):
            self.wants.emit("counter", sale.order_no)

    def show_sale(self, sale_id: int) -> None:
        """Go to one sale."""
        self._sale_id = sale_id
        self.load()

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F3", self.tr("Search")),
            KeyLine("F9", self.tr("Begin a visit with this purchase")),
            KeyLine(SORT_KEY, self.tr("Sort by the next column")),
            KeyLine("Ctrl+N", self.tr("Record a purchase by hand")),
            KeyLine("Ctrl+D", self.tr("When it was delivered and received")),
            KeyLine("Ctrl+K", self.tr("Split a line known by its total")),
        ]

    def record(self) -> None:
        """Type a purchase in."""
        if not self._record.isEnabled():
            return
        desk = self.session.desk
        dialog = RecordSaleDialog(
            "",
            desk.today(),
            lambda text: find_product(desk, text),
            self._record_sale,
            self,
            lowest=lambda product_id: signals.lowest_without_proof(desk, product_id),
        )
        if dialog.exec() and dialog.sale is not None:
            self.show_sale(dialog.sale.id)

    def change_dates(self) -> None:
        """When the goods were delivered and received."""
        self._settle()
        sale = self.card.sale
        if sale is not None:
            DatesDialog(sale, self._keep_dates, self).exec()

    def split(self, line: object) -> None:
        """Supply the prices of an indivisible line."""
        if isinstance(line, SaleLineView):
            desk = self.session.desk
            SplitDialog(line, lambda text: find_product(desk, text), self._keep_split, self).exec()

    def _record_sale(self, new: NewSale, request: str) -> SaleView:
        return self.session.act(sales.record_sale, new, request)

    def _keep_dates(self, given: dict[str, date]) -> None:
        assert self.card.sale is not None
        self.session.act(sales.set_dates, self.card.sale.id, **given)

    def _keep_split(self, parts: Sequence[SplitPart]) -> None:
        line = self.card.chosen_line()
        assert line is not None
        self.session.act(sales.split_line, line.id, parts)

    def _fetch(self, last: SaleHit | None, count: int) -> Sequence[SaleHit]:
        order = self.table.order
        if order is not None and not self.box.text():
            return sale_list.list_sorted(self.session.desk, order, last, count)
        return sale_list.list_sales(self.session.desk, self.box.text(), last.sale_id if last else None, count)

    def _moved(self, row: object) -> None:
        self._sale_id = row.sale_id if isinstance(row, SaleHit) else None
        if self._sale_id is None:
            self._load_sale()
        else:
            self._soon.start()

    def _settle(self) -> None:
        """What is about to be shown is shown now: somebody goes on with it."""
        if self._soon.isActive():
            self._load_sale()

    def _to_lines(self) -> None:
        self._settle()
        self.card.lines.setFocus()

    def _load_sale(self) -> None:
        self._soon.stop()
        if self._sale_id is None:
            self._pages.setCurrentIndex(0)
            return
        try:
            self.card.show_sale(sales.sale(self.session.desk, self._sale_id))
        except CounterError as error:
            self.refuse(error)
            return
        self._pages.setCurrentWidget(self.card)

    def _to_list(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus()

    def _show_empty(self) -> None:
        if self.box.text():
            self._empty.say(
                self.tr("No purchase fits"),
                self.tr("Try the phone, a product, or part of the number; or record it by hand."),
                self.tr("Record it by hand"),
            )
        else:
            self._empty.say(
                self.tr("No purchases yet"),
                self.tr("Import the shop's orders (Alt+3), or record one by hand."),
                self.tr("Record one by hand"),
            )

    def _retranslate(self) -> None:
        self.box.set_hint(self.tr("Order, receipt, phone, name, product"))
        self.table.setAccessibleName(self.tr("Purchases"))
        self._record.setText(self.tr("Record a purchase by hand"))
        self._nothing.say(self.tr("No purchase chosen"), self.tr("Choose one in the list."))
        self._show_empty()

"""Page of the sales screen: what the shop sells, and how much of it is there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.domain.new_product import NewProduct
from counter_app.domain.sale_views import ProductView
from counter_app.services import case_words, products, rules, staff
from counter_app.ui import format as shown
from counter_app.ui.screens.sales.page import SalesPage
from counter_app.ui.screens.sales.product_dialogs import CountDialog, ProductDialog
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.search_box import SearchBox
from counter_app.ui.widgets.table import SORT_KEY, Column, Table
from counter_app.ui.widgets.words import Words

_COST = 6


class ProductsPage(SalesPage):
    """A table with the stock that can be sold; where the rest lies stands beneath."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.box = SearchBox("scan-barcode")
        self._former = QCheckBox()
        self.table = Table(
            [
                Column(lambda: self.tr("Code"), lambda row: row.sku, width=130, sort=products.SKU),
                Column(lambda: self.tr("Barcode"), lambda row: row.barcode, width=140),
                Column(lambda: self.tr("Article"), lambda row: row.name),
                Column(lambda: self.tr("Category"), self._category, width=130),
                Column(lambda: self.tr("Stock"), _stock, right=True, tone=_stock_tone, width=84),
                Column(
                    lambda: self.tr("Price"),
                    lambda row: shown.money(row.price_fen),
                    right=True,
                    width=104,
                    sort=products.PRICE_FEN,
                ),
                Column(lambda: self.tr("Cost"), _cost, right=True, width=104),
                Column(
                    lambda: self.tr("Tax"), lambda row: shown.percent(row.tax_rate_bp), right=True, width=66
                ),
            ],
            fetch=self._fetch,
        )
        self._empty = EmptyState("boxes")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        self._places = Words("", "note", wrap=True)
        self._add = ActionButton("", "plus", key="Ctrl+N", bind=True)
        self._edit = ActionButton("", "pencil", key="Ctrl+Return", bind=True)
        self._count = ActionButton("", "clipboard-check", key="F9", kind="primary")
        card = Card(gap=Size.GAP_M)
        card.body.addWidget(self._lists, 1)
        card.body.addWidget(self._places)
        top, acts = QHBoxLayout(), QHBoxLayout()
        for row in (top, acts):
            row.setSpacing(Size.GAP_M)
        top.addWidget(self.box, 1)
        top.addWidget(self._former)
        for button in (self._count, self._edit, self._add):
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(card, 1)
        column.addLayout(acts)
        self.box.asked.connect(lambda _text: self.load())
        session.desk_changed.connect(self.box.forget)
        self.box.down.connect(self.table.setFocus)
        self._former.toggled.connect(lambda _on: self.load())
        self.table.current_row.connect(lambda _row: self._show_chosen())
        self.table.opened.connect(lambda _row: self.change())
        self.table.sorted.connect(self.load)
        self._add.clicked.connect(self.add)
        self._edit.clicked.connect(self.change)
        self._count.clicked.connect(self.post)
        self._empty.action.connect(self.add)
        self._retranslate()

    def load(self) -> None:
        held = self.table.chosen()
        self._known = rules.current_rules(self.session.desk).categories
        self.table.offer(() if self.box.text() else products.SORTED)
        try:
            self.table.rows.reload(through=self.table.currentIndex().row())
            self.table.mark(self.box.text())
        except CounterError as error:
            self.refuse(error)
            return
        rows = self.table.rows.rows()
        self.table.setColumnHidden(_COST, not staff.may(self.session.desk, roles.COSTS))
        self._lists.setCurrentWidget(self.table if rows else self._empty)
        self._show_empty()
        sku = held.sku if isinstance(held, ProductView) else ""
        self.table.choose(next((at for at, row in enumerate(rows) if row.sku == sku), 0))
        self._show_chosen()

    def arrive(self) -> None:
        self.search()

    def search(self) -> None:
        self.box.setFocus()
        self.box.input.selectAll()

    def post(self) -> None:
        """F9: count the stock of the chosen article."""
        product = self._chosen()
        if product is not None and self._count.isEnabled():
            CountDialog(
                product, lambda milli: self.session.act(products.count_stock, product.id, milli), self
            ).exec()

    def add(self) -> None:
        """A new article."""
        if self._add.isEnabled():
            self._ask(None)

    def change(self) -> None:
        """Change the chosen article."""
        product = self._chosen()
        if product is not None and self._edit.isEnabled():
            self._ask(product)

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F3", self.tr("Search")),
            KeyLine("F9", self.tr("Count the stock of the chosen article")),
            KeyLine(SORT_KEY, self.tr("Sort by the next column")),
            KeyLine("Ctrl+Enter", self.tr("Change the article")),
            KeyLine("Ctrl+N", self.tr("New article")),
        ]

    def _ask(self, product: ProductView | None) -> None:
        desk = self.session.desk
        ProductDialog(
            product,
            rules.current_rules(desk).categories,
            staff.may(desk, roles.COSTS),
            self._keep,
            self,
        ).exec()

    def _keep(self, new: NewProduct) -> None:
        self.session.act(products.save_product, new)

    def _chosen(self) -> ProductView | None:
        row = self.table.chosen()
        return row if isinstance(row, ProductView) else None

    def _fetch(self, last: ProductView | None, count: int) -> Sequence[ProductView]:
        return products.list_products(
            self.session.desk,
            self.box.text(),
            active_only=not self._former.isChecked(),
            limit=count,
            after=last,
            order=self.table.order,
        )

    def _category(self, row: ProductView) -> str:
        terms = self._known.get(row.category)
        if terms is None:
            return row.category
        return terms.zh if shown.is_chinese() else terms.en

    def _show_chosen(self) -> None:
        desk, product = self.session.desk, self._chosen()
        why = self.tr("Your role does not allow this.")
        imports = staff.may(desk, roles.IMPORT)
        self._add.allow(imports, why)
        # Whoever may not see the cost would wipe it out with the form they are shown.
        self._edit.allow(product is not None and imports and staff.may(desk, roles.COSTS), why)
        self._count.allow(product is not None and staff.may(desk, roles.STOCK), why)
        if product is None:
            self._places.clear()
            return
        told = [
            f"{shown.words(case_words.code_words('dispositions', place))} {shown.quantity(milli)}"
            for place, milli in sorted(product.places.items())
        ]
        where = " · ".join(told) or self.tr("nothing in the book")
        self._places.setText(self.tr("{name} lies: {where}").format(name=product.name, where=where))

    def _show_empty(self) -> None:
        if self.box.text():
            self._empty.say(
                self.tr("No article fits"), self.tr("Try part of the name, the code or the barcode.")
            )
        else:
            self._empty.say(
                self.tr("No articles yet"),
                self.tr("Import a list of articles (Alt+3), or add the first one."),
                self.tr("New article"),
            )

    def _retranslate(self) -> None:
        self.box.set_hint(self.tr("Name, pinyin, code, barcode or model"))
        self.table.setAccessibleName(self.tr("Articles"))
        self._former.setText(self.tr("Also those no longer sold"))
        self._add.setText(self.tr("New article"))
        self._edit.setText(self.tr("Change"))
        self._count.setText(self.tr("Count the stock"))
        self._show_empty()
        self._show_chosen()


def _stock(row: ProductView) -> str:
    return shown.quantity(row.stock_milli)


def _stock_tone(row: ProductView) -> str:
    return "late" if row.stock_milli < 0 else "secondary" if not row.stock_milli else ""


def _cost(row: ProductView) -> str:
    return "" if row.cost_fen is None else shown.money(row.cost_fen)

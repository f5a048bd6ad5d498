"""The sales screen: purchases, articles and stock, import, and orders to decide."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.ui.screens.sales.holds_page import HoldsPage
from counter_app.ui.screens.sales.import_page import ImportPage
from counter_app.ui.screens.sales.page import SalesPage
from counter_app.ui.screens.sales.products_page import ProductsPage
from counter_app.ui.screens.sales.sales_page import PurchasesPage
from counter_app.ui.screens.screen import KeyLine, Screen
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.choice_bar import ChoiceBar


class SalesScreen(Screen):
    """Four pages; one is in front."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bar = ChoiceBar(
            [
                ("purchases", "shopping-bag", "Alt+1"),
                ("products", "boxes", "Alt+2"),
                ("import", "upload", "Alt+3"),
                ("holds", "merge", "Alt+4"),
            ]
        )
        self.purchases, self.products = PurchasesPage(session), ProductsPage(session)
        self.imports, self.holds = ImportPage(session), HoldsPage(session)
        self._pages: dict[str, SalesPage] = {
            "purchases": self.purchases,
            "products": self.products,
            "import": self.imports,
            "holds": self.holds,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
            page.wants.connect(self._wanted)
        top = QHBoxLayout()
        top.addWidget(self.bar)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_L)
        column.setSpacing(Size.GAP_M)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        self.bar.chosen.connect(self._go)
        self._retranslate()

    def page(self) -> SalesPage:
        """The page in front."""
        return self._pages[self.bar.current()]

    def show_page(self, key: str) -> None:
        """Go to a page: purchases, products, import, holds."""
        self.bar.choose(key)

    def arrive(self) -> None:
        self._load()
        self.page().arrive()

    def refresh(self, changed: frozenset[str]) -> None:
        if self.isVisible() and changed & {"sale", "stock", "case", "money", "policy"}:
            self._load()

    def desk_changed(self) -> None:
        if self.isVisible() and self.session.desk.staff is not None:
            self._load()

    def show_subject(self, subject: object) -> None:
        """A sale by its id, or a page by its name."""
        if isinstance(subject, int):
            self.bar.choose("purchases")
            self.purchases.show_sale(subject)
        elif subject in self._pages:
            self.bar.choose(str(subject))

    def keys(self) -> list[KeyLine]:
        return [KeyLine("Alt+1…4", self.tr("Purchases, articles, import, to decide")), *self.page().keys()]

    def take_scan(self, code: str) -> bool:
        """A scanned article is looked up among the articles while they are in front."""
        if self.page() is not self.products:
            return False
        self.products.box.input.setText(code)
        self.products.load()
        return True

    def wants_key(self, character: str) -> bool:
        return self.page() is self.holds and self.holds.wants_digit(character)

    def take_key(self, character: str) -> None:
        self.holds.answers.press_digit(character)

    def search(self) -> None:
        self.page().search()

    def post(self) -> None:
        self.page().post()

    def may_leave(self) -> bool:
        return True

    def end(self) -> None:
        self.imports.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.end()
        super().closeEvent(event)

    def _go(self, key: str) -> None:
        self._stack.setCurrentWidget(self._pages[key])
        self._pages[key].load()
        self._pages[key].arrive()

    def _wanted(self, key: str, subject: object) -> None:
        if key in self._pages:
            self.bar.choose(key)
        else:
            self.wants.emit(key, subject)

    def _load(self) -> None:
        self.page().load()
        if self.page() is not self.holds:
            self.holds.load()
        self.bar.show_count("holds", self.holds.count())

    def _retranslate(self) -> None:
        self.bar.say(
            {
                "purchases": self.tr("Purchases"),
                "products": self.tr("Articles and stock"),
                "import": self.tr("Import"),
                "holds": self.tr("To decide"),
            }
        )

"""The sales screen: purchases, articles and stock, import, and orders to decide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import import_holds
from counter_app.ui.screens.screen import KeyLine, Screen, made_by
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.pages import Pages

if TYPE_CHECKING:
    from counter_app.ui.screens.sales.holds_page import HoldsPage
    from counter_app.ui.screens.sales.import_page import ImportPage
    from counter_app.ui.screens.sales.page import SalesPage
    from counter_app.ui.screens.sales.products_page import ProductsPage
    from counter_app.ui.screens.sales.sales_page import PurchasesPage

_PAGES = {
    "purchases": ("sales_page", "PurchasesPage"),
    "products": ("products_page", "ProductsPage"),
    "import": ("import_page", "ImportPage"),
    "holds": ("holds_page", "HoldsPage"),
}


class SalesScreen(Screen):
    """Four pages; one is in front, and each is built when it is first shown."""

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
        self._pages = Pages(
            {
                key: partial(made_by(f"sales.{module}", name), session)
                for key, (module, name) in _PAGES.items()
            }
        )
        top = QHBoxLayout()
        top.addWidget(self.bar)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_L)
        column.setSpacing(Size.GAP_M)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self._pages, 1)
        self.bar.chosen.connect(self._go)
        self._pages.wants.connect(self._wanted)
        self._retranslate()

    @property
    def purchases(self) -> PurchasesPage:
        """What was bought."""
        page: PurchasesPage = self._pages["purchases"]
        return page

    @property
    def products(self) -> ProductsPage:
        """The articles."""
        page: ProductsPage = self._pages["products"]
        return page

    @property
    def imports(self) -> ImportPage:
        """Files taken in."""
        page: ImportPage = self._pages["import"]
        return page

    @property
    def holds(self) -> HoldsPage:
        """Orders that somebody decides."""
        page: HoldsPage = self._pages["holds"]
        return page

    def page(self) -> SalesPage:
        """The page in front."""
        page: SalesPage = self._pages.bring(self.bar.current())
        return page

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
        if self.bar.current() != "products":
            return False
        self.products.box.input.setText(code)
        self.products.load()
        return True

    def wants_key(self, character: str) -> bool:
        return self.bar.current() == "holds" and self.holds.wants_digit(character)

    def take_key(self, character: str) -> None:
        self.holds.answers.press_digit(character)

    def search(self) -> None:
        self.page().search()

    def post(self) -> None:
        self.page().post()

    def may_leave(self) -> bool:
        return True

    def end(self) -> None:
        if self._pages.is_built("import"):
            self.imports.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.end()
        super().closeEvent(event)

    def _go(self, key: str) -> None:
        page: SalesPage = self._pages.bring(key)
        page.load()
        page.arrive()

    def _wanted(self, key: str, subject: object) -> None:
        if key in self._pages:
            self.bar.choose(key)
        else:
            self.wants.emit(key, subject)

    def _load(self) -> None:
        self.page().load()
        try:
            self.bar.show_count("holds", import_holds.waiting(self.session.desk))
        except CounterError as error:
            self.banner.show_error(error)

    def _retranslate(self) -> None:
        self.bar.say(
            {
                "purchases": self.tr("Purchases"),
                "products": self.tr("Articles and stock"),
                "import": self.tr("Import"),
                "holds": self.tr("To decide"),
            }
        )

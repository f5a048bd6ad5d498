"""The goods screen: what lies where, claims, recalls, destruction, counts, gifts and deposits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services import claim_views, recalls
from counter_app.services.paper_codes import HousePaper
from counter_app.ui.screens.screen import KeyLine, Screen, made_by
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.pages import Pages

if TYPE_CHECKING:
    from counter_app.ui.screens.goods.claims_page import ClaimsPage
    from counter_app.ui.screens.goods.counts_page import CountsPage
    from counter_app.ui.screens.goods.gifts_page import GiftsPage
    from counter_app.ui.screens.goods.page import GoodsPage
    from counter_app.ui.screens.goods.recalls_page import RecallsPage
    from counter_app.ui.screens.goods.scrap_page import ScrapPage
    from counter_app.ui.screens.goods.stock_page import StockPage

PAGES = (
    ("stock", "boxes", "Alt+1"),
    ("claims", "truck", "Alt+2"),
    ("recalls", "triangle-alert", "Alt+3"),
    ("scrap", "trash-2", "Alt+4"),
    ("counts", "clipboard-check", "Alt+5"),
    ("gifts", "gift", "Alt+6"),
)


class GoodsScreen(Screen):
    """Six pages; one is in front, and each is built when it is first shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bar = ChoiceBar(PAGES)
        self._pages = Pages(
            {
                key: partial(made_by(f"goods.{key}_page", f"{key.title()}Page"), session)
                for key, _icon, _press in PAGES
            }
        )
        self._pages.wants.connect(self.wants)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_L)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self.bar)
        column.addWidget(self.banner)
        column.addWidget(self._pages, 1)
        self.bar.chosen.connect(self._go)
        self._retranslate()

    @property
    def stock(self) -> StockPage:
        """What lies where."""
        page: StockPage = self._pages["stock"]
        return page

    @property
    def claims(self) -> ClaimsPage:
        """Claims on suppliers and couriers."""
        page: ClaimsPage = self._pages["claims"]
        return page

    @property
    def recalls(self) -> RecallsPage:
        """Goods called back."""
        page: RecallsPage = self._pages["recalls"]
        return page

    @property
    def scrap(self) -> ScrapPage:
        """What was destroyed."""
        page: ScrapPage = self._pages["scrap"]
        return page

    @property
    def counts(self) -> CountsPage:
        """Stock counts."""
        page: CountsPage = self._pages["counts"]
        return page

    @property
    def gifts(self) -> GiftsPage:
        """Gifts and deposits."""
        page: GiftsPage = self._pages["gifts"]
        return page

    def page(self) -> GoodsPage:
        """The page in front."""
        page: GoodsPage = self._pages.bring(self.bar.current())
        return page

    def show_page(self, key: str) -> None:
        """Go to a page: stock, claims, recalls, scrap, counts, gifts."""
        self.bar.choose(key)

    def arrive(self) -> None:
        self._load()
        self.page().arrive()

    def refresh(self, changed: frozenset[str]) -> None:
        if self.isVisible() and changed & {"stock", "case", "money", "sale", "policy", "task"}:
            self._load()

    def desk_changed(self) -> None:
        if self.isVisible() and self.session.desk.staff is not None:
            self._load()

    def show_subject(self, subject: object) -> None:
        """A page by its name, a place by its code, a paper by its number; one that was scanned is shown."""
        told = subject.number if isinstance(subject, HousePaper) else str(subject)
        if told in self._pages:
            self.bar.choose(told)
        elif told.startswith(("TC", "ZC")):
            self.bar.choose("claims")
            self.claims.show_claim(told)
        elif told.startswith("ZH"):
            self.bar.choose("recalls")
        elif told.startswith("XH"):
            self.bar.choose("scrap")
        elif told.startswith("PD"):
            self.bar.choose("counts")
        elif told.startswith("V"):
            self.bar.choose("stock")
            self.stock.show_place(told)
        if isinstance(subject, HousePaper):
            self.page().show_paper(subject.number, subject.check)

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("Alt+1…6", self.tr("Stock, claims, recalls, destroyed, counts, gifts")),
            *self.page().keys(),
        ]

    def take_scan(self, code: str) -> bool:
        """An article is looked for while the stock is in front; goods papers the window opens by themselves."""
        if self.bar.current() != "stock":
            return False
        self.stock.box.input.setText(code)
        return True

    def search(self) -> None:
        self.page().search()

    def post(self) -> None:
        self.page().post()

    def print_again(self) -> None:
        self.page().print_again()

    def _go(self, key: str) -> None:
        page: GoodsPage = self._pages.bring(key)
        page.load()
        page.arrive()

    def _load(self) -> None:
        self.page().load()
        desk = self.session.desk
        late = sum(claim_views.figures(desk, kind).overdue for kind in ("supplier", "courier"))
        self.bar.show_count("claims", late)
        self.bar.show_count("recalls", len(recalls.recalls(desk, open_only=True)))

    def _retranslate(self) -> None:
        self.bar.say(
            {
                "stock": self.tr("What lies where"),
                "claims": self.tr("Claims"),
                "recalls": self.tr("Recalls"),
                "scrap": self.tr("Destroyed"),
                "counts": self.tr("Counts"),
                "gifts": self.tr("Gifts and deposits"),
            }
        )

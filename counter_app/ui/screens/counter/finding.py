"""Finding what a visit stands on: a purchase, a case, an article; or recording the purchase there and then."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from counter_app.domain.new_sale import NewSale
from counter_app.domain.sale_views import (
    CaseHit,
    HistoryHit,
    Hit,
    ProductHit,
    ProductView,
    SaleHit,
    SaleLineView,
    SaleView,
)
from counter_app.services import (
    archive_refunds,
    customer_history,
    lookup,
    paper_codes,
    products,
    sales,
    signals,
    visit,
    walks,
)
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.paper_told import PaperTold
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.counter.record_sale_dialog import RecordSaleDialog
from counter_app.ui.screens.counter.visit_acts import VisitActs

if TYPE_CHECKING:
    from counter_app.ui.screens.counter.counter_screen import CounterScreen


class Finding(VisitActs):
    """From a scan or a typed word to a visit."""

    def __init__(self, screen: CounterScreen) -> None:
        super().__init__(screen)
        self._joining: SaleView | None = None

    def forget(self) -> None:
        """The next customer."""
        self._joining = None

    def look_up(self, text: str) -> None:
        """Look up what was scanned or typed."""
        screen = self._screen
        screen.banner.dismiss()
        house = paper_codes.house(self._desk, text)
        if house is not None:
            screen.wants.emit(house.room, house)
            return
        paper = paper_codes.check(self._desk, text)
        if paper is not None:
            self._tell_paper(paper)
            return
        hits = lookup.lookup(self._desk, text)
        if len(hits) == 1 and not isinstance(hits[0], (ProductHit, HistoryHit)):
            self.open_hit(hits[0])
            return
        if not self._takes_a_sale():
            screen.begin(None)
        screen.sale_panel.show_hits(text, hits)
        screen.show_work()

    def _tell_paper(self, paper: paper_codes.PaperCheck) -> None:
        """The check code of a paper: its case is opened, and said whether the paper is what we have."""
        case_id = paper.case_id
        if case_id is None and paper.papers:
            case_id = paper.papers[0].case_id
        if case_id is not None:
            self.open_case(case_id)
        PaperTold().tell(self._screen.banner, paper, ZoneInfo(self._desk.shop.time_zone))

    def open_hit(self, hit: Hit) -> None:
        """Open what was found."""
        screen = self._screen
        if isinstance(hit, SaleHit):
            screen.attempt(partial(self.open_sale, hit.sale_id, hit.line_id))
        elif isinstance(hit, CaseHit):
            self.open_case(hit.case_id)
        elif isinstance(hit, HistoryHit):
            self.open_history(hit.number)
        else:
            screen.banner.say(
                self.tr("%1: %2 in stock")
                .replace("%1", shown.one_line(hit.name, 60))
                .replace("%2", shown.quantity(hit.stock_milli)),
                self.tr("To take it back, find its purchase or record it"),
            )
            self.record(hit.barcode or hit.sku)

    def open_history(self, number: str) -> None:
        """What archives of lost times tell of a case; there is nothing to go on with."""
        from counter_app.ui.screens.history.history_dialog import HistoryDialog

        HistoryDialog(self._screen.session, number, self._screen).exec()

    def warn_of_history(self, sale_id: int) -> None:
        """Say when an archive of lost times tells a refund of this purchase or these goods."""
        told = archive_refunds.refunded_for_sale(self._desk, sale_id)
        if told is None:
            return
        self._screen.banner.say(
            self.tr("Refunded before, according to the archive of %1: %2 owed, %3 paid")
            .replace("%1", ", ".join(told.periods))
            .replace("%2", shown.money(told.owed_fen))
            .replace("%3", shown.money(told.paid_fen)),
            self.tr("%1: see that nothing is refunded twice; a further refund asks for approval").replace(
                "%1", ", ".join(told.numbers[:3])
            ),
            "attention",
        )

    def open_sale(self, sale_id: int, line_id: int | None = None) -> None:
        """A purchase on the counter: of the visit in hand where that has none yet, else of a new visit."""
        sale = sales.sale(self._desk, sale_id)
        if self._takes_a_sale() and self._belongs_here(sale):
            self._join(sale, line_id)
            return
        self._begin(sale, line_id)

    def open_case(self, case_id: int) -> None:
        """Open a case where it stands: resumed another day, or found by its slip's code."""
        screen = self._screen
        screen.begin(None)
        screen.attempt(lambda: screen.take_view(walks.view(self._desk, case_id)))
        screen.question_panel.focus_question()

    def record(self, typed: str) -> None:
        """No purchase was found: record it with what the customer shows."""
        screen = self._screen

        def find(text: str) -> ProductView | None:
            found = products.list_products(self._desk, text, limit=2)
            exact = [entry for entry in found if text in (entry.barcode, entry.sku, entry.name)]
            return exact[0] if exact else found[0] if len(found) == 1 else None

        def record(new: NewSale, request: str) -> SaleView:
            return screen.session.act(sales.record_sale, new, request)

        dialog = RecordSaleDialog(
            typed,
            self._desk.today(),
            find,
            record,
            screen,
            lowest=partial(signals.lowest_without_proof, self._desk),
        )
        if not dialog.exec() or dialog.sale is None:
            return
        if self._takes_a_sale():
            screen.attempt(partial(self._join, dialog.sale, None))
        else:
            screen.attempt(partial(self._begin, dialog.sale, None))

    def without_sale(self) -> None:
        """A visit without a purchase: a question, a complaint, a parcel."""
        screen = self._screen
        if self._takes_a_sale():
            screen.take_view(self._view())
            screen.question_panel.focus_question()
            return
        screen.begin(None)
        screen.sale_panel.show_without_sale()
        screen.show_work()
        screen.question_panel.focus_question()

    def join_chosen(self) -> None:
        """The lines ticked on a purchase that was found after all join the visit."""
        if self._joining is not None:
            self._attach(self._joining, self._screen.sale_panel.chosen_lines())

    # --- a visit without a purchase gets one --------------------------------------------------------

    def _takes_a_sale(self) -> bool:
        view = self._screen.view
        walk = self._screen.walk()
        return (
            view is not None
            and walk is not None
            and view.case.sale_id is None
            and walk.state != "ended"
            and not view.case.documents
        )

    def _belongs_here(self, sale: SaleView) -> bool:
        dialog = MoreDialog(
            [
                ("here", self.tr("This visit is about it"), self._view().case.number),
                ("new", self.tr("It is the next customer's"), self.tr("this visit stays as it is")),
            ],
            self._screen,
            title=self.tr("Order %1").replace("%1", sale.order_no),
        )
        return bool(dialog.exec()) and dialog.chosen == "here"

    def _join(self, sale: SaleView, line_id: int | None) -> None:
        chosen = _chosen(sale, line_id)
        if chosen:
            self._attach(sale, chosen)
            return
        self._joining = sale
        panel = self._screen.sale_panel
        panel.show_sale(sale, {}, {}, open_case=True)
        self._screen.banner.say(
            self.tr("Tick what this visit is about"), self.tr("then press Ctrl+Enter to add it to the visit")
        )
        panel.focus_lines()

    def _attach(self, sale: SaleView, lines: Mapping[int, int]) -> None:
        walk = self._walk()
        view = self._act(visit.attach_sale, self._view().case.id, sale.id, tuple(lines.items()), walk.id)
        self._joining = None
        self._screen.banner.dismiss()
        self._screen.forget_who_comes()
        self._screen.take_view(view)
        self._screen.question_panel.focus_question()
        self.warn_of_history(sale.id)

    def _begin(self, sale: SaleView, line_id: int | None) -> None:
        screen = self._screen
        screen.begin(sale)
        chosen = _chosen(sale, line_id)
        screen.sale_panel.show_sale(sale, chosen, {}, open_case=False)
        known = customer_history.of_sale(self._desk, sale.id)
        screen.sale_panel.show_customer(sale.customer_masked, sale.phone_masked, "buyer", known)
        screen.show_work()
        if chosen:
            screen.question_panel.focus_question()
        else:
            screen.sale_panel.focus_lines()
        self.warn_of_history(sale.id)


def _chosen(sale: SaleView, line_id: int | None) -> dict[int, int]:
    """What is ticked by itself: the article that was scanned, or the only one that can come back."""
    returnable = [line for line in sale.lines if line.returnable_milli > 0 and line.blocked is None]
    wanted = next((line for line in returnable if line.id == line_id), None)
    if wanted is None and len(returnable) == 1:
        wanted = returnable[0]
    return {wanted.id: _one(wanted)} if wanted is not None else {}


def _one(line: SaleLineView) -> int:
    """One piece; of weighed goods all that is left."""
    in_parts = line.weighed and line.bought_milli % 1000 != 0
    return line.returnable_milli if in_parts else min(line.returnable_milli, 1000)

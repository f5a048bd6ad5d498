"""The three columns of the counter: the sale, the question, the proposal, filled from one visit."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.acquaintance import Acquaintance
from counter_app.domain.case_views import CaseView
from counter_app.domain.proposal_views import CounterView, Wanted
from counter_app.domain.sale_views import SaleView
from counter_app.domain.walk_views import NodeView, WalkView
from counter_app.services import customer_history, sales
from counter_app.ui.screens.counter.proposal_panel import ProposalPanel
from counter_app.ui.screens.counter.question_panel import QuestionPanel
from counter_app.ui.screens.counter.sale_panel import SalePanel
from counter_app.ui.screens.counter.walk_tabs import WalkTabs
from counter_app.ui.session import Session
from counter_app.ui.theme import Size


class WorkPage(QWidget):
    """Shows a visit; what an answer cannot change (the purchase, who comes) is read once and kept."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._known = Acquaintance()
        self._known_of: tuple[object, ...] = ()
        self._sale: SaleView | None = None
        self._sale_of: tuple[object, ...] = ()
        self.sale_panel, self.question_panel = SalePanel(), QuestionPanel()
        self.proposal_panel, self.tabs = ProposalPanel(), WalkTabs()
        middle = QVBoxLayout()
        middle.setSpacing(Size.GAP_S)
        middle.addWidget(self.tabs)
        middle.addWidget(self.question_panel, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(Size.GAP_M)
        columns.addWidget(self.sale_panel, 30)
        columns.addLayout(middle, 43)
        columns.addWidget(self.proposal_panel, 27)
        self.sale_panel.setMinimumWidth(330)
        self.proposal_panel.setMinimumWidth(290)

    def show_visit(self, view: CounterView, walk_id: int | None) -> SaleView | None:
        """Fill the left column and the groups; gives the purchase of the visit."""
        case = view.case
        sale = None
        if case.sale_id is not None:
            sale = self._sale_now(case, case.sale_id)
            self.sale_panel.show_sale(sale, {}, self._groups(view), open_case=True)
        else:
            self.sale_panel.show_without_sale()
        self.sale_panel.show_customer(
            case.customer_masked,
            case.phone_masked,
            case.stands,
            self._who_comes(case),
            case.plan.get("flags"),
        )
        self.tabs.show_walks(view.walks, walk_id, {line.id: line.name for line in case.lines})
        return sale

    def show_walk(self, view: CounterView, walk: WalkView, more: tuple[Wanted, ...]) -> None:
        """Fill the middle and the right column; `more` is wanted beside what the proposal wants."""
        wanted = next((plan.wanted for plan in view.proposal.walks if plan.walk_id == walk.id), ())
        self.question_panel.show_walk(
            walk, self._session.desk.folder, (*wanted, *more), without_sale=view.case.sale_id is None
        )
        self.proposal_panel.show_view(view, walk.id)

    def show_beginning(self, sale: SaleView | None, first: NodeView | None) -> None:
        """No case yet: the chart's first question once it is known what it is about."""
        self.proposal_panel.show_nothing()
        self.proposal_panel.next_action(
            self.tr("Customer confirms and signs"),
            allowed=False,
            why_not=self.tr("Answer the questions first"),
        )
        panel = self.sale_panel
        begins = panel.is_without_sale() if sale is None else bool(panel.chosen_lines())
        if begins and first is not None:
            self.question_panel.show_first(first)
        elif sale is not None:
            self.question_panel.show_start(self.tr("Choose what comes back"))
        else:
            self.question_panel.show_start(self.tr("Scan a receipt to begin"))

    def forget_customer(self) -> None:
        """The customer's card is read anew with the next look."""
        self._known_of = ()

    def forget_sale(self) -> None:
        """The purchase is read anew with the next look."""
        self._sale, self._sale_of = None, ()

    def _sale_now(self, case: CaseView, sale_id: int) -> SaleView:
        told = (sale_id, *((line.id, line.state, line.quantity_milli) for line in case.lines))
        if self._sale is None or self._sale_of != told:
            self._sale, self._sale_of = sales.sale(self._session.desk, sale_id), told
        return self._sale

    def _who_comes(self, case: CaseView) -> Acquaintance:
        told = (case.id, case.customer_masked, case.phone_masked, *(line.reason for line in case.lines))
        if self._known_of != told:
            self._known, self._known_of = customer_history.of_case(self._session.desk, case.id), told
        return self._known

    def _groups(self, view: CounterView) -> dict[int, str]:
        """Sale line → the name of its group in the open visit."""
        seq = {walk.id: walk.seq for walk in view.walks}
        several = len(view.walks) > 1
        return {
            line.sale_line_id: (
                self.tr("group %1").replace("%1", str(seq[line.walk_id]))
                if several
                else self.tr("in this visit")
            )
            for line in view.case.lines
            if line.state != "released"
        }

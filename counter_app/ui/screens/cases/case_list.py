"""The list of cases: search as you type, saved filters, pages fetched as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.case import WAITING
from counter_app.domain.case_views import CaseRow
from counter_app.domain.errors import CounterError
from counter_app.domain.history_views import HistoryRowView
from counter_app.services import archive_refunds, case_order, case_views, cases
from counter_app.services.cases import CaseFilter
from counter_app.ui import format as shown
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.search_box import SearchBox
from counter_app.ui.widgets.table import Column, Table

_FINISHED = ("settled", "closed", "refused", "withdrawn", "reversed")
_VIEWS = ("", "open", "mine", "waiting", "overdue", "today")


class CaseList(QWidget):
    """Search field, filters, table.

    Signals:
        current(object): the `CaseRow` under the cursor, a `HistoryRowView` of an archive, or None.
        opened(object): Enter or a double click on a row.
    """

    current = Signal(object)
    opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.search = SearchBox()
        self.filters = ChoiceBar(
            [(view, "", f"Alt+{at}") for at, view in enumerate(_VIEWS, start=1)], columns=3
        )
        self.waiting = QComboBox()
        self.waiting.addItem("", "")
        for what in WAITING:
            self.waiting.addItem("", what)
        self.waiting.hide()
        self.table = Table(
            [
                Column(lambda: self.tr("Case"), lambda row: row.number, width=176, sort=case_order.NUMBER),
                Column(lambda: self.tr("Customer"), _customer, width=72),
                Column(lambda: self.tr("Goods"), lambda row: shown.one_line(row.goods, 80)),
                Column(lambda: self.tr("State"), _state, tone=_tone, width=130, sort=case_order.STATE),
            ],
            fetch=self._fetch,
        )
        self._empty = EmptyState("inbox")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self.banner = Banner(self)
        card = Card(gap=Size.GAP_M)
        card.body.addWidget(self.filters)
        card.body.addWidget(self.waiting)
        card.body.addWidget(self.banner)
        card.body.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self.search)
        column.addWidget(card, 1)
        self.search.asked.connect(lambda _text: self.load())
        session.desk_changed.connect(self.search.forget)
        self.search.down.connect(self.focus_list)
        self.filters.chosen.connect(self._filtered)
        self.waiting.currentIndexChanged.connect(lambda _at: self.load())
        self.table.opened.connect(self.opened)
        self.table.current_row.connect(self.current)
        self.table.sorted.connect(self.load)
        self._empty.action.connect(self.show_all)
        self._retranslate()

    def load(self, keep: int | None = None) -> None:
        """Ask anew; `keep` is the id of the case to stay on, also where the list does not reach it: the screen then
        goes on showing it, and the cursor stands nowhere. Without it the cursor stays on its case or goes to the
        first one."""
        held = self.table.chosen()
        wanted = keep if keep is not None else held.id if isinstance(held, CaseRow) else None
        self.table.offer(case_order.offered(self._wanted()))
        try:
            with QSignalBlocker(self.table.selectionModel()):
                self.table.rows.reload(through=self.table.currentIndex().row())
                self.table.mark(self.search.text())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.banner.dismiss()
        rows = self.table.rows.rows()
        self._pages.setCurrentWidget(self.table if rows else self._empty)
        self._show_empty()
        at = next((at for at, row in enumerate(rows) if _is(row, wanted, held)), None)
        if at is None and keep is not None:
            return
        if not rows:
            self.current.emit(None)
            return
        at = at or 0
        if self.table.currentIndex().row() == at and self.table.currentIndex().isValid():
            self.current.emit(rows[at])
        else:
            self.table.choose(at)

    def focus_list(self) -> None:
        """From the search field down into the list."""
        if self.table.rows.rowCount():
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.choose(0)

    def show_all(self) -> None:
        """No search, no filter."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self.filters.choose("")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _fetch(self, last: CaseRow | HistoryRowView | None, count: int) -> Sequence[CaseRow | HistoryRowView]:
        """The shop's own cases; where they end, what archives of lost times have of the words."""
        if isinstance(last, HistoryRowView):
            return ()
        wanted, desk, order = self._wanted(), self._session.desk, self.table.order
        if order is not None and order.by in case_order.offered(wanted):
            return case_order.list_sorted(desk, wanted, order, last, count)
        found = cases.list_cases(desk, wanted, last.cursor if last else None, count)
        if len(found) == count or not wanted.text or wanted.view:
            return found
        if not archive_refunds.exists(desk):
            return found
        from counter_app.services import archive_history

        told = archive_history.find_number(desk, wanted.text) or archive_history.find(desk, wanted.text)
        return (*found, *(told if last is None else told[: count - len(found)]))

    def _wanted(self) -> CaseFilter:
        view = self.filters.current()
        waiting_for = str(self.waiting.currentData() or "") if view == "waiting" else ""
        return CaseFilter(view=view, text=self.search.text(), waiting_for=waiting_for)

    def _filtered(self, view: str) -> None:
        self.waiting.setVisible(view == "waiting")
        self.load()

    def _show_empty(self) -> None:
        if self.search.text() or self.filters.current():
            self._empty.say(
                self.tr("No case fits"),
                self.tr("Try fewer letters, the phone's last four digits or the receipt number."),
                self.tr("Show all cases"),
            )
        else:
            self._empty.say(
                self.tr("No case yet"), self.tr("Cases appear here when a visit begins at the counter (F2).")
            )

    def _retranslate(self) -> None:
        self.search.set_hint(self.tr("Number, phone, last 4, name, pinyin, product, receipt"))
        self.filters.say(
            {
                "": self.tr("All"),
                "open": self.tr("Open"),
                "mine": self.tr("Mine"),
                "waiting": self.tr("Waiting"),
                "overdue": self.tr("Overdue"),
                "today": self.tr("Today"),
            }
        )
        self.waiting.setAccessibleName(self.tr("What the cases wait for"))
        for at in range(self.waiting.count()):
            what = str(self.waiting.itemData(at))
            title = (
                shown.words(case_views.state_title(f"waiting_{what}"))
                if what
                else self.tr("Waiting for anything")
            )
            self.waiting.setItemText(at, title)
        self.table.setAccessibleName(self.tr("Cases"))
        self._show_empty()


def _is(row: CaseRow | HistoryRowView, wanted: int | None, held: object) -> bool:
    """Whether a row is the one to stay on: the case by its id, a case of an archive by its number."""
    if isinstance(row, HistoryRowView):
        return isinstance(held, HistoryRowView) and held.number == row.number
    return row.id == wanted


def _customer(row: CaseRow | HistoryRowView) -> str:
    return row.customer_masked or row.phone_masked or "–"


def _state(row: CaseRow | HistoryRowView) -> str:
    if isinstance(row, HistoryRowView):
        return QCoreApplication.translate("CaseList", "Archive {period}").format(period=row.period)
    title = shown.words(row.state_title)
    if row.next_due_on is None or row.state in _FINISHED:
        return title
    mark = "! " if row.overdue else ""
    return f"{mark}{title} · {shown.day_short(row.next_due_on)}"


def _tone(row: CaseRow | HistoryRowView) -> str:
    if isinstance(row, HistoryRowView):
        return "secondary"
    if row.overdue:
        return "late"
    return "attention" if row.state.startswith("waiting") else ""

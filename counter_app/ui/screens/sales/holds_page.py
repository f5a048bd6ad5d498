"""Page of the sales screen: imported orders that may be purchases already typed by hand. A person decides."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.domain.import_views import HoldView
from counter_app.domain.sale_views import SaleHit
from counter_app.services import import_holds, staff
from counter_app.services.import_holds import decide_hold
from counter_app.ui import format as shown
from counter_app.ui.screens.sales.page import SalesPage
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.row_list import ListRow, RowList
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Divider, Words

_SEPARATE, _IGNORE = "separate", "ignore"


class HoldsPage(SalesPage):
    """One order at a time: the same as a typed purchase, another purchase, or nothing to do with the shop."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.table = Table(
            [
                Column(lambda: self.tr("Bought"), lambda row: shown.day(row.purchased_on), width=98),
                Column(lambda: self.tr("Order"), lambda row: row.order_no, width=160),
                Column(lambda: self.tr("Goods"), lambda row: shown.one_line(row.goods, 80)),
                Column(lambda: self.tr("Paid"), lambda row: shown.money(row.paid_fen), right=True, width=96),
            ]
        )
        self._empty = EmptyState("merge")
        self._lists = QStackedWidget()
        listed = Card()
        listed.body.addWidget(self.table)
        self._lists.addWidget(listed)
        blank = Card()
        blank.body.addWidget(self._empty)
        self._lists.addWidget(blank)
        self._title, self._about = Words("", "title", wrap=True), Words("", "secondary", wrap=True)
        self._lines, self.answers = RowList(), AnswerList()
        self._ask = Words("", "lead_strong", wrap=True)
        self._card = Card(gap=Size.GAP_M)
        for part in (self._title, self._about, self._lines, Divider(), self._ask, self.answers):
            self._card.body.addWidget(part)
        self._card.body.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(Size.GAP_M)
        right.addWidget(self.banner)
        right.addWidget(self._card, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_M + 2)
        row.addWidget(self._lists, 1)
        row.addLayout(right, 1)
        self.table.current_row.connect(lambda _row: self._show_hold())
        self.answers.chosen.connect(self.decide)
        self._retranslate()

    def load(self) -> None:
        try:
            waiting = import_holds.holds(self.session.desk)
        except CounterError as error:
            self.refuse(error)
            return
        at = max(0, self.table.currentIndex().row())
        self.table.rows.show_rows(waiting)
        self._lists.setCurrentIndex(0 if waiting else 1)
        self.table.choose(min(at, len(waiting) - 1))
        self._show_hold()

    def arrive(self) -> None:
        self.table.setFocus()

    def keys(self) -> list[KeyLine]:
        return [KeyLine("1…9", self.tr("Say what the order is"))]

    def wants_digit(self, digit: str) -> bool:
        """Whether a digit answers."""
        return self._card.isVisible() and self.answers.has_digit(digit)

    def decide(self, key: str) -> None:
        """`separate`, `ignore`, or the id of the purchase it is the same as."""
        hold = self._chosen()
        if hold is None:
            return
        choice, sale_id = (key, None) if key in (_SEPARATE, _IGNORE) else ("same", int(key))
        try:
            self.session.act(decide_hold, hold.id, choice, sale_id)
        except CounterError as error:
            self.refuse(error)
            return
        self.banner.dismiss()
        self.load()

    def _chosen(self) -> HoldView | None:
        row = self.table.chosen()
        return row if isinstance(row, HoldView) else None

    def _show_hold(self) -> None:
        hold = self._chosen()
        self._card.setVisible(hold is not None)
        if hold is None:
            return
        self._title.setText(f"{hold.order_no}  {shown.money(hold.paid_fen)}")
        about = [hold.customer_masked, shown.day(hold.purchased_on), hold.source, hold.file]
        self._about.setText(" · ".join(part for part in about if part))
        self._lines.show_rows(
            [
                ListRow(name, f"{shown.money(price)} × {shown.quantity(milli)}", icon="package")
                for name, milli, price in hold.lines
            ]
        )
        allowed = staff.may(self.session.desk, roles.IMPORT)
        why = "" if allowed else self.tr("Your role does not allow this.")
        answers = [self._same(candidate, allowed, why) for candidate in hold.candidates]
        answers.append(
            Answer(
                _SEPARATE,
                self.tr("Another purchase"),
                why or self.tr("It is recorded beside the typed one."),
                enabled=allowed,
            )
        )
        answers.append(
            Answer(
                _IGNORE,
                self.tr("Leave it out"),
                why or self.tr("Not a sale of this shop; it is never asked again."),
                enabled=allowed,
            )
        )
        self.answers.show_answers(answers)

    def _same(self, candidate: SaleHit, allowed: bool, why: str) -> Answer:
        told = (candidate.order_no, shown.day(candidate.purchased_on), candidate.customer_masked)
        return Answer(
            str(candidate.sale_id),
            self.tr("The same as {number}, {amount}").format(
                number=candidate.order_no, amount=shown.money(candidate.paid_fen)
            ),
            why or " · ".join(part for part in (*told[1:], shown.one_line(candidate.goods, 80)) if part),
            enabled=allowed,
        )

    def _retranslate(self) -> None:
        self._empty.say(
            self.tr("Nothing to decide"),
            self.tr("Imported orders wait here when they may be purchases that were typed by hand before."),
        )
        self._ask.setText(self.tr("What is this order?"))
        self.table.setAccessibleName(self.tr("Orders to decide"))
        self._show_hold()

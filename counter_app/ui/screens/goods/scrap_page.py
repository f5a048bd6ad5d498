"""Page of the goods screen: what was destroyed, before whom, and its paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counter_app.domain import roles
from counter_app.domain.goods_views import ScrapView
from counter_app.services import scrapping
from counter_app.ui import format as shown
from counter_app.ui.screens.goods.page import GoodsPage, ListCard, acts_row
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.table import Column, Table

_COST = 4


class ScrapPage(GoodsPage):
    """The newest destruction on top."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.table = Table(
            [
                Column(lambda: self.tr("Number"), lambda row: row.number, width=170),
                Column(lambda: self.tr("Day"), lambda row: shown.day(row.day), width=104),
                Column(lambda: self.tr("Goods"), lambda row: row.goods),
                Column(
                    lambda: self.tr("Quantity"),
                    lambda row: shown.quantity(row.quantity_milli),
                    right=True,
                    width=76,
                ),
                Column(lambda: self.tr("At cost"), _cost, right=True, width=100),
                Column(lambda: self.tr("Why"), lambda row: row.reason, width=190),
                Column(lambda: self.tr("By"), lambda row: row.by, width=80),
                Column(lambda: self.tr("Witness"), lambda row: row.witness, width=80),
                Column(lambda: self.tr("Photos"), lambda row: str(row.photos), right=True, width=66),
            ],
            fetch=self._fetch,
        )
        self.card = ListCard(self.table, "trash-2")
        self._print = ActionButton("", "printer", key="F4", kind="primary")
        self.column.addWidget(self.card, 1)
        self.column.addLayout(acts_row(self._print))
        self.table.opened.connect(lambda _row: self.print_again())
        self.table.current_row.connect(lambda row: self._print.allow(row is not None))
        self._print.clicked.connect(self.print_again)
        self._retranslate()

    def load(self) -> None:
        self.table.setColumnHidden(_COST, not self.may(roles.COSTS))
        if self.try_(self.table.rows.reload):
            self.card.show_what_there_is()
        self._print.allow(self.table.chosen() is not None)

    def arrive(self) -> None:
        self.table.setFocus()

    def print_again(self) -> None:
        row = self.table.chosen()
        if isinstance(row, ScrapView):
            self.show_paper(row.number)

    def keys(self) -> list[KeyLine]:
        return [KeyLine("F4", self.tr("Print the destruction record"))]

    def _fetch(self, last: ScrapView | None, count: int) -> Sequence[ScrapView]:
        return scrapping.list_scrapped(self.session.desk, after=last.id if last else None, limit=count)

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Destroyed goods"))
        self._print.setText(self.tr("Print"))
        self.card.empty.say(
            self.tr("Nothing was destroyed"),
            self.tr("Goods are destroyed from the first page (Ctrl+D), with a photo and a witness."),
        )


def _cost(row: ScrapView) -> str:
    return "" if row.cost_fen is None else shown.money(row.cost_fen)

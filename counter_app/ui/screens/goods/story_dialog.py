"""The movements behind goods of a place: every row of the ledger with its paper, its reason and who it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counter_app.domain.goods_views import Holding, LedgerRow
from counter_app.ui import format as shown
from counter_app.ui.screens.goods import words
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.table import Column, Table


class StoryDialog(Dialog):
    """The latest movement on top."""

    def __init__(self, one: Holding, rows: Sequence[LedgerRow], parent: QWidget | None = None) -> None:
        super().__init__(parent, width=860, icon="check")
        self._one = one
        self.table = Table(
            [
                Column(lambda: self.tr("Day"), lambda row: shown.day(row.day), width=104),
                Column(lambda: self.tr("Movement"), lambda row: words.move(row.kind), width=96),
                Column(lambda: self.tr("From"), lambda row: words.place(row.from_place)),
                Column(lambda: self.tr("To"), lambda row: words.place(row.to_place)),
                Column(
                    lambda: self.tr("Quantity"),
                    lambda row: shown.quantity(row.quantity_milli),
                    right=True,
                    width=76,
                ),
                Column(lambda: self.tr("Paper"), lambda row: row.document or row.case_number, width=170),
                Column(lambda: self.tr("Why"), lambda row: row.reason, width=130),
                Column(lambda: self.tr("Who"), lambda row: row.by, width=80),
            ]
        )
        self.table.rows.show_rows(rows)
        self.table.setMinimumHeight(260)
        self.body.addWidget(self.table, 1)
        self.cancel.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self.say(self.tr("Movements"), self._one.name, self.tr("Close"))
        self.table.setAccessibleName(self.tr("Movements"))

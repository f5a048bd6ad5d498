"""A case of lost times as archives tell it. Read-only: there is nothing to do here."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.history_views import HistoryCaseView, HistoryMoneyView, HistorySheetRow
from counter_app.ui import format as shown
from counter_app.ui.screens.history.row_view import RowView
from counter_app.ui.theme import Size
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.scroll_area import scroll
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Elided, Words

_ROWS = 4


class HistoryView(QWidget):
    """Head, money, and the rows of the archive with where each of them stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: HistoryCaseView | None = None
        self._number = Words("", "title")
        self._mark = Pill("", "attention", self)
        self._state = Pill("", "plain", self)
        self._who = Elided("", "strong")
        self._about = Elided("", "note")
        self._lead = Words("", "note", wrap=True)
        self.money = Table(
            [
                Column(lambda: self.tr("Document"), lambda row: row.number, width=180),
                Column(lambda: self.tr("Day"), lambda row: shown.day(row.on), width=100),
                Column(lambda: self.tr("Purpose"), lambda row: shown.words(row.purpose), width=76),
                Column(lambda: self.tr("Way"), lambda row: shown.words(row.tender), width=76),
                Column(lambda: self.tr("Owed"), _owed, right=True, tone=_tone, width=92),
                Column(lambda: self.tr("Paid"), lambda row: shown.money(row.paid_fen), right=True, width=92),
                Column(lambda: self.tr("Proof"), lambda row: row.proof_ref),
            ]
        )
        self.rows = Table(
            [
                Column(lambda: self.tr("Sheet"), lambda row: shown.words(row.sheet), width=110),
                Column(lambda: self.tr("Row"), lambda row: str(row.row_no), right=True, width=56),
                Column(lambda: self.tr("Archive"), self._archive, tone=_proof),
            ]
        )
        self._whole = RowView()
        head = QHBoxLayout()
        head.setSpacing(Size.GAP_S)
        for part in (self._number, self._mark, self._state):
            head.addWidget(part)
        head.addStretch(1)
        top = Card(gap=Size.GAP_XS)
        top.body.addLayout(head)
        for line in (self._who, self._about, self._lead):
            top.body.addWidget(line)
        self._money_card, self._rows_card = Card(), Card()
        self._money_card.body.addWidget(self.money)
        both = QHBoxLayout()
        both.setSpacing(Size.GAP_M)
        both.addWidget(self.rows, 4)
        both.addWidget(scroll(self._whole), 5)
        self._rows_card.body.addLayout(both, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addWidget(top)
        column.addWidget(self._money_card)
        column.addWidget(self._rows_card, 1)
        self.rows.current_row.connect(self._show_row)
        self._retranslate()

    def show_case(self, case: HistoryCaseView) -> None:
        """Show what archives tell of one case."""
        self._case = case
        self.money.rows.show_rows(list(case.money))
        self._money_card.setVisible(bool(case.money))
        # A head, and as many rows as there are, up to four; more are scrolled to.
        self.money.setFixedHeight((Size.TARGET + 4) * (min(len(case.money), _ROWS) + 1) + 2 * Size.GAP_S)
        self.rows.rows.show_rows(list(case.rows))
        self._retranslate()
        self.rows.choose(0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_row(self, row: object) -> None:
        self._whole.show_row(row if isinstance(row, HistorySheetRow) else None)

    def _archive(self, row: HistorySheetRow) -> str:
        return row.file if row.proven else self.tr("{file} (unproven)").format(file=row.file)

    def _retranslate(self) -> None:
        self._money_card.set_title(self.tr("Money"))
        self._rows_card.set_title(self.tr("Rows of the archive"))
        self._lead.setText(
            self.tr(
                "From an archive of lost times: it counts in no sum of the shop, and nothing can be done with it."
            )
        )
        case = self._case
        if case is None:
            return
        row = case.row
        self._number.setText(row.number)
        self._mark.show_state(self.tr("Archive {period}").format(period=row.period), "attention")
        self._state.show_state(shown.words(row.state))
        self._who.show_text("  ".join(part for part in (row.customer_masked, row.phone_masked) if part))
        about = [shown.day(row.business_date), row.order_no, row.goods]
        about += [shown.words(case.reasons), shown.words(case.remedies), case.clerk]
        self._about.show_text(" · ".join(part for part in about if part))


def _owed(row: HistoryMoneyView) -> str:
    mark = "! " if row.contradicted else ""
    return mark + shown.money(row.owed_fen if row.direction == "out" else -row.owed_fen)


def _tone(row: HistoryMoneyView) -> str:
    return "late" if row.contradicted else ""


def _proof(row: HistorySheetRow) -> str:
    return "secondary" if row.proven else "attention"

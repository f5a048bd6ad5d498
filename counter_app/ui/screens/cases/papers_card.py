"""The documents of a case: what was posted, what reversed what, each to be seen as it printed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.paper_views import DocumentView
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.case_card import CaseCard
from counter_app.ui.widgets.row_list import ListRow, RowList
from counter_app.ui.widgets.words import Words


class PapersCard(CaseCard):
    """Signals:
    opened(str): number of the document to preview.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowList()
        self._prints = Words("", "small", wrap=True)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._prints)
        self.body.addStretch(1)
        self._retranslate()

    def _show(self) -> None:
        case = self._case
        if case is None:
            return
        self._rows.show_rows(
            [self._row(paper) for paper in case.documents], self.tr("Nothing was posted yet.")
        )
        again = sum(1 for one in case.prints if one.reprint)
        told = self.tr("%n printed", "", len(case.prints)) if case.prints else ""
        if again:
            told += " · " + self.tr("%n of them again", "", again)
        self._prints.setText(told)
        self._prints.setVisible(bool(told))

    def _row(self, paper: DocumentView) -> ListRow:
        notes = [paper.number, shown.day(paper.business_date), paper.posted_by]
        if paper.reverses:
            notes.append(self.tr("reverses {number}").format(number=paper.reverses))
        pill = self.tr("reversed") if paper.reversed_by else ""
        return ListRow(
            shown.words(paper.title),
            " · ".join(part for part in notes if part),
            shown.money(paper.amount_fen) if paper.amount_fen else "",
            icon="rotate-ccw" if paper.reverses else "file-text",
            tone="attention" if paper.reverses or paper.reversed_by else "accent",
            pill=pill,
            pill_tone="attention",
            act=lambda: self.opened.emit(paper.number),
            act_name=self.tr("See it as it printed"),
        )

    def _retranslate(self) -> None:
        self.set_title(self.tr("Documents"))
        self._show()

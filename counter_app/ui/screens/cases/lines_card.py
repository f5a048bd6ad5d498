"""The goods of a case: four quantities, reason, condition, where they went."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.case_views import CaseLineView
from counter_app.services import case_words
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.case_card import CaseCard
from counter_app.ui.theme import Size
from counter_app.ui.widgets.words import Divider, Words


class LinesCard(CaseCard):
    """One block per line: name and price, then received, accepted, damaged, rejected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = Words("", "note", wrap=True)
        self.body.addWidget(self._empty)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Size.GAP_S)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self._retranslate()

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        case = self._case
        if case is None:
            return
        self._empty.setVisible(not case.lines)
        for at, line in enumerate(case.lines):
            if at:
                self._lines.addWidget(Divider())
            block = self._block(line)
            self._lines.addWidget(block)
            block.show()

    def _block(self, line: CaseLineView) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP_S)
        head.addWidget(Words(line.name, "strong", wrap=True), 1)
        head.addWidget(Words(f"× {shown.quantity(line.quantity_milli)}", "strong"))
        column.addLayout(head)
        about = [
            line.model,
            line.checked_serial or line.serial or line.barcode,
            self.tr("paid {amount}").format(amount=shown.money(line.paid_fen)),
            self.tr("flaw told: {flaw}").format(flaw=line.flaw) if line.flaw else "",
        ]
        column.addWidget(Words(" · ".join(part for part in about if part), "small", wrap=True))
        column.addLayout(self._quantities(line))
        for told in (self._trade_words(line), self._deduction(line), line.note):
            if told:
                column.addWidget(Words(told, "note", wrap=True))
        return holder

    def _quantities(self, line: CaseLineView) -> QGridLayout:
        """Received, accepted, damaged and rejected are four figures and stay four."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(0)
        for at, (label, milli, look) in enumerate(
            (
                (self.tr("received"), line.received_milli, "strong"),
                (self.tr("accepted"), line.accepted_milli, "ok"),
                (self.tr("damaged"), line.damaged_milli, "attention"),
                (self.tr("rejected"), line.rejected_milli, "late"),
            )
        ):
            figure = Words(shown.quantity(milli), look if milli else "secondary")
            figure.setAccessibleName(f"{label} {shown.quantity(milli)}")
            grid.addWidget(figure, 0, at)
            grid.addWidget(Words(label, "small"), 1, at)
        grid.setColumnStretch(4, 1)
        return grid

    def _trade_words(self, line: CaseLineView) -> str:
        """Why it came back, in which condition, and where it goes."""
        told = [
            shown.words(case_words.code_words(table, code))
            for table, code in (("reasons", line.reason), ("conditions", line.condition))
            if code
        ]
        if line.disposition:
            told.append(f"→ {shown.words(case_words.code_words('dispositions', line.disposition))}")
        return " · ".join(told)

    def _deduction(self, line: CaseLineView) -> str:
        if not line.deduction_fen:
            return ""
        return self.tr("deduction {amount}: {reason}").format(
            amount=shown.money(line.deduction_fen), reason=line.deduction_reason
        )

    def _retranslate(self) -> None:
        self.set_title(self.tr("Goods in this case"))
        self._empty.setText(self.tr("No goods: a question, a suggestion or a complaint."))
        self._show()

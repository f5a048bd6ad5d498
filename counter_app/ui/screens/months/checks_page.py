"""How a month stands: its totals, what is lacking, and whether it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.month_views import MonthCheck, MonthGap
from counter_app.services import month_lock
from counter_app.ui import format as shown
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.row_list import ListRow, RowList
from counter_app.ui.widgets.words import Words

_MOST_SHOWN = 100
_TOTALS = ("owed_fen", "paid_fen", "open_fen", "received_fen", "documents", "reversals")


class ChecksPage(QWidget):
    """Choose a month and see what is lacking. `red` is called for a gap that the register of red invoices mends."""

    def __init__(self, session: Session, red: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._red = session, red
        self.check: MonthCheck | None = None
        self.changed: Callable[[], object] = lambda: None
        self._month = QComboBox()
        self._field = Field(self._month)
        self._pill = Pill("", "plain", self)
        self._told = Words("", "secondary", wrap=True)
        self._totals = RowList()
        self._heading = Words("", "strong")
        self._gaps = RowList()
        top = QHBoxLayout()
        top.setSpacing(Size.GAP_M)
        top.addWidget(self._field, 1)
        # In the middle of the box below its label, not at its lower edge.
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, Size.GAP_S)
        beside.addStretch(1)
        beside.addWidget(self._pill)
        top.addLayout(beside)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Size.GAP_S, 0)
        column.setSpacing(Size.GAP_S)
        for part in (self._told, self._totals, self._heading, self._gaps):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Size.GAP_M)
        whole.addLayout(top)
        whole.addWidget(scroll, 1)
        first = month_lock.first_open(session.desk)
        names = month_lock.months(session.desk)
        for name in names:
            self._month.addItem(name, name)
        self._month.setCurrentIndex(max(0, self._month.findData(first)))
        self._month.currentIndexChanged.connect(lambda _at: self.load())

    def month(self) -> str:
        """The chosen month, '' when nothing ever happened."""
        return str(self._month.currentData() or "")

    def choose(self, name: str) -> None:
        """Choose a month."""
        self._month.setCurrentIndex(max(0, self._month.findData(name)))

    def load(self) -> None:
        """Look again. Raises nothing that the shop can mend: a month of the list is always a month."""
        self.check = month_lock.check(self._session.desk, self.month()) if self.month() else None
        self._show()
        self.changed()

    def retranslate(self) -> None:
        """Set the words anew."""
        self._field.set_label(self.tr("Month"))
        self._heading.setText(self.tr("What is lacking"))
        self._show()

    def _show(self) -> None:
        check = self.check
        if check is None:
            self._told.setText(self.tr("Nothing has happened in this shop yet."))
            self._pill.hide()
            return
        closed = check.closed
        self._pill.show()
        self._pill.show_state(self.tr("Closed") if closed else self.tr("Open"), "ok" if closed else "plain")
        self._told.setVisible(closed is not None)
        if closed is not None:
            told = self.tr("Closed {when} by {who}.").format(when=shown.moment(closed.at), who=closed.by)
            self._told.setText(f"{told} {closed.note}".strip())
        names = self._total_names()
        self._totals.show_rows(
            [
                ListRow(
                    names[key],
                    right=shown.money(check.figures.get(key, 0))
                    if key.endswith("_fen")
                    else str(check.figures.get(key, 0)),
                )
                for key in _TOTALS
            ]
        )
        rows = [self._row(gap) for gap in check.gaps[:_MOST_SHOWN]]
        if len(check.gaps) > _MOST_SHOWN:
            rows.append(ListRow(self.tr("and {count} more").format(count=len(check.gaps) - _MOST_SHOWN)))
        self._gaps.show_rows(rows, self.tr("Nothing is lacking."))

    def _row(self, gap: MonthGap) -> ListRow:
        words = self._gap_words()[gap.kind]
        day = shown.day(gap.on) if gap.on is not None and gap.kind not in ("not_over",) else ""
        mends = gap.kind == "red_invoice" and self.check is not None and self.check.closed is None
        number = (
            self.tr("Shift {number}").format(number=gap.number) if gap.kind == "shift_open" else gap.number
        )
        return ListRow(
            number,
            "  ".join(part for part in (words, day) if part),
            right=shown.money(gap.amount_fen) if gap.amount_fen else "",
            icon="octagon-alert" if gap.blocks else "circle-alert",
            tone="late" if gap.blocks else "attention",
            act=self._red if mends else None,
            act_name=self.tr("Red invoices") if mends else "",
        )

    def _total_names(self) -> dict[str, str]:
        return {
            "owed_fen": self.tr("Owed to customers in the month"),
            "paid_fen": self.tr("Paid in the month"),
            "open_fen": self.tr("Still owed at its end"),
            "received_fen": self.tr("Received in the month"),
            "documents": self.tr("Documents posted"),
            "reversals": self.tr("Reversals"),
        }

    def _gap_words(self) -> dict[str, str]:
        return {
            "not_over": self.tr("The month is not over yet."),
            "earlier_open": self.tr("This earlier month is still open: months are closed in order."),
            "shift_open": self.tr("This shift is still open: count the drawer and close it first."),
            "owed": self.tr("Money is still owed to the customer."),
            "unposted": self.tr("Registered, and nothing was posted yet."),
            "acceptance": self.tr("Goods came back and nobody accepted them."),
            "approval": self.tr("A question about this case waits for an answer."),
            "receipt": self.tr("Neither the customer's signature nor a proof of payment."),
            "red_invoice": self.tr("The invoice of this sale is not corrected yet."),
        }

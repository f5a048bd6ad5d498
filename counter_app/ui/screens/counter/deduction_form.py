"""What an answer takes off the refund, asked for beside the question: an amount and its reason for each line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain import money
from counter_app.domain.errors import UserError
from counter_app.domain.walk_views import DeductionView
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words


class DeductionForm(QWidget):
    """Hidden while no answer calls for a deduction.

    Signals:
        given(list): the deductions of the walk as `walks.choose` takes them (amounts in 分).
    """

    given = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: Sequence[DeductionView] = ()
        self._rows: list[tuple[Field, Field]] = []
        self._lead = Words("", "secondary", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Size.GAP_M)
        self._grid.setVerticalSpacing(Size.GAP_S)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(0, 1)
        self._go = ActionButton("", "check", key="Enter")
        self._go.clicked.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addWidget(self._lead)
        column.addLayout(self._grid)
        column.addWidget(self._go)
        self.hide()
        self._retranslate()

    def show_deductions(self, wanted: Sequence[DeductionView]) -> None:
        """Ask for these; an amount that was entered can be changed."""
        self.setVisible(bool(wanted))
        if tuple(wanted) == tuple(self._wanted):
            return
        self._wanted = wanted
        while len(self._rows) < len(wanted):
            self._add_row()
        for at, (amount, reason) in enumerate(self._rows):
            there = at < len(wanted)
            amount.setVisible(there)
            reason.setVisible(there)
            if there:
                told = wanted[at]
                _edit(amount).setText("" if told.amount_fen is None else money.format_yuan(told.amount_fen))
                _edit(reason).setText(shown.words(told.reason))
        self._label()

    def blocks(self) -> bool:
        """Whether an amount that was agreed is still to be entered."""
        return any(one.amount_fen is None for one in self._wanted)

    def focus_first(self) -> None:
        """Put focus on the first amount."""
        edit = _edit(self._rows[0][0])
        edit.setFocus()
        edit.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _add_row(self) -> None:
        amount, reason = QLineEdit(), QLineEdit()
        amount.setMaxLength(16)
        reason.setMaxLength(200)
        fields = Field(amount), Field(reason)
        for at, field in enumerate(fields):
            _edit(field).returnPressed.connect(self._give)
            self._grid.addWidget(field, len(self._rows), at)
        self._rows.append(fields)

    def _give(self) -> None:
        found = []
        for told, (amount, reason) in zip(self._wanted, self._rows, strict=False):
            text, why = _edit(amount).text().strip(), _edit(reason).text().strip()
            if not text and len(self._wanted) > 1:
                continue
            try:
                fen = money.parse_yuan(text)
            except UserError as error:
                amount.show_error(error)
                _edit(amount).setFocus()
                return
            if fen and not why:
                reason.show_error(self.tr("Please give the reason"))
                _edit(reason).setFocus()
                return
            found.append(
                {
                    "case_line_id": told.case_line_id,
                    "kind": told.kind,
                    "amount_fen": fen,
                    "reason": why or self.tr("nothing deducted"),
                }
            )
        if not found:
            self._rows[0][0].show_error(self.tr("Please fill this in"))
            return
        self.given.emit(found)

    def _label(self) -> None:
        if any(told.charged for told in self._wanted):
            self._lead.setText(self.tr("How much of the loss the customer pays, agreed with them:"))
            self._go.setText(self.tr("Charge"))
        else:
            self._lead.setText(self.tr("How much is deducted, agreed with the customer:"))
            self._go.setText(self.tr("Deduct"))
        several = len(self._wanted) > 1
        for told, (amount, reason) in zip(self._wanted, self._rows, strict=False):
            title = self._title(told)
            title = f"{title} · {shown.one_line(told.name, 24)}" if several else title
            amount.set_label(title, self.tr("0: nothing"))
            reason.set_label(self.tr("Reason; it is printed on the form"))

    def _title(self, told: DeductionView) -> str:
        if told.kind == "depreciation":
            return self.tr("Charge for use (yuan)")
        return self.tr("Charge for the loss (yuan)") if told.charged else self.tr("Deduction (yuan)")

    def _retranslate(self) -> None:
        self._label()


def _edit(field: Field) -> QLineEdit:
    edit = field.input
    if not isinstance(edit, QLineEdit):
        raise TypeError(f"not a line to type in: {edit!r}")
    return edit

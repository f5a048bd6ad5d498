"""Less money back, agreed with the customer: for which line, why, how much. The reason is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from counter_app.domain import money
from counter_app.domain.case_views import CaseLineView
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.settlement_terms import DEDUCTIONS
from counter_app.ui import format as shown
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class DeductionDialog(Dialog):
    """Sets the deductions of a walk; 0 says that nothing is deducted, an empty amount takes what was entered back.

    Args:
        lines: the lines of the walk.
        present: the deductions as they stand.
        save: called with all deductions of the walk, or None; raises CounterError to refuse.
    """

    def __init__(
        self,
        lines: Sequence[CaseLineView],
        present: Sequence[Mapping[str, Any]],
        save: Callable[[list[dict[str, Any]] | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, icon="minus")
        self._lines, self._present, self._save = lines, [dict(entry) for entry in present], save
        self._line, self._kind = QComboBox(), QComboBox()
        self._amount, self._reason = QLineEdit(), QLineEdit()
        self._reason.setMaxLength(200)
        for line in lines:
            self._line.addItem(shown.one_line(line.name, 50), line.id)
        for code in DEDUCTIONS:
            self._kind.addItem(code, code)
        self._fields = {
            "line": Field(self._line),
            "amount": Field(self._amount),
            "kind": Field(self._kind),
            "reason": Field(self._reason),
        }
        for field in self._fields.values():
            self.body.addWidget(field)
        self._fields["line"].setVisible(len(lines) > 1)
        self._line.currentIndexChanged.connect(self._show_line)
        self._retranslate()
        self._show_line()
        self._amount.setFocus()

    def confirm(self) -> None:
        text = self._amount.text().strip()
        try:
            amount = money.parse_yuan(text) if text else None
        except UserError as error:
            self._fields["amount"].show_error(error)
            self._amount.setFocus()
            return
        if amount and not self._reason.text().strip():
            self._fields["reason"].show_error(self.tr("Please give the reason"))
            self._reason.setFocus()
            return
        line_id = int(self._line.currentData())
        kept = [entry for entry in self._present if entry["case_line_id"] != line_id]
        if amount is not None:
            kept.append(
                {
                    "case_line_id": line_id,
                    "kind": str(self._kind.currentData()),
                    "amount_fen": amount,
                    "reason": self._reason.text().strip() or self.tr("nothing deducted"),
                }
            )
        try:
            self._save(kept or None)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _show_line(self) -> None:
        found = next(
            (entry for entry in self._present if entry["case_line_id"] == self._line.currentData()), None
        )
        self._amount.setText(money.format_yuan(found["amount_fen"]) if found else "")
        self._reason.setText(found["reason"] if found else "")
        self._kind.setCurrentIndex(max(0, self._kind.findData(found["kind"] if found else "damage")))

    def _retranslate(self) -> None:
        self.say(
            self.tr("Deduction"),
            self.tr("Agreed with the customer; the reason is printed on the form"),
            self.tr("Keep"),
        )
        self._fields["line"].set_label(self.tr("Article"))
        self._fields["amount"].set_label(
            self.tr("Amount (yuan)"), self.tr("0: nothing deducted; empty: takes the entry back")
        )
        self._fields["kind"].set_label(self.tr("For"))
        self._fields["reason"].set_label(self.tr("Reason"))
        kinds = {
            "wear": self.tr("wear"),
            "damage": self.tr("damage"),
            "missing_part": self.tr("missing part"),
            "gift": self.tr("gift kept"),
            "freight": self.tr("freight"),
            "bundle": self.tr("offer no longer met"),
            "depreciation": self.tr("depreciation"),
            "other": self.tr("other"),
        }
        for at in range(self._kind.count()):
            self._kind.setItemText(at, kinds[str(self._kind.itemData(at))])

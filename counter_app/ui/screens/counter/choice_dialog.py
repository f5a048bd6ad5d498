"""Things a remedy still wants: a coupon's number, a quote, a refusal's reason. One form, declared as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from counter_app.domain import money
from counter_app.domain.errors import CounterError, UserError
from counter_app.ui import trade_words
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

FieldKind = Literal["money", "line", "note", "day", "tender", "priority"]
TENDERS = ("cash", "wechat", "alipay", "card", "unionpay", "ecny", "bank", "stored_value", "gift_card")


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: the key in the choice, what it holds, whether it must be filled."""

    key: str
    kind: FieldKind
    needed: bool = False


FORMS: Mapping[str, Sequence[Entry]] = {
    "coupon": (
        Entry("what", "line", True),
        Entry("number", "line"),
        Entry("amount_fen", "money", True),
        Entry("expires_on", "day"),
    ),
    "gift": (Entry("what", "line", True), Entry("amount_fen", "money")),
    "concession": (Entry("what", "line", True), Entry("amount_fen", "money"), Entry("expires_on", "day")),
    "compensation": (
        Entry("what", "line", True),
        Entry("amount_fen", "money", True),
        Entry("basis", "line"),
        Entry("tender", "tender"),
    ),
    "refusal": (Entry("reason", "note", True), Entry("basis", "line")),
    "deposit": (Entry("amount_fen", "money", True), Entry("tender", "tender")),
    "quote": (Entry("amount_fen", "money", True),),
    "kept_deposit_fen": (Entry("kept_deposit_fen", "money", True),),
    "repair": (Entry("fault", "note", True), Entry("promised_on", "day"), Entry("place", "line")),
    "ticket": (Entry("what", "note", True), Entry("priority", "priority")),
    "missing": (Entry("what", "line"), Entry("amount_fen", "money", True)),
    "loan": (
        Entry("what", "line", True),
        Entry("serial", "line"),
        Entry("due_on", "day"),
        Entry("amount_fen", "money"),
    ),
    "refund_way": (Entry("refund_way", "tender", True), Entry("refund_way_reason", "line", True)),
    "waybill": (Entry("waybill", "line", True), Entry("carrier", "line")),
    "promise": (Entry("promised_on", "day", True), Entry("solution", "note"), Entry("estimate_fen", "money")),
    "signature": (Entry("signature_waived", "line", True),),
    "collect_tender": (Entry("collect_tender", "tender", True),),
}
"""Every choice that is typed into a form; the rest (inspection, replacement) have dialogs of their own."""

ALIASES: Mapping[str, str] = {"missing_amount": "missing", "loss": "deposit"}


class ChoiceDialog(Dialog):
    """Asks for one choice and hands it to `save`, which may refuse.

    Args:
        kind: key of `FORMS`.
        title: what is asked for, translated.
        present: what was chosen before, to be changed.
        save: called with the choice (amounts in 分, days ISO); raises CounterError to refuse.
    """

    def __init__(
        self,
        kind: str,
        title: str,
        present: Mapping[str, Any],
        save: Callable[[dict[str, Any]], None],
        parent: QWidget | None = None,
        *,
        default: str = "",
    ) -> None:
        super().__init__(parent, icon="pencil")
        self._entries, self._heading, self._save = FORMS[kind], title, save
        self._inputs: dict[str, QWidget] = {}
        self._fields: dict[str, Field] = {}
        for entry in self._entries:
            self._inputs[entry.key] = self._input(
                entry, present.get(entry.key, default if entry.needed else "")
            )
            self._fields[entry.key] = Field(self._inputs[entry.key])
            self.body.addWidget(self._fields[entry.key])
        self._retranslate()
        next(iter(self._inputs.values())).setFocus()

    def confirm(self) -> None:
        try:
            choice = self._choice()
        except UserError:
            return
        try:
            self._save(choice)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _input(self, entry: Entry, value: Any) -> QWidget:
        if entry.kind == "note":
            note = QPlainTextEdit(str(value or ""))
            note.setMaximumHeight(110)
            note.setTabChangesFocus(True)
            return note
        if entry.kind in ("tender", "priority"):
            box = QComboBox()
            codes = TENDERS if entry.kind == "tender" else ("P1", "P2", "P3", "P4")
            for code in codes:
                box.addItem(trade_words.tender(code) if entry.kind == "tender" else code, code)
            at = box.findData(value or ("P3" if entry.kind == "priority" else "cash"))
            box.setCurrentIndex(max(0, at))
            return box
        shown = (
            money.format_yuan(value) if entry.kind == "money" and isinstance(value, int) else str(value or "")
        )
        edit = QLineEdit(shown)
        edit.setMaxLength(200)
        return edit

    def _choice(self) -> dict[str, Any]:
        choice: dict[str, Any] = {}
        for entry in self._entries:
            text = self._text(entry.key)
            if not text:
                if entry.needed:
                    self._fields[entry.key].show_error(self.tr("Please fill this in"))
                    self._inputs[entry.key].setFocus()
                    raise UserError("ui.field.empty")
                continue
            choice[entry.key] = self._value(entry, text)
        return choice

    def _value(self, entry: Entry, text: str) -> Any:
        try:
            if entry.kind == "money":
                return money.parse_yuan(text)
            if entry.kind == "day":
                return date.fromisoformat(text).isoformat()
        except UserError as error:
            self._fields[entry.key].show_error(error)
            self._inputs[entry.key].setFocus()
            raise
        except ValueError as error:
            wrong = UserError("ui.day.unreadable", text=text[:40])
            self._fields[entry.key].show_error(wrong)
            self._inputs[entry.key].setFocus()
            raise wrong from error
        return text

    def _text(self, key: str) -> str:
        widget = self._inputs[key]
        if isinstance(widget, QComboBox):
            return str(widget.currentData())
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText().strip()
        return widget.text().strip() if isinstance(widget, QLineEdit) else ""

    def _retranslate(self) -> None:
        self.say(self._heading, accept=self.tr("Keep"))
        labels = {
            "what": self.tr("What"),
            "number": self.tr("Number"),
            "amount_fen": self.tr("Amount (yuan)"),
            "kept_deposit_fen": self.tr("Kept of the deposit (yuan); the rest goes back"),
            "expires_on": self.tr("Good until"),
            "basis": self.tr("Basis"),
            "tender": self.tr("By"),
            "reason": self.tr("Reason"),
            "fault": self.tr("Fault"),
            "promised_on": self.tr("Promised on"),
            "place": self.tr("Where"),
            "priority": self.tr("Priority"),
            "serial": self.tr("Serial number"),
            "due_on": self.tr("Due back on"),
            "refund_way": self.tr("Refund by"),
            "refund_way_reason": self.tr("Why not the way it was paid"),
            "waybill": self.tr("Waybill number"),
            "carrier": self.tr("Courier"),
            "solution": self.tr("What was agreed"),
            "estimate_fen": self.tr("Estimated cost (yuan)"),
            "signature_waived": self.tr("Why there is no signature"),
            "collect_tender": self.tr("The customer pays by"),
        }
        hints = {"day": self.tr("e.g. 2026-11-12"), "money": self.tr("e.g. 30.00")}
        for entry in self._entries:
            hint = hints.get(entry.kind, "") if entry.needed else self.tr("may stay empty")
            self._fields[entry.key].set_label(labels[entry.key], hint)

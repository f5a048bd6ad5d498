"""The register of red invoices: what is to be corrected, one click to enter the next step."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import red_invoices
from counter_app.services.red_invoices import RedInvoiceView
from counter_app.ui import format as shown
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.pill import Tone
from counter_app.ui.widgets.row_list import ListRow, RowList

_TONES: dict[str, Tone] = {"to_do": "attention", "confirming": "plain", "lapsed": "late"}


class RedPage(QWidget):
    """Every refund or allowance of an invoiced sale, open ones first; a row is a button."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._all = QCheckBox()
        self._all.toggled.connect(lambda _on: self.load())
        self.list = RowList()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Size.GAP_S, 0)
        column.addWidget(self.list)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Size.GAP_S)
        whole.addWidget(self._all)
        whole.addWidget(scroll, 1)

    def load(self) -> None:
        """Read the register anew."""
        found = red_invoices.register(self._session.desk, open_only=not self._all.isChecked())
        names = self.states()
        self.list.show_rows(
            [
                ListRow(
                    f"{one.number}  {shown.money(one.amount_fen)}",
                    self._note(one),
                    icon="receipt-text",
                    pill=names[one.state],
                    pill_tone=_TONES.get(one.state, "ok"),
                    act=None if one.state == "issued" else partial(self.enter, one),
                    act_name="" if one.state == "issued" else self.tr("Enter the next step"),
                )
                for one in found
            ],
            self.tr("No invoice waits to be corrected."),
        )

    def enter(self, one: RedInvoiceView) -> None:
        """Ask what was done and keep it."""
        if StepDialog(self._session, one, self).exec():
            self.load()

    def states(self) -> dict[str, str]:
        """What the states are called."""
        return {
            "to_do": self.tr("To do"),
            "confirming": self.tr("Waiting to be confirmed"),
            "lapsed": self.tr("Form lapsed"),
            "issued": self.tr("Red invoice issued"),
            "paper_back": self.tr("Paper invoice back"),
            "not_needed": self.tr("Not needed"),
        }

    def retranslate(self) -> None:
        """Set the words anew."""
        self._all.setText(self.tr("Also those that are done"))
        self.load()

    def _note(self, one: RedInvoiceView) -> str:
        parts = [self.tr("Invoice {number}").format(number=one.original_no), shown.day(one.on)]
        if one.confirm_until is not None and one.state == "confirming":
            parts.append(self.tr("confirm until {when}").format(when=shown.moment(one.confirm_until)))
        parts += [one.red_no, one.note]
        return "  ".join(part for part in parts if part)


class StepDialog(Dialog):
    """One step of a red invoice: form sent, red invoice there, paper invoice back, or none needed."""

    def __init__(self, session: Session, one: RedInvoiceView, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=520, icon="file-check")
        self._session, self._one = session, one
        # One id for this dialog: pressing twice keeps one step.
        self._request = uuid.uuid4().hex
        self.state = QComboBox()
        for name in ("confirming", "issued", "paper_back", "not_needed"):
            self.state.addItem("", name)
        self.confirm_no, self.red_no, self.note = QLineEdit(one.confirm_no), QLineEdit(), QLineEdit()
        for line in (self.confirm_no, self.red_no):
            line.setMaxLength(30)
        self.note.setMaxLength(200)
        self._fields = {
            "state": Field(self.state),
            "confirm": Field(self.confirm_no),
            "red": Field(self.red_no),
            "note": Field(self.note),
        }
        for field in self._fields.values():
            self.body.addWidget(field)
        self.state.currentIndexChanged.connect(lambda _at: self._show_wanted())
        if one.state == "confirming":
            self.state.setCurrentIndex(1)
        self._retranslate()
        self._show_wanted()

    def confirm(self) -> None:
        try:
            self._session.act(
                red_invoices.record,
                self._one.document_id,
                str(self.state.currentData()),
                self._request,
                confirm_no=self.confirm_no.text(),
                red_no=self.red_no.text(),
                note=self.note.text(),
            )
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _show_wanted(self) -> None:
        state = str(self.state.currentData())
        self._fields["confirm"].setVisible(state in ("confirming", "issued"))
        self._fields["red"].setVisible(state == "issued")

    def _retranslate(self) -> None:
        self.say(
            self.tr("Red invoice for {number}").format(number=self._one.number),
            self.tr(
                "Invoice {number}. The program makes no invoice; enter what the tax platform gave you."
            ).format(number=self._one.original_no),
            self.tr("Keep it"),
        )
        for at, text in enumerate(
            (
                self.tr("Confirmation form sent (lapses after 72 hours)"),
                self.tr("Red invoice issued"),
                self.tr("Paper invoice back and cancelled"),
                self.tr("No red invoice needed"),
            )
        ):
            self.state.setItemText(at, text)
        self._fields["state"].set_label(self.tr("What was done"))
        self._fields["confirm"].set_label(self.tr("Number of the confirmation form"))
        self._fields["red"].set_label(self.tr("Number of the red invoice"))
        self._fields["note"].set_label(self.tr("Note"))

"""What a WeChat or Alipay bill proves, looked at before it is entered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.services import bills, staff
from counter_app.services.bills import Bill, BillLine
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.session import Session
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words

_TONES = {"owed": "ok", "unclear": "attention", "unowed": "attention", "known": "secondary"}


class BillDialog(Dialog):
    """Every movement of the bill with what it is here; one button enters the proofs."""

    def __init__(self, session: Session, file: Path, bill: Bill, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=760, icon="check")
        self._session, self._file, self._bill = session, file, bill
        self._table = Table(
            [
                Column(lambda: self.tr("Row"), lambda line: str(line.row.row), right=True, width=64),
                Column(lambda: self.tr("Amount"), _amount, right=True, width=112),
                Column(
                    lambda: self.tr("Number of the transfer"),
                    lambda line: shown.one_line(line.row.reference, 60),
                ),
                Column(
                    lambda: self.tr("What it is"), self._what, tone=lambda line: _TONES[line.found], width=270
                ),
            ]
        )
        self._table.setMinimumHeight(260)
        self._table.rows.show_rows(bill.lines)
        self._rest = Words("", "note", wrap=True)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self._rest)
        self._retranslate()

    def confirm(self) -> None:
        try:
            self._session.act(bills.enter, self._file)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _what(self, line: BillLine) -> str:
        named = f"{line.owed.document} · {line.owed.customer_masked}" if line.owed is not None else ""
        if line.found == "owed" and len(line.parts) > 1:
            return self.tr("proves {what} and %n more", "", len(line.parts) - 1).format(what=named)
        if line.found == "owed" and line.owed is not None and line.row.amount_fen < line.owed.open_fen:
            return self.tr("proves a part of {what}").format(what=named)
        told = {
            "owed": self.tr("proves {what}"),
            "known": self.tr("entered before"),
            "unclear": self.tr("differs from {what}: enter it by hand"),
            "unowed": self.tr("a refund that nothing here owes"),
        }
        return told[line.found].format(what=named)

    def _retranslate(self) -> None:
        proofs = len(self._bill.proofs())
        self.say(
            self.tr("Bill of {tender}").format(tender=trade_words.tender(self._bill.tender)),
            self._file.name,
            self.tr("Enter %n proof(s)", "", proofs),
        )
        may = staff.may(self._session.desk, roles.PAY)
        why = "" if may else self.tr("Only somebody who pays money out may do this.")
        new = bool(proofs or self._bill.new)
        self.accept_button.allow(new and may, why or self.tr("Nothing in this bill is new here."))
        self._rest.setText(
            self.tr("%n payment(s) are ordinary sales and not shown.", "", self._bill.payments)
        )
        self._table.setAccessibleName(self.tr("Movements of the bill"))


def _amount(line: BillLine) -> str:
    return shown.money(
        -line.row.amount_fen if line.row.direction == "out" else line.row.amount_fen, plus=True
    )

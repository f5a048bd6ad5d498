"""WeChat and Alipay day by day: what their bills say against what was entered, and what differs."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.bill_views import BillDay, BillGap
from counter_app.services import bill_days
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words

_TONES = {"bill_only": "late", "ours_only": "late", "amount": "attention"}


class BillDaysDialog(Dialog):
    """A month of days above, the movements that differ on the chosen day below.

    Signals:
        case(int): the case behind a movement was asked for.
    """

    case = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=860, icon="check")
        self._session = session
        today = session.desk.today()
        self._first = today.replace(day=1)
        self._month = Words("", "lead_strong")
        self._back = ActionButton("", "chevron-left", key="Alt+←", kind="quiet")
        self._forward = ActionButton("", "chevron-right", key="Alt+→", kind="quiet")
        self._back.setShortcut("Alt+Left")
        self._forward.setShortcut("Alt+Right")
        head = QHBoxLayout()
        head.setSpacing(Size.GAP_M)
        head.addWidget(self._month, 1)
        head.addWidget(self._back)
        head.addWidget(self._forward)
        self.days = Table(
            [
                Column(lambda: self.tr("Day"), lambda row: shown.day(row.day), width=104),
                Column(lambda: self.tr("Service"), lambda row: trade_words.tender(row.tender)),
                Column(
                    lambda: self.tr("Refunds, bill"),
                    lambda row: shown.money(row.billed_out_fen),
                    right=True,
                    width=116,
                ),
                Column(
                    lambda: self.tr("entered"),
                    lambda row: shown.money(row.entered_out_fen),
                    right=True,
                    width=104,
                ),
                Column(
                    lambda: self.tr("Receipts, bill"),
                    lambda row: shown.money(row.billed_in_fen),
                    right=True,
                    width=116,
                ),
                Column(
                    lambda: self.tr("entered"),
                    lambda row: shown.money(row.entered_in_fen),
                    right=True,
                    width=104,
                ),
                Column(
                    lambda: self.tr("Difference"), self._difference, right=True, tone=_day_tone, width=120
                ),
            ]
        )
        self.gaps = Table(
            [
                Column(
                    lambda: self.tr("What differs"), self._kind, tone=lambda row: _TONES[row.kind], width=220
                ),
                Column(
                    lambda: self.tr("Number of the transfer"), lambda row: shown.one_line(row.reference, 60)
                ),
                Column(lambda: self.tr("Document"), lambda row: row.document, width=170),
                Column(
                    lambda: self.tr("Bill"), lambda row: _signed(row, row.billed_fen), right=True, width=104
                ),
                Column(
                    lambda: self.tr("entered"),
                    lambda row: _signed(row, row.entered_fen),
                    right=True,
                    width=104,
                ),
            ]
        )
        self.days.setMinimumHeight(230)
        self.gaps.setMinimumHeight(150)
        self._told = Words("", "note", wrap=True)
        self.body.addLayout(head)
        self.body.addWidget(self.days, 3)
        self.body.addWidget(self._told)
        self.body.addWidget(self.gaps, 2)
        self.cancel.hide()
        self.resize(940, 640)
        self._back.clicked.connect(lambda: self._turn(-1))
        self._forward.clicked.connect(lambda: self._turn(1))
        self.days.current_row.connect(self._show_gaps)
        self.gaps.opened.connect(self._open)
        self._retranslate()
        self._load()

    def _turn(self, by: int) -> None:
        step = self._first + timedelta(days=31) if by > 0 else self._first - timedelta(days=1)
        self._first = step.replace(day=1)
        self._load()

    def _last(self) -> date:
        return (self._first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def _load(self) -> None:
        today = self._session.desk.today()
        rows = bill_days.days(self._session.desk, self._first, self._last())
        self._month.setText(shown.day(self._first)[:7])
        self._forward.setEnabled(self._first < today.replace(day=1))
        self.days.rows.show_rows(rows)
        first = next((at for at, row in enumerate(rows) if row.gaps), 0)
        self.days.choose(first)
        self._show_gaps(rows[first] if rows else None)

    def _show_gaps(self, row: object) -> None:
        gaps = row.gaps if isinstance(row, BillDay) else ()
        self.gaps.rows.show_rows(gaps)
        self.gaps.setVisible(bool(gaps))
        if not isinstance(row, BillDay):
            told = self.tr("No bill of this month was read yet. Read one in the to-do list (Ctrl+B).")
        elif gaps:
            told = self.tr("%n movement(s) differ on this day. Enter opens the case.", "", len(gaps))
        else:
            told = self.tr("Everything on this day agrees.")
        self._told.setText(told)

    def _open(self, row: object) -> None:
        if isinstance(row, BillGap) and row.case_id is not None:
            self.case.emit(row.case_id)
            self.accept()

    def _difference(self, row: BillDay) -> str:
        if not row.gaps:
            return self.tr("agrees")
        return shown.money(row.difference_fen, plus=True)

    def _kind(self, row: BillGap) -> str:
        told = {
            "bill_only": self.tr("in the bill, not entered"),
            "ours_only": self.tr("entered, in no bill"),
            "amount": self.tr("another amount"),
        }
        return told[row.kind]

    def _retranslate(self) -> None:
        self.say(
            self.tr("Bills day by day"),
            self.tr("Refunds and after-sales receipts of WeChat Pay and Alipay; ordinary sales are left out"),
            self.tr("Close"),
        )
        self._back.setText(self.tr("Month before"))
        self._forward.setText(self.tr("Month after"))
        self.days.setAccessibleName(self.tr("Days"))
        self.gaps.setAccessibleName(self.tr("What differs on this day"))


def _day_tone(row: BillDay) -> str:
    return "late" if row.gaps else "ok"


def _signed(row: BillGap, fen: int) -> str:
    if not fen:
        return ""
    return shown.money(-fen if row.direction == "out" else fen, plus=True)

"""The shift screen: open, look into the drawer, count and close, and every shift before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.domain.shift_views import ShiftView
from counter_app.services import deposits, shift, staff
from counter_app.services.paper_codes import HousePaper, PaperCheck
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.screen import KeyLine, Screen
from counter_app.ui.screens.shift.bill_days_dialog import BillDaysDialog
from counter_app.ui.screens.shift.close_card import CloseCard
from counter_app.ui.screens.shift.deposits_card import DepositsCard
from counter_app.ui.screens.shift.drawer_card import DrawerCard, OpenCard
from counter_app.ui.screens.shift.take_over_dialog import TakeOverDialog
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class ShiftScreen(Screen):
    """Opening or counting at the left; the drawer and every shift at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._open: ShiftView | None = None
        self._handed: ShiftView | None = None
        self.open_card, self.close_card, self.drawer = OpenCard(), CloseCard(session), DrawerCard(session)
        self.deposits = DepositsCard()
        self.deposits.case.connect(lambda case_id: self.wants.emit("cases", case_id))
        self.past = Table(
            [
                Column(lambda: self.tr("Day"), lambda row: shown.day(row.business_date), width=104),
                Column(lambda: self.tr("Opened"), self._opened, width=104),
                Column(lambda: self.tr("Closed"), self._closed),
                Column(
                    lambda: self.tr("Expected"),
                    lambda row: shown.money(row.expected_fen),
                    right=True,
                    width=96,
                ),
                Column(lambda: self.tr("Counted"), _counted, right=True, width=96),
                Column(lambda: self.tr("Difference"), _variance, right=True, tone=_variance_tone, width=84),
            ],
            fetch=self._fetch,
        )
        self._past_card = Card()
        self._told = Words("", "note", wrap=True)
        self._past_card.body.addWidget(self.past, 1)
        self._sheet = ActionButton("", "printer", key="F4")
        self._day_sheets = ActionButton("", "clipboard-list", key="Ctrl+T", bind=True)
        self._bills = ActionButton("", "file-spreadsheet", key="Ctrl+B", bind=True)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP_M)
        self._past_card.body.addWidget(self._told)
        foot.addStretch(1)
        foot.addWidget(self._day_sheets)
        foot.addWidget(self._bills)
        foot.addWidget(self._sheet)
        self._past_card.body.addLayout(foot)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(Size.GAP_M)
        left.addWidget(self.open_card)
        left.addWidget(self.close_card, 1)
        left.addStretch(0)
        right.addWidget(self.banner)
        right.addWidget(self.drawer)
        right.addWidget(self.deposits)
        right.addWidget(self._past_card, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_L)
        row.setSpacing(Size.GAP_M + 2)
        row.addLayout(left, 6)
        row.addLayout(right, 7)
        self.open_card.open_wanted.connect(self._open_shift)
        self.close_card.close_wanted.connect(self._close_shift)
        self.past.current_row.connect(self._tell_past)
        self.past.opened.connect(self._show_sheet)
        self._sheet.clicked.connect(self.print_again)
        self._bills.clicked.connect(self.show_bill_days)
        self._day_sheets.clicked.connect(self.show_day_sheets)
        self._retranslate()

    def arrive(self) -> None:
        self._load()
        if self._open is None:
            self.open_card.focus_float()
        else:
            self.close_card.count.focus_first()

    def refresh(self, changed: frozenset[str]) -> None:
        if self.isVisible() and changed & {"shift", "money"}:
            self._load()

    def desk_changed(self) -> None:
        if self.isVisible() and self.session.desk.staff is not None:
            self._load()

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F9", self.tr("Open or close the shift")),
            KeyLine("F4", self.tr("See and print the sheet of a shift")),
            KeyLine("Ctrl+T", self.tr("Register, refunds, approvals and goods taken in of a day")),
            KeyLine("Ctrl+B", self.tr("WeChat and Alipay bills, day by day")),
            KeyLine("Enter", self.tr("To the next note or coin")),
        ]

    def post(self) -> None:
        """F9: open the shift, or close it."""
        if self._open is None:
            self.open_card.open_shift()
        else:
            self._close_shift()

    def print_again(self) -> None:
        """F4: the sheet of the chosen shift, or of the last one that was closed."""
        chosen = self.past.chosen()
        if not isinstance(chosen, ShiftView) or not chosen.sheet:
            chosen = next((row for row in self.past.rows.rows() if row.sheet), None)
        if chosen is not None:
            self._show_sheet(chosen)

    def show_subject(self, subject: object) -> None:
        """The sheet of a shift or a day, scanned somewhere."""
        if isinstance(subject, HousePaper):
            self._papers(subject.number, check=subject.check)
        elif isinstance(subject, str):
            self._papers(subject)

    def show_bill_days(self) -> None:
        """Ctrl+B: the bills of payment services, day by day."""
        dialog = BillDaysDialog(self.session, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.case.connect(lambda case_id: self.wants.emit("cases", case_id))
        dialog.open()

    def show_day_sheets(self) -> None:
        """Ctrl+T: the sheets of the chosen shift's day, or of today."""
        chosen = self.past.chosen()
        day = chosen.business_date if isinstance(chosen, ShiftView) else self.session.desk.today()
        self._papers("", day)

    def _show_sheet(self, row: ShiftView) -> None:
        if row.sheet:
            self._papers(row.sheet)

    def _papers(self, number: str, day: date | None = None, check: PaperCheck | None = None) -> None:
        try:
            dialog = PaperDialog(self.session, number, self, day=day, check=check)
        except CounterError as error:
            self.banner.show_error(error)
            return
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_shift(self, float_fen: int, reason: str) -> None:
        try:
            self.session.act(shift.open_shift, float_fen, reason=reason)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._load()
        self.banner.say(self.tr("The shift is open."), tone="ok")

    def _close_shift(self) -> None:
        card = self.close_card
        if self._open is None:
            return
        if card.difference_fen() and not card.reason():
            card.ask_reason()
            return
        out = card.taken_out_fen()
        if out is None:
            return
        taker = card.handed_to()
        if taker is not None:
            left = card.count.counted_fen() - out
            self._ask(
                TakeOverDialog(card.handed_name(), left, lambda pin: self._hand_over(taker, pin, out), self)
            )
            return
        try:
            closed = self.session.act(
                shift.close_shift,
                card.count.pieces(),
                variance_reason=card.reason(),
                note=card.note(),
                taken_out_fen=out,
            )
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._closed_now(closed)

    def _hand_over(self, taker: int, pin: str, out: int) -> None:
        """Raises CounterError for the dialog that asked for the PIN."""
        card = self.close_card
        closed = self.session.act(
            shift.hand_over,
            card.count.pieces(),
            taker,
            pin,
            variance_reason=card.reason(),
            note=card.note(),
            taken_out_fen=out,
        )
        desk = self.session.desk
        self.session.sit(replace(desk, staff=staff.staff_view(desk, taker)))
        self._handed = closed

    def _ask(self, dialog: TakeOverDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._closed_now(self._handed) if self._handed else None)
        dialog.open()

    def _closed_now(self, closed: ShiftView) -> None:
        self._load()
        told = self.tr("The shift is closed with {amount} in the drawer.").format(
            amount=shown.money(closed.left_fen or 0)
        )
        more = self.tr("{name} has the drawer now.").format(name=closed.handed_to) if closed.handed_to else ""
        self.banner.say(told, more, "ok")
        self._papers(closed.sheet)

    def _load(self) -> None:
        desk = self.session.desk
        try:
            self._open = shift.current_shift(desk)
            self.deposits.show_held(deposits.held(desk))
            self.past.rows.reload()
        except CounterError as error:
            self.banner.show_error(error)
            return
        rows = self.past.rows.rows()
        if self._open is None:
            self.open_card.propose(next((row.left_fen for row in rows if row.left_fen is not None), None))
        self.open_card.setVisible(self._open is None)
        self.drawer.show_shift(self._open)
        self.close_card.show_shift(self._open)
        allowed = staff.may(desk, roles.SHIFT)
        self.open_card.setEnabled(allowed)
        self.close_card.setEnabled(allowed)
        if self._open is not None and self._open.overdue:
            day = shown.day(self._open.business_date)
            self.banner.say(
                self.tr("The shift of {day} was never closed.").format(day=day),
                self.tr("Count what lies in the drawer and close it before today's cash begins."),
                "late",
            )
        self._tell_past(self.past.chosen())

    def _fetch(self, last: ShiftView | None, count: int) -> Sequence[ShiftView]:
        return shift.list_shifts(self.session.desk, last.id if last else None, count)

    def _opened(self, row: ShiftView) -> str:
        return f"{shown.clock(row.opened_at, self._zone())} {row.opened_by}"

    def _closed(self, row: ShiftView) -> str:
        if row.closed_at is None:
            return self.tr("still open")
        taken = f" → {row.handed_to}" if row.handed_to else ""
        return f"{shown.clock(row.closed_at, self._zone())} {row.closed_by}{taken}"

    def _tell_past(self, row: object) -> None:
        """The words of one shift: why it differed and what was left for the next one."""
        if not isinstance(row, ShiftView):
            self._told.setText(self.tr("Choose a shift to see its reason and note."))
            return
        figures = self.tr("float {float} · in {taken} · out {paid}").format(
            float=shown.money(row.float_fen),
            taken=shown.money(row.cash_in_fen),
            paid=shown.money(row.cash_out_fen),
        )
        told = [figures, row.float_reason, row.variance_reason, row.note]
        if row.taken_out_fen:
            told.insert(
                1, self.tr("{amount} to the safe or bank").format(amount=shown.money(row.taken_out_fen))
            )
        self._told.setText("\n".join(shown.one_line(part, 300) for part in told if part))

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.session.desk.shop.time_zone)

    def _retranslate(self) -> None:
        self._sheet.setText(self.tr("Shift sheet"))
        self._day_sheets.setText(self.tr("Sheets of the day"))
        self._bills.setText(self.tr("Bills by day"))
        self._past_card.set_title(self.tr("All shifts"))
        self.past.setAccessibleName(self.tr("All shifts"))
        self._tell_past(self.past.chosen())


def _counted(row: ShiftView) -> str:
    return "" if row.counted_fen is None else shown.money(row.counted_fen)


def _variance(row: ShiftView) -> str:
    return "" if row.variance_fen is None else shown.money(row.variance_fen, plus=True)


def _variance_tone(row: ShiftView) -> str:
    if row.overdue:
        return "late"
    return "late" if row.variance_fen else "ok" if row.variance_fen == 0 else ""

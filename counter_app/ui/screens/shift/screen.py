"""The shift screen: open, look into the drawer, count and close, and every shift before."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.domain.sale_views import ShiftView
from counter_app.services import deposits, shift, staff
from counter_app.ui import format as shown
from counter_app.ui.screens.screen import KeyLine, Screen
from counter_app.ui.screens.shift.close_card import CloseCard
from counter_app.ui.screens.shift.deposits_card import DepositsCard
from counter_app.ui.screens.shift.drawer_card import DrawerCard, OpenCard
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class ShiftScreen(Screen):
    """Opening or counting at the left; the drawer and every shift at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._open: ShiftView | None = None
        self.open_card, self.close_card, self.drawer = OpenCard(), CloseCard(session), DrawerCard(session)
        self.deposits = DepositsCard()
        self.deposits.case.connect(lambda case_id: self.wants.emit("cases", case_id))
        self.past = Table(
            [
                Column(lambda: self.tr("Day"), lambda row: shown.day(row.business_date), width=104),
                Column(lambda: self.tr("Opened"), self._opened, width=104),
                Column(lambda: self.tr("Closed"), self._closed),
                Column(lambda: self.tr("Expected"), lambda row: shown.money(row.expected_fen), right=True, width=96),
                Column(lambda: self.tr("Counted"), _counted, right=True, width=96),
                Column(lambda: self.tr("Difference"), _variance, right=True, tone=_variance_tone, width=84),
            ],
            fetch=self._fetch,
        )
        self._past_card = Card()
        self._told = Words("", "note", wrap=True)
        self._past_card.body.addWidget(self.past, 1)
        self._past_card.body.addWidget(self._told)
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
            KeyLine("Enter", self.tr("To the next note or coin")),
        ]

    def post(self) -> None:
        """F9: open the shift, or close it."""
        if self._open is None:
            self.open_card.open_shift()
        else:
            self._close_shift()

    def _open_shift(self, float_fen: int) -> None:
        try:
            self.session.act(shift.open_shift, float_fen)
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
        try:
            closed = self.session.act(
                shift.close_shift,
                card.count.pieces(),
                variance_reason=card.reason(),
                handed_to=card.handed_to(),
                note=card.note(),
            )
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._load()
        told = self.tr("The shift is closed with {amount} in the drawer.").format(amount=shown.money(closed.counted_fen or 0))
        self.banner.say(told, self.tr("Handed to {name}.").format(name=closed.handed_to) if closed.handed_to else "", "ok")

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
        last = next((row.counted_fen for row in rows if row.counted_fen is not None), 0)
        if self._open is None:
            self.open_card.propose(last or 0)
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
            float=shown.money(row.float_fen), taken=shown.money(row.cash_in_fen), paid=shown.money(row.cash_out_fen)
        )
        told = [figures, row.variance_reason, row.note]
        self._told.setText("\n".join(shown.one_line(part, 300) for part in told if part))

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.session.desk.shop.time_zone)

    def _retranslate(self) -> None:
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

"""The drawer now: what should lie in it, and how that comes about."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain import money
from counter_app.domain.errors import UserError
from counter_app.domain.shift_views import ShiftView
from counter_app.ui import format as shown
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import PrimaryButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.money_label import MoneyLabel, WorkingRow
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Words


class OpenCard(Card):
    """Nobody has the drawer: count the float and take it.

    Signals:
        open_wanted(int, str): open a shift with this float, 分, and why it is not what the last count left.
    """

    open_wanted = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, gap=Size.GAP_M)
        self._state = Pill("", "attention", self)
        self.head.addWidget(self._state)
        self._lead = Words("", "secondary", wrap=True)
        self._float = QLineEdit("0.00")
        self._float.setMaxLength(16)
        self._field = Field(self._float)
        self._left_fen: int | None = None
        self._reason = QLineEdit()
        self._reason.setMaxLength(200)
        self._reason_field = Field(self._reason)
        self._open = PrimaryButton("", "wallet", key="F9")
        self.body.addWidget(self._lead)
        self.body.addWidget(self._field)
        self.body.addWidget(self._reason_field)
        self.body.addWidget(self._open)
        self.body.addStretch(1)
        self._open.clicked.connect(self.open_shift)
        self._float.returnPressed.connect(self.open_shift)
        self._float.textChanged.connect(self._compare)
        self._reason.returnPressed.connect(self.open_shift)
        self._retranslate()

    def propose(self, left_fen: int | None) -> None:
        """Propose what the last count left in the drawer, 分; None = there was no shift before."""
        self._left_fen = left_fen
        self._reason.clear()
        self._float.setText(money.format_yuan(left_fen or 0))
        self._retranslate()
        self._compare()

    def type_float(self, text: str) -> None:
        """Type the float, in yuan."""
        self._float.setText(text)

    def error(self) -> str:
        """What is wrong with the float that was typed."""
        return self._field.error()

    def open_shift(self) -> None:
        """Open a shift with the float that was typed."""
        try:
            float_fen = money.parse_yuan(self._float.text())
        except UserError as error:
            self._field.show_error(error)
            self._float.setFocus()
            return
        reason = self._reason.text().strip()
        if self._differs(float_fen) and not reason:
            self._reason_field.show_error(self.tr("Please say why the float is another."))
            self._reason.setFocus()
            return
        self.open_wanted.emit(float_fen, reason)

    def write_reason(self, text: str) -> None:
        """Enter why the float is not what the last count left."""
        self._reason.setText(text)

    def _differs(self, float_fen: int) -> bool:
        return self._left_fen is not None and float_fen != self._left_fen

    def _compare(self) -> None:
        """The reason is asked for only when the float is another than the last count left."""
        try:
            differs = self._differs(money.parse_yuan(self._float.text()))
        except UserError:
            differs = False
        self._reason_field.setVisible(differs)

    def focus_float(self) -> None:
        """Put focus on the float."""
        self._float.setFocus()
        self._float.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Open the drawer"))
        self._state.show_state(self.tr("no open shift"), "attention")
        self._lead.setText(
            self.tr("Cash can only be paid out or taken while a shift is open. Count the float and open one.")
        )
        self._field.set_label(self.tr("Float in the drawer, yuan"))
        self._reason_field.set_label(
            self.tr("Why it is not the {left} that were left").format(left=shown.money(self._left_fen or 0))
        )
        self._open.setText(self.tr("Open the shift"))


class DrawerCard(Card):
    """The open shift with its figures; hidden while there is none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._shift: ShiftView | None = None
        self._state = Pill("", "plain", self)
        self.head.addWidget(self._state)
        self._lead = Words("", "secondary", wrap=True)
        self._money = MoneyLabel()
        self.body.addWidget(self._lead)
        self.body.addWidget(self._money)
        self._retranslate()

    def show_shift(self, view: ShiftView | None) -> None:
        """Show the open shift."""
        self._shift = view
        self.setVisible(view is not None)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        view = self._shift
        if view is None:
            return
        zone = ZoneInfo(self._session.desk.shop.time_zone)
        self._state.show_state(
            self.tr("overdue") if view.overdue else self.tr("open"), "late" if view.overdue else "ok"
        )
        self._lead.setText(
            self.tr("{name} since {moment}").format(
                name=view.opened_by, moment=shown.moment(view.opened_at, zone)
            )
        )
        self._money.show_amount(
            view.expected_fen,
            self.tr("should lie in the drawer now"),
            [
                WorkingRow(self.tr("Float at the opening"), shown.money(view.float_fen)),
                WorkingRow(self.tr("Cash taken in"), shown.money(view.cash_in_fen, plus=True)),
                WorkingRow(self.tr("Cash paid out"), shown.money(-view.cash_out_fen)),
            ],
        )

    def _retranslate(self) -> None:
        self.set_title(self.tr("The drawer now"))
        self._show()

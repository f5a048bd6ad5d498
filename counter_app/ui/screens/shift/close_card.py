"""Closing the shift: the count, the difference with its reason, who takes over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from counter_app.domain import money
from counter_app.domain.errors import UserError
from counter_app.domain.shift_views import ShiftView
from counter_app.services import staff
from counter_app.ui import format as shown
from counter_app.ui.screens.shift.count_grid import CountGrid
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import PrimaryButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Divider, Words


class CloseCard(Card):
    """Count, compare, hand over.

    Signals:
        close_wanted(): F9: count is complete, close the shift.
    """

    close_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, gap=Size.GAP_M)
        self._session = session
        self._shift: ShiftView | None = None
        self.count = CountGrid()
        self._counted = Words("", "lead_strong")
        self._difference = Words("", "lead_strong")
        self._reason, self._note, self._to = QLineEdit(), QLineEdit(), QComboBox()
        self._out = QLineEdit()
        self._out.setMaxLength(16)
        self._out.setPlaceholderText("0.00")
        self._out_field = Field(self._out)
        self._reason.setMaxLength(200)
        self._note.setMaxLength(500)
        self._reason_field, self._note_field, self._to_field = (
            Field(self._reason),
            Field(self._note),
            Field(self._to),
        )
        self._go = PrimaryButton("", "lock", key="F9")
        sums = QHBoxLayout()
        sums.addWidget(self._counted)
        sums.addStretch(1)
        sums.addWidget(self._difference)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_M)
        row.addWidget(self._out_field, 2)
        row.addWidget(self._to_field, 2)
        row.addWidget(self._note_field, 3)
        self.body.addWidget(self.count)
        self.body.addWidget(Divider())
        self.body.addLayout(sums)
        self.body.addWidget(self._reason_field)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.body.addWidget(self._go)
        self.count.changed.connect(self._show)
        self._go.clicked.connect(self.close_wanted)
        self._retranslate()

    def show_shift(self, view: ShiftView | None) -> None:
        """The shift to close; without one there is nothing to count."""
        if view is None or self._shift is None or view.id != self._shift.id:
            self.count.clear()
            self._reason.clear()
            self._note.clear()
            self._out.clear()
        self._shift = view
        self.setVisible(view is not None)
        self._show_people()
        self._show()

    def difference_fen(self) -> int:
        """Counted − expected, 分."""
        return self.count.counted_fen() - (self._shift.expected_fen if self._shift else 0)

    def reason(self) -> str:
        """Why the count differs."""
        return self._reason.text().strip() if self.difference_fen() else ""

    def write_reason(self, text: str) -> None:
        """Enter the reason."""
        self._reason.setText(text)

    def note(self) -> str:
        """What the next one should know."""
        return self._note.text().strip()

    def handed_to(self) -> int | None:
        """Id of who takes over, None when the drawer is locked away."""
        return self._to.currentData()

    def handed_name(self) -> str:
        """Name of who takes over."""
        return self._to.currentText()

    def take_out(self, text: str) -> None:
        """Type what goes to the safe or the bank, in yuan."""
        self._out.setText(text)

    def taken_out_fen(self) -> int | None:
        """What goes to the safe or the bank, 分; None when it cannot be read, which is told under the field."""
        typed = self._out.text().strip()
        try:
            fen = money.parse_yuan(typed) if typed else 0
            if fen > self.count.counted_fen():
                raise UserError(
                    "shift.taken_out",
                    amount=money.format_yuan(fen),
                    counted=money.format_yuan(self.count.counted_fen()),
                )
        except UserError as error:
            self._out_field.show_error(error)
            self._out.setFocus()
            return None
        self._out_field.clear_error()
        return fen

    def ask_reason(self) -> None:
        """The count differs and nobody said why."""
        self._reason_field.show_error(self.tr("The count differs. Please say why."))
        self._reason.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_people(self) -> None:
        chosen = self._to.currentData()
        self._to.clear()
        self._to.addItem(self.tr("Nobody: locked away"), None)
        me = self._session.desk.staff
        for entry in staff.list_staff(self._session.desk):
            if me is None or entry.id != me.id:
                self._to.addItem(entry.name, entry.id)
        self._to.setCurrentIndex(max(0, self._to.findData(chosen)))

    def _show(self) -> None:
        counted, difference = self.count.counted_fen(), self.difference_fen()
        self._counted.setText(self.tr("Counted {amount}").format(amount=shown.money(counted)))
        begun = not self.count.is_empty()
        if not begun:
            self._difference.set_look("secondary")
            self._difference.setText(self.tr("not counted yet"))
        elif difference:
            self._difference.set_look("late")
            words = self.tr("{amount} too much") if difference > 0 else self.tr("{amount} missing")
            self._difference.setText(words.format(amount=shown.money(abs(difference))))
        else:
            self._difference.set_look("ok")
            self._difference.setText(self.tr("agrees"))
        self._reason_field.setVisible(begun and bool(difference))
        self._go.allow(
            begun or (self._shift is not None and not self._shift.expected_fen),
            self.tr("Count the drawer first."),
        )

    def _retranslate(self) -> None:
        self.set_title(self.tr("Count and close"))
        self._reason_field.set_label(self.tr("Why the count differs"))
        self._note_field.set_label(self.tr("For the next one"))
        self._out_field.set_label(self.tr("To safe or bank, yuan"))
        self._to_field.set_label(self.tr("Who takes over"))
        self._go.setText(self.tr("Close the shift"))
        self._show_people()
        self._show()

"""The sheet of one-time codes by which somebody approves over the phone: made, shown once, withdrawn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import phone_codes
from counter_app.services.phone_codes import CODES, CodeSheet
from counter_app.ui.screens.settings.pin_line import pin_line
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

_ACROSS = 2


class CodesDialog(Dialog):
    """One's own sheet: what is left of it, a new one against the PIN, or none any more."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=620, icon="key-round")
        self._session = session
        self._made: CodeSheet | None = None
        self._state = Words("", "lead_strong", wrap=True)
        self._how = Words("", "secondary", wrap=True)
        self._pin: QLineEdit = pin_line(self)
        self._pin_field = Field(self._pin)
        self._grid = QWidget()
        self._codes = QGridLayout(self._grid)
        self._codes.setContentsMargins(0, 0, 0, 0)
        self._codes.setHorizontalSpacing(Size.GAP_L)
        self._codes.setVerticalSpacing(Size.GAP_XS)
        self._grid.hide()
        self._lost = ActionButton("", "ban", kind="quiet")
        self._lost.clicked.connect(self.withdraw)
        for part in (self._state, self._how, self._pin_field, self._grid):
            self.body.addWidget(part)
        self.foot.addWidget(self._lost)
        self._retranslate()
        self._pin.setFocus()

    def confirm(self) -> None:
        if self._made is not None:
            self.accept()
            return
        try:
            self._made = self._session.act(phone_codes.make_sheet, self._pin.text())
        except CounterError as error:
            self._pin_field.show_error(error)
            return
        self._show_codes(self._made)
        self._retranslate()

    def withdraw(self) -> None:
        """The sheet was lost: none of its codes is worth anything from now on."""
        staff = self._session.desk.staff
        if staff is None:
            return
        try:
            self._session.act(phone_codes.withdraw, staff.id)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._retranslate()

    def codes(self) -> tuple[str, ...]:
        """The codes as they stand on the screen, none before a sheet was made."""
        return self._made.codes if self._made is not None else ()

    def _show_codes(self, sheet: CodeSheet) -> None:
        rows = -(-len(sheet.codes) // _ACROSS)
        for at, code in enumerate(sheet.codes):
            label = Words(f"{at + 1:>2}.  {code[:3]} {code[3:6]} {code[6:]}", "lead_strong")
            label.setAlignment(Qt.AlignmentFlag.AlignLeft)
            self._codes.addWidget(label, at % rows, at // rows)
        self._grid.show()
        self._pin_field.hide()

    def _retranslate(self) -> None:
        made = self._made is not None
        self.say(
            self.tr("Approving by phone"),
            self.tr(
                "A sheet of one-time codes to carry along. Over the phone one code stands for your PIN, once."
            ),
            self.tr("I have written them down") if made else self.tr("Make a new sheet"),
        )
        staff = self._session.desk.staff
        now = (
            phone_codes.state(self._session.desk, staff.id) if staff is not None else phone_codes.SheetState()
        )
        self._lost.setText(self.tr("Withdraw the sheet"))
        self._lost.setVisible(bool(now.left) and not made)
        if self._made is not None:
            self._state.setText(self.tr("Sheet {sheet}").format(sheet=self._made.sheet))
            self._how.setText(
                self.tr(
                    "Take a picture or copy them now: they are not shown again. Let nobody at the counter see them."
                )
            )
            return
        self._state.setText(
            self.tr("Sheet {sheet}: {left} of {all} codes are left.").format(
                sheet=now.sheet, left=now.left, all=CODES
            )
            if now.left
            else self.tr("You have no codes.")
        )
        self._how.setText(
            self.tr(
                "The clerk's screen names case, amount and the number of one code; read out that one only. A new sheet "
                "ends the old one."
            )
        )
        self._pin_field.set_label(self.tr("Your PIN"))

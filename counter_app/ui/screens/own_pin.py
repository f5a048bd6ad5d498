"""Asked at the lock screen of whoever signs in with a PIN that somebody else set: one of their own, typed twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import CounterError, UserError
from counter_app.services import staff
from counter_app.services.desk import StaffView
from counter_app.ui.screens.settings.pin_line import pin_line
from counter_app.ui.session import Session
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class OwnPinDialog(Dialog):
    """Nothing opens before the new PIN is set. `view` is who then may sit down."""

    def __init__(
        self, session: Session, staff_id: int, name: str, old_pin: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=460, icon="check")
        self.view: StaffView | None = None
        self._session, self._staff_id, self._name, self._old = session, staff_id, name, old_pin
        self.pin, self.again = pin_line(self), pin_line(self)
        self._fields = {"pin": Field(self.pin), "again": Field(self.again)}
        for field in self._fields.values():
            self.body.addWidget(field)
        self._retranslate()
        self.pin.setFocus()

    def confirm(self) -> None:
        try:
            if self.pin.text() != self.again.text():
                raise UserError("ui.pin.mismatch")
            self.view = self._session.act(staff.choose_pin, self._staff_id, self._old, self.pin.text())
        except CounterError as error:
            if error.code == "ui.pin.mismatch":
                self._fields["again"].show_error(error)
            elif error.code in ("staff.pin.same", "staff.pin.shape"):
                self._fields["pin"].show_error(error)
            else:
                self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Choose a PIN of your own"),
            self.tr(
                "{name}, somebody else set your PIN, and knows it. Type one that only you know; the old one then opens nothing."
            ).format(name=self._name),
            self.tr("Set PIN and sign in"),
        )
        self._fields["pin"].set_label(self.tr("New PIN"), self.tr("4 to 12 digits."))
        self._fields["again"].set_label(self.tr("PIN once more"))

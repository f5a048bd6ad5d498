"""The door of the counter: who is let in with a PIN, who leaves, who takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import CounterError
from counter_app.services import roles, setup, staff
from counter_app.ui.language import Language, Languages
from counter_app.ui.screens.lock import Person

if TYPE_CHECKING:
    from counter_app.services.desk import StaffView
    from counter_app.ui.main_window import MainWindow
    from counter_app.ui.session import Session


class Door(QObject):
    """Shows the lock over a window and takes it away for whoever knows a PIN.

    Signals:
        entered(): somebody signed in.
    """

    entered = Signal()

    def __init__(self, session: Session, window: MainWindow, languages: Languages) -> None:
        super().__init__(window)
        self._session, self._window, self._languages = session, window, languages
        window.lock.pin_entered.connect(self._sign_in)
        window.lock.cancelled.connect(lambda: window.show_lock(False))

    def shut(self) -> None:
        """Nobody is at the desk any more."""
        desk = self._session.desk
        last = desk.staff.id if desk.staff else None
        self._session.sit(setup.signed_in(desk, None))
        self._window.lock.show_people(desk.shop.name, self._people(), last)
        self._window.show_lock(True)

    def hand_over(self) -> None:
        """Somebody else signs in; whoever is on stays until then."""
        desk = self._session.desk
        self._window.lock.show_people(desk.shop.name, self._people(), may_cancel=desk.staff is not None)
        self._window.show_lock(True)

    def _people(self) -> list[Person]:
        desk = self._session.desk
        known = roles.roles(desk)
        return [
            Person(entry.id, entry.name, _named(known, entry.role, self._languages.current))
            for entry in staff.list_staff(desk)
        ]

    def _sign_in(self, staff_id: int, pin: str) -> None:
        try:
            view = staff.sign_in(self._session.desk, staff_id, pin)
        except CounterError as error:
            if error.code != "staff.pin.must_change":
                self._window.lock.show_error(error)
                return
            chosen = self._own_pin(staff_id, pin)
            if chosen is None:
                self._window.lock.show_error(error)
                return
            view = chosen
        self._session.sit(setup.signed_in(self._session.desk, view))
        self._window.show_lock(False)
        self.entered.emit()

    def _own_pin(self, staff_id: int, pin: str) -> StaffView | None:
        """Somebody else set that PIN: who signs in with it chooses their own first. None when they did not."""
        # Read when first needed: the lock screen opens without.
        from counter_app.ui.screens.own_pin import OwnPinDialog

        name = next((one.name for one in staff.list_staff(self._session.desk) if one.id == staff_id), "")
        dialog = OwnPinDialog(self._session, staff_id, name, pin, self._window)
        dialog.exec()
        return dialog.view


def _named(known, role: str, language: Language) -> str:
    found = known.get(role)
    if found is None:
        return role
    return str(found.zh if language == "zh" else found.en)

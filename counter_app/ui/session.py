"""What the window knows between two clicks: the desk, who sits at it, and what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from counter_app.services.desk import Desk, Outcome

T = TypeVar("T")

ALL = frozenset({"case", "sale", "stock", "money", "shift", "staff", "policy", "task", "print"})
"""Everything a screen may show; what another window wrote is not told apart."""


class Session(QObject):
    """Handed to every screen. The desk is frozen, so signing in replaces it.

    Attributes:
        desk: what every service function takes first; `desk.staff` is None while locked.

    Signals:
        changed(object): frozenset of the aggregates a service wrote ("case", "sale", "money" …).
        desk_changed(): somebody signed in, switched or locked, or the shop was renamed.
        restore_wanted(object): put this backup (a Path) in the place of the database.
        year_wanted(object): look at this copy of a year (a Path) instead of the books.
    """

    changed = Signal(object)
    desk_changed = Signal()
    restore_wanted = Signal(object)
    year_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def sit(self, desk: Desk) -> None:
        """Another member of staff, or nobody, is at the desk now."""
        self.desk = desk
        self.desk_changed.emit()

    def act(self, service: Callable[..., Outcome[T]], *args: object, **named: object) -> T:
        """Do one service act with this desk and tell the screens what it changed.

        CounterError passes through to the caller, who shows it where the user looks.
        """
        outcome = service(self.desk, *args, **named)
        if outcome.changed:
            self.changed.emit(outcome.changed)
        return outcome.value

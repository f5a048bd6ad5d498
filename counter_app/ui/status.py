"""What the bar above the screens tells, asked of the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from counter_app.ui import format as shown
from counter_app.ui.top_bar import Status

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Told:
    """A message for the bar: what happened, what to do, the word on its button."""

    what: str
    do: str
    action: str


def overnight(desk: Desk) -> Told | None:
    """What to say about a shift that was left open since an earlier day, or None."""
    # Asked once somebody has signed in: the lock screen opens without.
    from counter_app.services import shift

    view = shift.current_shift(desk)
    if view is None or not view.overdue:
        return None
    what = QCoreApplication.translate("Status", "The shift of {day}, opened by {name}, was never closed.")
    return Told(
        what.format(day=shown.day(view.business_date), name=view.opened_by),
        QCoreApplication.translate("Status", "Count the drawer and close it before today's cash begins."),
        QCoreApplication.translate("Status", "Close it now"),
    )


def status_of(desk: Desk) -> Status:
    """The shift in words, an overnight one before anything else, and how many to-dos are past their day."""
    # Read when first asked: the window opens without everything that to-dos set going.
    from counter_app.services import shift, tasks

    late = len(tasks.to_do(desk, until=desk.today() - timedelta(days=1)))
    view = shift.current_shift(desk)
    if view is None:
        return Status(QCoreApplication.translate("Status", "No open shift"), "attention", late)
    since = shown.clock(view.opened_at, ZoneInfo(desk.shop.time_zone))
    if view.overdue:
        text = QCoreApplication.translate("Status", "Shift of {day} still open").format(
            day=shown.day_short(view.business_date)
        )
        return Status(text, "late", late)
    text = QCoreApplication.translate("Status", "On shift since {time} · float {amount}")
    return Status(text.format(time=since, amount=shown.money(view.float_fen)), "ok", late)

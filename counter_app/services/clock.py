"""The clock of the machine against the newest step in the database: set back, it is noticed and decided upon.

Instants are milliseconds of UTC, so daylight saving and the machine's time zone change nothing; the business date
is the day in the shop's own zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from counter_app.db.numbers import ACCEPTED, TOLERANCE_MS, newest_step, rows_so_far
from counter_app.domain import roles, text
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import settings, staff
from counter_app.services.desk import Desk, Outcome


@dataclass(frozen=True, slots=True)
class Behind:
    """The clock is behind the last step: both instants in milliseconds of UTC."""

    now: int
    last: int

    def trouble(self, desk: Desk) -> SurroundingsError:
        """As a sentence, in the shop's own time."""
        return SurroundingsError("clock.behind", now=_told(desk, self.now), last=_told(desk, self.last))


def behind(desk: Desk) -> Behind | None:
    """Whether the clock says a moment before the newest step that is saved, by more than ten minutes.

    Steps before the last decision (`accept`) no longer count.
    """
    last = newest_step(desk.db)
    now = desk.instant()
    return Behind(now, last) if last - now > TOLERANCE_MS else None


def accept(desk: Desk, reason: str) -> Outcome[None]:
    """Decide that the clock is right now and was wrong before: posting goes on with today's date.

    Raises UserError `staff.right.missing`, `clock.not_behind`, `clock.reason`.
    """
    staff.require(desk, roles.KEEP)
    found = behind(desk)
    if found is None:
        raise UserError("clock.not_behind")
    why = text.clean_line(reason, text.LINE_LIMIT, "clock.reason")
    if not why:
        raise UserError("clock.reason")
    with desk.db.atomic("IMMEDIATE"):
        rows = rows_so_far(desk.db)
        decided = {"rows": rows, "last": found.last, "now": found.now, "why": why}
        done = settings.set_setting(desk, ACCEPTED, decided)
    return Outcome(None, done.changed)


def _told(desk: Desk, instant: int) -> str:
    moment = datetime.fromtimestamp(instant / 1000, UTC).astimezone(ZoneInfo(desk.shop.time_zone))
    return f"{moment:%Y-%m-%d %H:%M}"

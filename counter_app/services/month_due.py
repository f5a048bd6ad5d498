"""On the first of the month the month before is exported to a folder, or when the program is next open after it.

A month that was missed is caught up. Each is written once: an archive that the owner files elsewhere, hands to the
accountant or deletes does not come back, and no second copy that says more than the first lies about. What was written last is kept as `ui.archive.last`, the newest month in the
folder, and the first month it is to have as `ui.archive.since`; a failed export leaves it as it was, so that the
next quiet moment tries again.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from counter_app.archive.workbook import Progress
from counter_app.domain import roles
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import month, month_lock, settings, staff
from counter_app.services.desk import Desk, Outcome
from counter_app.wording import Language

FOLDER, LAST, SINCE = "archive.folder", "ui.archive.last", "ui.archive.since"
MOST: Final = 24
"""Months that are caught up at one go; the next look goes on with the following ones."""


def set_folder(desk: Desk, folder: str) -> Outcome[str]:
    """Export every month to this folder from now on; '' stops it. Raises UserError `staff.…`, `archive.folder`."""
    staff.require(desk, roles.MONTH)
    told = folder.strip()
    if told and not Path(told).is_dir():
        raise UserError("archive.folder", folder=told)
    if told != settings.setting(desk, FOLDER):
        settings.set_setting(desk, FOLDER, told)
        # Another folder begins with last month again, also when its disk is not there before several have passed.
        settings.set_setting(desk, LAST, "")
        settings.set_setting(desk, SINCE, f"{_month_before(desk.today()):%Y-%m}" if told else "")
    return Outcome(told, frozenset({"policy"}))


def due(desk: Desk) -> tuple[str, ...]:
    """The months that are to be written now, oldest first; none when no folder is set."""
    if not settings.setting(desk, FOLDER):
        return ()
    newest = f"{_month_before(desk.today()):%Y-%m}"
    last = str(settings.setting(desk, LAST, "") or "")
    there = [name for name in reversed(month_lock.months(desk)) if name <= newest]
    since = str(settings.setting(desk, SINCE, "") or "")
    if last:
        there = [name for name in there if name > last]
    else:
        there = [name for name in there if name >= since] if since else there[-1:]
    return tuple(there[:MOST])


def export_due(
    desk: Desk, language: Language, progress: Progress | None = None
) -> tuple[month.Exported, ...]:
    """Write what is due. Raises SurroundingsError `archive.folder_gone` and what `month.export` raises."""
    folder = Path(str(settings.setting(desk, FOLDER)))
    written = []
    for name in due(desk):
        # Looked at for each month: where a stick was pulled out meanwhile, its folder is not to be made on the disk.
        if not folder.is_dir():
            raise SurroundingsError("archive.folder_gone", folder=str(folder))
        span = month.period(name)
        written.append(
            month.export(desk, span, folder / month.default_path(desk, span).name, language, progress)
        )
        settings.set_setting(desk, LAST, name)
    return tuple(written)


def _month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def next_on(desk: Desk) -> date:
    """The first of the next month."""
    return (desk.today().replace(day=1) + timedelta(days=32)).replace(day=1)

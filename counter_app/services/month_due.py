"""On the first of the month the month before is exported to a folder, or when the program is next open after it.

A month that was missed is caught up. What was written last is kept as `ui.archive.last`, the newest month in the
folder; a failed export leaves it as it was, so that the next quiet moment tries again.
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

FOLDER, LAST = "archive.folder", "ui.archive.last"
MOST: Final = 24
"""Months that are caught up at most."""


def set_folder(desk: Desk, folder: str) -> Outcome[str]:
    """Export every month to this folder from now on; '' stops it. Raises UserError `staff.…`, `archive.folder`."""
    staff.require(desk, roles.MONTH)
    told = folder.strip()
    if told and not Path(told).is_dir():
        raise UserError("archive.folder", folder=told)
    if told != settings.setting(desk, FOLDER):
        settings.set_setting(desk, FOLDER, told)
        # Another folder begins with last month again.
        settings.set_setting(desk, LAST, "")
    return Outcome(told, frozenset({"policy"}))


def due(desk: Desk) -> tuple[str, ...]:
    """The months that are to be written now, oldest first; none when no folder is set."""
    if not settings.setting(desk, FOLDER):
        return ()
    newest = f"{desk.today().replace(day=1) - timedelta(days=1):%Y-%m}"
    last = str(settings.setting(desk, LAST, "") or "")
    there = [name for name in reversed(month_lock.months(desk)) if name <= newest]
    if not last:
        return tuple(there[-1:])
    return tuple([name for name in there if name > last][-MOST:])


def export_due(
    desk: Desk, language: Language, progress: Progress | None = None
) -> tuple[month.Exported, ...]:
    """Write what is due. Raises SurroundingsError `archive.folder_gone` and what `month.export` raises."""
    folder = Path(str(settings.setting(desk, FOLDER)))
    found = due(desk)
    if found and not folder.is_dir():
        raise SurroundingsError("archive.folder_gone", folder=str(folder))
    written = []
    for name in found:
        span = month.period(name)
        written.append(
            month.export(desk, span, folder / month.default_path(desk, span).name, language, progress)
        )
        settings.set_setting(desk, LAST, name)
    return tuple(written)


def next_on(desk: Desk) -> date:
    """The first of the next month."""
    return (desk.today().replace(day=1) + timedelta(days=32)).replace(day=1)

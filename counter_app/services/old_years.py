"""Copies of closed years: made, listed, held against what the books noted, opened to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.db import connection, old_years
from counter_app.db.models import MonthLock, Setting
from counter_app.db.old_years import OldYear, Progress
from counter_app.domain import roles
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import setup, staff
from counter_app.services.desk import Clock, Desk, Outcome

CHANGED = frozenset({"policy"})


@dataclass(frozen=True, slots=True)
class YearView:
    """A closed year: its copy in the usual place, when there is one, and its size in bytes."""

    year: int
    copy: OldYear | None
    size: int


def years(desk: Desk) -> tuple[YearView, ...]:
    """Every closed year and its copy, newest first."""
    found = MonthLock.select(MonthLock.month).where(MonthLock.month.endswith("-12"))
    copies = {one.year: one for one in old_years.listed(desk.folder) if one.shop == desk.shop.code}
    closed = {int(row.month[:4]) for row in found}
    return tuple(
        YearView(year, copies.get(year), copies[year].path.stat().st_size if year in copies else 0)
        for year in sorted(closed | copies.keys(), reverse=True)
    )


def make(
    desk: Desk, year: int, to: Path | None = None, progress: Progress = lambda done, total: None
) -> Outcome[OldYear]:
    """Copy a closed year. One that is there and sound stays as it is: nothing changed then.

    Raises UserError `staff.right.missing`, `year.open`, SurroundingsError `year.unwritable`, `db.disk_full`.
    """
    if desk.staff is not None:
        staff.require(desk, roles.KEEP)
    path = (to or desk.folder / old_years.FOLDER) / old_years.path_of(desk.folder, desk.shop.code, year).name
    noted = _noted(desk, year)
    if path.exists() and noted:
        try:
            if not list(old_years.differing(path, noted)):
                return Outcome(old_years.about(path), frozenset())
        except SurroundingsError:
            pass  # damaged: it is made anew
    made = old_years.make(desk.folder, year, desk.instant(), to, progress)
    with desk.db.atomic("IMMEDIATE"):
        key = f"{old_years.MARK}.{year}"
        Setting.insert(
            key=key, value=made.digest, at=desk.instant(), by=None if desk.staff is None else desk.staff.id
        ).on_conflict(
            conflict_target=[Setting.key], preserve=[Setting.value, Setting.at, Setting.by]
        ).execute()
    return Outcome(made, CHANGED)


def check(desk: Desk | None, path: Path) -> list[old_years.Broken]:
    """What of a copy is not as it was made, with a desk also beside what its books noted. Raises as `about`."""
    one = old_years.about(path)
    noted = None if desk is None or desk.shop.code != one.shop else _noted(desk, one.year)
    return list(old_years.differing(path, noted))


def look(desk: Desk, path: Path) -> OldYear:
    """What a file is, when this shop may open it. Raises SurroundingsError `year.file`, UserError `year.other_shop`."""
    one = old_years.about(path)
    if one.shop != desk.shop.code:
        raise UserError("year.other_shop", file=path.name, told=one.shop, found=desk.shop.code)
    return one


def opened(desk: Desk, path: Path, clock: Clock) -> Desk:
    """A desk at which the year can only be looked at, in the name of whoever stands at `desk`. Its books must be
    closed by then: the program reads one database at a time. Photos are found in the shop's own folder.

    Raises SurroundingsError `year.file`, `year.older`, UserError `year.other_shop`.
    """
    one = look(desk, path)
    try:
        db = connection.open_old_year(path, one.year)
    except SurroundingsError as error:
        if error.code == "db.older":
            raise SurroundingsError("year.older", year=one.year) from error
        raise
    there = setup.open_desk(db, desk.folder, clock, read_only=True)
    return replace(there, staff=desk.staff)


def _noted(desk: Desk, year: int) -> str | None:
    row = Setting.get_or_none(Setting.key == f"{old_years.MARK}.{year}")
    return None if row is None else str(row.value)

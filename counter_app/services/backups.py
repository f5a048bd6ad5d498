"""Backups as the owner meets them: where they go, which there are, what is wrong with them until it is mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from counter_app.db import backup, backup_contents, backup_folders, places
from counter_app.db.backup_files import Backup
from counter_app.db.backup_folders import Counts
from counter_app.db.connection import FILE_NAME
from counter_app.db.models import Shop
from counter_app.domain import roles
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.services import settings, staff
from counter_app.services.desk import Desk, Outcome

SETTING = "backup.folder"
OLD_HOURS = 26
"""A day and a little: a shop that opens every day at nine never sees the warning."""


@dataclass(frozen=True, slots=True)
class BackupView:
    """One backup. `here` is whether it lies beside the data, `size_bytes` 0 when the file itself is gone."""

    path: Path
    at: datetime
    label: str
    here: bool
    size_bytes: int
    money_rows: int
    stock_rows: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A backup that was opened: whether it is what was written, and what it holds beside the present data. `lacking`:
    photos, forms and keys that it names and holds no more, or not as they were."""

    path: Path
    sound: bool
    counts: Counts | None
    present: Counts | None
    lacking: tuple[str, ...] = ()


def choose_folder(desk: Desk, chosen: Path | None) -> Outcome[str]:
    """Put backups into a folder of the owner's choice from now on; None: beside the data.

    Raises UserError `staff.right.missing`, SurroundingsError `backup.cannot_write`.
    """
    staff.require(desk, roles.KEEP)
    backup_folders.choose(desk.folder, chosen, desk.shop.name)
    return settings.set_setting(desk, SETTING, "" if chosen is None else str(chosen))


def remember(desk: Desk) -> None:
    """The note beside the data says what the database says: after a restore, or on a new computer, it may not.

    Raises SurroundingsError `backup.cannot_write`.
    """
    told = settings.setting(desk, SETTING)
    chosen = Path(told) if told else None
    if backup_folders.chosen_folder(desk.folder) != chosen:
        backup_folders.remember(desk.folder, chosen)


def listed(desk: Desk) -> tuple[BackupView, ...]:
    """Every backup beside the data and in the chosen folder, newest first."""
    here = desk.folder / "backups"
    return tuple(
        BackupView(
            one.path,
            one.at,
            one.label,
            one.path.parent == here,
            one.path.stat().st_size if one.path.is_file() else 0,
            one.money[0],
            one.stock[0],
        )
        for one in backup_folders.everywhere(desk.folder)
    )


def look(folder: Path, path: Path) -> Looked:
    """Open and check one backup; seconds on a large file, so away from the window's thread. Uses no desk."""
    noted = next((one for one in backup_folders.everywhere(folder) if one.path == path), None)
    # A copy that was carried here from elsewhere has no note: then only its pages and tables are looked at.
    sound = backup.is_good(noted) if noted is not None else backup.opens(path)
    return Looked(
        path,
        sound,
        backup_folders.counts_of(path) if sound else None,
        backup_folders.counts_of(folder / FILE_NAME),
        _lacking(path, noted) if sound else (),
    )


def _lacking(path: Path, noted: Backup | None) -> tuple[str, ...]:
    """Names of what is missing or damaged beside a sound backup."""
    found = backup_contents.lacking(path, datetime.now(UTC).timestamp(), noted.keys if noted else ())
    return tuple(one.name for one in found)


def watch(desk: Desk, last_failure: CounterError | None = None) -> Callable[[], CounterError | None]:
    """A call that says what is wrong with the backups now, the worst of it, or None. It asks no database, so a
    thread may make it: a disk that is gone may take its time to say so.

    `last_failure` is what the last backup that was tried ended with, None when it was made.
    """
    folder, now = desk.folder, desk.clock.now()
    opened = datetime.fromtimestamp(Shop.get_by_id(1).opened_at / 1000, UTC)
    return lambda: _worst(folder, now, opened, last_failure)


def place_trouble(desk: Desk) -> CounterError | None:
    """What to say when the data themselves lie on a network drive."""
    if places.place_of(desk.folder) == "network":
        return SurroundingsError("db.on_network", folder=str(desk.folder))
    return None


def newest_at(desk: Desk) -> datetime | None:
    """When the newest backup was made, wherever it lies."""
    return max((one.at for one in backup_folders.everywhere(desk.folder)), default=None)


def is_second_disk(desk: Desk) -> bool:
    """Whether the chosen folder survives the disk of the data."""
    chosen = backup_folders.chosen_folder(desk.folder)
    return chosen is not None and not places.same_disk(chosen, desk.folder)


def _worst(
    folder: Path, now: datetime, opened: datetime, last_failure: CounterError | None
) -> CounterError | None:
    chosen = backup_folders.chosen_folder(folder)
    if chosen is not None:
        try:
            backup_folders.refuse_gone(chosen)
        except SurroundingsError as gone:
            return gone
    if last_failure is not None:
        return last_failure
    newest = max((one.at for one in backup_folders.everywhere(folder)), default=None)
    if now - (newest or opened) <= timedelta(hours=OLD_HOURS):
        return None
    if newest is None:
        return SurroundingsError("backup.none_yet")
    return SurroundingsError("backup.old", at=f"{newest.astimezone():%Y-%m-%d %H:%M}", hours=OLD_HOURS)

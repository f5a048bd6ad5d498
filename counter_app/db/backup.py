"""Backups: made while the shop works, checked by opening them, thinned out with age, restored in one act."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from counter_app.db import backup_contents, heads, holding, left_overs
from counter_app.db.backup_contents import Lacking
from counter_app.db.backup_files import (
    STAMP,
    Backup,
    claim,
    examine,
    hash_of,
    read_note,
    seal,
    sync,
    without_note,
    write_note,
)
from counter_app.db.key_files import copy_keys
from counter_app.db.steps import STEPS
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason

FILE_NAME = "counter.sqlite3"
PAGES_AT_ONCE = 2048
KEEP_HOURLY, KEEP_DAILY, KEEP_MONTHLY = 24, 31, 24
NOT_WRITTEN = frozenset(
    f"SQLITE_{what}"
    for what in (
        "FULL",
        "READONLY",
        "IOERR_WRITE",
        "IOERR_FSYNC",
        "IOERR_DIR_FSYNC",
        "IOERR_TRUNCATE",
        "IOERR_CLOSE",
    )
)
"""What SQLite says of a disk that does not take the copy; anything else is said of what is copied."""

Progress = Callable[[int, int], None]


def _no_progress(done: int, total: int) -> None:
    return None


def back_up(
    folder: Path,
    *,
    at: datetime,
    to: Path | None = None,
    label: str = "auto",
    progress: Progress = _no_progress,
) -> Backup:
    """Copy the database of a data folder while it is in use, check the copy, and copy new attachments.

    `to` is the folder for backups (default `backups/` in the data folder; a second disk is better). `at` is
    aware. `progress` may raise to cancel; then nothing is left behind.
    Raises SurroundingsError: db.missing, backup.bad_copy, backup.cannot_write.
    """
    source = folder / FILE_NAME
    if not source.exists():
        raise SurroundingsError("db.missing", path=str(source))
    target_folder = to or folder / "backups"
    with _writing(target_folder):
        target_folder.mkdir(parents=True, exist_ok=True)
        left_overs.sweep(
            (
                *target_folder.glob("counter-*.part"),
                *target_folder.glob("counter-*.part-journal"),
                *target_folder.glob("attachments/??/*.part"),
            )
        )
        target, part = claim(target_folder, at, label)
    with _writing(target_folder), _removed_unless_done(part):
        _copy_database(source, part, progress)
        money, stock = examine(part)
        sync(part)
        digest = hash_of(part)
        sealed = seal(part)
        part.replace(target)
        backup = Backup(
            target, at, label, digest, money, stock, sealed, backup_contents.key_hashes(folder / "keys")
        )
        write_note(backup)
        _copy_attachments(folder / "attachments", target_folder / "attachments")
        copy_keys(folder / "keys", target_folder / "keys")
        for one in backup_contents.lacking(target, at.timestamp(), backup.keys):
            _copy_again(one, folder)
    return backup


def backups(folder: Path, at_folder: Path | None = None) -> list[Backup]:
    """Backups there are, newest first. A file without a readable note beside it is listed when it opens whole."""
    place = at_folder or folder / "backups"
    notes = (read_note(note) for note in place.glob("counter-*.json"))
    found = [backup for backup in notes if backup is not None]
    noted = {backup.path for backup in found}
    for path in place.glob("counter-*.sqlite3"):
        backup = without_note(path) if path not in noted else None
        if backup is not None:
            found.append(backup)
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def is_good(backup: Backup) -> bool:
    """Whether the file still is what was written, and opens without fault."""
    try:
        if hash_of(backup.path) != backup.sha256:
            return False
        return examine(backup.path) == (backup.money, backup.stock)
    except (OSError, SurroundingsError):
        return False


def opens(path: Path) -> bool:
    """Whether a file without a note is a whole database of a shop."""
    try:
        examine(path)
    except (OSError, SurroundingsError):
        return False
    return True


def newest_good(folder: Path, at_folder: Path | None = None) -> Backup | None:
    """The newest backup that can be trusted; offered when the database is damaged."""
    return next((backup for backup in backups(folder, at_folder) if is_good(backup)), None)


def rotate(folder: Path, at_folder: Path | None = None) -> list[Path]:
    """Keep the newest of each of the last 24 hours, 31 days and 24 months; remove other automatic ones.

    Backups with another label (before an update, before a restore, by hand) are never removed.
    A whole one that a killed program left without its note gets it here, so that it is opened for that only once.
    Returns what was removed. Raises SurroundingsError: backup.cannot_write.
    """
    there = backups(folder, at_folder)
    ours = [backup for backup in there if backup.label == "auto"]
    kept: set[Path] = set()
    for form, limit in (("%Y%m%d%H", KEEP_HOURLY), ("%Y%m%d", KEEP_DAILY), ("%Y%m", KEEP_MONTHLY)):
        newest: dict[str, Path] = {}
        for backup in ours:
            newest.setdefault(backup.at.strftime(form), backup.path)
        kept.update(list(newest.values())[:limit])
    removed = [backup.path for backup in ours if backup.path not in kept]
    with _writing(at_folder or folder / "backups"):
        for path in removed:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)
        for backup in there:
            if backup.path not in removed and read_note(backup.path.with_suffix(".json")) is None:
                write_note(backup)
    return removed


def restore(folder: Path, chosen: Path, *, at: datetime, progress: Progress = _no_progress) -> Path | None:
    """Put a backup in the place of the database, after keeping what is there. Close the database first.

    What is there becomes a backup labelled `before-restore`; when it is too damaged for that, the files are
    moved to `backups/damaged-…`. Returns where it was kept (None when there was nothing).
    Raises SurroundingsError: backup.not_found, backup.bad_copy, backup.in_use, backup.cannot_write, db.newer,
    db.other_machine.
    """
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    holding.refuse_others(folder)
    if not chosen.is_file():
        raise SurroundingsError("backup.not_found", path=str(chosen))
    examine(chosen)
    _refuse_newer(chosen)
    place = folder / FILE_NAME
    part = folder / f"{FILE_NAME}.part"
    with _writing(folder), _removed_unless_done(part):
        part.unlink(missing_ok=True)
        _copy_database(chosen, part, progress)
        examine(part)
        sync(part)
        kept = _keep_present(folder, at) if place.exists() else None
        # What the rows name, and the line that says so, are there before the rows: a program that is killed here
        # leaves the one database or the other, and either holds.
        _copy_attachments(chosen.parent / "attachments", folder / "attachments", mend=True)
        copy_keys(chosen.parent / "keys", folder / "keys")
        noted = _note_restored(part, folder)
        for suffix in ("-wal", "-shm"):
            # A log of the old file would be replayed into the new one.
            Path(f"{place}{suffix}").unlink(missing_ok=True)
        try:
            part.replace(place)
        except OSError:
            # Held open by a virus scanner, say: better the old file than none.
            _put_back(kept, folder)
            heads.take_back(folder, noted)
            raise
    return kept


def _keep_present(folder: Path, at: datetime) -> Path:
    place = folder / FILE_NAME
    try:
        kept = back_up(folder, at=at, label="before-restore").path
        _take_alone(place)
    except SurroundingsError as error:
        if error.code != "backup.bad_copy":
            raise
        if holding.open_elsewhere(folder):
            # A window that still stands would go on writing into the file that is moved aside.
            raise SurroundingsError("backup.in_use", path=str(place)) from error
        kept = folder / "backups" / f"damaged-{at.astimezone(UTC).strftime(STAMP)}"
        kept.mkdir(parents=True, exist_ok=True)
        try:
            for suffix in ("", "-wal", "-shm"):
                file = Path(f"{place}{suffix}")
                if file.exists():
                    file.replace(kept / file.name)
        except OSError:
            _put_back(kept, folder)
            raise
    return kept


def _put_back(kept: Path | None, folder: Path) -> None:
    """What was moved aside returns to its place, because nothing came in its stead."""
    if kept is None or not kept.is_dir():
        return
    for file in kept.iterdir():
        file.replace(folder / file.name)
    kept.rmdir()


def _take_alone(place: Path) -> None:
    """Leave WAL mode, which SQLite allows only when nobody else has the file open, and empties the log."""
    try:
        with closing(sqlite3.connect(place, timeout=0, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise SurroundingsError("backup.in_use", path=str(place)) from error


def _copy_database(source: Path, target: Path, progress: Progress) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as there,
            closing(sqlite3.connect(target)) as here,
        ):
            there.backup(here, pages=PAGES_AT_ONCE, progress=told)
            # The copy must be one file, without a log beside it.
            here.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname in NOT_WRITTEN:
            raise SurroundingsError(
                "backup.cannot_write", path=str(target), why=system_reason(error)
            ) from error
        raise SurroundingsError("backup.bad_copy", path=str(source), why=system_reason(error)) from error
    except sqlite3.DatabaseError as error:
        raise SurroundingsError("backup.bad_copy", path=str(source), why=system_reason(error)) from error


def _refuse_newer(path: Path) -> None:
    """A backup of a newer program must not replace a database that works."""
    known = {step.stem for step in STEPS.glob("[0-9]*.py")}
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        taken = [str(name) for (name,) in db.execute("SELECT name FROM schema_migration ORDER BY name")]
    unknown = [name for name in taken if name not in known]
    if unknown:
        raise SurroundingsError("db.newer", path=str(path), migration=unknown[-1])


def _note_restored(part: Path, folder: Path) -> int:
    with closing(sqlite3.connect(f"{part.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        return heads.note_restored(db, folder)


def _copy_again(one: Lacking, folder: Path) -> None:
    """What lies damaged in the backup gives way to the shop's own file, while that is sound."""
    own = own_file(one, folder)
    if one.state == "damaged" and own.is_file() and one.path.parent.name != "keys":
        _copy_hashed(own, one.path)


def own_file(one: Lacking, folder: Path) -> Path:
    """Where the data folder itself keeps a file that a backup lacks."""
    if one.path.parent.name == "keys":
        return folder / "keys" / one.path.name
    return folder / "attachments" / one.path.parent.name / one.path.name


def _copy_hashed(file: Path, copy: Path) -> None:
    """Copy a file that is named by its content; one that is damaged where it comes from is not copied at all, so that
    it is missed by name. Raises OSError, also when the disk does not give back what was written."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    part = copy.with_name(f"{copy.name}.part")
    shutil.copyfile(file, part)
    sync(part)
    if hash_of(part) == file.name:
        part.replace(copy)
        return
    part.unlink(missing_ok=True)
    if hash_of(file) == file.name:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(copy))


def _copy_attachments(source: Path, target: Path, *, mend: bool = False) -> None:
    """Files are named by their content, so a file that is there is the same file. To `mend`, what lies there is read,
    and a damaged one gives way to a sound one."""
    for file in source.glob("??/[!.]*"):
        copy = target / file.parent.name / file.name
        damaged = mend and copy.exists() and hash_of(copy) != copy.name and hash_of(file) == file.name
        if copy.exists() and not damaged:
            continue
        _copy_hashed(file, copy)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SurroundingsError("backup.cannot_write", path=str(folder), why=system_reason(error)) from error


@contextmanager
def _removed_unless_done(part: Path) -> Iterator[None]:
    try:
        yield
    finally:
        part.unlink(missing_ok=True)
        # SQLite's own note of the copy, left where the disk filled up.
        Path(f"{part}-journal").unlink(missing_ok=True)

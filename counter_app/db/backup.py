"""Backups: made while the shop works, checked by opening them, thinned out with age, restored in one act."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from counter_app.db import heads, holding, left_overs
from counter_app.db.guards.chains import FIRST_PREVIOUS
from counter_app.db.steps import STEPS
from counter_app.domain.errors import SurroundingsError

FILE_NAME = "counter.sqlite3"
PAGES_AT_ONCE = 2048
KEEP_HOURLY, KEEP_DAILY, KEEP_MONTHLY = 24, 31, 24
STAMP = "%Y%m%d-%H%M%S"
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


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of the database. `money`, `stock` and `seal` are (rows, last hash) of its chains."""

    path: Path
    at: datetime
    label: str
    sha256: str
    money: tuple[int, str]
    stock: tuple[int, str]
    seal: tuple[int, str] = (0, FIRST_PREVIOUS)

    @property
    def heads(self) -> dict[str, tuple[int, str]]:
        """The heads by the name of the chain."""
        return {"seal": self.seal, "money": self.money, "stock": self.stock}


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
    stamp = at.astimezone(UTC).strftime(STAMP)
    target = _free_name(target_folder, f"counter-{stamp}-{label}")
    part = target.with_suffix(".part")
    with _writing(target_folder), _removed_unless_done(part):
        target_folder.mkdir(parents=True, exist_ok=True)
        left_overs.sweep(
            (*target_folder.glob("counter-*.part"), *target_folder.glob("attachments/??/*.part"))
        )
        _copy_database(source, part, progress)
        money, stock = _examine(part)
        _sync(part)
        digest = _hash_of(part)
        seal = _seal(part)
        part.replace(target)
        backup = Backup(target, at, label, digest, money, stock, seal)
        _write_note(backup)
        _copy_attachments(folder / "attachments", target_folder / "attachments")
    return backup


def backups(folder: Path, at_folder: Path | None = None) -> list[Backup]:
    """Backups there are, newest first. Files without a readable note beside them are not listed."""
    found = []
    for note in (at_folder or folder / "backups").glob("counter-*.json"):
        backup = _read_note(note)
        if backup is not None:
            found.append(backup)
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def is_good(backup: Backup) -> bool:
    """Whether the file still is what was written, and opens without fault."""
    try:
        if _hash_of(backup.path) != backup.sha256:
            return False
        return _examine(backup.path) == (backup.money, backup.stock)
    except (OSError, SurroundingsError):
        return False


def opens(path: Path) -> bool:
    """Whether a file without a note is a whole database of a shop."""
    try:
        _examine(path)
    except (OSError, SurroundingsError):
        return False
    return True


def newest_good(folder: Path, at_folder: Path | None = None) -> Backup | None:
    """The newest backup that can be trusted; offered when the database is damaged."""
    return next((backup for backup in backups(folder, at_folder) if is_good(backup)), None)


def rotate(folder: Path, at_folder: Path | None = None) -> list[Path]:
    """Keep the newest of each of the last 24 hours, 31 days and 24 months; remove other automatic ones.

    Backups with another label (before an update, before a restore, by hand) are never removed.
    Returns what was removed.
    """
    ours = [backup for backup in backups(folder, at_folder) if backup.label == "auto"]
    kept: set[Path] = set()
    for form, limit in (("%Y%m%d%H", KEEP_HOURLY), ("%Y%m%d", KEEP_DAILY), ("%Y%m", KEEP_MONTHLY)):
        newest: dict[str, Path] = {}
        for backup in ours:
            newest.setdefault(backup.at.strftime(form), backup.path)
        kept.update(list(newest.values())[:limit])
    removed = [backup.path for backup in ours if backup.path not in kept]
    for path in removed:
        path.unlink()
        path.with_suffix(".json").unlink()
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
    _examine(chosen)
    _refuse_newer(chosen)
    place = folder / FILE_NAME
    part = folder / f"{FILE_NAME}.part"
    with _writing(folder), _removed_unless_done(part):
        _copy_database(chosen, part, progress)
        _examine(part)
        _sync(part)
        kept = _keep_present(folder, at) if place.exists() else None
        for suffix in ("-wal", "-shm"):
            # A log of the old file would be replayed into the new one.
            Path(f"{place}{suffix}").unlink(missing_ok=True)
        try:
            part.replace(place)
        except OSError:
            # Held open by a virus scanner, say: better the old file than none.
            _put_back(kept, folder)
            raise
        _note_restored(folder)
        _copy_attachments(chosen.parent / "attachments", folder / "attachments")
    return kept


def _keep_present(folder: Path, at: datetime) -> Path:
    place = folder / FILE_NAME
    try:
        kept = back_up(folder, at=at, label="before-restore").path
        _take_alone(place)
    except SurroundingsError as error:
        if error.code != "backup.bad_copy":
            raise
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
    target.unlink(missing_ok=True)

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
            raise SurroundingsError("backup.cannot_write", path=str(target), why=str(error)) from error
        raise SurroundingsError("backup.bad_copy", path=str(source), why=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise SurroundingsError("backup.bad_copy", path=str(source), why=str(error)) from error


def _examine(path: Path) -> tuple[tuple[int, str], tuple[int, str]]:
    """Open, check every page and index, read the heads of the ledgers. Raises backup.bad_copy."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            said = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if said != "ok":
                raise SurroundingsError("backup.bad_copy", path=str(path), why=str(said))
            money, stock = (_head(db, table) for table in ("money_entry", "stock_entry"))
            return money, stock
    except sqlite3.DatabaseError as error:
        raise SurroundingsError("backup.bad_copy", path=str(path), why=str(error)) from error


def _refuse_newer(path: Path) -> None:
    """A backup of a newer program must not replace a database that works."""
    known = {step.stem for step in STEPS.glob("[0-9]*.py")}
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        taken = [str(name) for (name,) in db.execute("SELECT name FROM schema_migration ORDER BY name")]
    unknown = [name for name in taken if name not in known]
    if unknown:
        raise SurroundingsError("db.newer", path=str(path), migration=unknown[-1])


def _head(db: sqlite3.Connection, table: str) -> tuple[int, str]:
    row = db.execute(f"SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_PREVIOUS)


def _seal(path: Path) -> tuple[int, str]:
    """The head of the seals in a copy; (0, zeros) in one of a release that had none."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        return heads.of(db).get("seal", (0, FIRST_PREVIOUS))


def _note_restored(folder: Path) -> None:
    place = folder / FILE_NAME
    with closing(sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        heads.note_restored(db, folder)


def _copy_attachments(source: Path, target: Path) -> None:
    """Files are named by their content, so a file that is there is the same file."""
    for file in source.glob("??/[!.]*"):
        copy = target / file.parent.name / file.name
        if copy.exists():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        part = copy.with_name(f"{copy.name}.part")
        shutil.copyfile(file, part)
        _sync(part)
        part.replace(copy)


def _free_name(folder: Path, stem: str) -> Path:
    path, turn = folder / f"{stem}.sqlite3", 1
    while path.exists():
        turn += 1
        path = folder / f"{stem}-{turn}.sqlite3"
    return path


def _write_note(backup: Backup) -> None:
    note = backup.path.with_suffix(".json")
    note.write_text(
        json.dumps(
            {
                "at": backup.at.astimezone(UTC).isoformat(),
                "label": backup.label,
                "sha256": backup.sha256,
                "money": backup.money,
                "stock": backup.stock,
                "seal": backup.seal,
            }
        ),
        encoding="utf-8",
    )
    _sync(note)


def _read_note(note: Path) -> Backup | None:
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        return Backup(
            note.with_suffix(".sqlite3"),
            datetime.fromisoformat(told["at"]),
            str(told["label"]),
            str(told["sha256"]),
            (int(told["money"][0]), str(told["money"][1])),
            (int(told["stock"][0]), str(told["stock"][1])),
            (int(told["seal"][0]), str(told["seal"][1])) if "seal" in told else (0, FIRST_PREVIOUS),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SurroundingsError(
            "backup.cannot_write", path=str(folder), why=error.strerror or str(error)
        ) from error


@contextmanager
def _removed_unless_done(part: Path) -> Iterator[None]:
    try:
        yield
    finally:
        part.unlink(missing_ok=True)

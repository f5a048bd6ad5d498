"""`restore [FILE]`: put a backup in the place of the database, after keeping what is there."""

from __future__ import annotations

import argparse
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from counter_app import wording
from counter_app.db import backup, backup_contents, backup_folders, connection
from counter_app.db.backup_contents import Lacking
from counter_app.db.backup_files import read_note
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.system_reasons import system_reason
from counter_app.services import restores, setup
from counter_app.services.desk import SystemClock
from counter_app.verbs.progress import progress_lines

TOLD = 20
"""So many files are named one by one."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="the backup; without it the newest good one")
    parser.add_argument(
        "--staff", type=int, metavar="ID", help="who asked for it, as the list of overrides tells"
    )
    parser.add_argument("--list", action="store_true", help="say which backups there are, restore nothing")
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Restore, open once to see that it works, and say where the old data went."""
    if given.list:
        return _list(given)
    chosen = Path(given.file).expanduser().absolute() if given.file else _newest(given.data)
    note = read_note(chosen.with_suffix(".json"))
    gone = _lacking(chosen, note.keys if note is not None else ()) if chosen.is_file() else ()
    told = {"progress": progress_lines()} if given.progress else {}
    kept = backup.restore(given.data, chosen, at=datetime.now(UTC), **told)
    _note(given, chosen, kept)
    gone = tuple(one for one in gone if not _here(one, given.data))
    if given.progress:
        result = {"restored": str(chosen), "kept": str(kept or ""), "lacking": [one.name for one in gone]}
        print(json.dumps(result, ensure_ascii=False), flush=True)
        return 0
    said = CounterError("backup.restored", path=str(chosen), kept=str(kept or "-"))
    print(wording.sentence(said, given.language))
    if gone:
        print(wording.sentence(CounterError("backup.restored_lacking", count=len(gone)), given.language))
        _tell_lacking(gone, given)
    return 0


def _note(given: argparse.Namespace, chosen: Path, kept: Path | None) -> None:
    """Open what was put there, and let it tell where it came from."""
    db = connection.open_database(given.data)
    try:
        if not setup.is_new(db):
            desk = setup.open_desk(db, given.data, SystemClock())
            was = backup_folders.counts_of(kept) if kept is not None and kept.is_file() else None
            now = backup_folders.counts_of(given.data / connection.FILE_NAME)
            restores.note(desk, chosen.name, kept, was, now, given.staff)
    finally:
        db.close()


def _list(given: argparse.Namespace) -> int:
    """One line for each backup, newest first: when, kind, size, rows, sound or not, where."""
    for one in backup_folders.everywhere(given.data):
        good = backup.is_good(one)
        gone = _lacking(one.path, one.keys) if good else ()
        said = CounterError(
            "backup.listed.bad" if not good else "backup.listed.lacking" if gone else "backup.listed.sound",
            at=f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}",
            label=one.label,
            bytes=one.path.stat().st_size if one.path.exists() else 0,
            money=one.money[0],
            stock=one.stock[0],
            path=str(one.path),
            count=len(gone),
        )
        print(wording.sentence(said, given.language))
        _tell_lacking(gone, given)
    return 0


def _lacking(path: Path, keys: tuple[tuple[str, str], ...]) -> tuple[Lacking, ...]:
    """Files the backup names and does not hold. Raises SurroundingsError `backup.bad_copy`."""
    try:
        return backup_contents.lacking(path, datetime.now(UTC).timestamp(), keys)
    except (OSError, sqlite3.DatabaseError) as error:
        raise SurroundingsError("backup.bad_copy", path=str(path), why=system_reason(error)) from error


def _here(one: Lacking, folder: Path) -> bool:
    """Whether the data folder still had the file itself."""
    return backup.own_file(one, folder).is_file()


def _tell_lacking(gone: tuple[Lacking, ...], given: argparse.Namespace) -> None:
    for one in gone[:TOLD]:
        said = CounterError(f"backup.file_{one.state}", name=one.name, path=str(one.path))
        print(f"  {wording.sentence(said, given.language)}")
    if len(gone) > TOLD:
        print(
            f"  {wording.sentence(CounterError('backup.files_more', count=len(gone) - TOLD), given.language)}"
        )


def _newest(folder: Path) -> Path:
    good = backup_folders.newest_good(folder)
    if good is None:
        raise SurroundingsError("backup.none_good", path=str(folder / "backups"))
    return good.path

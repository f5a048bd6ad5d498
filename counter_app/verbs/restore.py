"""`restore [FILE]`: put a backup in the place of the database, after keeping what is there."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from counter_app import wording
from counter_app.db import backup, backup_folders, connection
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.verbs.progress import progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="the backup; without it the newest good one")
    parser.add_argument("--list", action="store_true", help="say which backups there are, restore nothing")
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Restore, open once to see that it works, and say where the old data went."""
    if given.list:
        return _list(given)
    chosen = Path(given.file).expanduser().absolute() if given.file else _newest(given.data)
    told = {"progress": progress_lines()} if given.progress else {}
    kept = backup.restore(given.data, chosen, at=datetime.now(UTC), **told)
    connection.open_database(given.data).close()
    if given.progress:
        result = {"restored": str(chosen), "kept": str(kept or "")}
        print(json.dumps(result, ensure_ascii=False), flush=True)
        return 0
    said = CounterError("backup.restored", path=str(chosen), kept=str(kept or "-"))
    print(wording.sentence(said, given.language))
    return 0


def _list(given: argparse.Namespace) -> int:
    """One line for each backup, newest first: when, kind, size, rows, sound or not, where."""
    for one in backup_folders.everywhere(given.data):
        good = backup.is_good(one)
        said = CounterError(
            "backup.listed.sound" if good else "backup.listed.bad",
            at=f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}",
            label=one.label,
            bytes=one.path.stat().st_size if one.path.exists() else 0,
            money=one.money[0],
            stock=one.stock[0],
            path=str(one.path),
        )
        print(wording.sentence(said, given.language))
    return 0


def _newest(folder: Path) -> Path:
    good = backup_folders.newest_good(folder)
    if good is None:
        raise SurroundingsError("backup.none_good", path=str(folder / "backups"))
    return good.path

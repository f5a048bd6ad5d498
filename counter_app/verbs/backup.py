"""`backup [--to DIR]`: copy the database while it is in use, check the copy, thin out old ones; with `--year` a closed
year alone, into a file of its own."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from counter_app import wording
from counter_app.db import backup, backup_folders, left_forms
from counter_app.db.backup_files import Backup
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.verbs.progress import progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument(
        "--to", metavar="DIR", help="folder for this backup (else the one chosen in the settings)"
    )
    parser.add_argument(
        "--year", metavar="YYYY", type=int, help="a closed year alone, into a file of its own"
    )
    parser.add_argument("--auto", action="store_true", help="made by the clock: old ones are thinned out")
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Make the backup and say where it is.

    When the chosen folder cannot be used, the backup is made beside the data and SurroundingsError
    `backup.only_here` says so: better one there than none.
    """
    if given.year is not None:
        return _year(given)
    to = Path(given.to).expanduser().absolute() if given.to else backup_folders.chosen_folder(given.data)
    try:
        if to is not None and not given.to:
            backup_folders.refuse_gone(to)
        made = _made(given, to)
    except SurroundingsError as error:
        if to is None or given.to or error.code not in ("backup.folder_gone", "backup.cannot_write"):
            raise
        made = _made(given, None)
        raise SurroundingsError("backup.only_here", path=str(to), made=str(made.path)) from error
    if not given.progress:
        print(wording.sentence(CounterError("backup.done", path=str(made.path)), given.language))
    return 0


def _year(given: argparse.Namespace) -> int:
    """Copy a closed year; one that is there and sound stays."""
    from counter_app.services import old_years
    from counter_app.verbs.opened import opened_desk

    tell = progress_lines() if given.progress else (lambda done, total: None)
    to = Path(given.to).expanduser().absolute() if given.to else None
    with opened_desk(given.data) as desk:
        made = old_years.make(desk, given.year, to, tell)
    if given.progress:
        print(json.dumps({"file": str(made.value.path), "new": bool(made.changed)}, ensure_ascii=False))
        return 0
    code = "year.done" if made.changed else "year.there"
    told = CounterError(code, year=made.value.year, path=str(made.value.path))
    print(wording.sentence(told, given.language))
    return 0


def _made(given: argparse.Namespace, to: Path | None) -> Backup:
    told = {"progress": progress_lines()} if given.progress else {}
    label = "auto" if given.auto else "by-hand"
    made = backup.back_up(given.data, at=datetime.now(UTC), to=to, label=label, **told)
    backup.rotate(given.data, to)
    if given.auto:
        kept = [one.path for one in backup_folders.everywhere(given.data)]
        left_forms.sweep(given.data, (given.data / backup.FILE_NAME, *kept))
    return made

"""`backup [--to DIR]`: copy the database while it is in use, check the copy, thin out old ones."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from counter_app import wording
from counter_app.db import backup
from counter_app.domain.errors import CounterError
from counter_app.verbs.progress import progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("--to", metavar="DIR", help="folder for the backups, better on a second disk")
    parser.add_argument("--auto", action="store_true", help="made by the clock: old ones are thinned out")
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Make the backup and say where it is."""
    to = Path(given.to).expanduser().absolute() if given.to else None
    told = {"progress": progress_lines()} if given.progress else {}
    label = "auto" if given.auto else "by-hand"
    made = backup.back_up(given.data, at=datetime.now(UTC), to=to, label=label, **told)
    backup.rotate(given.data, to)
    if not given.progress:
        print(wording.sentence(CounterError("backup.done", path=str(made.path)), given.language))
    return 0

"""`export (--month YYYY-MM | --year YYYY) --out FILE.xlsx`: the archive of a month or a year."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.services import month
from counter_app.verbs.opened import opened_desk
from counter_app.verbs.progress import progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    span = parser.add_mutually_exclusive_group(required=True)
    span.add_argument("--month", metavar="YYYY-MM")
    span.add_argument("--year", metavar="YYYY")
    parser.add_argument("--out", metavar="FILE.xlsx", required=True)
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Write the archive and say where it is."""
    span = month.period(given.month or given.year)
    with opened_desk(given.data) as desk:
        done = month.export(
            desk, span, Path(given.out), given.language, progress_lines() if given.progress else None
        )
    if not given.progress:
        print(f"{done.path}: {span.name}, {done.rows}")
    return 0

"""`export (--month YYYY-MM | --year YYYY | --due) [--out FILE.xlsx|FILE.zip] [--staff ID] [--unmasked WHY]`: the archive
of a month or a year, as a workbook or as a zip of CSV files; with `--due` every month that is to be written to the
folder set for it.

With `--staff` it is what that member of staff may export: cost prices only where they may see them. Without,
there are no cost prices in it.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from dataclasses import replace
from pathlib import Path

from counter_app import wording
from counter_app.domain.errors import Cancelled, CounterError
from counter_app.services import month, month_due, staff
from counter_app.verbs.opened import opened_desk
from counter_app.verbs.progress import STOPPED, Stopping, progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    span = parser.add_mutually_exclusive_group(required=True)
    span.add_argument("--month", metavar="YYYY-MM")
    span.add_argument("--year", metavar="YYYY")
    span.add_argument("--due", action="store_true", help="months past, to the folder that the shop has set")
    parser.add_argument("--out", metavar="FILE", help=".xlsx or .zip; else exports/ of the data folder")
    parser.add_argument("--staff", metavar="ID", type=int, help="member of staff in whose name it happens")
    parser.add_argument(
        "--unmasked",
        metavar="WHY",
        default="",
        help="customers in full, and why; needs the right to see them",
    )
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Write the archive and say where it is; 3 when it was stopped, with nothing written."""
    stopping = Stopping(progress_lines() if given.progress else None)
    # The window stops its child this way; what was begun is taken away on the way out.
    signal.signal(signal.SIGTERM, stopping.ask)
    if given.due:
        return _due(given, stopping)
    span = month.period(given.month or given.year)
    try:
        with opened_desk(given.data) as opened:
            desk = (
                opened
                if given.staff is None
                else replace(opened, staff=staff.staff_view(opened, given.staff))
            )
            path = Path(given.out) if given.out else month.default_path(desk, span)
            done = month.export(desk, span, path, given.language, stopping.step, given.unmasked)
    except Cancelled:
        print(wording.sentence(CounterError("archive.cancelled"), given.language), file=sys.stderr)
        return STOPPED
    if given.progress:
        print(json.dumps({"file": str(done.path), "rows": done.rows}, ensure_ascii=False))
    else:
        told = CounterError("archive.done", period=done.period.name, rows=done.rows, file=str(done.path))
        print(wording.sentence(told, given.language))
    return 0


def _due(given: argparse.Namespace, stopping: Stopping) -> int:
    """Write what is due and say it; nothing due is no error."""
    try:
        with opened_desk(given.data) as desk:
            done = month_due.export_due(desk, given.language, stopping.step)
    except Cancelled:
        print(wording.sentence(CounterError("archive.cancelled"), given.language), file=sys.stderr)
        return STOPPED
    if given.progress:
        print(json.dumps({"files": [str(one.path) for one in done]}, ensure_ascii=False))
        return 0
    for one in done:
        told = CounterError("archive.done", period=one.period.name, rows=one.rows, file=str(one.path))
        print(wording.sentence(told, given.language))
    if not done:
        print(wording.sentence(CounterError("archive.none_due"), given.language))
    return 0

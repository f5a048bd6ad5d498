"""`watch`: take in what the register left in the folder that was chosen in the settings, each file once."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from counter_app.services import watched_imports
from counter_app.verbs.opened import acting, opened_desk
from counter_app.verbs.progress import progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("--staff", metavar="ID", type=int, help="member of staff in whose name it happens")
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Take in what is new, and print what became of each file."""
    with opened_desk(given.data) as opened:
        desk = acting(opened, given.staff)
        done = watched_imports.take_in(desk, progress_lines() if given.progress else None)
    if given.progress:
        print(json.dumps({"taken": [asdict(one) for one in done]}, ensure_ascii=False), flush=True)
        return 0
    for one in done:
        counts = ", ".join(f"{name} {number}" for name, number in sorted(one.counts.items()))
        print(f"{one.file}: {one.refused or f'{one.kind}: {counts}'}")
    return 0

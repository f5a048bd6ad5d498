"""`print [--linger SECONDS] [--list]`: prints what waits in the print queue, then ends.

The window starts it as its child, so that drawing and a slow printer stop nobody; `--linger` lets it stay for that
long after the last job, so that the next one need not wait for a start.
"""

from __future__ import annotations

import argparse
import json
import signal
import threading
import time
from types import FrameType

from counter_app import wording
from counter_app.services import print_queue, print_work
from counter_app.services.desk import Desk
from counter_app.services.print_routes import Spooler
from counter_app.verbs.opened import opened_desk

_LOOK_S = 0.25
"""Between two looks at the queue and at what became of the jobs."""
_WATCH_S = 90.0
"""A job that the system has not finished after so long is looked at by the next start."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument(
        "--linger", metavar="SECONDS", type=float, default=0.0, help="stay for so long after the last job"
    )
    parser.add_argument(
        "--list", action="store_true", help="only say which jobs there are and how far they are"
    )
    parser.add_argument("--progress", action="store_true", help="the last line is what was done, as JSON")


def run(given: argparse.Namespace) -> int:
    """Print what waits. 0 also when a printer was not there: the job waits, and the window says so."""
    if given.list:
        with opened_desk(given.data, read_only=True) as desk:
            _list(desk, given.language)
        return 0
    stop = threading.Event()

    def asked(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, asked)
    with opened_desk(given.data) as desk:
        sent = rounds(desk, given.spooler(), stop, given.linger)
    if given.progress:
        print(json.dumps({"sent": sent}))
    return 0


def rounds(desk: Desk, spooler: Spooler, stop: threading.Event, linger_s: float) -> int:
    """Round after round until nothing is due, nothing is on its way, and the time to linger is over."""
    sent, busy_at = 0, time.monotonic()
    began = busy_at
    while True:
        done = print_work.work(desk, spooler, stop.is_set)
        sent += done.sent
        now = time.monotonic()
        if done.sent:
            busy_at = began = now
        on_its_way = done.on_their_way and now - began < _WATCH_S
        if not on_its_way and now - busy_at >= linger_s and not print_queue.is_due(desk):
            break
        if stop.wait(_LOOK_S):
            break
    print_queue.tidy(desk)
    return sent


def _list(desk: Desk, language: wording.Language) -> None:
    for job in print_queue.jobs(desk):
        trouble = "" if job.trouble is None else wording.sentence(job.trouble, language)
        told = (str(job.id), job.state, job.number or job.what, job.title.of(language), job.printer, trouble)
        print("  ".join(part for part in told if part))

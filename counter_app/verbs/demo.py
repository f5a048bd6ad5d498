"""`demo --cases N --seed S [--until YYYY-MM-DD] [--months M]`: an invented shop with months of work behind it."""

from __future__ import annotations

import argparse
from datetime import date

from counter_app import wording
from counter_app.db import connection
from counter_app.domain.errors import CounterError, UserError
from counter_app.services.demo import days
from counter_app.verbs.progress import progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("--cases", metavar="N", type=int, default=200, help="how many visits (200)")
    parser.add_argument(
        "--seed", metavar="S", type=int, default=1, help="the same seed gives the same shop (1)"
    )
    parser.add_argument("--until", metavar="YYYY-MM-DD", help="last day of work, otherwise today until now")
    parser.add_argument("--months", metavar="M", type=int, default=3, help="how long the shop worked (3)")
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Fill an empty data folder and say who works there."""
    until = _day(given.until) if given.until else None
    db = connection.open_database(given.data, create=True)
    try:
        tell = progress_lines() if given.progress else lambda done, total: None
        if until is None:
            made = days.fill_until_now(db, given.data, given.cases, given.seed, given.months, tell)
        else:
            made = days.fill(db, given.data, given.cases, given.seed, until, given.months, tell)
    finally:
        db.close()
    if not given.progress:
        done = CounterError(
            "demo.done",
            cases=made.cases,
            sales=made.sales,
            ends=made.ends,
            all_ends=made.all_ends,
            answers=made.answers,
            all_answers=made.all_answers,
        )
        print(wording.sentence(done, given.language))
        for one in made.crew:
            print(f"{one.code}  {one.name}  {one.role}  PIN {one.pin}")
    return 0


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as wrong:
        raise UserError("demo.day", day=written[:40]) from wrong

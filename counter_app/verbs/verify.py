"""`verify`: check chains, sums, hashes, files and numbers; one line for each thing that does not hold."""

from __future__ import annotations

import argparse
import sys

from counter_app import wording
from counter_app.db import connection, ledger
from counter_app.db.verify import verify
from counter_app.domain.errors import CounterError
from counter_app.verbs.progress import progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """0 and one line when everything holds; 2 and a line per broken row otherwise. Nothing is written."""
    db = connection.open_database(given.data, read_only=True)
    try:
        tell = progress_lines() if given.progress else (lambda done, total: None)
        found = verify(db, given.data, tell)
        money, stock = ledger.head(db, "money"), ledger.head(db, "stock")
    finally:
        db.close()
    for broken in found:
        words = wording.sentence(CounterError(broken.code, **broken.params), given.language)
        print(f"{broken.table} {broken.row}: {words}")
    if found:
        told = CounterError("verify.broken", count=len(found))
        print(wording.sentence(told, given.language), file=sys.stderr)
        return 2
    sound = CounterError(
        "verify.sound",
        money_rows=money.rows,
        money_head=money.hash[:16],
        stock_rows=stock.rows,
        stock_head=stock.hash[:16],
    )
    print(wording.sentence(sound, given.language))
    return 0

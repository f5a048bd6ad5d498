"""`reindex`: build the search index, the figures of reports and the kept sums again from the rows."""

from __future__ import annotations

import argparse

from counter_app import wording
from counter_app.db import connection, figures, holding, kept_sums, search
from counter_app.domain.errors import CounterError
from counter_app.verbs.progress import progress_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Build the index and say how many rows it has."""
    if given.data.is_dir():
        holding.refuse_others(given.data)
    db = connection.open_database(given.data)
    try:
        rows = search.reindex(db, progress_lines() if given.progress else lambda done, total: None)
        figures.rebuild(db)
        kept_sums.rebuild(db)
        connection.checkpoint(db, force=True)
    finally:
        db.close()
    if not given.progress:
        print(wording.sentence(CounterError("reindex.done", rows=rows), given.language))
    return 0

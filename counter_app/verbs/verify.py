"""`verify [WORKBOOK]`: check chains, seals, sums, hashes, files, numbers; a line for each thing that does not hold.

With an exported archive: whether each of its values is still what the database says.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from counter_app import wording
from counter_app.db import connection, heads, ledger, seals
from counter_app.db.verify import erased, verify
from counter_app.db.verify_heads import SHORT, Told
from counter_app.domain.errors import CounterError, UserError
from counter_app.services import signed_check, verify_words
from counter_app.verbs.progress import progress_lines

MOST_TOLD = 200
"""Lines that the window is given at most."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("workbook", metavar="WORKBOOK", nargs="?", help="an exported archive to compare")
    parser.add_argument(
        "--head",
        metavar=("CHAIN", "ROWS", "HASH"),
        nargs=3,
        action="append",
        default=[],
        help="a head printed on a shift sheet, an archive or a backup: seal, money or stock; may be repeated",
    )
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """0 and one line when everything holds; 2 and a line per broken row otherwise. Nothing is written."""
    if given.workbook and given.workbook.endswith(".sqlite3"):
        return _year(Path(given.workbook), given)
    if given.workbook:
        return _compare(Path(given.workbook), given)
    printed = tuple(_printed(one) for one in given.head)
    db = connection.open_database(given.data, read_only=True)
    try:
        tell = progress_lines() if given.progress else (lambda done, total: None)
        found = verify(db, given.data, tell, printed, signed_check.CHECKS)
        rows, sealed = seals.head(db.connection())
        blanked = erased(db)
        lines = [
            verify_words.line(db, one.table, one.row, one.code, one.params, given.language) for one in found
        ]
        money, stock = ledger.head(db, "money"), ledger.head(db, "stock")
    finally:
        db.close()
    if any(blanked.values()):
        print(wording.sentence(CounterError("verify.erased", **blanked), given.language))
    _tell(lines, given)
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
    print(wording.sentence(CounterError("verify.seals", rows=rows, head=sealed[:16]), given.language))
    return 0


def _tell(lines: Sequence[str], given: argparse.Namespace) -> None:
    """Each thing that does not hold on its line; the window gets the first of them as one object."""
    if given.progress and lines:
        print(json.dumps({"broken": lines[:MOST_TOLD], "count": len(lines)}, ensure_ascii=False))
        return
    for line in lines:
        print(line)


def _printed(given: Sequence[str]) -> Told:
    """A head as somebody typed it from paper. Raises UserError `verify.head_wanted`."""
    chain, rows, digest = given
    if chain not in heads.CHAINS or not rows.isdecimal() or len(digest) < SHORT:
        raise UserError("verify.head_wanted", given=" ".join(given))
    return Told(chain, int(rows), digest.lower())


def _year(path: Path, given: argparse.Namespace) -> int:
    """The same for the copy of a year; beside the books, where they are, what these noted of it."""
    from counter_app.db.old_years import about
    from counter_app.services import old_years
    from counter_app.verbs.opened import opened_desk

    one = about(path)
    if (given.data / connection.FILE_NAME).exists():
        with opened_desk(given.data, read_only=True) as desk:
            found = old_years.check(desk, path)
    else:
        found = old_years.check(None, path)
    _tell([verify_words.line(None, *one, given.language) for one in found], given)
    if found:
        told = CounterError("verify.broken", count=len(found))
        print(wording.sentence(told, given.language), file=sys.stderr)
        return 2
    sound = CounterError("year.sound", year=one.year, tables=one.tables, rows=one.rows)
    print(wording.sentence(sound, given.language))
    return 0


def _compare(workbook: Path, given: argparse.Namespace) -> int:
    """The same for one exported archive. What may have changed since the export is told and does no harm."""
    from counter_app.services import month_check, month_twin
    from counter_app.verbs.opened import opened_desk

    by = month_twin if month_twin.is_twin(workbook) else month_check
    there = (given.data / connection.FILE_NAME).exists()
    if there:
        with opened_desk(given.data, read_only=True) as desk:
            checked = by.check(desk, workbook)
    else:
        checked = by.alone(workbook)
    for one in checked.findings:
        print(wording.sentence(CounterError(one.code, **one.params), given.language))
    if not checked.sound:
        count = sum(1 for one in checked.findings if not one.since)
        print(wording.sentence(CounterError("verify.broken", count=count), given.language), file=sys.stderr)
        return 2
    told = CounterError("archive.check.sound", file=workbook.name, values=checked.values)
    if not there:
        code = "archive.check.alone" if checked.values else "archive.check.unsealed"
        told = CounterError(code, file=workbook.name, sheets=checked.values, folder=str(given.data))
    print(wording.sentence(told, given.language))
    return 0 if there or checked.values else 2

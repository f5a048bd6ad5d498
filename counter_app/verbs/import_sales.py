"""`import FILE… [--dry-run | --preview] [--source KIND] [--mapping FILE]`: take in orders, articles or the bills of WeChat Pay
and Alipay, or read archives of Counter back as history; or say what would be.

Several files are one import when they belong together (Taobao's order list and its item list). What is wrong in
single rows is told on standard output, row by row, and the rest is taken in; a file that cannot be used at all
ends with one line on standard error and exit 2.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from counter_app import wording
from counter_app.domain import import_report
from counter_app.domain.errors import Cancelled, CounterError, SurroundingsError, UserError
from counter_app.domain.import_views import ImportFault
from counter_app.domain.system_reasons import system_reason
from counter_app.services import bills, imports, read_back, sale_list, sample_orders
from counter_app.verbs import archive_entry, bill_entry, pin
from counter_app.verbs.opened import acting, opened_desk
from counter_app.verbs.progress import STOPPED, Stopping, progress_lines

TOLD = 50


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="CSV or Excel files that belong together")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    parser.add_argument("--preview", action="store_true", help="the same as one JSON object, for a window")
    parser.add_argument(
        "--source",
        metavar="KIND",
        help="shopify, taobao, taobao_items, sheet, products, bill, archive or a name in resources/imports",
    )
    parser.add_argument(
        "--mapping", metavar="FILE", help="JSON object: field of a sale → column of the sheet"
    )
    parser.add_argument(
        "--sheet", metavar="NAME", default="", help="sheet of a workbook; else the first filled one"
    )
    parser.add_argument(
        "--as-previewed",
        metavar="SHA256",
        action="append",
        default=[],
        help="once for each file, from its preview: a file changed since is refused",
    )
    parser.add_argument(
        "--sample-days", action="store_true", help="the shipped samples: their latest day is today"
    )
    parser.add_argument("--other-shop", action="store_true", help="take an archive of another shop too")
    parser.add_argument(
        "--nevertheless", metavar="WHY", help="take an archive whose totals prove nothing, and say why"
    )
    parser.add_argument("--staff", metavar="ID", type=int, help="member of staff in whose name it happens")
    pin.declare(parser)
    parser.add_argument("--progress", action="store_true", help="one JSON line per step on standard output")


def run(given: argparse.Namespace) -> int:
    """Import, and print what became of the orders."""
    files = [Path(name) for name in given.files]
    mapping = _mapping(Path(given.mapping)) if given.mapping else None
    if given.source in (None, "archive") and mapping is None:
        archives = [file for file in files if given.source or read_back.is_archive(file)]
        if archives:
            return archive_entry.run(given, files, archives)
    if given.preview:
        return _preview(given, files, mapping)
    if given.source == "bill" or (given.source is None and mapping is None):
        found = [file for file in files if given.source == "bill" or bills.is_bill(file)]
        if found:
            return bill_entry.run(given, files, found)
    with opened_desk(given.data) as opened:
        asked = given.staff is not None and pin.given_already(given)
        desk = pin.shown(opened, given.staff, given) if asked else acting(opened, given.staff)
        if given.dry_run:
            seen = imports.preview(desk, files, given.source, mapping, None, given.sheet)
            _tell(given, seen.kind, seen.counts, seen.faults)
            return 0
        stopping = Stopping(progress_lines() if given.progress else None)
        # The window stops its child this way: between two chunks, so that the import can say how far it came.
        signal.signal(signal.SIGTERM, stopping.ask)
        later = sample_orders.days_later(desk) if given.sample_days else 0
        try:
            done = imports.run_import(
                desk,
                files,
                given.source,
                mapping,
                stopping.step,
                given.sheet,
                days_later=later,
                contents=given.as_previewed,
            ).value
        except Cancelled:
            print(wording.sentence(CounterError("import.stopped"), given.language), file=sys.stderr)
            return STOPPED
        _tell(given, done.kind, done.counts, done.faults, done.fault_books)
    return 0


def _preview(given: argparse.Namespace, files: list[Path], mapping: dict[str, str] | None) -> int:
    """One JSON object: what would happen, or why it cannot, with the columns a person could name instead."""
    progress = progress_lines() if given.progress else None
    told: dict[str, object]
    with opened_desk(given.data) as opened:
        desk = acting(opened, given.staff)
        try:
            seen = imports.preview(desk, files, given.source, mapping, progress, given.sheet)
            told = import_report.as_values(seen)
        except UserError as error:
            told = {"refused": error.code, "params": error.params}
            if error.code.startswith(("import.file.unknown", "import.mapping")):
                columns, suggested = sale_list.sheet_columns(files[0])
                told |= {"columns": columns, "suggested": suggested}
    print(json.dumps(told, ensure_ascii=False, default=str), flush=True)
    return 0


def _mapping(file: Path) -> dict[str, str]:
    try:
        told = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise SurroundingsError(
            "import.file.unreadable", file=file.name, cause=system_reason(cause)
        ) from cause
    except ValueError as wrong:
        raise UserError("import.mapping.file", file=file.name) from wrong
    if not isinstance(told, dict) or not all(isinstance(column, str) for column in told.values()):
        raise UserError("import.mapping.file", file=file.name)
    return told


def _tell(
    given: argparse.Namespace,
    kind: str,
    counts: Mapping[str, int],
    faults: Iterable[ImportFault],
    fault_books: Sequence[str] = (),
) -> None:
    if given.progress:
        result = {"kind": kind, "counts": counts, "fault_books": list(fault_books)}
        print(json.dumps(result, ensure_ascii=False), flush=True)
        return
    for fault in list(faults)[:TOLD]:
        told = wording.sentence(CounterError(fault.reason.code, **fault.reason.params), given.language)
        print(f"{fault.file}:{fault.row} {fault.column}: {told}")
    for book in fault_books:
        print(book)
    print(f"{kind}: " + ", ".join(f"{name} {number}" for name, number in sorted(counts.items())))

"""Posting a refund (documents, lines, settlement, proof, both ledgers, stock, to-dos, events, search index, one
transaction to the disk) beside raw sqlite3 writing the very same rows without guards, on a copy of the same file.

Prepared visits are signed and wait; then they are posted by turns with the raw writing. The rows of the raw side
are what a third copy wrote when the same visits were posted there. `p99 : p50` is ours against the raw median.
Run alone: `python tests/bench/bench_posting.py [CASES …]` (default 1000 10000 100000; `--full` adds 1000000).
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]

import bulk  # noqa: E402
import visits  # noqa: E402

from counter_app.db import connection, search  # noqa: E402
from counter_app.db.connection import FILE_NAME, PRAGMAS  # noqa: E402
from counter_app.domain.new_sale import NewLine  # noqa: E402
from counter_app.services import posting, setup, staff  # noqa: E402
from counter_app.services.desk import Desk  # noqa: E402

POSTS = 120
WARM = 10
EVERY = 10
"""After so many visits the window is quiet for a moment, and tends the file as it does then."""


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds of both sides, their ratio, and the ratio aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A visit that is signed: its case and the hash of its figures."""

    case_id: int
    figures: str


def prepared(folder: Path, count: int = POSTS + WARM) -> list[Ready]:
    """A shop with sixty articles and so many signed returns that nobody posted yet."""
    visits.build_shop(folder / "template")
    ready = []
    with visits.opened(folder / "template", folder / "shop") as counter:
        counter.open_drawer()
        articles = [(counter.product(name, price, stock=50), name, price) for name, price in bulk.shelves()]
        for number in range(count):
            product, name, price = articles[number % len(articles)]
            line = NewLine(name, 1000, price, product_id=product)
            sale = counter.sell(line, tenders={"wechat": price}, phone=f"142{number:08d}")
            visit = counter.visit(sale).go("return", "agree", "in_person", "fit")
            visit.waive()
            ready.append(Ready(visit.case_id, visit.sign()))
        connection.checkpoint(counter.desk.db, force=True)
    return ready


class _Listening:
    """Notes what one posting writes, statement by statement."""

    def __init__(self, db: Any) -> None:
        self.statements: list[tuple[str, Any]] = []
        self._db, self._usual = db, db.execute_sql

    def __enter__(self) -> _Listening:
        def noting(sql: str, params: Any = None) -> Any:
            if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
                self.statements.append((sql, tuple(params or ())))
            return self._usual(sql, params)

        self._db.execute_sql = noting
        return self

    def __exit__(self, *_: object) -> None:
        del self._db.execute_sql


def rows(sizes: Sequence[int] = (1000, 10_000, 100_000)) -> list[BenchRow]:
    """Median and 99th percentile for each number of cases that are there already."""
    found: list[BenchRow] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there:
        folder = Path(there)
        ready = prepared(folder)
        for size in sizes:
            shop = folder / f"shop-{size}"
            shutil.copytree(folder / "shop", shop)
            bulk.add_cases(shop, size)
            found += _measured(shop, folder, ready, size)
            shutil.rmtree(shop)
    return found


def _desk(db: Any, folder: Path) -> Desk:
    desk = setup.open_desk(db, folder, visits.Clock())
    return replace(desk, staff=staff.staff_view(desk, 2))


def _measured(shop: Path, folder: Path, ready: Sequence[Ready], size: int) -> list[BenchRow]:
    raw_file = folder / "raw.sqlite3"
    shutil.copyfile(shop / FILE_NAME, raw_file)
    wrote = _what_is_written(shop, folder / "listening", ready)
    ours, raw = [], []
    db = connection.open_database(shop)
    with closing(_raw(raw_file)) as plain:
        desk = _desk(db, shop)
        for number, one in enumerate(ready):
            begin = time.perf_counter()
            posting.post(desk, one.case_id, f"bench-{number}", one.figures)
            middle = time.perf_counter()
            plain.execute("BEGIN IMMEDIATE")
            for sql, params in wrote[number]:
                plain.execute(sql, params)
            plain.execute("COMMIT")
            end = time.perf_counter()
            if number >= WARM:
                ours.append((middle - begin) * 1000)
                raw.append((end - middle) * 1000)
            if number % EVERY == 0:
                search.merge(db)
                connection.checkpoint(db)
                plain.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    db.close()
    for name in (raw_file, Path(f"{raw_file}-wal"), Path(f"{raw_file}-shm")):
        name.unlink(missing_ok=True)
    p50, mine = statistics.median(raw), statistics.median(ours)
    p99 = statistics.quantiles(ours, n=100, method="inclusive")[98]
    return [
        BenchRow(f"post a refund p50, {size} cases", p50, mine, mine / p50, 2.0),
        BenchRow(f"post a refund p99 : p50, {size}", p50, p99, p99 / p50, 8.0),
    ]


def _what_is_written(shop: Path, copy: Path, ready: Sequence[Ready]) -> list[list[tuple[str, Any]]]:
    """The statements of every posting, taken from a copy that is thrown away."""
    copy.mkdir()
    shutil.copyfile(shop / FILE_NAME, copy / FILE_NAME)
    db = connection.open_database(copy)
    try:
        db.execute_sql("PRAGMA synchronous = OFF")
        desk = _desk(db, copy)
        found = []
        for number, one in enumerate(ready):
            with _Listening(db) as heard:
                posting.post(desk, one.case_id, f"bench-{number}", one.figures)
            found.append(heard.statements)
            if number % EVERY == 0:
                search.merge(db)
        return found
    finally:
        db.close()
        shutil.rmtree(copy)


def _raw(file: Path) -> sqlite3.Connection:
    """The same file with the same settings, and nothing of ours in it: no guards."""
    plain = sqlite3.connect(file, isolation_level=None)
    plain.execute("PRAGMA journal_mode = wal").fetchone()
    for (name,) in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        plain.execute(f'DROP TRIGGER "{name}"')
    for name, value in PRAGMAS.items():
        plain.execute(f"PRAGMA {name} = {value}")
    return plain


def main() -> int:
    """Print the table; 1 when a target is missed."""
    given = [name for name in sys.argv[1:] if name != "--full"]
    sizes = [int(size) for size in given] or [1000, 10_000, 100_000]
    if "--full" in sys.argv:
        sizes.append(1_000_000)
    missed = False
    print(f"{'work':<36}{'raw ms':>11}{'ours ms':>10}{'ratio':>8}{'target':>9}")
    for row in rows(sizes):
        target = "" if row.target is None else f"<= x{row.target}"
        missed = missed or (row.target is not None and row.ratio > row.target)
        ratio = f"x{row.ratio:.2f}"
        print(f"{row.name:<36}{row.baseline_ms:>11.2f}{row.ours_ms:>10.2f}{ratio:>8}{target:>9}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

"""Posting a refund as the program does it (every check, documents, ledgers with their chain, stock, index, guards, one
transaction to the disk) beside raw sqlite3 writing the very same rows without guards, on a copy of the same file.

What the window did just before is done here too, and not timed: the proposal was shown, the form read and signed.
Timed is all from the click on posting to the committed result. `cold` posts with nothing kept from before: the
whole sum and the form are made in the transaction. `sign and post` is the one click that does both, beside both
raw transactions; it also renders, seals and stores the signed form, which the raw side does not. The raw side
writes what a third copy wrote when the same visits were signed and posted there, by turns with ours; `p99 : p50` is ours against the raw median.
The last rows are raw sqlite3 beside raw sqlite3: what the guards cost, what the hash chain costs, and both.
Run alone: `python tests/bench/bench_posting.py [CASES …]` (default 1000 10000 100000; `--full` adds 1000000).
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]

import bulk  # noqa: E402
import visits  # noqa: E402

from counter_app.db import connection, ledger, search, stamp  # noqa: E402
from counter_app.db.connection import FILE_NAME, PRAGMAS  # noqa: E402
from counter_app.db.fields import canonical_json  # noqa: E402
from counter_app.domain.new_sale import NewLine  # noqa: E402
from counter_app.services import forms, posting, setup, staff, walks  # noqa: E402
from counter_app.services.desk import Desk  # noqa: E402

POSTS = 160
WARM = 10
COLD = 4
"""Every so manieth visit is posted with nothing kept from before."""
EVERY = 10
"""After so many visits the window is quiet for a moment, and tends the file as it does then."""
MOST_CASES_FOUR_TIMES = 100_000
"""Up to this size guards and chain are measured too; each of them needs a copy of the file."""

CHAINED = re.compile(r"INSERT INTO (money_entry|stock_entry)\b")
Statement = tuple[str, Any, bool]
"""SQL, its values, and whether the values are many rows."""


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds of both sides, their ratio, and the ratio aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


@dataclass(frozen=True, slots=True)
class Wrote:
    """What signing and posting one visit wrote."""

    signing: list[Statement]
    posting: list[Statement]


def prepared(folder: Path, count: int = POSTS + WARM) -> list[int]:
    """A shop with sixty articles and so many returns that wait for the customer's signature, by case."""
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
            ready.append(visit.case_id)
        connection.checkpoint(counter.desk.db, force=True)
    return ready


class _Listening:
    """Notes what is written, statement by statement."""

    def __init__(self, db: Any) -> None:
        self.statements: list[Statement] = []
        self._db, self._usual, self._many = db, db.execute_sql, connection.execute_many

    def __enter__(self) -> _Listening:
        def noting(sql: str, params: Any = None) -> Any:
            if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
                self.statements.append((sql, tuple(params or ()), False))
            return self._usual(sql, params)

        def noting_many(db: Any, sql: str, params: Any) -> None:
            told = [tuple(row) for row in params]
            self.statements.append((sql, told, True))
            self._many(db, sql, told)

        self._db.execute_sql = noting
        search.execute_many = noting_many
        return self

    def __exit__(self, *_: object) -> None:
        del self._db.execute_sql
        search.execute_many = self._many


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
            wrote = _what_is_written(shop, folder / "listening", ready)
            shutil.copytree(shop, folder / f"before-{size}")
            found += _measured(shop, folder, ready, wrote, size)
            if size <= MOST_CASES_FOUR_TIMES:
                found += _guards_and_chain(folder / f"before-{size}", folder, wrote, size)
            shutil.rmtree(shop)
            shutil.rmtree(folder / f"before-{size}")
    return found


def _desk(db: Any, folder: Path) -> Desk:
    """The owner posts: so many refunds in one day are beyond what a clerk may give alone."""
    desk = setup.open_desk(db, folder, visits.Clock())
    return replace(desk, staff=staff.staff_view(desk, 1))


def _measured(
    shop: Path, folder: Path, ready: Sequence[int], wrote: Sequence[Wrote], size: int
) -> list[BenchRow]:
    taken: dict[str, list[float]] = {
        "post": [],
        "raw": [],
        "cold": [],
        "raw cold": [],
        "both": [],
        "raw both": [],
    }
    raw_file = folder / "raw.sqlite3"
    shutil.copyfile(shop / FILE_NAME, raw_file)
    db = connection.open_database(shop)
    with closing(_raw(raw_file)) as plain:
        desk = _desk(db, shop)
        for number, case_id in enumerate(ready):
            cold = number % COLD == 0
            walks.view(desk, case_id)
            form = forms.form_to_sign(desk, case_id)
            signed = _timed(partial(forms.sign, desk, case_id, form.content_hash, visits.STROKES))
            if cold:
                stamp.forget(db)
            posted = _timed(partial(posting.post, desk, case_id, f"bench-{number}", form.figures_hash))
            raw_signed = _timed(partial(_write, plain, wrote[number].signing))
            raw_posted = _timed(partial(_write, plain, wrote[number].posting))
            if number >= WARM:
                taken["cold" if cold else "post"].append(posted)
                taken["raw cold" if cold else "raw"].append(raw_posted)
                if not cold:
                    taken["both"].append(signed + posted)
                    taken["raw both"].append(raw_signed + raw_posted)
            if number % EVERY == 0:
                search.merge(db)
                connection.checkpoint(db)
                plain.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    db.close()
    _remove(raw_file)
    middle = {name: statistics.median(values) for name, values in taken.items()}
    p99 = statistics.quantiles(taken["post"], n=100, method="inclusive")[98]
    return [
        _row(f"post a refund p50, {size} cases", middle["raw"], middle["post"], 2.0),
        _row(f"post a refund p99 : p50, {size}", middle["raw"], p99, 8.0),
        _row(f"  the same, cold, p50, {size}", middle["raw cold"], middle["cold"]),
        _row(f"  sign and post, p50, {size}", middle["raw both"], middle["both"]),
    ]


def _guards_and_chain(shop: Path, folder: Path, wrote: Sequence[Wrote], size: int) -> list[BenchRow]:
    """The same raw statements on four copies by turns: bare, with the guards, with the chain made, with both."""
    ways = {"bare": (False, False), "guards": (True, False), "chain": (False, True), "both": (True, True)}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    files = {name: folder / f"{name}.sqlite3" for name in ways}
    for file in files.values():
        shutil.copyfile(shop / FILE_NAME, file)
    open_ones = {name: _raw(files[name], guarded=guarded) for name, (guarded, _) in ways.items()}
    try:
        for number, visit in enumerate(wrote):
            for name, plain in open_ones.items():
                _write(plain, visit.signing)
                act = _write_chained if ways[name][1] else _write
                spent = _timed(partial(act, plain, visit.posting))
                if number >= WARM:
                    taken[name].append(spent)
                if number % EVERY == 0:
                    plain.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    finally:
        for name, plain in open_ones.items():
            plain.close()
            _remove(files[name])
    middle = {name: statistics.median(values) for name, values in taken.items()}
    return [
        _row(f"  raw with the guards, {size}", middle["bare"], middle["guards"]),
        _row(f"  raw with the hash chain, {size}", middle["bare"], middle["chain"]),
        _row(f"  raw with guards and chain, {size}", middle["bare"], middle["both"]),
    ]


def _row(name: str, raw: float, ours: float, target: float | None = None) -> BenchRow:
    return BenchRow(name, raw, ours, ours / raw, target)


def _timed(act: Callable[[], object]) -> float:
    """Milliseconds of an act."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def _write(plain: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    """The statements of one transaction, to the disk."""
    plain.execute("BEGIN IMMEDIATE")
    for sql, params, many in statements:
        (plain.executemany if many else plain.execute)(sql, params)
    plain.execute("COMMIT")


def _write_chained(plain: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    """The same; every row of a ledger is hashed anew over the row before it."""
    plain.execute("BEGIN IMMEDIATE")
    for sql, params, many in statements:
        table = CHAINED.match(sql)
        if table is not None:
            seq, previous = plain.execute(
                f"SELECT seq, hash FROM {table[1]} ORDER BY seq DESC LIMIT 1"
            ).fetchone()
            *row, canonical, form, _previous, _digest = params
            canonical = canonical_json([*json.loads(canonical)[:2], seq + 1, *json.loads(canonical)[3:]])
            params = (seq + 1, *row[1:], canonical, form, previous, ledger.link(previous, canonical))
        (plain.executemany if many else plain.execute)(sql, params)
    plain.execute("COMMIT")


def _what_is_written(shop: Path, copy: Path, ready: Sequence[int]) -> list[Wrote]:
    """The statements of every signing and posting, taken from a copy that is thrown away."""
    copy.mkdir()
    shutil.copyfile(shop / FILE_NAME, copy / FILE_NAME)
    db = connection.open_database(copy)
    try:
        db.execute_sql("PRAGMA synchronous = OFF")
        desk = _desk(db, copy)
        found = []
        for number, case_id in enumerate(ready):
            form = forms.form_to_sign(desk, case_id)
            with _Listening(db) as signing:
                forms.sign(desk, case_id, form.content_hash, visits.STROKES)
            with _Listening(db) as heard:
                posting.post(desk, case_id, f"bench-{number}", form.figures_hash)
            found.append(Wrote(signing.statements, heard.statements))
            if number % EVERY == 0:
                search.merge(db)
        return found
    finally:
        db.close()
        shutil.rmtree(copy)


def _raw(file: Path, *, guarded: bool = False) -> sqlite3.Connection:
    """The same file with the same settings, and nothing of ours in it: no guards, unless they are asked for."""
    plain = sqlite3.connect(file, isolation_level=None)
    plain.execute("PRAGMA journal_mode = wal").fetchone()
    if not guarded:
        for (name,) in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            plain.execute(f'DROP TRIGGER "{name}"')
    for name, value in PRAGMAS.items():
        plain.execute(f"PRAGMA {name} = {value}")
    return plain


def _remove(file: Path) -> None:
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        name.unlink(missing_ok=True)


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

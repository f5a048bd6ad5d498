"""Search as you type over cases, beside a LIKE scan of the same texts, newest fifty each; and `verify` of the
ledger beside reading and hashing every row with plain sqlite3.

Run alone: `python tests/bench/bench_search.py [ROWS …]` (default 1000 10000 100000).
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from many_cases import many_cases

from counter_app.db import ledger, search, search_terms
from counter_app.db.connection import FILE_NAME

QUESTIONS = 120
LIMIT = 50
COMPARED = 100_000
"""The newest so many rows are also looked at one by one, to compare what was found."""
LEDGER_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds of both sides, their ratio, and the ratio or the milliseconds aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


def _questions(texts: Sequence[str]) -> list[str]:
    """What clerks type: pieces of what is there, as far as they have typed."""
    draw = random.Random(3)
    asked = [
        "zwf",
        "lq",
        "sx",
        "zhangwei",
        "zhang wei",
        "zhangw",
        "liqiang",
        "baowenbei",
        "bwb",
        "z",
        "zhao 保温杯",
    ]
    while len(asked) < QUESTIONS:
        line = draw.choice(draw.choice(texts).split("\n"))
        begin = draw.randrange(max(1, len(line) - 3)) if not line[:1].isalpha() else 0
        piece = line[begin : begin + draw.randint(1, 12)].strip()
        if search_terms.terms(piece):
            asked.append(piece)
    return asked


def _timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def rows(sizes: Sequence[int] = (1000, 10_000, 100_000)) -> list[BenchRow]:
    """The median and the 95th and 99th percentile of search, and `verify`, for each number of cases."""
    found: list[BenchRow] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            shop = many_cases(Path(folder) / "shop", size, LEDGER_ROWS if size == sizes[-1] else 0)
            try:
                found += _search_rows(shop.db, size)
                if size == sizes[-1]:
                    found.append(_verify_row(shop.db, Path(folder) / "shop" / FILE_NAME))
            finally:
                shop.db.close()
    return found


def _search_rows(db: object, size: int) -> list[BenchRow]:
    every = db.execute_sql(
        f"SELECT id, text, pinyin FROM case_search_text ORDER BY id DESC LIMIT {COMPARED}"
    ).fetchall()
    oldest = every[-1][0]
    asked = _questions([text for _, text, _ in every[:5000]])
    search.search(db, "warm")
    ours, scans = [], []
    for typed in asked:
        told: list[int] = []
        ours.append(_timed(lambda typed=typed, told=told: told.extend(search.search(db, typed, LIMIT))))
        scans.append(_timed(lambda typed=typed: _scan(db, typed)))
        wanted = search_terms.terms(typed)
        exact = [
            row_id
            for row_id, text, pinyin in every
            if all(term.fits(text, pinyin.split("\n") if pinyin else ()) for term in wanted)
        ][:LIMIT]
        if [row_id for row_id in told if row_id >= oldest] != exact:
            raise AssertionError(f"{typed!r}: the index and the scan differ")
    rank = {"p50": 50, "p95": 95, "p99": 99}
    cut = {name: (_percentile(scans, at), _percentile(ours, at)) for name, at in rank.items()}
    return [
        BenchRow(f"search {name}, {size} cases", scan, mine, mine / scan, None)
        for name, (scan, mine) in cut.items()
    ]


def _scan(db: object, typed: str) -> list[tuple[int]]:
    words = search_terms.plain(typed).split()
    holds = " AND ".join(["text LIKE ?"] * len(words))
    marks = [f"%{word}%" for word in words]
    return db.execute_sql(
        f"SELECT id FROM case_search_text WHERE {holds} ORDER BY id DESC LIMIT {LIMIT}", marks
    ).fetchall()


def _percentile(values: list[float], at: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[at - 1]


def _verify_row(db: object, file: Path) -> BenchRow:
    def plain() -> None:
        with closing(sqlite3.connect(file)) as raw:
            for row in raw.execute("SELECT * FROM money_entry ORDER BY seq"):
                hashlib.sha256((row[-2] + row[-4]).encode()).hexdigest()

    before = statistics.median(_timed(plain) for _ in range(3))
    after = statistics.median(_timed(lambda: ledger.first_broken(db, "money")) for _ in range(3))
    return BenchRow(f"verify {LEDGER_ROWS} ledger rows", before, after, after / before, 3.0)


def main() -> int:
    """Print the table; 1 when a target is missed."""
    sizes = [int(size) for size in sys.argv[1:]] or [1000, 10_000, 100_000]
    missed = False
    print(f"{'work':<34}{'baseline ms':>13}{'ours ms':>10}{'ratio':>8}{'target':>9}")
    for row in rows(sizes):
        target = "" if row.target is None else f"<= x{row.target}"
        missed = missed or (row.target is not None and row.ratio > row.target)
        ratio = f"x{row.ratio:.2f}"
        print(f"{row.name:<34}{row.baseline_ms:>13.2f}{row.ours_ms:>10.2f}{ratio:>8}{target:>9}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

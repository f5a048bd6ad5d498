"""`verify` of a whole database beside reading every row of every table once with raw sqlite3 and hashing it.

Run alone: `python tests/bench/bench_verify.py [CASES …]` (default 1000 10000 100000). The cost is linear: the last
column of the table that is printed alone is microseconds for each row of the database.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]

import bulk  # noqa: E402

from counter_app.db import connection, seals  # noqa: E402
from counter_app.db.connection import FILE_NAME  # noqa: E402
from counter_app.db.verify import verify  # noqa: E402


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds of both sides, their ratio, and the ratio aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


def rows(sizes: Sequence[int] = (1000, 10_000, 100_000)) -> list[BenchRow]:
    """One row for each number of cases."""
    found: list[BenchRow] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there:
        for size in sizes:
            bulk.filled(Path(there) / str(size), size)
            found.append(_measured(Path(there) / str(size), size))
            shutil.rmtree(Path(there) / str(size))
    return found


def _measured(folder: Path, size: int) -> BenchRow:
    read, plain = _read_and_hashed(folder / FILE_NAME)
    db = connection.open_database(folder, read_only=True)
    try:
        begin = time.perf_counter()
        found = verify(db, folder)
        ours = (time.perf_counter() - begin) * 1000
    finally:
        db.close()
    if found:
        raise RuntimeError(f"the benchmark's own shop does not hold: {found[:3]}")
    return BenchRow(f"verify {size} cases, {read} rows", plain, ours, ours / plain, 3.0)


def _read_and_hashed(file: Path) -> tuple[int, float]:
    """Every row read once and hashed, in the columns that are sealed: how many rows, and the milliseconds."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        names = [seals.SEALS, *(table.name for table in seals.tables(db))]
        begin = time.perf_counter()
        read = 0
        for name in names:
            for row in db.execute(f'SELECT * FROM "{name}"'):
                hashlib.sha256(repr(row).encode()).digest()
                read += 1
        return read, (time.perf_counter() - begin) * 1000


def main() -> int:
    """Print the table; 1 when a target is missed."""
    missed = False
    print(f"{'work':<44}{'read+hash ms':>13}{'verify ms':>11}{'ratio':>8}{'µs/row':>9}")
    for row in rows([int(size) for size in sys.argv[1:]] or (1000, 10_000, 100_000)):
        each = row.ours_ms * 1000 / int(row.name.split()[-2])
        missed = missed or (row.target is not None and row.ratio > row.target)
        print(
            f"{row.name:<44}{row.baseline_ms:>13.0f}{row.ours_ms:>11.0f}{f'x{row.ratio:.2f}':>8}{each:>9.1f}"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

"""The archive of a whole year and its copy in a file of its own, at so many cases in the books, and how large these are.

The archive is held against reading the same rows without writing them; the copy against SQLite's own copy of the whole
file. Of each, and of the rows in the largest sheet, the figures are of the first year, 91,250 cases where there are so
many. Memory is that of a child process that exports, above what it held before its first row.
Run alone: `python tests/bench/bench_year.py [CASES …]` (default 1000 10000 100000).
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]

import bulk  # noqa: E402

from counter_app.archive.sheets import Sheet  # noqa: E402
from counter_app.db import connection, old_years, stopping  # noqa: E402
from counter_app.services import month, setup  # noqa: E402
from counter_app.services.desk import Moment  # noqa: E402
from counter_app.services.month_words import BookWords  # noqa: E402

YEAR = bulk.FIRST.year
SEALS = ("seal", "seal_salt")
A_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Both sides, in milliseconds or in `unit`, their ratio, and the ratio aimed at (None = only shown)."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None
    unit: str = "ms"


def rows(sizes: Sequence[int] = (1000, 10_000, 100_000)) -> list[BenchRow]:
    """Archive, memory, copy and size of the books for each number of cases."""
    found: list[BenchRow] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there:
            folder = Path(there) / "shop"
            bulk.filled(folder, size)
            count, read = _read(folder)
            command = [sys.executable, str(Path(__file__).resolve()), "--export", str(folder)]
            child = subprocess.run(command, check=True, capture_output=True, text=True)
            wrote, idle, peak = json.loads(child.stdout.splitlines()[-1])
            found.append(
                BenchRow(f"year archive, {count:,} rows / reading them", read, wrote, wrote / read, None)
            )
            if idle:
                name = f"  its memory, {count:,} rows / idle"
                found.append(BenchRow(name, idle, peak, peak / idle, None, "MiB"))
            found.append(_copied(folder, Path(there), size))
            found.append(_size(folder / connection.FILE_NAME, size))
    return found


def _timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def _desk(folder: Path) -> setup.Desk:
    db = connection.open_database(folder)
    return setup.open_desk(db, folder, Moment(datetime(YEAR + 20, 1, 1, tzinfo=UTC)))


def _read(folder: Path) -> tuple[int, float]:
    """Rows of all sheets of the year, and the milliseconds of asking for them."""
    desk, rows_read = _desk(folder), 0

    def read() -> None:
        nonlocal rows_read
        with stopping.stoppable(desk.db, None), desk.db.atomic("DEFERRED"):
            for sheet in month.sheets_of(desk, month.period(str(YEAR)), BookWords(desk, "zh"), costs=False):
                rows_read += sum(1 for _ in sheet.rows) if isinstance(sheet, Sheet) else 0

    taken = _timed(read)
    desk.db.close()
    return rows_read, taken


def _export(folder: Path) -> None:
    """In a child process: export the year, print milliseconds and memory before and at most."""
    desk, over = _desk(folder), threading.Event()
    month.export(
        desk, month.period("1999" if YEAR < 2000 else "2001"), folder / "exports" / "warm.xlsx", "zh"
    )
    idle = _resident_mib()
    peak = idle

    def watch() -> None:
        nonlocal peak
        while not over.wait(A_LOOK_S):
            peak = max(peak, _resident_mib())

    watching = threading.Thread(target=watch)
    watching.start()
    taken = _timed(
        lambda: month.export(desk, month.period(str(YEAR)), folder / "exports" / "year.xlsx", "zh")
    )
    over.set()
    watching.join()
    desk.db.close()
    print(json.dumps([taken, idle, peak]))


def _resident_mib() -> float:
    """What this process holds now; 0 where the system does not tell it in a file (it is told on Linux)."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * 4096 / 2**20 if told.exists() else 0.0


def _copied(folder: Path, there: Path, size: int) -> BenchRow:
    source = folder / connection.FILE_NAME

    def plain() -> None:
        with closing(sqlite3.connect(source)) as books, closing(sqlite3.connect(there / "plain")) as target:
            books.backup(target)

    with closing(sqlite3.connect(source)) as db, db:
        db.execute("PRAGMA foreign_keys = OFF")
        columns = [row[1:4] for row in db.execute("PRAGMA table_info(month_lock)")]
        told = {"month": f"{YEAR}-12", "first_day": f"{YEAR}-12-01", "last_day": f"{YEAR}-12-31"}
        values = [told.get(name, 1 if kind == "INTEGER" else "[]") for name, kind, _needed in columns]
        db.execute(f"INSERT INTO month_lock VALUES ({', '.join('?' * len(values))})", values)
    base = _timed(plain)
    ours = _timed(lambda: old_years.make(folder, YEAR, 0))
    return BenchRow(f"copy of a year of {size:,} cases / whole file", base, ours, ours / base, None)


def _size(file: Path, size: int) -> BenchRow:
    with closing(sqlite3.connect(file)) as db:
        pages = dict(db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    whole, sealed = (
        sum(pages.values()),
        sum(bytes_ for name, bytes_ in pages.items() if name.startswith(SEALS)),
    )
    each = 100_000 / size / 2**20
    return BenchRow(
        f"books of {size:,} cases, per 100,000 / without seals",
        (whole - sealed) * each, whole * each, whole / (whole - sealed), None, "MiB",
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--export"]:
        _export(Path(sys.argv[2]))
    else:
        for row in rows([int(one) for one in sys.argv[1:]] or (1000, 10_000, 100_000)):
            print(f"{row.name:58}{row.baseline_ms:12.1f} {row.ours_ms:12.1f} {row.unit:4} x{row.ratio:.2f}")

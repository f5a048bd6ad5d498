"""How long a workbook of 20 mixed columns takes, beside XlsxWriter in `constant_memory`, and what memory it needs.

Both sides write the same rows with the same number formats, by turns in one process; only the ratio means
anything. Memory is that of a child process of its own, above what it held before the first row.
Run alone: `python tests/bench/bench_archive.py [ROWS …]` (default 100000; memory at ten times that).
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import xlsxwriter  # noqa: E402

from counter_app.archive import workbook  # noqa: E402
from counter_app.archive.sheets import TEXTS, Column, Kind, Sheet  # noqa: E402
from counter_app.archive.styles import FORMATS  # noqa: E402

ROUNDS = 3
TARGET = 0.25
MOST_MIB = 60
KINDS = (
    Kind.TEXT, Kind.DAY, Kind.NOTE, Kind.TEXT, Kind.TEXT, Kind.MONEY, Kind.MONEY, Kind.MONEY, Kind.QUANTITY, Kind.WHOLE,
    Kind.INSTANT, Kind.TEXT, Kind.TEXT, Kind.NOTE, Kind.MONEY, Kind.QUANTITY, Kind.DAY, Kind.TEXT, Kind.WHOLE, Kind.NOTE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Medians in milliseconds of both sides, their ratio, and the ratio aimed at (None = only shown)."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


def invented(count: int) -> Iterator[tuple[Any, ...]]:
    """Rows as an archive has them: numbers of documents, days, goods, money, notes, some cells empty."""
    for at in range(count):
        day = date(2026, 11, 1 + at % 30)
        yield (
            f"SHA1-20261105-{at:06d}", day, f"电热水壶 型号{at % 977} 1.7L", f"69012345{at % 100_000:05d}", "陈店员",
            12_900 + at % 7777, -(at % 5000), at * 3 % 99_999, 1000 * (1 + at % 3), at, 1_793_000_000_000 + at * 60_000,
            "现金" if at % 2 else "微信", f"138****{at % 10_000:04d}", "Q01 功能故障·性能故障", at % 3 * 100, 1500, day,
            "" if at % 4 else "A-17", at % 12, f"顾客说 {at}, 无法开机" if at % 3 else "价格 < 100 & 退款",
        )  # fmt: skip


def ours(path: Path, count: int) -> None:
    """The archive's own writer."""
    sheet = Sheet(
        "lines",
        tuple(Column(f"c{at}", kind, total=kind is Kind.MONEY) for at, kind in enumerate(KINDS)),
        count,
        invented(count),
    )
    workbook.write(path, (sheet,), lambda key: key.rpartition(".")[2])


def baseline(path: Path, count: int) -> None:
    """XlsxWriter, row by row, memory held constant."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("lines")
    formats = [book.add_format({"num_format": FORMATS[kind]}) for kind in KINDS]
    for at, row in enumerate(invented(count), 1):
        for column, (kind, value, form) in enumerate(zip(KINDS, row, formats, strict=True)):
            if kind in TEXTS:
                page.write_string(at, column, value, form)
            elif kind is Kind.DAY:
                page.write_datetime(at, column, datetime(value.year, value.month, value.day), form)
            elif kind is Kind.INSTANT:
                page.write_datetime(
                    at, column, datetime.fromtimestamp(value / 1000, UTC).replace(tzinfo=None), form
                )
            else:
                scale = {Kind.MONEY: 100, Kind.QUANTITY: 1000}.get(kind, 1)
                page.write_number(at, column, value / scale, form)
    book.close()


def _by_turns(count: int) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    acts: tuple[Callable[[Path, int], None], ...] = (baseline, ours)
    with tempfile.TemporaryDirectory() as folder:
        for act in acts:
            act(Path(folder) / "warm.xlsx", 500)
        for _ in range(ROUNDS):
            for side, act in enumerate(acts):
                gc.collect()
                begin = time.perf_counter()
                act(Path(folder) / f"{side}.xlsx", count)
                taken[side].append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def memory_mib(count: int) -> float:
    """Highest memory of a child that writes `count` rows, above what it held before the first of them."""
    child = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--memory-of", str(count)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(child.stdout)


def _measure_here(count: int) -> None:
    import tracemalloc

    with tempfile.TemporaryDirectory() as folder:
        ours(Path(folder) / "warm.xlsx", 500)
        gc.collect()
        tracemalloc.start()
        ours(Path(folder) / "measured.xlsx", count)
        print(tracemalloc.get_traced_memory()[1] / 2**20)


def rows(sizes: Sequence[int] = (10_000, 100_000)) -> list[BenchRow]:
    """The month archive, for each number of rows."""
    found = []
    for count in sizes:
        before, after = _by_turns(count)
        found.append(BenchRow(f"month archive {count} x 20", before, after, after / before, TARGET))
    return found


def main(argv: Sequence[str]) -> int:
    """Print the table; 1 when a target is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int, nargs="*", default=[100_000])
    parser.add_argument("--memory-of", type=int)
    given = parser.parse_args(argv)
    if given.memory_of is not None:
        _measure_here(given.memory_of)
        return 0
    missed = False
    print(f"{'rows':>9}{'XlsxWriter ms':>15}{'ours ms':>10}{'ratio':>8}{'target':>9}{'MiB':>7}{'at':>10}")
    for count in given.rows:
        before, after = _by_turns(count)
        used = memory_mib(count * 10)
        missed = missed or after / before > TARGET or used > MOST_MIB
        print(
            f"{count:>9}{before:>15.0f}{after:>10.0f}{'x' + format(after / before, '.2f'):>8}{'<= x' + str(TARGET):>9}"
            f"{used:>7.1f}{count * 10:>10}"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

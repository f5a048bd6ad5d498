"""The list of cases: its first picture and each picture while it is scrolled, beside Qt's own `QSqlQueryModel` on
5,000 rows of the same database; what it keeps in memory; and how large the file and its search index are.

Run alone: `python tests/bench/bench_lists.py [CASES …]` (default 1000 10000 100000).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

import bulk  # noqa: E402
import visits  # noqa: E402
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel  # noqa: E402
from PySide6.QtWidgets import QApplication, QTableView  # noqa: E402

from counter_app.db import connection, search  # noqa: E402
from counter_app.services import cases  # noqa: E402
from counter_app.ui import format as shown  # noqa: E402
from counter_app.ui import theme  # noqa: E402
from counter_app.ui.widgets.table import KEPT_PAGES, PAGE, Column, Table  # noqa: E402

BASELINE_ROWS = 5000
FRAMES = 120
FIRST_PICTURES = 7
SCROLLED = 20_000
"""Rows scrolled through to see what stays in memory, where there are so many."""
SIZE = (1200, 800)
_SHOWN = (
    "SELECT c.number, c.customer_masked, (SELECT group_concat(s.name, '; ') FROM case_line l JOIN sale_line s "
    "ON s.id = l.sale_line_id WHERE l.case_id = c.id), c.state FROM case_file c ORDER BY c.id DESC "
    f"LIMIT {BASELINE_ROWS}"
)


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds (or what the name says) of both sides, their ratio, and the ratio aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


def rows(sizes: Sequence[int] = (1000, 10_000, 100_000)) -> list[BenchRow]:
    """First picture, frames, memory and file for each number of cases."""
    app = QApplication.instance() or QApplication([])
    theme.apply(app, "light")
    found: list[BenchRow] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            first, folder = Path(place) / "first", Path(place) / "shop"
            visits.build_shop(first)
            with visits.opened(first, folder) as counter:
                for name, price in bulk.shelves():
                    counter.product(name, price, stock=50)
                connection.checkpoint(counter.desk.db, force=True)
            bulk.add_cases(folder, size)
            folder.rename(Path(place) / "again")
            with visits.opened(Path(place) / "again", folder) as counter:
                found += _list_rows(counter.desk, folder / connection.FILE_NAME, size)
                found.append(_file_row(counter.desk.db, size))
    return found


def _ours(desk: Any) -> Table:
    table = Table(
        [
            Column(lambda: "Case", lambda row: row.number, width=176),
            Column(lambda: "Customer", lambda row: row.customer_masked, width=90),
            Column(lambda: "Goods", lambda row: shown.one_line(row.goods, 80)),
            Column(lambda: "State", lambda row: shown.words(row.state_title), width=130),
        ],
        fetch=lambda last, count: cases.list_cases(desk, None, last.cursor if last else None, count),
    )
    table.resize(*SIZE)
    table.rows.reload()
    return table


def _theirs(file: Path) -> QTableView:
    base = QSqlDatabase.database(str(file), open=False)
    if not base.isValid():
        base = QSqlDatabase.addDatabase("QSQLITE", str(file))
        base.setDatabaseName(str(file))
        if not base.open():
            raise RuntimeError(base.lastError().text())
    model = QSqlQueryModel()
    model.setQuery(_SHOWN, base)
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.verticalHeader().setDefaultSectionSize(theme.Size.TARGET + 4)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    for at, width in enumerate((176, 90, SIZE[0] - 420, 130)):
        view.setColumnWidth(at, width)
    view.resize(*SIZE)
    return view


def _list_rows(desk: Any, file: Path, size: int) -> list[BenchRow]:
    firsts: dict[str, list[float]] = {"theirs": [], "ours": []}
    makers: dict[str, Callable[[], QTableView]] = {
        "theirs": lambda: _theirs(file),
        "ours": lambda: _ours(desk),
    }
    for _ in range(FIRST_PICTURES):
        for name, make in makers.items():
            begin = time.perf_counter()
            view = make()
            view.show()
            view.grab()
            firsts[name].append((time.perf_counter() - begin) * 1000)
            view.close()
            view.deleteLater()
    base, mine = (statistics.median(firsts[name]) for name in ("theirs", "ours"))
    found = [BenchRow(f"list, first picture, {size} cases", base, mine, mine / base, 1.2)]
    frames: dict[str, list[float]] = {}
    for name, make in makers.items():
        view = make()
        view.show()
        view.grab()
        frames[name] = _frames(view)
        view.close()
    base, mine = (statistics.median(frames[name]) for name in ("theirs", "ours"))
    found.append(BenchRow(f"list, full-page frame, {size} cases", base, mine, mine / base, 1.4))
    base, mine = (statistics.quantiles(frames[name], n=100)[98] for name in ("theirs", "ours"))
    found.append(BenchRow(f"list, slowest frame (p99), {size} cases", base, mine, mine / base, None))
    found.append(_memory_row(desk, size))
    return found


def _frames(view: QTableView) -> list[float]:
    """Page after page downwards, each drawn; reading more rows on the way is part of the frame."""
    taken = []
    bar = view.verticalScrollBar()
    for _ in range(FRAMES):
        begin = time.perf_counter()
        bar.setValue(bar.value() + bar.pageStep())
        if view.model().canFetchMore(view.rootIndex()) and bar.value() + bar.pageStep() >= bar.maximum():
            view.model().fetchMore(view.rootIndex())
        view.viewport().grab()
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def _memory_row(desk: Any, size: int) -> BenchRow:
    """MiB that the rows take: after the pages a list keeps, and after scrolling on."""
    table = _ours(desk)
    tracemalloc.start()
    model, kept = table.rows, 0.0
    begin = tracemalloc.get_traced_memory()[0]
    while model.canFetchMore(table.rootIndex()) and model.rowCount() < SCROLLED:
        model.fetchMore(table.rootIndex())
        if model.rowCount() <= KEPT_PAGES * PAGE:
            kept = tracemalloc.get_traced_memory()[0] - begin
    whole = tracemalloc.get_traced_memory()[0] - begin
    tracemalloc.stop()
    scrolled = model.rowCount()
    kept = kept or 1.0
    return BenchRow(
        f"list, MiB after {scrolled} rows of {size}", kept / 2**20, whole / 2**20, whole / kept, 1.5
    )


def _file_row(db: Any, size: int) -> BenchRow:
    """MB for 100,000 cases: without the search index, and with it."""
    page = db.execute_sql("PRAGMA page_size").fetchone()[0]
    pages = (
        db.execute_sql("PRAGMA page_count").fetchone()[0]
        - db.execute_sql("PRAGMA freelist_count").fetchone()[0]
    )
    index = 0
    for one in search.INDICES:
        index += db.execute_sql(f"SELECT COALESCE(SUM(LENGTH(block)), 0) FROM {one.table}_data").fetchone()[0]
        index += db.execute_sql(
            f"SELECT COALESCE(SUM(LENGTH(CAST(text AS BLOB)) + LENGTH(pinyin) + 10), 0) FROM {one.texts}"
        ).fetchone()[0]
    share = 100_000 / size / 1e6
    data, whole = (page * pages - index) * share, page * pages * share
    return BenchRow(f"MB per 100000 cases, with index, at {size}", data, whole, whole / data, 1.45)


def main() -> int:
    """Print the table; 1 when a target is missed."""
    sizes = [int(size) for size in sys.argv[1:]] or [1000, 10_000, 100_000]
    missed = False
    print(f"{'work':<46}{'baseline':>11}{'ours':>10}{'ratio':>8}{'target':>9}")
    for row in rows(sizes):
        target = "" if row.target is None else f"<= x{row.target}"
        missed = missed or (row.target is not None and row.ratio > row.target)
        ratio = f"x{row.ratio:.2f}"
        print(f"{row.name:<46}{row.baseline_ms:>11.2f}{row.ours_ms:>10.2f}{ratio:>8}{target:>9}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

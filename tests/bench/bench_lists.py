"""The list of cases: its first picture and each picture while it is scrolled, beside Qt's own `QSqlQueryModel` on
5,000 rows of the same database; what it keeps in memory; and how large the file and its search index are.

Run alone: `python tests/bench/bench_lists.py [CASES …]` (default 1000 10000 100000).
"""

from __future__ import annotations

import os
import statistics
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_search import FRAME_MS, questions, texts_of
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QApplication, QHeaderView, QScrollBar, QTableView
from reading import SIZES, BenchRow, beside, milliseconds, percentile, shop, table

from counter_app.db import connection, search, search_terms
from counter_app.services import cases
from counter_app.services.cases import CaseFilter
from counter_app.ui import format as shown
from counter_app.ui import theme
from counter_app.ui.widgets.table import KEPT_PAGES, PAGE, Column, Table

BASELINE_ROWS = 5000
FRAMES = 120
FIRST_PICTURES = 15
SCROLLS = 3
SCROLLED = 20_000
"""Rows scrolled through to see what stays in memory, where there are so many."""
SIZE = (1200, 800)
_SHOWN = (
    "SELECT c.number, c.customer_masked, (SELECT group_concat(s.name, '; ') FROM case_line l JOIN sale_line s "
    "ON s.id = l.sale_line_id WHERE l.case_id = c.id), c.state FROM case_file c ORDER BY c.id DESC "
    f"LIMIT {BASELINE_ROWS}"
)


def rows(sizes: Sequence[int] = SIZES) -> list[BenchRow]:
    """First picture, frames, a search on the screen, memory and file for each number of cases."""
    app = QApplication.instance() or QApplication([])
    theme.apply(app, "light")
    found: list[BenchRow] = []
    for size in sizes:
        with shop(size) as (desk, folder):
            found += _list_rows(desk, folder / connection.FILE_NAME, size)
            found.append(_typed_row(desk, folder / connection.FILE_NAME, size))
            found.append(_memory_row(desk, size))
            found.append(_file_row(desk.db, size))
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


def _base(file: Path) -> QSqlDatabase:
    base = QSqlDatabase.database(str(file), open=False)
    if not base.isValid():
        base = QSqlDatabase.addDatabase("QSQLITE", str(file))
        base.setDatabaseName(str(file))
        base.setConnectOptions("QSQLITE_OPEN_READONLY")
        if not base.open():
            raise RuntimeError(base.lastError().text())
    return base


def _theirs(file: Path, sql: str = _SHOWN) -> QTableView:
    """Qt's own model in a view that is set as ours is."""
    model = QSqlQueryModel()
    model.setQuery(sql, _base(file))
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.Size.TARGET + 4)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setMinimumSectionSize(48)
    for at, width in enumerate((176, 90, 0, 130)):
        if width:
            view.setColumnWidth(at, width)
        else:
            view.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
    view.resize(*SIZE)
    return view


def _list_rows(desk: Any, file: Path, size: int) -> list[BenchRow]:
    makers: dict[str, Callable[[], QTableView]] = {
        "theirs": lambda: _theirs(file),
        "ours": lambda: _ours(desk),
    }
    firsts: dict[str, list[float]] = {name: [] for name in makers}
    frames: dict[str, list[float]] = {name: [] for name in makers}
    for _ in range(FIRST_PICTURES):
        for name, make in makers.items():
            made: list[QTableView] = []
            firsts[name].append(milliseconds(lambda make=make, made=made: made.append(_drawn(make()))))
            made[0].close()
            made[0].deleteLater()
    for _ in range(SCROLLS):
        for name, make in makers.items():
            view = _drawn(make())
            frames[name] += _frames(view)
            view.close()
            view.deleteLater()
    middle = {name: statistics.median(times) for name, times in frames.items()}
    slow = {name: percentile(times, 99) for name, times in frames.items()}
    return [
        beside(
            f"list, first picture, {size} cases",
            statistics.median(firsts["theirs"]),
            statistics.median(firsts["ours"]),
            1.2,
        ),
        beside(f"list, full-page frame, {size} cases", middle["theirs"], middle["ours"], 1.4),
        beside("  the slowest frames (p99)", slow["theirs"], slow["ours"], most=FRAME_MS),
    ]


def _drawn(view: QTableView) -> QTableView:
    view.show()
    view.grab()
    return view


def _typed_row(desk: Any, file: Path, size: int) -> BenchRow:
    """A search from the last key to the picture, marks and all; the other side asks with LIKE."""
    asked = questions([text for _, text, _ in texts_of(desk.db, search.CASES)])
    typed = [""]
    ours = _ours(desk)
    ours.rows.reload(
        lambda last, count: cases.list_cases(
            desk, CaseFilter(text=typed[0]), last.cursor if last else None, count
        )
    )
    theirs = _theirs(file)
    for view in (ours, theirs):
        _drawn(view)

    def show(text: str) -> None:
        typed[0] = text
        ours.rows.reload()
        ours.mark(text)
        ours.viewport().grab()

    def like(text: str) -> None:
        words = [word.replace("'", "''") for word in search_terms.plain(text).split()]
        holds = " AND ".join(f"t.text LIKE '%{word}%'" for word in words)
        model = theirs.model()
        model.setQuery(
            _SHOWN.replace(
                "ORDER BY", f"JOIN case_search_text t ON t.id = c.id WHERE {holds} ORDER BY"
            ).replace(str(BASELINE_ROWS), "50"),
            _base(file),
        )
        theirs.viewport().grab()

    mine = [milliseconds(lambda text=text: show(text)) for text in asked]
    base = [milliseconds(lambda text=text: like(text)) for text in asked]
    for view in (ours, theirs):
        view.close()
        view.deleteLater()
    return beside(
        f"a search on the screen p95, {size} cases", percentile(base, 95), percentile(mine, 95), most=FRAME_MS
    )


def _frames(view: QTableView) -> list[float]:
    """Page after page downwards, each drawn; reading more rows on the way is part of the frame."""
    taken = []
    bar = view.verticalScrollBar()
    for _ in range(FRAMES):
        taken.append(milliseconds(lambda: _page_down(view, bar)))
    return taken


def _page_down(view: QTableView, bar: QScrollBar) -> None:
    bar.setValue(bar.value() + bar.pageStep())
    if view.model().canFetchMore(view.rootIndex()) and bar.value() + bar.pageStep() >= bar.maximum():
        view.model().fetchMore(view.rootIndex())
    view.viewport().grab()


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
    name = f"list, after {scrolled} rows of {size}"
    return beside(name, kept / 2**20, whole / 2**20, 1.5, unit="MiB")


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
    return beside(f"books of {size}, per 100,000 / without the index", data, whole, 1.45, unit="MB")


if __name__ == "__main__":
    sys.exit(table(rows))

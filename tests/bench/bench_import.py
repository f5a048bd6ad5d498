"""Taking in orders from a workbook, beside python-calamine's `iter_rows` and a raw `executemany` of the same rows:
the sales, lines, tenders, identities and customers that the import writes, into the same tables with the same
indexes, in one transaction, without guards and without thinking. A second line has beside it what the import writes
of its own besides: the seals of all rows, their salts, the search index and its texts.

Ours checks every cell, shares discounts out, looks for known orders and typed sales, writes sale, lines, tenders,
customers and identities past the guards, and makes every sale findable.
Run alone: `python tests/bench/bench_import.py [ROWS …]` (default 10000 100000).
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from counter_app.db import connection, search_terms  # noqa: E402
from counter_app.services import imports, setup  # noqa: E402
from counter_app.services.desk import Desk, SystemClock  # noqa: E402

HEADER = (
    "小票号",
    "日期",
    "商品名称",
    "商品编码",
    "条码",
    "数量",
    "单价",
    "行优惠",
    "订单实付",
    "付款方式",
    "姓名",
    "手机",
    "税率",
    "成本价",
)
TABLES = ("person", "import_batch", "sale", "sale_identity", "sale_line", "sale_tender")
BESIDES = ("seal_salt", "seal", "sale_search_text")
INDEX = "CREATE VIRTUAL TABLE sale_search USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii')"
TARGET = 3.0


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds of both sides, their ratio, and the ratio aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


def rows(sizes: Sequence[int] = (10_000, 100_000)) -> list[BenchRow]:
    """An import of so many rows of 14 columns, first and again."""
    found: list[BenchRow] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            book = _workbook(folder / "orders.xlsx", size)
            desk = _shop(folder / "shop")
            try:
                first = _import(desk, book, "new")
                again = _import(desk, book, "known")
                raw = min(_raw(desk, book, folder / f"raw{n}.sqlite3", size, TABLES) for n in range(2))
                every = min(
                    _raw(desk, book, folder / f"all{n}.sqlite3", size, (*TABLES, *BESIDES)) for n in range(2)
                )
            finally:
                desk.db.close()
            found.append(BenchRow(f"import {size} rows", raw, first, first / raw, TARGET))
            found.append(BenchRow("  / all rows, seals and index", every, first, first / every, None))
            found.append(BenchRow(f"import {size} rows again", raw, again, again / raw, TARGET))
    return found


def _workbook(file: Path, size: int) -> Path:
    """Receipts of one to four lines, like `packaging/make_samples.py` writes them."""
    draw = random.Random(7)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADER)
    goods = [
        (f"样例商品{n:03d}号", f"KX-{1000 + n}", f"20000{n:08d}", draw.randrange(900, 90_000))
        for n in range(400)
    ]
    names = [f"{a}{b}{c}" for a in "林陈黄周吴徐孙马朱胡" for b in "安宁晓静雅文" for c in "远明哲涵桐"]
    written, number = 0, 0
    while written < size:
        number += 1
        lines = []
        for name, sku, barcode, price in draw.sample(
            goods, min(draw.choice((1, 1, 2, 2, 3, 4)), size - written)
        ):
            pieces, off = draw.choice((1, 1, 1, 2)), draw.choice((0, 0, 0, 100))
            lines.append((name, sku, barcode, pieces, price, off))
        paid = sum(pieces * price - off for *_, pieces, price, off in lines)
        day = date(2025, 1, 1) + timedelta(days=number * 600 // size)
        known = number % 2 == 0
        for name, sku, barcode, pieces, price, off in lines:
            sheet.append(
                [
                    f"T{number:08d}",
                    day,
                    name,
                    sku,
                    barcode,
                    pieces,
                    price / 100,
                    off / 100,
                    paid / 100,
                    "微信",
                    draw.choice(names) if known and name == lines[0][0] else None,
                    f"1990{number % 10_000_000:07d}" if known else None,
                    0.13,
                    price // 2 / 100,
                ]
            )
        written += len(lines)
    book.save(file)
    return file


def _raw(desk: Desk, book: Path, file: Path, size: int, tables: tuple[str, ...]) -> float:
    """Milliseconds of reading every row of the workbook and writing the rows that the import wrote."""
    written = {table: desk.db.execute_sql(f"SELECT * FROM {table}").fetchall() for table in tables}
    marks = ", ".join("?" * len(tables))
    schema = desk.db.execute_sql(
        f"SELECT sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql <> '' AND tbl_name IN ({marks})",
        tables,
    ).fetchall()
    tokens = []
    if "sale_search_text" in tables:
        schema.append((INDEX,))
        tokens = [
            (row[0], search_terms.spelled_out(row[2], row[3].split("\n")))
            for row in written["sale_search_text"]
        ]
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA wal_autocheckpoint = 0")
        for (sql,) in schema:
            db.execute(sql)
        begin = time.perf_counter()
        sheet = CalamineWorkbook.from_path(book).get_sheet_by_index(0)
        assert sum(1 for _ in sheet.iter_rows()) == size + 1
        for table, table_rows in written.items():
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(table_rows[0]))})", table_rows)
        if tokens:
            db.executemany("INSERT INTO sale_search (rowid, tokens) VALUES (?, ?)", tokens)
        db.commit()
        return (time.perf_counter() - begin) * 1000


def _shop(folder: Path) -> Desk:
    folder.mkdir()
    db = connection.open_database(folder, create=True)
    first = setup.ShopSetup(
        "样例小店", "A1", "王经理", "2468", settings={"pin.memory_kib": 8, "pin.rounds": 1}
    )
    return setup.set_up_shop(db, folder, SystemClock(), first)


def _import(desk: Desk, book: Path, fate: str) -> float:
    begin = time.perf_counter()
    counts = imports.run_import(desk, book).value.counts
    took = (time.perf_counter() - begin) * 1000
    assert set(counts) == {fate}, counts
    return took


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]] or [10_000, 100_000]
    for row in rows(asked):
        print(
            f"{row.name:28} {row.baseline_ms:9.1f} ms {row.ours_ms:9.1f} ms  ×{row.ratio:.2f}  (≤ ×{row.target})"
        )

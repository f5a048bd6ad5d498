"""Search as you type over cases, sales, customers and articles, beside a LIKE scan of the same texts, newest fifty each.

Every answer about cases is compared with looking at each of the newest rows.
Run alone: `python tests/bench/bench_search.py [CASES …]` (default 1000 10000 100000).
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bulk
from reading import SIZES, BenchRow, beside, milliseconds, percentile, shop, table

from counter_app.db import connection, search, search_terms
from counter_app.services import cases, products, sale_list
from counter_app.services import search as found_by
from counter_app.services.cases import CaseFilter
from counter_app.services.desk import Desk

QUESTIONS = 120
LIMIT = 50
COMPARED = 100_000
"""The newest so many rows are also looked at one by one, to compare what was found."""
ARTICLES = 100_000
"""No shop has more articles."""
P95_MS, P99_MS, FRAME_MS = 3.0, 16.0, 16.7
PINYIN = (
    "zwf",
    "lq",
    "sx",
    "zhangwei",
    "zhang wei",
    "zhangw",
    "liqiang",
    "chuifengji",
    "cfj",
    "z",
    "zhao 电饭煲",
)
HARD = ("电热水壶 蓝牙耳机", "七天无理由 漏水", "智能手表 智能 落地扇", "zhang wei li", "sku-2 sku-3", "99999999", "0 1 2 3 4 5 6 7 8 9",
        "142 9999", "空气炸锅 张 漏水 03", "不存在", "2型", "x型", "5-2", "2019-0", "12-")  # fmt: skip
"""Words that stand in many rows but never together, that stand nowhere, or whose beginning is not known."""


def rows(sizes: Sequence[int] = SIZES) -> list[BenchRow]:
    """The median, the 95th and 99th percentile of each search for each number of cases."""
    told: list[BenchRow] = []
    for size in sizes:
        with shop(size) as (desk, _folder):
            told += _cases(desk, size)
            told += _others(desk, size)
        told += _articles(min(size, ARTICLES))
    return told


def questions(texts: Sequence[str], first: Sequence[str] = PINYIN) -> list[str]:
    """What clerks type: pieces of what is there, as far as they have typed."""
    draw = random.Random(3)
    asked = list(first)
    while len(asked) < QUESTIONS:
        line = draw.choice(draw.choice(texts).split("\n"))
        begin = draw.randrange(max(1, len(line) - 3)) if not line[:1].isalpha() else 0
        piece = line[begin : begin + draw.randint(1, 12)].strip()
        if search_terms.terms(piece):
            asked.append(piece)
    return asked


def texts_of(db: Any, index: search.Index, limit: int = 5000) -> list[tuple[int, str, str]]:
    sql = f"SELECT id, text, pinyin FROM {index.texts} ORDER BY id DESC LIMIT {limit}"
    return [tuple(row) for row in db.execute_sql(sql).fetchall()]


def _scan(db: Any, index: search.Index, typed: str) -> list[Any]:
    words = search_terms.plain(typed).split()
    holds = " AND ".join(["text LIKE ?"] * len(words))
    marks = [f"%{word}%" for word in words]
    sql = f"SELECT id FROM {index.texts} WHERE {holds} ORDER BY id DESC LIMIT {LIMIT}"
    return list(db.execute_sql(sql, marks).fetchall())


def _cases(desk: Desk, size: int) -> list[BenchRow]:
    db = desk.db
    first = milliseconds(lambda: search.search(db, PINYIN[0], LIMIT))
    every = texts_of(db, search.CASES, COMPARED)
    asked = questions([text for _, text, _ in every[:5000]])
    # Every question twice before any scan: a scan of a million texts would push the index out of the database's cache,
    # as nothing in the program does.
    rounds: list[list[float]] = []
    found_ids: dict[str, list[int]] = {}
    for _ in range(2):
        rounds.append([])
        for typed in asked:
            told: list[int] = []
            rounds[-1].append(
                milliseconds(lambda typed=typed, told=told: told.extend(search.search(db, typed, LIMIT)))
            )
            found_ids[typed] = told
    never_before, ours = rounds
    shown = [
        milliseconds(lambda typed=typed: cases.list_cases(desk, CaseFilter(text=typed))) for typed in asked
    ]
    within = [
        milliseconds(lambda typed=typed: cases.list_cases(desk, CaseFilter("open", typed))) for typed in asked
    ]
    scans = [milliseconds(lambda typed=typed: _scan(db, search.CASES, typed)) for typed in asked]
    for typed, ids in found_ids.items():
        _compare(db, every, typed, ids)
    most = {50: None, 95: P95_MS, 99: P99_MS}
    found = [
        beside(f"search p{at}, {size} cases", percentile(scans, at), percentile(ours, at), most=most[at])
        for at in most
    ]
    for at in (50, 95):
        found.append(
            beside(
                f"  each asked for the first time, p{at}", percentile(scans, at), percentile(never_before, at)
            )
        )
    found.append(beside("  the first one since the database was opened", percentile(scans, 50), first))
    hard = [(milliseconds(lambda typed=typed: search.search(db, typed, LIMIT)), typed) for typed in HARD]
    worst, typed = max(hard)
    scan = milliseconds(lambda: _scan(db, search.CASES, typed))
    found.append(beside(f"  the hardest of {len(HARD)} questions: {typed}", scan, worst))
    found.append(beside("  with the rows that are shown, p95", percentile(scans, 95), percentile(shown, 95)))
    found.append(beside("  among the open ones, p95", percentile(scans, 95), percentile(within, 95)))
    return found


def _compare(db: Any, every: Sequence[tuple[int, str, str]], typed: str, told: Sequence[int]) -> None:
    wanted = search_terms.terms(typed)
    sql = "SELECT id, text, pinyin FROM case_search_text WHERE id = ?"
    if not told or not _fits(db.execute_sql(sql, (told[0],)).fetchone(), wanted):
        wanted = search_terms.anywhere(wanted) or wanted
    exact = [row[0] for row in every if _fits(row, wanted)][:LIMIT]
    oldest = every[-1][0]
    if [row_id for row_id in told if row_id >= oldest] != exact:
        raise AssertionError(f"{typed!r}: the index and the scan differ")


def _fits(row: tuple[int, str, str], wanted: Sequence[search_terms.Term]) -> bool:
    _, text, pinyin = row
    return all(term.fits(text, pinyin.split("\n") if pinyin else ()) for term in wanted)


def _others(desk: Desk, size: int) -> list[BenchRow]:
    """Sales and customers, with the rows that are shown."""
    asked = questions([text for _, text, _ in texts_of(desk.db, search.SALES)])
    scans = [milliseconds(lambda typed=typed: _scan(desk.db, search.SALES, typed)) for typed in asked]
    acts: dict[str, Callable[[str], object]] = {
        "sales": lambda typed: sale_list.list_sales(desk, typed),
        "customers": lambda typed: found_by.search_customers(desk, typed),
    }
    found = []
    for name, act in acts.items():
        ours = [milliseconds(lambda typed=typed, act=act: act(typed)) for typed in asked]
        found.append(
            beside(
                f"{name} searched p95, {size} cases",
                percentile(scans, 95),
                percentile(ours, 95),
                most=FRAME_MS,
            )
        )
    return found


def _articles(count: int) -> list[BenchRow]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, shop(1000) as (desk, folder):
        target = Path(place) / "shop"
        target.mkdir()
        with contextlib.closing(sqlite3.connect(target / connection.FILE_NAME)) as copy:
            desk.db.connection().backup(copy)
        db = connection.open_database(target)
        try:
            _shelve(db, count)
            there = Desk(db, folder, None, desk.clock, desk.shop)
            asked = questions(
                [text for _, text, _ in texts_of(db, search.PRODUCTS)], ("bwb", "erji", "dianfan", "z")
            )
            scans = [milliseconds(lambda typed=typed: _scan(db, search.PRODUCTS, typed)) for typed in asked]
            ours = [
                milliseconds(lambda typed=typed: products.list_products(there, typed, limit=LIMIT))
                for typed in asked
            ]
            listed = milliseconds(lambda: products.list_products(there, limit=LIMIT))
        finally:
            db.close()
    p95 = percentile(scans, 95)
    return [
        beside(f"articles searched p95, {count} articles", p95, percentile(ours, 95), most=FRAME_MS),
        beside("  the first page of all of them", p95, listed),
    ]


def _shelve(db: Any, count: int) -> None:
    """So many articles more, as an import leaves them."""
    draw = random.Random(5)
    row = db.execute_sql("SELECT * FROM product ORDER BY id LIMIT 1")
    columns = [told[0] for told in row.description]
    usual = dict(zip(columns, row.fetchone(), strict=True))
    begin = int(db.execute_sql("SELECT MAX(id) FROM product").fetchone()[0]) + 1
    names = [name for name, _price in bulk.shelves()]
    with db.atomic("IMMEDIATE"):
        for start in range(begin, begin + count, 1000):
            ids = range(start, min(start + 1000, begin + count))
            connection.execute_many(
                db,
                f"INSERT INTO product VALUES ({', '.join('?' * len(columns))})",
                [
                    list(
                        (
                            usual
                            | {"id": at, "sku": f"A{at:06d}", "barcode": f"69{draw.randrange(10**11):011d}"}
                            | {"name": draw.choice(names), "model": f"M{draw.randrange(10**4)}"}
                        ).values()
                    )
                    for at in ids
                ],
            )
            search.index_products(db, list(ids))


if __name__ == "__main__":
    sys.exit(table(rows))

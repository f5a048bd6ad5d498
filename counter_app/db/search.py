"""Finding cases and sales again by anything a clerk types: number, name, pinyin, phone, product, serial.

A contentless FTS5 index holds the tokens (`search_terms.py`), a plain table the text they came from: it
answers what the tokens leave open, and it is what must be taken out of the index when a row changes. Blank a
person's data, index the row again, and nothing of it is left here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from peewee import SqliteDatabase

from counter_app.db import search_terms

Progress = Callable[[int, int], None]

SAMPLE = 1000
RESAMPLE_GROWTH = 2
COMMON = 0.005
"""Tokens in more than this share of the sample are known as common; others count as rare."""

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Index:
    """One index: its FTS5 table, the table of its texts, and where its rows come from."""

    table: str
    texts: str
    source: str
    fields: tuple[str, ...]
    names: str


CASES = Index(
    "case_search",
    "case_search_text",
    "case_file",
    (
        "SELECT number, summary FROM case_file WHERE id = ?",
        "SELECT p.name, p.phone, p.contact FROM case_file c JOIN person p ON p.id = c.person_id WHERE c.id = ?",
        "SELECT s.order_no, s.proof_ref, s.invoice_no FROM case_file c JOIN sale s ON s.id = c.sale_id "
        "WHERE c.id = ?",
        "SELECT i.order_no FROM case_file c JOIN sale_identity i ON i.sale_id = c.sale_id WHERE c.id = ?",
        "SELECT s.name, s.model, s.sku, s.barcode, s.serial, l.serial FROM case_line l "
        "JOIN sale_line s ON s.id = l.sale_line_id WHERE l.case_id = ?",
        "SELECT number FROM document WHERE case_id = ?",
    ),
    "SELECT p.name FROM case_file c JOIN person p ON p.id = c.person_id WHERE c.id = ?",
)
SALES = Index(
    "sale_search",
    "sale_search_text",
    "sale",
    (
        "SELECT order_no, proof_ref, invoice_no FROM sale WHERE id = ?",
        "SELECT order_no FROM sale_identity WHERE sale_id = ?",
        "SELECT p.name, p.phone, p.contact FROM sale s JOIN person p ON p.id = s.person_id WHERE s.id = ?",
        "SELECT name, model, sku, barcode, serial FROM sale_line WHERE sale_id = ?",
    ),
    "SELECT p.name FROM sale s JOIN person p ON p.id = s.person_id WHERE s.id = ?",
)
INDICES = (CASES, SALES)


def create(db: SqliteDatabase) -> None:
    """Make the index tables; the first migration holds a frozen copy of these statements."""
    for index in INDICES:
        db.execute_sql(
            f"CREATE VIRTUAL TABLE {index.table} USING "
            "fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii')"
        )
        db.execute_sql(
            f"CREATE TABLE {index.texts} (id INTEGER NOT NULL PRIMARY KEY, form INTEGER NOT NULL, "
            "text TEXT NOT NULL, pinyin TEXT NOT NULL) STRICT"
        )
        db.execute_sql(f"INSERT INTO {index.table} ({index.table}, rank) VALUES ('automerge', 0)")
        db.execute_sql(f"INSERT INTO {index.table} ({index.table}, rank) VALUES ('crisismerge', 64)")


def index_case(db: SqliteDatabase, case_id: int) -> None:
    """Bring the index up to date with one case as it now stands. Call inside the writing transaction."""
    _index(db, CASES, case_id)


def index_sale(db: SqliteDatabase, sale_id: int) -> None:
    """Bring the index up to date with one sale as it now stands."""
    _index(db, SALES, sale_id)


def search(db: SqliteDatabase, text: str, limit: int = 50, before: int | None = None) -> list[int]:
    """Ids of the newest cases in which every typed word occurs, newest first; below `before` to page on."""
    return _search(db, CASES, text, limit, before)


def search_sales(db: SqliteDatabase, text: str, limit: int = 50, before: int | None = None) -> list[int]:
    """Ids of the newest sales in which every typed word occurs, newest first."""
    return _search(db, SALES, text, limit, before)


def reindex(db: SqliteDatabase, progress: Progress) -> int:
    """Build both indices again from the rows. `progress` may raise to cancel; the old index then stays.

    Returns the number of rows indexed.
    """
    totals = [int(db.execute_sql(f"SELECT COUNT(*) FROM {index.source}").fetchone()[0]) for index in INDICES]
    done, total = 0, sum(totals)
    with db.atomic("IMMEDIATE"):
        for index in INDICES:
            db.execute_sql(f"INSERT INTO {index.table} ({index.table}) VALUES ('delete-all')")
            db.execute_sql(f"DELETE FROM {index.texts}")
            for row in list(db.execute_sql(f"SELECT id FROM {index.source} ORDER BY id").fetchall()):
                _add(db, index, int(row[0]))
                done += 1
                if done % CHUNK == 0:
                    progress(done, total)
    progress(total, total)
    return total


def merge(db: SqliteDatabase, pages: int = 500) -> None:
    """Tidy the index a little. For idle time: never inside a posting."""
    for index in INDICES:
        db.execute_sql(f"INSERT INTO {index.table} ({index.table}, rank) VALUES ('merge', {int(pages)})")


def out_of_date(db: SqliteDatabase) -> list[str]:
    """Indices made by another version of the tokens, or that lack rows: `reindex` mends them."""
    found = []
    for index in INDICES:
        other = db.execute_sql(
            f"SELECT 1 FROM {index.texts} WHERE form <> ? LIMIT 1", (search_terms.FORM,)
        ).fetchone()
        lacking = db.execute_sql(
            f"SELECT 1 FROM {index.source} WHERE id NOT IN (SELECT id FROM {index.texts}) LIMIT 1"
        ).fetchone()
        if other or lacking:
            found.append(index.table)
    return found


def stale_rows(db: SqliteDatabase) -> Iterator[tuple[str, int]]:
    """Rows whose indexed text is not what their case or sale says now, as (index table, id)."""
    for index in INDICES:
        for (row_id,) in db.connection().execute(f"SELECT id FROM {index.source} ORDER BY id"):
            if _stored(db, index, row_id) != _gather(db, index, row_id):
                yield index.table, row_id


def _index(db: SqliteDatabase, index: Index, row_id: int) -> None:
    there = _stored(db, index, row_id)
    if there is not None:
        if there == _gather(db, index, row_id):
            return
        _remove(db, index, row_id, there)
    _add(db, index, row_id)


def _stored(db: SqliteDatabase, index: Index, row_id: int) -> tuple[str, str] | None:
    row = db.execute_sql(f"SELECT text, pinyin FROM {index.texts} WHERE id = ?", (row_id,)).fetchone()
    return (row[0], row[1]) if row else None


def _gather(db: SqliteDatabase, index: Index, row_id: int) -> tuple[str, str]:
    pieces: dict[str, None] = {}
    for sql in index.fields:
        for row in db.execute_sql(sql, (row_id,)).fetchall():
            pieces.update(dict.fromkeys(search_terms.plain(value) for value in row if value))
    names = [name for (name,) in db.execute_sql(index.names, (row_id,)).fetchall()]
    return "\n".join(pieces), "\n".join(search_terms.spellings(names))


def _add(db: SqliteDatabase, index: Index, row_id: int) -> None:
    text, pinyin = _gather(db, index, row_id)
    db.execute_sql(
        f"INSERT INTO {index.texts} (id, form, text, pinyin) VALUES (?, ?, ?, ?)",
        (row_id, search_terms.FORM, text, pinyin),
    )
    db.execute_sql(
        f"INSERT INTO {index.table} (rowid, tokens) VALUES (?, ?)", (row_id, _joined(text, pinyin))
    )


def _remove(db: SqliteDatabase, index: Index, row_id: int, there: tuple[str, str]) -> None:
    db.execute_sql(
        f"INSERT INTO {index.table} ({index.table}, rowid, tokens) VALUES ('delete', ?, ?)",
        (row_id, _joined(*there)),
    )
    db.execute_sql(f"DELETE FROM {index.texts} WHERE id = ?", (row_id,))


def _joined(text: str, pinyin: str) -> str:
    return " ".join(search_terms.tokens(text, pinyin.split("\n") if pinyin else ()))


def _search(db: SqliteDatabase, index: Index, text: str, limit: int, before: int | None) -> list[int]:
    wanted = search_terms.terms(text)
    if not wanted:
        return []
    asked = search_terms.question(wanted, _frequencies(db, index))
    found: list[int] = []
    for row_id, there, pinyin in _candidates(db, index, asked, before):
        spelled = pinyin.split("\n") if pinyin else []
        if all(term.fits(there, spelled) for term in wanted):
            found.append(row_id)
            if len(found) == limit:
                break
    return found


def _candidates(
    db: SqliteDatabase, index: Index, asked: str, before: int | None
) -> Iterator[tuple[int, str, str]]:
    """Rows the tokens point at, newest first. Without a usable token every row is looked at."""
    last = before if before is not None else 2**62
    if not asked:
        yield from db.connection().execute(
            f"SELECT id, text, pinyin FROM {index.texts} WHERE id < ? ORDER BY id DESC", (last,)
        )
        return
    yield from db.connection().execute(
        f"SELECT f.rowid, t.text, t.pinyin FROM {index.table} f CROSS JOIN {index.texts} t ON t.id = f.rowid "
        f"WHERE {index.table} MATCH ? AND f.rowid < ? ORDER BY f.rowid DESC",
        (asked, last),
    )


_SAMPLED: WeakKeyDictionary[Any, dict[str, tuple[int, dict[str, float]]]] = WeakKeyDictionary()


def _frequencies(db: SqliteDatabase, index: Index) -> dict[str, float]:
    """How common tokens are, from a sample of rows that is drawn again when the table has doubled."""
    newest = db.execute_sql(f"SELECT MAX(id) FROM {index.texts}").fetchone()[0] or 0
    kept = _SAMPLED.setdefault(db, {})
    at, counted = kept.get(index.table, (0, {}))
    if newest < SAMPLE or (at and newest < at * RESAMPLE_GROWTH):
        return counted
    drawn = random.Random(newest).sample(range(1, newest + 1), SAMPLE)
    seen: dict[str, int] = {}
    rows = 0
    for row_id in sorted(drawn):
        there = _stored(db, index, row_id)
        if there is not None:
            rows += 1
            for token in search_terms.tokens(there[0], there[1].split("\n")):
                seen[token] = seen.get(token, 0) + 1
    counted = {token: times / rows for token, times in seen.items() if times / rows > COMMON} if rows else {}
    kept[index.table] = (newest, counted)
    return counted

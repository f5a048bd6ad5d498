"""Finding cases and sales again by anything a clerk types: number, name, pinyin, phone, product, serial.

A contentless FTS5 index holds the tokens (`search_terms.py`), a plain table the text they came from: it
answers what the tokens leave open, and it is what must be taken out of the index when a row changes. Blank a
person's data, index the row again, and nothing of it is left here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SqliteDatabase

from counter_app.db import finding, search_terms
from counter_app.db.connection import execute_many

Progress = Callable[[int, int], None]

CHUNK = 500

Text = tuple[str, str]
"""What is searched in a row: its plain text, and what surnames make of its names in pinyin, one reading a line."""


@dataclass(frozen=True, slots=True)
class Index:
    """One index: its FTS5 table, the table of its texts, and where its rows come from."""

    table: str
    texts: str
    source: str
    fields: tuple[str, ...]
    names: str
    """The names of people in it; empty where there are none."""


_IDS = "IN (SELECT value FROM json_each(?))"

CASES = Index(
    "case_search",
    "case_search_text",
    "case_file",
    (
        f"SELECT id, number, summary FROM case_file WHERE id {_IDS}",
        "SELECT c.id, p.name, p.phone, p.contact FROM case_file c JOIN person p ON p.id = c.person_id "
        f"WHERE c.id {_IDS}",
        "SELECT c.id, s.order_no, s.proof_ref, s.invoice_no FROM case_file c JOIN sale s ON s.id = c.sale_id "
        f"WHERE c.id {_IDS}",
        "SELECT c.id, i.order_no FROM case_file c JOIN sale_identity i ON i.sale_id = c.sale_id "
        f"WHERE c.id {_IDS} ORDER BY i.id",
        "SELECT l.case_id, s.name, s.model, s.sku, s.barcode, s.serial, l.serial FROM case_line l "
        f"JOIN sale_line s ON s.id = l.sale_line_id WHERE l.case_id {_IDS} ORDER BY l.id",
        f"SELECT case_id, number FROM document WHERE case_id {_IDS} ORDER BY id",
    ),
    f"SELECT c.id, p.name FROM case_file c JOIN person p ON p.id = c.person_id WHERE c.id {_IDS}",
)
SALES = Index(
    "sale_search",
    "sale_search_text",
    "sale",
    (
        f"SELECT id, order_no, proof_ref, invoice_no FROM sale WHERE id {_IDS}",
        f"SELECT sale_id, order_no FROM sale_identity WHERE sale_id {_IDS} ORDER BY id",
        "SELECT s.id, p.name, p.phone, p.contact FROM sale s JOIN person p ON p.id = s.person_id "
        f"WHERE s.id {_IDS}",
        f"SELECT sale_id, name, model, sku, barcode, serial FROM sale_line WHERE sale_id {_IDS} ORDER BY id",
    ),
    f"SELECT s.id, p.name FROM sale s JOIN person p ON p.id = s.person_id WHERE s.id {_IDS}",
)
HISTORY = Index(
    "history_search",
    "history_search_text",
    "history_case",
    (
        f"SELECT id, number, order_no, customer_masked, phone_masked, summary FROM history_case WHERE id {_IDS}",
        "SELECT c.id, l.product, l.sku, l.serial, l.batch_no FROM history_case c "
        f"JOIN history_line l ON l.case_number = c.number WHERE c.id {_IDS} ORDER BY l.id",
        "SELECT c.id, m.number, m.order_no, m.proof_ref FROM history_case c "
        f"JOIN history_money m ON m.case_number = c.number WHERE c.id {_IDS} ORDER BY m.id",
        "SELECT c.id, r.number, json_extract(r.content, '$.acceptance'), json_extract(r.content, '$.reversed') "
        f"FROM history_case c JOIN history_row r ON r.case_number = c.number WHERE c.id {_IDS} ORDER BY r.id",
    ),
    f"SELECT id, customer_masked FROM history_case WHERE id {_IDS}",
)
"""What archives told, read back: found beside the shop's own cases, never among them."""
PRODUCTS = Index(
    "product_search",
    "product_search_text",
    "product",
    (f"SELECT id, sku, barcode, name, model FROM product WHERE id {_IDS}",),
    "",
)
INDICES = (CASES, SALES, HISTORY, PRODUCTS)

Within = tuple[str, Sequence[Any]]
"""A question for ids with its values: nothing else is looked at."""


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
    _index(db, CASES, [case_id])


def add_documents(db: SqliteDatabase, case_id: int) -> None:
    """The same where nothing about a case changed but that it has more documents now: their numbers come last."""
    there = _stored(db, CASES, [case_id]).get(case_id)
    if there is None:
        index_case(db, case_id)
        return
    text, pinyin = there
    lines = set(text.split("\n"))
    numbers = db.execute_sql(
        "SELECT number FROM document WHERE case_id = ? ORDER BY id", (case_id,)
    ).fetchall()
    more = "\n".join(
        number for number in (search_terms.plain(row[0]) for row in numbers) if number not in lines
    )
    if more:
        # No token crosses a line: those of the longer text are those of both parts.
        tokens = _tokens(text, pinyin)
        _forget(db, CASES, [(case_id, tokens)])
        longer = (f"{text}\n{more}" if text else more, pinyin)
        _keep(db, CASES, [(case_id, longer, " ".join(tokens | _tokens(more)))])


def index_sale(db: SqliteDatabase, sale_id: int) -> None:
    """Bring the index up to date with one sale as it now stands."""
    _index(db, SALES, [sale_id])


def index_cases(db: SqliteDatabase, case_ids: Sequence[int]) -> None:
    """The same for many cases at once, as the retention job and the demonstration change them."""
    _index(db, CASES, case_ids)


def index_sales(db: SqliteDatabase, sale_ids: Sequence[int]) -> None:
    """The same for many sales at once, as an import writes them; much cheaper than one by one."""
    _index(db, SALES, sale_ids)


def add_sales(db: SqliteDatabase, sales: Mapping[int, tuple[Iterable[str], str]]) -> None:
    """Make sales findable that this very transaction wrote, without reading them back: by id the texts that
    `SALES.fields` would find, in that order, and the customer's name. `verify` compares them as all others."""
    plain = search_terms.plain_again
    _add(
        db,
        SALES,
        {
            sale_id: (
                "\n".join(dict.fromkeys([plain(value) for value in values if value])),
                "\n".join(search_terms.spellings((name,))) if name else "",
            )
            for sale_id, (values, name) in sales.items()
        },
    )


def index_history(db: SqliteDatabase, history_ids: Sequence[int]) -> None:
    """Bring the index up to date with cases that archives tell."""
    _index(db, HISTORY, history_ids)


def index_products(db: SqliteDatabase, product_ids: Sequence[int]) -> None:
    """Bring the index up to date with articles as they now stand."""
    _index(db, PRODUCTS, product_ids)


def search_history(db: SqliteDatabase, text: str, limit: int = 50, before: int | None = None) -> list[int]:
    """Ids of the newest rows of `history_case` in which every typed word occurs, newest first."""
    return finding.found(db, HISTORY, text, limit, before)


def search(
    db: SqliteDatabase, text: str, limit: int = 50, before: int | None = None, within: Within | None = None
) -> list[int]:
    """Ids of the newest cases in which every typed word occurs, newest first; below `before` to page on, and only
    those that `within` gives."""
    return finding.found(db, CASES, text, limit, before, within)


def search_sales(db: SqliteDatabase, text: str, limit: int = 50, before: int | None = None) -> list[int]:
    """Ids of the newest sales in which every typed word occurs, newest first."""
    return finding.found(db, SALES, text, limit, before)


def search_products(
    db: SqliteDatabase, text: str, limit: int = 50, before: int | None = None, within: Within | None = None
) -> list[int]:
    """Ids of the articles, the last added first, in which every typed word occurs."""
    return finding.found(db, PRODUCTS, text, limit, before, within)


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
            for ids in _chunks(db, index):
                _add(db, index, _gather(db, index, ids))
                done += len(ids)
                progress(done, total)
    progress(total, total)
    return total


def merge(db: SqliteDatabase, pages: int = 500) -> None:
    """Tidy the index a little. For idle time: never inside a posting."""
    for index in INDICES:
        db.execute_sql(f"INSERT INTO {index.table} ({index.table}, rank) VALUES ('merge', {int(pages)})")


def forget(db: SqliteDatabase) -> None:
    """Write the index anew as one piece: tokens of texts that are no longer there leave the file. Takes a second
    for about 100,000 rows; for after an erasure."""
    for index in INDICES:
        db.execute_sql(f"INSERT INTO {index.table} ({index.table}) VALUES ('optimize')")


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
    """Rows whose indexed text is not what their case or sale says now, or that the index does not find under it, as
    (index table, id)."""
    for index in INDICES:
        for ids in _chunks(db, index):
            there = _stored(db, index, ids)
            lost = _lost(db, index, {row_id: text for row_id, (text, _pinyin) in there.items()})
            for row_id, wanted in _gather(db, index, ids).items():
                if there.get(row_id) != wanted or row_id in lost:
                    yield index.table, row_id


def _lost(db: SqliteDatabase, index: Index, texts: Mapping[int, str]) -> set[int]:
    """Rows that the index does not find under how their first or their last line begins. Its tokens leave it with
    their whole row, so two of them tell for all; the rows of a token are read in one go."""
    under: dict[str, set[int]] = {}
    for row_id, text in texts.items():
        for token in search_terms.edges(text):
            under.setdefault(token, set()).add(row_id)
    lost: set[int] = set()
    for token, ids in under.items():
        found = db.execute_sql(
            f"SELECT rowid FROM {index.table} WHERE {index.table} MATCH ? AND rowid BETWEEN ? AND ?",
            (f'"{token}"', min(ids), max(ids)),
        )
        lost |= ids - {row_id for (row_id,) in found.fetchall()}
    return lost


def _chunks(db: SqliteDatabase, index: Index) -> Iterator[list[int]]:
    last = 0
    while True:
        rows = db.execute_sql(
            f"SELECT id FROM {index.source} WHERE id > ? ORDER BY id LIMIT {CHUNK}", (last,)
        )
        ids = [int(row[0]) for row in rows.fetchall()]
        if not ids:
            return
        yield ids
        last = ids[-1]


def _index(db: SqliteDatabase, index: Index, ids: Sequence[int]) -> None:
    wanted, there = _gather(db, index, ids), _stored(db, index, ids)
    changed = {row_id: text for row_id, text in wanted.items() if there.get(row_id) != text}
    _remove(db, index, {row_id: there[row_id] for row_id in changed if row_id in there})
    _add(db, index, changed)


def _stored(db: SqliteDatabase, index: Index, ids: Sequence[int]) -> dict[int, Text]:
    rows = db.execute_sql(f"SELECT id, text, pinyin FROM {index.texts} WHERE id {_IDS}", (json.dumps(ids),))
    return {row_id: (text, pinyin) for row_id, text, pinyin in rows.fetchall()}


def _gather(db: SqliteDatabase, index: Index, ids: Sequence[int]) -> dict[int, Text]:
    """What every row's case or sale says now: its text, line by line, and the pinyin of its names."""
    asked = (json.dumps(ids),)
    pieces: dict[int, dict[str, None]] = {row_id: {} for row_id in ids}
    for sql in index.fields:
        for row_id, *values in db.execute_sql(sql, asked).fetchall():
            pieces[row_id].update(dict.fromkeys(search_terms.plain(value) for value in values if value))
    names: dict[int, list[str]] = {}
    for row_id, name in db.execute_sql(index.names, asked).fetchall() if index.names else ():
        names.setdefault(row_id, []).append(name)
    return {
        row_id: ("\n".join(lines), "\n".join(search_terms.spellings(names.get(row_id, ()))))
        for row_id, lines in pieces.items()
    }


def _add(db: SqliteDatabase, index: Index, rows: Mapping[int, Text]) -> None:
    _keep(db, index, [(row_id, text, _spelled_out(*text)) for row_id, text in rows.items()])


def _keep(db: SqliteDatabase, index: Index, rows: Sequence[tuple[int, Text, str]]) -> None:
    execute_many(
        db,
        f"INSERT INTO {index.texts} (id, form, text, pinyin) VALUES (?, ?, ?, ?)",
        [(row_id, search_terms.FORM, *text) for row_id, text, _ in rows],
    )
    execute_many(
        db,
        f"INSERT INTO {index.table} (rowid, tokens) VALUES (?, ?)",
        [(row_id, tokens) for row_id, _, tokens in rows],
    )


def _remove(db: SqliteDatabase, index: Index, rows: Mapping[int, Text]) -> None:
    if rows:
        _forget(db, index, [(row_id, _tokens(*text)) for row_id, text in rows.items()])


def _forget(db: SqliteDatabase, index: Index, rows: Sequence[tuple[int, set[str]]]) -> None:
    execute_many(
        db,
        f"INSERT INTO {index.table} ({index.table}, rowid, tokens) VALUES ('delete', ?, ?)",
        [(row_id, " ".join(sorted(tokens))) for row_id, tokens in rows],
    )
    execute_many(db, f"DELETE FROM {index.texts} WHERE id = ?", [(row_id,) for row_id, _ in rows])


def _spelled_out(text: str, pinyin: str = "") -> str:
    return search_terms.spelled_out(text, pinyin.split("\n") if pinyin else ())


def _tokens(text: str, pinyin: str = "") -> set[str]:
    return search_terms.tokens(text, pinyin.split("\n") if pinyin else ())

"""Asking the search index: which rows hold every word that was typed, the newest first.

The index (`search.py`) points at rows that may fit, newest first, and SQLite itself looks into their text; only what
must begin a word or may be pinyin is looked at once more here. Nothing is read beyond the rows that were asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from peewee import SqliteDatabase

from counter_app.db import search_terms

if TYPE_CHECKING:
    from counter_app.db.search import Index, Within

FEW = 1000
"""Where no more rows than these come into question at all, they are looked at themselves."""
NEWEST = 30
"""A token that fewer rows than these hold is rare; of others the one is rarer whose rows reach farther back."""
TOKENS_KEPT = 5000
"""How common so many tokens are is remembered."""


def found(
    db: SqliteDatabase, index: Index, text: str, limit: int, before: int | None, within: Within | None = None
) -> list[int]:
    """Ids of the newest rows in which every typed word occurs: at most `limit`, below `before`, of those that
    `within` gives. Codes of letters and digits begin with what was typed of them; where no row has all words so, any
    part of a code will do."""
    wanted = search_terms.terms(text)
    if not wanted:
        return []
    ids = _fitting(db, index, wanted, limit, before, within)
    if ids or (parts := search_terms.anywhere(wanted)) is None:
        return ids
    if before is not None and _fitting(db, index, wanted, 1, None, within):
        return []  # the last page of what begins with it
    return _fitting(db, index, parts, limit, before, within)


def _fitting(
    db: SqliteDatabase,
    index: Index,
    wanted: Sequence[search_terms.Term],
    limit: int,
    before: int | None,
    within: Within | None,
) -> list[int]:
    open_terms = [term for term in wanted if term.begins or term.spelled]
    ids: list[int] = []
    for row_id, there, pinyin in _candidates(db, index, wanted, before, within):
        if open_terms:
            readings = pinyin.split("\n") if pinyin else ()
            if not all(term.fits(there, readings) for term in open_terms):
                continue
        ids.append(row_id)
        if len(ids) == limit:
            break
    return ids


def _candidates(
    db: SqliteDatabase,
    index: Index,
    wanted: Sequence[search_terms.Term],
    before: int | None,
    within: Within | None,
) -> Iterator[tuple[int, str, str]]:
    """Rows the tokens point at and that hold the typed words, newest first. Without a usable token every
    row is looked at."""
    # What may be pinyin does not stand in the text as it was typed.
    words = [term.text for term in wanted if not term.spelled]
    holds = " AND instr(t.text, ?)" * len(words)
    last = before if before is not None else 2**62
    only, values = "", ()
    if within is not None:
        few = _few(db, within)
        if few is not None:
            yield from db.connection().execute(
                f"SELECT t.id, t.text, t.pinyin FROM {index.texts} t WHERE t.id IN (SELECT value FROM json_each(?)) "
                f"AND t.id < ?{holds} ORDER BY t.id DESC",
                (json.dumps(few), last, *words),
            )
            return
        # Of each candidate it is asked whether it belongs there: the whole answer would be gathered at each key.
        only = f" AND EXISTS (SELECT 1 FROM ({within[0]}) w WHERE w.id = t.id)"
        values = tuple(within[1])
    asked = search_terms.question(wanted, _commonness(db, index))
    if not asked:
        yield from db.connection().execute(
            f"SELECT t.id, t.text, t.pinyin FROM {index.texts} t WHERE t.id < ?{holds}{only} ORDER BY t.id DESC",
            (last, *words, *values),
        )
        return
    # The cross join keeps the index in front: else SQLite may go through the texts and ask it for each.
    yield from db.connection().execute(
        f"SELECT f.rowid, t.text, t.pinyin FROM {index.table} f CROSS JOIN {index.texts} t ON t.id = f.rowid "
        f"WHERE {index.table} MATCH ? AND f.rowid < ?{holds}{only} ORDER BY f.rowid DESC",
        (asked, last, *words, *values),
    )


def _few(db: SqliteDatabase, within: Within) -> list[int] | None:
    """The ids a question gives, or None where they are many."""
    # The order makes SQLite take the index of what is unfinished, which it would else not think worth it.
    rows = db.execute_sql(
        f"SELECT id FROM ({within[0]}) ORDER BY id DESC LIMIT {FEW + 1}", tuple(within[1])
    ).fetchall()
    return None if len(rows) > FEW else [row[0] for row in rows]


_KNOWN: WeakKeyDictionary[Any, dict[tuple[str, str], int]] = WeakKeyDictionary()


def _commonness(db: SqliteDatabase, index: Index) -> Callable[[str], int]:
    """What tells how common a token is among the newest rows; the higher, the more. It is only ever a guess which
    tokens narrow most, so it is asked once and kept."""
    known = _KNOWN.setdefault(db, {})
    sql = (
        f"SELECT rowid FROM {index.table} WHERE {index.table} MATCH ? "
        f"ORDER BY rowid DESC LIMIT 1 OFFSET {NEWEST - 1}"
    )

    def common(token: str) -> int:
        at = known.get((index.table, token))
        if at is None:
            if len(known) >= TOKENS_KEPT:
                known.clear()
            row = db.execute_sql(sql, (f'"{token}"',)).fetchone()
            at = known[index.table, token] = int(row[0]) if row else 0
        return at

    return common

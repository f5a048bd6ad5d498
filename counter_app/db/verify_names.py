"""What a row that does not hold is called in the shop: the case, paper, order or article it belongs to.

Found by following the references of the row until something has a number that stands on paper, at most three steps.
Nothing here may fail: the row was changed by somebody else, and its references may lead nowhere.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Final

from peewee import PeeweeException, SqliteDatabase

_NAMED: Final = {
    "case_file": ("case", "number"),
    "document": ("document", "number"),
    "number": ("number", "number"),
    "recall": ("number", "number"),
    "print_job": ("number", "number"),
    "history_case": ("case", "number"),
    "history_row": ("case", "case_number"),
    "sale": ("order", "order_no"),
    "import_hold": ("order", "order_no"),
    "product": ("article", "sku"),
    "bill": ("file", "name"),
    "history_source": ("file", "file_name"),
    "import_batch": ("file", "file_name"),
    "staff": ("person", "name"),
    "shift": ("day", "business_date"),
    "month_lock": ("month", "month"),
}
"""Tables whose rows have a number or a name of their own: its kind, and the column."""
_FIRST: Final = ("case", "document", "number", "order", "article", "file", "day", "month", "person")
"""Which of several is told first; two are enough."""
_TOLD_BY_NUMBER: Final = ("case", "document", "number", "order")
_OWN_STAFF: Final = frozenset({"staff", "staff_event", "phone_code", "shift"})
"""Elsewhere a row refers to whoever wrote it, which does not name it."""
_INDEXED: Final = {
    "case_search": "case_file",
    "sale_search": "sale",
    "product_search": "product",
    "history_search": "history_case",
}
_HOLDERS: Final = {
    "person": (("case_file", "person_id"), ("sale", "person_id")),
    "case_words": (("case_file", "id"),),
}
"""What has no number and refers to nothing is named by what refers to it."""
_DEPTH: Final = 3

Name = tuple[str, str]
"""`case`, `document`, `number`, `order`, `article`, `file`, `person`, `day` or `month`, and what it is called."""


def names(db: SqliteDatabase, table: str, row: str) -> tuple[Name, ...]:
    """At most two names of a row, the best known first; none when nothing leads to one."""
    found: dict[str, str] = {}
    # Where somebody changed the tables themselves, what was found so far is told.
    with suppress(sqlite3.Error, PeeweeException, ValueError, TypeError):
        _follow(db, _INDEXED.get(table, table), row, found)
    kinds = [kind for kind in _FIRST if kind in found]
    if any(kind in _TOLD_BY_NUMBER for kind in kinds):
        kinds = [kind for kind in kinds if kind in _TOLD_BY_NUMBER]
    return tuple((kind, found[kind]) for kind in kinds[:2])


def _follow(db: SqliteDatabase, table: str, row: str, found: dict[str, str]) -> None:
    rows: list[tuple[str, object]] = [(table, row)]
    for child, column in _HOLDERS.get(table, ()):
        for (key,) in db.execute_sql(f"SELECT id FROM {child} WHERE {column} = ? LIMIT 1", (row,)).fetchall():
            rows.append((child, key))
    seen = set()
    for _step in range(_DEPTH + 1):
        later: list[tuple[str, object]] = []
        for name, key in rows:
            if (name, str(key)) in seen:
                continue
            seen.add((name, str(key)))
            later += _look(db, name, key, found, own=name == table)
        rows = later


def _look(
    db: SqliteDatabase, table: str, key: object, found: dict[str, str], *, own: bool
) -> list[tuple[str, object]]:
    """Note what one row is called; what it refers to comes next."""
    info = db.execute_sql("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
    main = next((name for name, place in info if place), "rowid")
    parents = db.execute_sql('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,)).fetchall()
    wanted = [column for column, _ in parents]
    kind, column = _NAMED.get(table, ("", ""))
    if column:
        wanted.append(column)
    if not wanted:
        return []
    listed = ", ".join(f'"{one}"' for one in wanted)
    held = db.execute_sql(f'SELECT {listed} FROM "{table}" WHERE "{main}" = ?', (key,)).fetchone()
    if held is None:
        return []
    if column and held[-1]:
        found.setdefault(kind, str(held[-1]))
    return [
        (parent, value)
        for (_, parent), value in zip(parents, held, strict=False)
        if value is not None and (parent != "staff" or (own and table in _OWN_STAFF))
    ]

"""The third chain: each transaction of the program seals every row it wrote.

Triggers of the program's own connection (they live in its temporary schema, so no other program has them) note
which rows were written. Before the commit the rows are read once more, each is hashed, and one row of `seal`
takes all the hashes and the hash of the seal before. A row that somebody else changed, added or removed differs
from its last seal; `differing` names it. Personal columns, which retention may blank, stand in a seal under salted
hashes of their own (`seal_salts.py`): what somebody changed or blanked there is named by its column.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from counter_app.db import figures, kept_sums, seal_salts
from counter_app.db.fields import canonical_json
from counter_app.db.guards.chains import FIRST_PREVIOUS

SEALS = "seal"
UNSEALED_TABLES = frozenset(
    {
        SEALS,
        seal_salts.SALTS,
        "case_search_text",
        "sale_search_text",
        "history_search_text",
        "product_search_text",
        *figures.TABLES,
        *kept_sums.TABLES,
    }
)
"""The chain itself, the salts, and what is made anew from the rows: search index, figures of reports, kept sums."""

ROW_BYTES = 16
"""Of each row's sha256 this much is kept; the chain itself keeps all of it."""
REMOVED = ""
"""In the place of a row's hash: the row was taken away."""
KINDS_OF_ACTS = 256
"""So many sets of tables that were written together have their query kept."""
_TOUCHED = "SELECT DISTINCT tab FROM temp.written ORDER BY tab"

Head = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One sealed table: its name, its key, and the SQL of a row's sealed text for an alias `x`; its personal
    columns, which stand under hashes of their own."""

    name: str
    key: str
    text: str
    personal: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Bytes that a seal holds of one row, at most."""
        return ROW_BYTES + seal_salts.COLUMN_BYTES * len(self.personal)

    @property
    def columns(self) -> str:
        """SQL of what is read to seal or compare a row: the text, then each personal column."""
        return ", ".join((self.text, *(f'x."{column}"' for column in self.personal)))


def tables(db: sqlite3.Connection) -> list[Table]:
    """The sealed tables of a file with all their columns, by name."""
    found = []
    salted = seal_salts.there(db)
    names = db.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'schema_migration%' "
        "AND name NOT LIKE 'case_search%' AND name NOT LIKE 'sale_search%' "
        "AND name NOT LIKE 'history_search%' AND name NOT LIKE 'product_search%' ORDER BY name"
    ).fetchall()
    for (name,) in names:
        if name in UNSEALED_TABLES or (not salted and name in seal_salts.UNSEALED_BEFORE):
            continue
        personal = seal_salts.PERSONAL.get(name, ()) if salted else ()
        left_out = (seal_salts.UNHASHED if salted else seal_salts.LEFT_OUT_BEFORE).get(name, frozenset())
        left_out = left_out.union(personal)
        columns = db.execute(f'PRAGMA main.table_info("{name}")').fetchall()
        key = next((column[1] for column in columns if column[5]), "rowid")
        listed = ", ".join(f'x."{column[1]}"' for column in columns if column[1] not in left_out)
        found.append(Table(name, key, f"json_array({listed})", personal))
    return found


class Sealing:
    """What one connection of the program needs to seal its transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Put the noting triggers into the connection's temporary schema."""
        self._db = db
        self._tables = tables(db)
        self.own_changes = 0
        """Rows that sealing itself wrote, as `total_changes` counts them."""
        most = max(len(table.personal) for table in self._tables)
        self._written = [
            f'SELECT {number}, t.row, x."{table.key}" IS NOT NULL, {table.columns}'
            f"{', NULL' * (most - len(table.personal))} FROM temp.written t "
            f'LEFT JOIN main."{table.name}" x ON x."{table.key}" = t.row WHERE t.tab = {number}'
            for number, table in enumerate(self._tables)
        ]
        self._together: dict[tuple[int, ...], str] = {}
        """One query for tables that were written together; every posting of a kind writes the same ones."""
        db.execute(
            "CREATE TEMP TABLE written (tab INTEGER NOT NULL, row NOT NULL, PRIMARY KEY (tab, row)) WITHOUT ROWID"
        )
        for number, table in enumerate(self._tables):
            for act, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                db.execute(
                    f'CREATE TEMP TRIGGER "note_{table.name}_{act.lower()}" AFTER {act} ON main."{table.name}" '
                    f'BEGIN INSERT INTO written (tab, row) VALUES ({number}, {row}."{table.key}") '
                    "ON CONFLICT DO NOTHING; END"
                )
        self._seen = db.total_changes

    def seal(self) -> None:
        """Seal what this transaction wrote. To be called inside it, right before its commit."""
        db = self._db
        before = db.total_changes
        if before == self._seen:
            return
        touched = tuple([number for (number,) in db.execute(_TOUCHED)])
        if touched:
            read = db.execute(self._reading(touched))
            rows = {}
            for number, of_one in groupby(read, key=itemgetter(0)):
                table = self._tables[number]
                last = 4 + len(table.personal)
                rows[table.name] = sealed_rows(db, table, (row[1:last] for row in of_one))
            append(db, rows)
            db.execute("DELETE FROM temp.written")
        self._seen = db.total_changes
        self.own_changes += self._seen - before

    def _reading(self, touched: tuple[int, ...]) -> str:
        """SQL of the rows of these tables that were written: number of the table, key, whether it is there, columns.

        SQLite compounds up to 500 queries; there are far fewer tables.
        """
        sql = self._together.get(touched)
        if sql is None:
            sql = " UNION ALL ".join(self._written[number] for number in touched)
            if len(self._together) < KINDS_OF_ACTS:
                self._together[touched] = sql
        return sql


def sealed_rows(db: sqlite3.Connection, table: Table, read: Iterable[tuple[Any, ...]]) -> list[list[object]]:
    """What a seal is to hold of rows of one table, as read: key, whether it is there, and `Table.columns`.

    Takes new salts for the personal columns, so it belongs into the transaction that seals.
    """
    sha256, kept = hashlib.sha256, 2 * ROW_BYTES  # spelled out, not called: an import seals a million rows
    if not table.personal:
        return [
            [key, sha256(text.encode()).hexdigest()[:kept] if there else REMOVED] for key, there, text in read
        ]
    found = list(read)
    salted = seal_salts.renew(db, table.name, ((row[0], row[3:] if row[1] else ()) for row in found))
    return [
        [row[0], sha256(row[2].encode()).hexdigest()[:kept] + salted[row[0]].hex() if row[1] else REMOVED]
        for row in found
    ]


def append(db: sqlite3.Connection, rows: dict[str, list[list[object]]]) -> None:
    """Add one seal with the hashes of these rows, by table."""
    seq, previous = head(db)
    content = spelled(seq + 1, rows)
    db.execute(
        "INSERT INTO seal (seq, content, prev_hash, hash) VALUES (?, ?, ?, ?)",
        (seq + 1, content, previous, link(previous, content)),
    )


def spelled(seq: int, rows: dict[str, list[list[object]]]) -> str:
    """The content of a seal: `canonical_json([seq, rows])`, spelled out, since nearly all of it are numbers and
    hashes."""
    tables_told = []
    for name in sorted(rows):
        listed = [
            f'[{key},"{told}"]' if type(key) is int else canonical_json([key, told])
            for key, told in rows[name]
        ]
        tables_told.append(f"{canonical_json(name)}:[{','.join(listed)}]")
    return f"[{seq},{{{','.join(tables_told)}}}]"


def link(previous: str, content: str) -> str:
    """The hash of a seal: sha256 over the hash before it and its content."""
    return hashlib.sha256((previous + content).encode()).hexdigest()


def head(db: sqlite3.Connection) -> Head:
    """How many seals there are and the hash of the last; (0, 64 zeros) for none."""
    row = db.execute("SELECT seq, hash FROM seal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_PREVIOUS)

"""The third chain: each transaction of the program seals every row it wrote.

Triggers of the program's own connection (they live in its temporary schema, so no other program has them) note
which rows were written. Before the commit the rows are read once more, each is hashed, and one row of `seal`
takes all the hashes and the hash of the seal before. A row that somebody else changed, added or removed differs
from its last seal; `differing` names it. Personal columns, which retention may blank, stand in a seal under salted
hashes of their own (`seal_salts.py`): what somebody changed or blanked there is named by its column.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
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
NOTHING = bytes(ROW_BYTES)
"""The place of a row that has no seal."""
REMOVED = ""
"""In the place of a row's hash: the row was taken away."""
RUN = 8
"""From so many rows on it is worth a look whether their keys follow on one another."""
AT_ONCE = 20_000
"""Most rows in one seal when an update seals a whole table."""
BLOCK = 10_000
"""Rows between two reports of progress."""
READ = 500
"""Rows read and compared in one go; a part of `BLOCK`."""
DENSE = 1 << 26
"""Keys up to here are kept in one run of bytes for each table, 16 bytes to a row."""

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


@dataclass(frozen=True, slots=True)
class Differs:
    """One row that is not as the program wrote it, or one seal that does not hold (a code of `verify`). `column`
    is told where the rest of the row holds."""

    table: str
    key: object
    code: str
    column: str = ""

    @property
    def row(self) -> str:
        """The key as it is printed."""
        return str(self.key)


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


@dataclass(slots=True)
class _Kept:
    """The last seal of each row of one table, `width` bytes each: of small whole keys in one run, of others by key."""

    width: int
    dense: bytearray = field(default_factory=bytearray)
    other: dict[object, bytes] = field(default_factory=dict)

    def put(self, rows: Iterable[tuple[object, str]]) -> None:
        """What one seal says of rows of this table. Raises ValueError, TypeError for what no seal says."""
        dense, width = self.dense, self.width
        rows = list(rows)
        if self._run(rows):
            return
        for key, told in rows:
            digest = bytes.fromhex(told)
            if len(digest) != width:
                if digest and len(digest) != ROW_BYTES:
                    raise ValueError(told)
                digest = digest.ljust(width, b"\0")
            if type(key) is int and 0 <= key < DENSE:
                at = key * width
                if at >= len(dense):
                    dense.extend(bytes(max(at + width, 2 * len(dense)) - len(dense)))
                dense[at : at + width] = digest
            else:
                self.other[key] = digest

    def _run(self, rows: list[tuple[object, str]]) -> bool:
        """Take in rows whose keys follow on one another, and whose hashes are whole, in one go."""
        if len(rows) < RUN:
            return False
        keys, told = [key for key, _ in rows], [told for _, told in rows]
        first, width = keys[0], self.width
        if type(first) is not int or not 0 <= first < DENSE - len(keys):
            return False
        if keys != list(range(first, first + len(keys))) or set(map(len, told)) != {2 * width}:
            return False
        digests, at, end = bytes.fromhex("".join(told)), first * width, (first + len(keys)) * width
        if len(digests) != end - at:
            return False
        if end > len(self.dense):
            self.dense.extend(bytes(max(end, 2 * len(self.dense)) - len(self.dense)))
        self.dense[at:end] = digests
        return True

    def removed(self, seen: bytearray, others: set[object]) -> Iterator[object]:
        """Keys of rows that were sealed and are not among those seen."""
        width, nothing = self.width, bytes(self.width)
        key = seen.find(0)
        while 0 <= key < len(self.dense) // width:
            if self.dense[key * width : (key + 1) * width] != nothing:
                yield key
            key = seen.find(0, key + 1)
        yield from (key for key, digest in self.other.items() if digest != nothing and key not in others)


def blocks(db: sqlite3.Connection) -> int:
    """How often `differing` reports: once for each `BLOCK` rows of the chain and of each table, or less."""
    names = [SEALS, *(table.name for table in tables(db))]
    return sum(
        1 + db.execute(f'SELECT COALESCE(MAX(rowid), 0) FROM main."{name}"').fetchone()[0] // BLOCK
        for name in names
    )


def differing(db: sqlite3.Connection, step: Callable[[], None] = lambda: None) -> Iterator[Differs]:
    """Recompute the chain and compare every row of every table with its last seal. Reads each row once."""
    known = tables(db)
    kept = {table.name: _Kept(table.width) for table in known}
    gone: set[str] = set()
    yield from _chain(db, kept, gone, step)
    for table in known:
        yield from _rows(db, table, kept.pop(table.name), step)
    for name in sorted(gone):
        yield Differs(name, "", "verify.table_gone")


def _chain(
    db: sqlite3.Connection, kept: dict[str, _Kept], gone: set[str], step: Callable[[], None]
) -> Iterator[Differs]:
    previous, expected, told = FIRST_PREVIOUS, 1, False
    for seq, content, prev_hash, digest in db.execute(
        "SELECT seq, content, prev_hash, hash FROM seal ORDER BY seq"
    ):
        code = ""
        if seq != expected:
            code = "verify.chain_gap"
        elif prev_hash != previous:
            code = "verify.chain_previous"
        elif link(prev_hash, content) != digest:
            code = "verify.chain_hash"
        if not _take_in(content, seq, kept, gone):
            code = code or "verify.chain_columns"
        if code and not told:
            told = True
            yield Differs(SEALS, seq, code)
        previous, expected = digest, seq + 1
        if expected % BLOCK == 0:
            step()


def _take_in(content: str, seq: int, kept: dict[str, _Kept], gone: set[str]) -> bool:
    """Note what one seal says; tables that are not there go to `gone`. False for content that is no seal's, or that
    of another."""
    try:
        own, tables_told = json.loads(content)
        for name, rows in tables_told.items():
            if name in kept:
                kept[name].put(rows)
            else:
                gone.add(name)
    except (ValueError, TypeError, AttributeError):
        return False
    return bool(own == seq)


def _rows(db: sqlite3.Connection, table: Table, kept: _Kept, step: Callable[[], None]) -> Iterator[Differs]:
    dense, other, sha256, width = kept.dense, kept.other, hashlib.sha256, kept.width
    size, nothing, kept_bytes = len(dense) // width, bytes(width), ROW_BYTES
    seen, others = bytearray(size), set()
    reading, count = db.execute(_reading(table)), 0
    while block := reading.fetchmany(READ):
        count += len(block)
        if count % BLOCK == 0:
            step()
        now = [sha256(row[1]).digest()[:kept_bytes] for row in block]
        if _follow_on(block, size):
            first, end = block[0][0], block[0][0] + len(block)
            wanted = _whole(table, block, now) if table.personal else b"".join(now)
            if dense[first * width : end * width] == wanted:
                seen[first:end] = b"\1" * len(block)
                continue
        for (key, _text, *personal), digest in zip(block, now, strict=True):
            if type(key) is int and 0 <= key < size:
                at = key * width
                sealed = bytes(dense[at : at + width])
                seen[key] = 1
            else:
                sealed = other.get(key, nothing)
                others.add(key)
            holds = sealed[:kept_bytes] == digest
            if not holds:
                code = "verify.row_foreign" if sealed == nothing else "verify.row_changed"
                yield Differs(table.name, key, code)
            if personal and (holds or any(sealed[kept_bytes:])):
                yield from _personal(table, key, sealed[kept_bytes:], personal)
    for key in kept.removed(seen, others):
        yield Differs(table.name, key, "verify.row_removed")


def _follow_on(block: list[tuple[Any, ...]], size: int) -> bool:
    """Whether the keys of rows that were read are whole numbers below `size`, each one more than the last."""
    first = block[0][0]
    return (
        type(first) is int
        and 0 <= first <= size - len(block)
        and [row[0] for row in block] == list(range(first, first + len(block)))
    )


def _whole(table: Table, block: list[tuple[Any, ...]], digests: list[bytes]) -> bytes:
    """What seals hold of these rows when nothing was changed: hash, then those of the personal columns."""
    columns, none, told = table.personal, bytes(table.width - ROW_BYTES), []
    for row, digest in zip(block, digests, strict=True):
        values, salt = row[2:-1], row[-1]
        told.append(digest)
        if salt is not None:
            told.append(seal_salts.hashes(salt, columns, values))
        elif not seal_salts.held(values):
            told.append(none)
        # Without a salt nobody sealed what is held: too few bytes, so that each row is looked at.
    return b"".join(told)


def _reading(table: Table) -> str:
    """Every row of a table: key, bytes of the sealed text, and of a table with personal columns those and the salt."""
    rows = f'SELECT x."{table.key}", CAST({table.text} AS BLOB)'
    rows += "".join(f', x."{column}"' for column in table.personal)
    if not table.personal:
        return f'{rows} FROM main."{table.name}" x'
    return (
        f'{rows}, s.salt FROM main."{table.name}" x LEFT JOIN main.{seal_salts.SALTS} s '
        f"ON s.tab = '{table.name}' AND s.row = x.\"{table.key}\""
    )


def _personal(table: Table, key: object, sealed: bytes, read: list[Any]) -> Iterator[Differs]:
    """The personal columns of one row beside its seal. `read`: the columns, then the salt."""
    *values, salt = read
    for column in seal_salts.changed(table.personal, sealed, salt, values):
        if not column:
            yield Differs(table.name, key, "verify.salt_gone")
        elif seal_salts.held((values[table.personal.index(column)],)):
            yield Differs(table.name, key, "verify.column_changed", column)
        else:
            yield Differs(table.name, key, "verify.column_blanked", column)


def seal_again(db: sqlite3.Connection, broken: set[tuple[str, str]]) -> None:
    """After an update: seal every row that the update wrote or gave other columns.

    `broken` are rows (table, key) that did not hold before the update already; they are left as they are.
    """
    by_name = {table.name: table for table in tables(db)}
    waiting: dict[str, dict[object, None]] = {}
    for one in differing(db):
        if one.table in by_name and (one.table, one.row) not in broken:
            waiting.setdefault(one.table, {})[one.key] = None
    for name, told in waiting.items():
        table, keys = by_name[name], list(told)
        sql = f'SELECT {table.columns} FROM main."{name}" x WHERE x."{table.key}" = ?'
        for begin in range(0, len(keys), AT_ONCE):
            read: list[tuple[Any, ...]] = []
            for key in keys[begin : begin + AT_ONCE]:
                row = db.execute(sql, (key,)).fetchone()
                read.append((key, True, *row) if row else (key, False, None))
            append(db, {name: sealed_rows(db, table, read)})

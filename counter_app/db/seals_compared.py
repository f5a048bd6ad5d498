"""Comparing rows with their seals: what somebody changed, added or removed is named by its row, and an update seals
what it rewrote.

The last seal of every row is kept in runs of bytes while the tables are read once; rows whose keys follow on one
another are compared in one go.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from counter_app.db import seal_salts
from counter_app.db.guards.chains import FIRST_PREVIOUS
from counter_app.db.seals import ROW_BYTES, SEALS, Table, append, link, sealed_rows, tables

DENSE = 1 << 26
"""Keys up to here are kept in one run of bytes for each table, 16 bytes to a row."""

BLOCK = 10_000
"""Rows between two reports of progress."""
READ = 500
"""Rows read and compared in one go; a part of `BLOCK`."""
RUN = 8
"""From so many rows on it is worth a look whether their keys follow on one another."""
AT_ONCE = 20_000
"""Most rows in one seal when an update seals a whole table."""


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

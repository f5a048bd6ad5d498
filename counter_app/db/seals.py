"""The third chain: each transaction of the program seals every row it wrote.

Triggers of the program's own connection (they live in its temporary schema, so no other program has them) note
which rows were written. Before the commit the rows are read once more, each is hashed, and one row of `seal`
takes all the hashes and the hash of the seal before. A row that somebody else changed, added or removed differs
from its last seal; `differing` names it. What the retention job may blank is left out of the hash.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from counter_app.db.fields import canonical_json
from counter_app.db.guards.chains import FIRST_PREVIOUS

SEALS = "seal"
UNSEALED_TABLES = frozenset({SEALS, "case_words", "case_search_text", "sale_search_text", "history_search_text"})
"""The chain itself, the customer's own words, and the search index, which is made anew from the rows."""

ERASABLE: dict[str, frozenset[str]] = {
    "person": frozenset({"name", "phone", "phone_hash", "contact", "birthday", "care_note"}),
    "sale": frozenset({"customer_masked", "phone_masked", "phone_hash", "area"}),
    "case_file": frozenset({"customer_masked", "phone_masked", "phone_hash"}),
    "signature": frozenset({"strokes", "signer_masked"}),
    "import_hold": frozenset({"content"}),
}
"""Personal columns: a hash over them would still tell, after they were blanked, whom somebody guesses rightly."""

ROW_BYTES = 16
"""Of each row's sha256 this much is kept; the chain itself keeps all of it."""
NOTHING = bytes(ROW_BYTES)
"""The place of a row that has no seal."""
REMOVED = ""
"""In the place of a row's hash: the row was taken away."""
AT_ONCE = 20_000
"""Most rows in one seal when an update seals a whole table."""
BLOCK = 10_000
"""Rows between two reports of progress."""
DENSE = 1 << 26
"""Keys up to here are kept in one run of bytes for each table, 16 bytes to a row."""

Head = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One sealed table: its name, its key, and the SQL of a row's sealed text for an alias `x`."""

    name: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Differs:
    """One row that is not as the program wrote it, or one seal that does not hold (a code of `verify`)."""

    table: str
    key: object
    code: str

    @property
    def row(self) -> str:
        """The key as it is printed."""
        return str(self.key)


def tables(db: sqlite3.Connection) -> list[Table]:
    """The sealed tables of a file with all their columns, by name."""
    found = []
    names = db.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'schema_migration%' "
        "AND name NOT LIKE 'case_search%' AND name NOT LIKE 'sale_search%' "
        "AND name NOT LIKE 'history_search%' ORDER BY name"
    ).fetchall()
    for (name,) in names:
        if name in UNSEALED_TABLES:
            continue
        left_out = ERASABLE.get(name, frozenset())
        columns = db.execute(f'PRAGMA main.table_info("{name}")').fetchall()
        key = next((column[1] for column in columns if column[5]), "rowid")
        listed = ", ".join(f'x."{column[1]}"' for column in columns if column[1] not in left_out)
        found.append(Table(name, key, f"json_array({listed})"))
    return found


def row_hash(text: str) -> bytes:
    """The kept bytes of one row's hash."""
    return hashlib.sha256(text.encode()).digest()[:ROW_BYTES]


class Sealing:
    """What one connection of the program needs to seal its transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Put the noting triggers into the connection's temporary schema."""
        self._db = db
        self._tables = tables(db)
        self.own_changes = 0
        """Rows that sealing itself wrote, as `total_changes` counts them."""
        self._written = [
            f'SELECT t.row, CASE WHEN x."{table.key}" IS NULL THEN NULL ELSE {table.text} END '
            f"FROM (SELECT DISTINCT row FROM temp.written WHERE tab = {number}) t "
            f'LEFT JOIN main."{table.name}" x ON x."{table.key}" = t.row ORDER BY t.row'
            for number, table in enumerate(self._tables)
        ]
        db.execute("CREATE TEMP TABLE written (tab INTEGER NOT NULL, row)")
        for number, table in enumerate(self._tables):
            for act, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                db.execute(
                    f'CREATE TEMP TRIGGER "note_{table.name}_{act.lower()}" AFTER {act} ON main."{table.name}" '
                    f'BEGIN INSERT INTO written (tab, row) VALUES ({number}, {row}."{table.key}"); END'
                )
        self._seen = db.total_changes

    def seal(self) -> None:
        """Seal what this transaction wrote. To be called inside it, right before its commit."""
        db = self._db
        before = db.total_changes
        if before == self._seen:
            return
        touched = [number for (number,) in db.execute("SELECT DISTINCT tab FROM temp.written ORDER BY tab")]
        if touched:
            rows = {
                self._tables[number].name: [
                    [key, REMOVED if text is None else row_hash(text).hex()]
                    for key, text in db.execute(self._written[number])
                ]
                for number in touched
            }
            append(db, rows)
            db.execute("DELETE FROM temp.written")
        self._seen = db.total_changes
        self.own_changes += self._seen - before


def append(db: sqlite3.Connection, rows: dict[str, list[list[object]]]) -> None:
    """Add one seal with the hashes of these rows, by table."""
    seq, previous = head(db)
    content = canonical_json([seq + 1, rows])
    db.execute(
        "INSERT INTO seal (seq, content, prev_hash, hash) VALUES (?, ?, ?, ?)",
        (seq + 1, content, previous, link(previous, content)),
    )


def link(previous: str, content: str) -> str:
    """The hash of a seal: sha256 over the hash before it and its content."""
    return hashlib.sha256((previous + content).encode()).hexdigest()


def head(db: sqlite3.Connection) -> Head:
    """How many seals there are and the hash of the last; (0, 64 zeros) for none."""
    row = db.execute("SELECT seq, hash FROM seal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_PREVIOUS)


@dataclass(slots=True)
class _Kept:
    """The last seal of each row of one table: of small whole keys in one run of bytes, of others by key."""

    dense: bytearray = field(default_factory=bytearray)
    other: dict[object, bytes] = field(default_factory=dict)

    def put(self, rows: Iterable[tuple[object, str]]) -> None:
        """What one seal says of rows of this table. Raises ValueError, TypeError for what no seal says."""
        dense = self.dense
        for key, told in rows:
            digest = bytes.fromhex(told) if told else NOTHING
            if len(digest) != ROW_BYTES:
                raise ValueError(told)
            if type(key) is int and 0 <= key < DENSE:
                at = key * ROW_BYTES
                if at >= len(dense):
                    dense.extend(bytes(max(at + ROW_BYTES, 2 * len(dense)) - len(dense)))
                dense[at : at + ROW_BYTES] = digest
            else:
                self.other[key] = digest

    def removed(self, seen: bytearray, others: set[object]) -> Iterator[object]:
        """Keys of rows that were sealed and are not among those seen."""
        key = seen.find(0)
        while 0 <= key < len(self.dense) // ROW_BYTES:
            if self.dense[key * ROW_BYTES : (key + 1) * ROW_BYTES] != NOTHING:
                yield key
            key = seen.find(0, key + 1)
        yield from (key for key, digest in self.other.items() if digest != NOTHING and key not in others)


def blocks(db: sqlite3.Connection) -> int:
    """How often `differing` reports: once for each `BLOCK` rows of the chain and of each table, or less."""
    names = [SEALS, *(table.name for table in tables(db))]
    return sum(
        1 + db.execute(f'SELECT COALESCE(MAX(rowid), 0) FROM main."{name}"').fetchone()[0] // BLOCK
        for name in names
    )


def differing(db: sqlite3.Connection, step: Callable[[], None] = lambda: None) -> Iterator[Differs]:
    """Recompute the chain and compare every row of every table with its last seal. Reads each row once."""
    kept: dict[str, _Kept] = {}
    yield from _chain(db, kept, step)
    for table in tables(db):
        yield from _rows(db, table, kept.pop(table.name, _Kept()), step)
    for name in sorted(kept):
        yield Differs(name, "", "verify.table_gone")


def _chain(db: sqlite3.Connection, kept: dict[str, _Kept], step: Callable[[], None]) -> Iterator[Differs]:
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
        if not _take_in(content, seq, kept):
            code = code or "verify.chain_columns"
        if code and not told:
            told = True
            yield Differs(SEALS, seq, code)
        previous, expected = digest, seq + 1
        if expected % BLOCK == 0:
            step()


def _take_in(content: str, seq: int, kept: dict[str, _Kept]) -> bool:
    """Note what one seal says. False for content that is no seal's, or that of another."""
    try:
        own, tables_told = json.loads(content)
        for name, rows in tables_told.items():
            kept.setdefault(name, _Kept()).put(rows)
    except (ValueError, TypeError, AttributeError):
        return False
    return bool(own == seq)


def _rows(db: sqlite3.Connection, table: Table, kept: _Kept, step: Callable[[], None]) -> Iterator[Differs]:
    dense, other, sha256 = kept.dense, kept.other, hashlib.sha256
    size = len(dense) // ROW_BYTES
    seen, others = bytearray(size), set()
    cursor = db.execute(f'SELECT x."{table.key}", {table.text} FROM main."{table.name}" x')
    for count, (key, text) in enumerate(cursor, 1):
        if count % BLOCK == 0:
            step()
        if type(key) is int and 0 <= key < size:
            at = key * ROW_BYTES
            sealed = bytes(dense[at : at + ROW_BYTES])
            seen[key] = 1
        else:
            sealed = other.get(key, NOTHING)
            others.add(key)
        if sealed != sha256(text.encode()).digest()[:ROW_BYTES]:
            code = "verify.row_foreign" if sealed == NOTHING else "verify.row_changed"
            yield Differs(table.name, key, code)
    for key in kept.removed(seen, others):
        yield Differs(table.name, key, "verify.row_removed")


def seal_again(db: sqlite3.Connection, broken: set[tuple[str, str]]) -> None:
    """After an update: seal every row that the update wrote or gave other columns.

    `broken` are rows (table, key) that did not hold before the update already; they are left as they are.
    """
    by_name = {table.name: table for table in tables(db)}
    rows: dict[str, list[list[object]]] = {}
    waiting = 0
    for one in differing(db):
        table = by_name.get(one.table)
        if table is None or (one.table, one.row) in broken:
            continue
        sql = f'SELECT {table.text} FROM main."{table.name}" x WHERE x."{table.key}" = ?'
        found = db.execute(sql, (one.key,)).fetchone()
        rows.setdefault(one.table, []).append([one.key, row_hash(found[0]).hex() if found else REMOVED])
        waiting += 1
        if waiting == AT_ONCE:
            append(db, rows)
            rows, waiting = {}, 0
    if rows:
        append(db, rows)

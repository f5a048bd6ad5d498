"""The two chained ledgers: money and goods. Rows are only added; each hash covers the row before.

The hashed bytes are kept in `canonical`: a JSON list that begins with the ledger's name and the format
version, so that an old row can be checked for ever even when later formats have more in them. The hash of
the document that caused the row is among them: a changed document shows in the chain too.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from peewee import SqliteDatabase

from counter_app.db.fields import canonical_json
from counter_app.db.guards.chains import FIRST_PREVIOUS

FORMAT = 1
Ledger = Literal["money", "stock"]
TABLES: dict[Ledger, str] = {"money": "money_entry", "stock": "stock_entry"}
COLUMNS: dict[Ledger, tuple[str, ...]] = {
    "money": (
        "kind",
        "document_id",
        "settlement_id",
        "proof_id",
        "shift_id",
        "tender",
        "amount_fen",
        "at",
        "business_date",
    ),
    "stock": (
        "kind",
        "product_id",
        "sale_line_id",
        "case_line_id",
        "document_id",
        "document_line_id",
        "from_place",
        "to_place",
        "quantity_milli",
        "serial",
        "batch_no",
        "at",
        "business_date",
    ),
}
"""What the canonical bytes of format 1 hold, in this order, after ledger, format and seq; then the
document's content hash. Never reordered: a new column is a new format."""


@dataclass(frozen=True, slots=True)
class Head:
    """How many rows a chain has and the hash of its last one. Printed on shift sheets and archives."""

    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """The first row of a chain that does not hold, and why (a code of `db/verify.py`)."""

    seq: int
    code: str


def _insert_sql(ledger: Ledger) -> str:
    names = ("seq", *COLUMNS[ledger], "canonical", "format", "prev_hash", "hash")
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {TABLES[ledger]} ({', '.join(names)}) VALUES ({marks})"


_INSERT: dict[Ledger, str] = {ledger: _insert_sql(ledger) for ledger in TABLES}
_LAST: dict[Ledger, str] = {
    ledger: f"SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1" for ledger, table in TABLES.items()
}
_DOCUMENT = "SELECT content_hash FROM document WHERE id = ?"


def head(db: SqliteDatabase, ledger: Ledger) -> Head:
    """Length and last hash of one chain; an empty one has no rows and 64 zeros."""
    row = db.execute_sql(_LAST[ledger]).fetchone()
    return Head(int(row[0]), str(row[1])) if row else Head(0, FIRST_PREVIOUS)


def append_money(
    db: SqliteDatabase,
    *,
    kind: str,
    tender: str,
    amount_fen: int,
    at: int,
    business_date: date,
    document_id: int | None = None,
    settlement_id: int | None = None,
    proof_id: int | None = None,
    shift_id: int | None = None,
) -> Head:
    """Add one row to the money ledger; 分, positive into the shop, negative out of it.

    Must run inside `db.atomic("IMMEDIATE")`. Returns the new head.
    """
    day = business_date.isoformat()
    values = (kind, document_id, settlement_id, proof_id, shift_id, tender, amount_fen, at, day)
    return _append(db, "money", values, document_id)


def append_stock(
    db: SqliteDatabase,
    *,
    kind: str,
    from_place: str,
    to_place: str,
    quantity_milli: int,
    at: int,
    business_date: date,
    product_id: int | None = None,
    sale_line_id: int | None = None,
    case_line_id: int | None = None,
    document_id: int | None = None,
    document_line_id: int | None = None,
    serial: str = "",
    batch_no: str = "",
) -> Head:
    """Add one row to the stock ledger: goods (thousandths of a unit) go from one place to another.

    Must run inside `db.atomic("IMMEDIATE")`. Returns the new head. Raises CounterError guard.moved_twice,
    UserError guard.spoilt.
    """
    day = business_date.isoformat()
    values = (
        kind,
        product_id,
        sale_line_id,
        case_line_id,
        document_id,
        document_line_id,
        from_place,
        to_place,
        quantity_milli,
        serial,
        batch_no,
        at,
        day,
    )
    return _append(db, "stock", values, document_id)


def _append(db: SqliteDatabase, ledger: Ledger, values: tuple[Any, ...], document_id: int | None) -> Head:
    if not db.in_transaction():
        raise RuntimeError("a ledger row belongs into the transaction of what caused it")
    last = head(db, ledger)
    seq = last.rows + 1
    found = db.execute_sql(_DOCUMENT, (document_id,)).fetchone() if document_id is not None else None
    canonical = canonical_json([ledger, FORMAT, seq, *values, found[0] if found else None])
    digest = link(last.hash, canonical)
    db.execute_sql(_INSERT[ledger], (seq, *values, canonical, FORMAT, last.hash, digest))
    return Head(seq, digest)


def link(previous: str, canonical: str) -> str:
    """The hash of a row: sha256 over the hash before it and its canonical bytes."""
    return hashlib.sha256((previous + canonical).encode()).hexdigest()


def _reading(ledger: Ledger) -> str:
    """SQL of the rows of a chain in order: what is hashed, and whether SQLite spells the row's canonical bytes from
    its columns and its document as they stand there."""
    columns = ", ".join(f"e.{name}" for name in COLUMNS[ledger])
    return (
        f"SELECT e.seq, e.canonical, e.prev_hash, e.hash, e.format = {FORMAT} "
        f"AND e.canonical = json_array('{ledger}', {FORMAT}, e.seq, {columns}, d.content_hash) "
        f"FROM {TABLES[ledger]} e LEFT JOIN document d ON d.id = e.document_id ORDER BY e.seq"
    )


def _entry(ledger: Ledger) -> str:
    """SQL of one row: format, canonical bytes, the document's content hash as it is now, the columns of format 1."""
    columns = ", ".join(f"e.{name}" for name in COLUMNS[ledger])
    return (
        f"SELECT e.format, e.canonical, d.content_hash, {columns} "
        f"FROM {TABLES[ledger]} e LEFT JOIN document d ON d.id = e.document_id WHERE e.seq = ?"
    )


def first_broken(db: SqliteDatabase, ledger: Ledger) -> BrokenRow | None:
    """Recompute a chain from its first row. None when every row holds."""
    connection = db.connection()
    sha256, previous, expected = hashlib.sha256, FIRST_PREVIOUS, 1
    for seq, canonical, prev_hash, digest, same in connection.execute(_reading(ledger)):
        code = ""
        if seq != expected:
            code = "verify.chain_gap"
        elif prev_hash != previous:
            code = "verify.chain_previous"
        elif sha256((prev_hash + canonical).encode()).hexdigest() != digest:
            code = "verify.chain_hash"
        elif not same:
            code = _row_fault(ledger, seq, connection.execute(_entry(ledger), (seq,)).fetchone())
        if code:
            return BrokenRow(int(seq), code)
        previous, expected = digest, expected + 1
    return None


def _row_fault(ledger: Ledger, seq: int, row: tuple[Any, ...]) -> str:
    """Why SQLite does not spell a row as it is kept: another format, another spelling of the same, or a fault."""
    form, canonical, document_hash, *columns = row
    if form != FORMAT:
        return "verify.chain_format"
    told = json.loads(canonical)
    if told[:3] != [ledger, form, seq] or told[3:-1] != columns:
        return "verify.chain_columns"
    if told[-1] is not None and told[-1] != document_hash:
        return "verify.chain_document"
    return ""

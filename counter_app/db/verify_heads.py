"""Heads written down elsewhere: on shifts, on closed months, in the notes of backups, beside the database, on paper."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counter_app.db import backup, heads

SHORT = 12
"""Figures of a hash that must be given at least, when somebody types it from paper."""


@dataclass(frozen=True, slots=True)
class Told:
    """A head somebody read somewhere: which chain (`seal`, `money`, `stock`), its rows, the hash or its beginning."""

    chain: str
    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A head that is not in the chain any more: where it stands, and which chain of how many rows it names."""

    place: str
    row: str
    ledger: str
    rows: int


def lost(db: sqlite3.Connection, folder: Path, told: tuple[Told, ...] = ()) -> Iterator[Lost]:
    """Every head that was written down and is not in its chain.

    After a backup was restored, what was written down beside it beyond the restored rows is gone with good reason.
    """
    for place, row, chain, rows, digest in (*_of_shifts(db), *_of_months(db), *_of_folder(folder)):
        if not _in_chain(db, chain, rows, digest):
            yield Lost(place, row, heads.CHAINS[chain], rows)
    for number, one in enumerate(told, 1):
        if len(one.hash) < SHORT or not _in_chain(db, one.chain, one.rows, one.hash):
            yield Lost("told", str(number), heads.CHAINS[one.chain], one.rows)


_Head = tuple[str, str, str, int, str]


def _of_shifts(db: sqlite3.Connection) -> Iterator[_Head]:
    rows = db.execute(
        "SELECT id, money_rows, money_head, stock_rows, stock_head, seal_rows, seal_head FROM shift "
        "WHERE closed_at IS NOT NULL"
    ).fetchall()
    for shift_id, money_rows, money, stock_rows, stock, seal_rows, seal in rows:
        for chain, count, digest in (
            ("money", money_rows, money),
            ("stock", stock_rows, stock),
            ("seal", seal_rows, seal),
        ):
            if digest:
                yield "shift", str(shift_id), chain, count, digest


def _of_months(db: sqlite3.Connection) -> Iterator[_Head]:
    rows = db.execute(
        "SELECT month, money_rows, money_head, stock_rows, stock_head, seal_rows, seal_head FROM month_lock"
    ).fetchall()
    for month, money_rows, money, stock_rows, stock, seal_rows, seal in rows:
        yield "month_lock", month, "money", money_rows, money
        yield "month_lock", month, "stock", stock_rows, stock
        yield "month_lock", month, "seal", seal_rows, seal


def _of_folder(folder: Path) -> Iterator[_Head]:
    """Newest first, so that a restored backup excuses what is older than it."""
    excused: dict[str, int] = {}
    for one in reversed(list(heads.noted(folder))):
        for chain, (rows, digest) in one.heads.items():
            if rows <= excused.get(chain, rows):
                yield "heads", str(one.line), chain, rows, digest
            if one.restored:
                excused[chain] = min(rows, excused.get(chain, rows))
    for kept in backup.backups(folder):
        for chain, (rows, digest) in kept.heads.items():
            if rows <= excused.get(chain, rows):
                yield "backups", kept.path.name, chain, rows, digest


def _in_chain(db: sqlite3.Connection, chain: str, rows: int, digest: str) -> bool:
    if rows == 0:
        return True
    there = db.execute(f"SELECT hash FROM {heads.CHAINS[chain]} WHERE seq = ?", (rows,)).fetchone()
    return bool(there) and str(there[0]).startswith(digest)

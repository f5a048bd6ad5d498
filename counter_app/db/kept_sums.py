"""Sums that are kept, so that no screen reads a whole ledger: what lies where, and what is still open.

Two tables, made from other rows. `stock_held` tells what lies at each place by article and, off the shelves, by the
line of the case that brought it (0: none); `since` is the ledger row of the first arrival. Goods that left stay there
as 0, and the indices leave them out: whoever asks for a place or an article names the index. `still_open` tells the
unpaid rest of settlements and deposits (分) and promised goods that were not handed out yet (thousandths). Triggers
keep both in the transaction that writes the rows; `rebuild` makes them anew and `differing` compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from peewee import SqliteDatabase

from counter_app.db.figures import Keeper, spelled


class Kind(IntEnum):
    """What is still open. The numbers stand in the file and never change."""

    SETTLEMENT = 1
    DEPOSIT = 2
    PROMISE = 3


TABLES: Final = ("stock_held", "still_open")


def _line(row: str, place: str) -> str:
    """On a shelf one piece is as good as another: goods are known by their article alone."""
    return f"CASE WHEN {row}{place} IN ('V1', 'V13') THEN 0 ELSE coalesce({row}case_line_id, 0) END"


def _stock(place: str, sign: str, since: str) -> str:
    return (
        "INSERT INTO stock_held (place, product_id, case_line_id, quantity_milli, since) "
        f"VALUES (NEW.{place}, coalesce(NEW.product_id, 0), {_line('NEW.', place)}, {sign}NEW.quantity_milli, {since}) "
        "ON CONFLICT (place, product_id, case_line_id) DO UPDATE SET "
        "quantity_milli = quantity_milli + excluded.quantity_milli, since = coalesce(since, excluded.since)"
    )


def _opened(kind: Kind) -> str:
    return f"INSERT INTO still_open (kind, row_id, rest) SELECT {int(kind)}, NEW.id, NEW.amount_fen WHERE NEW.amount_fen <> 0"


def _moved(kind: Kind, parent: str) -> tuple[str, str]:
    return (
        f"INSERT INTO still_open (kind, row_id, rest) VALUES ({int(kind)}, NEW.{parent}, -NEW.amount_fen) "
        "ON CONFLICT (kind, row_id) DO UPDATE SET rest = rest + excluded.rest",
        f"DELETE FROM still_open WHERE kind = {int(kind)} AND row_id = NEW.{parent} AND rest = 0",
    )


_PROMISED: Final = int(Kind.PROMISE)
KEEPERS: Final[tuple[Keeper, ...]] = (
    spelled(
        "keep_sums_stock_came",
        "AFTER INSERT",
        "stock_entry",
        "NEW.to_place <> 'OUT'",
        _stock("to_place", "", "NEW.seq"),
    ),
    spelled(
        "keep_sums_stock_left",
        "AFTER INSERT",
        "stock_entry",
        "NEW.from_place <> 'OUT'",
        _stock("from_place", "-", "NULL"),
    ),
    spelled("keep_sums_settlement", "AFTER INSERT", "settlement", "", _opened(Kind.SETTLEMENT)),
    spelled("keep_sums_proof", "AFTER INSERT", "proof", "", *_moved(Kind.SETTLEMENT, "settlement_id")),
    spelled("keep_sums_deposit", "AFTER INSERT", "deposit", "", _opened(Kind.DEPOSIT)),
    spelled(
        "keep_sums_deposit_move", "AFTER INSERT", "deposit_move", "", *_moved(Kind.DEPOSIT, "deposit_id")
    ),
    spelled(
        "keep_sums_promised",
        "AFTER INSERT",
        "document_line",
        "NEW.direction = 'out'",
        f"INSERT INTO still_open (kind, row_id, rest) SELECT {_PROMISED}, NEW.id, NEW.quantity_milli FROM document d "
        "WHERE d.id = NEW.document_id AND d.prefix IN ('HH', 'BF') AND d.reverses_id IS NULL",
    ),
    spelled(
        "keep_sums_issued",
        "AFTER INSERT",
        "stock_entry",
        "NEW.kind = 'issued' AND NEW.document_line_id IS NOT NULL",
        f"DELETE FROM still_open WHERE kind = {_PROMISED} AND row_id = NEW.document_line_id",
    ),
    spelled(
        "keep_sums_unpromised",
        "AFTER INSERT",
        "document",
        "NEW.reverses_id IS NOT NULL",
        f"DELETE FROM still_open WHERE kind = {_PROMISED} "
        "AND row_id IN (SELECT id FROM document_line WHERE document_id = NEW.reverses_id)",
    ),
)

# Rows of the ledger as they add up, before they are grouped.
_MOVES: Final = " UNION ALL ".join(
    f"SELECT {place} AS place, coalesce(product_id, 0) AS product_id, {_line('', place)} AS case_line_id, "
    f"{sign}quantity_milli AS milli, {since} AS came FROM stock_entry WHERE {place} <> 'OUT'"
    for place, sign, since in (("to_place", "", "seq"), ("from_place", "-", "NULL"))
)


def _rest(table: str, moved: str, parent: str) -> str:
    return (
        f"SELECT id, amount_fen - coalesce((SELECT sum(m.amount_fen) FROM {moved} m WHERE m.{parent} = {table}.id), 0) "
        f"AS rest FROM {table}"
    )


_STILL: Final[dict[Kind, str]] = {
    Kind.SETTLEMENT: f"SELECT id, rest FROM ({_rest('settlement', 'proof', 'settlement_id')}) WHERE rest <> 0",
    Kind.DEPOSIT: f"SELECT id, rest FROM ({_rest('deposit', 'deposit_move', 'deposit_id')}) WHERE rest <> 0",
    Kind.PROMISE: """
        SELECT l.id, l.quantity_milli FROM document d CROSS JOIN document_line l
        WHERE d.prefix IN ('HH', 'BF') AND +d.reverses_id IS NULL AND l.document_id = d.id AND l.direction = 'out'
          AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
          AND NOT EXISTS (SELECT 1 FROM stock_entry e WHERE e.document_line_id = l.id AND e.kind = 'issued')""",
}


def rebuild(db: SqliteDatabase) -> int:
    """Make all kept sums anew in one transaction; how many rows tell them now."""
    with db.atomic("IMMEDIATE"):
        for table in TABLES:
            db.execute_sql(f"DELETE FROM {table}")
        db.execute_sql(
            "INSERT INTO stock_held (place, product_id, case_line_id, quantity_milli, since) SELECT place, product_id, "
            f"case_line_id, sum(milli), min(came) FROM ({_MOVES}) GROUP BY place, product_id, case_line_id"
        )
        for kind, rows in _STILL.items():
            db.execute_sql(f"INSERT INTO still_open (kind, row_id, rest) SELECT {int(kind)}, * FROM ({rows})")
        return sum(int(db.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in TABLES)


def differing(db: SqliteDatabase, most: int = 20) -> Iterator[tuple[str, str]]:
    """Table and row of every kept sum that is not what the rows it is made from tell, at most so many of each kind.

    Each side is read once: what only one side tells, or tells differently, does not cancel.
    """
    keys = "place, product_id, case_line_id"
    sql = (
        f"SELECT {keys} FROM (SELECT {keys}, 1 AS side, milli, came, NULL AS since FROM ({_MOVES}) "
        f"UNION ALL SELECT {keys}, 0, -quantity_milli, NULL, since FROM stock_held) "
        f"GROUP BY {keys} HAVING min(side) = max(side) OR sum(milli) <> 0 OR min(came) IS NOT max(since) LIMIT {most}"
    )
    for place, product, line in db.execute_sql(sql).fetchall():
        yield "stock_held", f"{place} {product} {line}"
    for kind, rows in _STILL.items():
        kept = f"SELECT row_id, rest FROM still_open WHERE kind = {int(kind)}"
        found = {}
        for one, other in ((rows, kept), (kept, rows)):
            told = f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}) LIMIT {most}"
            found.update(dict.fromkeys(row for row, _ in db.execute_sql(told).fetchall()))
        for row in found:
            yield "still_open", f"{kind.name.lower()} {row}"
    others = (
        f"SELECT kind, row_id FROM still_open WHERE kind NOT IN ({', '.join(str(int(one)) for one in Kind)})"
    )
    for number, row in db.execute_sql(f"{others} LIMIT {most}").fetchall():
        yield "still_open", f"{number} {row}"

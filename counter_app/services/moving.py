"""Goods on the move: into quarantine, to where they belong, out of the sellable stock, back to the customer.

Each act is one row of the chained stock ledger, inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counter_app.db import ledger
from counter_app.services import goods
from counter_app.services.desk import Desk

WRONG_ITEM = "W"
"""Reasons of this family: what came back is another article than the one that was sold."""

_CAME_IN = """
    SELECT COALESCE(SUM(CASE WHEN kind = 'received' THEN quantity_milli
                             WHEN kind = 'reversed' AND to_place = 'OUT' THEN -quantity_milli ELSE 0 END), 0)
    FROM stock_entry WHERE case_line_id = ?
"""


def take_in(desk: Desk, lines: Sequence[Any]) -> bool:
    """Enter what was received and does not stand in the ledger yet: it lies in quarantine (V0)."""
    moved = False
    for row in lines:
        if row.state != "reserved":
            continue
        there = int(desk.db.execute_sql(_CAME_IN, (row.id,)).fetchone()[0])
        if row.received_milli > there:
            _enter(
                desk, row, "received", goods.OUTSIDE, goods.QUARANTINE, row.received_milli - there, None, None
            )
            moved = True
    return moved


def dispose(
    desk: Desk, row: Any, quantity_milli: int, place: str, document_id: int | None, line_id: int | None
) -> None:
    """Accepted goods go from quarantine to where they belong; those that stay to be inspected stay.

    What goes back to a supplier or to destruction waits at its place until its own paper takes it out of the shop.
    """
    if place not in (goods.QUARANTINE, ""):
        _enter(desk, row, "disposed", goods.QUARANTINE, place, quantity_milli, document_id, line_id)


def hand_back(desk: Desk, row: Any, quantity_milli: int, document_id: int | None) -> None:
    """The goods leave the shop again: they are the customer's."""
    _enter(desk, row, "handed_back", goods.QUARANTINE, goods.OUTSIDE, quantity_milli, document_id, None)


def issue(
    desk: Desk,
    product_id: int,
    sale_line_id: int | None,
    case_line_id: int | None,
    quantity_milli: int,
    document_id: int,
    line_id: int,
) -> None:
    """Goods of the sellable stock go out to the customer."""
    ledger.append_stock(
        desk.db,
        kind="issued",
        from_place=goods.SELLABLE,
        to_place=goods.OUTSIDE,
        quantity_milli=quantity_milli,
        at=desk.instant(),
        business_date=desk.today(),
        product_id=product_id,
        sale_line_id=sale_line_id,
        case_line_id=case_line_id,
        document_id=document_id,
        document_line_id=line_id,
    )


def product_of(row: Any) -> int | None:
    """Which product a piece that came back is; a wrong item is not the one that was sold."""
    if (row.reason or "").startswith(WRONG_ITEM):
        return None
    product_id: int | None = row.sale_line.product_id
    return product_id


def _enter(
    desk: Desk,
    row: Any,
    kind: str,
    from_place: str,
    to_place: str,
    quantity_milli: int,
    document_id: int | None,
    line_id: int | None,
) -> None:
    ledger.append_stock(
        desk.db,
        kind=kind,
        from_place=from_place,
        to_place=to_place,
        quantity_milli=quantity_milli,
        at=desk.instant(),
        business_date=desk.today(),
        product_id=product_of(row),
        sale_line_id=row.sale_line_id,
        case_line_id=row.id,
        document_id=document_id,
        document_line_id=line_id,
        serial=row.serial or row.sale_line.serial,
        batch_no=row.sale_line.batch_no,
    )

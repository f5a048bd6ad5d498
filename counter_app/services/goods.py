"""What lies where: sums of the stock ledger, less what was promised and not yet handed out."""

from __future__ import annotations

from typing import Any

from counter_app.services.desk import Desk

SELLABLE = "V1"
OUTSIDE = "OUT"
QUARANTINE = "V0"

_ON_HAND = """
    SELECT (SELECT COALESCE(SUM(quantity_milli), 0) FROM stock_entry WHERE product_id = ?1 AND to_place = ?2)
         - (SELECT COALESCE(SUM(quantity_milli), 0) FROM stock_entry WHERE product_id = ?1 AND from_place = ?2)
"""
# Lines of exchange issues and re-sends that were posted and not reversed, and whose goods did not leave yet.
_PROMISED = """
    SELECT COALESCE(SUM(l.quantity_milli), 0)
    FROM document_line l
    JOIN document d ON d.id = l.document_id
    JOIN sale_line s ON s.id = l.sale_line_id
    WHERE s.product_id = ?1 AND l.direction = 'out' AND d.prefix IN ('HH', 'BF') AND +d.reverses_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
      AND NOT EXISTS (SELECT 1 FROM stock_entry e WHERE e.document_line_id = l.id AND e.kind = 'issued')
"""
_HELD = """
    SELECT to_place, from_place, quantity_milli, kind FROM stock_entry
    WHERE case_line_id = ? AND kind IN ('received', 'disposed', 'handed_back', 'reversed', 'count')
    ORDER BY seq
"""


def on_hand(desk: Desk, product_id: int, place: str = SELLABLE) -> int:
    """Thousandths of a product at one place."""
    return _number(desk, _ON_HAND, product_id, place)


def sellable(desk: Desk, product_id: int) -> int:
    """Thousandths that may be promised: the sellable stock less what is promised and not yet handed out."""
    return on_hand(desk, product_id) - _number(desk, _PROMISED, product_id)


def held(desk: Desk, case_line_id: int) -> dict[str, int]:
    """Where the goods of a case line lie in the shop: place → thousandths."""
    places: dict[str, int] = {}
    for to_place, from_place, quantity, kind in desk.db.execute_sql(_HELD, (case_line_id,)).fetchall():
        if kind == "reversed" and from_place == OUTSIDE:
            continue
        places[to_place] = places.get(to_place, 0) + quantity
        places[from_place] = places.get(from_place, 0) - quantity
    return {place: quantity for place, quantity in places.items() if place != OUTSIDE and quantity > 0}


def _number(desk: Desk, sql: str, *params: Any) -> int:
    return int(desk.db.execute_sql(sql, params).fetchone()[0])

"""What lies where: kept sums of the stock ledger, less what was promised and not yet handed out."""

from __future__ import annotations

from typing import Any

from counter_app.db.kept_sums import Kind
from counter_app.services.desk import Desk

SELLABLE = "V1"
OUTSIDE = "OUT"
QUARANTINE = "V0"

_ON_HAND = """
    SELECT COALESCE(SUM(quantity_milli), 0) FROM stock_held INDEXED BY stock_held_product
    WHERE product_id = ?1 AND place = ?2 AND quantity_milli <> 0
"""
# Lines of exchange issues and re-sends that were posted and not reversed, and whose goods did not leave yet.
_PROMISED = f"""
    SELECT COALESCE(SUM(o.rest), 0)
    FROM still_open o CROSS JOIN document_line l ON l.id = o.row_id JOIN sale_line s ON s.id = l.sale_line_id
    WHERE o.kind = {int(Kind.PROMISE)} AND s.product_id = ?1
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

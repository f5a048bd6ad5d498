"""What archives of lost times tell was given back for a purchase: nothing must be refunded twice."""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.db.fields import canonical_json
from counter_app.db.models import Sale, SaleIdentity, SaleLine
from counter_app.domain.history_views import Refunded
from counter_app.services.desk import Desk

# Of each row the archive counts that reaches furthest; where two contradict each other, the higher figure.
_REFUNDED = """
    SELECT m.number, m.case_number, s.period, max(m.owed_fen, coalesce((
             SELECT max(o.owed_fen) FROM history_conflict k
             JOIN history_money o ON o.row_id IN (k.row_id, k.other_id)
             WHERE k.row_id = m.row_id OR k.other_id = m.row_id), m.owed_fen)), m.paid_fen
    FROM history_money m JOIN history_row r ON r.id = m.row_id JOIN history_source s ON s.id = r.source_id
    WHERE m.direction = 'out' AND m.purpose IN ('refund', 'difference') AND (
        m.order_no IN (SELECT value FROM json_each(?1))
        OR m.case_number IN (SELECT number FROM history_case WHERE order_no IN (SELECT value FROM json_each(?1)))
        OR m.case_number IN (SELECT case_number FROM history_line WHERE serial IN (SELECT value FROM json_each(?2))))
      AND m.id = (SELECT o.id FROM history_money o JOIN history_row q ON q.id = o.row_id
                  WHERE q.identity = r.identity ORDER BY o.last_day DESC, o.id DESC LIMIT 1)
    ORDER BY m.business_date, m.number, m.id
"""


def exists(desk: Desk) -> bool:
    """Whether any archive was read back."""
    return desk.db.execute_sql("SELECT 1 FROM history_source LIMIT 1").fetchone() is not None


def refunded(desk: Desk, order_nos: Iterable[str], serials: Iterable[str] = ()) -> Refunded | None:
    """What was given back before for a purchase under any of these numbers, or goods with any of these serials.

    None when archives tell of nothing, or of nothing that was not taken back again.
    """
    orders, pieces = (sorted({one for one in given if one}) for given in (order_nos, serials))
    if not (orders or pieces) or not exists(desk):
        return None
    found = desk.db.execute_sql(_REFUNDED, (canonical_json(orders), canonical_json(pieces))).fetchall()
    owed, paid = sum(row[3] for row in found), sum(row[4] for row in found)
    if owed <= 0 and paid <= 0:
        return None
    return Refunded(
        periods=tuple(sorted({row[2] for row in found})),
        numbers=tuple(dict.fromkeys(row[0] for row in found)),
        case_numbers=tuple(dict.fromkeys(row[1] for row in found)),
        owed_fen=max(owed, 0),
        paid_fen=max(paid, 0),
    )


def refunded_for_sale(desk: Desk, sale_id: int) -> Refunded | None:
    """The same for a purchase that the shop has: under every number it goes by, and the serials of its lines."""
    if not exists(desk):
        return None
    sale = Sale.get(Sale.id == sale_id)
    numbers = [sale.order_no, sale.proof_ref]
    numbers += [row.order_no for row in SaleIdentity.select().where(SaleIdentity.sale == sale_id)]
    lines = SaleLine.select(SaleLine.serial).where(SaleLine.sale == sale_id, SaleLine.serial != "")
    return refunded(desk, numbers, [line.serial for line in lines])

"""Gifts and coupons roll forward like money: what was promised, used, came back or lapsed, what is still open."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.db import ledger
from counter_app.db.models import Compensation, Document, GiftMove, Product
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import Flow, OpenGift
from counter_app.domain.stock_room import GIFTS, OUTSIDE
from counter_app.services import requests, staff
from counter_app.services.case_rows import acting, add_event, touch
from counter_app.services.desk import Desk, Outcome

CHANGED = frozenset({"stock", "case"})
KINDS = ("coupon", "gift")
ENDS = ("used", "returned", "expired")

# A gift or coupon counts from the day of its paper to the day it was used, came back (its paper reversed) or lapsed.
_GIVEN = """
    SELECT c.id, c.kind, c.what, c.amount_fen, d.business_date, c.expires_on, c.case_id, f.number, f.customer_masked,
           COALESCE(m.kind, CASE WHEN r.id IS NOT NULL THEN 'returned' END),
           COALESCE(m.business_date, r.business_date)
    FROM compensation c
    CROSS JOIN document d ON d.id = c.document_id
    JOIN case_file f ON f.id = c.case_id
    LEFT JOIN gift_move m ON m.compensation_id = c.id
    LEFT JOIN document r ON r.reverses_id = d.id
    WHERE c.kind IN ('coupon', 'gift') AND d.reverses_id IS NULL
    ORDER BY c.id
"""
_STOCK = """
    SELECT p.name, SUM(CASE WHEN e.business_date < :first THEN q ELSE 0 END),
           SUM(CASE WHEN e.business_date >= :first AND q > 0 THEN q ELSE 0 END),
           SUM(CASE WHEN e.business_date >= :first AND q < 0 AND e.kind <> 'given' THEN -q ELSE 0 END),
           SUM(CASE WHEN e.business_date >= :first AND q < 0 AND e.kind = 'given' THEN -q ELSE 0 END)
    FROM (SELECT product_id, business_date, kind, CASE WHEN to_place = 'V13' THEN quantity_milli
                 ELSE -quantity_milli END AS q
          FROM stock_entry WHERE (to_place = 'V13' OR from_place = 'V13') AND +business_date <= :last) e
    JOIN product p ON p.id = e.product_id GROUP BY p.id ORDER BY p.name
"""


def flows(desk: Desk, first: date, last: date) -> tuple[Flow, ...]:
    """Coupons and gifts of a time, in 分: opening + issued - returned or lapsed - used = closing."""
    found = []
    for kind in KINDS:
        opening = came = back = gone = 0
        for row in _given(desk):
            if row[1] != kind or row[4] > last.isoformat():
                continue
            amount, ended = row[3], row[10] if row[10] is not None and row[10] <= last.isoformat() else None
            if row[4] >= first.isoformat():
                came += amount
            elif ended is None or ended >= first.isoformat():
                opening += amount
            if ended is not None and ended >= first.isoformat():
                if row[9] == "used":
                    gone += amount
                else:
                    back += amount
        found.append(Flow(kind, opening, came, back, gone))
    return tuple(found)


def stock_flows(desk: Desk, first: date, last: date) -> tuple[Flow, ...]:
    """The gift stock (V13) of a time, per article in thousandths: opening + in - taken away - given = closing."""
    given = {"first": first.isoformat(), "last": last.isoformat()}
    return tuple(Flow(*row) for row in desk.db.execute_sql(_STOCK, given).fetchall())


def open_gifts(desk: Desk) -> tuple[OpenGift, ...]:
    """Gifts and coupons that were promised and neither used, returned nor lapsed, the oldest first."""
    today = desk.today()
    return tuple(
        OpenGift(
            id=row[0],
            kind=row[1],
            what=row[2],
            amount_fen=row[3],
            given_on=date.fromisoformat(row[4]),
            expires_on=date.fromisoformat(row[5]) if row[5] else None,
            late=bool(row[5]) and date.fromisoformat(row[5]) < today,
            case_id=row[6],
            case_number=row[7],
            customer_masked=row[8],
        )
        for row in _given(desk)
        if row[9] is None
    )


def end(
    desk: Desk,
    gift_id: int,
    kind: str,
    request_id: str,
    *,
    reference: str = "",
    product_id: int | None = None,
    quantity_milli: int = 1000,
) -> Outcome[int]:
    """A coupon was used or a gift handed over (`used`), came back, or lapsed. A gift of an article leaves V13.

    Raises UserError `gift.unknown`, `gift.ended`, `gift.kind`, `gift.not_due`, `product.unknown`, `guard.not_there`.
    """
    staff.require(desk, roles.REGISTER)
    said = text.clean_line(reference, 100, "reference")
    wish = [gift_id, kind, said, product_id, quantity_milli]
    with desk.db.atomic("IMMEDIATE"):
        known = requests.earlier(desk, request_id, "gift", wish)
        if known is not None:
            return Outcome(int(known), frozenset())
        row = Compensation.get_or_none((Compensation.id == gift_id) & (Compensation.kind << KINDS))
        if row is None or row.amount_fen < 0:
            raise UserError("gift.unknown")
        if kind not in ENDS:
            raise UserError("gift.kind")
        reversed_by = Document.get_or_none(Document.reverses == row.document_id)
        if reversed_by is not None or GiftMove.get_or_none(GiftMove.compensation == gift_id) is not None:
            raise UserError("gift.ended", what=row.what)
        if kind == "expired" and (row.expires_on is None or row.expires_on >= desk.today()):
            raise UserError("gift.not_due", what=row.what)
        stock = _hand_out(desk, row, product_id, quantity_milli) if kind == "used" and product_id else None
        requests.remember(desk, request_id, "gift", wish, gift_id, row.case_id)
        insert_row(
            desk.db,
            GiftMove,
            compensation_id=gift_id,
            kind=kind,
            amount_fen=row.amount_fen,
            stock_id=stock,
            reference=said,
            request_id=request_id,
            by_id=acting(desk),
            at=desk.instant(),
            business_date=desk.today(),
        )
        add_event(desk, row.case_id, f"gift_{kind}", text=row.what, amount_fen=row.amount_fen)
        touch(desk, row.case_id)
    return Outcome(gift_id, CHANGED)


def _given(desk: Desk) -> list[tuple[Any, ...]]:
    return list(desk.db.execute_sql(_GIVEN).fetchall())


def _hand_out(desk: Desk, row: Compensation, product_id: int, quantity_milli: int) -> int:
    if Product.get_or_none(Product.id == product_id) is None:
        raise UserError("product.unknown")
    head = ledger.append_stock(
        desk.db,
        kind="given",
        from_place=GIFTS,
        to_place=OUTSIDE,
        quantity_milli=quantity_milli,
        at=desk.instant(),
        business_date=desk.today(),
        product_id=product_id,
        document_id=row.document_id,
    )
    return head.rows

"""What else speaks for a second look at a visit: signals out of the shop's own rows, each with its figures.

They are for the one who approves. Nothing here is printed, and no form or slip reads this room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from counter_app.db.models import CaseLine, EvidenceWaiver, Product
from counter_app.domain import approval_rules
from counter_app.domain.approval_rules import ApprovalRules, Lowest, Returned
from counter_app.domain.quantity import format_quantity
from counter_app.domain.settlement_terms import ApprovalReason, LineSettlement
from counter_app.services import archive_refunds, rules
from counter_app.services.desk import Desk

FAULT = "Q"
"""Reason codes that begin with it are faults of the goods (reference-data §2)."""
_RETURNED = """
    SELECT COUNT(DISTINCT d.business_date), COALESCE(SUM(l.amount_fen), 0)
    FROM case_file c
    JOIN document d ON d.case_id = c.id AND d.prefix = 'TK'
    JOIN document_line l ON l.document_id = d.id
    LEFT JOIN case_line k ON k.id = l.case_line_id
    WHERE c.phone_hash = ? AND c.id <> ? AND d.business_date >= ? AND +d.reverses_id IS NULL
      AND COALESCE(k.reason, '') NOT LIKE 'Q%'
      AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
"""
_SENT = """
    SELECT COALESCE(SUM(l.quantity_milli), 0) FROM document_line l JOIN document d ON d.id = l.document_id
    WHERE l.sale_line_id = ? AND l.direction = 'out' AND d.prefix = 'BF'
"""
_BOUGHT = """
    SELECT COALESCE(SUM(paid_fen), 0) FROM sale WHERE phone_hash = ? AND +purchased_on >= ? AND source <> 'exchange'
"""
_OTHERS = """
    SELECT COUNT(DISTINCT c.phone_hash) FROM sale_line s
    JOIN case_line k ON k.sale_line_id = s.id
    JOIN case_file c ON c.id = k.case_id
    WHERE ({which}) AND k.state <> 'released' AND c.phone_hash NOT IN ('', ?) AND c.id <> ? AND c.business_date >= ?
"""
# The newest lines of an article tell its price of the last days; an article sold a thousand times a month is not
# read from the beginning at every answer.
_PRICES = """
    SELECT {price}, s.purchased_on FROM (
      SELECT sale_id, paid_fen, unit_price_fen, quantity_milli FROM sale_line
      WHERE product_id = ? AND gift_of_id IS NULL AND flaw = '' AND indivisible = 0 AND paid_fen > 0
      ORDER BY id DESC LIMIT 500) l
    JOIN sale s ON s.id = l.sale_id
    WHERE s.purchased_on >= ? AND s.purchased_on >= ? AND s.proof <> 'none' AND s.source <> 'exchange' AND s.id <> ?
    ORDER BY 1, 2 LIMIT 1
"""
_REALLY_PAID = "l.paid_fen * 1000 / l.quantity_milli"
_ON_THE_TAG = "l.unit_price_fen"


def lowest_price(desk: Desk, product_id: int, days: int, beside_sale: int = 0) -> Lowest | None:
    """The lowest price really paid for one unit of an article in the last `days`, today's price list included.

    `beside_sale` is not counted; sales that nothing proves never are. None when the shop has no price for it.
    """
    product = Product.get_or_none(Product.id == product_id)
    if product is None:
        return None
    return _lowest(desk, _REALLY_PAID, product, desk.today() - timedelta(days=days), None, beside_sale)


def lowest_without_proof(desk: Desk, product_id: int) -> Lowest | None:
    """The price (分) that goes where nothing proves what was paid; None where the shop has no such rule or no price."""
    days = rules.approval_rules(desk).lowest_price_days
    return lowest_price(desk, product_id, days) if days else None


def signals(desk: Desk, case: Any, lines: Sequence[Any], amount_fen: int) -> tuple[ApprovalReason, ...]:
    """What speaks for a second look at these case lines, over `amount_fen` (分) at stake."""
    if not amount_fen or not lines:
        return ()
    told = rules.approval_rules(desk)
    found: list[ApprovalReason | None] = []
    wishes = [row for row in lines if not row.reason.startswith(FAULT)]
    if wishes:
        found.append(_serial_returner(desk, case, amount_fen, told))
        found += [_price_dropped(desk, case, row, told) for row in wishes]
    found.append(_several_people(desk, case, lines, amount_fen, told))
    if case.sale is not None and case.sale.proof == "none":
        found += [_above_lowest(desk, row, told) for row in lines]
    if case.sale_id is not None:
        found.append(
            approval_rules.in_archive(archive_refunds.refunded_for_sale(desk, case.sale_id), amount_fen)
        )
        found.append(approval_rules.loan_out(_lent(desk, case.sale_id), amount_fen))
    waived = EvidenceWaiver.select().where(EvidenceWaiver.case == case.id).count()
    found.append(approval_rules.evidence_waived(waived, amount_fen, told))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def sent_again(
    desk: Desk, lines: Sequence[Any], done: Mapping[int, LineSettlement], amount_fen: int
) -> tuple[ApprovalReason, ...]:
    """Goods that go out without any coming back, and of which with them more would have been sent than were bought;
    `amount_fen` (分) is at stake."""
    found = []
    for row in lines:
        settled = done.get(row.id)
        if settled is None or settled.consumes_milli or not settled.goods_out:
            continue
        (before,) = desk.db.execute_sql(_SENT, (row.sale_line_id,)).fetchone()
        if before and before + row.quantity_milli > row.sale_line.quantity_milli:
            found.append(approval_rules.sent_again(row.sale_line.name, format_quantity(before), amount_fen))
    return tuple(found)


def _lent(desk: Desk, sale_id: int) -> tuple[str, ...]:
    """Numbers of the visits of a purchase in which something was lent that is not back."""
    rows = desk.db.execute_sql(
        "SELECT DISTINCT c.number FROM task t JOIN case_file c ON c.id = t.case_id "
        "WHERE c.sale_id = ? AND t.kind = 'loan' AND t.done_at IS NULL ORDER BY c.number",
        (sale_id,),
    ).fetchall()
    return tuple(number for (number,) in rows)


def damaged_in_full(
    desk: Desk, lines: Sequence[Any], done: Mapping[int, LineSettlement]
) -> tuple[ApprovalReason, ...]:
    """Goods that came back damaged, and are refunded in full."""
    told = rules.approval_rules(desk)
    conditions = rules.code_tables(desk)["conditions"]
    found = []
    for row in lines:
        settled = done.get(row.id)
        state = conditions.get(row.condition, {})
        if settled is None or settled.remedy != "R1" or row.reason.startswith(FAULT):
            continue
        if state.get("intact") != "no" or settled.refund_fen < settled.gross_fen:
            continue
        found.append(approval_rules.damaged_full(row.sale_line.name, row.condition, settled.refund_fen, told))
    return tuple(one for one in found if one is not None)


def _serial_returner(desk: Desk, case: Any, amount_fen: int, told: ApprovalRules) -> ApprovalReason | None:
    phone = _phone(case)
    if not phone or not told.serial_returns:
        return None
    since = (desk.today() - timedelta(days=told.serial_days)).isoformat()
    times, refunded = desk.db.execute_sql(_RETURNED, (phone, case.id, since)).fetchone()
    if times < told.serial_returns:
        return None
    bought = desk.db.execute_sql(_BOUGHT, (phone, since)).fetchone()[0]
    return approval_rules.serial_returner(Returned(int(times), int(refunded), int(bought)), amount_fen, told)


def _several_people(
    desk: Desk, case: Any, lines: Sequence[Any], amount_fen: int, told: ApprovalRules
) -> ApprovalReason | None:
    phone = _phone(case)
    if not phone or not told.shared_people:
        return None
    sales = sorted({row.sale_line.sale_id for row in lines})
    serials = sorted({row.sale_line.serial for row in lines if row.sale_line.serial})
    which = f"s.sale_id IN ({', '.join('?' * len(sales))})"
    if serials:
        which += f" OR s.serial IN ({', '.join('?' * len(serials))})"
    since = (desk.today() - timedelta(days=told.shared_days)).isoformat()
    others = desk.db.execute_sql(
        _OTHERS.format(which=which), (*sales, *serials, phone, case.id, since)
    ).fetchone()[0]
    return approval_rules.several_people(int(others), amount_fen, told)


def _price_dropped(desk: Desk, case: Any, row: CaseLine, told: ApprovalRules) -> ApprovalReason | None:
    line = row.sale_line
    if line.product_id is None or not told.price_drop_bp or line.flaw:
        return None
    since = desk.today() - timedelta(days=told.price_drop_days)
    now = _lowest(desk, _ON_THE_TAG, line.product, since, line.sale.purchased_on, line.sale_id)
    return approval_rules.price_dropped(line.name, line.paid_fen * 1000 // line.quantity_milli, now, told)


def _above_lowest(desk: Desk, row: CaseLine, told: ApprovalRules) -> ApprovalReason | None:
    line = row.sale_line
    if line.product_id is None or not told.lowest_price_days:
        return None
    lowest = lowest_price(desk, line.product_id, told.lowest_price_days, line.sale_id)
    return approval_rules.above_lowest(line.name, line.paid_fen * 1000 // line.quantity_milli, lowest, told)


def _lowest(
    desk: Desk, price: str, product: Any, since: date, bought_on: date | None, beside_sale: int
) -> Lowest | None:
    row = desk.db.execute_sql(
        _PRICES.format(price=price),
        (product.id, since.isoformat(), (bought_on or since).isoformat(), beside_sale),
    ).fetchone()
    sold = Lowest(int(row[0]), date.fromisoformat(row[1])) if row is not None else None
    listed = Lowest(product.price_fen) if product.price_fen > 0 else None
    known = [one for one in (sold, listed) if one is not None]
    return min(known, key=lambda one: one.unit_fen) if known else None


def _phone(case: Any) -> str:
    """Under which number the customer is known: the case's, else the purchase's."""
    return str(case.phone_hash or (case.sale.phone_hash if case.sale is not None else ""))

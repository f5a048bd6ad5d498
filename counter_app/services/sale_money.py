"""What sale lines are still worth to a case, and what each way of paying may still take back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from counter_app.domain.money import allocate
from counter_app.domain.settlement_lines import value_of
from counter_app.domain.settlement_terms import IN_KIND, Line, Tender
from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class LineMoney:
    """The past of one sale line. `consumed_milli` never come back again; `reserved_milli` belong to other case
    lines; `refunded_fen` was given back for consumed units, `allowed_fen` for `allowed_milli` kept ones, `moved_fen`
    went along into exchanges. `given_fen`, `freight_given_fen`, `subsidy_given_fen`: what the consumed units took of
    the line's money, freight and subsidy."""

    consumed_milli: int = 0
    reserved_milli: int = 0
    refunded_fen: int = 0
    allowed_fen: int = 0
    allowed_milli: int = 0
    moved_fen: int = 0
    given_fen: int = 0
    freight_given_fen: int = 0
    subsidy_given_fen: int = 0


# Units that were settled and wait for their goods (sent first) are consumed like those that came back.
_UNITS = """
    SELECT state = 'returned' OR value_fen IS NOT NULL, SUM(quantity_milli), SUM(COALESCE(value_fen, 0)),
           SUM(COALESCE(freight_share_fen, 0)), SUM(COALESCE(subsidy_share_fen, 0))
    FROM case_line WHERE sale_line_id = ? AND id <> ? AND state IN ('reserved', 'returned') GROUP BY 1
"""
# Money of one sale line by document line: with a quantity it was for units that came back, without for kept ones.
_MONEY = """
    SELECT CASE WHEN l.quantity_milli = 0 THEN 1 ELSE 0 END, COALESCE(SUM(l.amount_fen), 0)
    FROM document_line l JOIN document d ON d.id = l.document_id
    WHERE l.sale_line_id = ? AND l.direction <> 'out' AND d.prefix IN ('TK', 'ZJ') GROUP BY 1
"""
# What exchanges of one sale line took along; one that was reversed gave it back.
_TAKEN_ALONG = """
    SELECT json_extract(x.extras, '$.credit') FROM sale x
    WHERE x.id IN (SELECT sale_id FROM sale_line WHERE origin_line_id = ?) AND x.source = 'exchange'
      AND NOT EXISTS (SELECT 1 FROM document d JOIN document r ON r.reverses_id = d.id
                      WHERE d.number = json_extract(x.extras, '$.document'))
"""
_KEPT_UNITS = """
    SELECT COALESCE(SUM(k.quantity_milli), 0) FROM case_line k
    WHERE k.sale_line_id = ?1 AND k.state <> 'returned' AND (
      SELECT COALESCE(SUM(l.amount_fen), 0) FROM document_line l JOIN document d ON d.id = l.document_id
      WHERE l.case_line_id = k.id AND l.quantity_milli = 0 AND d.prefix IN ('TK', 'ZJ')) > 0
"""


def line_money(desk: Desk, sale_line_id: int, own_case_line_id: int = 0) -> LineMoney:
    """The past of a sale line, without what one case line itself holds."""
    units = {
        row[0]: row[1:] for row in desk.db.execute_sql(_UNITS, (sale_line_id, own_case_line_id)).fetchall()
    }
    money = dict(desk.db.execute_sql(_MONEY, (sale_line_id,)).fetchall())
    # Most lines were never touched: only one that lost units can have been exchanged.
    gone, given, freight, subsidy = units.get(1, (0, 0, 0, 0))
    taken_along = desk.db.execute_sql(_TAKEN_ALONG, (sale_line_id,)).fetchall() if gone else ()
    allowed = int(money.get(1, 0))
    allowed_milli = 0
    if allowed:
        allowed_milli = int(desk.db.execute_sql(_KEPT_UNITS, (sale_line_id,)).fetchone()[0])
    return LineMoney(
        gone,
        units.get(0, (0,))[0],
        int(money.get(0, 0)),
        allowed,
        allowed_milli,
        sum(
            amount
            for (credit,) in taken_along
            for tender, amount in json.loads(credit).items()
            if tender not in IN_KIND
        ),
        given,
        freight,
        subsidy,
    )


def base_line(desk: Desk, row: Any, remedy: str = "R1", quantity_milli: int | None = None) -> Line:
    """A case line (with its sale line) as the settlement takes it, before anything the walk says about it."""
    quantity = row.quantity_milli if quantity_milli is None else quantity_milli
    return _line(row.sale_line, line_money(desk, row.sale_line.id, row.id), row.id, remedy, quantity)


def sold_line(desk: Desk, sold: Any) -> Line:
    """A whole sale line as it stands now, for nobody in particular."""
    return _line(sold, line_money(desk, sold.id), sold.id, "R1", sold.quantity_milli)


def _line(sold: Any, past: LineMoney, key: int, remedy: str, quantity_milli: int) -> Line:
    return Line(
        key=key,
        remedy=remedy,
        quantity_milli=quantity_milli,
        sold_milli=sold.quantity_milli,
        paid_fen=sold.paid_fen,
        name=sold.name,
        returned_milli=past.consumed_milli,
        reserved_milli=past.reserved_milli,
        refunded_fen=past.refunded_fen,
        allowed_fen=past.allowed_fen,
        allowed_milli=past.allowed_milli,
        moved_fen=past.moved_fen,
        freight_fen=sold.freight_fen,
        subsidy_fen=subsidy_of(sold),
        article=sold.id,
        given_fen=past.given_fen,
        freight_given_fen=past.freight_given_fen,
        subsidy_given_fen=past.subsidy_given_fen,
        indivisible=bool(sold.indivisible),
    )


def subsidy_of(sale_line: Any) -> int:
    """The state's subsidy on a line: what neither the list price's discount nor the customer paid."""
    return max(int(sale_line.list_fen - sale_line.discount_fen - sale_line.paid_fen), 0)


def worth_of(desk: Desk, case_id: int, rows: Sequence[Any]) -> int:
    """分 that the lines of a walk would bring back if all of them came back now, without freight."""
    total = 0
    for row in rows:
        if row.state == "returned":
            continue
        line = base_line(desk, row)
        now = min(line.quantity_milli, max(line.sold_milli - line.returned_milli, 0))
        if now > 0:
            most = max(line.paid_fen - line.refunded_fen - line.allowed_fen - line.moved_fen, 0)
            total += min(value_of(line, now), most)
    return total


_SOLD = """
    SELECT l.id, l.quantity_milli, l.paid_fen, l.list_fen,
           (SELECT COALESCE(SUM(c.quantity_milli), 0) FROM case_line c WHERE c.sale_line_id = l.id
            AND (c.state = 'returned' OR (c.state = 'reserved' AND c.value_fen IS NOT NULL)))
    FROM sale_line l WHERE l.sale_id = ? AND NOT EXISTS (SELECT 1 FROM sale_line p WHERE p.split_of_id = l.id)
    ORDER BY l.id
"""


def with_points(desk: Desk, sale: Any, lines: Sequence[Line], tenders: Sequence[Tender]) -> tuple[Line, ...]:
    """The lines of a visit, each with what points paid of its units (分): points follow the units they paid for.

    What all units that are gone take of the points, less what went already: whatever was reversed in between, the
    units that are gone have taken exactly their share, and the last ones take the rest.
    """
    points = next((one for one in tenders if one.tender == "points"), None)
    if points is None or not points.paid_fen:
        return tuple(lines)
    sold = desk.db.execute_sql(_SOLD, (sale.id,)).fetchall()
    weights = next(
        (found for found in ([row[at] for row in sold] for at in (2, 3, 1)) if any(found)), [1] * len(sold)
    )
    shares = {row[0]: share for row, share in zip(sold, allocate(points.paid_fen, weights), strict=True)}
    units, gone = {row[0]: row[1] for row in sold}, {row[0]: row[4] for row in sold}
    taken, found = points.refunded_fen, []
    for line in lines:
        if line.article in gone:
            gone[line.article] = min(gone[line.article] + line.quantity_milli, units[line.article])
        due = sum(share * gone[one] // units[one] for one, share in shares.items())
        mine = max(min(due, points.paid_fen) - taken, 0)
        taken += mine
        found.append(replace(line, points_fen=mine))
    return tuple(found)


COUPON = "coupon"
_TENDERS = "SELECT tender, paid_fen FROM sale_tender WHERE sale_id = ? ORDER BY id"
_REFUNDED = """
    SELECT s.tender, s.override_id, s.amount_fen, s.purpose, d.content, d.reverses_id
    FROM settlement s JOIN document d ON d.id = s.document_id
    WHERE s.sale_id = ? AND s.direction = 'out' AND s.purpose IN ('refund', 'difference')
"""
# What went back as points or as a coupon stands in the content of the refund; its reversal has the negative.
_BACK_IN_KIND = """
    SELECT k.key, SUM(k.value) FROM document d, json_each(d.content, '$.in_kind') k
    WHERE d.prefix IN ('TK', 'ZJ') AND d.id IN (
      SELECT l.document_id FROM document_line l JOIN sale_line s ON s.id = l.sale_line_id WHERE s.sale_id IN ({sales}))
    GROUP BY 1
"""
# From an exchange up to the purchase it began with, and from there down through everything that was exchanged.
_CHAIN = """
    WITH RECURSIVE
      up(id, step) AS (
        SELECT ?, 0 UNION
        SELECT json_extract(x.extras, '$.origin_sale'), step + 1 FROM up JOIN sale x ON x.id = up.id
        WHERE x.source = 'exchange'),
      down(id) AS (
        SELECT id FROM (SELECT id FROM up ORDER BY step DESC LIMIT 1) UNION
        SELECT n.sale_id FROM down JOIN sale_line o ON o.sale_id = down.id JOIN sale_line n ON n.origin_line_id = o.id)
    SELECT id FROM down
"""
# What exchanges took along; one that was reversed gave it back. Found by the lines they replaced: looking into the
# extras of every exchange would grow with the shop.
_MOVED = """
    SELECT json_extract(x.extras, '$.credit') FROM sale x
    WHERE x.id IN (SELECT n.sale_id FROM sale_line o JOIN sale_line n ON n.origin_line_id = o.id WHERE o.sale_id = ?1)
      AND x.source = 'exchange' AND json_extract(x.extras, '$.origin_sale') = ?1
      AND NOT EXISTS (SELECT 1 FROM document d JOIN document r ON r.reverses_id = d.id
                      WHERE d.number = json_extract(x.extras, '$.document'))
"""


def chain_of(desk: Desk, sale_id: int) -> list[int]:
    """The purchase that a sale began with, first, and every sale that its goods were exchanged into."""
    return [int(one) for (one,) in desk.db.execute_sql(_CHAIN, (sale_id,)).fetchall()]


def tenders_of(desk: Desk, sale: Any) -> tuple[Tender, ...]:
    """What each way of paying brought, and how much of it already went back or moved into an exchange.

    Money that went back another way still counts against the way it was paid by (invariant 3). A coupon belongs to
    the purchase with everything it was exchanged into: whatever comes back last brings it.
    """
    if sale is None:
        return ()
    paid: dict[str, int] = dict(desk.db.execute_sql(_TENDERS, (sale.id,)).fetchall())
    if sale.subsidy_fen:
        paid.setdefault("subsidy", sale.subsidy_fen)
    for kind in IN_KIND:
        if worth := int((sale.extras or {}).get(f"{kind}_fen", 0)):
            paid.setdefault(kind, worth)
    chain = chain_of(desk, sale.id) if sale.source == "exchange" or COUPON in paid else [sale.id]
    if sale.source == "exchange" and (coupon := _coupon_fen(desk, chain[0])):
        paid[COUPON] = coupon
    back = dict.fromkeys(paid, 0)
    for tender, override, amount, _purpose, content, _reverses in desk.db.execute_sql(
        _REFUNDED, (sale.id,)
    ).fetchall():
        if override is None:
            back[tender] = back.get(tender, 0) + amount
            continue
        against = json.loads(content).get("against", {}).get(tender, {tender: amount})
        for name, share in against.items():
            back[name] = back.get(name, 0) + share
    if back.keys() & set(IN_KIND):
        for kind, amount in _back_in_kind(desk, [sale.id]).items():
            back[kind] = back.get(kind, 0) + amount
    if COUPON in paid:
        back[COUPON] = _back_in_kind(desk, chain).get(COUPON, 0)
    for (credit,) in desk.db.execute_sql(_MOVED, (sale.id,)).fetchall():
        for name, share in json.loads(credit or "{}").items():
            back[name] = back.get(name, 0) + share
    return tuple(Tender(name, amount, back.get(name, 0)) for name, amount in paid.items())


def _back_in_kind(desk: Desk, sales: Sequence[int]) -> dict[str, int]:
    sql = _BACK_IN_KIND.format(sales=", ".join("?" * len(sales)))
    return dict(desk.db.execute_sql(sql, tuple(sales)).fetchall())


def _coupon_fen(desk: Desk, sale_id: int) -> int:
    """What a coupon paid of a sale, in 分."""
    row = desk.db.execute_sql(
        """SELECT COALESCE((SELECT paid_fen FROM sale_tender WHERE sale_id = s.id AND tender = ?),
                           json_extract(s.extras, ?), 0) FROM sale s WHERE s.id = ?""",
        (COUPON, f"$.{COUPON}_fen", sale_id),
    ).fetchone()
    return int(row[0])

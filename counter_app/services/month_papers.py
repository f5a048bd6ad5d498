"""Tables of the archive about the drawer, bills of payment services, goods and what follows them: gifts, claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_app.archive.sheets import Mark
from counter_app.services import bill_days
from counter_app.services.desk import Desk
from counter_app.services.month_tables import DAY, INSTANT, MONEY, NOTE, QUANTITY, WHOLE, Table, col

_CASH = """(SELECT coalesce(sum(p.amount_fen), 0) FROM proof p JOIN settlement t ON t.id = p.settlement_id
            WHERE p.shift_id = s.id AND p.tender = 'cash' AND t.direction = '{}' AND p.business_date <= :last)"""
_ENDED = "CASE WHEN s.closed_at < :end THEN {} END"

SHIFTS = Table(
    "shifts",
    (
        col("shift", width=20),
        col("day", DAY),
        col("opened_by", width=10),
        col("opened", INSTANT, 17),
        col("float", MONEY, 13),
        col("cash_in", MONEY, 13, total=True),
        col("cash_out", MONEY, 13, total=True),
        col("expected", MONEY, 13),
        col("counted", MONEY, 13),
        col("variance", MONEY, 12, total=True),
        col("taken_out", MONEY, 13, total=True),
        col("left", MONEY, 13),
        col("closed_by", width=10),
        col("closed_shift", INSTANT, 17),
        col("why", NOTE, 34, written=True),
    ),
    f"""
    SELECT coalesce({_ENDED.format("(SELECT d.number FROM document d WHERE d.id = s.document_id)")}, '#' || s.id),
           s.business_date, o.name, s.opened_at, s.float_fen, {_CASH.format("in")}, {_CASH.format("out")},
           s.float_fen + {_CASH.format("in")} - {_CASH.format("out")}, {_ENDED.format("s.counted_fen")},
           {_ENDED.format("s.counted_fen - s.expected_fen")}, {_ENDED.format("s.taken_out_fen")},
           {_ENDED.format("s.counted_fen - coalesce(s.taken_out_fen, 0)")}, {_ENDED.format("c.name")},
           {_ENDED.format("s.closed_at")}, {_ENDED.format("nullif(s.variance_reason, '')")}
    FROM shift s
    JOIN staff o ON o.id = s.opened_by_id
    LEFT JOIN staff c ON c.id = s.closed_by_id
    WHERE s.business_date BETWEEN :first AND :last
    ORDER BY s.id
    """,
    marks=(Mark("variance", 'AND({variance}<>"",{variance}<>0)'),),
)


def bill_rows(desk: Desk, bounds: Mapping[str, str | int]) -> list[tuple[Any, ...]]:
    """Each day that a bill covers, oldest first: the columns of `BILLS`."""
    first, last = (date.fromisoformat(str(bounds[key])) for key in ("first", "last"))
    return [
        (
            one.tender,
            one.day.isoformat(),
            one.billed_out_fen,
            one.entered_out_fen,
            one.billed_out_fen - one.entered_out_fen,
            one.billed_in_fen,
            one.entered_in_fen,
            one.billed_in_fen - one.entered_in_fen,
            len(one.gaps),
            " ".join(gap.document or gap.reference for gap in one.gaps) or None,
        )
        for one in reversed(bill_days.days(desk, first, last))
    ]


BILLS = Table(
    "bills",
    (
        col("tender", width=13, words="tender"),
        col("day", DAY),
        col("billed_out", MONEY, 14, total=True, living=True),
        col("entered_out", MONEY, 14, total=True, living=True),
        col("difference_out", MONEY, 13, total=True, living=True),
        col("billed_in", MONEY, 14, total=True, living=True),
        col("entered_in", MONEY, 14, total=True, living=True),
        col("difference_in", MONEY, 13, total=True, living=True),
        col("gaps", WHOLE, 9, total=True, living=True),
        col("which", NOTE, 40, living=True),
    ),
    "",
    bill_rows,
    marks=(
        Mark("difference_out", "{difference_out}<>0"),
        Mark("difference_in", "{difference_in}<>0"),
        Mark("gaps which", "{gaps}<>0"),
    ),
)

_BY_PLACE = """
    SELECT place, pid, lid, sum(CASE WHEN day < :first THEN milli ELSE 0 END) AS opening,
           sum(CASE WHEN day >= :first AND milli > 0 THEN milli ELSE 0 END) AS plus,
           sum(CASE WHEN day >= :first AND milli < 0 THEN -milli ELSE 0 END) AS minus
    FROM (SELECT to_place AS place, product_id AS pid, CASE WHEN product_id IS NULL THEN sale_line_id END AS lid,
                 business_date AS day, quantity_milli AS milli
          FROM stock_entry WHERE to_place <> 'OUT' AND business_date <= :last
          UNION ALL
          SELECT from_place, product_id, CASE WHEN product_id IS NULL THEN sale_line_id END, business_date,
                 -quantity_milli
          FROM stock_entry WHERE from_place <> 'OUT' AND business_date <= :last)
    GROUP BY place, pid, lid
"""
_COST = "CAST(round(coalesce(p.cost_fen, l.cost_fen) * {} / 1000.0) AS INTEGER)"

PLACES = Table(
    "places",
    (
        col("place", width=26, words="disposition"),
        col("product", NOTE, 32),
        col("sku", width=16),
        col("opening_milli", QUANTITY, 10, total=True),
        col("in_milli", QUANTITY, 10, total=True),
        col("out_milli", QUANTITY, 10, total=True),
        col("closing_milli", QUANTITY, 10, total=True),
        col("unit_cost", MONEY, 12, cost=True, living=True),
        col("cost_opening", MONEY, 14, total=True, cost=True, living=True),
        col("cost_in", MONEY, 14, total=True, cost=True, living=True),
        col("cost_out", MONEY, 14, total=True, cost=True, living=True),
        col("cost_closing", MONEY, 14, total=True, cost=True, living=True),
    ),
    f"""
    SELECT h.place, coalesce(p.name, l.name), coalesce(p.sku, l.sku), h.opening, h.plus, h.minus,
           h.opening + h.plus - h.minus, coalesce(p.cost_fen, l.cost_fen), {_COST.format("h.opening")}, {_COST.format("h.plus")}, {_COST.format("h.minus")},
           {_COST.format("(h.opening + h.plus - h.minus)")}
    FROM ({_BY_PLACE}) h
    LEFT JOIN product p ON p.id = h.pid
    LEFT JOIN sale_line l ON l.id = h.lid
    WHERE h.opening <> 0 OR h.plus <> 0 OR h.minus <> 0
    ORDER BY length(h.place), h.place, h.pid, h.lid
    """,
)
"""Where goods went (商品去向 V0 … V13) by article: opening, in, out, closing; the same at cost."""

SCRAPPED = Table(
    "scrapped",
    (
        col("number", width=20),
        col("day", DAY),
        col("product", NOTE, 32),
        col("serial", width=18),
        col("batch"),
        col("quantity", QUANTITY, 10, total=True),
        col("loss", MONEY, 14, total=True, cost=True),
        col("why", NOTE, 34, written=True),
        col("scrap_way", NOTE, 24, written=True),
        col("clerk", width=10),
        col("witness", width=10),
    ),
    """
    SELECT d.number, d.business_date, g.name, g.serial, g.batch_no, g.quantity_milli, g.cost_fen,
           coalesce(nullif(g.reason, ''), x.reason), x.way, f.name, w.name
    FROM goods_line g
    JOIN document d ON d.id = g.document_id
    JOIN scrap x ON x.document_id = d.id
    JOIN staff f ON f.id = x.by_id
    JOIN staff w ON w.id = x.witness_id
    WHERE d.business_date BETWEEN :first AND :last
    ORDER BY d.id, g.line_no
    """,
)

_BEFORE, _NOW = "v.business_date < :first", "v.business_date BETWEEN :first AND :last"
_GIFT = "CASE WHEN {} AND v.kind = '{}' THEN m.amount_fen ELSE 0 END"

GIFTS = Table(
    "gifts",
    (
        col("number", width=20),
        col("case", width=20),
        col("day", DAY),
        col("given", words="compensation"),
        col("what", NOTE, 32, written=True),
        col("opening", MONEY, 13, total=True),
        col("issued", MONEY, 13, total=True),
        col("used", MONEY, 13, total=True),
        col("came_back", MONEY, 13, total=True),
        col("lapsed", MONEY, 13, total=True),
        col("closing", MONEY, 13, total=True),
        col("expires", DAY),
        col("moved_on", DAY),
        col("clerk", width=10),
    ),
    f"""
    SELECT number, case_no, day, kind, what, opening, issued, used, back, lapsed,
           opening + issued - used - back - lapsed, expires, moved, who
    FROM (SELECT m.id AS id, d.number AS number, c.number AS case_no, d.business_date AS day, m.kind AS kind,
                 m.what AS what, m.expires_on AS expires, f.name AS who,
                 CASE WHEN d.business_date < :first AND NOT coalesce({_BEFORE}, 0) THEN m.amount_fen ELSE 0 END AS opening,
                 CASE WHEN d.business_date >= :first THEN m.amount_fen ELSE 0 END AS issued,
                 {_GIFT.format(_NOW, "used")} AS used, {_GIFT.format(_NOW, "returned")} AS back,
                 {_GIFT.format(_NOW, "expired")} AS lapsed,
                 CASE WHEN v.business_date <= :last THEN v.business_date END AS moved,
                 d.business_date < :first AND coalesce({_BEFORE}, 0) AS over
          FROM compensation m
          JOIN document d ON d.id = m.document_id
          JOIN case_file c ON c.id = m.case_id
          JOIN staff f ON f.id = d.posted_by_id
          LEFT JOIN gift_move v ON v.compensation_id = m.id
          WHERE m.kind IN ('coupon', 'gift', 'concession') AND d.business_date <= :last)
    WHERE NOT over
    ORDER BY id
    """,
    marks=(Mark("expires closing", 'AND({expires}<>"",{expires}<{last},{closing}>0)'),),
)
"""Gifts, coupons and concessions: outstanding before, issued, used, returned, lapsed, outstanding."""

_EVENTS = "(SELECT coalesce(sum(e.amount_fen), 0) FROM claim_event e WHERE e.claim_id = k.id AND e.business_date {})"

CLAIMS = Table(
    "claims",
    (
        col("number", width=20),
        col("day", DAY),
        col("claim_kind", width=13, words="claim_kind"),
        col("party", NOTE, 24),
        col("case", width=20),
        col("why", NOTE, 30, written=True),
        col("asked_fen", MONEY, 13, total=True),
        col("got_before", MONEY, 13, total=True),
        col("got_now", MONEY, 13, total=True),
        col("cost_of_goods", MONEY, 13, total=True, cost=True),
        col("claim_state", width=13, words="claim_state"),
        col("due", DAY, living=True),
    ),
    f"""
    SELECT number, day, kind, party, case_no, why, asked, got_before, got_now, cost, state, due
    FROM (SELECT k.id AS id, d.number AS number, k.business_date AS day, k.kind AS kind, k.party AS party,
                 c.number AS case_no, k.reason AS why, k.asked_fen AS asked, {_EVENTS.format("< :first")} AS got_before,
                 {_EVENTS.format("BETWEEN :first AND :last")} AS got_now,
                 (SELECT sum(g.cost_fen) FROM goods_line g WHERE g.document_id = d.id) AS cost,
                 (SELECT e.state FROM claim_event e WHERE e.claim_id = k.id AND e.business_date <= :last
                    ORDER BY e.seq DESC LIMIT 1) AS state,
                 (SELECT e.state FROM claim_event e WHERE e.claim_id = k.id AND e.business_date < :first
                    ORDER BY e.seq DESC LIMIT 1) AS before, k.due_on AS due
          FROM claim k JOIN document d ON d.id = k.document_id LEFT JOIN case_file c ON c.id = k.case_id
          WHERE k.business_date <= :last)
    WHERE coalesce(before, '') NOT IN ('closed', 'refused')
    ORDER BY id
    """,
    marks=(Mark("due claim_state", 'AND({due}<>"",{due}<{last},{asked_fen}>{got_before}+{got_now})'),),
)

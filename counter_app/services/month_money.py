"""Tables of the archive about money and goods: refunds, receipts, exchanges, goods movements, reversals."""

from __future__ import annotations

from counter_app.archive.sheets import Look, Mark
from counter_app.services.month_tables import DAY, INSTANT, MONEY, NOTE, QUANTITY, SHARE, WHOLE, Table, col

_PAID_IN = """(SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
              WHERE p.settlement_id = t.id AND p.business_date BETWEEN :first AND :last)"""
PAID_TO_END = """(SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
              WHERE p.settlement_id = t.id AND p.business_date <= :last)"""


def _left(upto: str) -> str:
    """What a settlement, with those of the document that it reverses or that reverses it, lacks on a day."""
    return f"""(SELECT coalesce(sum(x.amount_fen - (SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
                  WHERE p.settlement_id = x.id AND p.business_date {upto})), 0)
               FROM document g JOIN settlement x ON x.document_id = g.id
               WHERE (g.id = coalesce(d.reverses_id, d.id) OR g.reverses_id = coalesce(d.reverses_id, d.id))
                 AND x.tender = t.tender AND x.direction = t.direction AND x.business_date {upto})"""


LEFT_TO_END = _left("<= :last")


def tax_of(settlement: str) -> str:
    """SQL of the tax in a settlement: its share of the tax in the document's lines, 分; 13 % where it has none."""
    lines = f"""document_line l JOIN sale_line n ON n.id = l.sale_line_id
                  WHERE l.document_id = {settlement}.document_id AND l.direction <> 'out' AND l.amount_fen <> 0"""
    return f"""CAST(round({settlement}.amount_fen * coalesce(
                 (SELECT sum(l.amount_fen * n.tax_rate_bp / (10000.0 + n.tax_rate_bp)) / sum(l.amount_fen) FROM {lines}),
                 1300 / 11300.0)) AS INTEGER)"""


_TAXED = "t.purpose IN ('refund', 'difference')"
_RATE = """(SELECT CASE WHEN min(n.tax_rate_bp) = max(n.tax_rate_bp) THEN min(n.tax_rate_bp) END
              FROM document_line l JOIN sale_line n ON n.id = l.sale_line_id
              WHERE l.document_id = d.id AND l.direction <> 'out' AND l.amount_fen <> 0)"""
_KIND = """CASE d.prefix WHEN 'TK' THEN 'return' WHEN 'ZJ' THEN 'allowance' WHEN 'HH' THEN 'exchange'
              WHEN 'BC' THEN 'compensation' ELSE 'other' END"""
_SUBSIDY = """CASE WHEN t.id = (SELECT min(x.id) FROM settlement x WHERE x.document_id = d.id) AND d.prefix = 'TK'
              THEN (SELECT sum(k.subsidy_share_fen) FROM document_line l JOIN case_line k ON k.id = l.case_line_id
                      WHERE l.document_id = d.id AND l.amount_fen > 0) END"""
_ACCEPTED = """(SELECT i.number FROM document i WHERE i.case_id = d.case_id AND i.walk_id IS d.walk_id AND i.prefix = 'TH'
              AND (i.reverses_id IS NULL) = (d.reverses_id IS NULL) AND i.business_date <= :last ORDER BY i.id LIMIT 1)"""
SIGNED = """EXISTS (SELECT 1 FROM signature g JOIN document o ON o.id = g.document_id
                WHERE o.posting_id = d.posting_id AND g.void = 0 AND g.signer = 'customer'
                  AND NOT (g.on_paper = 1 AND g.form_id IS NULL AND g.erased_at IS NULL))"""
"""The customer signed, on the pad or on a sheet of paper that was scanned back."""
_SIGNED = f"""CASE WHEN {SIGNED} THEN 'signed'
              WHEN EXISTS (SELECT 1 FROM proof p WHERE p.settlement_id = t.id AND p.reference <> ''
                  AND p.business_date <= :last) THEN 'proof'
              WHEN EXISTS (SELECT 1 FROM signature g JOIN document o ON o.id = g.document_id
                  WHERE o.posting_id = d.posting_id AND g.void = 0 AND g.signer = 'customer') THEN 'unscanned'
              WHEN d.reverses_id IS NULL THEN 'none' END"""

_LISTED = f"""
    WHERE t.direction = '{{direction}}' AND t.business_date <= :last
      AND (t.business_date >= :first
           OR t.id IN (SELECT settlement_id FROM proof WHERE business_date BETWEEN :first AND :last)
           OR t.amount_fen <> {PAID_TO_END} AND ({_left("< :first")} <> 0 OR {_left("<= :last")} <> 0))
"""
"""Settlements of a span: owed in it, paid in it, or open at one of its ends. A reversed refund that was never
paid cancels with its reversal and is not carried on."""
_COUNTED = f"SELECT count(*) FROM settlement t JOIN document d ON d.id = t.document_id {_LISTED}"

REFUNDS = Table(
    "refunds",
    (
        col("number", width=20),
        col("case", width=20),
        col("day", DAY),
        col("purpose", width=11, words="purpose"),
        col("tender", width=13, words="tender"),
        col("sale_month", width=11, words="month"),
        col("owed", MONEY, 13, total=True),
        col("paid_now", MONEY, 13, total=True),
        col("paid_before", MONEY, 13, total=True),
        col("unpaid", MONEY, 13, total=True),
        col("paid_day", DAY),
        col("proof", width=28),
        col("route", width=10, words="route"),
        col("clerk", width=10),
        col("approver", width=10),
        col("order", width=22),
        col("purchased", DAY),
        col("crossing", width=9, words="crossing"),
        col("refund_kind", width=10, words="refund_kind"),
        col("tax_rate", SHARE, 8),
        col("net", MONEY, 13, total=True),
        col("tax", MONEY, 12, total=True),
        col("subsidy", MONEY, 12, total=True, living=True),
        col("acceptance", width=20),
        col("receipt", width=12, words="receipt", living=True),
    ),
    f"""
    SELECT d.number, c.number, t.business_date, t.purpose, t.tender,
           CASE WHEN s.id IS NULL THEN NULL WHEN substr(s.purchased_on, 1, 7) = substr(t.business_date, 1, 7)
                THEN 'same' ELSE 'other' END,
           t.amount_fen, {_PAID_IN}, {PAID_TO_END} - {_PAID_IN}, t.amount_fen - {PAID_TO_END},
           (SELECT max(p.business_date) FROM proof p WHERE p.settlement_id = t.id AND p.business_date <= :last),
           (SELECT group_concat(p.reference, ' ') FROM proof p
              WHERE p.settlement_id = t.id AND p.reference <> '' AND p.business_date <= :last),
           CASE WHEN t.override_id IS NULL THEN 'original' ELSE 'other' END,
           f.name, a.name, s.order_no, s.purchased_on,
           CASE WHEN s.id IS NULL THEN NULL WHEN substr(s.purchased_on, 1, 7) = substr(t.business_date, 1, 7) THEN 'same'
                WHEN substr(s.purchased_on, 1, 4) = substr(t.business_date, 1, 4) THEN 'month' ELSE 'year' END,
           {_KIND}, CASE WHEN {_TAXED} THEN {_RATE} END, CASE WHEN {_TAXED} THEN t.amount_fen - {tax_of("t")} END,
           CASE WHEN {_TAXED} THEN {tax_of("t")} END, {_SUBSIDY}, {_ACCEPTED}, {_SIGNED}
    FROM settlement t
    JOIN document d ON d.id = t.document_id
    JOIN case_file c ON c.id = t.case_id
    JOIN staff f ON f.id = d.posted_by_id
    LEFT JOIN approval g ON g.id = d.approval_id
    LEFT JOIN staff a ON a.id = g.decided_by_id
    LEFT JOIN sale s ON s.id = t.sale_id
    {_LISTED.format(direction="out")}
    ORDER BY t.id
    """,
    counted=_COUNTED.format(direction="out"),
    marks=(
        Mark("receipt", "{owed}<0", Look.GOOD),
        Mark("receipt", 'AND({owed}>0,OR({receipt}="无",{receipt}="None"))'),
        Mark("receipt", 'OR({receipt}="纸签待扫描",{receipt}="Not scanned")', Look.SOON),
        Mark("unpaid", "{unpaid}<>0", Look.SOON),
    ),
)

# A repair's quotation names its items in words; labour is what says so, everything else is parts.
_LABOUR = " OR ".join(
    f"lower(json_extract(j.value, '$.label')) LIKE '%{word}%'"
    for word in ("工时", "人工", "工费", "手工", "检测费", "labour", "labor")
)


def _fee(which: str) -> str:
    return f"""CASE WHEN t.purpose = 'repair' THEN (SELECT sum(json_extract(j.value, '$.amount_fen'))
                FROM json_each(d.content, '$.slips[0].working') j
                WHERE json_extract(j.value, '$.total') IS NOT 1 AND {which} ({_LABOUR})) END"""


RECEIPTS = Table(
    "receipts",
    (
        col("number", width=20),
        col("case", width=20),
        col("day", DAY),
        col("purpose", width=11, words="purpose"),
        col("tender", width=13, words="tender"),
        col("due_in", MONEY, 13, total=True),
        col("received_now", MONEY, 13, total=True),
        col("received_before", MONEY, 13, total=True),
        col("outstanding", MONEY, 13, total=True),
        col("received_day", DAY),
        col("proof", width=28),
        col("clerk", width=10),
        col("made_up_of", NOTE, 36, written=True),
        col("labour", MONEY, 12, total=True),
        col("parts", MONEY, 12, total=True),
    ),
    f"""
    SELECT d.number, c.number, t.business_date, t.purpose, t.tender, t.amount_fen,
           {_PAID_IN}, {PAID_TO_END} - {_PAID_IN}, t.amount_fen - {PAID_TO_END},
           (SELECT max(p.business_date) FROM proof p WHERE p.settlement_id = t.id AND p.business_date <= :last),
           (SELECT group_concat(p.reference, ' ') FROM proof p
              WHERE p.settlement_id = t.id AND p.reference <> '' AND p.business_date <= :last),
           f.name,
           (SELECT group_concat(json_extract(j.value, '$.label') || ' '
                     || printf('%.2f', json_extract(j.value, '$.amount_fen') / 100.0), '; ')
              FROM json_each(d.content, '$.slips[0].working') j
              WHERE d.prefix = 'SJ' AND json_extract(j.value, '$.total') IS NOT 1),
           {_fee("")}, {_fee("NOT")}
    FROM settlement t
    JOIN document d ON d.id = t.document_id
    JOIN case_file c ON c.id = t.case_id
    JOIN staff f ON f.id = d.posted_by_id
    {_LISTED.format(direction="in")}
    ORDER BY t.id
    """,
    counted=_COUNTED.format(direction="in"),
    marks=(Mark("outstanding", "{outstanding}<>0", Look.SOON),),
)

_GOODS_IN = """document i JOIN document_line n ON n.document_id = i.id JOIN sale_line l ON l.id = n.sale_line_id
              WHERE i.walk_id IS d.walk_id AND i.case_id = d.case_id AND i.prefix = 'TH' AND n.direction = 'in'
                AND i.business_date <= :last AND (i.reverses_id IS NULL) = (d.reverses_id IS NULL)
                AND (i.posting_id = d.posting_id OR NOT EXISTS (SELECT 1 FROM document o
                       WHERE o.posting_id = d.posting_id AND o.walk_id IS d.walk_id AND o.prefix = 'TH'))"""
"""The goods of an exchange that came back: in the same posting, or later when the new ones were sent first."""

EXCHANGES = Table(
    "exchanges",
    (
        col("number", width=20),
        col("case", width=20),
        col("day", DAY),
        col("goods_in", NOTE, 32),
        col("quantity_in", QUANTITY, 9, total=True),
        col("goods_out", NOTE, 32),
        col("quantity_out", QUANTITY, 9, total=True),
        col("value_out", MONEY, 13, total=True),
        col("difference", MONEY, 13, total=True),
        col("clerk", width=10),
    ),
    f"""
    SELECT d.number, c.number, d.business_date,
           (SELECT group_concat(l.name, '; ') FROM {_GOODS_IN}),
           (SELECT coalesce(sum(n.quantity_milli), 0) FROM {_GOODS_IN}),
           (SELECT group_concat(l.name, '; ') FROM document_line n JOIN sale_line l ON l.id = n.sale_line_id
              WHERE n.document_id = d.id AND n.direction = 'out'),
           (SELECT coalesce(sum(n.quantity_milli), 0) FROM document_line n
              WHERE n.document_id = d.id AND n.direction = 'out'),
           d.amount_fen,
           (SELECT coalesce(sum(CASE t.direction WHEN 'in' THEN t.amount_fen ELSE -t.amount_fen END), 0)
              FROM document o JOIN settlement t ON t.document_id = o.id
              WHERE o.posting_id = d.posting_id AND o.walk_id IS d.walk_id AND t.purpose = 'difference'),
           f.name
    FROM document d
    JOIN case_file c ON c.id = d.case_id
    JOIN staff f ON f.id = d.posted_by_id
    WHERE d.prefix = 'HH' AND d.business_date BETWEEN :first AND :last
    ORDER BY d.id
    """,
)

GOODS = Table(
    "goods",
    (
        col("row", WHOLE, 8),
        col("at", INSTANT, 17),
        col("move", words="move"),
        col("product", NOTE, 32),
        col("sku", width=16),
        col("serial", width=18),
        col("from_place", NOTE, 25, words="disposition"),
        col("to_place", NOTE, 25, words="disposition"),
        col("quantity", QUANTITY, 10, total=True),
        col("number", width=20),
        col("case", width=20),
    ),
    # The ledger knows goods returned to the supplier or scrapped as gone; where they went stands on the case line.
    """
    SELECT e.seq, e.at, e.kind, coalesce(p.name, l.name), coalesce(p.sku, l.sku), e.serial, e.from_place,
           CASE WHEN e.kind = 'disposed' AND e.from_place || e.to_place = 'V0OUT' AND k.disposition <> ''
                THEN k.disposition
                ELSE e.to_place END,
           e.quantity_milli, d.number, c.number
    FROM stock_entry e
    LEFT JOIN product p ON p.id = e.product_id
    LEFT JOIN sale_line l ON l.id = e.sale_line_id
    LEFT JOIN case_line k ON k.id = e.case_line_id
    LEFT JOIN case_file c ON c.id = k.case_id
    LEFT JOIN document d ON d.id = e.document_id
    WHERE e.business_date BETWEEN :first AND :last
    ORDER BY e.seq
    """,
    counted="SELECT count(*) FROM stock_entry WHERE business_date BETWEEN :first AND :last",
)

COMPENSATIONS = Table(
    "compensations",
    (
        col("number", width=20),
        col("case", width=20),
        col("day", DAY),
        col("given", words="compensation"),
        col("what", NOTE, 36, written=True),
        col("basis", NOTE, 30, written=True),
        col("amount", MONEY, 13, total=True),
        col("expires", DAY),
        col("clerk", width=10),
        col("approver", width=10),
    ),
    """
    SELECT d.number, c.number, d.business_date, m.kind, m.what, m.basis, m.amount_fen, m.expires_on, f.name, a.name
    FROM document d
    JOIN compensation m ON m.document_id = d.id
    JOIN case_file c ON c.id = m.case_id
    JOIN staff f ON f.id = d.posted_by_id
    LEFT JOIN approval g ON g.id = d.approval_id
    LEFT JOIN staff a ON a.id = g.decided_by_id
    WHERE d.business_date BETWEEN :first AND :last
    ORDER BY m.id
    """,
)

REVERSALS = Table(
    "reversals",
    (
        col("number", width=20),
        col("reversed", width=20),
        col("reversed_day", DAY),
        col("day", DAY),
        col("case", width=20),
        col("amount", MONEY, 13, total=True),
        col("clerk", width=10),
        col("approver", width=10),
        col("why", NOTE, 40, written=True),
    ),
    """
    SELECT d.number, o.number, o.business_date, d.business_date, c.number, d.amount_fen, f.name, a.name,
           json_extract(d.content, '$.reason')
    FROM document d
    JOIN document o ON o.id = d.reverses_id
    LEFT JOIN case_file c ON c.id = d.case_id
    JOIN staff f ON f.id = d.posted_by_id
    LEFT JOIN approval g ON g.id = d.approval_id
    LEFT JOIN staff a ON a.id = g.decided_by_id
    WHERE d.business_date BETWEEN :first AND :last
    ORDER BY d.id
    """,
)

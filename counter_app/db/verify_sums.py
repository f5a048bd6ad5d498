"""What `verify` adds up: the invariants of money and goods, each as a query for the rows that break it."""

from __future__ import annotations

from counter_app.db.guards.goods import HELD, PASSING
from counter_app.db.guards.refunds import BACK, OTHER_MONEY

OWN_GOODS = """
    case_line_id IS NOT NULL AND kind IN ('received', 'disposed', 'handed_back', 'reversed', 'count')
    AND NOT (kind = 'reversed' AND from_place = 'OUT')
"""
"""Goods that a case line brought in, not those handed out of stock in exchange for them."""

_WENT = f"""
    SELECT sale_id AS sale, tender, amount_fen AS fen FROM settlement
    WHERE {BACK} AND sale_id IS NOT NULL AND override_id IS NULL
    UNION ALL
    SELECT s.sale_id, COALESCE(a.key, s.tender), COALESCE(a.value, s.amount_fen)
    FROM settlement s JOIN document d ON d.id = s.document_id
    LEFT JOIN json_each(CASE WHEN json_valid(d.content) THEN d.content ELSE '{{}}' END,
                        '$.against."' || s.tender || '"') a
    WHERE s.{BACK} AND s.sale_id IS NOT NULL AND s.override_id IS NOT NULL
    UNION ALL
    SELECT json_extract(x.extras, '$.origin_sale'), c.key, c.value
    FROM sale x JOIN json_each(CASE WHEN json_valid(x.extras) THEN x.extras ELSE '{{}}' END, '$.credit') c
    WHERE x.source = 'exchange' AND NOT EXISTS (
      SELECT 1 FROM document d JOIN document r ON r.reverses_id = d.id
      WHERE d.number = json_extract(x.extras, '$.document'))
"""
"""What went of each tender of a sale: back the way it was paid, back another way (held against the tender that it
stands for, as its paper says), or along into an exchange."""

_BEFORE_GOODS_CAME = """EXISTS (
    SELECT 1 FROM case_event p
    JOIN json_each(CASE WHEN json_valid(p.detail) THEN p.detail ELSE '{}' END, '$.numbers') n
    WHERE p.case_id = c.case_id AND p.kind = 'posted'
    AND n.value = (SELECT number FROM document WHERE id = COALESCE(d.reverses_id, d.id))
    AND p.seq < (SELECT MIN(i.seq) FROM case_event i WHERE i.case_id = c.case_id AND i.kind = 'inspected'
                 AND json_valid(i.detail)
                 AND json_extract(i.detail, '$.line') = c.id AND json_extract(i.detail, '$.received_milli') > 0))
"""
"""Something cheaper was sent first, against a deposit or a waybill: its paper was posted before anybody had the goods
to inspect, and stays when they are found to be something else and are sent back (the deposit is kept then)."""

SUMS: tuple[tuple[str, str, str], ...] = (
    (
        "sale_line",
        "guard.overreturned",
        f"""SELECT s.id FROM sale_line s JOIN case_line c ON c.sale_line_id = s.id WHERE c.{HELD}
            GROUP BY s.id HAVING SUM(c.quantity_milli) > s.quantity_milli""",
    ),
    (
        "sale_line",
        "guard.overreturned",
        f"""SELECT s.id FROM sale_line s JOIN document_line l ON l.sale_line_id = s.id
            JOIN document d ON d.id = l.document_id WHERE l.direction = 'in' AND d.prefix NOT IN {PASSING}
            GROUP BY s.id
            HAVING SUM(l.quantity_milli) > s.quantity_milli OR SUM(l.quantity_milli) < 0""",
    ),
    (
        "sale_line",
        "guard.overrefunded",
        f"""SELECT s.id FROM sale_line s JOIN document_line l ON l.sale_line_id = s.id
            JOIN document d ON d.id = l.document_id
            WHERE l.direction <> 'out' AND d.prefix NOT IN {OTHER_MONEY}
            GROUP BY s.id
            HAVING SUM(l.amount_fen) > s.paid_fen + s.freight_fen OR SUM(l.amount_fen) < 0""",
    ),
    (
        "sale",
        "guard.overrefunded",
        f"""SELECT s.id FROM sale s JOIN settlement t ON t.sale_id = s.id
           WHERE t.{BACK} GROUP BY s.id HAVING SUM(t.amount_fen) > s.paid_fen""",
    ),
    (
        "sale",
        "guard.tenders_over",
        """SELECT s.id FROM sale s JOIN sale_tender t ON t.sale_id = s.id
           GROUP BY s.id HAVING SUM(t.paid_fen) > s.paid_fen + s.subsidy_fen""",
    ),
    (
        "sale",
        "guard.lines_over",
        """SELECT s.id FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE l.split_of_id IS NULL
           GROUP BY s.id HAVING SUM(l.paid_fen + l.freight_fen) > s.paid_fen""",
    ),
    (
        "settlement",
        "guard.tender_exceeded",
        f"""SELECT COALESCE((SELECT MAX(id) FROM settlement WHERE sale_id = w.sale AND {BACK}), 'sale ' || w.sale)
           FROM ({_WENT}) w
           WHERE w.tender <> 'points' GROUP BY w.sale, w.tender
           HAVING SUM(w.fen) > COALESCE((SELECT paid_fen FROM sale_tender p
                  WHERE p.sale_id = w.sale AND p.tender = w.tender), 0)""",
    ),
    (
        "sale",
        "verify.points_over",
        f"""SELECT s.id FROM sale s JOIN (
              SELECT c.sale_id AS sale, k.value AS fen FROM document d JOIN case_file c ON c.id = d.case_id
              JOIN json_each(CASE WHEN json_valid(d.content) THEN d.content ELSE '{{}}' END, '$.in_kind') k
              WHERE d.prefix IN ('TK', 'ZJ') AND k.key = 'points' AND instr(d.content, '"in_kind":{{"') > 0
              UNION ALL SELECT sale, fen FROM ({_WENT}) WHERE tender = 'points') w ON w.sale = s.id
            GROUP BY s.id HAVING SUM(w.fen) < 0 OR SUM(w.fen) > COALESCE(
              (SELECT paid_fen FROM sale_tender WHERE sale_id = s.id AND tender = 'points'),
              CASE WHEN json_valid(s.extras) THEN json_extract(s.extras, '$.points_fen') END, 0)""",
    ),
    (
        "settlement",
        "guard.overpaid",
        """SELECT s.id FROM settlement s JOIN proof p ON p.settlement_id = s.id GROUP BY s.id
           HAVING ABS(SUM(p.amount_fen)) > ABS(s.amount_fen) OR SUM(p.amount_fen) * s.amount_fen < 0""",
    ),
    (
        "document",
        "guard.reversal_reversed",
        """SELECT d.id FROM document d JOIN document old ON old.id = d.reverses_id
           WHERE old.reverses_id IS NOT NULL""",
    ),
    (
        "settlement",
        "verify.not_in_ledger",
        """SELECT s.id FROM settlement s LEFT JOIN money_entry m ON m.settlement_id = s.id
           AND m.proof_id IS NULL GROUP BY s.id
           HAVING COUNT(m.seq) <> 1 OR ABS(SUM(m.amount_fen)) <> ABS(s.amount_fen)""",
    ),
    (
        "proof",
        "verify.not_in_ledger",
        """SELECT p.id FROM proof p LEFT JOIN money_entry m ON m.proof_id = p.id GROUP BY p.id
           HAVING COUNT(m.seq) <> 1 OR ABS(SUM(m.amount_fen)) <> ABS(p.amount_fen)""",
    ),
    (
        "case_file",
        "verify.number_unknown",
        "SELECT id FROM case_file WHERE number NOT IN (SELECT number FROM number)",
    ),
    (
        "document",
        "verify.number_unknown",
        "SELECT id FROM document WHERE number NOT IN (SELECT number FROM number)",
    ),
    (
        "number",
        "verify.number_gap",
        """SELECT MAX(id) FROM number GROUP BY prefix, business_date
           HAVING MAX(seq) - MIN(seq) + 1 <> COUNT(*)
             OR MIN(seq) <> 1 + COALESCE((SELECT MAX(h.last_seq) FROM history_number h
                  WHERE h.prefix = number.prefix AND h.business_date = number.business_date), 0)""",
    ),
    (
        "case_line",
        "guard.not_accepted",
        f"""SELECT c.id FROM case_line c JOIN document_line l ON l.case_line_id = c.id
            JOIN document d ON d.id = l.document_id AND d.prefix = 'TK'
            WHERE c.id IN (
              SELECT c.id FROM case_line c JOIN document_line l ON l.case_line_id = c.id
              JOIN document d ON d.id = l.document_id AND d.prefix = 'TK'
              WHERE c.received_milli > 0 GROUP BY c.id HAVING SUM(l.quantity_milli) > c.accepted_milli)
            AND NOT {_BEFORE_GOODS_CAME} GROUP BY c.id HAVING SUM(l.quantity_milli) > c.accepted_milli""",
    ),
    (
        "case_line",
        "guard.moved_twice",
        f"""SELECT case_line_id FROM (
              SELECT case_line_id, to_place AS place, quantity_milli AS n FROM stock_entry WHERE {OWN_GOODS}
              UNION ALL
              SELECT case_line_id, from_place, -quantity_milli FROM stock_entry WHERE {OWN_GOODS})
            WHERE place <> 'OUT' GROUP BY case_line_id, place HAVING SUM(n) < 0""",
    ),
    (
        "stock_entry",
        "guard.spoilt",
        """SELECT e.seq FROM stock_entry e JOIN case_line c ON c.id = e.case_line_id
           WHERE c.condition = 'K14' AND e.kind = 'disposed' AND e.to_place NOT IN ('V0', 'V6', 'V10', 'OUT')""",
    ),
    (
        "proof",
        "verify.not_proved",
        """SELECT id FROM proof WHERE (tender = 'cash' AND shift_id IS NULL)
           OR (tender IN ('wechat', 'alipay', 'bank') AND reference = '')""",
    ),
    (
        "settlement",
        "verify.goodwill_as_refund",
        """SELECT s.id FROM settlement s JOIN document d ON d.id = s.document_id
           WHERE d.prefix = 'BC' AND s.purpose <> 'compensation'""",
    ),
    (
        "shift",
        "guard.shift_open",
        "SELECT MAX(id) FROM shift WHERE closed_at IS NULL HAVING COUNT(*) > 1",
    ),
    (
        "shift",
        "verify.drawer_below_nothing",
        """SELECT s.id FROM shift s JOIN money_entry m ON m.shift_id = s.id
           WHERE m.tender = 'cash' AND m.kind IN ('paid', 'received')
           GROUP BY s.id HAVING s.float_fen + SUM(m.amount_fen) < 0""",
    ),
    (
        "deposit",
        "verify.deposit_over",
        """SELECT d.id FROM deposit d JOIN deposit_move m ON m.deposit_id = d.id
           GROUP BY d.id HAVING SUM(m.amount_fen) > d.amount_fen""",
    ),
    (
        "sale_line",
        "verify.exchange_without_origin",
        """SELECT l.id FROM sale_line l JOIN sale s ON s.id = l.sale_id
           WHERE s.source = 'exchange' AND l.origin_line_id IS NULL""",
    ),
)
"""Table, code, and a query for the keys of rows that do not hold."""

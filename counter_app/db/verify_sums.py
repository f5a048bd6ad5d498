"""What `verify` adds up: the invariants of money and goods, each as a query for the rows that break it."""

from __future__ import annotations

from counter_app.db.guards.goods import HELD, PASSING
from counter_app.db.guards.refunds import OTHER_MONEY

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
        """SELECT s.id FROM sale s JOIN settlement t ON t.sale_id = s.id
           WHERE t.direction = 'out' AND t.purpose = 'refund'
           GROUP BY s.id HAVING SUM(t.amount_fen) > s.paid_fen""",
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
        """SELECT MAX(t.id) FROM settlement t
           WHERE t.direction = 'out' AND t.purpose = 'refund' AND t.sale_id IS NOT NULL
           GROUP BY t.sale_id, t.tender
           HAVING SUM(t.amount_fen) > COALESCE((SELECT paid_fen FROM sale_tender p
                  WHERE p.sale_id = t.sale_id AND p.tender = t.tender), 0)
           AND NOT EXISTS (SELECT 1 FROM settlement o JOIN approval a ON a.id = o.override_id
                  WHERE o.sale_id = t.sale_id AND o.tender = t.tender AND a.decision = 'approve')""",
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
           HAVING MAX(seq) <> COUNT(*) OR MIN(seq) <> 1""",
    ),
)
"""Table, code, and a query for the keys of rows that do not hold."""

"""What `verify` compares between rows: columns against the frozen text, money and goods against the ledgers.

Triggers keep a posted row as it is; these find one that was changed after the triggers were taken off.
A column with a plus before it is not looked up by its index: one shift has thousands of rows, one proof has one.
"""

from __future__ import annotations

from counter_app.db.guards.goods import REFUNDED, STILL_HERE

_GIVEN_BACK = "purpose IN ('refund', 'difference') AND direction = 'out'"
_SET_FREE = f"""
    SELECT id FROM case_line WHERE state = 'released'
    AND ({STILL_HERE.format(line="case_line.id")} > 0 OR {REFUNDED.format(line="case_line.id")} > 0)
"""

SUMS: tuple[tuple[str, str, str], ...] = (
    (
        "document",
        "verify.columns",
        """SELECT id FROM document WHERE json_extract(content, '$.number') <> number
           OR json_extract(content, '$.amount_fen') <> amount_fen""",
    ),
    (
        "document",
        "verify.lines_differ",
        """SELECT d.id FROM document d LEFT JOIN document_line l ON l.document_id = d.id
           WHERE d.prefix IN ('TK', 'ZJ') AND json_extract(d.content, '$.amount_fen') IS NOT NULL
           GROUP BY d.id HAVING COALESCE(SUM(l.amount_fen), 0) <> d.amount_fen""",
    ),
    (
        "document",
        "verify.not_owed",
        f"""SELECT d.id FROM document d
            WHERE d.prefix IN ('TK', 'ZJ') AND json_extract(d.content, '$.amount_fen') IS NOT NULL
            AND d.amount_fen <> COALESCE((SELECT SUM(amount_fen) FROM settlement
                WHERE document_id = d.id AND case_id = d.case_id AND {_GIVEN_BACK}), 0)""",
    ),
    (
        "document",
        "verify.unsigned",
        """SELECT id FROM document WHERE json_extract(content, '$.signature') IS NOT NULL
           AND json_extract(content, '$.signature') NOT IN (SELECT id FROM signature)""",
    ),
    (
        "signature",
        "verify.unstored",
        """SELECT id FROM signature WHERE on_paper = 0 AND form_id IS NULL AND strokes IS NOT NULL
           AND at >= (SELECT MIN(at) FROM shop_key)""",
    ),
    (
        "signature",
        "verify.other_form",
        """SELECT s.id FROM signature s JOIN attachment a ON a.id = s.form_id
           WHERE a.kind <> 'signed_form' OR a.case_id <> s.case_id
           OR EXISTS (SELECT 1 FROM signature o WHERE o.form_id = s.form_id AND o.id <> s.id)""",
    ),
    (
        "scan_correction",
        "verify.other_form",
        """SELECT k.id FROM scan_correction k JOIN signature s ON s.id = k.signature_id
           JOIN attachment w ON w.id = k.was_id WHERE w.kind <> 'signed_form' OR w.case_id <> s.case_id
           OR k.now_id <> s.form_id AND NOT EXISTS (
             SELECT 1 FROM scan_correction l WHERE l.signature_id = k.signature_id AND l.was_id = k.now_id)""",
    ),
    (
        "document",
        "verify.not_approved",
        """SELECT d.id FROM document d JOIN approval a ON a.id = d.approval_id WHERE a.decision <> 'approve'""",
    ),
    (
        "approval",
        "guard.own_approval",
        """SELECT id FROM approval
           WHERE decision = 'approve' AND self_approved = 0 AND decided_by_id = requested_by_id""",
    ),
    (
        "settlement",
        "verify.not_in_ledger",
        """SELECT s.id FROM settlement s WHERE NOT EXISTS (
             SELECT 1 FROM money_entry m WHERE m.settlement_id = s.id AND +m.proof_id IS NULL
             AND m.tender = s.tender AND +m.document_id = s.document_id
             AND m.amount_fen = CASE s.direction WHEN 'out' THEN -s.amount_fen ELSE s.amount_fen END)""",
    ),
    (
        "settlement",
        "verify.other_sale",
        """SELECT s.id FROM settlement s JOIN case_file c ON c.id = s.case_id JOIN document d ON d.id = s.document_id
           WHERE s.sale_id IS NOT c.sale_id OR d.case_id IS NOT s.case_id""",
    ),
    (
        "proof",
        "verify.not_in_ledger",
        """SELECT p.id FROM proof p JOIN settlement s ON s.id = p.settlement_id WHERE NOT EXISTS (
             SELECT 1 FROM money_entry m WHERE m.proof_id = p.id AND m.tender = p.tender
             AND +m.shift_id IS p.shift_id
             AND m.amount_fen = CASE s.direction WHEN 'out' THEN -p.amount_fen ELSE p.amount_fen END)""",
    ),
    (
        "shift",
        "verify.not_in_ledger",
        """SELECT s.id FROM shift s JOIN money_entry m ON m.shift_id = s.id AND m.kind = 'float'
           WHERE m.amount_fen <> s.float_fen""",
    ),
    (
        "sale",
        "verify.lines_differ",
        """SELECT s.id FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE l.split_of_id IS NULL
           GROUP BY s.id HAVING SUM(l.paid_fen + l.freight_fen) < s.paid_fen""",
    ),
    (
        "sale",
        "guard.overrefunded",
        f"""SELECT s.id FROM sale s WHERE s.paid_fen <
              COALESCE((SELECT SUM(amount_fen) FROM settlement WHERE sale_id = s.id AND {_GIVEN_BACK}), 0)""",
    ),
    ("case_line", "verify.line_state", _SET_FREE),
    (
        "case_line",
        "verify.not_received",
        """SELECT l.case_line_id FROM document_line l JOIN document d ON d.id = l.document_id
           WHERE d.prefix = 'TH' AND l.direction = 'in' AND l.case_line_id IS NOT NULL
           GROUP BY l.case_line_id HAVING SUM(l.quantity_milli) > (
             SELECT COALESCE(SUM(CASE WHEN kind = 'received' THEN quantity_milli
                                      WHEN kind = 'reversed' AND to_place = 'OUT' THEN -quantity_milli
                                      ELSE 0 END), 0)
             FROM stock_entry WHERE case_line_id = l.case_line_id)""",
    ),
    (
        "case_file",
        "verify.story_gap",
        """SELECT c.id FROM case_file c JOIN posting p ON p.case_id = c.id AND p.kind = 'open_case'
           WHERE (SELECT COUNT(*) FROM case_event e WHERE e.case_id = c.id)
           <> COALESCE((SELECT MAX(seq) FROM case_event e WHERE e.case_id = c.id), -1)""",
    ),
    (
        "walk",
        "verify.story_gap",
        """SELECT w.id FROM walk w JOIN walk_step t ON t.walk_id = w.id
           GROUP BY w.id HAVING COUNT(*) <> MAX(t.seq)""",
    ),
)
"""Table, code, and a query for the keys of rows that do not hold."""

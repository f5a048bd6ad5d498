"""Invariants 2 and 3: never more money back than was paid, for a line, for a sale and by a tender.

A row with an override was handed over another way than it was paid by. It counts against the sale, not against the
tender it was handed over by; against the tender it stands for the service holds it, and `verify` adds it up.
"""

from __future__ import annotations

from counter_app.db.guards.trigger import Guard

OTHER_MONEY = "('BC', 'SJ', 'YJ', 'WX', 'BY', 'JB')"
"""Papers whose amounts are not money given back for goods: compensation, receipts, deposits, repairs …"""

_BACK_FOR_LINE = f"""
    (SELECT COALESCE(SUM(l.amount_fen), 0) FROM document_line l JOIN document d ON d.id = l.document_id
     WHERE l.sale_line_id = NEW.sale_line_id AND l.direction <> 'out' AND d.prefix NOT IN {OTHER_MONEY})
"""

BACK = "direction = 'out' AND purpose IN ('refund', 'difference')"
"""Money for goods that goes back: refunds, and what a cheaper exchange leaves over."""
REFUND = "NEW.direction = 'out' AND NEW.purpose IN ('refund', 'difference') AND NEW.sale_id IS NOT NULL"

_BACK_FOR_SALE = f"(SELECT SUM(amount_fen) FROM settlement WHERE sale_id = NEW.sale_id AND {BACK})"
_BACK_BY_TENDER = f"""
    (SELECT SUM(amount_fen) FROM settlement
     WHERE sale_id = NEW.sale_id AND {BACK} AND tender = NEW.tender
       AND (override_id IS NULL) = (NEW.override_id IS NULL))
"""

GUARDS: tuple[Guard, ...] = (
    Guard(
        "guard_sale_line_sum",
        "AFTER INSERT",
        "sale_line",
        """(SELECT SUM(paid_fen + freight_fen) FROM sale_line
            WHERE sale_id = NEW.sale_id AND split_of_id IS NULL)
        > (SELECT paid_fen FROM sale WHERE id = NEW.sale_id)""",
        "guard.lines_over",
    ),
    Guard(
        "guard_sale_tender_sum",
        "AFTER INSERT",
        "sale_tender",
        """(SELECT SUM(paid_fen) FROM sale_tender WHERE sale_id = NEW.sale_id)
        > (SELECT paid_fen + subsidy_fen FROM sale WHERE id = NEW.sale_id)""",
        "guard.tenders_over",
    ),
    Guard(
        "guard_document_line_paid",
        "AFTER INSERT",
        "document_line",
        f"""NEW.sale_line_id IS NOT NULL AND NEW.amount_fen <> 0 AND {_BACK_FOR_LINE}
        > (SELECT paid_fen + freight_fen FROM sale_line WHERE id = NEW.sale_line_id)""",
        "guard.overrefunded",
        mendable=True,
    ),
    Guard(
        "guard_document_line_negative",
        "AFTER INSERT",
        "document_line",
        f"NEW.sale_line_id IS NOT NULL AND NEW.amount_fen <> 0 AND {_BACK_FOR_LINE} < 0",
        "guard.negative_refund",
    ),
    Guard(
        "guard_case_line_value",
        "AFTER UPDATE OF value_fen, state",
        "case_line",
        """NEW.state = 'returned' AND NEW.value_fen IS NOT NULL AND
        (SELECT SUM(value_fen) FROM case_line WHERE sale_line_id = NEW.sale_line_id AND state = 'returned')
        > (SELECT paid_fen FROM sale_line WHERE id = NEW.sale_line_id)""",
        "guard.overrefunded",
        mendable=True,
    ),
    Guard(
        "guard_case_line_value_stays",
        "BEFORE UPDATE OF value_fen, freight_share_fen, subsidy_share_fen",
        "case_line",
        """OLD.state = 'returned' AND NEW.state = 'returned' AND OLD.value_fen IS NOT NULL
        AND (NEW.value_fen IS NOT OLD.value_fen OR NEW.freight_share_fen IS NOT OLD.freight_share_fen
             OR NEW.subsidy_share_fen IS NOT OLD.subsidy_share_fen)""",
        "guard.frozen",
    ),
    Guard(
        "guard_settlement_sale",
        "AFTER INSERT",
        "settlement",
        f"{REFUND} AND {_BACK_FOR_SALE} > (SELECT paid_fen FROM sale WHERE id = NEW.sale_id)",
        "guard.overrefunded",
        mendable=True,
    ),
    Guard(
        "guard_settlement_negative",
        "AFTER INSERT",
        "settlement",
        f"{REFUND} AND {_BACK_BY_TENDER} < 0",
        "guard.negative_refund",
    ),
    Guard(
        "guard_settlement_tender",
        "AFTER INSERT",
        "settlement",
        f"""{REFUND} AND NEW.override_id IS NULL AND NEW.amount_fen > 0 AND {_BACK_BY_TENDER}
        > COALESCE((SELECT paid_fen FROM sale_tender
                    WHERE sale_id = NEW.sale_id AND tender = NEW.tender), 0)""",
        "guard.tender_exceeded",
        mendable=True,
    ),
    Guard(
        "guard_settlement_override",
        "BEFORE INSERT",
        "settlement",
        """NEW.override_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM approval WHERE id = NEW.override_id AND decision = 'approve')""",
        "guard.override_not_approved",
        mendable=True,
    ),
)

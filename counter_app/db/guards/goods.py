"""Invariants 1 and 10: never more back than was sold, only accepted goods are refunded, goods move once."""

from __future__ import annotations

from counter_app.db.guards.trigger import Guard

HELD = "state IN ('reserved', 'returned')"
PASSING = "('WX', 'BY', 'JB', 'YJ')"
"""Papers whose goods only pass through: service orders, loans, shift sheets, deposits."""

SPLIT = "EXISTS (SELECT 1 FROM sale_line WHERE split_of_id = NEW.sale_line_id)"

_CASE_LINE_OVER = f"""
    NEW.{HELD} AND
    (SELECT SUM(quantity_milli) FROM case_line WHERE sale_line_id = NEW.sale_line_id AND {HELD})
    > (SELECT quantity_milli FROM sale_line WHERE id = NEW.sale_line_id)
"""

_BROUGHT_IN = f"""
    (SELECT COALESCE(SUM(l.quantity_milli), 0) FROM document_line l JOIN document d ON d.id = l.document_id
     WHERE l.sale_line_id = NEW.sale_line_id AND l.direction = 'in' AND d.prefix NOT IN {PASSING})
"""

REFUNDED = """
    (SELECT COALESCE(SUM(l.quantity_milli), 0) FROM document_line l JOIN document d ON d.id = l.document_id
     WHERE l.case_line_id = {line} AND d.prefix = 'TK')
"""

# What a refund was paid for was inspected when its paper was posted, unless something cheaper was sent first: until
# the goods are here and settled their inspection may say one thing and then another.
_TAKEN_BACK = """
    EXISTS (SELECT 1 FROM document_line l JOIN document d ON d.id = l.document_id
        WHERE l.case_line_id = {line} AND l.direction = 'in' AND d.prefix = 'TH')
"""

_COMES_BACK = f"""
    (received_milli > 0 OR {_TAKEN_BACK.format(line="case_line.id")})
"""

# What one case line brought into the shop and still has at one place. Goods handed out of stock in exchange
# ("issued", and their return when that is reversed) are other goods and do not count.
_OWN_GOODS = """
    case_line_id = NEW.case_line_id AND kind IN ('received', 'disposed', 'handed_back', 'reversed', 'count')
    AND NOT (kind = 'reversed' AND from_place = 'OUT')
"""
_AT_PLACE = f"""
    (SELECT COALESCE(SUM(CASE WHEN to_place = NEW.from_place THEN quantity_milli
                              WHEN from_place = NEW.from_place THEN -quantity_milli ELSE 0 END), 0)
     FROM stock_entry WHERE {_OWN_GOODS})
"""
_CAME_IN = f"""
    (SELECT COALESCE(SUM(CASE WHEN kind = 'received' THEN quantity_milli
                              WHEN kind = 'reversed' AND to_place = 'OUT' THEN -quantity_milli ELSE 0 END), 0)
     FROM stock_entry WHERE {_OWN_GOODS})
"""

# Of one case line: pieces that came in and did not go back to the customer, and pieces that were refunded.
STILL_HERE = """
    (SELECT COALESCE(SUM(CASE WHEN kind = 'received' THEN quantity_milli
                              WHEN kind = 'handed_back' THEN -quantity_milli
                              WHEN to_place = 'OUT' THEN -quantity_milli ELSE 0 END), 0)
     FROM stock_entry WHERE case_line_id = {line} AND kind IN ('received', 'handed_back', 'reversed'))
"""

# Spoilt goods, found so at the counter or when they were looked at later, leave the shop by way of destruction
# alone: out of V6.
_SPOILT = """NOT (NEW.to_place = 'OUT' AND NEW.from_place = 'V6') AND (
    EXISTS (SELECT 1 FROM case_line WHERE id = NEW.case_line_id AND condition = 'K14'
            AND NOT (NEW.to_place = 'OUT' AND disposition = 'V6'))
    OR EXISTS (SELECT 1 FROM goods_move m JOIN stock_entry e ON e.seq = m.stock_id
               WHERE e.case_line_id = NEW.case_line_id AND m.condition = 'K14'))"""

GUARDS: tuple[Guard, ...] = (
    *(
        Guard(
            f"guard_case_line_sold_{act.split()[0].lower()}",
            f"AFTER {act}",
            "case_line",
            _CASE_LINE_OVER,
            "guard.overreturned",
            mendable=True,
        )
        for act in ("INSERT", "UPDATE OF quantity_milli, state, sale_line_id")
    ),
    Guard(
        "guard_document_line_sold",
        "AFTER INSERT",
        "document_line",
        f"NEW.direction = 'in' AND NEW.sale_line_id IS NOT NULL AND ({_BROUGHT_IN}"
        f" > (SELECT quantity_milli FROM sale_line WHERE id = NEW.sale_line_id) OR {_BROUGHT_IN} < 0)",
        "guard.overreturned",
        mendable=True,
    ),
    Guard(
        "guard_case_line_not_split",
        "BEFORE INSERT",
        "case_line",
        SPLIT,
        "guard.split_line",
        mendable=True,
    ),
    Guard(
        "guard_document_line_not_split",
        "BEFORE INSERT",
        "document_line",
        f"{SPLIT} AND NEW.reverses_line_id IS NULL",
        "guard.split_line",
        mendable=True,
    ),
    Guard(
        "guard_sale_line_split_untouched",
        "BEFORE INSERT",
        "sale_line",
        f"""NEW.split_of_id IS NOT NULL AND (
            EXISTS (SELECT 1 FROM case_line WHERE sale_line_id = NEW.split_of_id AND {HELD})
            OR EXISTS (SELECT 1 FROM document_line WHERE sale_line_id = NEW.split_of_id)
            OR EXISTS (SELECT 1 FROM sale_line WHERE id = NEW.split_of_id AND split_of_id IS NOT NULL))""",
        "guard.split_used",
        mendable=True,
    ),
    Guard(
        "guard_sale_line_split_paid",
        "AFTER INSERT",
        "sale_line",
        """NEW.split_of_id IS NOT NULL AND
        (SELECT SUM(paid_fen) FROM sale_line WHERE split_of_id = NEW.split_of_id)
        > (SELECT paid_fen FROM sale_line WHERE id = NEW.split_of_id)""",
        "guard.split_paid",
        mendable=True,
    ),
    Guard(
        "guard_case_line_gone",
        "BEFORE UPDATE OF state",
        "case_line",
        f"""(OLD.state = 'returned' AND NEW.state = 'kept') OR (NEW.state = 'released' AND OLD.state <> 'released'
        AND ({STILL_HERE.format(line="OLD.id")} > 0 OR {REFUNDED.format(line="OLD.id")} > 0))""",
        "guard.frozen",
    ),
    Guard(
        "guard_case_line_documented",
        "BEFORE UPDATE OF quantity_milli",
        "case_line",
        """NEW.quantity_milli <> OLD.quantity_milli
        AND EXISTS (SELECT 1 FROM document_line WHERE case_line_id = OLD.id)""",
        "guard.frozen",
    ),
    Guard(
        "guard_document_line_accepted",
        "AFTER INSERT",
        "document_line",
        f"""NEW.case_line_id IS NOT NULL AND (NEW.quantity_milli > 0 OR NEW.amount_fen > 0)
        AND (SELECT prefix FROM document WHERE id = NEW.document_id) = 'TK'
        AND EXISTS (SELECT 1 FROM case_line WHERE id = NEW.case_line_id AND {_COMES_BACK}
            AND (accepted_milli = 0 OR accepted_milli < {REFUNDED.format(line="case_line.id")}))""",
        "guard.not_accepted",
        mendable=True,
    ),
    Guard(
        "guard_case_line_accepted",
        "BEFORE UPDATE OF accepted_milli",
        "case_line",
        f"""NEW.accepted_milli < OLD.accepted_milli AND NEW.accepted_milli < {REFUNDED.format(line="OLD.id")}
        AND (OLD.state <> 'reserved' OR {_TAKEN_BACK.format(line="OLD.id")})""",
        "guard.not_accepted",
        mendable=True,
    ),
    Guard(
        "guard_stock_entry_once",
        "BEFORE INSERT",
        "stock_entry",
        """NEW.document_line_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM stock_entry WHERE document_line_id = NEW.document_line_id AND kind = NEW.kind
            AND from_place = NEW.from_place AND to_place = NEW.to_place)""",
        "guard.moved_twice",
    ),
    Guard(
        "guard_stock_entry_there",
        "BEFORE INSERT",
        "stock_entry",
        f"""NEW.case_line_id IS NOT NULL AND NEW.from_place <> 'OUT'
        AND NEW.kind IN ('disposed', 'handed_back', 'reversed', 'count') AND {_AT_PLACE} < NEW.quantity_milli""",
        "guard.moved_twice",
    ),
    Guard(
        "guard_stock_entry_received",
        "AFTER INSERT",
        "stock_entry",
        f"""NEW.case_line_id IS NOT NULL AND NEW.kind = 'received'
        AND {_CAME_IN} > (SELECT quantity_milli FROM case_line WHERE id = NEW.case_line_id)""",
        "guard.moved_twice",
    ),
    Guard(
        "guard_stock_entry_spoilt",
        "BEFORE INSERT",
        "stock_entry",
        f"""NEW.kind NOT IN ('issued', 'reversed', 'handed_back', 'count')
        AND NEW.to_place NOT IN ('V0', 'V6', 'V10') AND {_SPOILT}""",
        "guard.spoilt",
        mendable=True,
    ),
    *(
        Guard(
            f"guard_case_line_spoilt_{act.split()[0].lower()}",
            f"BEFORE {act}",
            "case_line",
            """NEW.condition = 'K14' AND (NEW.disposition NOT IN ('', 'V0', 'V6', 'V10', 'V11', 'V12')
            OR (NEW.accepted_milli > 0 AND NEW.disposition IN ('V11', 'V12')))""",
            "guard.spoilt",
            mendable=True,
        )
        for act in ("INSERT", "UPDATE OF condition, disposition, accepted_milli")
    ),
)

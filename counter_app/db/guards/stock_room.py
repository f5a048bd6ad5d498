"""The stock room: goods leave it by their papers alone, claims and recalls end once, counts are kept as counted."""

from __future__ import annotations

from counter_app.db.guards.trigger import Guard

# Goods of the shop itself, not tied to a case: what lies at the place by article.
_ON_HAND = """
    (SELECT COALESCE(SUM(quantity_milli), 0) FROM stock_held INDEXED BY stock_held_product
     WHERE product_id = NEW.product_id AND place = NEW.from_place AND quantity_milli <> 0)
"""


def _only_with(place: str, prefix: str) -> Guard:
    """Goods leave the shop from this place with a paper of that kind alone."""
    return Guard(
        f"guard_stock_entry_leaves_{place.lower()}",
        "BEFORE INSERT",
        "stock_entry",
        f"""NEW.kind = 'disposed' AND NEW.from_place = '{place}' AND NEW.to_place = 'OUT'
        AND NOT EXISTS (SELECT 1 FROM document WHERE id = NEW.document_id AND prefix = '{prefix}')""",
        "guard.goods_paper",
    )


GUARDS: tuple[Guard, ...] = (
    _only_with("V4", "TC"),
    _only_with("V6", "XH"),
    Guard(
        "guard_stock_entry_on_hand",
        "BEFORE INSERT",
        "stock_entry",
        f"""NEW.case_line_id IS NULL AND NEW.kind IN ('disposed', 'given')
        AND (NEW.product_id IS NULL OR {_ON_HAND} < NEW.quantity_milli)""",
        "guard.not_there",
        mendable=True,
    ),
    Guard(
        "guard_scrap_paper",
        "BEFORE INSERT",
        "scrap",
        "NOT EXISTS (SELECT 1 FROM document WHERE id = NEW.document_id AND prefix = 'XH')",
        "guard.goods_paper",
    ),
    Guard(
        "guard_claim_paper",
        "BEFORE INSERT",
        "claim",
        """NOT EXISTS (SELECT 1 FROM document WHERE id = NEW.document_id
        AND prefix = CASE NEW.kind WHEN 'supplier' THEN 'TC' ELSE 'ZC' END)""",
        "guard.goods_paper",
    ),
    Guard(
        "guard_claim_closed_once",
        "BEFORE UPDATE",
        "claim",
        "OLD.closed_at IS NOT NULL",
        "guard.claim_closed",
        mendable=True,
    ),
    Guard(
        "guard_recall_numbered",
        "BEFORE INSERT",
        "recall",
        "NOT EXISTS (SELECT 1 FROM number WHERE number = NEW.number AND prefix = 'ZH')",
        "guard.number_unknown",
    ),
    Guard(
        "guard_recall_closed_once",
        "BEFORE UPDATE",
        "recall",
        "OLD.closed_at IS NOT NULL",
        "guard.recall_closed",
        mendable=True,
    ),
    Guard(
        "guard_count_session_one_open",
        "BEFORE INSERT",
        "count_session",
        "EXISTS (SELECT 1 FROM count_session WHERE place = NEW.place AND state = 'open')",
        "guard.count_open",
        mendable=True,
    ),
    Guard(
        "guard_count_session_closed_once",
        "BEFORE UPDATE",
        "count_session",
        "OLD.state <> 'open'",
        "guard.count_closed",
        mendable=True,
    ),
    *(
        Guard(
            f"guard_count_line_open_{act.lower()}",
            f"BEFORE {act}",
            "count_line",
            "NOT EXISTS (SELECT 1 FROM count_session WHERE id = NEW.session_id AND state = 'open')",
            "guard.count_closed",
            mendable=True,
        )
        for act in ("INSERT", "UPDATE")
    ),
)

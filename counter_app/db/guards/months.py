"""A closed month stays closed: nothing is dated into it, and no document of it gets another line."""

from __future__ import annotations

from typing import Any

from counter_app.db.guards.trigger import Guard
from counter_app.db.models import (
    MODELS,
    Compensation,
    Deposit,
    DepositMove,
    DocumentLine,
    GoodsLine,
    MonthLock,
    Row,
    Settlement,
)

_PAPERS: tuple[type[Row], ...] = (DocumentLine, Settlement, Deposit, DepositMove, Compensation, GoodsLine)
"""What belongs to a document of another table."""


def _table(model: type[Row]) -> str:
    return str(model._meta.table_name)


def _dated(model: type[Row]) -> bool:
    meta: Any = model._meta
    return "business_date" in meta.fields and model is not MonthLock


GUARDS: tuple[Guard, ...] = (
    *(
        Guard(
            f"guard_{_table(model)}_month_open",
            "BEFORE INSERT",
            _table(model),
            "EXISTS (SELECT 1 FROM month_lock WHERE month = substr(NEW.business_date, 1, 7))",
            "guard.month_closed",
            mendable=True,
        )
        for model in MODELS
        if _dated(model)
    ),
    *(
        Guard(
            f"guard_{_table(model)}_paper_open",
            "BEFORE INSERT",
            _table(model),
            """EXISTS (SELECT 1 FROM month_lock WHERE month =
            (SELECT substr(business_date, 1, 7) FROM document WHERE id = NEW.document_id))""",
            "guard.month_closed",
            mendable=True,
        )
        for model in _PAPERS
    ),
    Guard(
        "guard_shift_month_open_change",
        "BEFORE UPDATE",
        "shift",
        "EXISTS (SELECT 1 FROM month_lock WHERE month = substr(OLD.business_date, 1, 7))",
        "guard.month_closed",
        mendable=True,
    ),
    Guard(
        "guard_month_lock_over",
        "BEFORE INSERT",
        "month_lock",
        """NEW.last_day >= NEW.business_date OR substr(NEW.first_day, 1, 7) IS NOT NEW.month
        OR substr(NEW.last_day, 1, 7) IS NOT NEW.month""",
        "guard.month_not_over",
        mendable=True,
    ),
    Guard(
        "guard_month_lock_in_order",
        "BEFORE INSERT",
        "month_lock",
        "EXISTS (SELECT 1 FROM month_lock WHERE month > NEW.month)",
        "guard.month_order",
        mendable=True,
    ),
    Guard(
        "guard_month_lock_shifts",
        "BEFORE INSERT",
        "month_lock",
        "EXISTS (SELECT 1 FROM shift WHERE closed_at IS NULL AND business_date <= NEW.last_day)",
        "guard.month_shift_open",
        mendable=True,
    ),
)

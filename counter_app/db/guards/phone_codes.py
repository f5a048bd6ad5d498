"""Invariant 13: a one-time code is used once, by one act, or withdrawn; its hash never changes."""

from __future__ import annotations

from counter_app.db.guards.rows import table_of
from counter_app.db.guards.trigger import Guard
from counter_app.db.models import PhoneCode

_TABLE = table_of(PhoneCode)

GUARDS: tuple[Guard, ...] = (
    Guard(
        "guard_phone_code_once",
        "BEFORE UPDATE",
        _TABLE,
        "OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL",
        "guard.frozen",
    ),
    Guard(
        "guard_phone_code_frozen",
        "BEFORE UPDATE",
        _TABLE,
        "NEW.code_hash IS NOT OLD.code_hash OR NEW.made_at IS NOT OLD.made_at",
        "guard.frozen",
    ),
)

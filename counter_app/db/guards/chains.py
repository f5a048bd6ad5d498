"""Invariant 14: a ledger row can only be added, next in order, and must name the hash before it."""

from __future__ import annotations

from counter_app.db.guards.trigger import Guard

FIRST_PREVIOUS = "0" * 64
"""What the first row of a chain names as the hash before it."""


def _chain(table: str) -> tuple[Guard, ...]:
    return (
        Guard(
            f"guard_{table}_next",
            "BEFORE INSERT",
            table,
            f'NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM "{table}")',
            "guard.chain",
        ),
        Guard(
            f"guard_{table}_previous",
            "BEFORE INSERT",
            table,
            f"""NEW.prev_hash IS NOT COALESCE(
            (SELECT hash FROM "{table}" WHERE seq = NEW.seq - 1), '{FIRST_PREVIOUS}')""",
            "guard.chain",
        ),
    )


GUARDS: tuple[Guard, ...] = (*_chain("money_entry"), *_chain("stock_entry"), *_chain("seal"))

"""Guards: triggers that hold even against a bug in the program, or another program with the file open."""

from __future__ import annotations

from peewee import SqliteDatabase

from counter_app.db import figures, kept_sums
from counter_app.db.guards import (
    chains,
    frozen,
    goods,
    months,
    papers,
    phone_codes,
    refunds,
    rows,
    staff,
    stock_room,
)
from counter_app.db.guards.trigger import Guard

GUARDS: tuple[Guard, ...] = (
    *rows.GUARDS,
    *frozen.GUARDS,
    *goods.GUARDS,
    *refunds.GUARDS,
    *papers.GUARDS,
    *chains.GUARDS,
    *stock_room.GUARDS,
    *months.GUARDS,
    *phone_codes.GUARDS,
    *staff.GUARDS,
)
CODES: dict[str, bool] = {guard.code: guard.mendable for guard in GUARDS}
"""Every code a guard may raise, and whether a person can mend it."""
TRIGGERS: dict[str, str] = {
    **{guard.name: guard.sql for guard in GUARDS},
    **{keeper.name: keeper.sql for keeper in (*figures.KEEPERS, *kept_sums.KEEPERS)},
}
"""Everything of this kind in the file: what refuses, and what keeps the figures of reports and other sums."""


def present(db: SqliteDatabase) -> dict[str, str]:
    """Triggers in the file, by name."""
    rows_found = db.execute_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    return dict(rows_found.fetchall())


def missing(db: SqliteDatabase) -> list[str]:
    """Guards that are absent from the file or differ from the program's."""
    there = present(db)
    return [name for name, sql in TRIGGERS.items() if there.get(name) != sql]


def foreign(db: SqliteDatabase) -> list[str]:
    """Triggers in the file that are not the program's."""
    return [name for name in present(db) if name not in TRIGGERS]


def in_place(db: SqliteDatabase) -> bool:
    """Whether the file has exactly the program's guards."""
    return present(db) == TRIGGERS


def remove(db: SqliteDatabase) -> None:
    """Take every trigger off, around a migration."""
    for name in present(db):
        db.execute_sql(f'DROP TRIGGER "{name}"')


def install(db: SqliteDatabase) -> None:
    """Put exactly the program's guards in place."""
    remove(db)
    for sql in TRIGGERS.values():
        db.execute_sql(sql)

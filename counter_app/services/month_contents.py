"""Which tables an archive has, in the order of its sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from counter_app.services.month_accounts import DEPOSITS, OWED, RED_INVOICES, SUBSIDIES, VOUCHERS
from counter_app.services.month_cases import APPROVALS, CASES, EXCEPTIONS, LINES, REFUSED
from counter_app.services.month_money import COMPENSATIONS, EXCHANGES, GOODS, RECEIPTS, REFUNDS, REVERSALS
from counter_app.services.month_papers import BILLS, CLAIMS, GIFTS, PLACES, SCRAPPED, SHIFTS
from counter_app.services.month_tables import Table

TABLES: Final[tuple[Table, ...]] = (
    CASES,
    LINES,
    REFUNDS,
    RECEIPTS,
    EXCHANGES,
    COMPENSATIONS,
    GOODS,
    APPROVALS,
    REVERSALS,
    REFUSED,
    EXCEPTIONS,
    OWED,
    BILLS,
    SHIFTS,
    DEPOSITS,
    RED_INVOICES,
    SUBSIDIES,
    PLACES,
    SCRAPPED,
    GIFTS,
    CLAIMS,
    VOUCHERS,
)


def tables(*, costs: bool) -> tuple[Table, ...]:
    """The tables as their reader may see them: cost columns only with `costs`."""
    if costs:
        return TABLES
    return tuple(replace(table, fields=tuple(one for one in table.fields if not one.cost)) for table in TABLES)


def places(table: Table) -> tuple[int, ...]:
    """Which columns of a table's query its fields take, in order: a column left out stays in the query."""
    whole = next(one for one in TABLES if one.key == table.key)
    return tuple(whole.fields.index(field) for field in table.fields)

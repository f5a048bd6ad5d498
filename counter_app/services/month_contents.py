"""Which tables an archive has, in the order of its sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from counter_app.services.month_accounts import DEPOSITS, OWED, RED_INVOICES, SUBSIDIES
from counter_app.services.month_cases import APPROVALS, CASES, EXCEPTIONS, LINES, REFUSED
from counter_app.services.month_documents import DOCUMENTS
from counter_app.services.month_money import COMPENSATIONS, EXCHANGES, GOODS, RECEIPTS, REFUNDS, REVERSALS
from counter_app.services.month_papers import BILLS, CLAIMS, GIFTS, PLACES, SCRAPPED, SHIFTS
from counter_app.services.month_tables import Table
from counter_app.services.month_vouchers import VOUCHERS

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
    DOCUMENTS,
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


FORMAT: Final = 4
"""1: up to 26 sheets without tables of the program's own; 2: tables, named totals, contents, costs in vouchers;
3: every number on a sheet of its own, a seal for each sheet; 4: a year is called one, categories in words."""
NATIVE: Final = 2
"""From this format on the sheets are laid out as they are now."""
WORDED: Final = 4
"""From this format on titles tell a year from a month, and every code has its words."""


WORDED_LATER: Final = {("slip", "receipt"): WORDED}
"""Codes of a worded column that had no words of their own before a format: archives of then show the code."""


def tables(*, costs: bool, form: int = FORMAT) -> tuple[Table, ...]:
    """The tables as their reader may see them: cost columns only with `costs`. `form` is the format of the archive:
    one of before has the columns of before as well, and no tables that came later."""
    gone = form < NATIVE
    return tuple(
        replace(
            table,
            fields=tuple(one for one in table.fields if (costs or not one.cost) and (gone or not one.gone)),
        )
        for table in TABLES
        if table.since <= form
    )


def title(period: str, form: int = FORMAT) -> str:
    """The word for what an archive of this period (`2026-11` or `2026`) is called."""
    return "summary.title" if "-" in period or form < WORDED else "summary.title_year"


def whole(key: str) -> Table:
    """A table with every column it has or had."""
    return next(one for one in TABLES if one.key == key)


def places(table: Table) -> tuple[int, ...]:
    """Which columns of a table's query its fields take, in order: a column left out stays in the query."""
    fields = whole(table.key).fields
    return tuple(fields.index(field) for field in table.fields)

"""Lists of columns spelled in one go read just what peewee would have read."""

from __future__ import annotations

from typing import Any

import pytest
from peewee import ModelSelect

from counter_app.db.models import CaseLine, Sale, SaleLine, Staff


def plainly(query: Any) -> Any:
    """The same query, its columns spelled by peewee."""
    query.__class__ = ModelSelect
    return query


@pytest.mark.parametrize(
    "query",
    [
        lambda: Staff.select(),
        lambda: Staff.select(Staff.id, Staff.name).where(Staff.code == "01").order_by(Staff.code),
        lambda: CaseLine.select(CaseLine, SaleLine).join(SaleLine).where(CaseLine.case == 1),
        lambda: SaleLine.select(SaleLine, Sale).join(Sale).where(SaleLine.id << [1, 2]).limit(3),
        lambda: Sale.select().where(Sale.id << SaleLine.select(SaleLine.sale).where(SaleLine.name == "x")),
        lambda: Sale.select().where(Sale.id << SaleLine.select()),
        lambda: Sale.select(Sale.id, Sale.paid_fen + Sale.freight_fen),
    ],
)
def test_a_query_reads_the_same_columns_however_they_are_spelled(query: Any) -> None:
    assert query().sql() == plainly(query()).sql()

"""Queries spelled and compiled the quick way read just what peewee would have read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from fixtures_shop import SmallShop
from peewee import JOIN, ModelSelect, fn
from peewee import Case as Choice

from counter_app.db import statements
from counter_app.db.models import Case, CaseLine, Document, Proof, Sale, SaleLine, Staff, Task
from counter_app.db.reading_sql import rows_beside, rows_of

earlier = Document.alias()
QUERIES: list[Callable[[Any], Any]] = [
    lambda v: Staff.select(),
    lambda v: Staff.select(Staff.id, Staff.name).where(Staff.code == str(v)).order_by(Staff.code.desc()),
    lambda v: CaseLine.select(CaseLine, SaleLine).join(SaleLine).where(CaseLine.case == v),
    lambda v: SaleLine.select(SaleLine, Sale).join(Sale).where(SaleLine.id << [v, 2]).limit(3),
    lambda v: SaleLine.select().where(SaleLine.id << [v]),
    lambda v: SaleLine.select().where(SaleLine.id << []),
    lambda v: SaleLine.select().where(SaleLine.id.not_in([v, 3])),
    lambda v: Sale.select().where(Sale.id << SaleLine.select(SaleLine.sale).where(SaleLine.line_no == v)),
    lambda v: Sale.select().where(Sale.id << SaleLine.select()),
    lambda v: Sale.select(Sale.id, Sale.paid_fen + Sale.freight_fen),
    lambda v: Sale.select().where((Sale.purchased_on <= date(2026, 11, v)) | Sale.received_on.is_null()),
    lambda v: Sale.select().where(Sale.order_no.startswith(f"M{v}") & (Sale.paid_fen > v)),
    lambda v: SaleLine.select().where(SaleLine.indivisible == bool(v - 1)),
    lambda v: Case.select(fn.MAX(Case.id)).where(Case.state.not_in(("a", "b"))),
    lambda v: Task.select(Task, Case).join(Case, JOIN.LEFT_OUTER, on=(Task.case == Case.id)).order_by(
        fn.COALESCE(Task.due_on, "9999"), Task.id
    ),
    lambda v: Document.select(Document, earlier.number.alias("old"))
    .join(earlier, JOIN.LEFT_OUTER, on=(Document.reverses == earlier.id))
    .where(earlier.case == v),
    lambda v: Document.select(Document, earlier).join(earlier, on=(Document.reverses == earlier.id)),
    lambda v: SaleLine.select(SaleLine.sale, fn.SUM(SaleLine.paid_fen)).group_by(SaleLine.sale).tuples(),
    lambda v: Sale.select().where(Sale.id == v).limit(v).offset(v),
    lambda v: Sale.select(
        Sale, fn.EXISTS(earlier.select(earlier.id).where(earlier.case == Sale.id, earlier.prefix == f"T{v}")).alias("x")
    ).where(Sale.id > v),
    lambda v: Proof.select(fn.GROUP_CONCAT(Choice(None, [(Proof.corrects_id.is_null(), Proof.reference)]), "\n")).where(
        Proof.settlement == v, ~fn.EXISTS(earlier.select(earlier.id).where(earlier.case == v))
    ),
]  # fmt: skip

CHANGES: list[Callable[[Any], Any]] = [
    lambda v: Sale.update(paid_fen=v, area="望江区").where(Sale.id == v),
    lambda v: Sale.update(area=f"{v}区", received_on=date(2026, 11, v), order_no="x").where(
        Sale.id << [v, 4]
    ),
    lambda v: Task.update(done_at=v, result="done").where(Task.walk == v, Task.done_at.is_null()),
    lambda v: Case.update(plan={"walks": {"1": v}}, next_due_on=None).where(Case.id == v),
    lambda v: Sale.update(paid_fen=Sale.paid_fen + v).where(Sale.id == v),
    lambda v: Sale.update({Sale.area: f"{v}"}),
]


def plainly(query: Any) -> Any:
    """What peewee itself compiles."""
    if isinstance(query, ModelSelect):
        query.__class__ = ModelSelect
    return query.sql()


@pytest.fixture
def forgotten() -> Iterator[None]:
    statements._sql.clear()
    yield
    statements._sql.clear()


@pytest.mark.parametrize("query", [*QUERIES, *CHANGES])
def test_a_query_is_the_same_however_it_is_compiled(query: Callable[[Any], Any], forgotten: None) -> None:
    for value in (1, 2, 3):
        wanted = plainly(query(value))
        asked = query(value)
        found = statements.compiled(asked, lambda value=value: plainly(query(value)))
        assert (found[0], list(found[1])) == (wanted[0], list(wanted[1]))


def test_a_known_shape_is_not_compiled_again(forgotten: None) -> None:
    compiled = 0

    def counted(query: Any) -> Any:
        nonlocal compiled
        compiled += 1
        return plainly(query)

    for value in range(5):
        statements.compiled(QUERIES[2](value), lambda value=value: counted(QUERIES[2](value)))
    assert compiled == 1


def test_a_value_of_another_kind_is_another_shape(forgotten: None) -> None:
    for value in (1, None, "x"):
        query = Sale.select().where(Sale.id == value)
        found = statements.compiled(query, lambda value=value: plainly(Sale.select().where(Sale.id == value)))
        assert list(found) == list(plainly(Sale.select().where(Sale.id == value)))


def test_rows_made_at_once_are_the_rows_peewee_makes(shop: SmallShop) -> None:
    line = shop.sale(name="电水壶", no_return_confirmed=True)
    quick = Sale.get_by_id(line.sale_id)
    slow = Sale.select()
    slow.__class__ = ModelSelect
    (usual,) = [row for row in slow if row.id == line.sale_id]
    assert quick.__data__ == usual.__data__
    assert not quick.dirty_fields
    assert isinstance(quick.purchased_on, date)
    assert SaleLine.get_by_id(line.id).sale.order_no == quick.order_no
    assert Sale.get_or_none(Sale.id == 999) is None
    assert Sale.get_or_none(Sale.order_no == quick.order_no).__data__ == quick.__data__
    assert Sale.get_or_none(Sale.received_on == None) is not None  # noqa: E711  a column that holds nothing
    assert Sale.get_or_none(Sale.id != line.sale_id) is None
    with pytest.raises(Sale.DoesNotExist):
        Sale.get(Sale.id == 999)
    assert Sale.get_or_none(order_no=quick.order_no).id == quick.id


def test_rows_of_one_visit_read_at_once_are_those_peewee_reads(shop: SmallShop) -> None:
    line = shop.sale(name="电水壶", no_return_confirmed=True)
    quick = rows_beside(SaleLine, "sale", sale=line.sale_id)
    usual = list(
        SaleLine.select(SaleLine, Sale).join(Sale).where(SaleLine.sale == line.sale_id).order_by(SaleLine.id)
    )
    assert [(row.__data__, row.sale.__data__) for row in quick] == [
        (row.__data__, row.sale.__data__) for row in usual
    ]
    assert quick and quick[0].no_return_confirmed is True
    assert [row.id for row in rows_of(Sale, order="order_no", id=line.sale_id)] == [line.sale_id]
    assert rows_of(Sale, order_no="nobody's") == []

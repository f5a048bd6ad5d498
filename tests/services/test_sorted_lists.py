"""A list sorted by a column shows every row once, in order, however its pages fall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import IntegerField, Model, SqliteDatabase
from visits import Counter, build_shop, opened

from counter_app.db.models import Case, Product, Sale
from counter_app.domain.errors import UserError
from counter_app.domain.list_order import Order
from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine
from counter_app.services import case_order, case_rows, products, sale_list
from counter_app.services.cases import CaseFilter
from counter_app.services.desk import Desk
from counter_app.services.sorted_pages import page

WAYS = pytest.mark.parametrize("down", [False, True], ids=["up", "down"])


class Thing(Model):
    """A row with a key that others have too."""

    key = IntegerField(index=True)


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as made:
        yield made


@pytest.fixture(scope="module")
def things() -> Iterator[SqliteDatabase]:
    db = SqliteDatabase(":memory:")
    with db.bind_ctx([Thing]):
        db.create_tables([Thing])
        yield db
    db.close()


@given(
    keys=st.lists(st.integers(0, 4), max_size=25),
    down=st.booleans(),
    size=st.integers(1, 7),
    by_id=st.booleans(),
)
def test_pages_by_key_give_the_sorted_rows_once_each(
    things: SqliteDatabase, keys: list[int], down: bool, size: int, by_id: bool
) -> None:
    Thing.delete().execute()
    Thing.insert_many([{"key": key} for key in keys]).execute()
    field = Thing.id if by_id else Thing.key
    shown: list[Any] = []
    while True:
        after = (getattr(shown[-1], field.name), shown[-1].id) if shown else None
        found = page(Thing.select(), field, down, after, size)
        shown += found
        if len(found) < size:
            break
    there = [(getattr(row, field.name), row.id) for row in Thing.select()]
    assert [(getattr(row, field.name), row.id) for row in shown] == sorted(there, reverse=down)


def _walked(fetch: Callable[[Any, int], Sequence[Any]], size: int) -> list[Any]:
    shown: list[Any] = []
    while True:
        found = fetch(shown[-1] if shown else None, size)
        shown += found
        if len(found) < size:
            return shown


@WAYS
@pytest.mark.parametrize("by", list(sale_list.SORTED))
def test_sales_stand_by_day_number_or_money(counter: Counter, by: str, down: bool) -> None:
    for number in range(11):
        counter.sell(
            NewLine("保温杯", 1000, 1990 * (1 + number % 3)),
            tenders={"cash": 1990 * (1 + number % 3)},
            days_ago=number % 4,
            order_no=f"TB-{(number * 7) % 11:03d}",
        )
    wanted = sorted(((getattr(row, by), row.id) for row in Sale.select()), reverse=down)
    for size in (1, 2, 3, 50):
        shown = _walked(
            lambda last, count: sale_list.list_sorted(counter.desk, Order(by, down), last, count), size
        )
        assert [(getattr(row, by), row.sale_id) for row in shown] == wanted


@WAYS
@pytest.mark.parametrize("by", list(products.SORTED))
def test_articles_stand_by_code_or_price_also_without_those_no_longer_sold(
    desk: Desk, by: str, down: bool
) -> None:
    for number in range(11):
        new = NewProduct(f"K-{(number * 7) % 11:03d}", "杯", 100 * (number % 3), active=number % 4 > 0)
        products.save_product(desk, new)
    for active_only in (True, False):
        rows = [row for row in Product.select() if row.active or not active_only]
        wanted = sorted(((getattr(row, by), row.id) for row in rows), reverse=down)
        for size in (1, 2, 50):
            shown = _walked(
                lambda last, count, active_only=active_only: products.list_products(
                    desk, active_only=active_only, limit=count, after=last, order=Order(by, down)
                ),
                size,
            )
            assert [(getattr(row, by), row.id) for row in shown] == wanted


STATES = ("open", "waiting_goods", "closed", "waiting_approval", "open", "settled", "waiting_goods")


@pytest.fixture
def visited(counter: Counter) -> Counter:
    """Visits in several states, two of them late."""
    for at, state in enumerate(STATES):
        opened = counter.visit(counter.simple_sale())
        due = date(2026, 1, 2) if at in (1, 3) else None
        with counter.desk.db.atomic("IMMEDIATE"):
            case_rows.touch(counter.desk, opened.case_id, state=state, next_due_on=due)
    return counter


@WAYS
def test_visits_stand_by_number_or_state_in_every_view(visited: Counter, down: bool) -> None:
    unfinished = {"open", "waiting_goods", "waiting_approval"}
    holds: dict[str, Callable[[Any], bool]] = {
        "": lambda row: True,
        "open": lambda row: row.state in unfinished,
        "mine": lambda row: row.state in unfinished,
        "waiting": lambda row: row.state.startswith("waiting"),
        "overdue": lambda row: row.next_due_on is not None,
        "today": lambda row: True,
    }
    for view, held in holds.items():
        for by in case_order.offered(CaseFilter(view)):
            keys = [
                (row.state if by == "state" else row.number, row.id) for row in Case.select() if held(row)
            ]
            assert keys, view
            for size in (1, 2, 50):
                shown = _walked(
                    lambda last, count, view=view, by=by: case_order.list_sorted(
                        visited.clerk, CaseFilter(view), Order(by, down), last, count
                    ),
                    size,
                )
                assert [(row.state if by == "state" else row.number, row.id) for row in shown] == sorted(
                    keys, reverse=down
                )


@pytest.mark.parametrize(
    ("wanted", "by"),
    [
        (CaseFilter(text="张伟"), "number"),
        (CaseFilter("today"), "state"),
        (CaseFilter("waiting", "", "approval"), "state"),
        (CaseFilter(), "customer"),
    ],
)
def test_an_order_without_an_index_is_not_offered_and_refused(
    desk: Desk, wanted: CaseFilter, by: str
) -> None:
    assert by not in case_order.offered(wanted)
    with pytest.raises(UserError, match=r"case\.choice"):
        case_order.list_sorted(desk, wanted, Order(by))

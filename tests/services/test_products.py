"""Articles and how much of them lies where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counter_app.db import ledger
from counter_app.domain.errors import UserError
from counter_app.domain.new_product import NewProduct
from counter_app.services import products
from counter_app.services.desk import Desk

POT = NewProduct("KX-1001", "云朵电饭煲", 29_900, barcode="2000000010014", category="SMALL", cost_fen=17_200)
NUTS = NewProduct("SP-5002", "核桃仁", 6800, category="FOOD", weighed=True)


def _kept(desk: Desk, new: NewProduct = POT) -> Any:
    return products.save_product(desk, new).value


def test_an_article_is_kept_under_its_code_and_changed_there(desk: Desk) -> None:
    first = _kept(desk)
    again = _kept(desk, NewProduct("KX-1001", "云朵电饭煲 4L", 27_900))
    assert (again.id, again.name, again.price_fen) == (first.id, "云朵电饭煲 4L", 27_900)
    assert len(products.list_products(desk)) == 1


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewProduct("", "x", 1), r"product\.name\.empty"),
        (NewProduct("a", " ", 1), r"product\.name\.empty"),
        (NewProduct("a", "x", -1), r"product\.price"),
        (NewProduct("a", "x", 1, cost_fen=10**12), r"product\.price"),
        (NewProduct("a", "x", 1, tax_rate_bp=20_000), r"product\.tax_rate"),
        (NewProduct("a", "x", 1, category="SPACESHIP"), r"product\.category"),
        (NewProduct("a", "长" * 100_000, 1), r"text\.too_long"),
        (NewProduct("a\x00", "x", 1), r"text\.control"),
        (NewProduct("a", "\u202ex", 1), r"text\.direction"),
    ],
)
def test_an_article_that_cannot_be_is_refused(desk: Desk, new: NewProduct, code: str) -> None:
    with pytest.raises(UserError, match=code):
        _kept(desk, new)
    assert products.list_products(desk) == ()


def test_articles_are_found_by_code_barcode_name_and_model(desk: Desk) -> None:
    _kept(desk)
    _kept(desk, NUTS)
    assert [one.sku for one in products.list_products(desk, "电饭")] == ["KX-1001"]
    assert [one.sku for one in products.list_products(desk, "2000 kx")] == ["KX-1001"]
    assert [one.sku for one in products.list_products(desk, after=products.list_products(desk)[0])] == [
        "SP-5002"
    ]
    assert products.list_products(desk, "100%") == (), "a percent sign is a percent sign"


@pytest.mark.req("S4-2")
def test_stock_is_the_sum_of_the_ledger(desk: Desk) -> None:
    pot = _kept(desk)
    assert products.stock_on_hand(desk, pot.id) == 0
    products.count_stock(desk, pot.id, 5000)
    products.count_stock(desk, pot.id, 3000)
    products.count_stock(desk, pot.id, 2000, "V2")
    assert products.stock_on_hand(desk, pot.id) == 3000
    assert products.product(desk, pot.id).places == {"V1": 3000, "V2": 2000}
    assert ledger.head(desk.db, "stock").rows == 3
    assert ledger.first_broken(desk.db, "stock") is None
    kinds = [row[0] for row in desk.db.execute_sql("SELECT kind FROM stock_entry ORDER BY seq").fetchall()]
    assert kinds == ["opening", "count", "count"]


def test_a_count_that_changes_nothing_writes_nothing(desk: Desk) -> None:
    pot = _kept(desk)
    products.count_stock(desk, pot.id, 5000)
    assert products.count_stock(desk, pot.id, 5000).changed == frozenset()
    assert ledger.head(desk.db, "stock").rows == 1


def test_only_weighed_goods_are_counted_in_parts(desk: Desk) -> None:
    pot, nuts = _kept(desk), _kept(desk, NUTS)
    products.count_stock(desk, nuts.id, 2385)
    assert products.stock_on_hand(desk, nuts.id) == 2385
    with pytest.raises(UserError, match=r"quantity\.whole_pieces"):
        products.count_stock(desk, pot.id, 1500)
    with pytest.raises(UserError, match=r"product\.count\.negative"):
        products.count_stock(desk, pot.id, -1000)


def test_costs_and_changes_need_their_rights(desk: Desk, as_role: Callable[[str], Desk]) -> None:
    pot = _kept(desk)
    clerk = as_role("clerk")
    assert pot.cost_fen == 17_200
    assert products.product(clerk, pot.id).cost_fen is None
    for act in (lambda: products.save_product(clerk, POT), lambda: products.count_stock(clerk, pot.id, 1000)):
        with pytest.raises(UserError, match=r"right\.missing"):
            act()


def test_articles_are_found_by_pinyin_the_last_added_first_and_paged_on(desk: Desk) -> None:
    for sku, name in (("A1", "云朵保温杯"), ("A2", "保温杯刷"), ("A3", "电饭煲"), ("A4", "保温杯 500ml")):
        _kept(desk, NewProduct(sku, name, 100))
    assert [one.sku for one in products.list_products(desk, "baowenbei")] == ["A4", "A2", "A1"]
    assert [one.sku for one in products.list_products(desk, "bwb 500")] == ["A4"]
    assert [one.sku for one in products.list_products(desk, "yunduo bei")] == ["A1"]
    first = products.list_products(desk, "bwb", limit=2)
    assert [one.sku for one in products.list_products(desk, "bwb", limit=2, after=first[-1])] == ["A1"]
    _kept(desk, NewProduct("A4", "热水壶", 100))
    assert [one.sku for one in products.list_products(desk, "bwb")] == ["A2", "A1"], (
        "the index follows the name"
    )
    _kept(desk, NewProduct("A2", "保温杯刷", 100, active=False))
    assert [one.sku for one in products.list_products(desk, "bwb")] == ["A1"]
    assert [one.sku for one in products.list_products(desk, "bwb", active_only=False)] == ["A2", "A1"]

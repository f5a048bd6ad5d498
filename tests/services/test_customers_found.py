"""Customers are found by what is known of them, and shown masked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.services import person_file, search


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("customers") / "shop"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(template: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(template, tmp_path / "shop") as made:
        made.simple_sale(customer_name="张伟", phone="13800001234")
        made.simple_sale(customer_name="曾敏", phone="13900005678")
        made.simple_sale(customer_name="张伟", phone="13800001234")
        yield made


@pytest.mark.parametrize(
    "typed", ["zw", "zhangwei", "wei zhang", "张伟", "张 1234", "1234", "00001", "zhangw 138"]
)
def test_a_customer_is_found_once_however_often_they_bought_and_shown_masked(
    counter: Counter, typed: str
) -> None:
    (hit,) = search.search_customers(counter.clerk, typed)
    assert (hit.customer_masked, hit.phone_masked) == ("张*", "138****1234")


def test_who_bought_last_comes_first_and_nobody_else_is_named(counter: Counter) -> None:
    found = search.search_customers(counter.clerk, "13")
    assert [one.customer_masked for one in found] == ["张*", "曾*"]
    assert [one.customer_masked for one in search.search_customers(counter.clerk, "zengmin")] == ["曾*"]
    assert search.search_customers(counter.clerk, "lisi") == ()


def test_who_looks_after_personal_data_finds_a_customer_by_part_of_what_is_known(counter: Counter) -> None:
    (hit,) = person_file.find(counter.owner, "zengmin")
    assert hit.phone_masked == "139****5678"
    assert person_file.find(counter.owner, "0000")[0].name_masked == "张*"


def test_what_is_masked_is_not_marked() -> None:
    assert search.marks("张*", "zhangwei") == []
    assert search.marks("138****1234", "13800001234") == []
    assert search.marks("138****1234", "1234") == [(7, 11)]
    assert search.marks("蓝色保温杯 500ml", "bwb 500") == [(2, 5), (6, 9)]
    assert search.marks("ＡＢＣ－１２３", "abc") == [(0, 3)]
    assert search.marks("SH01-20260305-0007", "0007 sh01") == [(0, 4), (14, 18)]
    assert search.marks("", "x") == search.marks("x", "") == []

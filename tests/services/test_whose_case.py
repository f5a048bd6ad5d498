"""Whose case it is, unmasked, for who may know: with a purchase or without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.db.models import Reveal
from counter_app.domain.errors import UserError
from counter_app.services import people


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one


def test_a_question_without_a_purchase_has_a_customer_too(counter: Counter) -> None:
    visit = counter.visit(None, name="李四", phone="13900001111")
    seen = people.reveal_customer(counter.owner, visit.case_id, "电话回访")
    assert (seen.name, seen.phone) == ("李四", "13900001111")
    assert [(row.by_id, row.why) for row in Reveal.select()] == [(1, "电话回访")]


def test_who_stands_at_the_counter_is_shown_and_else_who_bought(counter: Counter) -> None:
    bought = counter.simple_sale(customer_name="张三", phone="13812341234")
    visit = counter.visit(bought)
    assert people.reveal_customer(counter.owner, visit.case_id, "核对").name == "张三"
    proxy = counter.visit(counter.simple_sale(), name="王五", phone="13700002222")
    assert people.reveal_customer(counter.owner, proxy.case_id, "核对").name == "王五"


def test_a_case_of_nobody_says_so_and_a_clerk_may_not_look(counter: Counter) -> None:
    nobody = counter.visit(None)
    with pytest.raises(UserError, match=r"person\.unknown"):
        people.reveal_customer(counter.owner, nobody.case_id, "核对")
    named = counter.visit(counter.simple_sale())
    with pytest.raises(UserError, match=r"staff\.right\.missing"):
        people.reveal_customer(counter.clerk, named.case_id, "好奇")
    assert Reveal.select().count() == 0

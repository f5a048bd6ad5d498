"""Deposits the shop holds: the customers' money, told until it went back or was kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.services import deposits, reversal

SENT_FIRST = ("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        one.open_drawer()
        yield one


def test_a_deposit_is_held_from_its_proof_until_it_goes_back(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST).choose(deposit={"amount_fen": 10_000, "tender": "wechat"})
    visit.post()
    assert deposits.held(counter.clerk) == (), "it was not received yet"
    visit.settle()
    (held,) = deposits.held(counter.clerk)
    assert (held.case_number, held.open_fen, held.tender, held.late) == (visit.case.number, 10_000, "wechat", False)
    assert held.due_on is not None
    counter.clock.forward(days=60)
    assert deposits.held(counter.clerk)[0].late
    counter.clock.forward(days=-60)
    visit.go("arrived", "confirmed").post()
    assert deposits.held(counter.clerk) == ()


def test_a_deposit_that_was_reversed_is_not_held(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST).choose(deposit={"amount_fen": 10_000, "tender": "cash"})
    posted = visit.post()
    number = next(paper.number for paper in posted.documents if paper.prefix == "YJ")
    assert len(deposits.held(counter.clerk)) == 1
    reversal.reverse(counter.owner, number, "录错", counter.request(), by=counter.boss)
    assert deposits.held(counter.clerk) == ()

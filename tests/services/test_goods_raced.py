"""Two windows give the same goods a place at once: they move exactly once (invariant 10)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import goods_racing
import pytest
from racing import together
from visits import Counter, build_shop, opened

from counter_app.db.models import CaseLine, StockEntry
from counter_app.services import goods


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "店 1") as one:
        yield one
        one.sound()


def _window(counter: Counter, product: int, line: int, place: str, request: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            goods_racing.__file__,
            str(counter.desk.folder),
            str(product),
            str(line),
            place,
            request,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("places", [("V1", "V2"), ("V1", "V1"), ("V6", "V1")])
def test_two_windows_give_the_same_piece_one_place(counter: Counter, places: tuple[str, str]) -> None:
    sale = counter.simple_sale(stock=0)
    visit = counter.visit(sale)
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    line, product = CaseLine.get(CaseLine.case == visit.case_id).id, sale.lines[0].product_id
    assert product is not None
    before = StockEntry.select().count()
    assert goods.held(counter.clerk, line) == {"V0": 1000}
    told = together(
        _window(counter, product, line, places[0], "window-a"),
        _window(counter, product, line, places[1], "window-b"),
    )
    assert sum(said.startswith("moved") for said in told) == 1, told
    refused = next(said for said in told if not said.startswith("moved"))
    assert refused.startswith(("goods.", "guard.", "quantity."))
    assert StockEntry.select().count() == before + 1
    assert sum(goods.held(counter.clerk, line).values()) == 1000
    assert goods.held(counter.clerk, line).get("V0", 0) == 0


def test_two_windows_with_one_wish_move_the_piece_once(counter: Counter) -> None:
    sale = counter.simple_sale(stock=0)
    visit = counter.visit(sale)
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    line, product = CaseLine.get(CaseLine.case == visit.case_id).id, sale.lines[0].product_id
    assert product is not None
    told = together(*(_window(counter, product, line, "V1", "one-request") for _ in range(2)))
    assert told == ["moved V1", "moved V1"]
    assert goods.held(counter.clerk, line) == {"V1": 1000}

"""What the clerk reads aloud is filled with what the visit knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, opened

from counter_app.domain.spoken import Words
from counter_app.services.read_aloud import fill


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one


def _said(visit: Visit) -> dict[str, Words]:
    return {script.code: script.text for script in visit.walk.scripts}


@pytest.mark.req("S4-74")
def test_cash_is_handed_over_now_and_said_with_its_amount(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    told = _said(visit)["T24"]
    assert told.zh == "¥199.00现在用现金退给您，请点收。再次抱歉。"
    assert told.en == "Here is ¥199.00 back in Cash; please count it. Sorry again."


@pytest.mark.req("S4-74")
def test_nothing_is_said_to_be_refunded_before_it_is(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    before = _said(visit)["T24"].zh
    assert before.startswith("¥199.00将于2026-") and "前退到微信" in before


def test_a_right_that_is_over_is_explained_with_its_last_day(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return")
    told = _said(visit)["T30"]
    assert "……" not in told.zh + told.en
    assert told.zh.endswith("。") and "因为" in told.zh


@pytest.mark.parametrize(
    ("known", "zh"),
    [
        ({}, "您这单……。"),
        ({"fits": Words("可以", "fits"), "date": Words("明天", "tomorrow")}, "明天前。您这单可以。"),
    ],
)
def test_a_bracketed_part_falls_away_with_what_is_unknown(known: dict[str, Words], zh: str) -> None:
    assert fill(Words("[{date}前。]您这单{fits}。", "[{date}. ]{fits}."), known).zh == zh

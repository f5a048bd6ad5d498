"""Facts in their written form: what is taken and what is refused, always naming the fact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import shipped, wording
from counter_app.domain.errors import UserError
from counter_app.domain.facts import FACTS, FactKind, Facts

REFUSED: list[tuple[str, Any, str]] = [
    ("price", "1.00", "walk.fact.unknown"),
    ("Today", "2026-11-21", "walk.fact.unknown"),
    *(
        ("paid", value, "walk.fact.money")
        for value in (
            "199.001",
            "-1.00",
            "+1.00",
            "1e3",
            "",
            " ",
            "1,000.00",
            ".5",
            "1.",
            "１９９",
            "￥5",
            "199.00 ",
            "199.00\n",
            "NaN",
            "9" * 9000,
        )
    ),
    *(("paid", value, "walk.fact.large") for value in ("100000000", "9" * 30)),
    *(("paid", value, "walk.fact.money") for value in (199, 199.0, True, None, [], {})),
    *(
        ("today", value, "walk.fact.day")
        for value in (
            "2026-02-30",
            "20261121",
            "2026-W47-6",
            "2026-1-1",
            "21.11.2026",
            "",
            "2026-11-21T00:00",
            " 2026-11-21",
            "２０２６-11-21",
            "0000-01-01",
            20261121,
            None,
            True,
        )
    ),
    *(("stock", value, "walk.fact.count") for value in (-1, 1.0, "1", True, False, None, [1])),
    *(("intact", value, "walk.fact.flag") for value in (1, 0, "true", "yes", None, [])),
    *(("channel", value, "walk.fact.text") for value in ("online", "", "Store", 1, None, ["store"])),
    *(("category", value, "walk.fact.text") for value in ("phone", "PHONES", "", 3, None)),
]


@pytest.mark.parametrize(("name", "value", "code"), REFUSED)
def test_a_fact_written_wrongly_is_refused_by_name(name: str, value: Any, code: str) -> None:
    with pytest.raises(UserError) as wrong:
        Facts.read({name: value}, shipped.categories())
    assert wrong.value.code == code
    for language in ("zh", "en"):
        said = wording.sentence(wrong.value, language)
        assert name in said
        assert len(said) < 300


def test_every_fact_of_the_page_is_known_with_its_kind() -> None:
    kinds = {kind: [name for name, its in FACTS.items() if its is kind] for kind in FactKind}
    assert kinds[FactKind.DAY] == ["today", "received_on", "purchased_on", "delivered_on", "last_repair_on"]
    assert len(kinds[FactKind.MONEY]) == 15
    assert len(kinds[FactKind.COUNT]) == 11
    assert kinds[FactKind.FLAG] == [
        "excluded_with_confirmation",
        "intact",
        "inspected_here",
        "goods_here",
        "three_guarantees",
        "repairable",
    ]
    assert kinds[FactKind.TEXT] == ["channel", "category"]


_WRITTEN = {
    FactKind.DAY: st.dates().map(date.isoformat),
    FactKind.MONEY: st.integers(0, 10**10 - 1).map(lambda fen: f"{fen // 100}.{fen % 100:02d}"),
    FactKind.COUNT: st.integers(0, 10**6),
    FactKind.FLAG: st.booleans(),
}


@given(st.fixed_dictionaries({}, optional={n: _WRITTEN[k] for n, k in FACTS.items() if k in _WRITTEN}))
def test_facts_are_written_as_they_were_read(written: dict[str, Any]) -> None:
    assert Facts.read(written, shipped.categories()).written() == written


@pytest.mark.parametrize(
    ("text", "fen"), [("0", 0), ("5", 500), ("5.1", 510), ("007.00", 700), ("99999999.99", 9_999_999_999)]
)
def test_money_is_plain_yuan(text: str, fen: int) -> None:
    assert Facts.read({"paid": text}, ()).paid == fen


def test_every_category_is_a_fact_one_may_give() -> None:
    assert {"PHONE", "FRIDGE", "WASH", "AC", "BOOK", "AV", "OTHER"} <= shipped.categories()
    for code in shipped.categories():
        assert Facts.read({"category": code}, shipped.categories()).category == code

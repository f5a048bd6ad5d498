"""What the index finds is what looking at every row finds, whatever is typed and within whatever is asked."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fixtures_shop import SmallShop, open_small_shop
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.db import finding, search, search_terms
from counter_app.db.models import Product

GOODS = [
    "电热水壶",
    "保温杯 500ml",
    "蓝牙耳机 Pro2",
    "iPhone 15 Pro",
    "X10-200A 机器人",
    "5号电池",
    "wu-kong_77",
]
PEOPLE = ["单雄信", "张伟", "吕方", "欧阳娜", "王芳", "John Smith"]
PIECES = ["单", "雄信", "张", "伟", "zw", "zhang", "wei", "lv", "s", "杯", "电", "水壶", "耳机", "机器人", "5", "号", "50", "500", "500m",
          "pro", "p", "x10", "x10-2", "10-2", "h01", "h01-2", "o2", "ro2", "kong_7", "-", "200a", "kong", "wu-", "_7", "77", "13", "138", "漏水", "断电", "sh01", "sh01-2", "0", "00",
          "a0", "a1-", "69", "é", "π", " ", " "]  # fmt: skip
RUN = re.compile("[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
CODE = re.compile("[a-z0-9]+(?:[-_][a-z0-9]+)*")


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, like: Path) -> Iterator[SmallShop]:
    shop, draw = open_small_shop(tmp_path_factory.mktemp("busy") / "店", like), random.Random(5)
    with shop.writing():
        for at in range(260):
            person = shop.person(draw.choice(PEOPLE), f"138{draw.randrange(10**8):08d}")
            line = shop.sale(
                person=person,
                name=draw.choice(GOODS),
                model="",
                serial="",
                order_no=f"E{draw.randrange(10**6)}",
            )
            case = shop.case(line, person, summary=draw.choice(["漏水", "断电", "少发"]))
            search.index_sale(shop.db, line.sale_id)
            search.index_case(shop.db, case.id)
            row = Product.create(
                sku=f"A{at % 7}-{at:03d}", barcode=f"69{draw.randrange(10**6):06d}", name=draw.choice(GOODS),
                category="OTHER", price_fen=100, active=draw.random() < 0.8, updated_at=1,
            )  # fmt: skip
            search.index_products(shop.db, [row.id])
    yield shop
    shop.db.close()


def scan(
    shop: SmallShop, index: search.Index, typed: str, among: Sequence[int] | None = None, before: int = 2**62
) -> list[int]:
    """Every row looked at."""
    wanted = search_terms.terms(typed)
    rows = shop.db.execute_sql(f"SELECT id, text, pinyin FROM {index.texts} ORDER BY id DESC").fetchall()
    for terms in (wanted, search_terms.anywhere(wanted) or wanted):
        found = [
            row_id
            for row_id, text, pinyin in rows
            if wanted
            and (among is None or row_id in among)
            and all(term.fits(text, pinyin.split("\n") if pinyin else ()) for term in terms)
        ]
        if found:
            break
    return [row_id for row_id in found if row_id < before]


TYPED = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)


@settings(max_examples=120, deadline=None)
@given(typed=TYPED, index=st.sampled_from([search.CASES, search.SALES, search.PRODUCTS]))
def test_cases_sales_and_articles_are_found_as_by_looking_at_every_row(
    busy: SmallShop, typed: str, index: search.Index
) -> None:
    assert finding.found(busy.db, index, typed, 1000, None) == scan(busy, index, typed)


@settings(max_examples=80, deadline=None)
@given(typed=TYPED, few=st.sampled_from([0, 5, 1000]), first=st.integers(1, 60), before=st.integers(1, 300))
def test_what_is_asked_within_part_of_the_rows_is_found_there_alone(
    busy: SmallShop, typed: str, few: int, first: int, before: int
) -> None:
    """Whether the part is short, so that it is looked at itself, or long, so that each row found is asked for it."""
    within = ("SELECT id FROM product WHERE active = ? AND id % 60 < ?", (1, first))
    among = {row[0] for row in busy.db.execute_sql(*within).fetchall()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "FEW", few)
        told = finding.found(busy.db, search.PRODUCTS, typed, 20, before, within)
    assert told == scan(busy, search.PRODUCTS, typed, among, before)[:20]


@settings(max_examples=300, deadline=None)
@given(
    word=st.text(alphabet="ab12-_", min_size=1, max_size=5),
    text=st.text(alphabet="ab12-_ 单\n.", max_size=24),
)
def test_what_must_begin_a_word_begins_a_run_or_a_code(word: str, text: str) -> None:
    for term in search_terms.terms(word):
        begun = any(run.startswith(term.text) for run in RUN.findall(text))
        begun = begun or any(code.startswith(term.text) for code in CODE.findall(text))
        expected = begun if term.begins else term.text in text
        if not term.spelled:
            assert term.fits(text, ()) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cd34", [11]),
        ("ab12cd", [11]),
        ("b12c 水壶", [11]),
        ("k9-00", [12]),
        ("9-0081-7", [12]),
        ("r7t39", [12]),
        ("7t39", [13, 12]),
        ("t39-8", [12]),
        ("h3-r7t39", [12]),
        ("r7t39 xk9", [12]),
    ],
)
def test_any_part_of_a_code_is_found_where_none_begins_with_it(
    shop: SmallShop, typed: str, found: list[int]
) -> None:
    told = {11: "电热水壶\nsn-ab12cd34", 12: "xk9-0081-77\nxh3-r7t39-88", 13: "yr7t39", 14: "ef-77"}
    with shop.writing():
        search.add_sales(shop.db, {at: (text.split("\n"), "") for at, text in told.items()})
    for page in (1, 50):
        ids: list[int] = []
        while more := search.search_sales(shop.db, typed, page, ids[-1] if ids else None):
            ids += more
        assert ids == found
        assert all(any(search_terms.marks(line, typed) for line in told[at].split("\n")) for at in ids)


def test_of_a_long_word_the_tokens_that_narrow_most_are_asked_for(busy: SmallShop) -> None:
    asked: list[str] = []
    raw = busy.db.connection()
    busy.db.execute_sql("SELECT 1").fetchall()
    raw.set_trace_callback(asked.append)
    try:
        first = finding.found(busy.db, search.SALES, "x10-200a 机器人", 50, None)
        again = finding.found(busy.db, search.SALES, "x10-200a 机器人", 50, None)
        long = finding.found(busy.db, search.SALES, "13800000000001380", 50, None)
    finally:
        raw.set_trace_callback(None)
    assert first == again and first and not long
    found = [sql for sql in asked if "CROSS JOIN" in sql]
    assert len(found) == 3 and found[0] == found[1]
    assert found[2].count('"') == 2 * search_terms.RAREST


@pytest.mark.parametrize("few", [0, 1000])
def test_no_question_goes_through_the_texts(
    busy: SmallShop, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    within = ("SELECT id FROM product WHERE active = 1", ())
    asked: list[str] = []
    raw = busy.db.connection()
    raw.set_trace_callback(asked.append)
    try:
        finding.found(busy.db, search.PRODUCTS, "保温杯 a1", 50, None, within)
    finally:
        raw.set_trace_callback(None)
    told = next(sql for sql in asked if "instr(" in sql)
    steps = [str(row[3]) for row in raw.execute("EXPLAIN QUERY PLAN " + told).fetchall()]
    assert not any("TEMP B-TREE" in step for step in steps), steps
    assert any(step.startswith("SEARCH t USING INTEGER PRIMARY KEY") for step in steps), steps

"""Finding cases and sales: the index says exactly what a scan of every row would say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures_shop import DAY, SmallShop, open_small_shop
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.db import search, search_terms
from counter_app.db.models import Case, Person
from counter_app.domain.errors import CounterError

WORDS = [
    "电热水壶",
    "手机",
    "iPhone 15 Pro",
    "XM-200A",
    "ABC123456789",
    "儿童 水杯",
    "Ａ４ 纸",
    "k100",
    "a-1",
]
PEOPLE = ["单雄信", "曾国", "欧阳娜", "解缙", "乐毅", "John Smith", "𠮷田", "尉迟恭", "王小明"]


def filled(shop: SmallShop, rows: int, seed: int = 1) -> None:
    draw = random.Random(seed)
    with shop.writing():
        for _ in range(rows):
            person = shop.person(draw.choice(PEOPLE), f"1{draw.randrange(10**9, 10**10)}")
            line = shop.sale(
                person=person,
                name=draw.choice(WORDS),
                model=draw.choice(WORDS),
                serial=f"SN{draw.randrange(10**6)}",
                order_no=f"E{draw.randrange(10**8):08d}",
            )
            search.index_sale(shop.db, line.sale_id)
            case = shop.case(line, person, summary=draw.choice(["漏水", "不烧水了", "屏幕碎", "no power"]))
            search.index_case(shop.db, case.id)


def scan(shop: SmallShop, typed: str, limit: int = 50, before: int = 2**62) -> list[int]:
    """Every row looked at, without tokens."""
    wanted = search_terms.terms(typed)
    rows = shop.db.execute_sql("SELECT id, text, pinyin FROM case_search_text ORDER BY id DESC").fetchall()
    for terms in (wanted, search_terms.anywhere(wanted) or wanted):
        found = [
            row_id
            for row_id, text, pinyin in rows
            if wanted and all(term.fits(text, pinyin.split("\n")) for term in terms)
        ]
        if found:
            break
    return [row_id for row_id in found if row_id < before][:limit]


@pytest.fixture
def busy(shop: SmallShop) -> SmallShop:
    filled(shop, 120)
    return shop


@pytest.mark.parametrize(
    "typed",
    [
        "SH01-20260305-0007",
        "0007",
        "sxx",
        "zg",
        "oyn",
        "YY",
        "ly",
        "ycg",
        "单",
        "雄信",
        "单雄信 水壶",
        "热水",
        "电热水壶",
        "iphone",
        "dianreshuihu",
        "reshuihu shan",
        "drsh",
        "loushui zeng 13",
        "xianxianxianxianxianxianxian",
        "ananananananananananananananananananan",
        "pro",
        "pr",
        "15",
        "xm-200a",
        "xm-2",
        "200a",
        "ABC1234",
        "abc12345678",
        "ＡＢＣ１２３",
        "a4",
        "𠮷",
        "smith",
        "mit",
        "138",
        "a-1",
        "-200a",
        "m-200",
        "n12",
        "bc123",
        "h01-2026",
        "c1234 漏水",
        "-",
        "",
        "   ",
        '"',
        "' OR 1=1 --",
        "*",
        "NEAR(单)",
        "漏水 sn1",
        "不存在的",
    ],
)
def test_the_index_finds_what_a_scan_of_every_row_finds(busy: SmallShop, typed: str) -> None:
    assert search.search(busy.db, typed) == scan(busy, typed)


@settings(max_examples=150)
@given(
    typed=st.lists(
        st.sampled_from(
            ["shan", "xiong", "xin", "xi", "an", "zeng", "guo", "ou", "yang", "na", "le", "yue", "yi", "dian", "re",
             "shui", "hu", "shou", "ji", "er", "tong", "bei", "lou", "ping", "mu", "sui", " ", "s", "x", "z", "g", "e",
             "n", "a", "o", "壶", "15", "pro", "sh"]
        ),
        max_size=6,
    ).map("".join)
)  # fmt: skip
def test_whatever_is_spelled_the_index_and_the_scan_agree(many: SmallShop, typed: str) -> None:
    assert search.search(many.db, typed) == scan(many, typed)


@settings(max_examples=150)
@given(typed=st.text(alphabet="单雄信水壶iphone15xmabc-20 9sπσ电", max_size=8))
def test_whatever_is_typed_the_index_and_the_scan_agree(many: SmallShop, typed: str) -> None:
    assert search.search(many.db, typed) == scan(many, typed)


@settings(max_examples=300)
@given(
    lines=st.lists(st.text(alphabet="单雄信水壶iphone15xmabc-20 9sA_１ａ", max_size=12), max_size=4),
    reading=st.sampled_from(["", "shan xiong xin", "yue"]),
)
def test_a_row_comes_into_the_index_under_the_tokens_that_take_it_out_again(
    lines: list[str], reading: str
) -> None:
    text, readings = "\n".join(map(search_terms.plain, lines)), reading.split("\n") if reading else []
    told = search_terms.spelled_out(text, readings).split(" ")
    assert {token for token in told if token} == search_terms.tokens(text, readings)


def test_a_row_whose_words_share_tokens_leaves_nothing_behind(shop: SmallShop) -> None:
    db, line = shop.db, "样例商品001号 kx-1001"
    with db.atomic("IMMEDIATE"):
        search.add_sales(db, {901: ((line, f"{line} 样例", "kx-1001", "1001"), "单雄信")})
    assert search.search_sales(db, "样例商品") == [901] and search.search_sales(db, "shanx") == [901]
    with db.atomic("IMMEDIATE"):
        search.index_sales(db, [901])  # there is no such sale: it is indexed as the nothing it says now
    assert search.search_sales(db, "样例商品") == search.search_sales(db, "shanx") == []
    counted = db.execute_sql(
        "SELECT COUNT(*) FROM sale_search WHERE sale_search MATCH ?", ('"样" OR "kx" OR "100"',)
    )
    assert counted.fetchone()[0] == 0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, like: Path) -> Iterator[SmallShop]:
    """More rows than the sample of frequencies."""
    shop = open_small_shop(tmp_path_factory.mktemp("many") / "店", like)
    filled(shop, 1500, seed=2)
    yield shop
    shop.db.close()


def test_common_words_are_answered_with_the_newest_fifty_and_paged_on(many: SmallShop) -> None:
    many.db.bind([Case, Person])
    first = search.search(many.db, "漏水", limit=50)
    assert first == sorted(first, reverse=True)
    assert first == scan(many, "漏水")
    second = search.search(many.db, "漏水", limit=50, before=first[-1])
    assert second == scan(many, "漏水", before=first[-1])
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("单雄信", ["sxx", "shanxiong", "shanxiongxin", "xiong xin shan", "dxx"]),
        ("曾国藩", ["zgf", "zengguofan"]),
        ("仇英", ["qy", "qiuying"]),
        ("解缙", ["xj", "xiejin"]),
        ("尉迟恭", ["ycg", "yuchigong", "yuchig"]),
        ("乐毅", ["yy", "ly", "yueyi", "leyi"]),
        ("张三", ["zs", "zhangsan", "zhang san", "zhangs", "san zhang", "zhang"]),
        ("张伟", ["zw", "zhangwei", "zhang wei", "zhangw", "ZhangWei", "wei"]),
        ("吕方", ["lvfang", "lf"]),
        ("西安娜", ["xianna", "xan"]),
        ("先娜", ["xianna", "xn"]),
        ("单", ["d", "dan"]),
    ],
)
def test_names_are_found_by_pinyin_whole_or_begun_and_by_its_first_letters(
    shop: SmallShop, name: str, letters: list[str]
) -> None:
    person = shop.person(name, "13800001234")
    line = shop.sale(person=person, name="K100", model="", serial="", order_no="1")
    with shop.writing():
        search.index_sale(shop.db, line.sale_id)
    for typed in letters:
        assert search.search_sales(shop.db, typed) == [line.sale_id], typed
    assert search.search_sales(shop.db, "zhangwen") == []
    assert search.search_sales(shop.db, "hangwei") == []


def test_a_changed_case_is_found_under_its_new_words_only(shop: SmallShop) -> None:
    person = shop.person("单雄信", "13800001234")
    case = shop.case(shop.sale(person=person), person, summary="漏水")
    with shop.writing():
        search.index_case(shop.db, case.id)
    assert search.search(shop.db, "漏水 sxx 1234") == [case.id]
    Case.update(summary="断电").where(Case.id == case.id).execute()
    with shop.writing():
        search.index_case(shop.db, case.id)
        search.index_case(shop.db, case.id)
    assert search.search(shop.db, "漏水") == []
    assert search.search(shop.db, "断电") == [case.id]


def test_erased_personal_data_is_gone_from_the_index(shop: SmallShop) -> None:
    person = shop.person("单雄信", "13800001234")
    case = shop.case(shop.sale(person=person), person)
    with shop.writing():
        search.index_case(shop.db, case.id)
        Person.update(name="", phone="", erased_at=1).execute()
        search.index_case(shop.db, case.id)
    for typed in ("单雄信", "sxx", "1234"):
        assert search.search(shop.db, typed) == []
    kept = shop.db.execute_sql("SELECT text || pinyin FROM case_search_text").fetchone()[0]
    assert "单" not in kept
    assert "138" not in kept


def test_a_sale_is_found_by_order_receipt_barcode_serial_and_name(shop: SmallShop) -> None:
    line = shop.sale(
        person=shop.person("曾国", "13912345678"),
        order_no="E20260305123456789",
        barcode="6901234567892",
        serial="SN77",
    )
    with shop.writing():
        search.index_sale(shop.db, line.sale_id)
    for typed in ("E2026030512", "123456789", "6901234567892", "sn77", "曾国", "zg", "5678", "水壶"):
        assert search.search_sales(shop.db, typed) == [line.sale_id], typed


def test_rebuilding_gives_the_same_answers_and_can_be_cancelled(busy: SmallShop) -> None:
    before = {typed: search.search(busy.db, typed) for typed in ("sxx", "漏水", "iphone", "sn1")}
    told: list[tuple[int, int]] = []
    assert search.reindex(busy.db, lambda done, total: told.append((done, total))) == 241
    assert told[-1] == (241, 241)
    assert {typed: search.search(busy.db, typed) for typed in before} == before
    assert search.out_of_date(busy.db) == []

    def cancel(done: int, total: int) -> None:
        raise CounterError("job.cancelled")

    with pytest.raises(CounterError):
        search.reindex(busy.db, cancel)
    assert {typed: search.search(busy.db, typed) for typed in before} == before


def test_rows_missing_or_stale_in_the_index_are_noticed_and_mended(busy: SmallShop) -> None:
    case = busy.case(summary="新的")
    Case.update(summary="改过").where(Case.id == 3).execute()
    assert search.out_of_date(busy.db) == ["case_search"]
    assert list(search.stale_rows(busy.db)) == [("case_search", 3), ("case_search", case.id)]
    search.reindex(busy.db, lambda done, total: None)
    assert list(search.stale_rows(busy.db)) == []
    assert search.search(busy.db, "改过") == [3]


def test_a_row_that_its_index_does_not_find_any_more_is_noticed_though_its_text_is_there(
    busy: SmallShop,
) -> None:
    assert list(search.stale_rows(busy.db)) == []
    text, pinyin = busy.db.execute_sql("SELECT text, pinyin FROM case_search_text WHERE id = 7").fetchone()
    tokens = " ".join(search_terms.tokens(text, pinyin.split("\n") if pinyin else []))
    busy.db.execute_sql(
        "INSERT INTO case_search (case_search, rowid, tokens) VALUES ('delete', 7, ?)", (tokens,)
    )
    assert list(search.stale_rows(busy.db)) == [("case_search", 7)]
    busy.db.execute_sql("INSERT INTO sale_search (sale_search) VALUES ('delete-all')")
    lost = list(search.stale_rows(busy.db))
    assert len([row for table, row in lost if table == "sale_search"]) == 120
    search.reindex(busy.db, lambda done, total: None)
    assert list(search.stale_rows(busy.db)) == []


@given(lines=st.lists(st.text(alphabet="单雄信水ab-12 9sA_１ａ#", max_size=8), max_size=4))
def test_how_a_row_begins_and_ends_is_among_its_tokens(lines: list[str]) -> None:
    text = "\n".join(map(search_terms.plain, lines))
    assert search_terms.edges(text) <= search_terms.tokens(text, [])


def test_tidying_the_index_changes_no_answer(busy: SmallShop) -> None:
    before = search.search(busy.db, "漏水")
    with busy.writing():
        search.merge(busy.db)
    assert search.search(busy.db, "漏水") == before
    assert before
    assert Case.get().business_date == DAY

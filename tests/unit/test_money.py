"""Money is whole 分, and never a 分 is lost or made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import UserError
from counter_app.domain.money import (
    MOST_CAPITALS_FEN,
    MOST_FEN,
    allocate,
    capitals,
    format_yuan,
    parse_plain_yuan,
    parse_yuan,
    part_refund,
    round_cash_jiao,
    unit_amounts,
)
from counter_app.domain.quantity import format_quantity, parse_quantity

amounts = st.integers(0, MOST_FEN)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("199.00", 19900),
        ("199", 19900),
        ("0.5", 50),
        ("￥1,234.05", 123405),
        ("¥ 12.30", 1230),
        ("１９９．００", 19900),
        ("1,000，000", 100000000),
        (" 0 ", 0),
        ("99999999.99", MOST_FEN),
    ],
)
def test_an_amount_is_read_as_it_was_meant(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money.empty"),
        ("￥", "money.empty"),
        ("-5", "money.negative"),
        ("−5.00", "money.negative"),
        ("-￥5", "money.negative"),
        ("1.005", "money.precision"),
        ("1.000", "money.precision"),
        ("100000000", "money.too_large"),
        ("1,23.00", "money.thousands"),
        ("0,123", "money.thousands"),
        ("NaN", "money.not_a_number"),
        ("inf", "money.not_a_number"),
        ("1e5", "money.not_a_number"),
        ("1..2", "money.not_a_number"),
        ("--5", "money.not_a_number"),
        ("٣", "money.not_a_number"),
        ("5.", "money.not_a_number"),
        (".5", "money.not_a_number"),
        ("壹佰", "money.not_a_number"),
        ("9" * 100_000, "money.not_a_number"),
    ],
)
def test_a_wrong_amount_is_refused_by_name(text: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_yuan(text)
    assert refused.value.code == code
    assert all(len(str(value)) < 50 for value in refused.value.params.values())


@pytest.mark.parametrize("text", ["￥5", "1,000.00", "+5", "5 ", "-5", "1.234", "1e2", "５"])
def test_a_file_carries_plain_decimals_only(text: str) -> None:
    with pytest.raises(UserError):
        parse_plain_yuan(text)


@given(amounts)
def test_an_amount_survives_being_shown_and_typed_again(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen
    assert parse_yuan(format_yuan(fen, grouped=True, mark=True)) == fen
    assert parse_plain_yuan(format_yuan(fen)) == fen


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_shares_add_up_and_none_is_a_fen_off(total: int, weights: list[int]) -> None:
    shares = allocate(total, weights)
    whole = sum(weights)
    assert sum(shares) == total
    assert shares == allocate(total, weights)
    for share, weight in zip(shares, weights, strict=True):
        exact = total * weight / whole if whole else total / len(weights)
        assert abs(share - exact) <= 1 + exact * 1e-9
        if whole and not weight:
            assert share == 0
        if whole and total <= whole:
            assert share <= weight


def test_equal_remainders_favour_the_earlier_line() -> None:
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert allocate(200, [1, 1, 1]) == [67, 67, 66]
    assert allocate(0, []) == []
    assert allocate(5, [0, 0]) == [3, 2]


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [-1, 3]), (1, [])])
def test_money_is_not_shared_out_over_nothing_or_by_negative_weights(total: int, weights: list[int]) -> None:
    with pytest.raises(UserError) as refused:
        allocate(total, weights)
    assert refused.value.code.startswith("money.allocate.")


@given(amounts, st.integers(1, 40))
def test_single_returns_refund_what_one_return_of_all_would(paid: int, sold: int) -> None:
    singles = unit_amounts(paid, sold)
    assert sum(singles) == paid == part_refund(paid, sold * 1000, 0, sold * 1000)
    assert all(one >= 0 for one in singles)
    assert max(singles) - min(singles) <= 1


@given(amounts, st.lists(st.integers(1, 5000), min_size=1, max_size=8), st.integers(0, 5000))
def test_weighed_goods_in_any_portions_refund_what_was_paid(
    paid: int, portions: list[int], kept: int
) -> None:
    sold, back, given_back = sum(portions) + kept, 0, 0
    for portion in portions:
        given_back += part_refund(paid, sold, back, portion)
        back += portion
        assert given_back <= paid
    assert given_back == part_refund(paid, sold, 0, back)
    assert given_back + part_refund(paid, sold, back, kept) == paid


def test_the_last_unit_takes_the_rest() -> None:
    assert unit_amounts(10000, 3) == [3333, 3333, 3334]


@pytest.mark.parametrize(
    ("sold", "already", "now"), [(3000, 2000, 2000), (0, 0, 0), (1000, -1, 1), (1000, 0, -1)]
)
def test_no_more_units_come_back_than_were_sold(sold: int, already: int, now: int) -> None:
    with pytest.raises(UserError):
        part_refund(100, sold, already, now)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (50, "人民币伍角整"),
        (1000, "人民币壹拾元整"),
        (32504, "人民币叁佰贰拾伍元零肆分"),
        (140950, "人民币壹仟肆佰零玖元伍角整"),
        (168032, "人民币壹仟陆佰捌拾元零叁角贰分"),
        (600714, "人民币陆仟零柒元壹角肆分"),
        (1640902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (10700053, "人民币壹拾万柒仟元零伍角叁分"),
        (3010500000, "人民币叁仟零壹拾万伍仟元整"),
        (12345678901, "人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"),
    ],
)
def test_the_twelve_worked_amounts_in_capitals(fen: int, words: str) -> None:
    assert capitals(fen) == words


def test_both_open_zeros_are_settings() -> None:
    assert capitals(168032, zero_after_yuan=False) == "人民币壹仟陆佰捌拾元叁角贰分"
    assert capitals(10700053, zero_after_yuan=False, zero_after_wan=True) == "人民币壹拾万零柒仟元伍角叁分"
    assert capitals(1005, zero_after_yuan=False) == "人民币壹拾元零伍分"


def test_zheng_after_jiao_is_a_setting_and_the_prefix_can_be_preprinted() -> None:
    assert capitals(50, zheng_after_jiao=False) == "人民币伍角"
    assert capitals(100, zheng_after_jiao=False, prefix="") == "壹元整"
    assert capitals(11, zheng_after_jiao=True, prefix="") == "壹角壹分"


@pytest.mark.parametrize(
    ("fen", "code"), [(-1, "money.capitals.negative"), (MOST_CAPITALS_FEN + 1, "money.capitals.too_large")]
)
def test_capitals_refuse_what_a_form_cannot_say(fen: int, code: str) -> None:
    with pytest.raises(UserError) as refused:
        capitals(fen)
    assert refused.value.code == code


def _read_capitals(words: str) -> int:
    """Reads 大写 back by place values alone, knowing nothing of how they were written."""
    digits = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
    places = {"拾": 10, "佰": 100, "仟": 1000}
    fen = wan = group = digit = 0
    for character in words.removeprefix("人民币").removesuffix("整"):
        if character in digits:
            digit = digits[character]
        elif character in places:
            group, digit = group + digit * places[character], 0
        elif character == "万":
            wan, group, digit = wan + (group + digit) * 10**4, 0, 0
        elif character == "亿":
            wan, group, digit = (wan + group + digit) * 10**8, 0, 0
        elif character == "元":
            fen, wan, group, digit = (wan + group + digit) * 100, 0, 0, 0
        elif character == "角":
            fen, digit = fen + digit * 10, 0
        elif character == "分":
            fen, digit = fen + digit, 0
    return fen


@given(
    st.one_of(st.integers(0, MOST_CAPITALS_FEN), st.integers(0, 200_000_00)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_capitals_say_the_amount_and_never_two_zeros_running(
    fen: int, jiao: bool, yuan: bool, wan: bool
) -> None:
    words = capitals(fen, zheng_after_jiao=jiao, zero_after_yuan=yuan, zero_after_wan=wan)
    assert _read_capitals(words) == fen
    assert "零零" not in words
    assert not words.removeprefix("人民币").startswith("拾")
    assert words.endswith("整") or words[-1] == ("分" if fen % 10 else "角")


@given(amounts)
def test_cash_is_rounded_to_the_jiao_in_the_customers_favour(fen: int) -> None:
    asked, handed = round_cash_jiao(fen, customer_pays=True), round_cash_jiao(fen, customer_pays=False)
    assert asked % 10 == handed % 10 == 0
    assert fen - 10 < asked <= fen <= handed < fen + 10


@pytest.mark.parametrize(
    ("text", "milli"), [("3", 3000), ("２", 2000), ("3.0", 3000), ("999999", 999_999_000)]
)
def test_a_count_of_pieces_is_read(text: str, milli: int) -> None:
    assert parse_quantity(text) == milli


@pytest.mark.parametrize(
    ("text", "weighed", "code"),
    [
        ("0", False, "quantity.zero"),
        ("-1", False, "quantity.negative"),
        ("1.5", False, "quantity.whole_pieces"),
        ("0.0005", True, "quantity.precision"),
        ("", False, "quantity.empty"),
        ("two", False, "quantity.not_a_number"),
        ("9" * 100_000, False, "quantity.not_a_number"),
        ("1000000", False, "quantity.too_large"),
    ],
)
def test_a_wrong_quantity_is_refused_by_name(text: str, weighed: bool, code: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_quantity(text, weighed=weighed)
    assert refused.value.code == code


@given(st.integers(1, 999_999_999))
def test_a_weight_survives_being_shown_and_typed_again(milli: int) -> None:
    assert parse_quantity(format_quantity(milli), weighed=True) == milli

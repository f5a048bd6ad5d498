"""Lines break as Chinese typesetting does, never wider than their room, never losing a sign unseen."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents import fonts
from counter_app.documents.wrapping import fitted, wrap

_CHINESE = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
)
_MARKS = "，。、；：？！）》」』】”’…"
_MIXED = st.text(alphabet=_CHINESE + _MARKS + "（《「“abcXYZ019 -.%", max_size=300)


@given(_MIXED, st.integers(8, 60))
def test_no_line_is_wider_than_its_columns_and_no_sign_is_lost(text: str, limit: int) -> None:
    lines = wrap(text, limit, fonts.COLUMNS, 1000).lines
    assert all(fonts.columns(line) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


_SENTENCE = st.lists(
    st.tuples(st.text(alphabet=_CHINESE, min_size=1, max_size=12), st.sampled_from(_MARKS)),
    min_size=1,
    max_size=30,
).map(lambda parts: "".join(words + mark for words, mark in parts))


@given(_SENTENCE, st.integers(8, 60))
def test_no_line_begins_with_a_closing_mark(text: str, limit: int) -> None:
    lines = wrap(text, limit, fonts.COLUMNS, 1000).lines
    assert all(line[0] not in _MARKS for line in lines)


def test_no_line_ends_with_an_opening_mark() -> None:
    lines = wrap("商品说明（不含赠品）和《三包凭证》一起交回「原包装」" * 4, 11, fonts.COLUMNS, 100).lines
    assert all(line[-1] not in "（《「" for line in lines)


def test_a_box_to_tick_stays_with_what_it_stands_for() -> None:
    for limit in range(8, 30):
        lines = wrap("□1   □2   □3   □4   □5   □不适用", limit, fonts.COLUMNS, 100).lines
        assert all(line[-1] != "□" for line in lines)


def test_a_number_or_word_is_not_cut_in_two() -> None:
    lines = wrap(
        "单号 SH01-20250305-0001 已登记，型号 QH-500B 漆面脱落 3 mm 属实", 24, fonts.COLUMNS, 100
    ).lines
    whole = "\n".join(lines)
    for word in ("SH01-20250305-0001", "QH-500B", "3 mm"):
        assert word in whole


def test_a_word_wider_than_a_line_is_cut_rather_than_lost() -> None:
    assert "".join(wrap("A" * 100, 32, fonts.COLUMNS, 100).lines) == "A" * 100


def test_what_is_left_out_is_marked() -> None:
    found = wrap("很长的说明" * 100, 20, fonts.COLUMNS, 3, "…（见售后单）")
    assert found.cut
    assert len(found.lines) == 3
    assert found.lines[-1].endswith("…（见售后单）")
    assert fonts.columns(found.lines[-1]) <= 20
    assert not wrap("短", 20, fonts.COLUMNS, 3).cut
    assert fitted("很长的名称" * 20, 16, fonts.COLUMNS).endswith("…")


def test_a_note_of_a_hundred_kilobytes_costs_no_more_than_its_lines() -> None:
    for text in ("字" * 50_000, "a" * 100_000, "，" * 50_000, "a b " * 25_000, "\n" * 100_000, "（" * 50_000):
        begin = time.perf_counter()
        found = wrap(text, 48, fonts.COLUMNS, 5, "…")
        assert time.perf_counter() - begin < 2
        assert len(found.lines) <= 5


def test_line_ends_typed_by_a_person_are_kept() -> None:
    assert wrap("一\n二\r\n三", 48, fonts.COLUMNS, 9).lines == ("一", "二", "三")


def test_widths_follow_the_printers_rule() -> None:
    assert fonts.columns("商品Abc1") == 8
    assert fonts.columns("，￥（") == 6
    assert fonts.columns("¥199.00") == 7
    assert len(wrap("字" * 24, 48, fonts.COLUMNS, 9).lines) == 1
    assert len(wrap("字" * 25, 48, fonts.COLUMNS, 9).lines) == 2
    assert len(wrap("字" * 16, 32, fonts.COLUMNS, 9).lines) == 1
    assert len(wrap("0" * 33, 32, fonts.COLUMNS, 9).lines) == 2

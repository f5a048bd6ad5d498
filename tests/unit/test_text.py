"""What is typed or pasted is bounded and cannot turn a line around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import UserError
from counter_app.domain.text import clean_line, clean_note, normalise_phone


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("长" * 100_000, "text.too_long"),
        ("长" * 61, "text.too_long"),
        ("张\x00三", "text.control"),
        ("张\x1b[31m三", "text.control"),
        ("张\ud800", "text.control"),
        ("张\u202e三", "text.direction"),
        ("\u2067张三", "text.direction"),
    ],
)
def test_a_name_that_could_harm_the_screen_is_refused_with_its_field(text: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        clean_line(text, 60, "customer_name")
    assert refused.value.code == code
    assert refused.value.params["field"] == "customer_name"
    if code == "text.too_long":
        assert refused.value.params["limit"] == 60


def test_a_line_is_one_line_in_one_form() -> None:
    assert clean_line("  Cafe\u0301 \r\n\t 二楼\ufeff ") == "Café 二楼"
    assert clean_line("𠮷野家 㛃 䶮") == "𠮷野家 㛃 䶮"


def test_a_note_keeps_its_lines() -> None:
    assert clean_note("屏幕 不亮\r\n\r\n\r\n\r\n昨天\t开始 ") == "屏幕 不亮\n\n昨天 开始"


def test_a_note_of_a_hundred_kilobytes_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        clean_note("a\n" * 50_000, 2000, "words")
    assert refused.value.code == "text.too_long"


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean_line(text, 200, "x")
    except UserError as refused:
        assert refused.code.startswith("text.")
        return
    assert clean_line(once, 200, "x") == once
    assert "\n" not in once and len(once) <= 200


@pytest.mark.req("S0-10", "S2-11")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("0086 13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("\u202d13812345678\u202c", "13812345678"),
        ("(021)6234 5678转802", "021-62345678#802"),
        ("0755-26012345", "0755-26012345"),
        ("+86 10 62345678", "010-62345678"),
        ("400-123-4567", "4001234567"),
        ("62345678", "62345678"),
        ("+852 9123 4567", "+85291234567"),
    ],
)
def test_one_number_has_one_spelling(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept
    assert normalise_phone(kept) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "12", "138123456789", "not a phone", "1" * 39, "12345678901", "138\u202e12345678", "5" * 100_000],
)
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        normalise_phone(typed)
    assert refused.value.params["field"] == "phone"

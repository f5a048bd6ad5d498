"""Masks keep enough to recognise a person by and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.privacy import (
    mask_address,
    mask_card,
    mask_email,
    mask_id,
    mask_name,
    mask_phone,
    personal_hash,
)

pytestmark = pytest.mark.req("S0-10")


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("010-62345678", "****5678"),
        ("021-62345678", "****5678"),
        ("1234", "****"),
        ("", "****"),
    ],
)
def test_a_phone_shows_its_last_four_digits(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张**"),
        ("欧阳小三", "欧阳**"),
        ("欧阳三", "欧阳*"),
        ("欧阳", "欧*"),
        ("张", "张*"),
        ("Alice Smith", "A***"),
        ("阿卜杜拉·买买提", "阿**"),
        ("𠮷田", "𠮷*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_an_identity_number_a_card_an_address_and_an_e_mail_are_masked() -> None:
    assert mask_id("110105194912310021") == "110105********0021"
    assert mask_id("110105194912310021", strict=True) == "1***************21"
    assert mask_id("1234567890") == "**********"
    assert mask_card("6222 0212 3456 7890 123") == "6222 **** 0123"
    assert mask_address("上海市浦东新区世纪大道1号") == "上海市浦东新区****"
    assert mask_address("浙江省义乌市某路2号") == "浙江省义乌市****"
    assert mask_address("湖南省长沙县某镇3号") == "湖南省长沙县****"
    assert mask_address("某路4号101") == "某路****"
    assert mask_email("zhang.san@example.com") == "z***@example.com"
    assert mask_email("not an address") == "***"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_the_middle_of_a_mobile_number_never_shows(phone: str) -> None:
    masked = mask_phone(phone)
    assert len(masked) == len(phone)
    assert masked[3:7] == "****"


def test_a_hash_matches_the_same_person_only_with_the_same_salt() -> None:
    assert personal_hash(b"a", "13812345678") == personal_hash(b"a", "13812345678")
    assert personal_hash(b"a", "13812345678") != personal_hash(b"b", "13812345678")
    assert len(personal_hash(b"a", "x")) == 64


def test_masking_a_masked_phone_changes_nothing() -> None:
    for phone in ("13812345678", "010-62345678", "12"):
        assert mask_phone(mask_phone(phone)) == mask_phone(phone)

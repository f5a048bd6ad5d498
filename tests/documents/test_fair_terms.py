"""Void terms in an owner's own text are found; our own sentences have none (消法 26)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources
from counter_app.domain.fair_terms import unfair_terms
from counter_app.wording import catalogue


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本店拥有最终解释权", "terms.final_word"),
        ("活动解释权归本店所有", "terms.final_word"),
        ("最 终 解 释 权归商家", "terms.final_word"),
        ("We keep the right of final interpretation and sole interpretation.", "terms.final_word"),
        ("特价商品，概不退换", "terms.no_return"),
        ("一经售出，概不退货", "terms.no_return"),
        ("商品离柜概不负责", "terms.no_return"),
        ("打折商品不退不换", "terms.no_return"),
        ("售出不退", "terms.no_return"),
        ("货物售出，不予退换", "terms.no_return"),
        ("拆封后恕不退货", "terms.no_return"),
        ("不退也不换", "terms.no_return"),
        ("本店商品只换不退", "terms.no_return"),
        ("Sale items are non-refundable", "terms.no_return"),
        ("All sales are final.", "terms.no_return"),
        ("No refunds or exchanges", "terms.no_return"),
        ("顾客自愿放弃追究本店责任的权利", "terms.waiver"),
        ("签字后不得再投诉", "terms.waiver"),
        ("The customer waives all claims", "terms.waiver"),
        ("使用损坏后果自负", "terms.no_liability"),
        ("本店概不承担任何责任", "terms.no_liability"),
        ("特价不开发票", "terms.no_invoice"),
    ],
)
def test_terms_that_are_void_are_found_and_explained(text: str, code: str) -> None:
    found = unfair_terms(text)
    assert code in [term.code for term in found]
    wording = catalogue()[code]
    assert all("{words}" in wording[language] for language in ("zh", "en"))


@pytest.mark.parametrize(
    "text",
    [
        "感谢您的信任，祝您生活愉快。",
        "七日无理由退货，商品完好即可；质量问题运费由本店承担。",
        "退换货请携带本单，如有疑问请致电本店。",
        "请当面检验商品，人为损坏可提供收费维修。",
        "拆封试用不影响七日无理由退货。",
        "定制商品经购买时确认，不适用七日无理由退货；质量问题照常退换。",
        "Thank you. Returns within 7 days with this slip.",
        "",
    ],
)
def test_fair_words_are_left_alone(text: str) -> None:
    assert unfair_terms(text) == ()


def test_no_sentence_of_ours_is_void() -> None:
    for room in resources.read_toml("i18n", "slips.toml").values():
        for name, entry in room.items():
            assert set(entry) == {"zh", "en"}, name
            for text in entry.values():
                assert unfair_terms(text) == (), text


@given(st.text(max_size=200))
def test_any_text_can_be_checked(text: str) -> None:
    assert len({term.code for term in unfair_terms(text)}) == len(unfair_terms(text))

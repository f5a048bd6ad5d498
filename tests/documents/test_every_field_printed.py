"""Nothing that a slip was given is left off its paper: each word, day and amount of its content stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

import office_samples as office
import pytest
import slip_samples as samples
from reading import bare, said

from counter_app.documents import Copy, CopyKind, Paper, raster, render
from counter_app.documents.words import long_days, yuan
from counter_app.domain.slips import Signature, Slip
from counter_app.wording import Language

STUB = (Copy(CopyKind.STUB, 1, "存根", "white"),)
_ISO_DAY = re.compile(r"(?<![0-9A-Za-z-])\d{4}-\d\d-\d\d(?![0-9A-Za-z-])")
ELSEWHERE = ("customer.", "shop.", "hands.", "against", "photos[")
"""Masked; told of every slip by other tests; beside the lines of those who sign; in the title; shown on sheets."""
SAMPLES: dict[str, Slip] = {**samples.ALL, **office.OFFICE}
WITHOUT_PRICES = ("acceptance_receipt", "scrap_record", "goods_claim", "courier_claim", "refusal_notice",
                  "problem_record", "service_order", "loan_slip", "deposit_receipt", "result_confirmation",
                  "settlement_form", "complaint_record", "analysis_report")  # fmt: skip
"""Slips that list goods without what they cost: that stands on the others."""
BY_NAME = {"survey_sheet": ("name",), "message_card": ("name", "model", "barcode", "serial", "batch")}
"""Slips that name the goods they are about and say nothing more of them."""
_GOODS = re.compile(r"lines\[\d+\]\.(\w+)")


def left_out(name: str, at: str) -> bool:
    """Whether a value is meant to stand elsewhere."""
    goods = _GOODS.fullmatch(at)
    if goods and name in BY_NAME:
        return goods[1] not in BY_NAME[name]
    return at.startswith(ELSEWHERE) or bool(goods and name in WITHOUT_PRICES and at.endswith("_fen"))


def told(value: object, at: str = "") -> Iterator[tuple[str, object]]:
    """Every word and every amount of a slip, with where it stands."""
    if isinstance(value, Signature | Enum | bool) or value is None:
        return
    if is_dataclass(value):
        for one in fields(value):
            yield from told(getattr(value, one.name), f"{at}.{one.name}" if at else one.name)
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from told(one, f"{at}[{place}]")
    elif (isinstance(value, str) and value) or (isinstance(value, int) and at.endswith("_fen") and value):
        yield at, value


def spelled(value: object, language: Language) -> tuple[str, ...]:
    """How a value may stand on paper."""
    if isinstance(value, int):
        return (bare(yuan(value)), bare(yuan(abs(value))))
    return (bare(long_days(str(value), language)),)


@pytest.mark.req("S0-5", "S0-32", "S0-49", "S1-12", "S1-20", "S2-9", "S4-72", "S4-109")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", list(SAMPLES))
def test_each_field_of_a_slip_stands_on_its_paper(name: str, language: Language) -> None:
    slip = SAMPLES[name]
    for paper in (Paper.A4, Paper.ROLL_80):
        text = said(render(slip, paper, language, STUB))
        missing = [
            (at, value)
            for at, value in told(slip)
            if not left_out(name, at) and not any(one in text for one in spelled(value, language))
        ]
        assert not missing, (paper, missing)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_slip_writes_all_its_days_in_one_way(name: str, language: Language) -> None:
    for paper in (Paper.A5, Paper.ROLL_58):
        texts = raster.page_texts(render(SAMPLES[name], paper, language, STUB))
        assert not [found[0] for text in texts for found in _ISO_DAY.finditer(text)], paper

"""Whatever people type: it is printed as typed or boxed visibly, it breaks no layout, it is never markup."""

from __future__ import annotations

import dataclasses

import pytest
import slip_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import bare, ink_edges_mm, said

from counter_app.documents import Copy, CopyKind, Paper, fonts, raster, render
from counter_app.documents.paper import ROLLS
from counter_app.domain.slips import Check, Hands, Party, ReturnForm

COPY = (Copy(CopyKind.CUSTOMER, 2, "客户", "red"),)
ODD = "<b>&amp;</b> 𠮷 㛃 䶮 \u202eabc\u202c x\u0336 😀 \x07\x1b[31m עב \ud800 ❤️ \u200b\ufeff\u00ad"


def _with(text: str) -> ReturnForm:
    line = dataclasses.replace(
        samples.CUP, name=text, model=text, serial=text, reason=text, checks=(Check(label=text, state=True),)
    )
    return dataclasses.replace(
        samples.RETURN_FORM,
        lines=(line,),
        reason=text,
        rule=text,
        note=text,
        parts=(Check(label=text),),
        customer=Party(name=text, phone=text),
        hands=Hands(clerk=text, reviewer=text),
        shop=dataclasses.replace(samples.SHOP, name=text, address=text, phone=text, footer=text, seal=text),
    )


@pytest.mark.parametrize("paper", list(Paper))
def test_rare_characters_print_and_what_has_no_shape_is_boxed_with_its_code(paper: Paper) -> None:
    slip = dataclasses.replace(samples.RETURN_FORM, note=ODD[:40], inspection=ODD[40:], reason="𠮷野家 㛃 䶮")
    text = said(render(slip, paper, "zh", COPY))
    for expected in ("<b>&amp;</b>", "𠮷", "㛃", "䶮", "[31m"):
        assert bare(expected) in text, expected
    for code in (
        "202E",
        "202C",
        "0336",
        "1F600",
        "0007",
        "001B",
        "05E2",
        "05D1",
        "D800",
        "2764",
        "FE0F",
        "200B",
    ):
        assert f"U+{code}" in text, code
    assert "\u202e" not in text


@pytest.mark.parametrize("paper", list(Paper))
def test_markup_typed_by_a_person_is_only_text(paper: Paper) -> None:
    typed = '<para align="center"><font size="99">&lt;</font><br/>'
    text = said(render(dataclasses.replace(samples.RETURN_FORM, remedy=typed), paper, "zh", COPY))
    assert bare(typed) in text


def test_composed_and_decomposed_accents_look_the_same() -> None:
    assert fonts.cleaned("cafe\u0301") == "café"
    assert fonts.cleaned("が") == "が"
    assert fonts.box_label("\u202e") == "U+202E"
    # A compatibility form of a name's character stays the character that was typed.
    assert fonts.cleaned("\ufa11\u3000e\u0301") == "\ufa11\u3000é"


@pytest.mark.parametrize("paper", list(Paper))
def test_huge_and_long_texts_stay_on_the_paper_and_say_what_was_left_out(paper: Paper) -> None:
    slip = _with("W很长的名称" * 15_000)
    pdf = render(slip, paper, "zh", COPY)
    pictures = list(raster.pages(pdf, 60))
    assert "…（见售后单）" in said(pdf)
    assert len(pictures) <= (5 if paper is Paper.FANFOLD_THIRD else 3)
    for picture in pictures:
        left, right = ink_edges_mm(picture)
        if paper in ROLLS:
            margin = (ROLLS[paper].width_mm - ROLLS[paper].printable_mm) / 2
            assert left >= margin - 0.5
            assert right <= ROLLS[paper].width_mm - margin + 0.5
        else:
            assert left >= 10
            assert right <= picture.width_mm - 5


@pytest.mark.parametrize("name", list(samples.ALL))
@pytest.mark.parametrize("paper", [Paper.ROLL_80, Paper.ROLL_58])
def test_receipts_keep_to_the_printable_width(name: str, paper: Paper) -> None:
    size = ROLLS[paper]
    margin = (size.width_mm - size.printable_mm) / 2
    for language in ("zh", "en"):
        for picture in raster.pages(render(samples.ALL[name], paper, language, COPY), 101.6):  # type: ignore[arg-type]
            left, right = ink_edges_mm(picture)
            assert left >= margin - 0.3
            assert right <= size.width_mm - margin + 0.3
            assert abs(picture.width_mm - size.width_mm) < 0.2


@settings(max_examples=40)
@given(st.text(max_size=120), st.sampled_from(list(Paper)), st.sampled_from(["zh", "en"]))
def test_any_text_at_all_prints(text: str, paper: Paper, language: str) -> None:
    pdf = render(_with(text), paper, language, COPY)  # type: ignore[arg-type]
    assert samples.RETURN_FORM.number in said(pdf)


@given(st.text(min_size=1, max_size=40))
def test_every_sign_has_a_width_and_a_way_to_be_drawn(text: str) -> None:
    line = fonts.cleaned(text).replace("\n", "")
    runs = fonts.runs(line)
    drawn = sum(1 if run.font is None else len(run.text) for run in runs)
    assert drawn == len(line)
    assert abs(sum(run.width for run in runs) - fonts.width(line, 1)) < 1e-6
    for run in runs:
        if run.font is not None:
            assert all(ord(sign) in run.font.face.charToGlyph for sign in run.text)

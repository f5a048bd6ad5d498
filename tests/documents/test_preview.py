"""Pages as pictures, signatures as curves, words in both languages, errors with a sentence."""

from __future__ import annotations

import dataclasses
from string import Formatter

import pytest
import slip_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources
from counter_app.documents import Copy, CopyKind, Paper, raster, render, strokes
from counter_app.documents.words import long_day, moment, ordinal, word, yuan
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.slips import Signature
from counter_app.wording import sentence

COPY = (Copy(CopyKind.CUSTOMER, 1, "客户"),)


def test_the_preview_has_the_papers_size_and_ink_on_white() -> None:
    (page,) = raster.pages(render(samples.PLAIN_RETURN, Paper.A5, "zh", COPY), 100)
    assert (round(page.width_mm), round(page.height_mm)) == (210, 148)
    assert abs(page.width - 210 / 25.4 * 100) <= 1
    assert len(page.rgb) == page.width * page.height * 3
    assert page.rgb[:3] == b"\xff\xff\xff"
    assert min(page.rgb) < 40
    assert page.png().startswith(b"\x89PNG")


def test_a_red_stamp_is_red_in_the_picture() -> None:
    (page,) = raster.pages(render(samples.PLAIN_RETURN, Paper.A5, "zh", COPY, void=True), 60)
    reds = sum(
        1 for place in range(0, len(page.rgb), 3) if page.rgb[place] > 200 and page.rgb[place + 1] < 160
    )
    assert reds > 500


@pytest.mark.parametrize("broken", [b"", b"not a pdf", b"%PDF-1.4 cut off"])
def test_what_is_no_pdf_is_named(broken: bytes) -> None:
    with pytest.raises(SurroundingsError, match=r"slip\.pdf\.unreadable") as told:
        list(raster.pages(broken))
    assert "PDF" in sentence(told.value, "en")
    assert "PDF" in sentence(told.value, "zh")


def test_a_signature_leaves_ink_on_its_line() -> None:
    signed = render(samples.PLAIN_RETURN, Paper.A4, "zh", COPY)
    unsigned = render(dataclasses.replace(samples.PLAIN_RETURN, signature=None), Paper.A4, "zh", COPY)

    def dark(pdf: bytes) -> int:
        (page,) = raster.pages(pdf, 72)
        return sum(value < 128 for value in page.rgb[::3])

    assert dark(signed) > dark(unsigned) + 150


_POINTS = st.tuples(st.integers(-10, 700), st.integers(-10, 300))


@given(st.lists(st.lists(_POINTS, max_size=20).map(tuple), max_size=6).map(tuple))
def test_any_scribble_stays_in_its_box(ink: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    path = strokes.curves(ink, 100, 50, 200, 60)
    ends = []
    for step in path.replace(" c", " c\n").replace(" m", " m\n").replace(" l", " l\n").splitlines():
        *numbers, operator = step.split()
        assert operator in "mlc"
        ends.append((float(numbers[-2]), float(numbers[-1])))
    assert all(99 <= x <= 301 and 49 <= y <= 111 for x, y in ends)
    assert bool(path) == any(ink)


def test_a_long_scribble_is_thinned_not_refused() -> None:
    ink = Signature(strokes=(tuple((step % 600, step % 190) for step in range(200_000)),))
    assert sum(map(len, strokes.thinned(ink.strokes))) <= 4000
    assert render(dataclasses.replace(samples.PLAIN_RETURN, signature=ink), Paper.A5, "zh", COPY)


def test_a_signature_on_paper_leaves_the_line_free_and_says_so() -> None:
    slip = dataclasses.replace(samples.PLAIN_RETURN, signature=Signature(on_paper=True))
    for paper in Paper:
        assert any("纸上签字" in text for text in raster.page_texts(render(slip, paper, "zh", COPY)))


def test_days_are_written_out_without_leading_zeros() -> None:
    assert long_day("2025-03-05", "zh") == "2025年3月5日"
    assert long_day("2025-03-05", "en") == "5 March 2025"
    assert long_day("明天", "zh") == "明天"
    assert moment(1_741_156_320_000, 480, "zh") == "2025年3月5日 14:32"
    assert moment(1_741_156_320_000, 480, "en") == "5 March 2025 14:32"
    assert moment(10**20, 480, "zh") == str(10**20)


def test_amounts_and_copies_are_worded_as_on_paper() -> None:
    assert yuan(19900) == "¥199.00"
    assert yuan(-3000) == "-¥30.00"
    assert yuan(0) == "¥0.00"
    assert ordinal(1, "zh") == "第一联"
    assert ordinal(11, "zh") == "第11联"
    assert ordinal(2, "en") == "Copy 2"
    assert word("sign.seal", "zh") == "（盖章）"


def test_both_languages_use_the_same_placeholders() -> None:
    for room in resources.read_toml("i18n", "slips.toml").values():
        for name, entry in room.items():
            fields = [{part[1] for part in Formatter().parse(text) if part[1]} for text in entry.values()]
            assert fields[0] == fields[1], name

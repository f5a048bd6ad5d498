"""The photos of a destruction stand on its sheet, small; what became of one that is gone or another is said."""

from __future__ import annotations

import dataclasses
import hashlib
import io

import office_samples as office
import pytest
from PIL import Image
from reading import bare, pages_said, said

from counter_app.documents import Copy, CopyKind, Paper, raster, render
from counter_app.documents.words import word
from counter_app.domain.slip_content import canonical, content_hash, slip_from
from counter_app.domain.slips import ScrapRecord
from counter_app.wording import Language

STUB = (Copy(CopyKind.STUB, 1, "存根", "white"),)
SHEETS = tuple(paper for paper in Paper if not paper.is_roll)
ROLLS = tuple(paper for paper in Paper if paper.is_roll)


def photo(colour: tuple[int, int, int], kind: str = "JPEG", size: tuple[int, int] = (1600, 1200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def named(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def of(*hashes: str) -> ScrapRecord:
    return dataclasses.replace(office.SCRAP_RECORD, photos=hashes)


def width_of(pdf: bytes, *, red: bool) -> float:
    """How wide the widest run of red, or of green, is on the pages, in mm; 0 where there is none."""
    widest = 0
    for page in raster.pages(pdf, 72):
        with Image.open(io.BytesIO(page.png())) as drawn:
            dots = drawn.convert("RGB").tobytes()
            across = drawn.width
        strong, weak = (0, 1) if red else (1, 0)
        spots = [
            at % across
            for at in range(len(dots) // 3)
            if dots[at * 3 + strong] > 150 and dots[at * 3 + weak] < 80 and dots[at * 3 + 2] < 80
        ]
        widest = max(widest, max(spots) - min(spots) + 1 if spots else 0)
    return widest * 25.4 / 72


@pytest.mark.parametrize("paper", SHEETS)
def test_the_photos_stand_on_the_sheet_about_40_mm_wide(paper: Paper) -> None:
    red, green = photo((210, 20, 20)), photo((20, 190, 20), "PNG", (300, 900))
    found = {named(one): one for one in (red, green)}
    pdf = render(of(*found), paper, "zh", STUB, photos=found)
    assert width_of(pdf, red=True) == pytest.approx(40, abs=1)
    assert width_of(pdf, red=False) == pytest.approx(10, abs=1)  # an upright one stays upright
    assert len(pdf) < 60_000
    assert all(sha256[:12] in said(pdf) for sha256 in found)
    assert render(of(*found), paper, "zh", STUB, photos=found) == pdf


@pytest.mark.parametrize("paper", ROLLS)
def test_a_roll_has_their_count_alone(paper: Paper) -> None:
    red = photo((210, 20, 20))
    pdf = render(of(named(red)), paper, "zh", STUB, photos={named(red): red})
    assert width_of(pdf, red=True) == 0
    assert "照片2张" in said(pdf)
    assert bare(word("mark.photo_gone", "zh")) not in said(pdf)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("paper", SHEETS)
def test_a_photo_that_is_gone_or_was_changed_leaves_a_box_that_says_so(
    paper: Paper, language: Language
) -> None:
    kept, other, text = photo((210, 20, 20)), photo((20, 190, 20)), b"no picture"
    slip = of(named(kept), named(b"gone"), named(text), named(b"changed"))
    found = {named(kept): kept, named(text): text, named(b"changed"): other}
    pdf = render(slip, paper, language, STUB, photos=found)
    assert said(pdf).count(bare(word("mark.photo_gone", language))) == 1
    assert said(pdf).count(bare(word("mark.photo_damaged", language))) == 2
    assert width_of(pdf, red=True) == pytest.approx(40, abs=1)
    assert width_of(pdf, red=False) == 0
    assert render(slip, paper, language, STUB)  # and all four may be gone


def test_many_photos_go_on_to_further_sheets_and_none_is_cut() -> None:
    red = photo((210, 20, 20))
    slip = of(*(hashlib.sha256(bytes([at])).hexdigest() for at in range(20)), named(red))
    for paper in SHEETS:
        pages = pages_said(render(slip, paper, "zh", STUB, photos={named(red): red}))
        assert sum(page.count(bare(word("mark.photo_gone", "zh"))) for page in pages) == 20
        assert len(pages) <= 9


def test_the_frozen_slip_holds_the_hashes_and_an_older_one_is_what_it_was() -> None:
    slip = office.SCRAP_RECORD
    assert slip_from(canonical(slip)) == slip
    older = of()
    assert "photos" not in canonical(older)
    assert content_hash(older) != content_hash(slip)
    assert bare(word("mark.photo_gone", "zh")) not in said(render(older, Paper.A5, "zh", STUB))

"""The shop's logo, its own terms, a font that is gone: at the head, under the declaration, and said plainly."""

from __future__ import annotations

import dataclasses
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import slip_samples as samples
from PIL import Image
from reading import pages_said, said

from counter_app.documents import Copy, CopyKind, Paper, default_copies, fonts, raster, render
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.slip_content import kind_of

COPY = (Copy(CopyKind.CUSTOMER, 1, "客户", "red"),)
RED = (200, 20, 20)


def logo(width: int = 300, height: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), RED).save(out, "PNG")
    return out.getvalue()


def reddish(pdf: bytes) -> list[tuple[int, int]]:
    """Where the logo's colour stands on the first page, 72 dots to the inch."""
    page = next(iter(raster.pages(pdf, 72)))
    with Image.open(io.BytesIO(page.png())) as drawn:
        picture = drawn.convert("RGB")
    dots = picture.tobytes()
    return [
        (at % picture.width, at // picture.width)
        for at in range(picture.width * picture.height)
        if dots[at * 3] > 150 and dots[at * 3 + 1] < 70 and dots[at * 3 + 2] < 70
    ]


@pytest.mark.parametrize("paper", list(Paper))
def test_the_logo_stands_at_the_head_and_covers_no_word(paper: Paper) -> None:
    slip = samples.RETURN_FORM
    with_logo = render(slip, paper, "zh", COPY, logo=logo())
    spots = reddish(with_logo)
    assert len(spots) > 400
    assert max(y for _, y in spots) < 80
    assert said(with_logo) == said(render(slip, paper, "zh", COPY))
    assert render(slip, paper, "zh", COPY, logo=logo()) == with_logo


@pytest.mark.parametrize(("width", "height"), [(720, 20), (20, 240), (1, 1), (720, 240)])
def test_a_logo_of_any_shape_stays_in_its_box(width: int, height: int) -> None:
    for paper in (Paper.A5, Paper.ROLL_58):
        spots = reddish(render(samples.PLAIN_RETURN, paper, "zh", COPY, logo=logo(width, height)))
        assert all(y < 80 for _, y in spots)


@pytest.mark.parametrize("content", [b"", b"no picture", logo()[:60]])
def test_a_logo_that_is_no_picture_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(SurroundingsError) as told:
        render(samples.PLAIN_RETURN, Paper.A5, "zh", COPY, logo=content)
    assert told.value.code == "logo.unreadable"


@pytest.mark.parametrize("paper", list(Paper))
def test_the_shops_own_terms_and_closing_line_stand_on_every_slip_with_a_declaration(paper: Paper) -> None:
    shop = dataclasses.replace(
        samples.SHOP, terms=("电池自购买之日起保修六个月。", "上门服务请提前一天预约。")
    )
    for name, slip in samples.ALL.items():
        text = said(
            render(dataclasses.replace(slip, shop=shop), paper, "zh", default_copies(kind_of(slip), "zh")[:1])
        )
        assert "电池自购买之日起保修六个月" in text, name
        assert "上门服务请提前一天预约" in text, name


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "Broken.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00 no font")
    monkeypatch.setattr(fonts.resources, "path", lambda *parts: tmp_path / parts[-1])
    for file in ("Nowhere.ttf", "Broken.ttf"):
        with pytest.raises(SurroundingsError) as told:
            fonts.face(file)
        assert told.value.code == "slip.font"
        assert told.value.params["file"] == file


def test_the_pictures_are_written_by_one_command(tmp_path: Path) -> None:
    target = tmp_path / "all.png"
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("form_pictures.py")), "--sheet", str(target)],
        env={**os.environ, "COUNTER_ENVIRONMENT": "own"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with Image.open(target) as whole:
        assert whole.width > 1000


@pytest.mark.parametrize("paper", list(Paper))
def test_a_customers_copy_speaks_both_languages_and_no_other_copy_does(paper: Paper) -> None:
    slip = samples.PLAIN_RETURN
    one = pages_said(render(slip, paper, "zh"))
    both = pages_said(render(slip, paper, "zh", also="en"))
    added = [page for page in both if page not in one]
    assert [page for page in both if page in one] == one
    assert added
    assert all("Return/ExchangeForm" in page and "Customer" in page for page in added)
    assert "Thegoodslistedwerecheckedandhandedover" in "".join(added)
    assert "94.00" in "".join(added)
    stub = (Copy(CopyKind.STUB, 1, "存根", "white"),)
    assert render(slip, paper, "zh", stub, also="en") == render(slip, paper, "zh", stub)
    assert render(slip, paper, "zh", also="zh") == render(slip, paper, "zh")

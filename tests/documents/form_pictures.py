"""Small pictures of every printed form, kept beside the tests, and how a form of today is held against them.

    python tests/documents/form_pictures.py            writes them anew, after somebody looked at the forms
    python tests/documents/form_pictures.py --sheet F  writes one sheet of all of them to look at, as F
    python tests/documents/form_pictures.py --manual F writes every form on A5, small, as the manual shows them

A form is drawn at twice the kept size in grey and made smaller, so that another version of the renderer or another
machine smooths its edges without being noticed; a line of text that moved, was cut or is gone is.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import office_samples as office
import slip_samples as samples
from PIL import Image, ImageChops

from counter_app.documents import Paper, default_copies, raster, render
from counter_app.domain.slip_content import kind_of
from counter_app.domain.slips import Slip
from counter_app.wording import Language

FOLDER = Path(__file__).parent / "pictures"
EVERYWHERE = ("return_form", "refund_acknowledgement", "stock_count")
"""Forms kept on every paper and in both languages; of the others one sheet and one roll."""
ON_FANFOLD = ("plain_return", "exchange_form", "refund_application", "refusal_notice")
"""Forms that fan-fold has to hold on one page."""
_DPI = 40
_BLOCK = 8
"""Side of the squares that are compared, in kept pixels: about 5 mm."""
_MOST_APART = 26
"""How far the mean grey of a square may lie from the kept one, of 255."""


def wanted() -> Iterator[tuple[str, Slip, Paper, Language]]:
    """Every picture: its name, the slip, the paper, the language."""
    for name, slip in {**samples.ALL, **office.OFFICE}.items():
        papers = tuple(Paper) if name in EVERYWHERE else (Paper.A5, Paper.ROLL_80)
        if name in ON_FANFOLD:
            papers += (Paper.FANFOLD,)
        for paper in papers:
            yield f"{name}-{paper.value}-zh", slip, paper, "zh"
        if name in EVERYWHERE:
            yield f"{name}-{Paper.A5.value}-en", slip, Paper.A5, "en"


def picture(slip: Slip, paper: Paper, language: Language) -> Image.Image:
    """The first page of the first copy, grey, at the kept size."""
    pdf = render(slip, paper, language, default_copies(kind_of(slip), language)[:1], photos=office.PHOTOS)
    page = next(iter(raster.pages(pdf, _DPI * 2)))
    with Image.open(io.BytesIO(page.png())) as drawn:
        return drawn.convert("L").resize((drawn.width // 2, drawn.height // 2), Image.Resampling.BOX)


def kept(name: str) -> Image.Image:
    """The picture that was looked at. FileNotFoundError when there is none."""
    with Image.open(FOLDER / f"{name}.png") as file:
        return file.convert("L")


def apart(now: Image.Image, then: Image.Image) -> str:
    """Where two pictures differ more than smoothing explains, "" when they are alike."""
    if abs(now.width - then.width) > 1 or abs(now.height - then.height) > 1:
        return f"{now.size} instead of {then.size}"
    size = (min(now.width, then.width), min(now.height, then.height))
    now, then = now.crop((0, 0, *size)), then.crop((0, 0, *size))
    squares = (-(-size[0] // _BLOCK), -(-size[1] // _BLOCK))
    coarse = [one.resize(squares, Image.Resampling.BOX) for one in (now, then)]
    far = ImageChops.difference(*coarse)
    worst = far.getextrema()[1]
    if not isinstance(worst, (int, float)) or worst <= _MOST_APART:
        return ""
    spots = [at for at, value in enumerate(far.tobytes()) if value > _MOST_APART]
    mm = 25.4 / _DPI * _BLOCK
    row, column = divmod(spots[0], squares[0])
    return f"{len(spots)} squares differ by up to {worst}, the first {column * mm:.0f} mm across, {row * mm:.0f} mm down"


def refresh() -> int:
    """Write every picture anew and remove those of forms that are gone; returns how many."""
    FOLDER.mkdir(exist_ok=True)
    names = set()
    for name, slip, paper, language in wanted():
        # Sixteen even steps of grey: a palette picked by frequency moves the rare ones too far.
        even = picture(slip, paper, language).point(lambda value: (value + 8) // 17 * 17)
        small = even.quantize(16)
        small.save(FOLDER / f"{name}.png", optimize=True)
        names.add(f"{name}.png")
    for file in FOLDER.glob("*.png"):
        if file.name not in names:
            file.unlink()
    return len(names)


def sheet(target: Path) -> None:
    """All kept pictures on one, to be looked at."""
    found = [kept(file.stem) for file in sorted(FOLDER.glob("*.png"))]
    width = max(one.width for one in found) + 6
    rows = [found[at : at + 8] for at in range(0, len(found), 8)]
    whole = Image.new("L", (width * 8, sum(max(one.height for one in row) + 6 for row in rows)), 120)
    top = 0
    for row in rows:
        for at, one in enumerate(row):
            whole.paste(one, (at * width, top))
        top += max(one.height for one in row) + 6
    whole.save(target)


def manual(target: Path) -> None:
    """Every form on A5 beside the others, with few greys: `docs/pictures/slips.png`."""
    across, size, edge = 4, (312, 220), 8
    found = []
    for name, slip in {**samples.ALL, **office.OFFICE}.items():
        if name not in ("plain_return", "subsidy_return"):  # the same form as the fuller one
            pdf = render(slip, Paper.A5, "zh", default_copies(kind_of(slip), "zh")[:1], photos=office.PHOTOS)
            with Image.open(io.BytesIO(next(iter(raster.pages(pdf, 72))).png())) as drawn:
                found.append(drawn.convert("L").resize(size, Image.Resampling.LANCZOS))
    step = (size[0] + edge, size[1] + edge)
    rows = -(-len(found) // across)
    whole = Image.new("L", (across * step[0] + edge, rows * step[1] + edge), 205)
    for at, one in enumerate(found):
        whole.paste(one, (edge + at % across * step[0], edge + at // across * step[1]))
    whole.quantize(12).save(target, optimize=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sheet", type=Path, metavar="FILE.png")
    asked.add_argument("--manual", type=Path, metavar="FILE.png")
    given = asked.parse_args()
    if given.sheet:
        sheet(given.sheet)
    elif given.manual:
        manual(given.manual)
    else:
        print(f"{refresh()} pictures")

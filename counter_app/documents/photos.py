"""Photos that a slip names by their hash, small and in rows. One that is gone or is another than was kept says so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.utils import ImageReader

from counter_app.documents.logo import Logo
from counter_app.documents.pages import Row
from counter_app.documents.paper import MM
from counter_app.documents.pen import CENTRE, Pen
from counter_app.documents.typeset import QUIET_INK, Type
from counter_app.documents.words import word

_WIDTH_MM, _HEIGHT_MM, _GAP_MM = 40.0, 30.0, 4.0
_MOST_ACROSS = 3
_MOST_PIXELS = (480, 360)
"""About 300 dots to the inch at the printed size."""
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo as it is drawn: `picture`, or the word for what became of it; `sha256` is the name it was kept under."""

    sha256: str
    picture: Logo | None
    fate: str = ""


def shots(hashes: tuple[str, ...], found: Mapping[str, bytes]) -> tuple[Shot, ...]:
    """The photos of these hashes out of the contents that were found."""
    return tuple(_shot(one, found.get(one)) for one in hashes)


def _shot(sha256: str, content: bytes | None) -> Shot:
    if content is None:
        return Shot(sha256, None, "mark.photo_gone")
    if hashlib.sha256(content).hexdigest() != sha256:
        return Shot(sha256, None, "mark.photo_damaged")
    picture = _small(content)
    return Shot(sha256, picture, "" if picture else "mark.photo_damaged")


def _small(content: bytes) -> Logo | None:
    """The photo as a JPEG of the printed size, which goes into the PDF as it is; None for what is no photo."""
    from PIL import Image, UnidentifiedImageError

    out = BytesIO()
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            picture.draft("RGB", _MOST_PIXELS)
            small = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    small.thumbnail(_MOST_PIXELS, Image.Resampling.LANCZOS)
    small.save(out, "JPEG", quality=_QUALITY)
    out.seek(0)
    return Logo(ImageReader(out), *small.size)


def photo_rows(found: tuple[Shot, ...], at: Type, left: float) -> list[Row]:
    """Up to three in a row, each with its number and the beginning of its hash; `left` is kept free for a label."""
    width, height, gap = _WIDTH_MM * MM, _HEIGHT_MM * MM, _GAP_MM * MM
    across = max(1, min(_MOST_ACROSS, int((at.width - left + gap) / (width + gap))))
    rows = []
    for begin in range(0, len(found), across):
        row = tuple(enumerate(found[begin : begin + across], begin + 1))

        def draw(pen: Pen, top: float, row: tuple[tuple[int, Shot], ...] = row) -> None:
            x = at.x + left
            for place, one in row:
                _draw(pen, x, top + at.size * 0.3, place, one, at)
                x += width + gap

        rows.append(Row(height + at.size * 0.6 + at.small * 1.2, draw))
    return rows


def _draw(pen: Pen, x: float, top: float, place: int, one: Shot, at: Type) -> None:
    width, height = _WIDTH_MM * MM, _HEIGHT_MM * MM
    if one.picture is not None:
        wide, high = one.picture.fitted(width, height)
        one.picture.draw(pen, x, top + height - high, wide, high)
    else:
        pen.box(x, top, width, height, edge=0.6, weight=0.5)
        said = word(one.fate, at.language)
        pen.text(
            x + width / 2, top + height / 2 + at.small * 0.36, said, at.small, align=CENTRE, room=width - 6
        )
    caption = f"{place}   {one.sha256[:12]}"
    pen.text(x, top + height + at.small * 1.05, caption, at.small, grey=QUIET_INK, room=width)

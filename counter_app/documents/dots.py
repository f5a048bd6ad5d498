"""Pages of a roll as a receipt printer's dots: 203 dpi, black or white, the printable width alone.

Signs and codes are cut off at one grey, so that their edges are clean; a photograph or logo is scattered into dots.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from counter_app.documents.paper import MM, ROLLS, Paper
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.roll_paper import Dots

if TYPE_CHECKING:
    from PIL import Image

PER_MM = 8
"""Dots of the head to the mm (203.2 dpi)."""
POINT = MM / PER_MM
"""One dot in points."""
_DARK = 150
"""Greys below this are black: thin strokes of small signs stay whole, thick ones do not run together."""
_COLOURS = 2
"""Three bytes a pixel, as the preview is drawn; pdfium draws signs otherwise onto a grey page."""


def pages(pdf: bytes, paper: Paper) -> Iterator[Dots]:
    """Every piece of a slip on a roll, as wide as the head prints.

    Raises SurroundingsError `slip.pdf.unreadable` when the bytes are no PDF.
    """
    size = ROLLS[paper]
    for page in drawn(pdf):
        left = (page.width - round(size.printable_mm * PER_MM)) // 2
        yield packed(page.crop((left, 0, left + round(size.printable_mm * PER_MM), page.height)))


def drawn(pdf: bytes) -> Iterator[Image.Image]:
    """Every page, 8 dots to the mm, as a Pillow picture of mode "1" (0 = black)."""
    from PIL import Image

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as problem:
        raise SurroundingsError("slip.pdf.unreadable", reason=str(problem)) from problem
    try:
        for page in document:
            # The page has whole dots across, but for the last digit of its width in points; a dot more would
            # stretch every bar of its codes.
            scale = (round(page.get_width() / POINT) - 1e-6) / page.get_width()
            bitmap = page.render(scale=scale, force_bitmap_format=_COLOURS)
            size, held = (bitmap.width, bitmap.height), bytes(bitmap.buffer)
            grey = Image.frombytes("RGB", size, held, "raw", "BGR", bitmap.stride).convert("L")
            black = grey.point([0 if level < _DARK else 255 for level in range(256)], "1")
            high = page.get_height()
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                x1, y1, x2, y2 = thing.get_bounds()
                box = (
                    int(x1 * scale),
                    int((high - y2) * scale),
                    round(x2 * scale),
                    round((high - y1) * scale),
                )
                black.paste(grey.crop(box).convert("1"), box[:2])
            yield black
    finally:
        document.close()


def packed(picture: Image.Image) -> Dots:
    """A Pillow picture of mode "1" as dots."""
    # Pillow packs white as 1.
    rows = picture.tobytes().translate(_TURNED)
    spare = -picture.width % 8
    if spare:
        row, mask = (picture.width + 7) // 8, 0xFF << spare & 0xFF
        held = bytearray(rows)
        for last in range(row - 1, len(held), row):
            held[last] &= mask
        rows = bytes(held)
    return Dots(picture.width, picture.height, rows)


_TURNED = bytes(255 - byte for byte in range(256))

"""Pages of a PDF as pictures: for the preview in the window, raster printing and looking in tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2

from counter_app.domain.errors import SurroundingsError


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: width and height in pixels, three bytes (red, green, blue) per pixel, rows from the top.

    `width_mm` and `height_mm` are the paper's.
    """

    width: int
    height: int
    rgb: bytes
    width_mm: float
    height_mm: float

    def png(self) -> bytes:
        """The page as a PNG file."""
        from PIL import Image

        out = BytesIO()
        Image.frombytes("RGB", (self.width, self.height), self.rgb).save(out, "PNG")
        return out.getvalue()


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as problem:
        raise SurroundingsError("slip.pdf.unreadable", reason=str(problem)) from problem


def pages(pdf: bytes, dpi: float = 144) -> Iterator[PagePicture]:
    """Every page in turn. SurroundingsError("slip.pdf.unreadable") when the bytes are no PDF."""
    document = _open(pdf)
    try:
        for page in document:
            bitmap = page.render(scale=dpi / 72, rev_byteorder=True, force_bitmap_format=2)
            stride, row = bitmap.stride, bitmap.width * 3
            held = bytes(bitmap.buffer)
            rgb = (
                held
                if stride == row
                else b"".join(held[place : place + row] for place in range(0, stride * bitmap.height, stride))
            )
            points_wide, points_high = page.get_size()
            yield PagePicture(
                bitmap.width,
                bitmap.height,
                rgb[: row * bitmap.height],
                points_wide / 72 * 25.4,
                points_high / 72 * 25.4,
            )
    finally:
        document.close()


def sizes_mm(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in mm. SurroundingsError("slip.pdf.unreadable") when the bytes are no PDF."""
    document = _open(pdf)
    try:
        return [(wide / 72 * 25.4, high / 72 * 25.4) for wide, high in (page.get_size() for page in document)]
    finally:
        document.close()


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page, as a reader would copy it."""
    document = _open(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()

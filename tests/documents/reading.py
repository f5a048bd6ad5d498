"""Reading a print back: its words as a reader copies them, its ink as a scanner sees it."""

from __future__ import annotations

import re

from counter_app.documents import raster

_SPACE = re.compile(r"\s+")


def said(pdf: bytes) -> str:
    """All words of a print without any white space, so that line ends do not matter."""
    return bare("".join(raster.page_texts(pdf)))


def pages_said(pdf: bytes) -> list[str]:
    """The words page by page."""
    return [bare(text) for text in raster.page_texts(pdf)]


def bare(text: str) -> str:
    """Text without white space; pdfium marks a hyphen at a line's end with U+0002."""
    return _SPACE.sub("", text).replace("\x02", "-").replace("\ufffe", "-")


def ink_rows(picture: raster.PagePicture) -> list[list[bool]]:
    """Dark pixels, row by row."""
    width = picture.width
    greens = picture.rgb[1::3]
    return [
        [value < 128 for value in greens[top : top + width]]
        for top in range(0, width * picture.height, width)
    ]


def ink_edges_mm(picture: raster.PagePicture) -> tuple[float, float]:
    """Left and right edge of everything that is not white, in mm."""
    width = picture.width
    greens = picture.rgb[1::3]
    columns = [x for x in range(width) if min(greens[x::width]) < 200]
    return columns[0] / width * picture.width_mm, (columns[-1] + 1) / width * picture.width_mm

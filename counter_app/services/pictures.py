"""Making a picture fit to keep: upright, without metadata, of bounded size; refusing what is none.

Nothing is decoded before its header was looked at, so that a small file cannot claim a huge picture.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 2560
MOST_BYTES = 1_500_000
MOST_INPUT_BYTES = 80 * 1024 * 1024
TOO_WIDE = 20_000
MOST_PIXELS = 120_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
SLIP_PICTURE = (720, 240)
"""Largest size of the picture at the head of slips, px."""
_QUALITIES = (85, 75, 65, 50)
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it will be kept."""

    content: bytes
    mime: str
    width: int
    height: int


def fit_to_keep(content: bytes) -> Picture:
    """The picture upright, at most 2560 px long and about 1.5 MB, with nothing in it but its pixels.

    Screenshots stay PNG where that is small enough; all else becomes JPEG.
    Raises UserError `photo.not_an_image`, `photo.heic`, `photo.too_large`, `photo.too_many_bytes`.
    """
    if len(content) > MOST_INPUT_BYTES:
        raise UserError("photo.too_many_bytes", most=MOST_INPUT_BYTES // 2**20)
    if content[4:12] in _HEIC:
        raise UserError("photo.heic")
    # Imported when the first photo comes: the window opens without it.
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                _check_size(image.size)
                source = image.format or ""
                if source == "JPEG":
                    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(image)
                kept = _plain(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UserError("photo.too_large", most=TOO_WIDE) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error) as wrong:
        raise UserError("photo.not_an_image") from wrong
    kept.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if source in ("PNG", "GIF", "BMP") and len(png := _saved(kept, "PNG", optimize=True)) <= MOST_BYTES:
        return Picture(png, "image/png", *kept.size)
    return _as_jpeg(kept)


def fit_for_slips(content: bytes) -> bytes:
    """A picture for the head of slips as PNG: upright, transparency on white, at most 720 × 240 px, grey where it has
    no colour. The same picture gives the same bytes. Raises as `fit_to_keep`.
    """
    from PIL import Image

    with Image.open(io.BytesIO(fit_to_keep(content).content)) as image:
        image.thumbnail(SLIP_PICTURE, Image.Resampling.LANCZOS)
        return _saved(image, "PNG", optimize=True)


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if max(width, height) >= TOO_WIDE or width * height > MOST_PIXELS:
        raise UserError("photo.too_large", most=TOO_WIDE)
    if min(width, height) < 1:
        raise UserError("photo.not_an_image")


def _plain(image: Image) -> Image:
    """RGB in the usual colours, transparency on white, without anything that came with the file."""
    import PIL.Image

    coloured = _usual_colours(image)
    if coloured.mode in ("RGBA", "LA", "PA") or "transparency" in coloured.info:
        layer = coloured.convert("RGBA")
        coloured = PIL.Image.new("RGB", layer.size, _WHITE)
        coloured.paste(layer, mask=layer.getchannel("A"))
    elif coloured.mode not in ("RGB", "L"):
        coloured = coloured.convert("RGB")
    clean = coloured.copy()
    clean.info = {}
    return clean


def _usual_colours(image: Image) -> Image:
    """Colours of a phone's wide profile turned into sRGB, since the profile itself is not kept."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    from PIL import ImageCms

    try:
        turned = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if image.mode == "RGBA" else "RGB",
        )  # fmt: skip
    except (ImageCms.PyCMSError, OSError):
        return image
    return image if turned is None else turned


def _as_jpeg(image: Image) -> Picture:
    import PIL.Image

    while True:
        for quality in _QUALITIES:
            content = _saved(image, "JPEG", quality=quality, optimize=True, progressive=False)
            if len(content) <= MOST_BYTES:
                return Picture(content, "image/jpeg", *image.size)
        width, height = image.size
        image = image.resize((width * 4 // 5, height * 4 // 5), PIL.Image.Resampling.LANCZOS)


def _saved(image: Image, kind: str, **options: object) -> bytes:
    memory = io.BytesIO()
    image.save(memory, kind, **options)
    return memory.getvalue()

"""Which papers a photograph or a scan shows, by the QR that every slip bears. zxing-cpp is imported when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from counter_app.documents import raster
from counter_app.documents.scans import is_pdf

_DPI = 150


def addresses(content: bytes) -> tuple[str, ...]:
    """What the QR codes on a picture (JPEG, PNG) or on the pages of a PDF say, each once, in reading order.

    Nothing for a page whose code is cut off or cannot be read. Raises SurroundingsError `slip.pdf.unreadable`.
    """
    import zxingcpp

    found: dict[str, None] = {}
    for image in _images(content):
        for code in zxingcpp.read_barcodes(
            image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        ):
            found.setdefault(code.text)
    return tuple(found)


def _images(content: bytes) -> Iterator[object]:
    from PIL import Image

    if not is_pdf(content):
        with Image.open(BytesIO(content)) as picture:
            yield picture.convert("L")
        return
    for page in raster.pages(content, _DPI):
        yield Image.frombytes("RGB", (page.width, page.height), page.rgb).convert("L")

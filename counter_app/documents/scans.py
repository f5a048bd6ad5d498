"""Photographed or scanned paper as one PDF: a page for each picture, pages of a scanner's PDF as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.errors import SurroundingsError, UserError

PDF_MARK = b"%PDF-"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A picture (JPEG or PNG) with its size in pixels."""

    content: bytes
    width: int
    height: int


def is_pdf(content: bytes) -> bool:
    """Whether a file says that it is a PDF; scanners may put some bytes before it."""
    return PDF_MARK in content[:1024]


def one_pdf(parts: Sequence[ScannedPage | bytes], title: str, most_pages: int) -> bytes:
    """All pages in order. PDFs among the parts are taken page by page, so nothing but their pages comes along.

    Raises UserError `paper.pages`, SurroundingsError `slip.pdf.unreadable`.
    """
    whole = pypdfium2.PdfDocument.new()
    try:
        for part in parts:
            content = part if isinstance(part, bytes) else _page(part, title)
            source = pypdfium2.PdfDocument(content)
            try:
                whole.import_pages(source)
            finally:
                source.close()
            if len(whole) > most_pages:
                raise UserError("paper.pages", most=most_pages)
        written = BytesIO()
        whole.save(written)
        return written.getvalue()
    except pypdfium2.PdfiumError as problem:
        raise SurroundingsError("slip.pdf.unreadable", reason=str(problem)) from problem
    finally:
        whole.close()


def _page(page: ScannedPage, title: str) -> bytes:
    """One picture on A4, as large as it fits, upright or across."""
    size = landscape(A4) if page.width > page.height else A4
    scale = min(size[0] / page.width, size[1] / page.height)
    wide, high = page.width * scale, page.height * scale
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    canvas.setTitle(title)
    image = ImageReader(BytesIO(page.content))
    canvas.drawImage(image, (size[0] - wide) / 2, (size[1] - high) / 2, wide, high)
    canvas.save()
    return out.getvalue()

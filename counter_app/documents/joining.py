"""Several PDFs as one, one PDF's pages in another order, and what a PDF says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

import pypdfium2

from counter_app.domain.errors import SurroundingsError
from counter_app.wording import Language

CREATOR: Final = "Counter"
TONGUES: Final[dict[Language, str]] = {"zh": "zh-CN", "en": "en"}
"""Languages as a PDF names them."""


def joined(files: Sequence[bytes]) -> bytes:
    """The pages of all files in order. One file is given back as it is.

    Raises SurroundingsError `slip.pdf.unreadable` when the bytes are no PDF.
    """
    if len(files) == 1:
        return files[0]
    whole = pypdfium2.PdfDocument.new()
    try:
        for file in files:
            part = pypdfium2.PdfDocument(file)
            try:
                whole.import_pages(part)
            finally:
                part.close()
        written = BytesIO()
        whole.save(written)
        return written.getvalue()
    except pypdfium2.PdfiumError as problem:
        raise SurroundingsError("slip.pdf.unreadable", reason=str(problem)) from problem
    finally:
        whole.close()


def named(file: bytes, title: str, language: Language) -> bytes:
    """The same pages under a title: who joined them is not what made them. Raises as `joined`."""
    # Imported here: one slip alone, as most are, has its title already.
    from pyhanko.pdf_utils import generic, misc
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    try:
        writer = IncrementalPdfFileWriter(BytesIO(file))
        said = writer.document_meta
        said.title, said.creator = title, CREATOR
        writer.root["/Lang"] = generic.pdf_string(TONGUES[language])
        writer.update_root()
        written = BytesIO()
        writer.write(written)
    except misc.PdfError as problem:
        raise SurroundingsError("slip.pdf.unreadable", reason=str(problem)) from problem
    return written.getvalue()


def picked(file: bytes, chosen: Sequence[int]) -> bytes:
    """These pages of a file, from 0, each as often as it is named. All of them in order: the file as it is.

    Raises SurroundingsError `slip.pdf.unreadable` when the bytes are no PDF.
    """
    whole = pypdfium2.PdfDocument.new()
    try:
        part = pypdfium2.PdfDocument(file)
        try:
            if list(chosen) == list(range(len(part))):
                return file
            whole.import_pages(part, list(chosen))
        finally:
            part.close()
        written = BytesIO()
        whole.save(written)
        return written.getvalue()
    except pypdfium2.PdfiumError as problem:
        raise SurroundingsError("slip.pdf.unreadable", reason=str(problem)) from problem
    finally:
        whole.close()

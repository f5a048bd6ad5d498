"""Several PDFs as one, and one PDF's pages in another order."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pypdfium2

from counter_app.domain.errors import SurroundingsError


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

"""The first print of a form that the customer signed on the pad: the stored pages as they are, not drawn again.

A reprint is drawn with its mark: the mark and unchanged bytes cannot both hold. Nothing is taken from the file where
it is gone or damaged (`verify` names it), for a roll or another paper, or where its pages cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from counter_app import documents
from counter_app.documents import CopyKind
from counter_app.domain.slip_content import kind_of
from counter_app.services import printing
from counter_app.services.desk import Desk
from counter_app.wording import Language

_WITHIN_MM = 0.5
_SECOND = "customer, second language"


def pages(
    desk: Desk, sheet: printing.Sheet, wanted: Sequence[CopyKind], also: Language | None
) -> bytes | None:
    """The stored PDF itself where all its copies are wanted in their order, else a PDF of its pages for `wanted`.

    None: this print has to be drawn.
    """
    if sheet.paper.is_roll:
        return None
    found = printing.stored_form(desk, sheet)
    if found is None or found[0].on_paper:
        return None
    pdf = found[1]
    blocks = _blocks(desk, sheet, pdf)
    chosen: list[int] = []
    for copy in wanted:
        if copy.value not in blocks:
            return None
        chosen += blocks[copy.value]
        if also is not None and also != sheet.language and copy is CopyKind.CUSTOMER:
            if _SECOND not in blocks:
                return None
            chosen += blocks[_SECOND]
    if not chosen:
        return None
    from counter_app.documents import joining

    return joining.picked(pdf, chosen)


def _blocks(desk: Desk, sheet: printing.Sheet, pdf: bytes) -> dict[str, list[int]]:
    """Which pages of a stored form are whose copy, from 0; nothing where that is not certain.

    It was stored with the usual copies in their order, the customer's perhaps a second time in the other language;
    how many pages a copy has is what it has when it is drawn now.
    """
    from counter_app.documents import raster

    kinds = [copy.kind for copy in documents.default_copies(kind_of(sheet.slip), sheet.language)]
    other: Language = "zh" if sheet.language == "en" else "en"
    drawn = printing.pdf_for(desk, sheet, kinds[:1], None, reprint=False)
    there, here = raster.sizes_mm(pdf), raster.sizes_mm(drawn)
    if any(abs(one - this) > _WITHIN_MM for size in there for one, this in zip(size, here[0], strict=True)):
        return {}
    if printing.title_of(sheet.slip).of(sheet.language) not in raster.page_texts(pdf)[0]:
        return {}
    each, order = len(here), [(kind.value, len(here)) for kind in kinds]
    if len(there) != each * len(kinds) and CopyKind.CUSTOMER in kinds:
        twice = printing.pdf_for(desk, sheet, [CopyKind.CUSTOMER], other, reprint=False)
        at = kinds.index(CopyKind.CUSTOMER) + 1
        order.insert(at, (_SECOND, len(raster.sizes_mm(twice)) - each))
    if len(there) != sum(count for _, count in order):
        return {}
    blocks: dict[str, list[int]] = {}
    page = 0
    for name, count in order:
        blocks[name] = list(range(page, page + count))
        page += count
    return blocks

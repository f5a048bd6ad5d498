"""A slip for a receipt printer: drawn as the preview shows it, or as lines of the printer's own signs."""

from __future__ import annotations

from functools import partial

from counter_app import documents
from counter_app.documents import Copy, Paper
from counter_app.domain.roll_paper import Picture, Piece
from counter_app.domain.slip_content import kind_of
from counter_app.printers import Device, receipt_bytes, signs
from counter_app.services import printing, shop_words
from counter_app.services.desk import Desk
from counter_app.services.printing import Sheet
from counter_app.wording import Language


def bytes_for(
    desk: Desk,
    sheet: Sheet,
    device: Device,
    copies: tuple[Copy, ...] | None = None,
    *,
    also: Language | None = None,
    reprint: bool | None = None,
) -> bytes:
    """What the printer is sent for a slip, on the paper that lies in it whatever paper the sheet names.

    `copies` None = those of the shop; `also` = the language in which a customer's copy is printed a second time;
    `reprint` None = as the sheet says. Raises what `documents.render` raises.
    """
    chosen = printing.copies(desk, kind_of(sheet.slip), sheet.language) if copies is None else copies
    again = sheet.reprint if reprint is None else reprint
    paper, logo = Paper(device.width), shop_words.logo(desk)
    # ReportLab is imported with the first slip, not with the program.
    from counter_app.documents import dots, roll_text

    if device.text == "bitmap":
        pdf = documents.render(sheet.slip, paper, sheet.language, chosen, reprint=again, logo=logo, also=also)
        pieces = tuple(Piece((Picture(page),)) for page in dots.pages(pdf, paper))
    else:
        pieces = roll_text.pieces(
            sheet.slip,
            paper,
            sheet.language,
            chosen,
            partial(signs.columns, device),
            reprint=again,
            logo=logo,
            also=also,
        )
    return receipt_bytes(device, pieces)

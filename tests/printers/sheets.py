"""Slips as a receipt printer gets them, and what it makes of the bytes."""

from __future__ import annotations

from functools import partial

from paper_roll import PaperRoll, Printed

from counter_app import documents
from counter_app.documents import Copy, Paper, dots, roll_text
from counter_app.domain.roll_paper import Picture, Piece
from counter_app.domain.slips import Slip
from counter_app.printers import Device, receipt_bytes, signs
from counter_app.wording import Language


def device(width: str = "80mm", text: str = "bitmap") -> Device:
    """A printer at no address in particular."""
    return Device("network", "localhost", width, text)


def sent(
    slip: Slip,
    to: Device,
    language: Language = "zh",
    copies: tuple[Copy, ...] | None = None,
    *,
    reprint: bool = False,
    logo: bytes | None = None,
) -> bytes:
    """The bytes of a slip."""
    paper = Paper(to.width)
    if to.text == "bitmap":
        pdf = documents.render(slip, paper, language, copies, reprint=reprint, logo=logo)
        return receipt_bytes(to, [Piece((Picture(page),)) for page in dots.pages(pdf, paper)])
    columns = partial(signs.columns, to)
    return receipt_bytes(
        to, roll_text.pieces(slip, paper, language, copies, columns, reprint=reprint, logo=logo)
    )


def on_paper(to: Device, data: bytes) -> Printed:
    """What comes out of that printer."""
    return PaperRoll(to.dots, "gb2312" if to.text == "gb2312" else "gbk").print(data)

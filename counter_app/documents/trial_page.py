"""The page that tries a printer: its name, the edges of the paper, text in both scripts, greys and the two codes."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import codes, fonts
from counter_app.documents.paper import MM, ROLLS, SHEETS, Paper
from counter_app.documents.pen import Pen
from counter_app.documents.words import word
from counter_app.wording import Language

_ROLL_MM = 118
_GREYS = 6
_SAMPLE = ("退换货单 0123456789 ¥1,234.56", "永和九年，岁在癸丑 · 㛃 𠮷", "The quick brown fox 0O 1lI 8B")
_CODE = "TEST-20260101-0001"


def render(paper: Paper, language: Language, shop: str, printer: str, at: str) -> bytes:
    """The PDF of one test page; the same arguments give the same bytes."""
    roll = paper.is_roll
    if roll:
        wide, high = ROLLS[paper].width_mm * MM, _ROLL_MM * MM
        edge = (ROLLS[paper].width_mm - ROLLS[paper].printable_mm) / 2 * MM
    else:
        wide, high, edge = SHEETS[paper].width_mm * MM, SHEETS[paper].height_mm * MM, 8 * MM
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=(wide, high),
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.advances().main.fontName,
    )
    canvas.setTitle(word("test.title", language))
    canvas.setCreator("Counter")
    pen = Pen(canvas, high)
    pen.box(edge, edge, wide - 2 * edge, high - 2 * edge, edge=0.0, weight=0.6)
    left, room = edge + 3 * MM, wide - 2 * edge - 6 * MM
    size = 8.0 if roll else 10.0
    down = edge + 8 * MM
    pen.text(left, down, word("test.title", language), size * 1.7, bold=True, room=room)
    for line in (shop, word("test.printer", language, name=printer), f"{paper.value} · {at}", *_SAMPLE):
        down += size * 1.7
        pen.text(left, down, line, size, room=room)
    down += 4 * MM
    step = room / _GREYS
    for shade in range(_GREYS):
        pen.box(left + shade * step, down, step - 1, 6 * MM, fill=shade / (_GREYS - 1), edge=0.0, weight=0.3)
    down += 12 * MM
    _ruler(pen, left, down, room)
    down += 5 * MM
    pen.barcode(_CODE, left, down, min(room, 60 * MM), 11 * MM)
    pen.qr(codes.case_address(_CODE), left, down + 14 * MM, 20 * MM)
    pen.finish()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _ruler(pen: Pen, left: float, top: float, room: float) -> None:
    """Whole millimetres, to be held against a real ruler: a driver that scales shows itself."""
    for mm in range(int(room / MM) + 1):
        tall = 4 if mm % 10 == 0 else 2.6 if mm % 5 == 0 else 1.6
        pen.line(left + mm * MM, top, left + mm * MM, top - tall * MM, weight=0.3)
        if mm and mm % 10 == 0:
            pen.text(left + mm * MM, top + 2.8 * MM, str(mm), 6, align=0.5)

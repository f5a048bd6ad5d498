"""A slip on A4, A5 or fan-fold: head with codes, blocks, declaration, signature lines, seal, copy name, pages."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial

from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import fonts, marks
from counter_app.documents.blocks import Amount, Beside, Block, Facts, Goods, Photos, Table, Ticks, Words
from counter_app.documents.codes import QR_QUIET, case_address, code128_widths, qr_matrix
from counter_app.documents.face import Face
from counter_app.documents.pages import Page, Row, draw_rows, paginate, space
from counter_app.documents.paper import MM, SHEETS, Copy, Paper
from counter_app.documents.pen import CENTRE, RIGHT, Pen
from counter_app.documents.sheet_blocks import set_blocks
from counter_app.documents.sheet_closing import closing_row
from counter_app.documents.typeset import QUIET_INK, Type
from counter_app.documents.words import long_day, ordinal, word

_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 46.0, 20.0, 27.0
_STRIP = 17.0
"""Width of the copy name's strip at the right edge."""
_HEAD = 57.0
_HEAD_AGAIN = 26.0
_CODE_ZONE = 158.0
_DATE_ZONE = 130.0
_LOGO = (56.0, 42.0)
"""Box of the logo in points, left of the shop's name; what is left of the middle is the title's."""
_BAR_HEIGHT = 21.0
_SHORT_MM = 200.0
"""On shorter sheets the amount stands beside the seal space to save its height."""
_SETTINGS = ((1.0, 0), (0.94, 0), (0.88, 0), (0.94, 1), (0.88, 1), (0.88, 2))
"""Scale and tightness (`Type.tight`) that are tried in turn to save a second page."""
_MORE_TO_SIGN = 3.5
_THIRD_MM = 100.0
_MOST_THIRDS = 2.6
"""A third of fan-fold holds no whole form: there it is worth it to need two sheets and not three."""
_MOST_SHRUNK = 1.45
"""A slip that overflows by more than this is not worth shrinking."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A slip set onto the pages of one paper, ready to be drawn once per copy."""

    face: Face
    pages: list[Page]
    width: float
    height: float


def lay_sheet(paper: Paper, face: Face) -> Laid:
    """Set a slip onto sheets."""
    size = SHEETS[paper]
    width, height = size.width_mm * MM, size.height_mm * MM
    bottom = height - _BOTTOM
    rows = _rows(face, paper, width, bottom - _TOP - _HEAD)
    return Laid(face, paginate(rows, _TOP + _HEAD, _TOP + _HEAD_AGAIN, bottom), width, height)


def draw_sheet(canvas: Canvas, laid: Laid, copy: Copy) -> None:
    """All pages of one copy."""
    for place, page in enumerate(laid.pages, 1):
        canvas.setPageSize((laid.width, laid.height))
        pen = Pen(canvas, laid.height)
        _page(pen, page, place, laid, copy)
        pen.finish()
        canvas.showPage()


def _rows(face: Face, paper: Paper, width: float, room: float) -> list[Row]:
    """The slip's rows, a little smaller when that saves a second page; otherwise at full size."""
    size = SHEETS[paper]
    blocks = face.composition.blocks
    amount = blocks[-1] if blocks and isinstance(blocks[-1], Amount) else None
    short = bool(face.composition.seal) and size.height_mm < _SHORT_MM
    beside_seal = amount is not None and short
    tops = _TOP + _HEAD, _TOP + _HEAD_AGAIN, size.height_mm * MM - _BOTTOM
    found: list[list[Row]] = []
    for scale, tight in _SETTINGS:
        if tight and not short:
            break
        body, roomy = round(size.body * scale, 2), size.roomy * scale**3
        at = Type(_LEFT, width - _LEFT - _RIGHT, body, roomy, face.language, tight)
        gap = dataclasses.replace(
            space(at.size * 0.7 * at.roomy), keep=amount is not None and not beside_seal
        )
        told = blocks[:-1] if beside_seal else blocks
        whole = _before_the_sums(told) if tight else len(told)
        rows = set_blocks(told[:whole], at)
        close = partial(closing_row, face.composition, at, amount if beside_seal else None, told[whole:])
        rows += [gap, close()]
        height = sum(row.height for row in rows)
        if height <= room:
            if tight:  # what room is left goes to whoever signs
                rows[-1] = close(rows[-1].height + min(max(room - height - 1, 0), at.size * _MORE_TO_SIGN))
            return rows
        if not tight or rows[-1].height <= tops[2] - tops[1]:  # nothing may reach over the end of a sheet
            found.append(rows)
        if height > room * (_MOST_SHRUNK if size.height_mm > _THIRD_MM else _MOST_THIRDS):
            break
    return min(found, key=lambda rows: len(paginate(rows, *tops)))


def _before_the_sums(blocks: tuple[Block | Beside, ...]) -> int:
    """How many blocks stand before the reckoning: from there on a tight slip sets all beside the seal space."""
    last = max(
        (place for place, block in enumerate(blocks, 1) if isinstance(block, Goods | Table)), default=0
    )
    sums = (
        place
        for place, block in enumerate(blocks)
        if place >= last and not isinstance(block, Facts | Words | Ticks | Photos)
    )
    return next(sums, len(blocks))


def _page(pen: Pen, page: Page, place: int, laid: Laid, copy: Copy) -> None:
    face, width, height = laid.face, laid.width, laid.height
    face.stamps.on_sheet(pen, width, height, face.language)
    if place == 1:
        _head(pen, width, face)
    else:
        _head_again(pen, width, face)
    _copy_name(pen, width, height, face, copy)
    draw_rows(pen, page)
    _foot(pen, place, len(laid.pages), width, height, face)


def _head(pen: Pen, width: float, face: Face) -> None:
    slip, language = face.slip, face.language
    right = width - _RIGHT
    widths = code128_widths(slip.number)
    bar_width = min(_CODE_ZONE - 6, sum(widths) * 0.25 * MM)
    pen.barcode(slip.number, _LEFT, _TOP, bar_width, _BAR_HEIGHT)
    label = word("label.number", language)
    base = _TOP + _BAR_HEIGHT + 12
    shift = pen.text(_LEFT, base, label, 7.2, grey=QUIET_INK) + 5
    pen.text(_LEFT + shift, base, slip.number, 10, bold=True, room=_CODE_ZONE - shift)

    address = case_address(slip.case_number, face.check)
    count = len(qr_matrix(address))
    qr_size = 45.0
    quiet = qr_size / count * (QR_QUIET - 2)
    pen.qr(address, right - qr_size, _TOP - 1, qr_size)
    x = right - qr_size - quiet - 4
    pen.text(x, _TOP + 8, long_day(slip.on, language), 9.2, bold=True, align=RIGHT)
    pen.text(x, _TOP + 19, slip.at, 8, align=RIGHT, grey=QUIET_INK)
    pen.text(x, _TOP + 30, word("label.check_code", language), 7, align=RIGHT, grey=QUIET_INK)
    pen.text(x, _TOP + 40, face.check, 8.6, bold=True, align=RIGHT)

    begin, end = _LEFT + _CODE_ZONE + 3, right - _CODE_ZONE - 3
    if face.logo is not None:
        logo_width, logo_height = face.logo.fitted(*_LOGO)
        face.logo.draw(pen, begin - 4, _TOP + (_HEAD - 9 - logo_height) / 2, logo_width, logo_height)
        begin, end = begin + logo_width + 2, right - _DATE_ZONE
    middle, room = (begin + end) / 2, end - begin
    pen.text(middle, _TOP + 8, slip.shop.name, 9.6, bold=True, align=CENTRE, room=room)
    pen.text(
        middle,
        _TOP + 29,
        face.composition.title,
        18 if language == "zh" else 15.5,
        bold=True,
        align=CENTRE,
        room=room,
    )
    contact = "   ".join(part for part in (slip.shop.address, slip.shop.phone) if part)
    wide = fonts.width(fonts.cleaned(contact), 7.2) > room and slip.shop.phone
    first = slip.shop.address if wide else contact
    pen.text(middle, _TOP + 40, first, 7.2, grey=QUIET_INK, align=CENTRE, room=room)
    if wide:
        pen.text(middle, _TOP + 48, slip.shop.phone, 7.2, grey=QUIET_INK, align=CENTRE, room=room)
    face.stamps.beside_title(pen, _LEFT, _TOP + _HEAD - 6, language)
    pen.line(_LEFT, _TOP + _HEAD - 5, right, _TOP + _HEAD - 5, weight=1.3)


def _head_again(pen: Pen, width: float, face: Face) -> None:
    right = width - _RIGHT
    title = word("title.continued", face.language, title=face.composition.title)
    pen.text(_LEFT, _TOP + 11, title, 11, bold=True, room=(right - _LEFT) * 0.55)
    number = f"{word('label.number', face.language)} {face.slip.number}"
    pen.text(right, _TOP + 11, number, 9, align=RIGHT, room=(right - _LEFT) * 0.42)
    pen.line(_LEFT, _TOP + 17, right, _TOP + 17, weight=1.0)


def _foot(pen: Pen, place: int, total: int, width: float, height: float, face: Face) -> None:
    base, right, language = height - 13, width - _RIGHT, face.language
    pen.line(_LEFT, base - 9, right, base - 9, weight=0.4, grey=0.72)
    room = (right - _LEFT) * 0.4
    said = [face.slip.shop.footer] if face.slip.shop.footer else []
    if face.composition.not_invoice:
        said.insert(0, word("mark.not_invoice", language))
    pen.text(_LEFT, base, "   ".join(said), 7.2, grey=QUIET_INK, room=room)
    page = word("mark.page", language, n=place, total=total)
    pen.text((_LEFT + right) / 2, base, page, 7.2, grey=QUIET_INK, align=CENTRE)
    pen.text(right, base, f"{face.slip.number}   {face.check}", 7.2, grey=QUIET_INK, align=RIGHT, room=room)


def _copy_name(pen: Pen, width: float, height: float, face: Face, copy: Copy) -> None:
    """第一联 存根, read downwards at the right edge, on the copy's colour (conventions §4)."""
    x = width - _RIGHT + 12
    top, length = _TOP, height - _TOP - 20
    tint = marks.TINTS.get(copy.colour)
    pen.box(x, top, _STRIP, length, fill=tint, edge=0.72, weight=0.4)
    first, name = ordinal(copy.place, face.language), copy.name
    middle = x + _STRIP / 2
    if face.language == "en" or not name or fonts.cleaned(name).isascii():
        pen.turned(middle, top + length / 2, f"{first}   {name}", 9)
        return
    signs = [*first, "", *fonts.cleaned(name[:14])]
    step = 11.5
    base = top + length / 2 - step * len(signs) / 2 + 9
    for place, sign in enumerate(signs):
        bold = place > len(first)
        pen.text(middle, base + place * step, sign, 9.4, bold=bold, align=CENTRE, room=_STRIP - 2)

"""What stands around a form on a sheet: head with codes, foot with pages, the copy's name at the right edge."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.documents import fonts, marks
from counter_app.documents.codes import QR_QUIET, case_address, code128_widths, qr_matrix
from counter_app.documents.face import Face
from counter_app.documents.paper import MM, SHEETS, Copy, Paper
from counter_app.documents.pen import CENTRE, RIGHT, Pen
from counter_app.documents.typeset import QUIET_INK
from counter_app.documents.words import long_day, ordinal, word

LEFT_EDGE, RIGHT_EDGE = 34.0, 46.0
_STRIP = 17.0
"""Width of the copy name's strip at the right edge."""
_HEAD = 57.0
_CODE_ZONE = 158.0
_DATE_ZONE = 130.0
_LOGO = (56.0, 42.0)
"""Box of the logo in points, left of the shop's name; what is left of the middle is the title's."""
_BAR_HEIGHT = 21.0
THIRD_MM = 100.0
"""Sheets that are lower than this are a third of fan-fold."""
SHORT_MM = 200.0
"""On sheets that are lower than this room is dear: the amount stands beside the seal space."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Room around the form in points: above the head, the head, a further page's head, the foot's base line from the
    paper's end, and where the form ends."""

    top: float
    head: float
    again: float
    foot: float
    bottom: float


_FRAMES = (
    (THIRD_MM, Frame(13.0, 52.0, 23.0, 11.0, 22.0)),
    (SHORT_MM, Frame(17.0, 53.0, 25.0, 12.0, 24.0)),
)
_TALL = Frame(20.0, _HEAD, 26.0, 13.0, 27.0)


def frame_of(paper: Paper) -> Frame:
    """The lower the sheet, the closer its frame."""
    height = SHEETS[paper].height_mm
    return next((frame for below, frame in _FRAMES if height < below), _TALL)


def draw_head(pen: Pen, width: float, face: Face, frame: Frame) -> None:
    """Number as barcode, shop, title, day, QR with check code."""
    slip, language, top = face.slip, face.language, frame.top
    lift = _HEAD - frame.head
    right = width - RIGHT_EDGE
    widths = code128_widths(slip.number)
    bar_width = min(_CODE_ZONE - 6, sum(widths) * 0.25 * MM)
    bar_height = _BAR_HEIGHT - lift
    pen.barcode(slip.number, LEFT_EDGE, top, bar_width, bar_height)
    label = word("label.number", language)
    base = top + bar_height + 12 - lift * 0.2
    shift = pen.text(LEFT_EDGE, base, label, 7.2, grey=QUIET_INK) + 5
    pen.text(LEFT_EDGE + shift, base, slip.number, 10, bold=True, room=_CODE_ZONE - shift)

    address = case_address(slip.case_number, face.check)
    count = len(qr_matrix(address))
    qr_size = 45.0
    quiet = qr_size / count * (QR_QUIET - 2)
    pen.qr(address, right - qr_size, top - 1 - lift * 0.3, qr_size)
    x = right - qr_size - quiet - 4
    pen.text(x, top + 8, long_day(slip.on, language), 9.2, bold=True, align=RIGHT)
    pen.text(x, top + 19, slip.at, 8, align=RIGHT, grey=QUIET_INK)
    pen.text(x, top + 30 - lift * 0.3, word("label.check_code", language), 7, align=RIGHT, grey=QUIET_INK)
    pen.text(x, top + 40 - lift * 0.5, face.check, 8.6, bold=True, align=RIGHT)

    begin, end = LEFT_EDGE + _CODE_ZONE + 3, right - _CODE_ZONE - 3
    if face.logo is not None:
        logo_width, logo_height = face.logo.fitted(*_LOGO)
        face.logo.draw(pen, begin - 4, top + (frame.head - 9 - logo_height) / 2, logo_width, logo_height)
        begin, end = begin + logo_width + 2, right - _DATE_ZONE
    middle, room = (begin + end) / 2, end - begin
    pen.text(middle, top + 8, slip.shop.name, 9.6, bold=True, align=CENTRE, room=room)
    pen.text(
        middle,
        top + 29 - lift * 0.5,
        face.composition.title,
        18 if language == "zh" else 15.5,
        bold=True,
        align=CENTRE,
        room=room,
    )
    contact = "   ".join(part for part in (slip.shop.address, slip.shop.phone) if part)
    wide = fonts.width(fonts.cleaned(contact), 7.2) > room and slip.shop.phone
    first = slip.shop.address if wide else contact
    pen.text(middle, top + 40 - lift * 0.6, first, 7.2, grey=QUIET_INK, align=CENTRE, room=room)
    if wide:
        pen.text(middle, top + 48 - lift * 0.7, slip.shop.phone, 7.2, grey=QUIET_INK, align=CENTRE, room=room)
    face.stamps.beside_title(pen, LEFT_EDGE, top + frame.head - 6, language)
    pen.line(LEFT_EDGE, top + frame.head - 5, right, top + frame.head - 5, weight=1.3)


def draw_head_again(pen: Pen, width: float, face: Face, frame: Frame) -> None:
    """The head of every further page: title and number."""
    top = frame.top
    right = width - RIGHT_EDGE
    title = word("title.continued", face.language, title=face.composition.title)
    pen.text(LEFT_EDGE, top + 11, title, 11, bold=True, room=(right - LEFT_EDGE) * 0.55)
    number = f"{word('label.number', face.language)} {face.slip.number}"
    pen.text(right, top + 11, number, 9, align=RIGHT, room=(right - LEFT_EDGE) * 0.42)
    pen.line(LEFT_EDGE, top + 17, right, top + 17, weight=1.0)


def draw_foot(
    pen: Pen, place: int, total: int, width: float, height: float, face: Face, frame: Frame
) -> None:
    """Page x of y between the shop's closing line and the number."""
    base, right, language = height - frame.foot, width - RIGHT_EDGE, face.language
    pen.line(LEFT_EDGE, base - 9, right, base - 9, weight=0.4, grey=0.72)
    room = (right - LEFT_EDGE) * 0.4
    said = [face.slip.shop.footer] if face.slip.shop.footer else []
    if face.composition.not_invoice:
        said.insert(0, word("mark.not_invoice", language))
    pen.text(LEFT_EDGE, base, "   ".join(said), 7.2, grey=QUIET_INK, room=room)
    page = word("mark.page", language, n=place, total=total)
    pen.text((LEFT_EDGE + right) / 2, base, page, 7.2, grey=QUIET_INK, align=CENTRE)
    pen.text(right, base, f"{face.slip.number}   {face.check}", 7.2, grey=QUIET_INK, align=RIGHT, room=room)


def draw_copy_name(pen: Pen, width: float, height: float, face: Face, copy: Copy, frame: Frame) -> None:
    """第一联 存根, read downwards at the right edge, on the copy's colour (conventions §4)."""
    x = width - RIGHT_EDGE + 12
    top, length = frame.top, height - frame.top - frame.foot - 7
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

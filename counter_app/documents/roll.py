"""A slip on an 80 or 58 mm roll: as long as what it says, codes on whole printer dots."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import fonts, wrapping
from counter_app.documents.blocks import SignLine
from counter_app.documents.codes import case_address, code128_widths, qr_matrix
from counter_app.documents.face import Face
from counter_app.documents.pages import Page, Row, draw_rows, paginate, space
from counter_app.documents.paper import MM, ROLLS, Copy, Paper
from counter_app.documents.pen import CENTRE, Pen
from counter_app.documents.roll_blocks import set_strip
from counter_app.documents.roll_strip import LEADING, Strip, heading, rule
from counter_app.documents.words import long_day, moment, ordinal, word

DOT = 25.4 / 203.2 * MM
"""One dot of a 203 dpi head: 0.125 mm."""
_EDGE = 3.0 * MM
_LONGEST = 1500 * MM
"""Longer slips go on to another piece of paper; PDF readers stop at 5 m."""
_BAR_MM = 11.0
_SIGN_MM = 15.0
_LOGO_MM = 14.0


@dataclass(frozen=True, slots=True)
class LaidRoll:
    """A slip set onto a roll, ready to be drawn once per copy."""

    face: Face
    pages: list[Page]
    at: Strip
    width: float


def lay_roll(paper: Paper, face: Face, *, plain: bool = False) -> LaidRoll:
    """Set a slip onto a roll; usually one piece. `plain`: for a printer that sets the signs itself."""
    size = ROLLS[paper]
    width = size.width_mm * MM
    at = Strip(
        (width - size.printable_mm * MM) / 2, size.printable_mm * MM, size.columns, face.language, plain
    )
    rows = [*_head(face, at), *set_strip(face.composition.blocks, at, _named(face))]
    rows += [*_closing(face, at), *_codes(face, at)]
    return LaidRoll(face, paginate(rows, _EDGE, _EDGE, _LONGEST - _foot(at)), at, width)


def _foot(at: Strip) -> float:
    return at.step * 1.1 + _EDGE


def draw_roll(canvas: Canvas, laid: LaidRoll, copy: Copy) -> None:
    """All pieces of one copy."""
    for place, page in enumerate(laid.pages, 1):
        height = page.end + _foot(laid.at)
        canvas.setPageSize((laid.width, height))
        pen = Pen(canvas, height, one_face=True)
        draw_piece(pen, laid, place, copy)
        pen.finish()
        canvas.showPage()


def draw_piece(pen: Pen, laid: LaidRoll, place: int, copy: Copy) -> None:
    """One piece of one copy, `place` from 1, with the copy's name at its foot."""
    page, total, at, face = laid.pages[place - 1], len(laid.pages), laid.at, laid.face
    draw_rows(pen, page)
    name = f"{ordinal(copy.place, face.language)} {copy.name}  {word('mark.page', face.language, n=place, total=total)}"
    pen.text(
        at.x + at.width / 2,
        page.end + at.size * 1.1,
        name,
        at.size * at.sized(0.86),
        align=CENTRE,
        room=at.width,
    )


def _centred(text: str, at: Strip, scale: float, most: int, *, bold: bool) -> list[Row]:
    scale = at.sized(scale)
    size = at.size * scale
    lines = at.wrap(text, int(at.columns / scale), most) if text else []

    def row(line: str) -> Row:
        def draw(pen: Pen, top: float) -> None:
            pen.text(
                at.x + at.width / 2, top + size * 1.02, line, size, bold=bold, align=CENTRE, room=at.width
            )

        return Row(size * LEADING, draw)

    return [row(line) for line in lines]


def _logo(face: Face, at: Strip) -> list[Row]:
    if face.logo is None:
        return []
    logo, (width, height) = face.logo, face.logo.fitted(at.width * 0.75, _LOGO_MM * MM)
    left = at.x + (at.width - width) / 2
    return [Row(height + at.size * 0.4, lambda pen, top: logo.draw(pen, left, top, width, height), keep=True)]


def _head(face: Face, at: Strip) -> list[Row]:
    slip, language = face.slip, face.language
    rows = [*_logo(face, at), *_centred(slip.shop.name, at, 1.5, 3, bold=True)]
    rows += _centred(slip.shop.address, at, 1.0, 2, bold=False)
    if slip.shop.phone:
        rows += _centred(f"{word('label.phone', language)} {slip.shop.phone}", at, 1.0, 1, bold=False)
    rows.append(rule(at, heavy=True))
    rows += _centred(face.composition.title, at, 1.6 if language == "zh" else 1.3, 2, bold=True)
    marks = face.stamps.named(language)
    if marks:
        size = at.size * at.sized(1.15)
        rows.append(
            Row(
                size * (1.75 * len(marks) + 0.2),
                lambda pen, top: face.stamps.on_roll(
                    pen, at.x + at.width / 2, top + size * 0.2, size, language
                ),
            )
        )
    if face.composition.not_invoice:
        rows += _centred(word("mark.not_invoice", language), at, 1.0, 2, bold=False)
    rows.append(space(at.size * 0.3))
    return rows


def _named(face: Face) -> tuple[tuple[str, str], ...]:
    """Number, day and clerk, with which the facts begin."""
    slip, language = face.slip, face.language
    told = [("number", slip.number), ("date", f"{long_day(slip.on, language)} {slip.at}".strip())]
    if slip.hands.clerk and not face.composition.lines:
        told.append(("clerk", slip.hands.clerk))
    return tuple((word(f"label.{name}", language), value) for name, value in told)


def _small(text: str, at: Strip, indent: int) -> list[Row]:
    """Running text at seven eighths of the size; further lines begin under the first sign after the number."""
    small = at.sized(0.875)
    size = at.size * small
    columns = int(at.columns / small)
    number, _, words = text.partition(" ")
    lines = at.wrap(words, columns - indent, 6)
    step = at.column * small

    def row(line: str, lead: str) -> Row:
        def draw(pen: Pen, top: float) -> None:
            base = top + size * 1.02
            pen.text(at.x, base, lead, size, room=indent * step)
            room = fonts.columns(line) * step
            pen.text(at.x + indent * step, base, line, size, room=room)

        return Row(size * LEADING, draw)

    return [row(line, "" if place else number) for place, line in enumerate(lines)]


def _closing(face: Face, at: Strip) -> list[Row]:
    composition = face.composition
    rows: list[Row] = []
    if composition.terms:
        rows += [rule(at), heading(word("section.declaration", at.language), at)]
        for place, sentence in enumerate(composition.terms, 1):
            rows += _small(f"{place}. {sentence}", at, 3)
    if composition.lines:
        rows.append(rule(at))
        # As on a sheet: who receives or confirms signs first, the shop's own names and the day stand beneath.
        wide = [line for line in composition.lines if line.wide]
        narrow = [line for line in composition.lines if not line.wide]
        lead = max((_label_columns(line, at) for line in narrow), default=0)
        for place, line in enumerate(wide):
            rows += [space(at.size * 0.6)] * bool(place) + [_signature(line, at)]
        rows += [space(at.size * 0.4)] * bool(wide and narrow) + [
            _sign_line(line, at, lead) for line in narrow
        ]
    if composition.seal:
        side = 38 * MM
        text = f"{composition.seal_name}{composition.seal}"
        rows += [space(at.size * 0.6), Row(side, lambda pen, top: _seal(pen, top, side, text, at))]
    return rows


def _seal(pen: Pen, top: float, side: float, text: str, at: Strip) -> None:
    # Half of the rule's weight would lie beyond what the head prints.
    x = at.x + at.width - side - 0.6
    pen.box(x, top, side, side, edge=0.0, weight=0.6, dash="3 2.4")
    pen.text(x + side / 2, top + side - at.size * 0.7, text, at.size * 0.9, align=CENTRE, room=side - 8)


def _label_columns(line: SignLine, at: Strip) -> int:
    return fonts.columns(wrapping.fitted(line.label, at.columns // 2, fonts.COLUMNS))


def _sign_line(line: SignLine, at: Strip, lead: int) -> Row:
    """`lead`: columns of the longest label of the block, behind which all lines begin."""
    label = wrapping.fitted(line.label, at.columns // 2, fonts.COLUMNS)
    begin = lead + 1

    def draw(pen: Pen, top: float) -> None:
        top += at.size * 0.5
        at.line(pen, top, 0, label)
        base = top + at.size * 1.02
        pen.line(at.x + begin * at.column, base + 2.2, at.x + at.width, base + 2.2, weight=0.6)
        if line.name:
            room = at.columns - begin - 1
            at.line(pen, top, begin + 1, wrapping.fitted(line.name, room, fonts.COLUMNS))

    return Row(at.step + at.size * 0.5, draw)


def _signature(line: SignLine, at: Strip) -> Row:
    height = _SIGN_MM * MM
    ink = line.signature
    said = ""
    if ink is not None and ink.on_paper:
        said = word("sign.on_paper", at.language)
    elif ink is not None and ink.signed_at is not None:
        said = word("sign.signed_at", at.language, when=moment(ink.signed_at, ink.zone_minutes, at.language))

    def draw(pen: Pen, top: float) -> None:
        at.line(pen, top, 0, line.label, bold=True)
        if ink is not None and ink.strokes:
            pen.signature(ink.strokes, at.x, top + at.size, at.width, height)
        base = top + at.size + height
        pen.line(at.x, base, at.x + at.width, base, weight=0.8)
        if said:
            at.line(pen, base + 1, 0, said)

    return Row(at.size + height + (at.step if said else 0) + 3, draw)


def _codes(face: Face, at: Strip) -> list[Row]:
    slip, language = face.slip, face.language
    modules = sum(code128_widths(slip.number))
    dots = int(at.width / DOT // modules)
    # Below two dots a bar would be too thin for the head; then the code takes the whole printable width.
    bar_width = modules * dots * DOT if dots >= 2 else at.width
    left = at.x + int((at.width - bar_width) / 2 / DOT) * DOT
    address = case_address(slip.case_number, face.check)
    side = len(qr_matrix(address)) * 6 * DOT
    qr_left = at.x + int((at.width - side) / 2 / DOT) * DOT
    rows = [
        space(at.size * 0.9),
        Row(
            _BAR_MM * MM,
            lambda pen, top: pen.barcode(slip.number, left, top, bar_width, _BAR_MM * MM),
            keep=True,
        ),
    ]
    rows += _centred(slip.number, at, 1.0, 1, bold=False)
    rows += [space(at.size * 0.8), Row(side, lambda pen, top: pen.qr(address, qr_left, top, side), keep=True)]
    scan = f"{word('mark.scan', language)}  {word('label.check_code', language)} {face.check}"
    rows += [space(at.size * 0.2), *_centred(scan, at, 1.0, 2, bold=False)]
    if slip.shop.footer:
        rows += [rule(at), *_centred(slip.shop.footer, at, 1.0, 3, bold=False)]
    rows += _centred(word("mark.thermal", language), at, 0.875, 2, bold=False)
    return rows

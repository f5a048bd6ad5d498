"""A slip on a roll as lines of signs, for a receipt printer that has its own font.

The same rows that the PDF is drawn with are noted down and put into lines. Signs that the printer lacks are drawn one
by one; a line that has no room in columns, the customer's strokes, the logo and the seal's place are cut out of the
drawn piece.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise

from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import codes, dots, fonts, marks
from counter_app.documents.paper import Copy, Paper
from counter_app.documents.pen import Pen
from counter_app.documents.rendering import faces
from counter_app.documents.roll import LaidRoll, draw_roll, lay_roll
from counter_app.documents.roll_notes import Coded, Note, Ruled, Said, Shown, notes
from counter_app.domain.roll_paper import Barcode, Dots, Gap, Item, Line, Picture, Piece, Qr, Rule, Run
from counter_app.domain.slips import Slip
from counter_app.wording import Language

Columns = Callable[[str], int]
"""How many columns a printer gives a sign; 0 when it lacks it."""
SIGN_DOTS = 24
"""A Chinese sign is 24 dots square, a Latin one 12 wide."""
_PITCH = 32
"""Rows of the sheet on which single signs are drawn, in dots."""
_BASELINE = 21
"""From the top of a sign's square to its baseline, in dots."""


def pieces(
    slip: Slip,
    paper: Paper,
    language: Language,
    copies: tuple[Copy, ...] | None,
    columns_of: Columns,
    *,
    reprint: bool = False,
    logo: bytes | None = None,
    also: Language | None = None,
) -> tuple[Piece, ...]:
    """Every piece of paper of a slip, copy after copy. `paper` is a roll; the rest as for `documents.render`."""
    found: list[Piece] = []
    stamps = marks.Stamps(reprint=reprint)
    laid: dict[int, LaidRoll] = {}
    for copy, face in faces(slip, language, copies, stamps, logo=logo, also=also):
        if id(face) not in laid:
            laid[id(face)] = lay_roll(paper, face, plain=True)
        found += _copy(laid[id(face)], paper, copy, columns_of)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item and the heights between which it stands, in points."""

    top: float
    end: float
    item: Item


def _copy(laid: LaidRoll, paper: Paper, copy: Copy, columns_of: Columns) -> list[Piece]:
    noted = [notes(laid, place, copy) for place in range(1, len(laid.pages) + 1)]
    drawn: list[Dots] = []

    def cut(place: int, top: float, end: float) -> Dots:
        if not drawn:
            drawn.extend(_whole(laid, paper, copy))
        return _band(drawn[place], top, end)

    signs = _drawn_signs([one for page in noted for one in page], laid.at.column, columns_of)
    return [
        Piece(_items(page, laid, columns_of, signs, lambda top, end, place=place: cut(place, top, end)))  # type: ignore[misc]
        for place, page in enumerate(noted)
    ]


def _items(
    noted: Sequence[Note],
    laid: LaidRoll,
    columns_of: Columns,
    signs: dict[Said, Dots],
    cut: Callable[[float, float], Dots],
) -> tuple[Item, ...]:
    at = laid.at
    shown = [one for one in noted if isinstance(one, Shown)]
    lines: list[list[Said]] = []
    for one in sorted((one for one in noted if isinstance(one, Said)), key=lambda one: one.base):
        if any(area.top <= one.base - at.size * 0.4 <= area.end for area in shown):
            continue
        if lines and one.base - lines[-1][0].base < at.size * 0.3:
            lines[-1].append(one)
        else:
            lines.append([one])
    rules = [
        one
        for one in noted
        # The line under a signature is drawn with it.
        if isinstance(one, Ruled) and all(abs(one.y - area.end) > at.size * 0.2 for area in shown)
    ]
    placed: list[_Placed] = []
    for area in shown:
        above = [line[0].base for line in lines if line[0].base - at.size < area.top < line[0].base]
        top = max((base + at.size * 0.26 for base in above), default=area.top)
        placed.append(_Placed(top, area.end, Picture(cut(top, area.end))))
    for line in lines:
        base, scale = line[0].base, max(one.scale for one in line)
        top, end = base - at.size * (0.95 * scale), base + at.size * 0.26
        beside = next((one for one in rules if 0 <= one.y - base < at.size * 0.3 and one.begin > 1), None)
        rule = None
        if beside is not None:
            rules.remove(beside)
            rule = (round(beside.begin), round(beside.end))
        made = _line(line, rule, at.columns, columns_of, signs)
        if made is None:
            said = "".join(one.text for one in line)
            placed.append(_Placed(top, end, Picture(cut(top, end), said)))
        else:
            placed.append(_Placed(top, end, made))
    placed += [
        _Placed(one.y, one.y, Rule("heavy" if one.heavy else "dashed" if one.dashed else "plain"))
        for one in rules
    ]
    placed += [_Placed(one.top, one.top + one.height, _code(one)) for one in noted if isinstance(one, Coded)]
    placed.sort(key=lambda one: (one.top, one.end))
    return tuple(_with_gaps(placed, at.step))


def _with_gaps(placed: list[_Placed], step: float) -> list[Item]:
    """The items, with blank paper wherever the slip leaves more than a line free, as it does to sign in."""
    items: list[Item] = [placed[0].item] if placed else []
    for before, after in pairwise(placed):
        free = after.top - before.end
        if free > step:
            items.append(Gap(round(free / dots.POINT)))
        items.append(after.item)
    return items


def _code(one: Coded) -> Item:
    if one.qr:
        return Qr(one.text, one.module)
    height = min(255, round(one.height / dots.POINT))
    return Barcode(one.text, tuple(codes.code128_values(one.text)), one.module, height)


def _line(
    line: list[Said], rule: tuple[int, int] | None, columns: int, columns_of: Columns, signs: dict[Said, Dots]
) -> Line | None:
    """The line in columns; None when it must be drawn."""
    runs: list[Run] = []
    end = 0
    for one in sorted(line, key=lambda one: one.column):
        if one.tight:
            return None
        start = max(round(one.column), end)
        for part in _parts(one, columns_of):
            ink = signs.get(_as_drawn(part)) if _lacking(part, columns_of) else None
            if ink is not None and part.scale > 1:
                return None
            runs.append(Run(part.text, start, part.columns, part.scale, part.bold, part.reverse, ink))
            start += part.columns
        end = start
    return Line(tuple(runs), rule) if end <= columns else None


def _parts(one: Said, columns_of: Columns) -> list[Said]:
    """The note cut where the printer begins or ends to lack signs."""
    if one.tick is not None:
        return [one]
    found: list[Said] = []
    column = one.column
    lacks = False
    for sign in one.text:
        # A sign that takes two columns by rule may take one on a Western printer.
        missing = _missing(sign, columns_of)
        wide = int(fonts.COLUMNS[sign]) if missing else columns_of(sign)
        if found and missing == lacks:
            found[-1] = replace(
                found[-1], text=found[-1].text + sign, columns=found[-1].columns + wide * one.scale
            )
        else:
            found.append(replace(one, text=sign, column=column, columns=wide * one.scale))
        lacks = missing
        column += wide * one.scale
    return found


def _lacking(one: Said, columns_of: Columns) -> bool:
    return one.tick is not None or _missing(one.text[0], columns_of)


def _missing(sign: str, columns_of: Columns) -> bool:
    return not 1 <= columns_of(sign) <= fonts.COLUMNS[sign]


def _as_drawn(one: Said) -> Said:
    """The same signs wherever they stand."""
    return replace(one, base=0.0, column=0.0, tight=False)


def _drawn_signs(noted: list[Note], column: float, columns_of: Columns) -> dict[Said, Dots]:
    """Every run of signs that the printer lacks, drawn in its columns."""
    wanted = {
        _as_drawn(part): None
        for one in noted
        if isinstance(one, Said) and not one.tight
        for part in _parts(one, columns_of)
        if part.scale == 1 and _lacking(part, columns_of)
    }
    # A large line is drawn whole; its signs are looked up all the same, to tell that some are lacking.
    found = {
        _as_drawn(part): Dots(0, 0, b"")
        for one in noted
        if isinstance(one, Said) and one.scale > 1
        for part in _parts(one, columns_of)
        if _lacking(part, columns_of)
    }
    if len(_DRAWN) > _MOST_DRAWN:
        _DRAWN.clear()
    _draw([one for one in wanted if one not in _DRAWN], column)
    return found | {one: _DRAWN[one] for one in wanted}


_DRAWN: dict[Said, Dots] = {}
"""Runs that were drawn before: ¥ and the tick boxes stand on nearly every slip. A column is 12 dots on any roll."""
_MOST_DRAWN = 1000


def _draw(wanted: list[Said], column: float) -> None:
    """Draw runs on a sheet, one under the other, and cut them out of it."""
    if not wanted:
        return
    out = BytesIO()
    canvas = Canvas(out, invariant=1, initialFontName=fonts.advances().main.fontName)
    size, most = 2 * column, max(one.columns for one in wanted)
    height = _PITCH * dots.POINT * len(wanted)
    canvas.setPageSize((most * column, height))
    pen = Pen(canvas, height, one_face=True)
    for place, one in enumerate(wanted):
        top = place * _PITCH * dots.POINT
        base = top + _BASELINE * dots.POINT
        if one.tick is not None:
            pen.tick(0, base, size, one.tick[0])
            continue
        if one.reverse:
            pen.box(0, top, one.columns * column, SIGN_DOTS * dots.POINT, fill=0.0)
        grey = 1.0 if one.reverse else 0.0
        room = one.columns * column
        pen.text(0, base, one.text, size, bold=one.bold, grey=grey, room=room, narrowest=0.3)
    pen.finish()
    canvas.showPage()
    canvas.save()
    sheet = next(dots.drawn(out.getvalue()))
    for place, one in enumerate(wanted):
        box = (0, place * _PITCH, one.columns * SIGN_DOTS // 2, place * _PITCH + SIGN_DOTS)
        _DRAWN[one] = dots.packed(sheet.crop(box))


def _whole(laid: LaidRoll, paper: Paper, copy: Copy) -> list[Dots]:
    """All pieces of the copy, drawn."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1, initialFontName=fonts.advances().main.fontName)
    draw_roll(canvas, laid, copy)
    canvas.save()
    return list(dots.pages(out.getvalue(), paper))


def _band(whole: Dots, top: float, end: float) -> Dots:
    first, last = max(0, int(top / dots.POINT)), min(whole.height, round(end / dots.POINT) + 1)
    return Dots(whole.width, last - first, whole.rows[first * whole.row_bytes : last * whole.row_bytes])

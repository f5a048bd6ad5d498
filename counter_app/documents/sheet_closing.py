"""The end of a form: declaration, signature lines, and room for the seal at their right; never cut."""

from __future__ import annotations

from counter_app.documents.blocks import Amount, Beside, Block, Composition, SignLine
from counter_app.documents.pages import Row, space
from counter_app.documents.paper import MM
from counter_app.documents.pen import CENTRE, RIGHT, Pen
from counter_app.documents.sheet_blocks import set_block, set_blocks
from counter_app.documents.sheet_figures import section
from counter_app.documents.typeset import QUIET_INK, Type
from counter_app.documents.words import moment, word

_SEAL_MM = 40.0
_GAP = 12.0
_LEAST_CELL = 84.0
"""Narrowest cell in which somebody can still sign beside a label, in points."""


def closing_row(
    composition: Composition,
    at: Type,
    amount: Amount | None = None,
    reckoning: tuple[Block | Beside, ...] = (),
    least: float = 0.0,
) -> Row:
    """One row with everything that must stay together where the customer signs.

    `amount` is set above the declaration, beside the seal space, on sheets that are short; so is the `reckoning` of
    a slip that is set tight. `least` is the height it has at least, for more room to sign in.
    """
    seal = _SEAL_MM * MM if composition.seal else 0.0
    left = at.narrowed(at.x, at.width - (seal + 14 if seal else 0.0))
    above = set_blocks(reckoning, left)
    if reckoning:
        above.append(space(at.size * 0.4 * at.roomy))
    above += _amount(amount, left) + _terms(composition, left)
    needed = sum(row.height for row in above) + at.size * 0.5 + _signs_height(composition.lines, left)
    height = max(needed, seal, least)
    signs = _sign_grid(composition.lines, left, height - needed)

    def draw(pen: Pen, top: float) -> None:
        y = top
        for row in above:
            row.draw(pen, y)
            y += row.height
        y = top + height - sum(row.height for row in signs)
        for row in signs:
            row.draw(pen, y)
            y += row.height
        if seal:
            _seal(pen, at.x + at.width - seal, top + (height - seal) / 2, seal, composition, at)

    return Row(height, draw)


def _amount(amount: Amount | None, at: Type) -> list[Row]:
    return [] if amount is None else set_block(amount, at)


def _seal(pen: Pen, x: float, top: float, side: float, composition: Composition, at: Type) -> None:
    pen.box(x, top, side, side, edge=0.6, weight=0.6, dash="3 2.4")
    middle = x + side / 2
    pen.text(middle, top + side - 10, composition.seal, at.size, grey=0.5, align=CENTRE)
    if composition.seal_name:
        pen.text(
            middle,
            top + side - 10 - at.leading,
            composition.seal_name,
            at.small,
            grey=0.5,
            align=CENTRE,
            room=side - 8,
        )


def _terms(composition: Composition, at: Type) -> list[Row]:
    if not composition.terms:
        return []
    if at.tight > 1:
        told = "   ".join(f"{place}. {sentence}" for place, sentence in enumerate(composition.terms, 1))
        told = f"{word('section.declaration', at.language)}   {told}"
        return [_term("", line, at, 0.0) for line in at.wrap(told, at.width, 12, size=at.small)]
    rows = [section(word("section.declaration", at.language), at)]
    for place, sentence in enumerate(composition.terms, 1):
        for line_place, line in enumerate(at.wrap(sentence, at.width - at.small * 1.5, 4, size=at.small)):
            rows.append(_term(f"{place}." if not line_place else "", line, at))
    return rows


def _term(number: str, line: str, at: Type, indent: float = 1.5) -> Row:
    def draw(pen: Pen, top: float) -> None:
        pen.text(at.x, top + at.small, number, at.small, grey=QUIET_INK)
        pen.text(at.x + at.small * indent, top + at.small, line, at.small, grey=0.12)

    return Row(at.small * (1.25 if at.tight else 1.36), draw)


def _per_row(narrow: int, at: Type) -> int:
    if at.tight > 1 and narrow * _LEAST_CELL + _GAP * (narrow - 1) <= at.width:
        return max(narrow, 1)
    return 2 if narrow == 4 else 3


def _signature_height(at: Type) -> float:
    return at.size * 3.3 * at.roomy


def _line_height(at: Type) -> float:
    return at.size * 2.1 * at.roomy


def _signs_height(lines: tuple[SignLine, ...], at: Type) -> float:
    narrow = [line for line in lines if not line.wide]
    rows = -(-len(narrow) // _per_row(len(narrow), at))
    return (len(lines) - len(narrow)) * _signature_height(at) + rows * _line_height(at)


def _sign_grid(lines: tuple[SignLine, ...], at: Type, spare: float) -> list[Row]:
    """The signature lines; height to spare goes to the customer's line first, then evenly."""
    narrow = tuple(line for line in lines if not line.wide)
    wide = tuple(line for line in lines if line.wide)
    per_row = _per_row(len(narrow), at)
    count = max(-(-len(narrow) // per_row), 1)
    to_wide = spare * 0.5 if wide else 0.0
    line_height = _line_height(at) + min((spare - to_wide) / count, at.size * 0.9)
    rows = [_signature(line, at, _signature_height(at) + min(to_wide, at.size * 2.5)) for line in wide]
    cell = (at.width - _GAP * (per_row - 1)) / per_row
    for begin in range(0, len(narrow), per_row):
        rows.append(_sign_row(narrow[begin : begin + per_row], cell, line_height, at))
    return rows


def _sign_row(lines: tuple[SignLine, ...], cell: float, height: float, at: Type) -> Row:
    blank_day = word("sign.blank_day", at.language)
    day = word("sign.date", at.language)

    def draw(pen: Pen, top: float) -> None:
        base = top + height - at.size * 0.35
        for place, line in enumerate(lines):
            x = at.x + place * (cell + _GAP)
            shift = pen.text(x, base, line.label, at.small, grey=QUIET_INK, room=cell * 0.5) + 5
            pen.line(x + shift, base + 2, x + cell, base + 2, weight=0.5, grey=0.25)
            if line.label == day:
                pen.text(x + cell, base, blank_day, at.small, align=RIGHT, room=cell - shift)
            elif line.name:
                pen.text(x + shift + 3, base, line.name, at.size, room=cell - shift - 4)

    return Row(height, draw)


def _signature(line: SignLine, at: Type, height: float) -> Row:
    ink = line.signature
    said = ""
    if ink is not None and ink.on_paper:
        said = word("sign.on_paper", at.language)
    elif ink is not None and ink.signed_at is not None:
        said = word("sign.signed_at", at.language, when=moment(ink.signed_at, ink.zone_minutes, at.language))

    def draw(pen: Pen, top: float) -> None:
        base = top + height - at.size * 0.4
        shift = pen.text(at.x, base, line.label, at.size, bold=True, room=at.width * 0.4) + 6
        pen.line(at.x + shift, base + 2, at.x + at.width, base + 2, weight=0.7)
        taken = 0.0
        if said:
            taken = pen.text(at.x + at.width, base - 1, said, at.small, grey=QUIET_INK, align=RIGHT)
        if ink is not None and ink.strokes:
            width = min(at.width - shift - taken - 8, height * 5)
            pen.signature(ink.strokes, at.x + shift + 4, top, width, height + 1)

    return Row(height, draw)

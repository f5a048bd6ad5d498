"""Figures on a sheet: sums with their steps, ways of paying, the amount in its frame; headings over them."""

from __future__ import annotations

from dataclasses import replace

from counter_app.documents import fonts
from counter_app.documents.blocks import Amount, Sums, Ways
from counter_app.documents.pages import Row
from counter_app.documents.pen import RIGHT, Pen
from counter_app.documents.typeset import QUIET_INK, Type
from counter_app.documents.words import word, yuan
from counter_app.domain.money import capitals

_SHORT_LIST = 8
"""Rows, with the heading, that are not broken over two pages."""


def section(title: str, at: Type) -> Row:
    """A small heading that stays with what follows."""

    def draw(pen: Pen, top: float) -> None:
        pen.box(at.x, top + at.size * 0.2, 2.2, at.size, fill=0.0)
        pen.text(at.x + 6, top + at.size * 1.06, title, at.size, bold=True, room=at.width - 6)

    return Row(at.size * 1.5, draw, keep=True)


def sums_rows(block: Sums, at: Type) -> list[Row]:
    """Steps of an amount under their heading."""
    heading = section(block.title, at)
    found = [
        _figure_row(
            row.label, row.note, "" if row.amount_fen is None else yuan(row.amount_fen), at, bold=row.total
        )
        for row in block.rows
    ]
    return unbroken([heading, *found])


def ways_rows(block: Ways, at: Type) -> list[Row]:
    """Tenders with state and proof."""
    proof = word("label.proof_number", at.language)
    rows = [section(block.title, at)]
    for row in block.rows:
        note = word(f"money.{row.state.value}", at.language)
        if row.proof:
            note += f"  {proof} {row.proof}"
        rows.append(_figure_row(row.way, note, yuan(row.amount_fen), at))
    return unbroken(rows)


def amount_row(block: Amount, at: Type) -> Row:
    """The one amount of the slip, framed, in figures and capitals."""
    height = at.size * 2.5
    figure, large = yuan(block.fen), at.size * 1.7
    in_capitals = capitals(block.fen)
    label = word("label.capitals", at.language)

    def draw(pen: Pen, top: float) -> None:
        pen.box(at.x, top, at.width, height, fill=0.955, edge=0.0, weight=0.8)
        base = top + height * 0.5 + at.size * 0.36
        x = at.x + 8
        x += pen.text(x, base, block.label, at.size, bold=True, room=at.width * 0.3) + 9
        x += (
            pen.text(x, top + height * 0.5 + large * 0.36, figure, large, bold=True, room=at.width * 0.3) + 22
        )
        x += pen.text(x, base, label, at.small, grey=QUIET_INK, room=at.width * 0.15) + 7
        pen.text(x, base, in_capitals, at.size * 1.12, bold=True, room=at.x + at.width - x - 8)

    return Row(height + at.size * 0.3, draw, keep=True)


def unbroken(rows: list[Row]) -> list[Row]:
    """A short list stays on one page; a long one is broken neither after its first line nor before its last."""
    last = len(rows) - 1
    held = range(last) if len(rows) <= _SHORT_LIST else (0, 1, last - 1)
    return [replace(row, keep=True) if place in held else row for place, row in enumerate(rows)]


def _figure_row(label: str, note: str, figure: str, at: Type, *, bold: bool = False) -> Row:
    figures = max(fonts.width(figure, at.size, bold), at.size * 4.5)
    room = at.width - figures - 8
    lines = at.wrap(label, room, 2, bold=bold)
    beside = room - fonts.width(lines[-1], at.size, bold) - 8
    note_lines: list[str] = []
    if note and fonts.width(fonts.cleaned(note), at.small) > beside:
        note_lines, note = at.wrap(note, at.width, 3, size=at.small), ""

    above = at.size * 0.18 if bold else 0.0

    def draw(pen: Pen, top: float) -> None:
        base = top + above + at.size * 1.02
        if bold:
            pen.line(at.x, top + above * 0.5, at.x + at.width, top + above * 0.5, weight=0.6)
        pen.text(at.x + at.width, base, figure, at.size, bold=bold, align=RIGHT)
        for line in lines:
            end = pen.text(at.x, base, line, at.size, bold=bold)
            base += at.leading
        if note:
            pen.text(at.x + end + 8, base - at.leading, note, at.small, grey=QUIET_INK, room=beside)
        for line in note_lines:
            pen.text(at.x, base, line, at.small, grey=QUIET_INK)
            base += at.leading

    return Row(above + at.leading * (len(lines) + len(note_lines)) + at.size * 0.1, draw)

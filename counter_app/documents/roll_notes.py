"""A pen that writes down what it is told to draw, for a printer that sets the signs itself.

The rows of a slip on a roll are the same for both pens, so nothing of a slip is worded twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.utils import ImageReader

from counter_app.documents import codes, fonts
from counter_app.documents.paper import Copy
from counter_app.documents.pen import LEFT, Colour, Pen
from counter_app.documents.roll import DOT, LaidRoll, draw_piece
from counter_app.documents.roll_strip import Strip
from counter_app.domain.slips import Stroke


@dataclass(frozen=True, slots=True)
class Said:
    """Signs of one kind on a baseline, in columns of the strip; `tick` marks a tick box and its state instead.

    `tight`: more columns than there is room; the line is only right when it is drawn.
    """

    base: float
    column: float
    columns: int
    text: str
    scale: int = 1
    bold: bool = False
    reverse: bool = False
    tick: tuple[bool | None] | None = None
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule at y, from column to column."""

    y: float
    begin: float
    end: float
    heavy: bool
    dashed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Something to be drawn as it is, between two heights."""

    top: float
    end: float


@dataclass(frozen=True, slots=True)
class Coded:
    """A barcode or a QR code, as a printer makes it itself; `module` in dots, `height` in points."""

    top: float
    height: float
    text: str
    module: int
    qr: bool


Note = Said | Ruled | Shown | Coded


class NotingPen(Pen):
    """Notes instead of drawing; heights in points from the top of the piece."""

    def __init__(self, at: Strip) -> None:
        self._at = at
        self.notes: list[Note] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        grey: float = 0.0,
        align: float = LEFT,
        room: float | None = None,
        narrowest: float = 1.0,
    ) -> float:
        at, line = self._at, fonts.cleaned(text).replace("\n", " ")
        scale = 2 if size > at.size * 1.2 else 1
        reverse = grey > 0.5
        if reverse:
            line = f" {line} "
        if scale > 1:
            # The full-width sign can be printed large, which a drawn one within a line cannot.
            line = line.replace("¥", "￥")
        limit = (at.width if room is None else room) / at.column + (2 if reverse else 0)
        wide = fonts.columns(line)
        if scale > 1 and wide * scale > limit + 0.01:
            scale = 1
        columns = wide * scale
        if line.strip() or reverse:
            start = (x - at.x) / at.column - align * columns
            tight = columns > limit + 0.01 or start < -0.51 or start + columns > at.columns + 0.51
            self.notes.append(Said(y, start, columns, line, scale, bold, reverse, tight=tight))
        return columns * at.column

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        weight: float = 0.5,
        grey: float = 0.0,
        dash: str = "",
    ) -> None:
        at = self._at
        begin, end = ((x - at.x) / at.column for x in (x1, x2))
        self.notes.append(Ruled(y1, begin, end, weight >= 1.0, bool(dash)))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: float | Colour | None = None,
        edge: float | None = None,
        weight: float = 0.5,
        dash: str = "",
    ) -> None:
        # A filled box is the ground of white words, which the printer reverses itself.
        if fill is None:
            self.notes.append(Shown(y, y + height))

    def tick(self, x: float, y: float, size: float, state: bool | None) -> None:
        self.notes.append(Said(y, (x - self._at.x) / self._at.column, 2, "", tick=(state,)))

    def barcode(self, number: str, x: float, y: float, width: float, height: float) -> None:
        module = int(width / DOT / sum(codes.code128_widths(number)) + 0.01)
        if module < 2:
            self.notes.append(Shown(y, y + height))
        else:
            self.notes.append(Coded(y, height, number, module, qr=False))

    def qr(self, text: str, x: float, y: float, size: float) -> None:
        self.notes.append(Coded(y, size, text, round(size / DOT / len(codes.qr_matrix(text))), qr=True))

    def picture(self, image: ImageReader, x: float, top: float, width: float, height: float) -> None:
        self.notes.append(Shown(top, top + height))

    def signature(self, ink: tuple[Stroke, ...], x: float, y: float, width: float, height: float) -> None:
        self.notes.append(Shown(y, y + height))


def notes(laid: LaidRoll, place: int, copy: Copy) -> list[Note]:
    """What stands on one piece of one copy, `place` from 1."""
    pen = NotingPen(laid.at)
    draw_piece(pen, laid, place, copy)
    return pen.notes

"""The pen that draws one page: text, rules, boxes, codes, stamps. Points, y counted down from the top.

What it draws is collected as PDF operators and handed to the canvas in one piece; text never passes through
anything that reads markup. Greys: 0 black … 1 white.
"""

from __future__ import annotations

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import codes, fonts, strokes, wrapping
from counter_app.domain.slips import Stroke

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
_NARROWEST = 0.72
"""A line that is too long is set narrower down to this, then shortened with a mark."""
_THICKER = 0.022
"""Outline added to a face that has no bold of its own, in ems."""
Colour = tuple[float, float, float]


class Pen:
    """Draws on one page of `canvas`, `height` points high. Call `finish` once at the end of the page.

    `one_face` thickens the regular face where bold is asked for: a receipt then carries one font instead of
    two, which is most of the time it takes and half of its bytes.
    """

    def __init__(self, canvas: Canvas, height: float, *, one_face: bool = False) -> None:
        self._one_face = one_face
        self._canvas = canvas
        self._height = height
        self._out: list[str] = []
        self._fill = ""
        # The document is what a font keeps its subsets by; the canvas has no public name for it.
        self._document = canvas._doc

    def finish(self) -> None:
        """Hand the page's operators to the canvas."""
        self._canvas.addLiteral("\n".join(self._out))
        self._out.clear()

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
        narrowest: float = _NARROWEST,
    ) -> float:
        """One line with its baseline at y; `align` says which part of it stands at x. Returns its width.

        Wider than `room`, it is narrowed, down to `narrowest`; if that is not enough, it ends in "…".
        """
        real_bold = bold and not self._one_face
        table = fonts.advances(real_bold)
        line = fonts.cleaned(text).replace("\n", " ")
        pieces = fonts.runs(line, real_bold)
        width = sum(run.width for run in pieces) * size
        scale = 1.0
        if room is not None and width > room + 0.01:
            scale = max(narrowest, room / width)
            if scale * width > room + 0.01:
                line = wrapping.fitted(line, room / scale / size, table)
                pieces = fonts.runs(line, real_bold)
                width = sum(run.width for run in pieces) * size
            width *= scale
        start = x - align * width
        self._set_fill(f"{grey:g} g")
        if scale != 1.0:
            self._out.append(f"{scale * 100:.2f} Tz")
        for run in pieces:
            if run.font is None:
                self._box(start, y, run, size, scale, grey)
            else:
                self._show(run.font, run.text, start, y, size, grey, bold and (run.rare or self._one_face))
            start += run.width * size * scale
        if scale != 1.0:
            self._out.append("100 Tz")
        return width

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
        """A rule; `dash` is a PDF dash array like "2 1.5"."""
        pattern = f"[{dash}] 0 d " if dash else ""
        self._out.append(
            f"q {grey:g} G {weight:g} w {pattern}{x1:.2f} {self._height - y1:.2f} m "
            f"{x2:.2f} {self._height - y2:.2f} l S Q"
        )

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
        """A rectangle whose upper left corner is x, y, filled, edged or both."""
        colour = ""
        if fill is not None:
            colour += "{:g} {:g} {:g} rg ".format(*fill) if isinstance(fill, tuple) else f"{fill:g} g "
        if edge is not None:
            colour += f"{edge:g} G {weight:g} w "
        if dash:
            colour += f"[{dash}] 0 d "
        paint = "B" if fill is not None and edge is not None else "f" if fill is not None else "S"
        self._out.append(
            f"q {colour}{x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re {paint} Q"
        )

    def tick(self, x: float, y: float, size: float, state: bool | None) -> None:
        """A tick box as a shape standing on the baseline y: ticked, crossed, or empty when not looked at."""
        side = size * 0.78
        top = y - side * 0.93
        self.box(x, top, side, side, edge=0.25, weight=0.6)
        if state is None:
            return
        base = self._height - top - side

        def point(across: float, up: float) -> str:
            return f"{x + across * side:.2f} {base + up * side:.2f}"

        if state:
            path = f"{point(0.18, 0.5)} m {point(0.42, 0.22)} l {point(0.84, 0.8)} l S"
        else:
            path = (
                f"{point(0.22, 0.22)} m {point(0.78, 0.78)} l {point(0.22, 0.78)} m {point(0.78, 0.22)} l S"
            )
        self._out.append(f"q 0 G 1.1 w 1 J 1 j {path} Q")

    def barcode(self, number: str, x: float, y: float, width: float, height: float) -> None:
        """Code128 of the number, its upper left corner at x, y."""
        self._set_fill("0 g")
        self._out.append(
            codes.code128_path(codes.scannable(number), x, self._height - y - height, width, height)
        )

    def qr(self, text: str, x: float, y: float, size: float) -> None:
        """QR of the text, its upper left corner at x, y; the caller leaves the quiet zone."""
        self._set_fill("0 g")
        self._out.append(codes.qr_path(text, x, self._height - y - size, size))

    def picture(self, image: ImageReader, x: float, top: float, width: float, height: float) -> None:
        """A picture with its upper left corner there."""
        self._canvas.drawImage(image, x, self._height - top - height, width, height, mask="auto")

    def signature(self, ink: tuple[Stroke, ...], x: float, y: float, width: float, height: float) -> None:
        """Pen strokes as smooth curves, fitted into the box whose upper left corner is x, y."""
        path = strokes.curves(ink, x, self._height - y - height, width, height)
        if path:
            self._out.append(f"q 0 G 1.15 w 1 J 1 j {path} S Q")

    def stamp(self, x: float, y: float, text: str, size: float, *, angle: float, colour: Colour) -> None:
        """A slanted framed word centred at x, y. Drawn before the text, which stays readable over it."""
        line = fonts.cleaned(text)
        width = fonts.width(line, size, bold=True)
        turn = strokes.rotation(angle, x, self._height - y)
        red, green, blue = colour
        self._out.append(
            f"q {turn} cm {red:g} {green:g} {blue:g} RG {red:g} {green:g} {blue:g} rg {size / 16:.2f} w"
        )
        self._out.append(
            f"{-width / 2 - size * 0.3:.2f} {-size * 0.68:.2f} {width + size * 0.6:.2f} {size * 1.36:.2f} re S"
        )
        start = -width / 2
        for run in fonts.runs(line, bold=True):
            if run.font is not None:
                self._show_at(run.font, run.text, start, -size * 0.36, size)
            start += run.width * size
        self._out.append("Q")
        self._fill = ""

    def turned(self, x: float, y: float, text: str, size: float, *, grey: float = 0.0) -> None:
        """One line read from top to bottom, centred at x, y (a Latin copy name at the right edge)."""
        line = fonts.cleaned(text)
        turn = strokes.rotation(-90, x, self._height - y)
        self._out.append(f"q {turn} cm {grey:g} g")
        start = -fonts.width(line, size) / 2
        for run in fonts.runs(line):
            if run.font is not None:
                self._show_at(run.font, run.text, start, -size * 0.35, size)
            start += run.width * size
        self._out.append("Q")
        self._fill = ""

    def _set_fill(self, operator: str) -> None:
        if operator != self._fill:
            self._out.append(operator)
            self._fill = operator

    def _show(
        self, font: TTFont, text: str, x: float, y: float, size: float, grey: float, thicken: bool
    ) -> None:
        if thicken:
            self._out.append(f"q {grey:g} G 2 Tr {size * _THICKER:.3f} w")
        self._show_at(font, text, x, self._height - y, size)
        if thicken:
            self._out.append("Q")

    def _show_at(self, font: TTFont, text: str, x: float, up: float, size: float) -> None:
        parts = [
            f"{font.getSubsetInternalName(subset, self._document)} {size:g} Tf <{signs.hex()}> Tj"
            for subset, signs in font.splitString(text, self._document)
        ]
        self._out.append(f"BT 1 0 0 1 {x:.2f} {up:.2f} Tm {' '.join(parts)} ET")

    def _box(self, x: float, y: float, run: fonts.Run, size: float, scale: float, grey: float) -> None:
        pad = fonts.BOX_PADDING * size * scale
        self.box(
            x + pad, y - size * 0.74, run.width * size * scale - 2 * pad, size * 0.86, edge=grey, weight=0.5
        )
        label = size * fonts.BOX_SCALE
        base = y - size * 0.31 + label * 0.36
        self._show(fonts.advances(False).main, run.text, x + 2 * pad, base, label, grey, False)

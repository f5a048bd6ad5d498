"""The strip of a roll, counted in half-width columns: its lines, rules, headings, and labels beside their values.

Black only: a thermal head has no grey. A line that is wider than its columns is drawn narrower to fit them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.documents import fonts, wrapping
from counter_app.documents.pages import Row
from counter_app.documents.pen import Pen
from counter_app.documents.words import word
from counter_app.wording import Language

LEADING = 1.32
_NARROWEST = 0.5
"""Even a line of W fits its columns narrowed to this, so nothing is left out to keep the width rule."""
_LARGE = 1.3
"""From this size on a printer's own signs are twice as wide and high; below they are as all others."""
COLON = {"zh": "：", "en": ": "}
_LEAST_VALUE = 19
"""Columns that values keep when their labels are lined up: a number of a paper fits."""
_WIDEST_LABEL = 18
LINED_UP_FROM = 40
"""From this many columns on running texts are lined up too; a narrower strip needs the room for the words."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The printable column of a roll: left edge and width in points, half-width columns, language.

    `plain`: for a printer that sets the signs itself: every sign fills its columns, and there are two sizes.
    """

    x: float
    width: float
    columns: int
    language: Language
    plain: bool = False

    @property
    def column(self) -> float:
        """Width of one half-width column."""
        return self.width / self.columns

    @property
    def size(self) -> float:
        """Text size: a Chinese sign is two columns wide."""
        return 2 * self.column

    @property
    def step(self) -> float:
        """Distance of two lines."""
        return self.size * LEADING

    def sized(self, scale: float) -> float:
        """A size against that of the text, as this strip can have it."""
        if not self.plain:
            return scale
        return 2.0 if scale >= _LARGE else 1.0

    def measured(self, text: str, size: float) -> float:
        """Width of a line in points."""
        shown = fonts.cleaned(text)
        return fonts.columns(shown) * size / 2 if self.plain else fonts.width(shown, size)

    @property
    def mark(self) -> str:
        """What ends a text that was cut by rule."""
        return word("mark.cut", self.language)

    def wrap(self, text: str, columns: int, most: int) -> list[str]:
        """Lines no wider than `columns` half-width columns."""
        return list(wrapping.wrap(text, columns, fonts.COLUMNS, most, self.mark).lines)

    def line(
        self, pen: Pen, top: float, column: int, text: str, *, bold: bool = False, align: float = 0.0
    ) -> None:
        """One line of text; `column` is where it begins, or ends when right aligned."""
        room = min(fonts.columns(fonts.cleaned(text)), self.columns) * self.column
        pen.text(
            self.x + column * self.column,
            top + self.size * 1.02,
            text,
            self.size,
            bold=bold,
            align=align,
            room=room,
            narrowest=_NARROWEST,
        )


def rule(at: Strip, *, heavy: bool = False) -> Row:
    """A rule across the strip, dashed unless heavy."""

    def draw(pen: Pen, top: float) -> None:
        y = top + at.size * 0.38
        pen.line(at.x, y, at.x + at.width, y, weight=1.0 if heavy else 0.7, dash="" if heavy else "2.8 2.2")

    return Row(at.size * 0.72, draw)


def text_row(at: Strip, draw_line: Callable[[Pen, float], None], *, keep: bool = False) -> Row:
    """A row one line high."""
    return Row(at.step, draw_line, keep=keep)


def plain_row(line: str, column: int, at: Strip, *, bold: bool = False, keep: bool = False) -> Row:
    """One line of text as a row."""
    return text_row(at, lambda pen, top: at.line(pen, top, column, line, bold=bold), keep=keep)


def heading(title: str, at: Strip) -> Row:
    """A bold line that stays with what follows."""
    return plain_row(wrapping.fitted(title, at.columns, fonts.COLUMNS), 0, at, bold=True, keep=True)


def lined_up(labels: list[str], at: Strip) -> int:
    """At how many columns the values of these labels begin; a label that is too long keeps to itself."""
    most = min(at.columns - _LEAST_VALUE, _WIDEST_LABEL)
    wide = (fonts.columns(fonts.cleaned(label) + COLON[at.language]) for label in labels)
    return max((columns for columns in wide if columns <= most), default=0)


def pair(label: str, value: str, at: Strip, most: int, lined: int = 0) -> list[Row]:
    """Label and value; further lines begin under the value unless the label leaves too little room. `lined`: columns
    at which the values of all labels of the group begin (`lined_up`)."""
    if fonts.columns(fonts.cleaned(label)) > at.columns // 2:
        # A label of more than half a line has one to itself rather than losing its end.
        alone = wrapping.fitted(label, at.columns - 2, fonts.COLUMNS) + COLON[at.language].rstrip()
        told = at.wrap(value, at.columns - 2, most)
        return [plain_row(alone, 0, at, keep=True), *(plain_row(line, 2, at) for line in told)]
    lead = wrapping.fitted(label, at.columns // 2, fonts.COLUMNS) + COLON[at.language]
    indent = max(fonts.columns(lead), lined)
    lines = at.wrap(value, at.columns - indent, most)
    if len(lines) > 1 and " " not in value and value.isascii() and len(value) <= at.columns - 2:
        # A number is not broken: it gets the next line to itself.
        return [plain_row(lead, 0, at, keep=True), plain_row(value, 2, at)]
    if len(lines) > 2 and at.columns < LINED_UP_FROM:
        told = at.wrap(value, at.columns - 2, most)
        return [plain_row(lead, 0, at, keep=True), *(plain_row(line, 2, at) for line in told)]

    def first(pen: Pen, top: float) -> None:
        at.line(pen, top, 0, lead)
        at.line(pen, top, indent, lines[0])

    return [text_row(at, first), *(plain_row(line, indent, at) for line in lines[1:])]

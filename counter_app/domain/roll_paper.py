"""What stands on a piece of roll paper, as a receipt printer can print it: lines of signs, rules, codes, pictures.

One column is half a Chinese sign, 12 dots of a 203 dpi head (8 dots to the mm); 48 columns on 80 mm, 32 on 58 mm.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture of black and white dots. `rows` from the top, eight dots to a byte, the first in the highest
    bit, 1 = black, every row beginning with a byte of its own."""

    width: int
    height: int
    rows: bytes

    @property
    def row_bytes(self) -> int:
        """Bytes of one row."""
        return (self.width + 7) // 8

    def black(self, x: int, y: int) -> bool:
        """Whether the dot there is black; outside of the picture none is."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            return False
        return bool(self.rows[y * self.row_bytes + x // 8] >> (7 - x % 8) & 1)


@dataclass(frozen=True, slots=True)
class Run:
    """Signs of one kind within a line, from `column` on, `columns` wide in all. `scale` 2: twice as wide and high.

    `dots`: drawn because the printer has no such sign; `text` is then what the picture says, "" for a tick box.
    """

    text: str
    column: int
    columns: int
    scale: int = 1
    bold: bool = False
    reverse: bool = False
    dots: Dots | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of signs, its runs from left to right; `rule` are columns (from, to) in which a line is left to
    write on."""

    runs: tuple[Run, ...]
    rule: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule across the paper: "heavy", "dashed", or "plain" as under a signature."""

    look: str = "dashed"


@dataclass(frozen=True, slots=True)
class Gap:
    """Blank paper, in dots: room to sign in."""

    dots: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots as wide as the printable width. `said` is the text in it, if any."""

    dots: Dots
    said: str = ""


@dataclass(frozen=True, slots=True)
class Barcode:
    """Code128 in the middle of the paper: its symbol values from start B, dots of a module, height in dots."""

    text: str
    values: tuple[int, ...]
    module: int
    height: int


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code of level M in the middle of the paper, `module` dots to a module."""

    text: str
    module: int


Item = Line | Rule | Gap | Picture | Barcode | Qr


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of paper from cut to cut: one copy, or a part of a very long one."""

    items: tuple[Item, ...]

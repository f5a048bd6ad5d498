"""The ESC/POS commands that a receipt needs, as bytes. Sizes in dots of the head unless told otherwise.

Names and numbers follow Epson's command reference, which the makers of cheaper printers copy. What needs more than
its numbers put in a row (QR, Western code pages) comes from python-escpos.
"""

from __future__ import annotations

from counter_app.domain.roll_paper import Dots

START = b"\x1b@"
"""ESC @: as after switching on."""
KANJI, NO_KANJI = b"\x1c&", b"\x1c."
"""FS & / FS .: bytes from 0x80 are halves of a Chinese sign, or signs of the code page."""
LEFT, CENTRE = b"\x1ba\x00", b"\x1ba\x01"
LINE_END = b"\n"
BAND = 128
"""Rows of a picture per command: even a printer with 10 kB of memory begins to print before all is there."""
_INLINE_ROWS = 24


def bold(on: bool) -> bytes:
    """ESC E."""
    return b"\x1bE" + bytes([on])


def reverse(on: bool) -> bytes:
    """GS B: white on black."""
    return b"\x1dB" + bytes([on])


def size(scale: int) -> bytes:
    """GS !: `scale` times as wide and high, Latin and Chinese alike on printers that follow Epson."""
    return b"\x1d!" + bytes([(scale - 1) * 0x11])


def kanji_size(scale: int) -> bytes:
    """FS !: the same for the Chinese font of printers whose GS ! leaves it alone."""
    return b"\x1c!" + bytes([0x0C if scale > 1 else 0])


def line_height(dots: int) -> bytes:
    """ESC 3."""
    return b"\x1b3" + bytes([dots])


def feed_dots(dots: int) -> bytes:
    """ESC J, as often as 255 dots take."""
    return b"".join(b"\x1bJ" + bytes([min(255, dots - done)]) for done in range(0, dots, 255))


def feed_lines(lines: int) -> bytes:
    """ESC d."""
    return b"\x1bd" + bytes([lines]) if lines else b""


def cut() -> bytes:
    """GS V 65 0: the paper runs to the knife and is cut but for a point."""
    return b"\x1dVB\x00"


def density(level: int) -> bytes:
    """GS ( K, function 49: −6 lighter … 8 darker; 0 leaves the printer as it is set."""
    return b"\x1d(K\x02\x001" + bytes([level % 256]) if level else b""


def raster(dots: Dots) -> bytes:
    """GS v 0 in bands: a picture from the left edge of the printable width."""
    row = dots.row_bytes
    found = []
    for top in range(0, dots.height, BAND):
        high = min(BAND, dots.height - top)
        held = dots.rows[top * row : (top + high) * row]
        found.append(b"\x1dv0\x00" + row.to_bytes(2, "little") + high.to_bytes(2, "little") + held)
    return b"".join(found)


def inline(dots: Dots) -> bytes:
    """ESC * 33: a picture 24 dots high within a line of text, column by column."""
    columns = bytearray()
    for x in range(dots.width):
        for part in range(0, _INLINE_ROWS, 8):
            byte = 0
            for y in range(part, part + 8):
                byte = byte << 1 | dots.black(x, y)
            columns.append(byte)
    return b"\x1b*!" + dots.width.to_bytes(2, "little") + bytes(columns)


def code128(values: tuple[int, ...], module: int, height: int) -> bytes:
    """GS k 73 without a line of text under it. `values` are symbol values that begin with start B."""
    return b"\x1dh" + bytes([height]) + b"\x1dw" + bytes([module]) + b"\x1dH\x00" + _code128(values)


def _code128(values: tuple[int, ...]) -> bytes:
    data, in_pairs = bytearray(b"{B"), False
    for value in values[1:]:
        if value == 99 and not in_pairs:
            data += b"{C"
            in_pairs = True
        elif value == 100 and in_pairs:
            data += b"{B"
            in_pairs = False
        else:
            data.append(value if in_pairs else value + 32)
    return b"\x1dkI" + bytes([len(data)]) + bytes(data)

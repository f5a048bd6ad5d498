"""Code128 and QR as integer rectangles under one matrix: one literal path each, no drawing library."""

from __future__ import annotations

import re
from functools import lru_cache

import segno

from counter_app.domain.errors import UserError

# Widths of bar, space, bar, space, bar, space for the values 0–105 (ISO/IEC 15417, table 1).
_TABLE = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231"
    "113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211"
    "212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131"
    "113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111"
    "314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211"
    "241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214"
    "211232"
)
_WIDTHS = tuple(_TABLE[place : place + 6] for place in range(0, len(_TABLE), 6))
_STOP = "2331112"
_START_B, _TO_C, _TO_B = 104, 99, 100
_NUMBER = re.compile(r"[0-9A-Za-z\-/._]{1,48}")
_DIGITS = re.compile(r"[0-9]{4,}")
QUIET = 10
"""Modules of blank space a barcode needs on either side."""
QR_QUIET = 4
_QR_MASK = 4


def scannable(number: str) -> str:
    """The number itself if a barcode can carry it; UserError("slip.number.unscannable") if not."""
    if not _NUMBER.fullmatch(number):
        raise UserError("slip.number.unscannable", number=number[:48])
    return number


def code128_values(text: str) -> list[int]:
    """Symbol values without check sign and stop: set B, set C for even runs of four digits or more."""
    values = [_START_B]
    place = 0
    for run in _DIGITS.finditer(text):
        begin = run.start() + (run.end() - run.start()) % 2
        values += [ord(sign) - 32 for sign in text[place:begin]]
        values.append(_TO_C)
        values += [int(text[pair : pair + 2]) for pair in range(begin, run.end(), 2)]
        place = run.end()
        if place < len(text):
            values.append(_TO_B)
    return values + [ord(sign) - 32 for sign in text[place:]]


@lru_cache(maxsize=64)
def code128_widths(text: str) -> tuple[int, ...]:
    """Widths in modules, bars and spaces by turns, beginning and ending with a bar; no quiet zone."""
    values = code128_values(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    pattern = "".join(_WIDTHS[value] for value in (*values, check)) + _STOP
    return tuple(map(int, pattern))


def code128_path(text: str, x: float, y: float, width: float, height: float) -> str:
    """PDF operators that draw the barcode into the box whose lower left corner is x, y (points)."""
    widths = code128_widths(text)
    parts = [f"q {width / sum(widths):.5f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm"]
    place = 0
    for turn, modules in enumerate(widths):
        if turn % 2 == 0:
            parts.append(f"{place} 0 {modules} 1 re")
        place += modules
    parts.append("f Q")
    return "\n".join(parts)


def case_address(case_number: str, check: str = "") -> str:
    """What the QR says: scanned at the counter it reopens the case, and tells the paper by its check code."""
    return f"counter:case/{case_number}#{check}" if check else f"counter:case/{case_number}"


@lru_cache(maxsize=64)
def qr_matrix(text: str) -> tuple[bytes, ...]:
    """Modules of the QR, row by row from the top, 1 = dark; level M, fixed mask (same content, same code)."""
    return tuple(bytes(row) for row in segno.make(text, error="m", micro=False, mask=_QR_MASK).matrix)


def qr_path(text: str, x: float, y: float, size: float) -> str:
    """PDF operators that draw the QR into the square whose lower left corner is x, y (points)."""
    matrix = qr_matrix(text)
    count = len(matrix)
    parts = [f"q {size / count:.5f} 0 0 {size / count:.5f} {x:.3f} {y:.3f} cm"]
    for place, row in enumerate(matrix):
        level = count - 1 - place
        begin = row.find(1)
        while begin >= 0:
            end = row.find(0, begin)
            end = count if end < 0 else end
            parts.append(f"{begin} {level} {end - begin} 1 re")
            begin = row.find(1, end)
    parts.append("f Q")
    return "\n".join(parts)

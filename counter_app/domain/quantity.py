"""Quantities as whole thousandths of a unit: one piece is 1000, 0.385 kg is 385."""

from __future__ import annotations

import re
import unicodedata

from counter_app.domain.errors import UserError

ONE_PIECE = 1000
MOST_MILLI = 999_999_999
"""999 999.999 units on one line; anything larger is a slip of the finger."""
_LONGEST_ENTRY = 24
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?")


def parse_quantity(text: str, *, weighed: bool = False) -> int:
    """Thousandths of a quantity as typed. Only `weighed` goods may have decimals, three at most.

    Raises UserError `quantity.empty`, `.not_a_number`, `.negative`, `.zero`, `.whole_pieces`, `.precision`,
    `.too_large`.
    """
    shown = text[:_LONGEST_ENTRY]
    plain = unicodedata.normalize("NFKC", text[: _LONGEST_ENTRY + 1]).strip()
    if not plain:
        raise UserError("quantity.empty")
    match = _NUMBER.fullmatch(plain)
    if len(text) > _LONGEST_ENTRY or match is None:
        negative = plain[0] in "-−" and _NUMBER.fullmatch(plain[1:])
        raise UserError("quantity.negative" if negative else "quantity.not_a_number", text=shown)
    part = (match[2] or "").rstrip("0")
    if len(part) > 3:
        raise UserError("quantity.precision", text=shown)
    milli = int(match[1]) * ONE_PIECE + int(part.ljust(3, "0") or "0")
    return checked_quantity(milli, weighed=weighed)


def checked_quantity(milli: int, *, weighed: bool = False) -> int:
    """The quantity itself when it is positive, not absurd, and whole unless the goods are weighed."""
    if milli < 0:
        raise UserError("quantity.negative", text=format_quantity(milli))
    if milli == 0:
        raise UserError("quantity.zero")
    if milli > MOST_MILLI:
        raise UserError("quantity.too_large", text=format_quantity(milli), most=format_quantity(MOST_MILLI))
    if milli % ONE_PIECE and not weighed:
        raise UserError("quantity.whole_pieces", text=format_quantity(milli))
    return milli


def format_quantity(milli: int) -> str:
    """`2000` → `2`, `385` → `0.385`, `1500` → `1.5`."""
    whole, part = divmod(abs(milli), ONE_PIECE)
    digits = f"{whole}.{part:03d}".rstrip("0").rstrip(".")
    return f"-{digits}" if milli < 0 else digits

"""The stock room's rules: which places there are, who may go where, which goods a recall means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

OUTSIDE: Final = "OUT"
QUARANTINE: Final = "V0"
SELLABLE: Final = "V1"
TO_SUPPLIER: Final = "V4"
DEFECTIVE: Final = "V5"
TO_DESTROY: Final = "V6"
RECALLED: Final = "V9"
SEALED: Final = "V10"
HANDED_BACK: Final = "V11"
GIFTS: Final = "V13"
PLACES: Final = ("V0", "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V13")
"""Places where goods lie in the shop (reference-data §4). V11 and V12 are with the customer."""
SHELVES: Final = frozenset({SELLABLE, GIFTS})
"""One piece is as good as another here: goods are known by their article alone."""
BLOCKED: Final = frozenset({RECALLED, SEALED})
"""Goods leave these places by a supervisor's word alone."""
SPOILT: Final = "K14"
DESTROYED_ONLY: Final = frozenset({QUARANTINE, TO_DESTROY, SEALED})
"""Where spoilt goods may lie; from there the way goes on to destruction (食品安全法 63)."""


@dataclass(frozen=True, slots=True)
class RecallTerms:
    """What a recall names. An empty range means any; a range of one has two equal ends."""

    product_id: int | None = None
    batch_from: str = ""
    batch_to: str = ""
    serial_from: str = ""
    serial_to: str = ""
    sold_from: date | None = None
    sold_to: date | None = None


def meant(
    terms: RecallTerms, product_id: int | None, batch: str, serial: str, sold_on: date | None = None
) -> Literal["yes", "perhaps", "no"]:
    """Whether a piece is recalled: "perhaps" where its batch or serial number is not known."""
    if terms.product_id is not None and terms.product_id != product_id:
        return "no"
    if sold_on is not None and not ((terms.sold_from or sold_on) <= sold_on <= (terms.sold_to or sold_on)):
        return "no"
    unsure = False
    for value, low, high in (
        (batch, terms.batch_from, terms.batch_to),
        (serial, terms.serial_from, terms.serial_to),
    ):
        if not low:
            continue
        if not value:
            unsure = True
        elif not _order(low) <= _order(value) <= _order(high or low):
            return "no"
    if unsure:
        # A number alone names goods of some article: without the article nothing speaks for this piece.
        return "perhaps" if terms.product_id is not None else "no"
    return "yes"


def _order(mark: str) -> tuple[tuple[int, int, str], ...]:
    """Marks in the order a person reads them: A9 before A10, whatever the case of the letters."""
    parts = re.findall(r"\d+|\D+", mark.strip().upper())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)

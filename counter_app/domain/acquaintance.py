"""What the shop knows before the first question is asked: the customer, earlier visits, notes at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.case_views import EarlierCase

CUSTOMER_CLASSES: Final = ("new", "regular", "key")
"""New, returning and key customers (S2-12)."""
FLAG_COLOURS: Final = ("yellow", "cyan")
"""Yellow carries the customer's build and size (S4-6); cyan means whatever the shop agrees on (S4-7)."""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """`recognised`: known by phone from an earlier case, nobody needs to ask who they are (S3-28).
    `repeat`: the same trouble came within the last 90 days (S2-26)."""

    earlier: tuple[EarlierCase, ...] = ()
    customer_class: str = "new"
    recognised: bool = False
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class NotesAtHand:
    """Of the shop's day (S4-1), in the clerk's eyes only: what is on offer, how the couriers run."""

    promotion: str = ""
    courier: str = ""

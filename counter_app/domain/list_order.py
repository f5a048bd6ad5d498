"""By which column a list is sorted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """`by` is the name the list's service gives a column; `down` begins with the greatest."""

    by: str
    down: bool = False

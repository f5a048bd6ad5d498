"""Numbers of transfers, as proofs of payment name them."""

from __future__ import annotations

import unicodedata

from counter_app.domain import text

PART = "#"
"""Between the number of a movement and the part of it that one proof is, where it settled several documents."""


def one_spelling(typed: str) -> str:
    """A number in one spelling, so that none is taken twice: full-width signs become plain ones, and a number in
    groups of figures is written in one. Raises UserError `text.…`."""
    said = unicodedata.normalize("NFKC", text.clean_line(typed, 100, "reference"))
    together = "".join(said.split())
    return together if together.isdigit() else said


def movement_of(reference: str) -> str:
    """The number of the movement that a proof names, whole or a part of it."""
    whole, mark, part = reference.rpartition(PART)
    return whole if mark and part.isdigit() else reference

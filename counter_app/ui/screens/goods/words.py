"""What places, movements and states of claims are called in the window's language."""

from __future__ import annotations

from counter_app.domain.stock_room import OUTSIDE, PLACES
from counter_app.services import case_words
from counter_app.ui import format as shown


def place(code: str) -> str:
    """A place of the shop, or outside it."""
    if code == OUTSIDE:
        return shown.words(case_words.words("place.out"))
    return shown.words(case_words.code_words("dispositions", code))


def places() -> list[tuple[str, str]]:
    """Every place of the shop: its word and its code, for lists to choose from."""
    return [(f"{code} {place(code)}", code) for code in PLACES]


def move(kind: str) -> str:
    """A movement of the ledger."""
    return shown.words(case_words.words_or(f"move.{kind}", kind))


def claim_state(state: str) -> str:
    """A state of a claim."""
    return shown.words(case_words.words_or(f"claim_state.{state}", state))


def condition(code: str) -> str:
    """In what condition goods were found."""
    return shown.words(case_words.code_words("conditions", code)) if code else ""

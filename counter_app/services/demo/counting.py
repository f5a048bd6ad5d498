"""Counting the drawer and the shelf."""

from __future__ import annotations

from counter_app.services.shift import NOTES_AND_COINS


def whole(milli: int) -> int:
    """A quantity as it is counted: whole pieces."""
    return milli // 1000 * 1000


def pieces(fen: int) -> dict[int, int]:
    """An amount in notes and coins, the largest first; what no coin can pay is left out."""
    found = {}
    for value in NOTES_AND_COINS:
        number, fen = divmod(fen, value)
        if number:
            found[value] = number
    return found

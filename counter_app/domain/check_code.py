"""Check codes as somebody types them off a paper."""

from __future__ import annotations

import re
import unicodedata

_CODE = re.compile(r"[0-9A-Z]{4}[-－—– ]?[0-9A-Z]{4}")
_READ_WRONG = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
"""Crockford's alphabet has no I, L, O and U: whoever types one read the sign beside it."""


def as_typed(text: str) -> str:
    """What was scanned or typed, in plain signs: a scanner types through whatever input method is on, and a Chinese one
    makes the colon of a QR or the stroke of a code as wide as a character."""
    return unicodedata.normalize("NFKC", text).strip()


def normal(typed: str) -> str:
    """The code as it is printed, "7F3K-92QD"; "" for anything that is none."""
    text = as_typed(typed).upper()
    if not _CODE.fullmatch(text):
        return ""
    signs = "".join(sign for sign in text if sign.isascii() and sign.isalnum()).translate(_READ_WRONG)
    return f"{signs[:4]}-{signs[4:]}"


def spelled_like_one(typed: str) -> bool:
    """Whether somebody surely means a check code: it has the stroke in the middle."""
    text = as_typed(typed)
    return bool(normal(text)) and not text.isalnum()

"""Check codes as somebody types them off a paper."""

from __future__ import annotations

import re

_CODE = re.compile(r"[0-9A-Z]{4}[-－—– ]?[0-9A-Z]{4}")
_READ_WRONG = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
"""Crockford's alphabet has no I, L, O and U: whoever types one read the sign beside it."""


def normal(typed: str) -> str:
    """The code as it is printed, "7F3K-92QD"; "" for anything that is none."""
    text = typed.strip().upper()
    if not _CODE.fullmatch(text):
        return ""
    signs = "".join(sign for sign in text if sign.isascii() and sign.isalnum()).translate(_READ_WRONG)
    return f"{signs[:4]}-{signs[4:]}"


def spelled_like_one(typed: str) -> bool:
    """Whether somebody surely means a check code: it has the stroke in the middle."""
    text = typed.strip()
    return bool(normal(text)) and not text.isalnum()

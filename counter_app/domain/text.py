"""What people type or paste: bounded, in one Unicode form, without marks that could turn a line around."""

from __future__ import annotations

import re
import unicodedata

from counter_app.domain.errors import UserError

NAME_LIMIT = 60
PHONE_LIMIT = 40
LINE_LIMIT = 200
NOTE_LIMIT = 2000

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\ufeff\u2060\u00ad")
_SPACES = re.compile(r"[^\S\n]+")


def _checked(text: str, limit: int, field: str) -> str:
    """Raises before any costly work on an oversized text, so that 100 kB of anything is cheap to refuse."""
    if len(text) > limit * 4:
        raise UserError("text.too_long", field=field, limit=limit, length=len(text))
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    for mark in text:
        if mark in _DIRECTION:
            raise UserError("text.direction", field=field, mark=f"U+{ord(mark):04X}")
        if unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\n\t":
            raise UserError("text.control", field=field, mark=f"U+{ord(mark):04X}")
    return "".join(mark for mark in text if mark not in _INVISIBLE)


def _within(text: str, limit: int, field: str) -> str:
    if len(text) > limit:
        raise UserError("text.too_long", field=field, limit=limit, length=len(text))
    return text


def clean_line(text: str, limit: int = LINE_LIMIT, field: str = "") -> str:
    """One line: NFC, runs of blanks and line ends become one space. `limit` in characters.

    Raises UserError `text.too_long`, `text.control`, `text.direction`, each naming the field.
    """
    return _within(" ".join(_checked(text, limit, field).split()), limit, field)


def clean_note(text: str, limit: int = NOTE_LIMIT, field: str = "") -> str:
    """Several lines: as `clean_line`, keeping line ends, at most one empty line between two paragraphs."""
    lines = [_SPACES.sub(" ", line).strip() for line in _checked(text, limit, field).split("\n")]
    return _within(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), limit, field)


_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-9][0-9]{6,7})(?:#([0-9]{1,6}))?")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_SERVICE = re.compile(r"[48]00[0-9]{7}")
_ABROAD = re.compile(r"\+[1-9][0-9]{5,14}")
_EXTENSION = re.compile(r"(?:转|轉|分机|ext\.?|[xX#])([0-9]{1,6})$", re.IGNORECASE)


def normalise_phone(text: str, field: str = "phone") -> str:
    """One spelling per number: `13812345678`, `010-12345678`, `021-12345678#802`, `4001234567`, `+85212345678`.

    Accepts +86, 0086, blanks, hyphens, brackets and full-width digits; drops the direction marks that a phone's
    address book puts around a copied number. Raises UserError `text.phone` or those of `clean_line`.
    """
    edges = "".join(_DIRECTION) + " \t\n"
    line = unicodedata.normalize("NFKC", clean_line(text.strip(edges), PHONE_LIMIT, field))
    number = re.sub(r"[\s()\-‐–—·.]", "", line)
    number = _EXTENSION.sub(r"#\1", number)
    for prefix in ("+86", "0086"):
        number = number.removeprefix(prefix)
    if len(number) == 13 and number.startswith("86"):
        number = number[2:]
    if number != line and not number.startswith(("0", "+")) and re.match(r"\+86|0086", line):
        with_zero = "0" + number
        number = with_zero if _LANDLINE.fullmatch(with_zero) and not _MOBILE.fullmatch(number) else number
    if any(shape.fullmatch(number) for shape in (_MOBILE, _SERVICE, _LOCAL, _ABROAD)):
        return number
    landline = _LANDLINE.fullmatch(number)
    if landline is None:
        raise UserError("text.phone", field=field)
    extension = f"#{landline[3]}" if landline[3] else ""
    return f"{landline[1]}-{landline[2]}{extension}"

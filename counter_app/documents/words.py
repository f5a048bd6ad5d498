"""The words, days, amounts and quantities of printed slips, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

from counter_app import resources
from counter_app.domain.money import format_yuan
from counter_app.wording import Language

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DIGITS = "零一二三四五六七八九十"
_ISO_DAY = re.compile(r"(?<![0-9A-Za-z-])\d{4}-\d\d-\d\d(?![0-9A-Za-z-])")


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    flat: dict[str, dict[str, str]] = {}
    for room, entries in resources.read_toml("i18n", "slips.toml").items():
        for name, entry in entries.items():
            flat[f"{room}.{name}"] = entry
    return flat


def word(key: str, language: Language, **params: object) -> str:
    """One wording of `resources/i18n/slips.toml`, e.g. `word("label.number", "zh")`. KeyError if unknown."""
    text = _catalogue()[key][language]
    return text.format_map(params) if params else text


def long_day(iso: str, language: Language) -> str:
    """2025-03-05 → 2025年3月5日 / 5 March 2025; what is not an ISO day is shown as it stands."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def long_days(text: str, language: Language) -> str:
    """A sentence of the program with every ISO day in it as `long_day` writes it; numbers of papers stay."""
    return _ISO_DAY.sub(lambda found: long_day(found[0], language), text)


def moment(instant: int, zone_minutes: int, language: Language) -> str:
    """UTC milliseconds as the shop's day and 24-hour clock; an impossible instant is shown as its number."""
    try:
        local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant, minutes=zone_minutes)
    except OverflowError:
        return str(instant)
    return f"{long_day(local.date().isoformat(), language)} {local:%H:%M}"


def yuan(fen: int) -> str:
    """199900 → ¥1999.00; the sign of the currency touches the digits (conventions §2.1)."""
    return f"-¥{format_yuan(-fen)}" if fen < 0 else f"¥{format_yuan(fen)}"


def ordinal(place: int, language: Language) -> str:
    """1 → 第一联 / Copy 1."""
    number = str(place)
    if language == "zh" and 1 <= place <= 10:
        number = _DIGITS[place]
    return word("copy.place", language, n=number)

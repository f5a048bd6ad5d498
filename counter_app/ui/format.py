"""How figures are written in the window: the one place for money, quantities, dates and masks.

The language follows `QLocale()`, which `language.py` sets when the user switches.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

from PySide6.QtCore import QLocale

from counter_app.domain.money import format_yuan
from counter_app.domain.privacy import mask_name, mask_phone
from counter_app.domain.quantity import format_quantity
from counter_app.domain.spoken import Language, Words

MINUS = "−"


def is_chinese() -> bool:
    """Whether the window speaks Chinese now."""
    return QLocale().language() == QLocale.Language.Chinese


def language() -> Language:
    """The window's language, for what comes in both."""
    return "zh" if is_chinese() else "en"


def money(fen: int, *, sign: bool = True, plus: bool = False) -> str:
    """分 as `¥1,234.50`; a true minus for less than nothing, `plus` to show + as well."""
    lead = MINUS if fen < 0 else "+" if plus and fen > 0 else ""
    return f"{lead}{'¥' if sign else ''}{format_yuan(abs(fen), grouped=True)}"


def quantity(milli: int) -> str:
    """Thousandths of a unit as `2` or `0.355`, without idle zeros."""
    return (MINUS if milli < 0 else "") + format_quantity(abs(milli))


def percent(basis_points: int) -> str:
    """Basis points as `13%` or `12.5%`."""
    shown = (Decimal(basis_points) / 100).normalize()
    return f"{shown:f}%"


def day(iso: str | date) -> str:
    """A calendar day as `2026-11-12`, in both languages: it sorts and cannot be misread."""
    return iso if isinstance(iso, str) else iso.isoformat()


def day_short(iso: str | date) -> str:
    """A day of this year as `11-12`."""
    return day(iso)[5:]


def day_long(iso: str | date) -> str:
    """A day to read aloud: `2026年11月12日 周四` or `Thu 12 Nov 2026`."""
    value = date.fromisoformat(iso) if isinstance(iso, str) else iso
    if is_chinese():
        return f"{value.year}年{value.month}月{value.day}日 周{'一二三四五六日'[value.weekday()]}"
    locale = QLocale(QLocale.Language.English)
    return (
        f"{locale.dayName(value.isoweekday(), QLocale.FormatType.ShortFormat)} {value.day} "
        f"{locale.monthName(value.month, QLocale.FormatType.ShortFormat)} {value.year}"
    )


def moment(at_ms: int, zone: tzinfo | None = None) -> str:
    """UTC milliseconds as `2026-11-12 08:30` in the shop's zone (the machine's where none is given)."""
    return _local(at_ms, zone).strftime("%Y-%m-%d %H:%M")


def clock(at_ms: int, zone: tzinfo | None = None) -> str:
    """UTC milliseconds as `08:30`."""
    return _local(at_ms, zone).strftime("%H:%M")


def _local(at_ms: int, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone)


def duration(seconds: float) -> str:
    """A length of time as `2:05` (minutes:seconds) or `1:02:05`."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def masked_phone(phone: str) -> str:
    """`138****1234`."""
    return mask_phone(phone)


def masked_name(name: str) -> str:
    """`张*`."""
    return mask_name(name)


def words(both: Words) -> str:
    """A sentence that came in both languages, in the window's."""
    return both.of(language())


def one_line(text: str, most: int = 200) -> str:
    """Somebody's own words for one line: control and direction marks out, shortened with `…`."""
    clean = text[: most * 2]
    if not clean.isprintable():
        clean = "".join(mark if mark.isprintable() else " " for mark in clean)
    clean = " ".join(clean.split())
    return clean if len(clean) <= most else clean[: most - 1] + "…"

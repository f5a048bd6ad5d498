"""What one cell says: money, quantities, days, phones, numbers that hide behind `'` or `="…"`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache

from counter_app.domain.errors import UserError
from counter_app.domain.money import MOST_FEN, format_yuan
from counter_app.domain.quantity import MOST_MILLI

_FORMULA = re.compile(r'="?(.*?)"?', re.DOTALL)
_MONEY = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_UNITS = re.compile(r"(?<=\d)\s*[件个個只台套盒瓶包袋双箱条本张支把块份]$")
_MARKS = re.compile(r"[¥￥\s]|CNY|RMB|元", re.IGNORECASE)
_DAY = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]*(?:[上下]午|[AaPp][Mm])?\s*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})?(?:\.\d+)?秒?)?\s*(?:[AaPp][Mm])?)?"
    r"\s*(?:(Z|UTC)|([+-])(\d{2}):?(\d{2}))?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_SERIAL = re.compile(r"([3-7]\d{4})(?:\.\d+)?")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_SHOWN = 40
_KEPT = 20_000
"""Cells repeat: prices, days and codes are read once each."""


def plain(cell: str) -> str:
    """The text without the `'`, `="…"` or tab that a program put in front to keep Excel's hands off it."""
    if cell.isalnum():
        return cell  # letters, digits, characters: nothing is in front and nothing behind
    text = cell.strip()
    if text.startswith("="):
        found = _FORMULA.fullmatch(text)
        text = found[1].strip() if found else text
    return text.lstrip("'‘’\t ") if text[:1] in "'‘’\t" else text


def number_text(cell: str) -> str:
    """An order number, barcode, serial. Raises UserError `import.cell.rounded` for 1.23457E+18."""
    text = cell if cell.isdigit() else plain(cell)
    if "+" in text and _ROUNDED.fullmatch(text):
        raise UserError("import.cell.rounded", text=text)
    return text.removesuffix(".0") if text.endswith(".0") and text[:-2].isdigit() else text


def money(cell: str) -> int:
    """分 of an amount; an empty cell is nothing. May be negative.

    Raises UserError `import.cell.money`, `import.cell.precision`, `money.too_large`.
    """
    text = plain(cell)
    if not text:
        return 0
    match = _MONEY.fullmatch(text)
    if match is None:
        text = _MARKS.sub("", unicodedata.normalize("NFKC", text))
        if _GROUPED.fullmatch(text):
            text = text.replace(",", "")
        match = _MONEY.fullmatch(text)
        if match is None:
            if not text:
                return 0
            raise UserError("import.cell.money", text=_shown(cell))
    sign, whole, part = match[1], match[2], (match[3] or "")
    if len(part) > 2:
        part = part.rstrip("0")
        if len(part) > 2:
            raise UserError("import.cell.precision", text=_shown(cell))
    if len(whole) > 12:
        raise UserError("money.too_large", text=_shown(cell), most=format_yuan(MOST_FEN, grouped=True))
    fen = int(whole) * 100 + int(part.ljust(2, "0"))
    if fen > MOST_FEN:
        raise UserError("money.too_large", text=_shown(cell), most=format_yuan(MOST_FEN, grouped=True))
    return -fen if sign else fen


@lru_cache(maxsize=_KEPT)
def amount(cell: str) -> int:
    """分 that cannot be negative. Raises as `money`, and `money.negative`."""
    fen = money(cell)
    if fen < 0:
        raise UserError("money.negative", text=_shown(cell))
    return fen


@lru_cache(maxsize=_KEPT)
def quantity(cell: str) -> int:
    """Thousandths of a quantity. Raises UserError `quantity.…`."""
    text = plain(cell)
    if not text.isascii():
        text = _UNITS.sub("", unicodedata.normalize("NFKC", text))
    text = text.replace(",", "")
    match = _MONEY.fullmatch(text)
    if match is None:
        raise UserError("quantity.not_a_number" if text else "quantity.empty", text=_shown(cell))
    if match[1]:
        raise UserError("quantity.negative", text=_shown(cell))
    part = (match[3] or "").rstrip("0")
    if len(part) > 3:
        raise UserError("quantity.precision", text=_shown(cell))
    if len(match[2]) > 9:
        raise UserError("quantity.too_large", text=_shown(cell), most=str(MOST_MILLI // 1000))
    milli = int(match[2]) * 1000 + int(part.ljust(3, "0") or "0")
    if milli == 0:
        raise UserError("quantity.zero")
    return milli


@lru_cache(maxsize=_KEPT)
def day(cell: str, zone: tzinfo) -> date:
    """The day in the shop's zone. An instant with an offset is turned into it, one without is taken as local.

    Raises UserError `import.cell.day`; 03/04/2026 is refused, since nobody can know which is the month.
    """
    text = plain(cell)
    match = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        if serial := _SERIAL.fullmatch(text):
            return _EXCEL_DAY_ZERO + timedelta(days=int(serial[1]))
        raise UserError("import.cell.day", text=_shown(cell))
    parts = match.groups()
    try:
        moment = datetime(int(parts[0]), int(parts[1]), int(parts[2]), int(parts[3] or 0), int(parts[4] or 0))
        offset = _offset(parts[6:]) if len(parts) > 6 else None
        return moment.date() if offset is None else moment.replace(tzinfo=offset).astimezone(zone).date()
    except (ValueError, OverflowError) as wrong:
        raise UserError("import.cell.day", text=_shown(cell)) from wrong


@lru_cache(maxsize=_KEPT)
def rate(cell: str) -> int | None:
    """Basis points of a tax rate: `13%`, `0.13` and `13` are all 1300; an empty cell is None.

    Raises UserError `import.cell.rate`.
    """
    text = plain(cell)
    if not text:
        return None
    match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*(%?)", text)
    if match is None:
        raise UserError("import.cell.rate", text=_shown(cell))
    value = Decimal(match[1])
    share = value / 100 if match[2] or value >= 1 else value
    if share > 1:
        raise UserError("import.cell.rate", text=_shown(cell))
    return round(share * 10_000)


def flag(cell: str) -> bool:
    """Whether a cell says yes."""
    return plain(cell).lower() in {"1", "y", "yes", "true", "是", "有", "√"}


def _offset(parts: tuple[str | None, ...]) -> timezone | None:
    utc, sign, hours, minutes = parts
    if utc:
        return timezone(timedelta())
    if not sign:
        return None
    whole = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-whole if sign == "-" else whole)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

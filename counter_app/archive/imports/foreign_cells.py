"""Amounts and days as programs of other countries write them: `$1,234.50`, `(5.00)`, `11/22/26`."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

from counter_app.archive.imports import cells
from counter_app.domain.errors import UserError

SIGNS = {
    "CNY": ("CNY", "RMB", "CN¥", "¥", "￥", "元"),
    "USD": ("USD", "US$", "$"),
    "HKD": ("HKD", "HK$", "$"),
    "MOP": ("MOP$", "MOP"),
    "TWD": ("TWD", "NT$", "$"),
    "SGD": ("SGD", "S$", "$"),
    "MYR": ("MYR", "RM"),
    "JPY": ("JPY", "¥", "￥", "円"),
    "EUR": ("EUR", "€"),
    "GBP": ("GBP", "£"),
}
"""How an amount of a currency may be marked. A mark of another currency makes a cell unreadable, as it must."""
_SHORT_DAY = re.compile(
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?"
)


class Amounts:
    """Reads the money cells of one file in the shop's currency."""

    def __init__(self, currency: str, *, cents: bool) -> None:
        self._signs = SIGNS.get(currency, (currency,))
        self._cents = cents

    def money(self, cell: str) -> int:
        """分 (the currency's hundredth), negative where the cell says so. Raises UserError `import.cell.…`."""
        text = cells.plain(cell).strip()
        negative = text.startswith("(") and text.endswith(")")
        if negative:
            text = text[1:-1].strip()
        for sign in self._signs:
            text = text.replace(sign, "")
        text = text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace("\N{MINUS SIGN}", "-")
        fen = cells.money(text)
        if self._cents:
            if fen % 100:
                raise UserError("import.cell.money", text=cell[:40])
            fen //= 100
        return -fen if negative else fen

    def positive(self, cell: str) -> int:
        """分 that cannot be negative. Raises as `money`, and `money.negative`."""
        fen = self.money(cell)
        if fen < 0:
            raise UserError("money.negative", text=cell[:40])
        return fen

    def size(self, cell: str) -> int:
        """分 of a discount, which some programs write as a negative amount."""
        return abs(self.money(cell))


def day_in(cell: str, zone: tzinfo, order: str) -> date:
    """The day a cell says where the program is known to put the month (`mdy`) or the day (`dmy`) first.

    Raises UserError `import.cell.day`.
    """
    match = _SHORT_DAY.fullmatch(cells.plain(cell)) if order != "ymd" else None
    if match is None:
        return cells.day(cell, zone)
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    month, day = (first, second) if order == "mdy" else (second, first)
    try:
        return datetime(year if year > 99 else 2000 + year, month, day).date()
    except ValueError as wrong:
        raise UserError("import.cell.day", text=cell[:40]) from wrong

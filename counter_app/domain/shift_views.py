"""What screens show of a shift. Money in 分, instants in milliseconds of UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A drawer in somebody's hands. `expected_fen` is what should lie in it now, or lay in it at the close;
    `variance_fen` = counted − expected. `overdue` means it was opened on an earlier day. `taken_out_fen` went to the
    safe or the bank at the close. `sheet` is the number of its shift sheet, '' while it is open."""

    id: int
    business_date: date
    opened_at: int
    opened_by: str
    float_fen: int
    cash_in_fen: int
    cash_out_fen: int
    expected_fen: int
    closed_at: int | None
    closed_by: str
    counted_fen: int | None
    variance_fen: int | None
    variance_reason: str
    handed_to: str
    note: str
    overdue: bool
    money_head: str = ""
    stock_head: str = ""
    money_rows: int = 0
    stock_rows: int = 0
    seal_head: str = ""
    seal_rows: int = 0
    float_reason: str = ""
    taken_out_fen: int = 0
    sheet: str = ""

    @property
    def left_fen(self) -> int | None:
        """What the count left in the drawer, 分; None while the shift is open."""
        return None if self.counted_fen is None else self.counted_fen - self.taken_out_fen


@dataclass(frozen=True, slots=True)
class CashRow:
    """Cash that moved under a shift for one document, 分: positive into the drawer, negative out of it."""

    document: str
    case_number: str
    purpose: str
    amount_fen: int
    at: int

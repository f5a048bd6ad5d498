"""What screens show of payment services' bills, day by day. Money in 分."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

GapKind = Literal["bill_only", "ours_only", "amount"]


@dataclass(frozen=True, slots=True)
class BillGap:
    """A movement that the bill and the program do not tell alike.

    `kind`: `bill_only` stands in the bill and was never entered here; `ours_only` was entered here and stands in no
    bill although the day is covered; `amount` stands in both with other amounts. `document` is what it settled.
    """

    kind: GapKind
    direction: Literal["out", "in"]
    reference: str
    billed_fen: int
    entered_fen: int
    document: str = ""
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class BillDay:
    """One day of one payment service: refunds and receipts of after-sales, in its bill and as entered here."""

    day: date
    tender: str
    billed_out_fen: int
    entered_out_fen: int
    billed_in_fen: int
    entered_in_fen: int
    gaps: tuple[BillGap, ...]

    @property
    def difference_fen(self) -> int:
        """What the bill moved more than what was entered here: refunds count as negative."""
        return (self.billed_in_fen - self.entered_in_fen) - (self.billed_out_fen - self.entered_out_fen)

"""What a screen sees of closing a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

GapKind = Literal[
    "not_over", "earlier_open", "shift_open",
    "owed", "unposted", "acceptance", "approval", "receipt", "red_invoice",
]  # fmt: skip
BLOCKING: frozenset[str] = frozenset({"not_over", "earlier_open", "shift_open"})
"""What must be mended first; the rest may stay open when somebody says why."""


@dataclass(frozen=True, slots=True)
class MonthGap:
    """One thing that is lacking: `number` names the document, case, shift or month; money in 分."""

    kind: GapKind
    number: str
    case_id: int | None = None
    amount_fen: int = 0
    on: date | None = None

    @property
    def blocks(self) -> bool:
        """Whether the month cannot be closed while it lacks."""
        return self.kind in BLOCKING


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month that was closed: by whom, when (ms), with which note, how many things were lacking."""

    month: str
    at: int
    by: str
    note: str
    missing: int
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MonthCheck:
    """How a month stands: what is lacking, and its control totals as they are now or were kept."""

    month: str
    gaps: tuple[MonthGap, ...]
    figures: Mapping[str, int]
    closed: ClosedMonth | None = None

    @property
    def blocked(self) -> bool:
        """Whether something must be mended before it can be closed."""
        return any(one.blocks for one in self.gaps)

"""Money as screens and slips show it: what is owed and moved, deposits held, tenders, the working of an amount.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.spoken import NO_WORDS, Words


@dataclass(frozen=True, slots=True)
class SettlementView:
    """Money owed to (`out`) or by (`in`) the customer, and how much of it was really moved."""

    id: int
    document: str
    case_id: int
    case_number: str
    customer_masked: str
    direction: str
    purpose: str
    tender: str
    amount_fen: int
    settled_fen: int
    due_on: date | None
    business_date: date
    references: tuple[str, ...] = ()
    void_fen: int = 0
    """The part that a reversal made pointless: what was never paid of it is neither paid nor asked back."""

    @property
    def open_fen(self) -> int:
        """What is still owed, same sign as the amount."""
        return self.amount_fen - self.settled_fen - self.void_fen


@dataclass(frozen=True, slots=True)
class ProofView:
    """Money that moved for a settlement. `corrected_why`: it was wrong and was taken back, '' = it stands."""

    id: int
    amount_fen: int
    tender: str
    reference: str
    business_date: date
    corrected_why: str = ""


@dataclass(frozen=True, slots=True)
class DepositView:
    """A deposit and what became of it: 'held', 'returned' or 'kept'."""

    id: int
    document: str
    tender: str
    amount_fen: int
    open_fen: int
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class HeldDeposit:
    """A deposit in the shop's hands, `open_fen` 分 of it. `late`: the day by which it should be settled is over."""

    id: int
    document: str
    case_id: int
    case_number: str
    customer_masked: str
    tender: str
    open_fen: int
    due_on: date | None
    taken_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class TenderView:
    """A part of the money by one way. `left_fen` is what that way still may take back."""

    tender: str
    title: Words
    amount_fen: int
    left_fen: int
    original: bool


@dataclass(frozen=True, slots=True)
class WorkingView:
    """One row of how an amount came about. `amount_fen` None = words only."""

    label: Words
    amount_fen: int | None = None
    note: Words = NO_WORDS
    total: bool = False

"""What every reader gives: orders ready to be recorded, orders to be passed over, and what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewSale
from counter_app.domain.spoken import Reason

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong in a file: the row as a spreadsheet numbers it, the column's name, and why. `file` is
    given when it is another than the one being read."""

    row: int
    column: str
    reason: Reason
    order_no: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """One order of a file. `rows` are the rows its lines stand in; `receipt_no` what a till printed on it;
    `columns` names the column of each field, for faults that are found later."""

    order_no: str
    rows: tuple[int, ...]
    sale: NewSale
    receipt_no: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An order that is no sale (unpaid, closed, cancelled, wholly refunded)."""

    order_no: str
    row: int
    why: str


Read = ReadOrder | PassedOver | RowFault
SUMS = ("合计", "总计", "小计")


def is_sum(texts: Sequence[str]) -> bool:
    """Whether a row's first cells say that it adds the others up."""
    return any(
        text.strip().lower() == "total" or any(word in text for word in SUMS) for text in texts[:3] if text
    )


class Faults:
    """Collects what is wrong in the rows of one order, so that all of it is told at once."""

    def __init__(self) -> None:
        self.found: list[RowFault] = []

    def take(self, row: int, column: str, cell: str, read: Callable[[str], T], otherwise: T) -> T:
        """Read one cell; what is wrong is noted under its row and column."""
        try:
            return read(cell)
        except UserError as wrong:
            self.note(row, column, wrong)
            return otherwise

    def note(self, row: int, column: str, wrong: UserError) -> None:
        """Note a fault that an error tells."""
        self.found.append(RowFault(row, column, Reason(wrong.code, dict(wrong.params))))

    def told(self, order_no: str) -> Iterator[RowFault]:
        """The faults with the order they belong to."""
        for fault in self.found:
            yield RowFault(fault.row, fault.column, fault.reason, order_no)

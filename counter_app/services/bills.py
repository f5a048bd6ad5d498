"""A WeChat or Alipay bill fills in the proofs of what is owed (invariant 11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from peewee import fn

from counter_app.archive.imports.bills import BillRow, is_bill, read_bill
from counter_app.db.models import Proof, Sale, SaleTender, Settlement
from counter_app.domain import roles
from counter_app.domain.money_views import SettlementView
from counter_app.services import bill_days, settling, staff
from counter_app.services.desk import Desk, Outcome

__all__ = ["Bill", "BillLine", "Found", "enter", "is_bill", "read"]

Found = Literal["owed", "known", "unclear", "unowed"]


@dataclass(frozen=True, slots=True)
class BillLine:
    """One movement of a bill and what it is here.

    `found`: `owed` proves the settlement beside it; `known` was entered before; `unclear` fits several or in part;
    `unowed` is a refund that nothing here owes. Payments that nothing waits for are ordinary sales and left out.
    """

    row: BillRow
    found: Found
    owed: SettlementView | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill as it was read. `payments` are the ordinary sales in it."""

    tender: str
    lines: tuple[BillLine, ...]
    payments: int
    new_rows: int = 0
    """Rows that no bill before had: they are kept, to be compared day by day."""

    def proofs(self) -> tuple[BillLine, ...]:
        """What entering the bill would prove."""
        return tuple(line for line in self.lines if line.found == "owed")


def read(desk: Desk, file: Path) -> Bill:
    """Compare a bill with what is owed, writing nothing. Raises UserError `bill.…`, `import.file.…`."""
    tender, rows = read_bill(file)
    known = {
        reference
        for (reference,) in Proof.select(Proof.reference)
        .where(Proof.tender == tender, Proof.reference != "")
        .group_by(Proof.reference)
        .having(fn.SUM(Proof.amount_fen) != 0)  # a number that was corrected away proves nothing
        .tuples()
    }
    left = {one.id: one for one in settling.owed(desk) if one.tender == tender and one.open_fen > 0}
    numbers = _numbers_of(left)
    lines, payments = [], 0
    for row in rows:
        if row.reference in known:
            lines.append(BillLine(row, "known"))
            continue
        line = _line(row, left, numbers)
        if line is None:
            payments += 1
            continue
        if line.owed is not None and line.found == "owed":
            del left[line.owed.id]
            known.add(row.reference)
        lines.append(line)
    return Bill(tender, tuple(lines), payments, bill_days.new_rows(tender, (line.row for line in lines)))


def enter(desk: Desk, file: Path) -> Outcome[Bill]:
    """Enter the proof of every refund and payment that the bill makes plain; the rest stays for a person.

    The same bill entered twice proves nothing twice. Raises as `read`, and `staff.right.missing`.
    """
    staff.require(desk, roles.PAY)
    bill = read(desk, file)
    changed: frozenset[str] = frozenset()
    for line in bill.proofs():
        assert line.owed is not None
        act = settling.pay if line.row.direction == "out" else settling.receive
        request = f"bill-{bill.tender}-{line.row.reference}"
        done = act(desk, line.owed.id, line.row.amount_fen, bill.tender, line.row.reference, request)
        changed |= done.changed
    if bill_days.keep(desk, file, bill.tender, (line.row for line in bill.lines), bill.payments):
        changed |= {"money"}
    return Outcome(bill, changed)


def _line(
    row: BillRow, left: dict[int, SettlementView], numbers: dict[int, frozenset[str]]
) -> BillLine | None:
    mine = [one for one in left.values() if one.direction == row.direction]
    named = [one for one in mine if row.own_no and row.own_no in (one.document, one.case_number)]
    paid_so = [one for one in mine if {row.trade_no, row.order_no} & numbers[one.id]]
    for candidates in (named, paid_so):
        exact = [one for one in candidates if one.open_fen == row.amount_fen]
        if len(exact) == 1:
            return BillLine(row, "owed", exact[0])
        if candidates:
            return BillLine(row, "unclear", candidates[0])
    return BillLine(row, "unowed") if row.direction == "out" else None


def _numbers_of(owed: Iterable[int]) -> dict[int, frozenset[str]]:
    """By which numbers the payment service knows the purchase of each settlement."""
    found: dict[int, set[str]] = {one: set() for one in owed}
    rows = (
        Settlement.select(Settlement.id, Sale.order_no, Sale.proof_ref, SaleTender.reference)
        .join(Sale)
        .join(SaleTender, on=((SaleTender.sale == Sale.id) & (SaleTender.tender == Settlement.tender)))
        .where(Settlement.id << list(found))
        .tuples()
    )
    for settlement_id, *numbers in rows:
        found[settlement_id].update(number for number in numbers if number)
    return {one: frozenset(numbers) for one, numbers in found.items()}

"""A WeChat or Alipay bill fills in the proofs of what is owed (invariant 11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from peewee import fn

from counter_app.archive.imports.bills import BillRow, days_of, is_bill, read_bill
from counter_app.db.models import Proof, Sale, SaleTender, Settlement
from counter_app.domain import roles
from counter_app.domain.money_views import SettlementView
from counter_app.domain.proof_numbers import PART, movement_of
from counter_app.services import bill_days, settling, staff
from counter_app.services.desk import Desk, Outcome

__all__ = ["Bill", "BillLine", "Found", "enter", "is_bill", "read"]

Found = Literal["owed", "known", "unclear", "unowed"]


@dataclass(frozen=True, slots=True)
class BillLine:
    """One movement of a bill and what it is here.

    `found`: `owed` proves the settlements in `parts`, each with what of the movement is for it (分); `known` was
    entered before; `unclear` fits none of those it names; `unowed` is a refund that nothing here owes. `owed`: the
    first settlement it is about. Payments that nothing waits for are ordinary sales and left out.
    """

    row: BillRow
    found: Found
    owed: SettlementView | None = None
    parts: tuple[tuple[SettlementView, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill as it was read. `payments` are the ordinary sales in it."""

    tender: str
    lines: tuple[BillLine, ...]
    payments: int
    days: tuple[date, date] | None = None
    """The first and last day it tells of, ordinary payments counted; None without any time."""
    new: bool = False
    """Whether this file was not read before and tells of days: it is kept, to compare these day by day."""

    def proofs(self) -> tuple[BillLine, ...]:
        """What entering the bill would prove."""
        return tuple(line for line in self.lines if line.found == "owed")


def read(desk: Desk, file: Path) -> Bill:
    """Compare a bill with what is owed, writing nothing. Raises UserError `bill.…`, `import.file.…`."""
    tender, rows = read_bill(file)
    known = {
        movement_of(reference)
        for (reference,) in Proof.select(Proof.reference)
        .where(Proof.tender == tender, Proof.reference != "")
        .group_by(Proof.reference)
        .having(fn.SUM(Proof.amount_fen) != 0)  # a number that was corrected away proves nothing
        .tuples()
    }
    left = {one.id: one for one in settling.owed(desk) if one.tender == tender and one.open_fen > 0}
    fresh = []
    for row in rows:
        if row.reference not in known:
            known.add(row.reference)
            fresh.append(row)
    told = _matched(fresh, left, _numbers_of(left))
    lines, payments = [], 0
    for row in rows:
        line = told.pop(id(row), None)
        if line is None and not any(row is one for one in fresh):
            line = BillLine(row, "known")
        if line is None:
            payments += 1
            continue
        lines.append(line)
    days = days_of(file, rows)
    return Bill(tender, tuple(lines), payments, days, days is not None and not bill_days.is_kept(file))


def enter(desk: Desk, file: Path) -> Outcome[Bill]:
    """Enter the proof of every refund and payment that the bill makes plain; the rest stays for a person.

    The same bill entered twice proves nothing twice. Raises as `read`, and `staff.right.missing`.
    """
    staff.require(desk, roles.PAY)
    bill = read(desk, file)
    changed: frozenset[str] = frozenset()
    for line in bill.proofs():
        act = settling.pay if line.row.direction == "out" else settling.receive
        # All that one movement is for or nothing: its number is known from the first proof on.
        with desk.db.atomic("IMMEDIATE"):
            for number, (owed, amount) in enumerate(line.parts, start=1):
                # One number is taken once: where a movement is for several, each proof names its part of it.
                reference = line.row.reference
                if len(line.parts) > 1:
                    reference = f"{reference}{PART}{number}"
                done = act(desk, owed.id, amount, bill.tender, reference, f"bill-{bill.tender}-{reference}")
                changed |= done.changed
    movements = (line.row for line in bill.lines)
    if bill_days.keep(desk, file, bill.tender, movements, bill.payments, bill.days):
        changed |= {"money"}
    return Outcome(bill, changed)


def _matched(
    rows: Iterable[BillRow], left: dict[int, SettlementView], numbers: dict[int, frozenset[str]]
) -> dict[int, BillLine]:
    """What each new movement is, by its identity; ordinary payments are left out.

    A movement of exactly what is owed comes first. Then several that name one refund or receipt by our own number,
    as long as they are together no more than it owes; found by the payment alone they must be together all of it.
    Last, one movement for everything that it names together.
    """
    open_fen = {key: one.open_fen for key, one in left.items()}
    found: dict[int, BillLine] = {}
    groups: dict[tuple[bool, tuple[int, ...]], list[BillRow]] = defaultdict(list)

    def take(row: BillRow, *keys: int) -> None:
        parts = tuple((left[key], min(open_fen[key], row.amount_fen)) for key in keys)
        found[id(row)] = BillLine(row, "owed", parts[0][0], parts)
        for one, amount in parts:
            open_fen[one.id] -= amount

    def about(row: BillRow) -> tuple[bool, tuple[int, ...]]:
        mine = [one for key, one in left.items() if one.direction == row.direction and open_fen[key]]
        named = tuple(one.id for one in mine if row.own_no and row.own_no in (one.document, one.case_number))
        return bool(named), named or tuple(
            one.id for one in mine if {row.trade_no, row.order_no} & numbers[one.id]
        )

    later = []
    for row in rows:
        exact = [key for key in about(row)[1] if open_fen[key] == row.amount_fen]
        if len(exact) == 1:
            take(row, exact[0])
        else:
            later.append(row)
    for row in later:
        groups[about(row)].append(row)
    for (named, keys), mine in sorted(groups.items(), key=lambda item: not item[0][0]):
        total, owes = sum(row.amount_fen for row in mine), sum(open_fen[key] for key in keys)
        if len(keys) == 1 and (total <= owes if named else total == owes):
            for row in mine:
                take(row, keys[0])
        elif len(mine) == 1 and keys and total == owes:
            take(mine[0], *keys)
        else:
            for row in mine:
                if keys:
                    found[id(row)] = BillLine(row, "unclear", left[keys[0]])
                elif row.direction == "out":
                    found[id(row)] = BillLine(row, "unowed")
    return found


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

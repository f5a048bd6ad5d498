"""Day by day: what the bills of WeChat Pay and Alipay say against what was entered here; what differs is listed.

Ordinary sales are the register's business: of receipts only those count that something here waited for.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from counter_app.archive.imports.bills import BillRow as Movement
from counter_app.db.models import Bill, BillRow
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles
from counter_app.domain.bill_views import BillDay, BillGap
from counter_app.domain.proof_numbers import movement_of
from counter_app.services import staff
from counter_app.services.case_rows import acting
from counter_app.services.desk import Desk

_ENTERED = """
    SELECT s.direction, p.reference, SUM(p.amount_fen), MIN(p.business_date), MIN(d.number), MIN(s.case_id)
    FROM proof p JOIN settlement s ON s.id = p.settlement_id JOIN document d ON d.id = s.document_id
    WHERE p.tender = ? AND p.reference <> '' AND p.business_date >= ? AND p.business_date <= ?
    GROUP BY s.direction, p.reference HAVING SUM(p.amount_fen) <> 0
"""
_SPAN_DAYS = 90
"""A proof may be entered that long after, or a bill read that long after, the money moved."""


def is_kept(file: Path) -> bool:
    """Whether this very file was read before."""
    return bool(Bill.select().where(Bill.sha256 == _digest(file)).exists())


def keep(
    desk: Desk,
    file: Path,
    tender: str,
    movements: Iterable[Movement],
    payments: int,
    days: tuple[date, date] | None,
) -> bool:
    """Keep which `days` a bill tells of, and its rows that concern after-sales. Returns whether it is a new one.

    The days count also where nothing of after-sales happened on them: a number that was entered then and stands in no
    bill was never paid. The same file is kept once, and so are rows of bills that overlap. A bill without times tells
    of no day and is not kept. Raises UserError `staff.right.missing`.
    """
    staff.require(desk, roles.PAY)
    if days is None:
        return False
    rows = [row for row in movements if row.day is not None]
    digest = _digest(file)
    with desk.db.atomic("IMMEDIATE"):
        if Bill.select().where(Bill.sha256 == digest).exists():
            return False
        bill_id = insert_row(
            desk.db,
            Bill,
            tender=tender,
            name=file.name,
            sha256=digest,
            first_day=days[0],
            last_day=days[1],
            payments=payments,
            by_id=acting(desk),
            at=desk.instant(),
        )
        known = _known(tender, days)
        for row in rows:
            if (row.direction, row.reference) in known:
                continue
            known.add((row.direction, row.reference))
            insert_row(
                desk.db,
                BillRow,
                bill_id=bill_id,
                line_no=row.row,
                tender=tender,
                direction=row.direction,
                amount_fen=row.amount_fen,
                reference=row.reference,
                trade_no=row.trade_no,
                order_no=row.order_no,
                own_no=row.own_no,
                day=row.day,
            )
    return True


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _known(tender: str, on: Sequence[date]) -> set[tuple[str, str]]:
    return set(
        BillRow.select(BillRow.direction, BillRow.reference)
        .where(BillRow.tender == tender, BillRow.day >= min(on), BillRow.day <= max(on))
        .tuples()
    )


def days(desk: Desk, first: date, last: date) -> tuple[BillDay, ...]:
    """Every day from `first` to `last` that a bill covers, newest first, with what differs."""
    found: list[BillDay] = []
    for tender in sorted({row.tender for row in Bill.select(Bill.tender).distinct()}):
        found += _days_of(desk, tender, first, last)
    return tuple(sorted(found, key=lambda one: (one.day, one.tender), reverse=True))


@dataclass
class _Sums:
    billed: dict[str, int] = field(default_factory=lambda: {"out": 0, "in": 0})
    entered: dict[str, int] = field(default_factory=lambda: {"out": 0, "in": 0})
    gaps: list[BillGap] = field(default_factory=list)


_Entry = tuple[int, date, str, int | None]


def _days_of(desk: Desk, tender: str, first: date, last: date) -> list[BillDay]:
    covered = _covered(tender, first, last)
    span = timedelta(days=_SPAN_DAYS)
    entered = _entered(desk, tender, first - span, last + span)
    sums: dict[date, _Sums] = defaultdict(_Sums)
    for row in BillRow.select().where(BillRow.tender == tender, BillRow.day >= first, BillRow.day <= last):
        amount, _, document, case_id = entered.pop((row.direction, row.reference), (0, row.day, "", None))
        day = sums[row.day]
        day.billed[row.direction] += row.amount_fen
        day.entered[row.direction] += amount
        if amount != row.amount_fen:
            kind: Literal["amount", "bill_only"] = "amount" if document else "bill_only"
            day.gaps.append(
                BillGap(kind, row.direction, row.reference, row.amount_fen, amount, document, case_id)
            )
    elsewhere = set(
        BillRow.select(BillRow.direction, BillRow.reference)
        .where(BillRow.tender == tender, BillRow.day >= first - span, BillRow.day <= last + span)
        .tuples()
    )
    for (direction, reference), (amount, on, document, case_id) in entered.items():
        if on in covered and (direction, reference) not in elsewhere:
            day = sums[on]
            day.entered[direction] += amount
            way: Literal["out", "in"] = "out" if direction == "out" else "in"
            day.gaps.append(BillGap("ours_only", way, reference, 0, amount, document, case_id))
    return [
        BillDay(
            on,
            tender,
            sums[on].billed["out"],
            sums[on].entered["out"],
            sums[on].billed["in"],
            sums[on].entered["in"],
            tuple(sums[on].gaps),
        )
        for on in covered
    ]


def _covered(tender: str, first: date, last: date) -> list[date]:
    """The days within the span that some bill covers."""
    found: set[date] = set()
    for bill in Bill.select().where(Bill.tender == tender, Bill.last_day >= first, Bill.first_day <= last):
        begin, end = max(bill.first_day, first), min(bill.last_day, last)
        found.update(begin + timedelta(days=step) for step in range((end - begin).days + 1))
    return sorted(found)


def _entered(desk: Desk, tender: str, first: date, last: date) -> dict[tuple[str, str], _Entry]:
    """What was entered here with a number: sum, day, document and case by direction and number."""
    rows = desk.db.execute_sql(_ENTERED, (tender, first.isoformat(), last.isoformat())).fetchall()
    found: dict[tuple[str, str], _Entry] = {}
    for direction, reference, amount, on, document, case_id in rows:
        key = (direction, movement_of(reference))
        before = found.get(key, (0, date.max, document, case_id))
        day = min(before[1], date.fromisoformat(on))
        found[key] = (before[0] + amount, day, before[2], before[3])
    return found

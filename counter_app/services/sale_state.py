"""What is left of a sale's lines: returned, reserved and refunded, always summed from rows, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.db.guards.goods import PASSING
from counter_app.db.guards.refunds import OTHER_MONEY
from counter_app.domain.money import part_refund
from counter_app.services.desk import Desk

# The same two sums that the database guards hold against what was sold and paid.
_CAME_BACK = f"l.direction = 'in' AND d.prefix NOT IN {PASSING}"
_PAID_BACK = f"l.direction <> 'out' AND d.prefix NOT IN {OTHER_MONEY}"


@dataclass(frozen=True, slots=True)
class LineState:
    """What happened to one sale line so far. Quantities in thousandths, money in 分.

    `refunded_fen` is all money back, allowances (`allowed_fen`) included; `given_fen` what the units that are gone
    were worth, whatever was deducted from it.
    """

    returned_milli: int = 0
    reserved_milli: int = 0
    refunded_fen: int = 0
    allowed_fen: int = 0
    given_fen: int = 0
    open_cases: tuple[str, ...] = ()
    split: bool = False


def line_states(desk: Desk, line_ids: Iterable[int]) -> dict[int, LineState]:
    """The state of every line asked for."""
    ids = list(line_ids)
    marks = ", ".join("?" * len(ids))
    run = desk.db.execute_sql
    posted = {
        line: sums
        for line, *sums in run(
            f"SELECT l.sale_line_id, SUM(CASE WHEN {_CAME_BACK} THEN l.quantity_milli ELSE 0 END), "
            f"SUM(CASE WHEN {_PAID_BACK} THEN l.amount_fen ELSE 0 END), "
            f"SUM(CASE WHEN {_PAID_BACK} AND l.quantity_milli = 0 THEN l.amount_fen ELSE 0 END) "
            "FROM document_line l JOIN document d ON d.id = l.document_id "
            f"WHERE l.sale_line_id IN ({marks}) GROUP BY l.sale_line_id",
            ids,
        )
    }
    reserved: dict[int, int] = {}
    cases: dict[int, list[str]] = {}
    for line, quantity, number in run(
        "SELECT l.sale_line_id, l.quantity_milli, c.number FROM case_line l JOIN case_file c ON c.id = l.case_id "
        f"WHERE l.state = 'reserved' AND l.sale_line_id IN ({marks}) ORDER BY c.id",
        ids,
    ):
        reserved[line] = reserved.get(line, 0) + quantity
        known = cases.setdefault(line, [])
        if number not in known:
            known.append(number)
    # Units that were refunded or exchanged without coming back (lost, missing, kept) are gone as well.
    gone = {
        line: (units, value)
        for line, units, value in run(
            "SELECT sale_line_id, SUM(quantity_milli), SUM(COALESCE(value_fen, 0)) FROM case_line "
            f"WHERE state = 'returned' AND sale_line_id IN ({marks}) GROUP BY sale_line_id",
            ids,
        )
    }
    split = {
        line
        for (line,) in run(f"SELECT DISTINCT split_of_id FROM sale_line WHERE split_of_id IN ({marks})", ids)
    }
    return {
        line: LineState(
            max(posted.get(line, (0, 0, 0))[0], gone.get(line, (0, 0))[0]),
            reserved.get(line, 0),
            posted.get(line, (0, 0, 0))[1],
            posted.get(line, (0, 0, 0))[2],
            gone.get(line, (0, 0))[1],
            tuple(cases.get(line, ())),
            line in split,
        )
        for line in ids
    }


def returnable_milli(bought_milli: int, state: LineState) -> int:
    """Units that may still come back. A line that was split gives way to its parts."""
    if state.split:
        return 0
    return max(bought_milli - state.returned_milli - state.reserved_milli, 0)


def refundable_fen(
    paid_fen: int, bought_milli: int, state: LineState, quantity_milli: int | None = None
) -> int:
    """分 that `quantity_milli` more units (None: all returnable ones) bring back.

    What all units together bring, less what those that are gone brought, less allowances (invariant 2).
    """
    left = returnable_milli(bought_milli, state)
    wanted = left if quantity_milli is None else min(quantity_milli, left)
    if wanted == 0:
        return 0
    others = state.returned_milli + state.reserved_milli
    before = state.given_fen + part_refund(paid_fen, bought_milli, state.returned_milli, state.reserved_milli)
    return max(part_refund(paid_fen, bought_milli, 0, others + wanted) - before - state.allowed_fen, 0)

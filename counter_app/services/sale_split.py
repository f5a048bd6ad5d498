"""An indivisible line gets its parts: from a supervisor, or from an item list that came later (invariant 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counter_app.db.models import SaleLine
from counter_app.domain.money import allocate
from counter_app.domain.new_sale import FrozenLine, FrozenSale
from counter_app.services import sale_rows
from counter_app.services.desk import Desk
from counter_app.services.sale_state import line_states


def shares(row: Any, paid: Sequence[int]) -> list[tuple[int, int, int]]:
    """Discount, subsidy and freight of a line (分) shared over parts that paid `paid`."""
    return list(
        zip(
            allocate(row.discount_fen, paid),
            allocate(row.list_fen - row.discount_fen - row.paid_fen, paid),
            allocate(row.freight_fen, paid),
            strict=True,
        )
    )


def untouched(desk: Desk, line_id: int) -> bool:
    """Whether nothing of a line was split, returned, reserved or refunded yet."""
    state = line_states(desk, [line_id])[line_id]
    return not (state.split or state.returned_milli or state.reserved_milli or state.refunded_fen)


def can_complete(sale_id: int, frozen: FrozenSale) -> bool:
    """Whether a sale is one untouched indivisible line of the same money, and the order knows its goods."""
    if any(line.line.indivisible for line in frozen.lines):
        return False
    rows: list[Any] = list(SaleLine.select().where(SaleLine.sale == sale_id))
    if len(rows) != 1 or not rows[0].indivisible:
        return False
    same = rows[0].paid_fen == sum(line.paid_fen for line in frozen.lines)
    return bool(same and not rows[0].case_lines.exists() and not rows[0].document_lines.exists())


def completed_alike(sale_id: int, frozen: FrozenSale) -> bool:
    """Whether the sale's parts already are what the order says, or the order still knows only the total."""
    rows: list[Any] = list(SaleLine.select().where(SaleLine.sale == sale_id).order_by(SaleLine.line_no))
    whole = [row for row in rows if row.indivisible and row.split_of_id is None]
    parts = [row for row in rows if row.split_of_id is not None]
    if len(whole) != 1 or not parts or whole[0].paid_fen != sum(line.paid_fen for line in frozen.lines):
        return False
    if len(frozen.lines) == 1 and frozen.lines[0].line.indivisible:
        return True
    told = sorted((line.line.name, line.line.quantity_milli, line.paid_fen) for line in frozen.lines)
    return told == sorted((row.name, row.quantity_milli, row.paid_fen) for row in parts)


def sold_alike(sale_id: int, frozen: FrozenSale) -> bool:
    """Whether the sale has the same goods for the same money, line by line; prices before discount may differ,
    as when an item list tells the list price of what was known by its total."""
    rows: Any = SaleLine.select().where(SaleLine.sale == sale_id, SaleLine.split_of.is_null())
    told = sorted(
        (one.line.name, one.line.quantity_milli, one.paid_fen, one.freight_fen) for one in frozen.lines
    )
    return told == sorted((row.name, row.quantity_milli, row.paid_fen, row.freight_fen) for row in rows)


def split_into(desk: Desk, sale_id: int, frozen: FrozenSale) -> None:
    """Give the indivisible line of a sale the lines of an order as its parts, inside the caller's transaction."""
    row: Any = SaleLine.get(SaleLine.sale == sale_id, SaleLine.indivisible == 1, SaleLine.split_of.is_null())
    write_parts(desk, row, frozen.lines)


def write_parts(desk: Desk, row: Any, lines: Sequence[FrozenLine]) -> None:
    """Write the parts of one line after the lines the sale has already."""
    paid = [line.paid_fen for line in lines]
    parts = [
        FrozenLine(line.line, amount + discount + subsidy, discount, subsidy, freight, amount)
        for line, amount, (discount, subsidy, freight) in zip(lines, paid, shares(row, paid), strict=True)
    ]
    last = SaleLine.select().where(SaleLine.sale == row.sale_id).count()
    writer = sale_rows.SaleWriter(desk)
    writer.add_lines(row.sale_id, parts, last + 1, row.id)
    writer.flush()

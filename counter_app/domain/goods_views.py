"""Goods as screens and slips show them: what moved, what a proposal takes in and gives out.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoodsMoveView:
    """One row of the stock ledger that concerns a case."""

    kind: str
    name: str
    from_place: str
    to_place: str
    quantity_milli: int
    serial: str
    document: str
    at: int


@dataclass(frozen=True, slots=True)
class GoodsView:
    """Goods that come in or go out. `place` is where they go (V0…V13) or come from."""

    direction: str
    name: str
    quantity_milli: int
    place: str
    case_line_id: int | None = None
    sale_line_id: int | None = None
    product_id: int | None = None
    amount_fen: int = 0
    price_fen: int = 0
    serial: str = ""
    stock_milli: int | None = None

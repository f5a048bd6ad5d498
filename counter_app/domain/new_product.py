"""An article before it is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewProduct:
    """An article to be kept under its `sku`. Prices in 分 for one unit, tax rate in basis points."""

    sku: str
    name: str
    price_fen: int
    barcode: str = ""
    model: str = ""
    category: str = "OTHER"
    cost_fen: int | None = None
    tax_rate_bp: int = 1300
    weighed: bool = False
    repairable: bool = True
    active: bool = True
    note: str = ""

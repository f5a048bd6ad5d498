"""What the lines, freight, tax and discount of an order come to, 分."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.money import allocate
from counter_app.domain.new_sale import NewLine


def net(line: NewLine) -> int:
    """A line after its own discount."""
    return (line.list_fen or 0) - line.discount_fen


def with_tax(lines: Sequence[NewLine], tax_fen: int) -> list[NewLine]:
    """The lines with tax that their prices leave out, shared out over them."""
    if not tax_fen or not lines:
        return list(lines)
    shares = allocate(tax_fen, [net(line) for line in lines])
    return [
        replace(line, list_fen=(line.list_fen or 0) + share)
        for line, share in zip(lines, shares, strict=True)
    ]


def exact(
    lines: Sequence[NewLine], total: int, freight: int, tax: int, said: int
) -> tuple[int, list[NewLine]] | None:
    """The order's discount and the lines where the file says the discount itself (`said`); None when nothing of it
    gives the total of the file.

    Shops differ: prices with tax or without; a discount that repeats the lines' discounts or not.
    """
    whole, on_lines = sum(map(net, lines)), sum(line.discount_fen for line in lines)
    for on_top in (0, tax):
        for off in (said, said - on_lines, 0):
            if off >= 0 and whole + on_top + freight - off == total:
                return off, with_tax(lines, on_top)
    return None

"""What reports show: figures by month and by what they are asked after."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.case_views import CaseRow
from counter_app.domain.spoken import Words

DIMENSIONS = ("reason", "product", "batch", "clerk", "remedy", "tender", "month")
MEASURES = ("cases", "units_milli", "goods_fen", "owed_fen", "paid_fen", "taken_fen")
SAID_OF = {
    "reason": ("cases", "units_milli", "goods_fen"),
    "product": ("cases", "units_milli", "goods_fen"),
    "batch": ("cases", "units_milli", "goods_fen"),
    "clerk": ("cases", "units_milli", "goods_fen", "owed_fen", "paid_fen", "taken_fen"),
    "remedy": ("cases", "units_milli", "goods_fen", "owed_fen", "paid_fen", "taken_fen"),
    "tender": ("cases", "owed_fen", "paid_fen", "taken_fen"),
    "month": ("cases", "units_milli", "goods_fen", "owed_fen", "paid_fen", "taken_fen"),
}
"""What can be told of each: money really moved belongs to papers and tenders, not to single articles."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums of a span. `cases` counts a visit once that opened or moved something in it, also where it did so in several
    of its months; `units_milli` goods taken back (thousandths), `goods_fen` their value given back, `owed_fen` what was owed to
    customers with compensation, `paid_fen` what really went out, `taken_fen` what came in (分). Reversals count
    against what they reverse."""

    cases: int = 0
    units_milli: int = 0
    goods_fen: int = 0
    owed_fen: int = 0
    paid_fen: int = 0
    taken_fen: int = 0

    def of(self, measure: str) -> int:
        """One of them by its name. Raises KeyError."""
        if measure not in MEASURES:
            raise KeyError(measure)
        return int(getattr(self, measure))


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One value of a dimension over a span, and over the span of the same length before. `key` opens its cases;
    `share_bp`: its part of the whole, in hundredths of a per cent, None where there is no whole to be part of."""

    key: int
    value: str
    title: Words
    figures: Figures
    before: Figures
    share_bp: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """`rows` are the largest by `measure` (months: in order); `values` how many there are in all; `total` sums all
    of them, so that a visit under two values stands in it twice; `visits` counts each once."""

    dimension: str
    measure: str
    first: str
    last: str
    rows: tuple[ReportRow, ...]
    values: int
    total: Figures
    visits: int


@dataclass(frozen=True, slots=True)
class CaseBehind:
    """One visit behind a figure, under the latest month of the span to which it adds (202611)."""

    month: int
    case: CaseRow

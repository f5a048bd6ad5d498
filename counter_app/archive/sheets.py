"""Sheets as data: a column is declared once, and its kind says how it is written and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

Cell = object
"""A value of a cell: str, int, date, an instant (ms of local time), or None for an empty one."""


class Kind(Enum):
    """What a column holds; the unit of the value handed in is given with `Column`."""

    TEXT = "text"
    NOTE = "note"
    WHOLE = "whole"
    MONEY = "money"
    QUANTITY = "quantity"
    DAY = "day"
    INSTANT = "instant"
    SHARE = "share"


TEXTS: Final = (Kind.TEXT, Kind.NOTE)
NUMERIC: Final = (Kind.WHOLE, Kind.MONEY, Kind.QUANTITY, Kind.SHARE)
"""Kinds that stand right-aligned under a right-aligned head."""

UNITS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.TEXT: "text",
        Kind.NOTE: "text",
        Kind.WHOLE: "count",
        Kind.MONEY: "yuan",
        Kind.QUANTITY: "unit",
        Kind.DAY: "day",
        Kind.INSTANT: "instant",
        Kind.SHARE: "share",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. MONEY is given in 分, QUANTITY in thousandths, SHARE in basis points, INSTANT as
    milliseconds of local time since 1970, DAY as a date. `total` puts its sum under the data."""

    key: str
    kind: Kind = Kind.TEXT
    width: float = 12
    total: bool = False


class Look(Enum):
    """What a mark says of the cells it falls on."""

    BAD = "bad"
    SOON = "soon"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Mark:
    """Cells that show by their colour that a condition holds.

    Of a table: `where` are column keys with blanks between, '' for the whole row, and the condition names cells of
    the first row as `{key}`. Of a free sheet: `where` is an area, and the condition names its first row's cells.
    """

    where: str
    condition: str
    look: Look = Look.BAD


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a table that is too long for one sheet: `number` of `of`, counted from 1; the rows of each part
    before it; and the sums of the columns so far (0 = A), which all parts share."""

    number: int
    of: int
    before: tuple[int, ...]
    sums: dict[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table sheet: header, `count` rows, and a row of totals under them. `count` must be the number of
    rows that `rows` gives: filter and totals are laid out before the rows are read."""

    key: str
    columns: tuple[Column, ...]
    count: int
    rows: Iterable[tuple[Cell, ...]]
    marks: tuple[Mark, ...] = ()
    part: Part | None = None

    @property
    def summed(self) -> bool:
        """Whether a row of totals stands under the data: of a table in parts under the last of them."""
        whole = self.part is None or self.part.number == self.part.of
        return whole and self.count > 0 and any(column.total for column in self.columns)

    @property
    def number(self) -> int:
        """Which part of its table it is; 1 for a table of one sheet."""
        return 1 if self.part is None else self.part.number

    @property
    def name(self) -> str:
        """The key, for a later part with its number: unlike the title the same in every language."""
        return self.key if self.number == 1 else f"{self.key}_{self.number}"

    def title(self, words: Callable[[str], str]) -> str:
        """What the sheet is called: a later part like the first, with its number."""
        told = words(f"sheet.{self.key}")
        return told if self.number == 1 else f"{told} {self.number}"

    @property
    def last_row(self) -> int:
        """The last row of the sheet's table: totals, or data; an empty table keeps one empty row."""
        return max(self.count, 1) + 1 + self.summed


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that is a formula with the value stored beside it, so that readers without a calculator see
    it. `value` is in the unit of `kind`."""

    kind: Kind
    formula: str
    value: int | str
    style: str = "value"


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell of a free sheet: a value, its kind and a style name of `styles.py`."""

    value: Cell
    kind: Kind = Kind.TEXT
    style: str = "value"


Row = tuple[Styled | Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Pareto:
    """A chart over rows `first`…`last` of its sheet: names in column A, counts in B, running shares in D.

    The values are given too: a reader that does not calculate draws from them. `shares` are basis points.
    """

    anchor: str
    first: int
    last: int
    names: tuple[str, ...]
    counts: tuple[int, ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FreeSheet:
    """A sheet that is laid out cell by cell: summary, control sheet, dictionary. `frozen` is the first cell
    that scrolls; `tall` sheets print upright; `filtered` is the area of a filter, '' for none; `moving` rows say
    when it was made and are not compared with the database. `names` are names of cells of its own (`owed_fen`, `B7`),
    by which formulas anywhere call them; `links` are cells that lead to another sheet, by its key. `repeated` are the
    first and last row (from 1) that head every printed page after them, (0, 0) for none."""

    key: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    pareto: Pareto | None = None
    frozen: str = ""
    filtered: str = ""
    tall: bool = False
    moving: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    repeated: tuple[int, int] = (0, 0)

"""What a slip is made of, before it meets a paper. Each slip's file composes these; `sheet` and `roll` set them.

Text here is already worded in the slip's language; user text is plain text everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.documents.photos import Shot
from counter_app.domain.slips import Check, GoodsLine, InternalPart, MoneyLine, Signature, WorkingRow


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value pairs; on a sheet in a grid of `columns`."""

    cells: tuple[tuple[str, str], ...]
    columns: int = 3


@dataclass(frozen=True, slots=True)
class Goods:
    """A table of goods. `refund` shows what is given back per line, `prices` the prices at all."""

    title: str
    lines: tuple[GoodsLine, ...]
    refund: bool = False
    prices: bool = True


@dataclass(frozen=True, slots=True)
class Ticks:
    """Tick boxes in a row."""

    title: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A label and running text of at most `most` lines; what is left out is marked."""

    title: str
    text: str
    most: int = 8


@dataclass(frozen=True, slots=True)
class Blank:
    """A label and `lines` ruled lines to write on by hand."""

    title: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Remark:
    """A heading with one plain sentence under it, where a list has nothing to list."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sums:
    """Steps of an amount, figures at the right."""

    title: str
    rows: tuple[WorkingRow, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """Tenders with amount, state and proof."""

    title: str
    rows: tuple[MoneyLine, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A numbered list: next steps, promised dates, where to turn."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """The one amount of the slip, in figures and capitals."""

    label: str
    fen: int


@dataclass(frozen=True, slots=True)
class Inside:
    """The internal part; composed only into copies that may show it."""

    part: InternalPart


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, whether it holds figures."""

    title: str
    share: float = 1.0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under heads that repeat on every page; `total` closes it. On a roll every row is a small
    group under its first words."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos by the hashes they are kept under; on a roll there are none."""

    title: str
    hashes: tuple[str, ...]
    shots: tuple[Shot, ...] = ()


Block = (
    Photos | Blank | Remark | Table | Facts | Goods | Ticks | Words | Sums | Ways | Steps | Amount | Inside
)


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns on a sheet, one after the other on a roll."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SignLine:
    """One signature line. `name` is typed beside it; `signature` is the customer's ink."""

    label: str
    name: str = ""
    signature: Signature | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    """A whole slip, worded and ordered.

    `seal` "" leaves no seal space. `not_invoice` prints that it is no tax invoice.
    """

    title: str
    blocks: tuple[Block | Beside, ...]
    terms: tuple[str, ...] = ()
    lines: tuple[SignLine, ...] = ()
    seal: str = ""
    seal_name: str = ""
    not_invoice: bool = False

"""A plain model of the shop: what every line, tender, drawer and shelf must come to, kept beside the real one."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass, field

from visits import Visit


@dataclass
class Line:
    """One sale line. Quantities in thousandths, money in 分."""

    id: int
    product: int
    sold: int
    paid: int
    freight: int
    held: int = 0
    gone: int = 0
    refunded: int = 0
    moved: int = 0
    disturbed: int = 0
    """How often an allowance or a reversal came between: shares may then differ by so many 分."""

    @property
    def free(self) -> int:
        """Units that may still be asked back."""
        return self.sold - self.gone - self.held

    @property
    def left(self) -> int:
        """分 that were paid and neither given back nor moved into an exchange."""
        return self.paid + self.freight - self.refunded - self.moved

    def share(self, units: int) -> int:
        """What the next units bring: all so far, rounded down, less what earlier ones brought."""
        return self.paid * (self.gone + units) // self.sold - self.paid * self.gone // self.sold

    def freight_share(self, units: int) -> int:
        return self.freight * (self.gone + units) // self.sold - self.freight * self.gone // self.sold


@dataclass
class Chain:
    """A purchase with everything it was exchanged into. `balance`: what the customer has really spent on it."""

    balance: int
    lines: list[Line] = field(default_factory=list)


@dataclass
class Bought:
    """One sale of a chain, with what every way of paying may still give back."""

    id: int
    chain: Chain
    lines: list[Line]
    tenders: dict[str, int]


@dataclass
class Wish:
    """A visit that is answered and not posted yet."""

    visit: Visit = field(repr=False)
    kind: str
    bought: Bought = field(repr=False)
    line: Line
    units: int
    amount: int = 0
    product: int = 0
    price: int = 0
    tender: str = "cash"


@dataclass
class Deed:
    """What one posting did, so that its reversal can undo it."""

    wish: Wish
    number: str
    refunds: dict[str, int]
    collect: int = 0
    units_gone: int = 0
    moved: int = 0
    goods_in: int = 0
    goods_out: int = 0
    waits_for: int | None = None
    """The settlement that must be paid before the goods leave."""
    exchanged: Bought | None = None
    moved_by: dict[str, int] = field(default_factory=dict)
    settlements: tuple[int, ...] = ()
    undone: bool = False


@dataclass
class Books:
    """The sums of the whole shop."""

    drawer: int = 0
    shift_open: bool = False
    shelf: Tally[tuple[int, str]] = field(default_factory=Tally)
    owed: dict[int, tuple[str, str, int]] = field(default_factory=dict)
    """Settlement → direction, tender, 分 still open."""
    bought: list[Bought] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    def cash_now(self, amount: int) -> bool:
        """Whether that much cash can leave the drawer at once."""
        return self.shift_open and self.drawer >= amount

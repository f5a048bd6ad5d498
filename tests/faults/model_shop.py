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
    given: int = 0
    """分 that the units which are gone were worth."""
    freight_given: int = 0
    waits: bool = False
    """Its exchange is not paid yet, so it has not left the shop."""
    replaced: bool = False
    """It went out in an exchange that was reversed: the shop has it again, without a visit."""
    allowances: list[tuple[int, int]] = field(default_factory=list)
    """分 and units of what was allowed for units that the customer kept."""

    @property
    def free(self) -> int:
        """Units that may still be asked back."""
        return self.sold - self.gone - self.held

    @property
    def left(self) -> int:
        """分 that were paid and neither given back nor moved into an exchange."""
        return self.paid + self.freight - self.refunded - self.moved

    @property
    def allowed(self) -> int:
        return sum(amount for amount, _ in self.allowances)

    def allowed_of(self, units: int) -> int:
        """What was allowed for the first `units`: those that nothing was allowed for come back first."""
        kept = min(sum(units for _, units in self.allowances), self.sold)
        return self.allowed * max(units - self.sold + kept, 0) // kept if kept else 0

    def share(self, units: int) -> int:
        """What the next units bring: all so far, rounded down, less what earlier ones brought."""
        together = self.paid * (self.gone + units) // self.sold - self.allowed_of(self.gone + units)
        return max(min(together - self.given, self.paid - self.given - self.allowed), 0)

    def freight_share(self, units: int) -> int:
        return max(self.freight * (self.gone + units) // self.sold - self.freight_given, 0)


@dataclass
class Chain:
    """A purchase with everything it was exchanged into. `balance`: what the customer has really spent on it."""

    balance: int
    lines: list[Line] = field(default_factory=list)
    sales: list[int] = field(default_factory=list)
    points: int = 0
    coupon: int = 0
    subsidy: int = 0
    """分 of the purchase that were no money of the customer's. Points and subsidy go back with the goods, a coupon
    with the last of them."""
    undone: bool = False
    """Something of it was reversed: what was promised before then stands with what came back first."""

    @property
    def all_back(self) -> bool:
        """Whether nothing of it is with the customer, nor on its way there."""
        return all(line.gone == line.sold and not line.waits for line in self.lines)


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
    value: int = 0
    freight: int = 0
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

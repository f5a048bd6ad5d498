"""What the stock room's screen and papers show: frozen values, money in 分, quantities in thousandths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.spoken import Words


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """How much lies at one place. `value_fen` at cost, None for who may not see costs; `uncosted` rows lack one."""

    place: str
    rows: int
    quantity_milli: int
    value_fen: int | None
    uncosted: int
    oldest: date | None


@dataclass(frozen=True, slots=True)
class Holding:
    """Goods at one place: of an article on a shelf, of one case line elsewhere. `since` their latest arrival."""

    place: str
    product_id: int | None
    case_line_id: int | None
    name: str
    sku: str
    quantity_milli: int
    cost_fen: int | None
    value_fen: int | None
    serial: str
    batch_no: str
    condition: str
    category: str
    weighed: bool
    case_id: int | None
    case_number: str
    since: date
    key: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One movement behind a holding."""

    seq: int
    day: date
    kind: str
    from_place: str
    to_place: str
    quantity_milli: int
    document: str
    case_id: int | None
    case_number: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class GoodsLineView:
    """One line of a goods paper; `cost_fen` of the whole line, None where unknown or not to be seen."""

    name: str
    quantity_milli: int
    cost_fen: int | None
    serial: str
    batch_no: str
    place: str
    product_id: int | None
    case_line_id: int | None


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """One event of a claim."""

    state: str
    amount_fen: int
    note: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim against a supplier or a courier, with what may be done next."""

    id: int
    number: str
    kind: str
    state: str
    party: str
    reason: str
    parcel: str
    insured: bool
    asked_fen: int
    got_fen: int
    outcome: str
    due_on: date | None
    overdue: bool
    opened_on: date
    case_id: int | None
    case_number: str
    goods: str
    quantity_milli: int
    next_states: tuple[str, ...]
    steps: tuple[ClaimStep, ...] = ()
    lines: tuple[GoodsLineView, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """Claims of one kind: how many are open or late, what was asked, what came of it (分)."""

    kind: str
    open: int
    overdue: int
    asked_fen: int
    got_fen: int
    refused_fen: int


@dataclass(frozen=True, slots=True)
class ScrapView:
    """A destruction (XH…). `cost_fen` None for who may not see costs."""

    id: int
    number: str
    day: date
    goods: str
    quantity_milli: int
    cost_fen: int | None
    reason: str
    way: str
    by: str
    witness: str
    photos: int


@dataclass(frozen=True, slots=True)
class RecallView:
    """A recall notice. `stock_milli` still lies in the shop outside isolation."""

    id: int
    number: str
    product_id: int | None
    product: str
    batches: str
    serials: str
    sold_from: date | None
    sold_to: date | None
    reason: str
    what_to_do: str
    valid_from: date
    valid_to: date | None
    open: bool
    by: str
    sold: int
    called: int


@dataclass(frozen=True, slots=True)
class RecallWarning:
    """What a clerk is told when a recalled piece turns up: sure, or to be looked at."""

    recall_id: int
    number: str
    sure: bool
    reason: str
    what_to_do: str
    words: Words


@dataclass(frozen=True, slots=True)
class RecalledSale:
    """A sale that a recall concerns, and whether its customer was called. Masked."""

    sale_line_id: int
    sale_id: int
    order_no: str
    sold_on: date
    name: str
    batch_no: str
    serial: str
    quantity_milli: int
    customer_masked: str
    phone_masked: str
    sure: bool
    returned_milli: int
    reached: str
    said: str
    called_on: date | None


@dataclass(frozen=True, slots=True)
class CountRow:
    """One line of a count; `counted_milli` None while nobody looked."""

    id: int
    line_no: int
    name: str
    sku: str
    serial: str
    batch_no: str
    case_number: str
    expected_milli: int
    counted_milli: int | None
    weighed: bool
    tied: bool

    @property
    def difference_milli(self) -> int:
        """Counted less expected; nothing while nobody looked."""
        return 0 if self.counted_milli is None else self.counted_milli - self.expected_milli


@dataclass(frozen=True, slots=True)
class CountView:
    """A count of one place: open, posted or dropped."""

    id: int
    place: str
    state: str
    number: str
    day: date
    opened_by: str
    approved_by: str
    reason: str
    lines: int
    counted: int
    different: int
    rows: tuple[CountRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Something that rolls forward like money: opening + came - went = closing, in thousandths, pieces or 分."""

    name: str
    opening: int
    came: int
    back: int
    gone: int

    @property
    def closing(self) -> int:
        """What is left at the end."""
        return self.opening + self.came - self.back - self.gone


@dataclass(frozen=True, slots=True)
class OpenGift:
    """A coupon or gift that was promised and neither used nor lapsed."""

    id: int
    kind: str
    what: str
    amount_fen: int
    given_on: date
    expires_on: date | None
    late: bool
    case_id: int
    case_number: str
    customer_masked: str

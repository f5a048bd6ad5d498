"""What screens show of sales, products and what a scan found. Money in 分, quantities in thousandths."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counter_app.domain.goods_views import RecallWarning
from counter_app.domain.rights import Rights
from counter_app.domain.shift_views import ShiftView as ShiftView
from counter_app.domain.spoken import Reason, Words


@dataclass(frozen=True, slots=True)
class SaleLineView:
    """A line as it was sold and what is left of it.

    bought − returned − reserved = returnable. `refundable_fen` is what the returnable units would bring back
    (without freight, less allowances already paid); `unit_paid_fen` what one unit really cost, rounded down.
    `cost_fen` (one unit) is None unless the one who looks may see costs. `blocked` says why nothing of the
    line can be returned, e.g. an indivisible line that was split.
    """

    id: int
    sale_id: int
    line_no: int
    product_id: int | None
    name: str
    model: str
    sku: str
    barcode: str
    category: str
    category_title: Words
    serial: str
    batch_no: str
    flaw: str
    weighed: bool
    bought_milli: int
    returned_milli: int
    reserved_milli: int
    returnable_milli: int
    unit_price_fen: int
    list_fen: int
    discount_fen: int
    freight_fen: int
    paid_fen: int
    subsidy_fen: int
    unit_paid_fen: int
    refunded_fen: int
    refundable_fen: int
    tax_rate_bp: int
    cost_fen: int | None
    no_return_confirmed: bool
    gift_of: int | None
    gift_price_fen: int | None
    indivisible: bool
    split_of: int | None
    split: bool
    origin_line_id: int | None
    guarantee_from: date | None
    guarantee_until: date | None
    rights: Rights
    open_cases: tuple[str, ...] = ()
    blocked: Reason | None = None
    note: str = ""
    """What the shop's people should know of the article (S4-1); never printed."""
    recalls: tuple[RecallWarning, ...] = ()
    """Recalls that mean this piece, or may mean it (S3-44)."""


@dataclass(frozen=True, slots=True)
class TenderView:
    """What one way of paying brought, and how much of it went back."""

    tender: str
    paid_fen: int
    refunded_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class SaleCaseView:
    """A case of this sale, newest first."""

    id: int
    number: str
    state: str
    business_date: date


@dataclass(frozen=True, slots=True)
class SaleView:
    """One purchase with everything the counter shows of it. `customer_name` and `phone` are masked."""

    id: int
    source: str
    order_no: str
    channel: str
    platform: str
    proof: str
    proof_ref: str
    purchased_on: date
    delivered_on: date | None
    received_on: date | None
    installed_on: date | None
    goods_fen: int
    discount_fen: int
    freight_fen: int
    paid_fen: int
    subsidy_fen: int
    coupon_fen: int
    invoice_no: str
    invoice_state: str
    person_id: int | None
    customer_masked: str
    phone_masked: str
    phone_hash: str
    area: str
    extras: dict[str, Any]
    recorded_at: int
    recorded_by: str
    identities: tuple[tuple[str, str], ...]
    lines: tuple[SaleLineView, ...]
    tenders: tuple[TenderView, ...]
    cases: tuple[SaleCaseView, ...] = ()
    holidays_known: bool = True

    @property
    def refundable_fen(self) -> int:
        """What all returnable units together would bring back, without freight."""
        return sum(line.refundable_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class SaleHit:
    """A sale that a scan or a typed text found; `why` is what matched, `line_id` the line that did."""

    sale_id: int
    order_no: str
    source: str
    purchased_on: date
    customer_masked: str
    phone_masked: str
    paid_fen: int
    goods: str
    why: str
    line_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case that a scan or a typed text found."""

    case_id: int
    number: str
    state: str
    customer_masked: str
    phone_masked: str
    business_date: date
    why: str


@dataclass(frozen=True, slots=True)
class ProductHit:
    """A product that a scan or a typed text found. Stock: sellable units in thousandths."""

    product_id: int
    sku: str
    barcode: str
    name: str
    model: str
    price_fen: int
    stock_milli: int
    why: str


@dataclass(frozen=True, slots=True)
class HistoryHit:
    """A case of lost times that an archive tells; `refund_fen` is what was owed to the customer then (分)."""

    number: str
    order_no: str
    customer_masked: str
    phone_masked: str
    business_date: date
    goods: str
    refund_fen: int
    period: str
    why: str


Hit = SaleHit | CaseHit | ProductHit | HistoryHit


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """A customer that was found, masked."""

    person_id: int
    customer_masked: str
    phone_masked: str


@dataclass(frozen=True, slots=True)
class ProductView:
    """An article. `cost_fen` is None unless the one who looks may see costs; `places` is the stock by place."""

    id: int
    sku: str
    barcode: str
    name: str
    model: str
    category: str
    price_fen: int
    cost_fen: int | None
    tax_rate_bp: int
    weighed: bool
    repairable: bool
    active: bool
    note: str
    stock_milli: int
    places: dict[str, int] = field(default_factory=dict)

"""What a settlement is computed from, and what it says: frozen values, 分 and thousandths of a unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from counter_app.domain.spoken import Reason

IN_KIND = ("coupon", "points")
"""Tenders that are not money: a coupon is issued again on a full return only, points go back as points."""
SUBSIDY = "subsidy"
"""国补: never paid to the customer, repaid to whoever granted it."""
DEDUCTIONS = ("wear", "damage", "missing_part", "gift", "freight", "bundle", "depreciation", "other")
"""Why less than the price goes back. `bundle`: the rest no longer meets a threshold or set price."""


@dataclass(frozen=True, slots=True)
class Deduction:
    """Less money back, agreed with the customer; `reason` is printed on the slip."""

    kind: str
    amount_fen: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Goods that go out: `price_fen` is today's price of all of them together (分), `stock_milli` the sellable
    stock before this visit, None when the product is not kept in stock."""

    product: str
    name: str
    quantity_milli: int
    price_fen: int = 0
    stock_milli: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A quantity of one sale line with the remedy it gets.

    `paid_fen` is the money really paid for all `sold_milli` units: after order discounts, coupons, points and
    subsidy, without freight. `refunded_fen`: money already given back for returned units (deductions not given
    back do not count). `allowed_fen`: allowances and differences already paid for `allowed_milli` units that the
    customer kept (0 = over the whole line). `moved_fen`: went along into exchanges. `reserved_milli`: taken by other open cases. `freight_fen`: the
    line's share of freight out, given back only when `seller_pays_freight` (and then part of `refunded_fen`).
    `amount_fen`: what a part refund or
    an allowance gives, or the quote of a paid repair. `accepted_milli`: goods inspected and accepted, None = not
    looked at yet (a preview). `unsafe`: expired or unsafe, may only be destroyed. `is_refund`: this line is itself
    a refund. `fault`: the claim is about the goods, not a change of mind. `article`: the sale line, so that units of
    one sale line in several lines of a visit share what is left of it; 0 = this line alone.
    `given_fen`, `freight_given_fen`, `subsidy_given_fen`: what the `returned_milli` units were worth when they came
    back, deductions and freight that was not given back included; None = their plain share. After a reversal in the
    middle this is what makes the shares fit together again (invariant 2). `points_fen`: what points paid of these
    units (分); they follow the units: back as points, or along into an exchange, where they pay as they did before.
    """

    key: int
    remedy: str
    quantity_milli: int
    sold_milli: int
    paid_fen: int
    name: str = ""
    returned_milli: int = 0
    reserved_milli: int = 0
    refunded_fen: int = 0
    allowed_fen: int = 0
    allowed_milli: int = 0
    moved_fen: int = 0
    freight_fen: int = 0
    subsidy_fen: int = 0
    seller_pays_freight: bool = False
    amount_fen: int | None = None
    accepted_milli: int | None = None
    rejected_milli: int = 0
    disposition: str = "V0"
    unsafe: bool = False
    is_refund: bool = False
    article: int = 0
    given_fen: int | None = None
    freight_given_fen: int | None = None
    subsidy_given_fen: int | None = None
    points_fen: int = 0
    is_right: bool = False
    goodwill: bool = False
    fault: bool = False
    indivisible: bool = False
    deductions: tuple[Deduction, ...] = ()
    issues: tuple[Issue, ...] = ()
    handed_over: bool = True

    @property
    def left_fen(self) -> int:
        """分 paid for this line, freight included, that were neither given back nor moved on (invariant 2)."""
        return max(
            self.paid_fen + self.freight_fen - self.refunded_fen - self.allowed_fen - self.moved_fen, 0
        )

    @property
    def left_milli(self) -> int:
        """Units that may still come back: sold, less returned, less reserved elsewhere (invariant 1)."""
        return self.sold_milli - self.returned_milli - self.reserved_milli


@dataclass(frozen=True, slots=True)
class Tender:
    """What one way of paying paid of the sale, and how much of it went back already."""

    tender: str
    paid_fen: int
    refunded_fen: int = 0

    @property
    def left_fen(self) -> int:
        """What may still go back this way (invariant 3)."""
        return self.paid_fen - self.refunded_fen


@dataclass(frozen=True, slots=True)
class Gift:
    """Given with the sale: `gift`, `coupon` or `points`. `back`: it came back; `price_fen` was marked beforehand."""

    kind: str
    name: str
    price_fen: int = 0
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What all lines of a visit share. All lines belong to one sale.

    `route`: the tender the customer takes the money by, '' = the way it was paid; another way needs `consent` and
    a supervisor's `route_reason`. `other_open_milli`: units of the sale's other lines that are not returned.
    `freight_fen`: what of the money was for the way out.
    `drawer_fen`: cash in the open shift, None = no shift is open. `limit_fen`, `goodwill_fen`: what the acting
    clerk may decide alone. `goods_received_on`: when the goods came back. `deposit_…`: sent-first deposits.
    `gift_deductible`: False where a province lets a quality return keep the gift.
    """

    today: date
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...]
    gifts: tuple[Gift, ...] = ()
    proof: str = "receipt"
    remote: bool = False
    route: str = ""
    route_consent: bool = False
    route_reason: str = ""
    collect_tender: str = "cash"
    other_open_milli: int = 0
    freight_fen: int = 0
    drawer_fen: int | None = None
    limit_fen: int = 0
    goodwill_fen: int = 0
    goods_received_on: date | None = None
    signature_waived: bool = False
    gift_deductible: bool = True
    deposit: Literal["", "take", "return", "keep"] = ""
    deposit_fen: int = 0
    deposit_held_fen: int = 0


# --- what comes out ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One row of how an amount came about; `label` is worded in the catalogue, `amount_fen` signed."""

    label: str
    params: dict[str, object]
    amount_fen: int
    total: bool = False


@dataclass(frozen=True, slots=True)
class GoodsIn:
    """Goods taken in, and where they go. `V11` is back to the customer."""

    key: int
    quantity_milli: int
    disposition: str


@dataclass(frozen=True, slots=True)
class GoodsOut:
    """Goods that go out. `value_fen` is what the customer will have paid for them: a later refund starts from it."""

    key: int
    product: str
    name: str
    quantity_milli: int
    value_fen: int
    handed_over: bool


@dataclass(frozen=True, slots=True)
class LineSettlement:
    """What one line comes to. `consumes_milli`: units that can never come back again; `allowed_fen`: money given
    for goods the customer keeps; `refund_fen` holds both; `freight_fen` and `subsidy_fen` are parts of the story,
    the freight inside `refund_fen`, the subsidy outside it. `freight_share_fen`, `subsidy_share_fen`: what the units
    take of the line's freight and subsidy, whether it goes back, is kept or moves on with an exchange. `points_fen`: the
    points (分) that pay for the goods that go out."""

    key: int
    remedy: str
    gross_fen: int
    refund_fen: int
    pay_fen: int
    allowed_fen: int
    freight_fen: int
    subsidy_fen: int
    freight_share_fen: int
    subsidy_share_fen: int
    consumes_milli: int
    working: tuple[WorkingLine, ...]
    goods_in: tuple[GoodsIn, ...]
    goods_out: tuple[GoodsOut, ...]
    points_fen: int = 0


@dataclass(frozen=True, slots=True)
class TenderRefund:
    """Money back that counts against `tender` and is handed over by `way`. `now`: it leaves the drawer at once;
    otherwise it is owed until its proof is entered (invariant 11). `left_fen`: what the tender may take after."""

    tender: str
    way: str
    amount_fen: int
    now: bool
    left_fen: int


@dataclass(frozen=True, slots=True)
class ApprovalReason:
    """Why somebody else must say yes: `over_limit`, `goodwill`, `no_receipt`, `other_tender`, `deduction`,
    `refund_only`, `remedy`, `no_signature`, and what `approval_rules.py` tells. `told`: further figures, in words.
    """

    code: str
    amount_fen: int
    limit_fen: int
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentNeed:
    """A numbered document to post, for these line keys; `amount_fen` positive, whichever way the money goes."""

    prefix: str
    amount_fen: int
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DueDay:
    """Something the shop promises by this settlement; never moved by a holiday."""

    what: str
    due: date
    basis: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What posting will do, to the last 分. Preview and posting compare two of these with `==` (invariant 7).

    `refund_fen` is the money back for goods; compensation is never in it (invariant 4). `owed_fen` + `now_fen` =
    `refund_fen`; `cash_rounding_fen` and `pay_rounding_fen` are the shop's gift when cash is rounded to the 角 in
    the customer's favour, added to the cash handed out, taken off the cash asked for. `pay_now`: what the
    customer pays is taken in cash now; otherwise it is 待收 and goods leave after its proof (`goods_held`).
    """

    lines: tuple[LineSettlement, ...]
    refund_fen: int
    pay_fen: int
    refunds: tuple[TenderRefund, ...]
    now_fen: int
    owed_fen: int
    cash_rounding_fen: int
    pay_rounding_fen: int
    collect_tender: str
    pay_now: bool
    goods_held: bool
    coupons_back: tuple[str, ...]
    points_back: int
    subsidy_repay_fen: int
    deposit_in_fen: int
    deposit_out_fen: int
    deposit_kept_fen: int
    full_return: bool
    approvals: tuple[ApprovalReason, ...]
    documents: tuple[DocumentNeed, ...]
    due: tuple[DueDay, ...]
    warnings: tuple[Reason, ...] = field(default=())
    missing: tuple[Reason, ...] = field(default=())

"""Remedies: what each needs, what each costs the shop, the order of an offer, and what the law makes payable.

Costs are the shop's own business: they decide and order offers, and never reach the customer's view or copy.
Amounts are 分. The codes R1…R29 are those of reference-data §3, their terms stand in `remedies.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from counter_app.domain.categories import CategoryTerms, ProvinceTerms
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.policy import ShopPolicy
from counter_app.domain.spoken import Reason

MONEY_KINDS = ("return", "part", "missing", "exchange_same", "exchange_different", "charge", "none")
GOODS_KINDS = ("in", "in_if_there", "out", "in_out", "service", "none")
APPROVAL_KINDS = ("never", "limit", "always", "legal")
REMEDY_CODES = tuple(f"R{number}" for number in range(1, 30))


@dataclass(frozen=True, slots=True)
class RemedyTerms:
    """What one remedy needs and does; see `remedies.toml` for the words."""

    code: str
    money: str
    goods: str
    approval: str
    right: bool = False
    reason: bool = False
    tier: int = 0

    @property
    def needs_goods(self) -> bool:
        """Whether accepted goods must lie in the shop first (invariant 10)."""
        return self.goods in ("in", "in_out")

    @property
    def needs_stock(self) -> bool:
        """Whether sellable stock must be there."""
        return self.goods in ("out", "in_out")


def load_remedies(data: Mapping[str, Any]) -> dict[str, RemedyTerms]:
    """Terms by code. Every code R1…R29 must be there and no other.

    Raises UserError `rules.entry.missing`, `rules.entry.unknown`, `rules.entry.choice`.
    """
    found: dict[str, RemedyTerms] = {}
    for code, entry in data.items():
        if code not in REMEDY_CODES:
            raise UserError("rules.entry.unknown", entry="remedies", key=code)
        for key, kinds in (("money", MONEY_KINDS), ("goods", GOODS_KINDS), ("approval", APPROVAL_KINDS)):
            if entry.get(key) not in kinds:
                raise UserError("rules.entry.choice", entry=code, key=key, value=str(entry.get(key)))
        found[code] = RemedyTerms(
            code,
            entry["money"],
            entry["goods"],
            entry["approval"],
            bool(entry.get("right", False)),
            bool(entry.get("reason", False)),
            int(entry.get("tier", 0)),
        )
    for code in REMEDY_CODES:
        if code not in found:
            raise UserError("rules.entry.missing", entry="remedies", key=code)
    return found


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a remedy still needs; `met` or not, worded by its code."""

    what: Literal["goods", "inspection", "stock", "reason", "approval"]
    met: bool
    reason: Reason


def conditions(
    terms: RemedyTerms,
    *,
    goods_accepted: bool,
    in_stock: bool,
    reason: str,
    approved: bool,
    amount_fen: int,
    limit_fen: int,
) -> tuple[Condition, ...]:
    """What a remedy needs and whether it is there, in the order the desk takes it."""
    found: list[Condition] = []
    if terms.needs_goods:
        found.append(Condition("inspection", goods_accepted, Reason("remedy.needs.inspection")))
    if terms.needs_stock:
        found.append(Condition("stock", in_stock, Reason("remedy.needs.stock")))
    if terms.reason:
        found.append(Condition("reason", bool(reason.strip()), Reason("remedy.needs.reason")))
    if terms.approval in ("always", "legal") or (terms.approval == "limit" and amount_fen > limit_fen):
        params: dict[str, object] = {"amount": format_yuan(amount_fen), "limit": format_yuan(limit_fen)}
        found.append(Condition("approval", approved, Reason("remedy.needs.approval", params)))
    return tuple(found)


# --- what a remedy costs the shop -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFigures:
    """What costs are made of. `value_fen` is what was paid for these units, `replacement_fen` the cost price of
    the new piece, `recoverable_fen` what the shop still gets for the old one; `allowance_fen` None = none meant."""

    value_fen: int = 0
    allowance_fen: int | None = None
    gift_cost_fen: int = 0
    outbound_freight_fen: int = 0
    return_freight_fen: int = 0
    handling_fen: int = 0
    replacement_fen: int = 0
    recoverable_fen: int = 0
    repair_fen: int = 0
    coupon_fen: int = 0
    difference_fen: int = 0
    missing_fen: int = 0


_PARTS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "allowance": (("allowance_fen", 1), ("gift_cost_fen", 1)),
    "exchange": (
        ("outbound_freight_fen", 1),
        ("return_freight_fen", 1),
        ("handling_fen", 1),
        ("replacement_fen", 1),
        ("recoverable_fen", -1),
    ),
    "return": (("value_fen", 1), ("return_freight_fen", 1), ("handling_fen", 1), ("recoverable_fen", -1)),
    "refund_only": (("value_fen", 1),),
    "repair": (("repair_fen", 1), ("outbound_freight_fen", 1), ("return_freight_fen", 1)),
    "resend": (("replacement_fen", 1), ("outbound_freight_fen", 1), ("gift_cost_fen", 1)),
    "difference": (("difference_fen", 1),),
    "missing": (("missing_fen", 1),),
    "coupon": (("coupon_fen", 1),),
    "gift": (("gift_cost_fen", 1),),
    "none": (),
}
_COSTED_AS: Mapping[str, str] = {
    "R1": "return",
    "R2": "refund_only",
    "R3": "exchange",
    "R4": "exchange",
    "R5": "repair",
    "R7": "exchange",
    "R8": "resend",
    "R9": "resend",
    "R10": "allowance",
    "R11": "difference",
    "R12": "allowance",
    "R13": "missing",
    "R14": "gift",
    "R15": "coupon",
    "R16": "gift",
    "R18": "resend",
    "R20": "none",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of a remedy with its parts: figure name (without `_fen`) and signed amount. May be negative when the
    old goods are worth more than the rest."""

    total_fen: int
    parts: tuple[tuple[str, int], ...]


def cost_of(remedy: str, figures: CostFigures) -> Cost:
    """What a remedy costs the shop (S4-28). Remedies that cost nothing of this kind come out at 0."""
    parts = tuple(
        (name.removesuffix("_fen"), sign * (getattr(figures, name) or 0))
        for name, sign in _PARTS[_COSTED_AS.get(remedy, "none")]
    )
    return Cost(sum(amount for _, amount in parts), parts)


def allowance_on_offer(figures: CostFigures) -> tuple[bool, Reason]:
    """Whether an allowance may be offered: only when it costs less than an exchange (S4-28)."""
    if figures.allowance_fen is None:
        return False, Reason("remedy.allowance.none")
    allowance, exchange = cost_of("R10", figures).total_fen, cost_of("R3", figures).total_fen
    code = "remedy.allowance.cheaper" if allowance < exchange else "remedy.allowance.dearer"
    params: dict[str, object] = {"allowance": format_yuan(allowance), "exchange": format_yuan(exchange)}
    return allowance < exchange, Reason(code, params)


@dataclass(frozen=True, slots=True)
class Offer:
    """One remedy as it is offered: a right, its cost, and why it is or is not on offer."""

    remedy: str
    right: bool
    cost: Cost
    offered: bool
    because: Reason


def in_order(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Rights first, then what is on offer from the cheapest, then what is not; equal ones by their number."""
    return tuple(
        sorted(
            offers,
            key=lambda offer: (
                not offer.offered,
                not offer.right,
                offer.cost.total_fen,
                int(offer.remedy.removeprefix("R")),
            ),
        )
    )


# --- what the law makes payable; computed when somebody asks, never posted by a clerk -----------------


@dataclass(frozen=True, slots=True)
class LegalSum:
    """Legal compensation, beside the refund of the price: the amount, how it came about, and on what basis."""

    amount_fen: int
    computed_fen: int
    floor_fen: int
    basis: str
    because: Reason


def _legal(computed: int, floor: int, basis: str, code: str, params: dict[str, object]) -> LegalSum:
    if computed < 0:
        raise UserError("remedy.legal.negative")
    shown: dict[str, object] = {**params, "computed": format_yuan(computed), "floor": format_yuan(floor)}
    return LegalSum(max(computed, floor), computed, floor, basis, Reason(code, shown))


def fraud_compensation(price_fen: int, policy: ShopPolicy) -> LegalSum:
    """退一赔三: three times the price, ￥500 at least, on top of the refund (消法 55)."""
    params: dict[str, object] = {"price": format_yuan(price_fen), "times": policy.fraud_multiple}
    computed = price_fen * policy.fraud_multiple
    return _legal(computed, policy.fraud_floor_fen, "消费者权益保护法 55", "remedy.legal.fraud", params)


def food_compensation(price_fen: int, loss_fen: int, policy: ShopPolicy) -> LegalSum:
    """Unsafe food: ten times the price or three times the loss, whichever is more, ￥1 000 at least
    (食品安全法 148). Label flaws that do not mislead are exempt: a person judges that."""
    if loss_fen < 0:
        raise UserError("remedy.legal.negative")
    params: dict[str, object] = {
        "price": format_yuan(price_fen),
        "times": policy.food_price_multiple,
        "loss": format_yuan(loss_fen),
        "loss_times": policy.food_loss_multiple,
    }
    computed = max(price_fen * policy.food_price_multiple, loss_fen * policy.food_loss_multiple)
    return _legal(computed, policy.food_floor_fen, "食品安全法 148", "remedy.legal.food", params)


def harm_compensation(loss_fen: int) -> LegalSum:
    """Knowing defect with death or serious harm: up to twice the loss (消法 55)."""
    params: dict[str, object] = {"loss": format_yuan(loss_fen)}
    return _legal(loss_fen * 2, 0, "消费者权益保护法 55", "remedy.legal.harm", params)


def depreciation_fee(
    price_fen: int, days_used: int, repair_days: int, category: CategoryTerms, province: ProvinceTerms
) -> int:
    """折旧费 when a customer wants money although the same model could be exchanged (三包规定 12).

    Days used less repair days, times the category's daily rate, rounded down in the customer's favour, never more
    than the price. 0 where the category has no rate or the province allows no fee.
    """
    if price_fen < 0 or days_used < 0 or repair_days < 0:
        raise UserError("remedy.legal.negative")
    if not province.depreciation_fee:
        return 0
    days = max(days_used - repair_days, 0)
    return min(price_fen * days * category.depreciation_bp // 10_000, price_fen)

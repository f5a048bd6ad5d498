"""When somebody else must say yes, beside the limits of the roles: the shop's figures, and what each of them tells.

Every signal is one function over figures: it answers with the reason, its figures in it, or None. A signal is for
the one who approves; nothing of it is ever printed or shown to the customer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from counter_app.domain.history_views import Refunded
from counter_app.domain.money import format_yuan
from counter_app.domain.policy import Figure, read_figures
from counter_app.domain.roles import UNLIMITED_FEN
from counter_app.domain.settlement_terms import ApprovalReason

SIGNALS: Final = frozenset(
    {"serial_returner", "several_people", "price_dropped", "above_lowest", "no_receipt"}
    | {"evidence_waived", "damaged_full"}
)
"""Reasons that a small amount does not raise (S3-29)."""
HOLDS_A_RIGHT: Final = SIGNALS | {"over_limit", "over_day"}
"""Reasons for a second look that never stand against what is the customer's right: the answer can only be yes."""
FULL_BP: Final = 10_000
_NUMBERS_TOLD: Final = 4


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """The figures in force. Money in 分, shares in basis points, spans in days; 0 switches a rule off."""

    small_amount_fen: int
    day_limit_multiple: int
    serial_days: int
    serial_returns: int
    serial_sum_fen: int
    serial_share_bp: int
    lowest_price_days: int
    shared_days: int
    shared_people: int
    price_drop_days: int
    price_drop_bp: int
    waived_evidence_fen: int
    damaged_full_on: bool
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Returned:
    """What one customer brought back without a fault of the goods, and what they bought, in the same span (分).

    `times` counts days: what one visit brings back piece by piece is one return.
    """

    times: int
    refunded_fen: int
    bought_fen: int


@dataclass(frozen=True, slots=True)
class Lowest:
    """The lowest price (分) of one unit of an article; `on` is the day it was sold so, None = today's price list."""

    unit_fen: int
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """What one clerk gave today without asking anybody: how many times, and how much (分)."""

    times: int
    amount_fen: int


def load_approval_rules(data: Mapping[str, Any]) -> ApprovalRules:
    """The figures of `approvals.toml`.

    Raises UserError `rules.figure.missing`, `.unknown`, `.type`, `.negative`, `rules.entry.…`, naming the figure.
    """
    wanted = {item.name: str(item.type) for item in fields(ApprovalRules) if item.name != "figures"}
    told, figures = read_figures(data, wanted)
    values: dict[str, Any] = dict(told)
    return ApprovalRules(**values, figures=figures)


def _yuan(fen: int) -> str:
    return f"¥{format_yuan(fen)}"


def over_day(
    granted: Granted, amount_fen: int, limit_fen: int, rules: ApprovalRules
) -> ApprovalReason | None:
    """With `amount_fen` more, a clerk whose own limit is `limit_fen` would give more alone in one day than a day allows."""
    if not rules.day_limit_multiple or not amount_fen or limit_fen >= UNLIMITED_FEN:
        return None
    day_fen = limit_fen * rules.day_limit_multiple
    total = granted.amount_fen + amount_fen
    if total <= day_fen:
        return None
    told = (("times", str(granted.times)), ("granted", _yuan(granted.amount_fen)), ("total", _yuan(total)))
    return ApprovalReason("over_day", amount_fen, day_fen, told)


def serial_returner(found: Returned, amount_fen: int, rules: ApprovalRules) -> ApprovalReason | None:
    """The same customer brought goods back that often, and for that much money or that share of what they bought."""
    if not rules.serial_returns or found.times < rules.serial_returns:
        return None
    total = found.refunded_fen + amount_fen
    share = total * FULL_BP // found.bought_fen if found.bought_fen else FULL_BP
    much = bool(rules.serial_sum_fen) and total >= rules.serial_sum_fen
    large = bool(rules.serial_share_bp) and share >= rules.serial_share_bp
    if not (much or large):
        return None
    told = (
        ("days", str(rules.serial_days)),
        ("times", str(found.times)),
        ("refunded", _yuan(found.refunded_fen)),
        ("bought", _yuan(found.bought_fen)),
        ("share", str(share // 100)),
    )
    return ApprovalReason("serial_returner", amount_fen, rules.serial_sum_fen, told)


def several_people(others: int, amount_fen: int, rules: ApprovalRules) -> ApprovalReason | None:
    """So many other people came with the same serial number or the same purchase."""
    people = others + 1
    if not rules.shared_people or not others or people < rules.shared_people:
        return None
    told = (("days", str(rules.shared_days)), ("people", str(people)))
    return ApprovalReason("several_people", amount_fen, 0, told)


def price_dropped(
    name: str, paid_fen: int, now: Lowest | None, rules: ApprovalRules
) -> ApprovalReason | None:
    """The article costs so much less by now that bringing it back and buying it again would pay. Per unit, 分."""
    if now is None or not rules.price_drop_bp or paid_fen <= 0:
        return None
    fall = (paid_fen - now.unit_fen) * FULL_BP // paid_fen
    if fall < rules.price_drop_bp:
        return None
    told = (
        ("name", name),
        ("paid", _yuan(paid_fen)),
        ("now", _yuan(now.unit_fen)),
        ("fall", str(fall // 100)),
        ("days", str(rules.price_drop_days)),
    )
    return ApprovalReason("price_dropped", paid_fen, now.unit_fen, told)


def above_lowest(
    name: str, claimed_fen: int, lowest: Lowest | None, rules: ApprovalRules
) -> ApprovalReason | None:
    """Nothing proves the price, and it is above the lowest of the last days. Per unit, 分."""
    if lowest is None or not rules.lowest_price_days or claimed_fen <= lowest.unit_fen:
        return None
    told = (
        ("name", name),
        ("claimed", _yuan(claimed_fen)),
        ("lowest", _yuan(lowest.unit_fen)),
        ("days", str(rules.lowest_price_days)),
    )
    return ApprovalReason("above_lowest", claimed_fen, lowest.unit_fen, told)


def evidence_waived(count: int, amount_fen: int, rules: ApprovalRules) -> ApprovalReason | None:
    """Compulsory evidence was not taken, and the visit is about that much money."""
    if not count or not rules.waived_evidence_fen or amount_fen < rules.waived_evidence_fen:
        return None
    return ApprovalReason("evidence_waived", amount_fen, rules.waived_evidence_fen, (("count", str(count)),))


def damaged_full(name: str, condition: str, refund_fen: int, rules: ApprovalRules) -> ApprovalReason | None:
    """Goods came back damaged, through no fault of theirs, and nothing is taken off."""
    if not rules.damaged_full_on or not refund_fen:
        return None
    return ApprovalReason("damaged_full", refund_fen, 0, (("name", name), ("condition", condition)))


def sent_again(name: str, quantity: str, amount_fen: int) -> ApprovalReason:
    """With this parcel more pieces were sent again than were bought at all. Raised by any amount."""
    return ApprovalReason("sent_again", amount_fen, 0, (("name", name), ("quantity", quantity)))


def sent_first(uncovered_fen: int, limit_fen: int) -> ApprovalReason | None:
    """Goods go out before theirs came back, and of their worth more than the clerk may decide alone is covered by no
    deposit."""
    if limit_fen >= UNLIMITED_FEN or uncovered_fen <= limit_fen:
        return None
    return ApprovalReason("sent_first", uncovered_fen, limit_fen)


def loan_out(numbers: tuple[str, ...], amount_fen: int) -> ApprovalReason | None:
    """What was lent to the customer over the same purchase has not come back yet. Raised by any amount."""
    if not numbers:
        return None
    return ApprovalReason("loan_out", amount_fen, 0, (("numbers", ", ".join(numbers[:_NUMBERS_TOLD])),))


def in_archive(found: Refunded | None, amount_fen: int) -> ApprovalReason | None:
    """An archive of lost times tells that this purchase or these goods were refunded before. Raised by any amount:
    nobody knows any more whether that refund and this one are the same."""
    if found is None or not amount_fen:
        return None
    told = (
        ("period", ", ".join(found.periods)),
        ("owed", _yuan(found.owed_fen)),
        ("paid", _yuan(found.paid_fen)),
        ("numbers", ", ".join(found.numbers[:_NUMBERS_TOLD])),
    )
    return ApprovalReason("in_archive", amount_fen, found.owed_fen, told)


def beyond_small(
    reasons: tuple[ApprovalReason, ...], amount_fen: int, rules: ApprovalRules
) -> tuple[ApprovalReason, ...]:
    """Without the signals that a small amount does not raise (S3-29); limits and overrides stay."""
    if amount_fen > rules.small_amount_fen:
        return reasons
    return tuple(one for one in reasons if one.code not in SIGNALS)

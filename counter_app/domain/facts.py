"""What the tests of a chart look at: one frozen value of facts, each optional until a node needs it.

A fact comes from the sale, the policy, the stock and the history of a case, or from the file of the headless
walk. Written form (`Facts.read`): money as plain decimal text in yuan ("199.00": no sign, no exponent, at most two
places), days as ISO text, counts as whole numbers, flags as true or false. Held form: money as int 分, days as
`date`. A null is a wrong type, not a missing fact; a missing fact is simply not there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from counter_app.domain.errors import UserError
from counter_app.domain.money import MOST_FEN, format_yuan

CHANNELS = ("store", "remote")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_YUAN = re.compile(r"(?P<whole>[0-9]{1,1000})(?:\.(?P<part>[0-9]{1,2}))?")
_LONGEST_SHOWN = 40


class FactKind(StrEnum):
    """How a fact is written and compared."""

    DAY = "day"
    MONEY = "money"
    COUNT = "count"
    FLAG = "flag"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one walk. Money in 分; None = not given. Order and names are those of the counter chart."""

    today: date | None = None
    received_on: date | None = None
    purchased_on: date | None = None
    delivered_on: date | None = None
    last_repair_on: date | None = None
    paid: int | None = None
    allowance: int | None = None
    difference: int | None = None
    wrong_value: int | None = None
    bought_value: int | None = None
    price_now: int | None = None
    gift_cost: int | None = None
    outbound_freight: int | None = None
    return_freight: int | None = None
    handling: int | None = None
    replacement_cost: int | None = None
    recoverable_value: int | None = None
    clerk_limit: int | None = None
    keep_limit: int | None = None
    high_value_threshold: int | None = None
    promise_days: int | None = None
    protect_days: int | None = None
    guarantee_months: int | None = None
    guarantee_months_main: int | None = None
    guarantee_months_accessory: int | None = None
    repair_days: int | None = None
    repairs_done: int | None = None
    waiting_part_days: int | None = None
    waiting_limit: int | None = None
    days_in_repair: int | None = None
    stock: int | None = None
    excluded_with_confirmation: bool | None = None
    intact: bool | None = None
    inspected_here: bool | None = None
    goods_here: bool | None = None
    three_guarantees: bool | None = None
    repairable: bool | None = None
    channel: str | None = None
    category: str | None = None

    @classmethod
    def read(
        cls, written: Mapping[str, Any], categories: Collection[str], *, any_amount: bool = False
    ) -> Facts:
        """Facts from their written form. `categories` are the codes that `category` may have. `any_amount` takes
        amounts larger than an entry of the shop may hold, for a walk that posts nothing.

        Raises UserError `walk.fact.unknown`, `.money`, `.large`, `.day`, `.count`, `.flag`, `.text`, each naming
        the fact.
        """
        held: dict[str, Any] = {}
        for name, value in written.items():
            kind = FACTS.get(name)
            if kind is None:
                raise UserError("walk.fact.unknown", fact=_shown(name))
            held[name] = _READERS[kind](name, value)
            if kind is FactKind.MONEY and not any_amount and held[name] > MOST_FEN:
                raise UserError("walk.fact.large", fact=name, value=_shown(value), most=format_yuan(MOST_FEN))
        _among(held, "channel", CHANNELS)
        _among(held, "category", categories)
        return cls(**held)

    def written(self, names: Collection[str] | None = None) -> dict[str, Any]:
        """The given facts (all, or those of `names`) in their written form, ready for JSON."""
        wanted = FACTS if names is None else {name: FACTS[name] for name in FACTS if name in names}
        told: dict[str, Any] = {}
        for name, kind in wanted.items():
            value = getattr(self, name)
            if value is None:
                continue
            if kind is FactKind.MONEY:
                value = format_yuan(value)
            elif kind is FactKind.DAY:
                value = value.isoformat()
            told[name] = value
        return told


def _shown(value: object) -> str:
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _money(name: str, value: object) -> int:
    match = _PLAIN_YUAN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise UserError("walk.fact.money", fact=name, value=_shown(value))
    return int(match["whole"]) * 100 + int((match["part"] or "").ljust(2, "0"))


def _day(name: str, value: object) -> date:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as wrong:
            raise UserError("walk.fact.day", fact=name, value=value) from wrong
    raise UserError("walk.fact.day", fact=name, value=_shown(value))


def _count(name: str, value: object) -> int:
    # True is an int to Python and nothing to count.
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UserError("walk.fact.count", fact=name, value=_shown(value))
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise UserError("walk.fact.flag", fact=name, value=_shown(value))
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UserError("walk.fact.text", fact=name, value=_shown(value), known='"…"')
    return value


def _among(held: Mapping[str, Any], name: str, known: Collection[str]) -> None:
    if name in held and held[name] not in known:
        raise UserError("walk.fact.text", fact=name, value=_shown(held[name]), known=", ".join(sorted(known)))


_READERS = {
    FactKind.MONEY: _money,
    FactKind.DAY: _day,
    FactKind.COUNT: _count,
    FactKind.FLAG: _flag,
    FactKind.TEXT: _text,
}


def _kind_of(name: str, annotation: str) -> FactKind:
    if annotation.startswith("date"):
        return FactKind.DAY
    if annotation.startswith("bool"):
        return FactKind.FLAG
    if annotation.startswith("str"):
        return FactKind.TEXT
    return FactKind.COUNT if name in _COUNTS else FactKind.MONEY


_COUNTS = frozenset(
    (
        "promise_days",
        "protect_days",
        "guarantee_months",
        "guarantee_months_main",
        "guarantee_months_accessory",
        "repair_days",
        "repairs_done",
        "waiting_part_days",
        "waiting_limit",
        "days_in_repair",
        "stock",
    )
)
FACTS: dict[str, FactKind] = {field.name: _kind_of(field.name, str(field.type)) for field in fields(Facts)}
"""Every fact a chart may name, with its kind."""

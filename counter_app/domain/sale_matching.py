"""Whether an imported order is a sale that somebody already typed by hand (invariant 1).

Same total, at most a day apart, and then: the receipt number, the phone or the goods say yes, say no, or leave
it open. One clear yes is a match, the receipt number before all else; anything unclear is for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

MOST_DAYS_APART = 1
Verdict = Literal["certain", "same", "maybe", "other"]


@dataclass(frozen=True, slots=True)
class Goods:
    """One line, by everything it may be recognised by. `keys` empty: unknown goods (an order's total)."""

    keys: frozenset[str]
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class Traits:
    """What two records of one purchase would share."""

    purchased_on: date
    paid_fen: int
    phone_hash: str
    numbers: frozenset[str]
    goods: tuple[Goods, ...]
    sale_id: int = 0


def keys(barcode: str, sku: str, name: str) -> frozenset[str]:
    """The names a line goes by, spelled alike."""
    return frozenset(
        f"{kind}:{''.join(text.lower().split())}"
        for kind, text in (("barcode", barcode), ("sku", sku), ("name", name))
        if text
    )


def verdict(order: Traits, typed: Traits) -> Verdict:
    """Whether the two are one purchase, as far as they tell."""
    if order.paid_fen != typed.paid_fen:
        return "other"
    if abs((order.purchased_on - typed.purchased_on).days) > MOST_DAYS_APART:
        return "other"
    if order.numbers & typed.numbers:
        return "certain"
    if order.phone_hash and typed.phone_hash:
        return "same" if order.phone_hash == typed.phone_hash else "other"
    return _goods_verdict(order.goods, typed.goods)


def decide(order: Traits, typed: Sequence[Traits]) -> tuple[Literal["match", "hold", "new"], tuple[int, ...]]:
    """What becomes of an order: matched with one sale, held for a person with its candidates, or new."""
    verdicts = [(verdict(order, one), one.sale_id) for one in typed]
    for wanted in ("certain", "same"):
        found = tuple(sale_id for told, sale_id in verdicts if told == wanted)
        if found:
            return "match" if len(found) == 1 else "hold", found
    maybe = tuple(sale_id for told, sale_id in verdicts if told == "maybe")
    return ("hold", maybe) if maybe else ("new", ())


def _goods_verdict(order: tuple[Goods, ...], typed: tuple[Goods, ...]) -> Verdict:
    if not all(line.keys for line in (*order, *typed)):
        return "maybe"
    left = list(typed)
    shared = 0
    for line in order:
        twin = next(
            (one for one in left if one.quantity_milli == line.quantity_milli and one.keys & line.keys), None
        )
        if twin is not None:
            left.remove(twin)
            shared += 1
    if shared == len(order) and not left:
        return "same"
    by_barcode = all(any(key.startswith("barcode:") for key in line.keys) for line in (*order, *typed))
    return "other" if by_barcode and not shared else "maybe"

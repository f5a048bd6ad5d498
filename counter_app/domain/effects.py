"""What the remedies of a walk make the shop do, in goods, money and paper.

A remedy code (reference-data §3) stands for effects; an end of the chart, or a step marked as settling,
carries them out. The remedy that counts is the last one chosen on the path: an allowance that a reviewer
rejected, or an exchange for which there was no stock, leaves its code on the path but nothing in the shop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum


class Effect(StrEnum):
    """One thing that posting does for a walk, each with a document of its own kind."""

    GOODS_IN = "goods_in"
    GOODS_OUT = "goods_out"
    RESEND = "resend"
    REFUND = "refund"
    ALLOWANCE = "allowance"
    SERVICE = "service"
    CHARGE = "charge"
    COMPENSATION = "compensation"
    COMPLAINT = "complaint"
    REFUSAL = "refusal"
    DEPOSIT_IN = "deposit_in"
    DEPOSIT_BACK = "deposit_back"
    DEPOSIT_KEPT = "deposit_kept"
    LOAN = "loan"


PREFIX_OF: dict[Effect, str] = {
    Effect.GOODS_IN: "TH",
    Effect.GOODS_OUT: "HH",
    Effect.RESEND: "BF",
    Effect.REFUND: "TK",
    Effect.ALLOWANCE: "ZJ",
    Effect.SERVICE: "WX",
    Effect.CHARGE: "SJ",
    Effect.COMPENSATION: "BC",
    Effect.COMPLAINT: "TS",
    Effect.REFUSAL: "GZ",
    Effect.DEPOSIT_IN: "YJ",
    Effect.LOAN: "BY",
}
"""The document each effect is posted as. A deposit goes back or is kept by moves on its own document."""

_MAIN: dict[str, tuple[Effect, ...]] = {
    "R1": (Effect.GOODS_IN, Effect.REFUND),
    "R2": (Effect.GOODS_IN, Effect.REFUND),
    "R3": (Effect.GOODS_IN, Effect.GOODS_OUT),
    "R4": (Effect.GOODS_IN, Effect.GOODS_OUT),
    "R5": (Effect.SERVICE,),
    "R6": (Effect.SERVICE, Effect.CHARGE),
    "R7": (Effect.GOODS_IN, Effect.GOODS_OUT),
    "R8": (Effect.RESEND,),
    "R9": (Effect.RESEND,),
    "R10": (Effect.ALLOWANCE,),
    "R11": (Effect.REFUND,),
    "R12": (Effect.REFUND,),
    "R13": (Effect.REFUND,),
    "R14": (Effect.COMPENSATION,),
    "R15": (Effect.COMPENSATION,),
    "R16": (Effect.COMPENSATION,),
    "R17": (Effect.COMPENSATION,),
    "R18": (Effect.RESEND,),
    "R21": (Effect.COMPENSATION,),
    "R22": (Effect.COMPENSATION,),
    "R23": (Effect.SERVICE,),
    "R24": (),
    "R26": (Effect.COMPLAINT,),
    "R29": (Effect.REFUSAL,),
}
_BESIDE: dict[str, tuple[Effect, ...]] = {
    "R19": (Effect.DEPOSIT_IN, Effect.DEPOSIT_BACK),
    "R20": (Effect.LOAN,),
    "R26": (Effect.COMPLAINT,),
}
"""Remedies that go with another one and are carried out whatever the main remedy becomes."""

GOODS_NEEDED = frozenset({"R1"})
"""Remedies that give nothing before accepted goods lie in the shop (money-and-goods, invariant 10)."""
MONEY_OUT = frozenset({Effect.REFUND, Effect.ALLOWANCE})
WHOLE_PRICE = frozenset({"R1", "R2"})
"""Refunds of what was paid; the others are a part of it, named by a fact."""
AMOUNT_FACT: dict[str, str] = {"R10": "allowance", "R11": "difference", "R12": "allowance"}
"""The fact that names the amount of a part refund. R13 is the price of the missing pieces."""


def main_remedy(remedies: Sequence[str]) -> str:
    """The remedy that counts: the last main one on the path, '' when there is none."""
    for code in reversed(remedies):
        if code in _MAIN:
            return code
    return ""


def effects_of(remedies: Sequence[str]) -> tuple[Effect, ...]:
    """Every effect a walk with these remedies carries out at its end, main remedy first."""
    found = list(_MAIN.get(main_remedy(remedies), ()))
    for code in dict.fromkeys(remedies):
        found.extend(effect for effect in _BESIDE.get(code, ()) if effect not in found)
    return tuple(found)


def outcome_effects(outcome: str, remedies: Sequence[str]) -> tuple[Effect, ...]:
    """The effects of an end. `outcome` is the end's own word in the chart: '' for what the remedies say,
    `withdrawn` and `hand_back` for nothing but the goods going back, `deposit_kept` for goods that never
    came. A complaint that was raised on the way stays a complaint whatever the end."""
    beside = tuple(effect for effect in effects_of(remedies) if effect is Effect.COMPLAINT)
    if outcome in ("withdrawn", "hand_back"):
        return beside
    if outcome == "deposit_kept":
        return (Effect.DEPOSIT_KEPT, *beside)
    return effects_of(remedies)


def keeps_goods(effects: Iterable[Effect]) -> bool:
    """Whether the shop keeps the goods it took in: they become stock, or stay for repair."""
    return bool({Effect.GOODS_IN, Effect.SERVICE} & set(effects))

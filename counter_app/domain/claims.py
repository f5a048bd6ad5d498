"""Claims for goods: the one machine their states go through, and what is particular to each kind of claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from counter_app.domain import roles

ClaimState = Literal["open", "sent", "answered", "credited", "replaced", "refused", "closed"]
OUTCOMES: Final = ("credited", "replaced", "refused")
_ANSWERS: Final = ("answered", *OUTCOMES)
CLAIM_STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "open": ("sent", "closed"),
    "sent": _ANSWERS,
    "answered": OUTCOMES,
    "credited": ("closed",),
    "replaced": ("closed",),
    "refused": ("closed",),
    "closed": (),
}
"""From each state of a claim, the states it may go to. An unsent one is simply dropped."""


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """What is particular to claims of one kind.

    Attributes:
        prefix: of its numbers.
        right: who may open one and take it on.
        role: whose to-do it is to ask after it.
        moves_goods: goods go with it: they wait at V4, leave when it is sent, and come back when the other side
            replaces or refuses them. Without, it names a parcel.
    """

    prefix: str
    right: str
    role: str
    moves_goods: bool


CLAIM_KINDS: Final[Mapping[str, ClaimKind]] = {
    "supplier": ClaimKind("TC", roles.STOCK, "purchasing", moves_goods=True),
    "courier": ClaimKind("ZC", roles.REGISTER, "logistics", moves_goods=False),
}
"""Back to the supplier (退厂); against the courier (追究快递, S4-23)."""

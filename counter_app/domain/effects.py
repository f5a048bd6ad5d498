"""Which remedy of a path counts, and which amounts and documents belong to it.

The remedy that counts is the last one chosen on the path: an allowance that a reviewer rejected, or an exchange
for which there was no stock, leaves its code on the path but nothing in the shop. What is carried out, and
where, the chart says (`settles`); how much, `settlement.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

MAIN = frozenset(
    (
        *("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15"),
        *("R16", "R17", "R18", "R21", "R22", "R23", "R24", "R26", "R29"),
    )
)
"""Remedies that settle a walk. The others go beside one: send first, loaner, visit, courier claim, escalation."""

BY_SETTLEMENT = frozenset(("R1", "R2", "R3", "R4", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R18"))
"""Remedies whose money and goods `settlement.settle` computes."""
EXCHANGES = frozenset(("R3", "R4", "R7"))
RESENDS = frozenset(("R8", "R9", "R18"))
COMPENSATIONS = {
    "R14": "gift",
    "R15": "coupon",
    "R16": "gift",
    "R17": "concession",
    "R21": "goodwill",
    "R22": "goodwill",
}
"""Remedies given on top, with the choice that says what is given (invariant 4: their own document)."""
AMOUNT_FACT = {"R10": "allowance", "R11": "difference", "R12": "allowance"}
"""The fact that names the amount of a part refund."""
COMPLAINT = "R26"
REFUSED = "R29"
SEND_FIRST = "R19"


def main_remedy(remedies: Sequence[str]) -> str:
    """The remedy that counts: the last main one on the path, '' when there is none."""
    for code in reversed(remedies):
        if code in MAIN:
            return code
    return ""

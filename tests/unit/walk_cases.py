"""Walking the shipped chart in tests, with facts in their written form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app import shipped
from counter_app.domain.facts import Facts
from counter_app.domain.walk import walk
from counter_app.domain.walk_result import Override, WalkResult

TODAY = "2026-11-19"  # a Thursday without a holiday near

FACTS: dict[str, Any] = {
    "today": TODAY,
    "received_on": "2026-11-10",
    "purchased_on": "2026-11-08",
    "paid": "199.00",
    "clerk_limit": "500.00",
    "channel": "store",
    "promise_days": 7,
    "three_guarantees": True,
    "repairable": True,
    "repairs_done": 0,
    "waiting_part_days": 0,
    "waiting_limit": 90,
    "days_in_repair": 0,
    "guarantee_months": 12,
    "guarantee_months_main": 24,
    "guarantee_months_accessory": 3,
    "repair_days": 0,
    "inspected_here": True,
    "goods_here": True,
    "stock": 2,
    "wrong_value": "220.00",
    "bought_value": "199.00",
    "keep_limit": "30.00",
    "return_freight": "12.00",
    "high_value_threshold": "1000.00",
    "difference": "20.00",
    "price_now": "179.00",
    "protect_days": 15,
}
"""A plain case: an ordinary purchase nine days ago, everything in stock, nothing above a limit."""


def listed(answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Answers per node as lists."""
    return {node: [given] if isinstance(given, str) else list(given) for node, given in answers.items()}


def walked(
    answers: Mapping[str, Any],
    overrides: Mapping[str, str] | None = None,
    chart: str = "counter",
    without: tuple[str, ...] = (),
    **facts: Any,
) -> WalkResult:
    """The walk with `FACTS`, some changed, some left out; overrides as node → answer."""
    given = {name: value for name, value in {**FACTS, **facts}.items() if name not in without}
    told = {node: Override(answer, "supervisor", "因为") for node, answer in (overrides or {}).items()}
    return walk(
        shipped.chart(chart),
        listed(answers),
        Facts.read(given, shipped.categories()),
        told,
        shipped.calendar(),
    )


def offers(result: WalkResult, node: str) -> dict[str, tuple[bool, bool]]:
    """answer → (offered, right) at the last visit of an offer node."""
    at_node = [one for one in result.offers if one.node == node]
    return {one.answer: (one.offered, one.right) for one in at_node}

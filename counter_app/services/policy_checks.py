"""Reading a rule with the reader of its kind, before it comes into force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from counter_app.domain import approval_rules, categories, chart, codes, dates, remedy, roles
from counter_app.domain import policy as shop_policy

_READERS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "policy:shop_policy": shop_policy.load_shop_policy,
    "policy:categories": categories.load_categories,
    "policy:provinces": categories.load_provinces,
    "policy:holidays": dates.load_calendar,
    "policy:roles": roles.load_roles,
    "policy:remedies": remedy.load_remedies,
    "policy:approvals": approval_rules.load_approval_rules,
}


def check_chart(kind: str, content: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]) -> None:
    """Read a chart with the shop's codes. Raises UserError `chart.…`."""
    chart.read_chart(content, kind, codes.read_codes(*tables))


def check_rule(kind: str, content: Mapping[str, Any]) -> None:
    """Read any other rule; one that nothing reads is taken as it is. Raises what its reader raises."""
    if kind in _READERS:
        _READERS[kind](content)

"""The shop's figures: windows, limits, promises, freight. Each carries its source and how sure it is.

`resources/policy/shop_policy.toml` ships the defaults; a shop's edited copy is loaded the same way. A figure
below what the law gives is refused, so that no setting can take a right away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from counter_app.domain.dates import ServiceHours
from counter_app.domain.errors import UserError

Payer = Literal["seller", "buyer", "negotiated"]
PAYERS = ("seller", "buyer", "negotiated")
CONFIDENCES = ("H", "M", "L")
Value = int | bool | str
ADDED_LATER: Mapping[str, Value] = {
    "service_opens_hour": 9,
    "service_closes_hour": 21,
    "service_on_rest_days": True,
}
"""Figures that versions of an earlier release do not have, and what holds there: 7×12 (S0-8)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One setting as the owner sees it. `unit`: days, hours, months, fen, bp, count, flag, choice.

    `least` is the floor the law sets (None = the owner is free); `confidence` H, M or L. `source` is Chinese, as
    the laws are; `source_en` says the same in English.
    """

    name: str
    value: Value
    unit: str
    zh: str
    en: str
    source: str
    confidence: str
    least: int | None = None
    choices: tuple[str, ...] = ()
    source_en: str = ""


@dataclass(frozen=True, slots=True)
class FreightRule:
    """Who pays the goods' way back for one cause, and on what basis. `both_ways`: out again as well."""

    cause: str
    payer: Payer
    both_ways: bool
    basis: str
    confidence: str
    recourse: str = ""


@dataclass(frozen=True, slots=True)
class ShopPolicy:
    """The figures in force. Days are calendar days, money is 分, shares are basis points."""

    remote_no_reason_days: int
    store_promise_on: bool
    store_promise_days: int
    price_protection_on: bool
    price_protection_days: int
    quality_return_days: int
    guarantee_return_days: int
    guarantee_exchange_days: int
    burden_of_proof_months: int
    repairs_before_exchange: int
    waiting_part_days: int
    repair_days_limit: int
    repaired_good_days: int
    prepaid_return_days: int
    refund_after_goods_days: int
    handling_limit_days: int
    refund_application_days: int
    resend_days: int
    goods_back_days: int
    call_back_days: int
    second_handling_hours: int
    red_confirm_hours: int
    service_opens_hour: int
    service_closes_hour: int
    service_on_rest_days: bool
    keep_limit_fen: int
    high_value_threshold_fen: int
    outbound_freight_fen: int
    return_freight_fen: int
    handling_fen: int
    small_gift_cost_fen: int
    recoverable_share_bp: int
    deposit_share_bp: int
    cash_soft_limit_fen: int
    cash_rounding: str
    capitals_zheng_after_jiao: bool
    capitals_zero_after_yuan: bool
    capitals_zero_after_wan: bool
    fraud_multiple: int
    fraud_floor_fen: int
    food_price_multiple: int
    food_loss_multiple: int
    food_floor_fen: int
    personal_data_months: int
    money_documents_years: int
    freight: Mapping[str, FreightRule] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def service_hours(self) -> ServiceHours:
        """When the desk is open. Raises UserError `dates.hours.order`."""
        return ServiceHours(
            self.service_opens_hour * 60,
            self.service_closes_hour * 60,
            closed_on_rest_days=not self.service_on_rest_days,
        )

    @property
    def promise_days(self) -> int:
        """Days of the shop's own no-reason promise for store sales; 0 while it is off."""
        return self.store_promise_days if self.store_promise_on else 0

    @property
    def protect_days(self) -> int:
        """Days of price protection; 0 while it is off."""
        return self.price_protection_days if self.price_protection_on else 0


def read_figure(name: str, entry: Mapping[str, Any]) -> Figure:
    """One figure as it is written down. Raises UserError `rules.entry.missing`, `rules.entry.choice`."""
    for key in ("value", "unit", "zh", "en", "source", "confidence"):
        if key not in entry:
            raise UserError("rules.entry.missing", entry=name, key=key)
    if entry["confidence"] not in CONFIDENCES:
        raise UserError("rules.entry.choice", entry=name, key="confidence", value=str(entry["confidence"]))
    return Figure(
        name,
        entry["value"],
        entry["unit"],
        entry["zh"],
        entry["en"],
        entry["source"],
        entry["confidence"],
        entry.get("least"),
        tuple(entry.get("choices", ())),
        str(entry.get("source_en", entry["source"])),
    )


def checked_value(figure: Figure, kind: str) -> Value:
    """Its value, when it is of that kind and not below the law. Raises UserError `rules.figure.…`."""
    value = figure.value
    if type(value).__name__ != kind:
        raise UserError("rules.figure.type", figure=figure.name, value=str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise UserError("rules.figure.negative", figure=figure.name, value=value)
        if figure.least is not None and value < figure.least:
            raise UserError(
                "rules.figure.below_law",
                figure=figure.name,
                value=value,
                least=figure.least,
                source=figure.source,
            )
    if isinstance(value, str) and value not in figure.choices:
        raise UserError("rules.entry.choice", entry=figure.name, key="value", value=value)
    return value


def _freight_rule(cause: str, entry: Mapping[str, Any]) -> FreightRule:
    payer = entry.get("payer")
    if payer not in PAYERS:
        raise UserError("rules.entry.choice", entry=f"freight.{cause}", key="payer", value=str(payer))
    return FreightRule(
        cause,
        payer,
        bool(entry.get("both_ways", False)),
        str(entry.get("source", "")),
        str(entry.get("confidence", "L")),
        str(entry.get("recourse", "")),
    )


def read_figures(
    data: Mapping[str, Any], wanted: Mapping[str, str], instead: Mapping[str, Value] | None = None
) -> tuple[dict[str, Value], dict[str, Figure]]:
    """The values and the figures of a file, by name. `wanted`: the kind of each; `instead`: what holds for those that
    an older file does not have.

    Raises UserError `rules.figure.missing`, `.unknown`, `.type`, `.negative`, `.below_law`, `rules.entry.…`.
    """
    entries = data.get("figures", {})
    for name in entries:
        if name not in wanted:
            raise UserError("rules.figure.unknown", figure=name)
    values: dict[str, Value] = {}
    figures: dict[str, Figure] = {}
    for name, kind in wanted.items():
        if name in entries:
            figures[name] = read_figure(name, entries[name])
            values[name] = checked_value(figures[name], kind)
        elif instead is not None and name in instead:
            values[name] = instead[name]
        else:
            raise UserError("rules.figure.missing", figure=name)
    return values, figures


def load_shop_policy(data: Mapping[str, Any]) -> ShopPolicy:
    """The policy of `shop_policy.toml`.

    Raises UserError `rules.figure.missing`, `.unknown`, `.type`, `.negative`, `.below_law`,
    `rules.entry.missing`, `rules.entry.choice`, each naming the figure; `dates.hours.order`.
    """
    wanted = {
        item.name: str(item.type) for item in fields(ShopPolicy) if item.name not in ("freight", "figures")
    }
    told, figures = read_figures(data, wanted, ADDED_LATER)
    values: dict[str, Any] = dict(told)
    freight = {cause: _freight_rule(cause, entry) for cause, entry in data.get("freight", {}).items()}
    policy = ShopPolicy(**values, freight=freight, figures=figures)
    policy.service_hours  # noqa: B018 - hours that do not fit are refused where they are entered
    return policy


def who_pays_freight(cause: str, policy: ShopPolicy) -> FreightRule:
    """The freight rule for a cause, e.g. `quality`, `no_reason`, `wrong_goods` (conventions §1.3).

    Raises UserError `rules.freight.unknown` for a cause the matrix does not name.
    """
    rule = policy.freight.get(cause)
    if rule is None:
        raise UserError("rules.freight.unknown", cause=cause)
    return rule

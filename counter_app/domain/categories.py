"""Categories of goods with their default terms, and what a province adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from counter_app.domain.errors import UserError

NO_REASON_KINDS = ("yes", "by_confirmation", "excluded", "shop")
CLOCKS = ("invoice", "receipt", "installation", "delivery", "payment")


@dataclass(frozen=True, slots=True)
class CategoryTerms:
    """Terms of one category (reference-data §10). Months and days are full calendar ones, `depreciation_bp` is
    1/10 000 of the price per day, `waiting_part_days` 0 = the shop's general limit, `exchange_days` likewise.

    `no_reason`: `yes`; `by_confirmation` and `excluded` (excluded only with the buyer's stored confirmation);
    `shop` (nothing but what the shop promises). `unfit` are the conditions that spoil "intact".
    """

    code: str
    zh: str
    en: str
    no_reason: str = "yes"
    three_guarantees: bool = False
    months: int = 0
    months_main: int = 0
    guarantee_days: int = 0
    exchange_days: int = 0
    accessories: Mapping[str, int] = field(default_factory=dict)
    clock: str = "receipt"
    durable: bool = False
    serial: bool = False
    repairable: bool = True
    waiting_part_days: int = 0
    depreciation_bp: int = 0
    depreciation_confidence: str = ""
    weighed: bool = False
    prepaid: bool = False
    destroy_only: bool = False
    unfit: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    confidence: str = "L"

    def accessory_months(self, accessory: str = "") -> int:
        """Months of one accessory; without a name the shortest any accessory has, 0 when none is stated."""
        if accessory in self.accessories:
            return self.accessories[accessory]
        return min(self.accessories.values(), default=0)


@dataclass(frozen=True, slots=True)
class ProvinceTerms:
    """What a province adds. None = it says nothing; whichever term favours the customer holds."""

    code: str
    zh: str
    en: str
    source: str = ""
    confidence: str = "L"
    note: str = ""
    repair_duty_months: int | None = None
    waiting_part_days: int | None = None
    repair_days_limit: int | None = None
    repairs_before_exchange: int | None = None
    repaired_good_days: int | None = None
    loan_after_days: int | None = None
    answer_days: int | None = None
    keep_promise_days: int | None = None
    depreciation_fee: bool = True
    gift_back_on_quality: bool = True
    return_without_same_model: bool = False
    price_change_in_exchange: str = ""
    flaw_on_receipt: bool = False


def _checked(
    code: str, entry: Mapping[str, Any], terms: type[CategoryTerms] | type[ProvinceTerms]
) -> dict[str, Any]:
    known = {item.name: str(item.type) for item in fields(terms) if item.name != "code"}
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in known:
            raise UserError("rules.entry.unknown", entry=code, key=key)
        kind = known[key]
        wrong = (
            (kind.startswith("int") and (type(value) is not int or value < 0))
            or (kind == "bool" and type(value) is not bool)
            or (kind == "str" and not isinstance(value, str))
        )
        if wrong:
            raise UserError("rules.entry.choice", entry=code, key=key, value=str(value))
        values[key] = tuple(value) if isinstance(value, list) else value
    for key in ("zh", "en"):
        if not values.get(key):
            raise UserError("rules.entry.missing", entry=code, key=key)
    return values


def load_categories(data: Mapping[str, Any]) -> dict[str, CategoryTerms]:
    """Categories by code, from `categories.toml`. `OTHER` must be there: unknown goods fall under it.

    Raises UserError `rules.entry.unknown`, `rules.entry.choice`, `rules.entry.missing`, naming code and key.
    """
    found: dict[str, CategoryTerms] = {}
    for code, entry in data.items():
        terms = CategoryTerms(code=code, **_checked(code, entry, CategoryTerms))
        if terms.no_reason not in NO_REASON_KINDS:
            raise UserError("rules.entry.choice", entry=code, key="no_reason", value=terms.no_reason)
        if terms.clock not in CLOCKS:
            raise UserError("rules.entry.choice", entry=code, key="clock", value=terms.clock)
        if any(type(months) is not int or months < 0 for months in terms.accessories.values()):
            raise UserError("rules.entry.choice", entry=code, key="accessories", value=str(terms.accessories))
        found[code] = terms
    if "OTHER" not in found:
        raise UserError("rules.entry.missing", entry="OTHER", key="zh")
    return found


def category_of(code: str, categories: Mapping[str, CategoryTerms]) -> CategoryTerms:
    """Terms of a category; goods of an unknown one are other goods."""
    return categories.get(code, categories["OTHER"])


def load_provinces(data: Mapping[str, Any]) -> dict[str, ProvinceTerms]:
    """Provinces by code, from `provinces.toml`. Raises as `load_categories`."""
    return {
        code: ProvinceTerms(code=code, **_checked(code, entry, ProvinceTerms)) for code, entry in data.items()
    }

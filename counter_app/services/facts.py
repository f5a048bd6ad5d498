"""The facts of one walk: read from the sale, the rules it is bound to, the stock, the history and what the
clerk entered, each with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.db.models import Product
from counter_app.domain.categories import CategoryTerms
from counter_app.domain.dates import Calendar
from counter_app.domain.errors import UserError
from counter_app.domain.facts import CHANNELS, FACTS, FactKind, Facts
from counter_app.domain.money import format_yuan, parse_plain_yuan
from counter_app.domain.rights import RightsFacts, guarantee_months
from counter_app.domain.spoken import Words
from counter_app.domain.walk_views import FactView, FactWanted
from counter_app.services import goods
from counter_app.services.case_words import words
from counter_app.services.desk import Desk
from counter_app.services.history import RepairHistory, repairs_of
from counter_app.services.rules import Rules

TYPED = frozenset(
    {
        "allowance",
        "difference",
        "wrong_value",
        "price_now",
        "gift_cost",
        "outbound_freight",
        "return_freight",
        "handling",
        "replacement_cost",
        "recoverable_value",
        "bought_value",
        "paid",
        "goods_here",
        "intact",
        "repairable",
        "stock",
        "three_guarantees",
        "received_on",
        "purchased_on",
        "last_repair_on",
        "repairs_done",
        "waiting_part_days",
        "days_in_repair",
        "repair_days",
        "guarantee_months",
        "guarantee_months_main",
        "guarantee_months_accessory",
        "channel",
    }
)
"""Facts a clerk may type. The rest come from the shop's books and rules and stay as they are."""
_BOOKED = frozenset({"paid", "bought_value", "received_on", "purchased_on", "channel", "three_guarantees"})
"""Of the typed ones, those that only count while no sale says otherwise."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """A fact with where it came from. `assumed` = a default the clerk may change."""

    value: Any
    source: Words
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class FactSheet:
    """All facts of one walk. `facts` is what the chart's tests look at."""

    facts: Facts
    sourced: Mapping[str, Sourced]
    manual: Mapping[str, Any]

    def written(self, name: str) -> Any:
        """A fact in its written form, None when it is not known."""
        return self.facts.written((name,)).get(name)


@dataclass(frozen=True, slots=True)
class WalkGoods:
    """The lines of one walk as facts need them; `needed` is what the stock must cover."""

    lines: tuple[Any, ...]
    sale: Any
    replacement_product_id: int | None
    replacement_milli: int


def fact_sheet(
    desk: Desk, rules: Rules, walk_goods: WalkGoods, manual: Mapping[str, Any], limit_fen: int, paid_fen: int
) -> FactSheet:
    """Every fact that can be known of a walk.

    `manual` are written facts the clerk entered; `limit_fen` the amount the clerk decides alone; `paid_fen`
    what the lines would bring back, allowances already given taken off.
    """
    builder = _Builder(desk, rules, walk_goods)
    found = builder.collect(limit_fen, paid_fen)
    for name, value in manual.items():
        if name in found and name in _BOOKED and walk_goods.sale is not None:
            continue
        found[name] = Sourced(_held(name, value), words("source.clerk"))
    _derive(found, rules.calendar)
    facts = Facts(**{name: item.value for name, item in found.items()})
    return FactSheet(facts, found, dict(manual))


def checked_manual(written: Mapping[str, Any], categories: Mapping[str, Any]) -> dict[str, Any]:
    """What a clerk typed, checked. None takes a fact away. Raises UserError `walk.fact.…`, `facts.not_typed`."""
    given = {name: value for name, value in written.items() if value is not None}
    for name in written:
        if name not in FACTS:
            raise UserError("walk.fact.unknown", fact=str(name)[:40])
        if name not in TYPED:
            raise UserError(
                "facts.not_typed", fact=words(f"fact.{name}").zh, fact_en=words(f"fact.{name}").en
            )
    Facts.read(given, categories)
    return dict(written)


def fact_views(sheet: FactSheet, names: tuple[str, ...] | None = None) -> tuple[FactView, ...]:
    """The facts as the screen shows them, in the order of the chart's facts."""
    shown = [name for name in FACTS if name in sheet.sourced and (names is None or name in names)]
    return tuple(
        FactView(
            name,
            words(f"fact.{name}"),
            FACTS[name].value,
            shown_value(name, sheet.sourced[name].value),
            sheet.sourced[name].source,
            name in sheet.manual,
            name in TYPED,
        )
        for name in shown
    )


def wanted_view(
    name: str, sheet: FactSheet | None = None, categories: Mapping[str, CategoryTerms] | None = None
) -> FactWanted:
    """A fact that a step needs and nobody has given. `categories`: code → words of the shop's categories."""
    default = shown_value(name, sheet.sourced[name].value) if sheet and name in sheet.sourced else ""
    choices: tuple[tuple[str, Words], ...] = ()
    if name == "channel":
        choices = tuple((code, words(f"channel.{code}")) for code in CHANNELS)
    elif name == "category":
        choices = tuple((code, Words(one.zh, one.en)) for code, one in (categories or {}).items())
    return FactWanted(name, words(f"fact.{name}"), FACTS[name].value, default, choices)


def shown_value(name: str, value: Any) -> str:
    """A fact as text in its written form."""
    if value is None:
        return ""
    kind = FACTS[name]
    if kind is FactKind.MONEY:
        return format_yuan(value)
    if kind is FactKind.FLAG:
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _held(name: str, value: Any) -> Any:
    """A written fact in its held form; it was checked when it was typed."""
    kind = FACTS[name]
    if kind is FactKind.MONEY:
        return parse_plain_yuan(value)
    return date.fromisoformat(value) if kind is FactKind.DAY else value


class _Builder:
    """Reads one walk's facts source by source."""

    def __init__(self, desk: Desk, rules: Rules, walk_goods: WalkGoods) -> None:
        self.desk, self.rules, self.goods = desk, rules, walk_goods
        self.found: dict[str, Sourced] = {}

    def collect(self, limit_fen: int, paid_fen: int) -> dict[str, Sourced]:
        self.put("today", self.desk.today(), words("source.clock"))
        self.from_policy(limit_fen)
        self.from_sale(paid_fen)
        self.from_category()
        if self.goods.lines:
            self.from_history(repairs_of(self.desk, [line.sale_line for line in self.goods.lines]))
            self.from_inspection()
        self.from_stock()
        self.from_costs()
        return self.found

    def put(self, name: str, value: Any, source: Words, assumed: bool = False) -> None:
        if value is not None:
            self.found[name] = Sourced(value, source, assumed)

    def from_policy(self, limit_fen: int) -> None:
        shop, source = (
            self.rules.shop,
            words("source.policy", version=self.rules.numbers["policy:shop_policy"]),
        )
        name = self.desk.staff.name if self.desk.staff else ""
        self.put("clerk_limit", limit_fen, words("source.staff", name=name))
        for fact, value in (
            ("keep_limit", shop.keep_limit_fen),
            ("high_value_threshold", shop.high_value_threshold_fen),
            ("promise_days", shop.promise_days),
            ("protect_days", shop.protect_days),
        ):
            self.put(fact, value, source)
        for fact, value in (
            ("gift_cost", 0),
            ("outbound_freight", shop.outbound_freight_fen),
            ("return_freight", shop.return_freight_fen),
            ("handling", shop.handling_fen),
        ):
            self.put(fact, value, source, assumed=True)

    def from_sale(self, paid_fen: int) -> None:
        sale = self.goods.sale
        if sale is None:
            return
        source = words("source.sale", number=sale.order_no)
        self.put("channel", sale.channel, source)
        self.put("purchased_on", sale.purchased_on, source)
        self.put("delivered_on", sale.delivered_on, source)
        self.put("received_on", self.start_of_goods(), source)
        if self.goods.lines:
            line_source = words("source.line", number=sale.order_no)
            self.put("paid", paid_fen, line_source)
            self.put("bought_value", paid_fen, line_source)
            self.put("excluded_with_confirmation", self.excluded(), line_source)

    def start_of_goods(self) -> date | None:
        """When the goods were really in the customer's hands: installed, received, else delivered."""
        sale, lines = self.goods.sale, self.goods.lines
        replaced = [line.sale_line.guarantee_from for line in lines if line.sale_line.guarantee_from]
        own: date | None = sale.received_on or sale.delivered_on
        if sale.installed_on and any(
            self.rules.category(line.sale_line.category).clock == "installation" for line in lines
        ):
            own = sale.installed_on
        starts = [day for day in (own, *replaced) if day is not None]
        return max(starts) if starts else None

    def excluded(self) -> bool:
        """Whether some goods are excluded from no-reason return and the buyer confirmed it (实施条例 19)."""
        return any(
            bool(line.sale_line.no_return_confirmed)
            and self.rules.category(line.sale_line.category).no_reason != "yes"
            for line in self.goods.lines
        )

    def from_category(self) -> None:
        lines = self.goods.lines
        if not lines:
            return
        codes = sorted({line.sale_line.category for line in lines})
        terms = [self.rules.category(code) for code in codes]
        source = words(
            "source.category", category=Words("、".join(t.zh for t in terms), ", ".join(t.en for t in terms))
        )
        province = self.rules.province(self.desk.shop.province)
        facts = [RightsFacts(today=self.desk.today(), category=term, province=province) for term in terms]
        self.put("category", codes[0], source)
        self.put("three_guarantees", any(term.three_guarantees for term in terms), source)
        for fact, part in (
            ("guarantee_months", "whole"),
            ("guarantee_months_main", "main_part"),
            ("guarantee_months_accessory", "accessory"),
        ):
            self.put(fact, max(guarantee_months(item, part)[0] for item in facts), source)  # type: ignore[arg-type]
        limits = [term.waiting_part_days or self.rules.shop.waiting_part_days for term in terms]
        if province.waiting_part_days is not None:
            limits.append(province.waiting_part_days)
        self.put("waiting_limit", min(limits), source)
        repairable = all(term.repairable for term in terms) and all(
            self.product_repairable(line) for line in lines
        )
        self.put("repairable", repairable, source, assumed=True)

    def product_repairable(self, line: Any) -> bool:
        product = line.sale_line.product if line.sale_line.product_id else None
        return product is None or bool(product.repairable)

    def from_history(self, history: RepairHistory) -> None:
        source = (
            words("source.history", number=" ".join(history.numbers))
            if history.numbers
            else words("source.no_history")
        )
        self.put("last_repair_on", history.last_on, source)
        for name, value in (
            ("repairs_done", history.done),
            ("repair_days", history.days),
            ("days_in_repair", history.days_open),
            ("waiting_part_days", history.days_waiting),
        ):
            self.put(name, value, source, assumed=True)

    def from_inspection(self) -> None:
        source, lines = words("source.inspection"), self.goods.lines
        inspected = [line for line in lines if line.received_milli > 0 and line.condition]
        self.put("inspected_here", len(inspected) == len(lines), source)
        if any(line.received_milli > 0 for line in lines):
            self.put("goods_here", all(line.received_milli > 0 for line in lines), source)
        spoilt = [line for line in lines if line.condition and not self.is_intact(line)]
        if inspected or spoilt:
            self.put("intact", not spoilt, source)

    def is_intact(self, line: Any) -> bool:
        """Whether the condition still counts as 商品完好 for this category (reference-data §4)."""
        terms = self.rules.category(line.sale_line.category)
        return line.condition in (
            "K1",
            "K2",
            "K3",
            "K4",
            "K8",
            "K9",
            "K10",
            "K11",
        ) and line.condition not in (terms.unfit)

    def from_stock(self) -> None:
        product_id, needed = self.goods.replacement_product_id, self.goods.replacement_milli
        if product_id is None or needed <= 0:
            return
        there = goods.sellable(self.desk, product_id)
        self.put(
            "stock",
            max(there // needed, 0),
            words("source.stock", on_hand=_pieces(there), needed=_pieces(needed)),
        )

    def from_costs(self) -> None:
        """What an exchange costs the shop, as far as the books say; the clerk may put it right (S4-28)."""
        if not self.goods.lines:
            return
        cost, known = 0, True
        for line in self.goods.lines:
            sold = line.sale_line
            unit = sold.cost_fen
            if unit is None and sold.product_id:
                unit = Product.select(Product.cost_fen).where(Product.id == sold.product_id).scalar()
            if unit is None:
                known = False
            else:
                cost += unit * line.quantity_milli // 1000
        source = words("source.product") if known else words("source.assumed")
        self.put("replacement_cost", cost if known else self.found["paid"].value, source, assumed=True)
        share = self.rules.shop.recoverable_share_bp
        self.put(
            "recoverable_value", self.found["replacement_cost"].value * share // 10_000, source, assumed=True
        )


def _derive(found: dict[str, Sourced], _calendar: Calendar) -> None:
    """The difference that a lower price of today leaves, unless somebody typed another."""
    if "difference" not in found and "price_now" in found and "paid" in found:
        fell = found["paid"].value - found["price_now"].value
        if fell >= 0:
            found["difference"] = Sourced(fell, words("source.computed"), assumed=True)


def _pieces(milli: int) -> str:
    whole, part = divmod(milli, 1000)
    return str(whole) if not part else f"{milli / 1000:g}"

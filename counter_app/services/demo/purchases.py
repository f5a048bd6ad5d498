"""What customers bought: over the counter and by parcel, with discounts, coupons, gifts, serials and weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from counter_app.domain.money import allocate
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.sale_views import SaleView
from counter_app.services import sales
from counter_app.services.demo.invented import Draw, table
from counter_app.services.demo.stage import Article, Stage

AGES = {"recent": (0, 12), "used": (2, 150), "old": (20, 520), "any": (1, 90), "under_way": (1, 6)}
"""Days between a purchase and the visit about it, by what the visit is about."""
FRESH = {"recent": 16, "used": 220, "old": 700, "any": 120, "under_way": 9}
KEPT = 400
"""How many purchases people may still come back with."""


@dataclass
class Purchases:
    """Purchases that were recorded and that nobody came back with yet."""

    stage: Stage
    open: list[tuple[int, date, bool]] = field(default_factory=list)

    def happen(self) -> None:
        """Somebody buys something; what goes by parcel is entered when it was sent."""
        today = self.stage.clock.day
        self._keep(invent(self.stage, today, under_way=self.stage.draw.often(0.3)))

    def recall(self, day: date) -> None:
        """A purchase of earlier, entered now."""
        self._keep(invent(self.stage, day))

    def about(self, kind: str) -> SaleView | None:
        """The purchase that a visit is about: one that is known, or one entered at the counter."""
        if kind == "none":
            return None
        if kind == "any" and self.stage.draw.often(0.3):
            return None
        found = self._known(kind)
        if found is not None:
            return found
        days = self.stage.draw.between(*AGES[kind])
        day = self.stage.clock.day - timedelta(days=days)
        return invent(self.stage, day, under_way=kind == "under_way", by_hand=True)

    def _known(self, kind: str) -> SaleView | None:
        today = self.stage.clock.day
        fitting = [
            entry
            for entry in self.open
            if (today - entry[1]).days <= FRESH[kind] and entry[2] == (kind == "under_way")
        ]
        if not fitting or self.stage.draw.often(0.25):
            return None
        entry = self.stage.draw.pick(fitting)
        if self.stage.draw.often(0.9):
            self.open.remove(entry)
        view = sales.sale(self.stage.desk, entry[0])
        return view if any(line.returnable_milli and not line.blocked for line in view.lines) else None

    def _keep(self, sale: SaleView) -> None:
        self.open.append((sale.id, sale.purchased_on, sale.channel == "remote" and sale.received_on is None))
        del self.open[:-KEPT]


def invent(stage: Stage, day: date, *, under_way: bool = False, by_hand: bool = False) -> SaleView:
    """Record one purchase of that day."""
    draw, told = stage.draw, table()["sales"]
    no_receipt = by_hand and not under_way and draw.often(told["no_receipt_share"] * 3)
    store = not under_way and draw.often(told["store_share"])
    articles = _basket(stage, 1 if no_receipt else draw.weighted({1: 6, 2: 3, 3: 1}))
    lines = [_line(stage, article) for article in articles]
    if draw.often(told["gift_share"]):
        lines.append(_gift(stage))
    discount, coupon = _taken_off(draw, told, lines)
    freight = told["freight_fen"] if not store and draw.often(told["freight_share"]) else 0
    paid = sum(_net(line) for line in lines) - discount - coupon + freight
    name, phone = draw.person()
    if (store and draw.often(told["anonymous_share"])) or no_receipt:
        name, phone = ("", "") if draw.often(0.5) else (name, "")
    days = _days(stage, day, articles, store=store, under_way=under_way)
    new = NewSale(
        purchased_on=day,
        lines=tuple(lines),
        tenders=() if no_receipt else _tenders(draw, told, paid, store),
        source="hand",
        order_no="" if no_receipt else _number(stage, day, store),
        channel="store" if store else "remote",
        platform="" if store else draw.weighted(told["platforms"]),
        proof="none" if no_receipt else ("receipt" if store else "order"),
        discount_fen=discount,
        coupon_fen=coupon,
        freight_fen=freight,
        customer_name=name,
        phone=phone,
        area=draw.pick(told["areas"]) if not store else "",
        invoice_no=f"0{draw.digits(19)}" if draw.often(told["invoice_share"]) else "",
        delivered_on=days.get("delivered_on"),
        received_on=days.get("received_on"),
        installed_on=days.get("installed_on"),
    )
    clerk = stage.as_role("clerk")
    stage.tick()
    return sales.record_sale(clerk, new, stage.request()).value


def _basket(stage: Stage, count: int) -> list[Article]:
    sold = {article: float(article.weight) for article in stage.shelf if article.weight}
    found: list[Article] = []
    for _ in range(count):
        article = stage.draw.weighted(sold)
        if article not in found:
            found.append(article)
    return found


def _line(stage: Stage, article: Article) -> NewLine:
    draw, terms = stage.draw, table()["terms"]
    if article.weighed:
        quantity = draw.between(4, 30) * 50
    else:
        quantity = 1000 * (draw.weighted({1: 8, 2: 2, 3: 1}) if article.price_fen < 20_000 else 1)
    return NewLine(
        name=article.name,
        quantity_milli=quantity,
        unit_price_fen=article.price_fen,
        discount_fen=article.price_fen * quantity // 1000 // 20 if draw.often(0.08) else 0,
        product_id=article.id,
        category=article.category,
        serial=f"{article.sku.replace('-', '')}{draw.digits(7)}"
        if article.category in terms["serial"]
        else "",
        batch_no=f"B{draw.digits(6)}" if article.category in terms["destroyed"] else "",
        flaw=terms["flaw"] if article.category == terms["flaws"] else "",
        no_return_confirmed=article.category in terms["confirmed"] and draw.often(0.5),
        weighed=article.weighed,
    )


def _gift(stage: Stage) -> NewLine:
    """What was given with the first line, its price marked."""
    gifts = [article for article in stage.shelf if article.category == table()["terms"]["gifts"]]
    gift = stage.draw.pick(gifts)
    return NewLine(
        name=gift.name,
        quantity_milli=1000,
        unit_price_fen=0,
        product_id=gift.id,
        category=gift.category,
        gift_of=1,
        gift_price_fen=gift.price_fen,
    )


def _net(line: NewLine) -> int:
    return (line.unit_price_fen * line.quantity_milli + 500) // 1000 - line.discount_fen


def _taken_off(draw: Draw, told: dict[str, Any], lines: Sequence[NewLine]) -> tuple[int, int]:
    """Order-wide discount and coupon, 分."""
    goods = sum(_net(line) for line in lines)
    discount = goods // 2000 * 100 if draw.often(told["discount_share"]) else 0
    coupon = min(goods // 1000 * 100 // 2, 5000) if draw.often(told["coupon_share"]) else 0
    return discount, coupon


def _tenders(draw: Draw, told: dict[str, Any], paid: int, store: bool) -> tuple[NewTender, ...]:
    """How it was paid; over the counter sometimes in two ways."""
    known = {
        name: share
        for name, share in told["tenders"].items()
        if store or name not in ("cash", "stored_value")
    }
    first = draw.weighted(known)
    names = [first]
    if paid > 2000 and draw.often(told["mixed_share"]):
        names.append(draw.weighted({name: share for name, share in known.items() if name != first}))
    shares = allocate(paid, [3, 1][: len(names)])
    return tuple(
        NewTender(name, share, "" if name == "cash" else draw.digits(16))
        for name, share in zip(names, shares, strict=True)
        if share
    )


def _number(stage: Stage, day: date, store: bool) -> str:
    if store:
        return f"XS{day:%Y%m%d}{stage.draw.digits(6)}"
    return f"{day:%y%m%d}{stage.draw.digits(12)}"


def _days(
    stage: Stage, day: date, articles: Sequence[Article], *, store: bool, under_way: bool
) -> dict[str, date]:
    """When the goods left, arrived and were installed, as far as that is past."""
    today, draw = stage.clock.day, stage.draw
    found: dict[str, date] = {}
    arrived = day
    if not store:
        sent = day + timedelta(days=draw.between(0, 1))
        arrived = sent + timedelta(days=draw.between(1, 4))
        if sent <= today:
            found["delivered_on"] = sent
        if arrived <= today and not under_way:
            found["received_on"] = arrived
    installed = table()["terms"]["installed"]
    fitted = arrived + timedelta(days=draw.between(0, 3))
    if any(article.category in installed for article in articles) and fitted <= today and not under_way:
        found["installed_on"] = fitted
    return found

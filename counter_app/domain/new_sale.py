"""A sale before it is recorded, and what is frozen of it: discounts, coupons and freight on every line.

What was really paid for a line is fixed once, here (`money-and-goods` invariant 2); every later refund is a part
of it. The same sums serve the counter and every import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from counter_app.domain import quantity, text
from counter_app.domain.errors import UserError
from counter_app.domain.money import MOST_FEN, allocate, format_yuan
from counter_app.domain.settlement_terms import IN_KIND

MOST_LINES = 500
FIRST_DAY = date(1995, 1, 1)
UNKNOWN_TENDER, SUBSIDY_TENDER = "unknown", "subsidy"
CODE_LIMIT = 64
_SHORTEST_LIMIT = 20
_TEXT_LIMITS = (
    ("order_no", CODE_LIMIT),
    ("proof_ref", CODE_LIMIT),
    ("platform", 40),
    ("invoice_no", CODE_LIMIT),
    ("customer_name", text.NAME_LIMIT),
    ("contact", text.LINE_LIMIT),
    ("area", text.LINE_LIMIT),
)
USUAL_TAX_BP = 1300
"""13 %, the rate of most goods."""
MOBILE = re.compile(r"1[3-9][0-9]{9}")
"""A mobile number as it is kept: nothing needs to be done to it."""
# Printable ASCII without runs of blanks, Han and full-width marks: already clean, and by far the most.
_CLEAN = re.compile(r"(?! )(?:[!-~\u4e00-\u9fff\uff01-\uff5e]| (?! |$))*")


@dataclass(frozen=True, slots=True)
class NewLine:
    """One line as it was sold. Prices in 分, quantities in thousandths.

    `discount_fen` is the line's own discount; `list_fen` the price before discount when it is not simply
    price × quantity. `cost_fen` is the cost of one unit, `tax_rate_bp` None the article's rate or the usual one. `gift_of` is the number (from 1) of the line this one
    was a gift to, `gift_price_fen` the price marked for it.
    """

    name: str
    quantity_milli: int
    unit_price_fen: int
    discount_fen: int = 0
    list_fen: int | None = None
    product_id: int | None = None
    sku: str = ""
    barcode: str = ""
    model: str = ""
    category: str = "OTHER"
    tax_rate_bp: int | None = None
    cost_fen: int | None = None
    serial: str = ""
    batch_no: str = ""
    flaw: str = ""
    no_return_confirmed: bool = False
    weighed: bool = False
    gift_of: int | None = None
    gift_price_fen: int | None = None
    indivisible: bool = False
    guarantee_from: date | None = None


@dataclass(frozen=True, slots=True)
class NewTender:
    """What one way of paying brought, in 分."""

    tender: str
    paid_fen: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NewSale:
    """One purchase as typed or imported.

    `discount_fen`, `coupon_fen` and `points_fen` (points used as money) are taken off the whole order, `freight_fen`
    is added to it, `subsidy_fen` (国补) was paid by the state. Tenders `coupon` and `points` mean the same as the
    amounts of that name: they are no money and never come back as money. Without `tenders` one tender 'unknown' paid it all.
    """

    purchased_on: date
    lines: tuple[NewLine, ...]
    tenders: tuple[NewTender, ...] = ()
    source: str = "hand"
    order_no: str = ""
    channel: str = "store"
    platform: str = ""
    proof: str = "receipt"
    proof_ref: str = ""
    discount_fen: int = 0
    coupon_fen: int = 0
    points_fen: int = 0
    freight_fen: int = 0
    subsidy_fen: int = 0
    delivered_on: date | None = None
    received_on: date | None = None
    installed_on: date | None = None
    invoice_no: str = ""
    invoice_state: str = "none"
    customer_name: str = ""
    phone: str = ""
    contact: str = ""
    area: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """A line with its shares. `paid_fen` = list − discount − share of the subsidy, without freight."""

    line: NewLine
    list_fen: int
    discount_fen: int
    subsidy_fen: int
    freight_fen: int
    paid_fen: int


@dataclass(frozen=True, slots=True)
class FrozenSale:
    """A checked sale and its sums. `paid_fen` = Σ paid of the lines + freight = Σ tenders but the subsidy."""

    sale: NewSale
    lines: tuple[FrozenLine, ...]
    tenders: tuple[NewTender, ...]
    goods_fen: int
    discount_fen: int
    freight_fen: int
    subsidy_fen: int
    paid_fen: int


SoundLines = dict[int, tuple[NewLine, NewLine]]
"""Lines found sound before, by their identity, each with what it is cleaned: an import reads the same article at
the same price again and again."""
SOUND_KEPT = 20_000


def freeze(sale: NewSale, today: date, sound: SoundLines | None = None) -> FrozenSale:
    """Check a sale and share its order-wide amounts out over its lines by largest remainder. Whoever freezes many
    sales hands in `sound`, empty at first: a line that is in many of them is then looked at once.

    Raises UserError `sale.…`, `text.…`, `quantity.…`, with the number of the line where there is one.
    """
    sale = _in_kind(sale)
    _check_dates(sale, today)
    if not sale.lines:
        raise UserError("sale.lines.none")
    if len(sale.lines) > MOST_LINES:
        raise UserError("sale.lines.too_many", most=MOST_LINES)
    lines = _checked_lines(sale.lines, sound)
    lists = [_list_fen(line) for line in lines]
    discounts = [line.discount_fen for line in lines]
    net = list(map(int.__sub__, lists, discounts))
    nothing = shares = subsidies = freights = [0] * len(net)
    amounts = (sale.discount_fen, sale.coupon_fen, sale.points_fen, sale.freight_fen, sale.subsidy_fen)
    if any(amounts):
        for amount in amounts:
            _check_amount(amount)
    off = sale.discount_fen + sale.coupon_fen + sale.points_fen
    if off > sum(net):
        raise UserError("sale.discount.exceeds", discount=format_yuan(off), goods=format_yuan(sum(net)))
    if off:
        shares = allocate(off, net)
        net = [amount - share for amount, share in zip(net, shares, strict=True)]
    if sale.subsidy_fen > sum(net):
        raise UserError(
            "sale.subsidy.exceeds", subsidy=format_yuan(sale.subsidy_fen), goods=format_yuan(sum(net))
        )
    paid = net
    if sale.subsidy_fen:
        subsidies = allocate(sale.subsidy_fen, net)
        paid = [amount - subsidy for amount, subsidy in zip(net, subsidies, strict=True)]
    if sale.freight_fen:
        freights = allocate(sale.freight_fen, paid)
    if shares is not nothing:
        discounts = [own + share for own, share in zip(discounts, shares, strict=True)]
    frozen = tuple(map(FrozenLine, lines, lists, discounts, subsidies, freights, paid))
    goods_fen, paid_fen = sum(lists), sum(paid) + sale.freight_fen
    if goods_fen > MOST_FEN or paid_fen > MOST_FEN:
        raise UserError("sale.amount.too_large", most=format_yuan(MOST_FEN, grouped=True))
    return FrozenSale(
        sale=_checked_texts(sale),
        lines=frozen,
        tenders=_checked_tenders(sale.tenders, paid_fen, sale.subsidy_fen),
        goods_fen=goods_fen,
        discount_fen=sum(discounts),
        freight_fen=sale.freight_fen,
        subsidy_fen=sale.subsidy_fen,
        paid_fen=paid_fen,
    )


def _in_kind(sale: NewSale) -> NewSale:
    """Coupons and points given as ways of paying become what they are: less to pay."""
    for tender in sale.tenders:
        if tender.tender in IN_KIND:
            break
    else:
        return sale
    named = [tender for tender in sale.tenders if tender.tender in IN_KIND]
    for tender in named:
        _check_amount(tender.paid_fen)
    worth = {kind: sum(tender.paid_fen for tender in named if tender.tender == kind) for kind in IN_KIND}
    return replace(
        sale,
        tenders=tuple(tender for tender in sale.tenders if tender.tender not in IN_KIND),
        coupon_fen=sale.coupon_fen + worth["coupon"],
        points_fen=sale.points_fen + worth["points"],
    )


def line_text(value: str, limit: int = text.LINE_LIMIT, field_name: str = "") -> str:
    """`text.clean_line`, quick for what is clean already."""
    if len(value) <= limit and _CLEAN.fullmatch(value):
        return value
    return text.clean_line(value, limit, field_name)


@lru_cache(maxsize=20_000)
def _clean_texts(platform: str, *others: str) -> bool:
    """Whether the texts of a sale but its number need nothing done; customers and shops come again."""
    return all(len(one) <= 40 and _CLEAN.fullmatch(one) for one in (platform, *others))


@lru_cache(maxsize=1000)
def _plain_word(tender: str) -> bool:
    return tender not in ("", SUBSIDY_TENDER) and line_text(tender, 40, "tender") == tender


def _list_fen(line: NewLine) -> int:
    if line.list_fen is not None:
        return line.list_fen
    return (line.unit_price_fen * line.quantity_milli + 500) // 1000


def _check_amount(fen: int, number: int = 0) -> None:
    if fen < 0:
        raise UserError("sale.amount.negative", line=number, amount=format_yuan(fen))
    if fen > MOST_FEN:
        raise UserError("sale.amount.too_large", most=format_yuan(MOST_FEN, grouped=True))


def _checked_lines(told: tuple[NewLine, ...], sound: SoundLines | None) -> list[NewLine]:
    """Every line, checked and cleaned. One that was sound before is so again; a gift depends on its place."""
    if sound is None:
        return [checked_line(line, number, len(told)) for number, line in enumerate(told, 1)]
    lines = []
    for number, line in enumerate(told, 1):
        known = sound.get(id(line))
        if known is not None and known[0] is line:
            lines.append(known[1])
            continue
        done = checked_line(line, number, len(told))
        lines.append(done)
        if line.gift_of is None:
            if len(sound) >= SOUND_KEPT:
                sound.clear()
            sound[id(line)] = line, done  # the line is kept too, or another could get its id
    return lines


def _check_dates(sale: NewSale, today: date) -> None:
    if sale.purchased_on > today:
        raise UserError("sale.date.future", day=sale.purchased_on.isoformat(), field="purchased_on")
    if sale.purchased_on < FIRST_DAY:
        raise UserError("sale.date.too_old", day=sale.purchased_on.isoformat(), field="purchased_on")
    if sale.delivered_on is None and sale.received_on is None and sale.installed_on is None:
        return
    later = {
        "delivered_on": sale.delivered_on,
        "received_on": sale.received_on,
        "installed_on": sale.installed_on,
    }
    check_later_dates(sale.purchased_on, today, later)


def check_later_dates(purchased_on: date, today: date, days: Mapping[str, date | None]) -> None:
    """Delivery, receipt and installation lie between the purchase and today. Raises `sale.date.…`."""
    for name, day in days.items():
        if day is not None and day < purchased_on:
            raise UserError(
                "sale.date.before_purchase",
                day=day.isoformat(),
                purchased=purchased_on.isoformat(),
                field=name,
            )
        if day is not None and day > today:
            raise UserError("sale.date.future", day=day.isoformat(), field=name)


def checked_line(line: NewLine, number: int, count: int) -> NewLine:
    """One line, its texts cleaned. Raises UserError `sale.line.…`, `quantity.…`, `text.…` with its number."""
    texts = (line.name, line.sku, line.barcode, line.model, line.category, line.batch_no, line.flaw)
    if len(line.name) > text.LINE_LIMIT or line.serial or not _clean_already(*texts):
        line = _cleaned(line, number)
    name = line.name
    if line.quantity_milli <= 0 or line.quantity_milli % 1000 or line.quantity_milli > quantity.MOST_MILLI:
        quantity.checked_quantity(line.quantity_milli, weighed=line.weighed)
    for amount in (line.unit_price_fen, line.discount_fen, line.list_fen, line.cost_fen, line.gift_price_fen):
        if amount is not None:
            _check_amount(amount, number)
    if line.discount_fen > _list_fen(line):
        raise UserError("sale.line.discount_exceeds", line=number, name=name)
    if line.tax_rate_bp is not None and not 0 <= line.tax_rate_bp <= 10_000:
        raise UserError("sale.line.tax_rate", line=number, rate=line.tax_rate_bp)
    if line.gift_of is not None and not (1 <= line.gift_of <= count and line.gift_of != number):
        raise UserError("sale.line.gift_of", line=number)
    return line


@lru_cache(maxsize=20_000)
def _clean_already(name: str, *others: str) -> bool:
    """Whether the texts of a line need nothing done; most lines are of an article seen before."""
    return (
        name != ""
        and all(len(one) <= _SHORTEST_LIMIT and _CLEAN.fullmatch(one) for one in others)
        and _CLEAN.fullmatch(name) is not None
    )


def _cleaned(line: NewLine, number: int) -> NewLine:
    where = f"line {number}."
    name = line_text(line.name, text.LINE_LIMIT, f"{where}name")
    if not name:
        raise UserError("sale.line.name_empty", line=number)
    return replace(
        line,
        name=name,
        sku=line_text(line.sku, CODE_LIMIT, f"{where}sku"),
        barcode=line_text(line.barcode, CODE_LIMIT, f"{where}barcode"),
        model=line_text(line.model, CODE_LIMIT, f"{where}model"),
        category=line_text(line.category, _SHORTEST_LIMIT, f"{where}category"),
        serial=line_text(line.serial, CODE_LIMIT, f"{where}serial"),
        batch_no=line_text(line.batch_no, CODE_LIMIT, f"{where}batch_no"),
        flaw=line_text(line.flaw, text.LINE_LIMIT, f"{where}flaw"),
    )


def _checked_texts(sale: NewSale) -> NewSale:
    number, phone = sale.order_no, sale.phone
    if (
        (sale.proof_ref == number or not sale.proof_ref)
        and len(number) <= CODE_LIMIT
        and _CLEAN.fullmatch(number)
        and (not phone or MOBILE.fullmatch(phone))
        and _clean_texts(sale.platform, sale.invoice_no, sale.customer_name, sale.contact, sale.area)
    ):
        return sale
    changes: dict[str, Any] = {
        key: cleaned
        for key, limit in _TEXT_LIMITS
        if (value := getattr(sale, key)) and (cleaned := line_text(value, limit, key)) != value
    }
    if sale.phone and not MOBILE.fullmatch(sale.phone):
        phone = text.normalise_phone(sale.phone)
        if phone != sale.phone:
            changes["phone"] = phone
    if not changes:
        return sale
    return replace(sale, **changes)


def _checked_tenders(
    tenders: tuple[NewTender, ...], paid_fen: int, subsidy_fen: int
) -> tuple[NewTender, ...]:
    """Money tenders that add up to what was paid; what the state paid stands beside them as its own."""
    if len(tenders) == 1 and not subsidy_fen and tenders[0].paid_fen == paid_fen > 0:
        only = tenders[0]
        if only.reference == "" and paid_fen <= MOST_FEN and _plain_word(only.tender):
            return tenders  # one way of paying, nothing to clean: by far the most
    subsidy = (NewTender(SUBSIDY_TENDER, subsidy_fen),) if subsidy_fen else ()
    tenders = tuple(tender for tender in tenders if tender.tender != SUBSIDY_TENDER)
    if not tenders:
        return ((NewTender(UNKNOWN_TENDER, paid_fen),) if paid_fen else ()) + subsidy
    sums: dict[str, NewTender] = {}
    for tender in tenders:
        _check_amount(tender.paid_fen)
        before = sums.get(tender.tender)
        reference = line_text(tender.reference, CODE_LIMIT, "reference")
        name = line_text(tender.tender, 40, "tender")
        if not name:
            raise UserError("sale.tender.empty")
        together = tender.paid_fen + (before.paid_fen if before else 0)
        sums[name] = NewTender(name, together, (before.reference if before else "") or reference)
    found = sum(tender.paid_fen for tender in sums.values())
    if found != paid_fen:
        raise UserError("sale.tenders.sum", tenders=format_yuan(found), paid=format_yuan(paid_fen))
    return tuple(tender for tender in sums.values() if tender.paid_fen) + subsidy

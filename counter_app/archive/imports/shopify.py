"""Shopify's orders export: several rows per order, what concerns the order only in the first of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from counter_app.archive.imports import cells
from counter_app.archive.imports.orders import Faults, PassedOver, Read, ReadOrder
from counter_app.archive.imports.tables import Headed
from counter_app.domain.errors import UserError
from counter_app.domain.money import allocate, format_yuan
from counter_app.domain.new_sale import NewLine, NewSale, NewTender

MARKS = frozenset({"Lineitem name", "Lineitem quantity"})
REQUIRED = ("Name", "Created at", "Total", "Lineitem quantity", "Lineitem name", "Lineitem price")
_TENDERS = {
    "cash": "cash",
    "现金": "cash",
    "wechat pay": "wechat",
    "wechatpay": "wechat",
    "alipay": "alipay",
    "gift card": "gift_card",
    "gift_card": "gift_card",
    "unionpay": "unionpay",
    "card": "card",
}
_NOT_PAID = {"pending", "authorized", "voided", "expired", "unpaid"}
_COLUMNS = (
    ("purchased_on", "Created at"),
    ("delivered_on", "Fulfilled at"),
    ("order_no", "Name"),
    ("customer_name", "Billing Name"),
    ("phone", "Phone"),
    ("area", "Shipping City"),
    ("line", "Lineitem name"),
)


def read(headed: Headed, zone: tzinfo, currency: str) -> Iterator[Read]:
    """Orders of an export, in the order of the file."""
    seen: set[str] = set()
    for number, rows in _orders(headed):
        first = rows[0]
        if number in seen or not headed.cell(first[1], "Total"):
            faults = Faults()
            code = "import.order.twice" if number in seen else "import.order.no_first_row"
            faults.note(first[0], "Name", UserError(code, order=number))
            yield from faults.told(number)
            continue
        seen.add(number)
        yield from _order(headed, number, rows, zone, currency)


def _orders(headed: Headed) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    number, gathered = "", list[tuple[int, list[str]]]()
    for row, texts in headed.rows:
        here = cells.plain(headed.cell(texts, "Name"))
        if here and here != number and gathered:
            yield number, gathered
            gathered = []
        number = here or number
        gathered.append((row, texts))
    if gathered:
        yield number, gathered


def _order(
    headed: Headed, number: str, rows: list[tuple[int, list[str]]], zone: tzinfo, currency: str
) -> Iterator[Read]:
    row, first = rows[0]

    def cell(name: str) -> str:
        return cells.plain(headed.cell(first, name))

    status = cell("Financial Status").lower()
    if status in _NOT_PAID or cell("Cancelled at"):
        yield PassedOver(number, row, "cancelled" if cell("Cancelled at") else "unpaid")
        return
    faults = Faults()

    def amount(name: str) -> int:
        return faults.take(row, name, cell(name), cells.amount, 0)

    if (told := cell("Currency")) and told.upper() != currency:
        faults.note(row, "Currency", UserError("import.currency", currency=told[:8], wanted=currency))
    total, refunded, freight, tax = (
        amount("Total"),
        amount("Refunded Amount"),
        amount("Shipping"),
        amount("Taxes"),
    )
    if refunded and refunded >= total:
        yield PassedOver(number, row, "refunded")
        return
    day = faults.take(
        row, "Created at", headed.cell(first, "Created at"), lambda text: cells.day(text, zone), None
    )
    sent = None
    if cell("Fulfilled at"):
        sent = faults.take(
            row, "Fulfilled at", cell("Fulfilled at"), lambda text: cells.day(text, zone), None
        )
    lines = [line for at, texts in rows if (line := _line(headed, faults, at, texts)) is not None]
    if faults.found or day is None or not lines:
        if not lines and not faults.found:
            faults.note(row, "Lineitem name", UserError("sale.lines.none"))
        yield from faults.told(number)
        return
    net = [_net(line) for line in lines]
    told_off = amount("Discount Amount")
    off, tax_on_top = _discount(
        sum(net), freight, tax, total, told_off, sum(line.discount_fen for line in lines)
    )
    if off is None:
        wrong = UserError(
            "import.order.total",
            total=format_yuan(total),
            lines=format_yuan(sum(net) + freight - told_off),
        )
        faults.note(row, "Total", wrong)
        yield from faults.told(number)
        return
    if tax_on_top:
        lines = [_with_tax(line, share) for line, share in zip(lines, allocate(tax, net), strict=True)]
    if refunded > sum(net) + tax_on_top - off:
        off, freight = sum(net) + tax_on_top, total - refunded
    else:
        off += refunded
    in_shop = cell("Source").lower() == "pos"
    tender = _TENDERS.get(cell("Payment Method").lower(), "platform")
    paid = total - refunded
    yield ReadOrder(
        number,
        tuple(at for at, _ in rows),
        NewSale(
            purchased_on=day,
            lines=tuple(lines),
            tenders=(NewTender(tender, paid, cell("Payment Reference")[:60]),) if paid else (),
            source="shopify",
            order_no=number,
            channel="store" if in_shop else "remote",
            platform="Shopify",
            proof="receipt" if in_shop and cell("Receipt Number") else "order",
            proof_ref=cell("Receipt Number") or number,
            discount_fen=off,
            freight_fen=freight,
            delivered_on=sent if sent is not None and sent >= day else None,
            customer_name=cell("Billing Name") or cell("Shipping Name"),
            phone=cell("Phone") or cell("Billing Phone") or cell("Shipping Phone"),
            area=" ".join(part for part in (cell("Shipping Province"), cell("Shipping City")) if part),
            extras={
                key: value
                for key, value in (
                    ("refunded_fen", refunded),
                    ("discount_code", cell("Discount Code")[:60]),
                    ("platform_id", cell("Id")[:40]),
                )
                if value
            },
        ),
        cell("Receipt Number"),
        _COLUMNS,
    )


def _line(headed: Headed, faults: Faults, row: int, texts: list[str]) -> NewLine | None:
    name = cells.plain(headed.cell(texts, "Lineitem name"))
    if not name and not headed.cell(texts, "Lineitem quantity"):
        return None  # a row that only carries a second payment or a note
    quantity = faults.take(
        row, "Lineitem quantity", headed.cell(texts, "Lineitem quantity"), cells.quantity, 0
    )
    price = faults.take(row, "Lineitem price", headed.cell(texts, "Lineitem price"), cells.amount, 0)
    off = faults.take(row, "Lineitem discount", headed.cell(texts, "Lineitem discount"), cells.amount, 0)
    code = faults.take(row, "Lineitem sku", headed.cell(texts, "Lineitem sku"), cells.number_text, "")
    cost = headed.cell(texts, "Lineitem cost")
    return NewLine(
        name=name,
        quantity_milli=quantity,
        unit_price_fen=price,
        discount_fen=off,
        sku=code,
        barcode=cells.plain(headed.cell(texts, "Lineitem barcode")),
        tax_rate_bp=faults.take(
            row, "Lineitem tax rate", headed.cell(texts, "Lineitem tax rate"), cells.rate, None
        ),
        cost_fen=faults.take(row, "Lineitem cost", cost, cells.amount, 0) if cost else None,
    )


def _net(line: NewLine) -> int:
    return (line.unit_price_fen * line.quantity_milli + 500) // 1000 - line.discount_fen


def _discount(
    net: int, freight: int, tax: int, total: int, told: int, on_lines: int
) -> tuple[int | None, int]:
    """The order's own discount and the tax that comes on top of the prices, 分, such that all adds up.

    Shops differ: prices with tax or without; a discount amount that repeats the lines' discounts or not. Only
    what gives the total of the file is believed; None when nothing does.
    """
    for on_top in (0, tax):
        for off in (told, told - on_lines, 0):
            if off >= 0 and net + on_top + freight - off == total:
                return off, on_top
    return None, 0


def _with_tax(line: NewLine, tax_fen: int) -> NewLine:
    whole = (line.unit_price_fen * line.quantity_milli + 500) // 1000
    return replace(line, list_fen=whole + tax_fen)

"""Taobao and Tmall: the order list (one row per order, totals only) and the item list that supplies its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from counter_app.archive.imports import cells
from counter_app.archive.imports.orders import Faults, PassedOver, Read, ReadOrder, RowFault
from counter_app.archive.imports.tables import Headed
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.new_sale import NewLine, NewSale, NewTender

ORDER_MARKS = frozenset({"买家实际支付金额", "买家实付金额"})
ITEM_MARKS = frozenset({"购买数量"})
REQUIRED = ("订单编号", "订单创建时间")
ITEMS_REQUIRED = ("订单编号", "购买数量")
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "order_no": ("订单编号", "主订单编号"),
    "paid": ("买家实际支付金额", "买家实付金额"),
    "due": ("买家应付货款",),
    "freight": ("买家应付邮费", "邮费"),
    "status": ("订单状态",),
    "name": ("收货人姓名",),
    "mobile": ("联系手机",),
    "phone": ("联系电话",),
    "address": ("收货地址",),
    "created": ("订单创建时间",),
    "received": ("确认收货时间",),
    "sent": ("发货时间",),
    "title": ("宝贝标题", "商品标题", "标题"),
    "kinds": ("宝贝种类",),
    "count": ("宝贝总数量", "宝贝数量"),
    "refund": ("退款金额",),
    "shop": ("店铺名称",),
    "payment": ("支付单号", "支付宝交易号"),
    "waybill": ("物流单号",),
    "price": ("价格", "商品价格"),
    "quantity": ("购买数量",),
    "code": ("商家编码", "外部系统编号"),
    "options": ("商品属性",),
    "line_paid": ("买家实付金额",),
    "line_status": ("订单状态",),
}
_UNPAID = ("等待买家付款", "未付款")
_CLOSED = ("交易关闭", "已关闭", "已取消")
_COLUMNS = (
    ("purchased_on", "订单创建时间"),
    ("received_on", "确认收货时间"),
    ("delivered_on", "发货时间"),
    ("order_no", "订单编号"),
    ("customer_name", "收货人姓名"),
    ("phone", "联系手机"),
    ("area", "收货地址"),
    ("line", "宝贝标题"),
)
TITLE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the item list. `price_fen` is for one unit."""

    row: int
    line: NewLine
    paid_fen: int | None


class Columns:
    """Columns under any of their names."""

    def __init__(self, headed: Headed) -> None:
        self._headed = headed
        self._names = {
            key: next((name for name in names if name in headed.columns), names[0])
            for key, names in _ALIASES.items()
        }

    def name(self, key: str) -> str:
        """The column's name in this file."""
        return self._names[key]

    def cell(self, texts: list[str], key: str) -> str:
        """The text of a column, without its disguise."""
        return cells.plain(self._headed.cell(texts, self._names[key]))


def read_items(headed: Headed) -> tuple[dict[str, list[Item]], list[RowFault]]:
    """The item list by order number, and what was wrong in it."""
    columns = Columns(headed)
    found: dict[str, list[Item]] = {}
    told: list[RowFault] = []
    for row, texts in headed.rows:
        faults = Faults()
        order_no = faults.take(
            row, columns.name("order_no"), columns.cell(texts, "order_no"), cells.number_text, ""
        )
        if not order_no and not faults.found:
            faults.note(row, columns.name("order_no"), UserError("import.order.no_number"))
        name = columns.cell(texts, "title")
        options = columns.cell(texts, "options")
        price = faults.take(row, columns.name("price"), columns.cell(texts, "price"), cells.amount, 0)
        quantity = faults.take(
            row, columns.name("quantity"), columns.cell(texts, "quantity"), cells.quantity, 0
        )
        code = faults.take(row, columns.name("code"), columns.cell(texts, "code"), cells.number_text, "")
        paid_text = columns.cell(texts, "line_paid")
        paid = faults.take(row, columns.name("line_paid"), paid_text, cells.amount, 0) if paid_text else None
        told += faults.told(order_no)
        line = NewLine(
            name=name[:TITLE_LIMIT],
            quantity_milli=quantity,
            unit_price_fen=price,
            sku=code,
            model=options[:60],
        )
        # A faulty item still stands for its order, so that the order is not taken for one without items.
        found.setdefault(order_no, []).append(Item(row, line, paid))
    return found, told


def read(
    headed: Headed, zone: tzinfo, items: Mapping[str, list[Item]], faulty: frozenset[str]
) -> Iterator[Read]:
    """Orders of an order list; those with items get their lines, the others one line for the total."""
    columns = Columns(headed)
    seen: set[str] = set()
    for row, texts in headed.rows:
        yield from _order(columns, row, texts, zone, items, faulty, seen)


def _order(
    columns: Columns,
    row: int,
    texts: list[str],
    zone: tzinfo,
    items: Mapping[str, list[Item]],
    faulty: frozenset[str],
    seen: set[str],
) -> Iterator[Read]:
    faults = Faults()

    def amount(key: str) -> int:
        return faults.take(row, columns.name(key), columns.cell(texts, key), cells.amount, 0)

    number = faults.take(
        row, columns.name("order_no"), columns.cell(texts, "order_no"), cells.number_text, ""
    )
    if not number and not faults.found:
        faults.note(row, columns.name("order_no"), UserError("import.order.no_number"))
    if number in seen:
        faults.note(row, columns.name("order_no"), UserError("import.order.twice", order=number))
    if faults.found:
        yield from faults.told(number)
        return
    seen.add(number)
    status = columns.cell(texts, "status")
    if status.startswith(_CLOSED) or status.startswith(_UNPAID):
        yield PassedOver(number, row, "cancelled" if status.startswith(_CLOSED) else "unpaid")
        return
    paid, freight, refunded = amount("paid"), amount("freight"), amount("refund")
    if refunded and refunded >= paid:
        yield PassedOver(number, row, "refunded")
        return
    day = faults.take(
        row, columns.name("created"), columns.cell(texts, "created"), lambda text: cells.day(text, zone), None
    )
    later = {
        key: faults.take(
            row, columns.name(key), columns.cell(texts, key), lambda text: cells.day(text, zone), None
        )
        for key in ("sent", "received")
        if columns.cell(texts, key)
    }
    freight = min(freight, paid)
    goods = paid - freight
    own = items.get(number, [])
    if number in faulty:
        faults.note(row, columns.name("order_no"), UserError("import.order.items_faulty", order=number))
    lines = _from_items(own) if own else [_from_total(faults, columns, row, texts, goods)]
    listed = sum(_listed(line) - line.discount_fen for line in lines)
    if listed < goods and not faults.found:
        wrong = UserError("import.order.total", total=format_yuan(paid), lines=format_yuan(listed + freight))
        faults.note(row, columns.name("paid"), wrong)
    if faults.found or day is None:
        yield from faults.told(number)
        return
    paid -= refunded
    freight = min(freight, paid)
    phone = columns.cell(texts, "mobile") or columns.cell(texts, "phone")
    yield ReadOrder(
        number,
        tuple(item.row for item in own) or (row,),
        NewSale(
            purchased_on=day,
            lines=tuple(lines),
            tenders=(NewTender("platform", paid, columns.cell(texts, "payment")[:60]),) if paid else (),
            source="taobao",
            order_no=number,
            channel="remote",
            platform=columns.cell(texts, "shop")[:40] or "淘宝",
            proof="order",
            proof_ref=number,
            discount_fen=listed + freight - paid,
            freight_fen=freight,
            delivered_on=_not_before(later.get("sent"), day),
            received_on=_not_before(later.get("received"), day),
            customer_name=columns.cell(texts, "name"),
            phone=phone,
            area=columns.cell(texts, "address"),
            extras={
                key: value
                for key, value in (
                    ("refunded_fen", refunded),
                    ("waybill", columns.cell(texts, "waybill")[:40]),
                )
                if value
            },
        ),
        "",
        _COLUMNS,
    )


def _from_items(own: list[Item]) -> list[NewLine]:
    """Lines at their list price; where the list says what was paid for each, the rest is that line's discount."""
    lines = []
    for item in own:
        listed = _listed(item.line)
        off = listed - item.paid_fen if item.paid_fen is not None and item.paid_fen <= listed else 0
        lines.append(replace(item.line, discount_fen=off))
    return lines


def _from_total(faults: Faults, columns: Columns, row: int, texts: list[str], goods_fen: int) -> NewLine:
    """One line for an order of which only the total is known.

    One article, however many pieces, is an ordinary line; several articles are one indivisible line until an
    item list or a supervisor supplies their prices (invariant 2).
    """
    title = columns.cell(texts, "title")
    if not title:
        faults.note(row, columns.name("title"), UserError("import.order.no_title"))
    count, kinds = 1000, 1000
    if columns.cell(texts, "count"):
        count = faults.take(row, columns.name("count"), columns.cell(texts, "count"), cells.quantity, 1000)
    if columns.cell(texts, "kinds"):
        kinds = faults.take(row, columns.name("kinds"), columns.cell(texts, "kinds"), cells.quantity, 1000)
    elif count > 1000:
        kinds = count
    several = kinds > 1000
    quantity = 1000 if several else count
    return NewLine(
        name=title[:TITLE_LIMIT],
        quantity_milli=quantity,
        unit_price_fen=goods_fen * 1000 // quantity if quantity else 0,
        list_fen=goods_fen,
        indivisible=several,
    )


def _listed(line: NewLine) -> int:
    whole = (line.unit_price_fen * line.quantity_milli + 500) // 1000
    return whole if line.list_fen is None else line.list_fen


def _not_before(day: date | None, purchased: date) -> date | None:
    """A day before the purchase is a platform's slip of the pen, not a fault of the order."""
    return day if day is not None and day >= purchased else None

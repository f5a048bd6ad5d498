"""A plain sheet, one row per line, by column mapping: what a till or a shop's own list gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from counter_app.archive.imports import cells
from counter_app.archive.imports.orders import Faults, Read, ReadOrder
from counter_app.archive.imports.tables import Headed
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.new_sale import NewLine, NewSale, NewTender

REQUIRED = ("order_no", "date", "name", "quantity")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "order_no": (
        "订单号",
        "单号",
        "小票号",
        "小票编号",
        "流水号",
        "order_no",
        "order",
        "receipt",
        "receipt no",
    ),
    "date": ("日期", "销售日期", "购买日期", "时间", "date", "purchased_on", "purchase date"),
    "name": ("商品", "商品名称", "品名", "名称", "name", "product", "item"),
    "sku": ("商品编码", "货号", "编码", "sku"),
    "barcode": ("条码", "条形码", "barcode", "ean"),
    "model": ("型号", "规格", "model"),
    "category": ("类别", "品类", "category"),
    "quantity": ("数量", "quantity", "qty"),
    "unit_price": ("单价", "售价", "unit_price", "unit price", "price"),
    "line_discount": ("优惠", "行优惠", "line_discount", "line discount"),
    "line_paid": ("实付", "金额", "小计", "line_paid", "amount", "line total"),
    "order_discount": ("整单优惠", "订单优惠", "order_discount", "order discount"),
    "freight": ("运费", "邮费", "freight", "shipping"),
    "order_paid": ("订单实付", "合计", "应收", "order_paid", "total", "order total"),
    "tender": ("付款方式", "支付方式", "tender", "payment"),
    "customer_name": ("顾客", "姓名", "客户", "customer", "customer name"),
    "phone": ("手机", "电话", "手机号", "phone", "mobile"),
    "area": ("地区", "地址", "area", "address"),
    "tax_rate": ("税率", "tax_rate", "tax rate"),
    "cost": ("成本", "成本价", "进价", "cost"),
    "serial": ("序列号", "串号", "serial", "imei"),
    "batch_no": ("批号", "batch", "batch_no"),
    "channel": ("渠道", "channel"),
    "received_on": ("签收日期", "收货日期", "received_on", "received"),
    "invoice_no": ("发票号", "invoice", "invoice_no"),
    "subsidy": ("国补", "补贴", "subsidy"),
    "flaw": ("瑕疵", "flaw"),
}
"""What a column may mean, and the names it is recognised by."""

ORDER_FIELDS = (
    "date",
    "order_discount",
    "freight",
    "order_paid",
    "tender",
    "customer_name",
    "phone",
    "area",
    "channel",
    "received_on",
    "invoice_no",
    "subsidy",
)
TENDERS: Mapping[str, str] = {
    "现金": "cash",
    "cash": "cash",
    "微信": "wechat",
    "微信支付": "wechat",
    "wechat": "wechat",
    "支付宝": "alipay",
    "alipay": "alipay",
    "银行卡": "card",
    "刷卡": "card",
    "card": "card",
    "云闪付": "unionpay",
    "数字人民币": "ecny",
    "储值卡": "stored_value",
    "购物卡": "gift_card",
    "团购券": "voucher",
}
_REMOTE = {"remote", "online", "线上", "网店", "远程", "电商", "直播"}


def suggested(names: list[str]) -> dict[str, str]:
    """Which column holds which field, as far as the names tell."""
    by_name = {name.strip().lower(): name for name in reversed(names) if name}
    found = {}
    for field, known in FIELDS.items():
        column = next((by_name[name] for name in known if name in by_name), None)
        if column is not None:
            found[field] = column
    return found


def check_mapping(mapping: Mapping[str, str], names: list[str], file: str) -> None:
    """Refuse a mapping that names no such field or column, or leaves out what every sale needs."""
    for field, column in mapping.items():
        if field not in FIELDS:
            raise UserError("import.mapping.field", field=field[:40], file=file)
        if column not in names:
            raise UserError("import.mapping.column", column=column[:40], file=file)
    missing = [field for field in REQUIRED if field not in mapping]
    if not {"unit_price", "line_paid"} & set(mapping):
        missing.append("unit_price")
    if missing:
        raise UserError(
            "import.mapping.missing", file=file, fields=", ".join(FIELDS[name][0] for name in missing)
        )


def read(headed: Headed, zone: tzinfo, mapping: Mapping[str, str]) -> Iterator[Read]:
    """Orders of a sheet: rows of one number stand together."""
    seen: set[str] = set()
    number, gathered = "", list[tuple[int, list[str]]]()
    column = mapping["order_no"]
    for row, texts in headed.rows:
        faults = Faults()
        here = faults.take(row, column, headed.cell(texts, column), cells.number_text, "")
        if not here:
            if not faults.found:
                faults.note(row, column, UserError("import.order.no_number"))
            yield from faults.told("")
            continue
        if here != number and gathered:
            yield from _order(headed, mapping, number, gathered, zone, seen)
            gathered = []
        number = here
        gathered.append((row, texts))
    if gathered:
        yield from _order(headed, mapping, number, gathered, zone, seen)


def _order(
    headed: Headed,
    mapping: Mapping[str, str],
    number: str,
    rows: list[tuple[int, list[str]]],
    zone: tzinfo,
    seen: set[str],
) -> Iterator[Read]:
    faults, row = Faults(), rows[0][0]
    if number in seen:
        faults.note(row, mapping["order_no"], UserError("import.order.twice", order=number))
        yield from faults.told(number)
        return
    seen.add(number)
    told = _order_cells(headed, mapping, rows, faults)

    def amount(field: str) -> int:
        return faults.take(row, mapping.get(field, ""), told.get(field, ""), cells.amount, 0)

    def on(field: str) -> Any:
        text = told.get(field, "")
        if not text:
            return None
        return faults.take(row, mapping[field], text, lambda cell: cells.day(cell, zone), None)

    day, received = on("date"), on("received_on")
    if day is None and not faults.found:
        faults.note(row, mapping["date"], UserError("import.cell.day", text=""))
    off, freight, subsidy = amount("order_discount"), amount("freight"), amount("subsidy")
    lines = [_line(headed, mapping, faults, at, texts) for at, texts in rows]
    if faults.found:
        yield from faults.told(number)
        return
    goods = sum(_listed(line) - line.discount_fen for line in lines)
    paid = goods - off - subsidy + freight
    if told.get("order_paid"):
        total = amount("order_paid")
        if "order_discount" not in mapping and 0 <= total <= paid:
            off, paid = off + paid - total, total
        if not faults.found and total != paid:
            wrong = UserError("import.order.total", total=format_yuan(total), lines=format_yuan(paid))
            faults.note(row, mapping["order_paid"], wrong)
    if faults.found:
        yield from faults.told(number)
        return
    if paid < 0:
        faults.note(row, mapping.get("order_discount", ""), UserError("import.order.negative", order=number))
        yield from faults.told(number)
        return
    yield ReadOrder(
        number,
        tuple(at for at, _ in rows),
        NewSale(
            purchased_on=day,
            lines=tuple(lines),
            tenders=_tenders(told.get("tender", ""), paid),
            source="sheet",
            order_no=number,
            channel="remote" if told.get("channel", "").lower() in _REMOTE else "store",
            proof="receipt",
            proof_ref=number,
            discount_fen=off,
            freight_fen=freight,
            subsidy_fen=subsidy,
            received_on=received if received is not None and received >= day else None,
            invoice_no=told.get("invoice_no", ""),
            customer_name=told.get("customer_name", ""),
            phone=told.get("phone", ""),
            area=told.get("area", ""),
        ),
        number,
        (*mapping.items(), ("line", mapping["name"]), ("purchased_on", mapping["date"])),
    )


def _order_cells(
    headed: Headed, mapping: Mapping[str, str], rows: list[tuple[int, list[str]]], faults: Faults
) -> dict[str, str]:
    """What concerns the whole order: told once or repeated; two different values are a fault."""
    told: dict[str, str] = {}
    for field in ORDER_FIELDS:
        column = mapping.get(field)
        if column is None:
            continue
        for row, texts in rows:
            text = cells.plain(headed.cell(texts, column))
            before = told.setdefault(field, text) if text else ""
            if before and before != text:
                faults.note(
                    row, column, UserError("import.order.differs", text=text[:40], before=before[:40])
                )
    return told


def _line(headed: Headed, mapping: Mapping[str, str], faults: Faults, row: int, texts: list[str]) -> NewLine:
    def take(field: str, reader: Any, otherwise: Any) -> Any:
        column = mapping.get(field)
        if column is None:
            return otherwise
        text = headed.cell(texts, column)
        if not text.strip():
            return otherwise
        return faults.take(row, column, text, reader, otherwise)

    quantity = take("quantity", cells.quantity, 0)
    if not quantity and not faults.found:
        faults.note(row, mapping["quantity"], UserError("quantity.empty"))
    price = take("unit_price", cells.amount, None)
    paid = take("line_paid", cells.amount, None)
    off = take("line_discount", cells.amount, 0)
    if price is None and paid is None and not faults.found:
        faults.note(row, mapping.get("unit_price", mapping.get("line_paid", "")), UserError("money.empty"))
    listed = None
    if price is None:
        listed = (paid or 0) + off
        price = listed * 1000 // quantity if quantity else 0
    elif paid is not None and quantity:
        whole = (price * quantity + 500) // 1000
        if paid > whole or (off and whole - off != paid):
            wrong = UserError("import.line.total", total=format_yuan(paid), lines=format_yuan(whole - off))
            faults.note(row, mapping["line_paid"], wrong)
        else:
            off = whole - paid
    name = take("name", cells.plain, "")
    if not name:
        faults.note(row, mapping["name"], UserError("import.line.no_name"))
    return NewLine(
        name=name,
        quantity_milli=quantity,
        unit_price_fen=price,
        discount_fen=off,
        list_fen=listed,
        sku=take("sku", cells.number_text, ""),
        barcode=take("barcode", cells.number_text, ""),
        model=take("model", cells.plain, ""),
        category=take("category", cells.plain, "OTHER"),
        tax_rate_bp=take("tax_rate", cells.rate, None),
        cost_fen=take("cost", cells.amount, None),
        serial=take("serial", cells.number_text, ""),
        batch_no=take("batch_no", cells.number_text, ""),
        flaw=take("flaw", cells.plain, ""),
    )


def _listed(line: NewLine) -> int:
    if line.list_fen is not None:
        return line.list_fen
    return (line.unit_price_fen * line.quantity_milli + 500) // 1000


def _tenders(text: str, paid_fen: int) -> tuple[NewTender, ...]:
    if not paid_fen:
        return ()
    return (NewTender(TENDERS.get(text.lower(), "unknown"), paid_fen),)

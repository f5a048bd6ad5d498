"""A plain sheet, one row per line, by column mapping: what a till or a shop's own list gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, tzinfo
from operator import itemgetter
from typing import Any

from counter_app.archive.imports import cells
from counter_app.archive.imports.orders import Faults, Read, ReadOrder, is_sum
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
_LINE_READERS: Mapping[str, Callable[[str], Any]] = {
    "name": cells.plain,
    "quantity": cells.quantity,
    "unit_price": cells.amount,
    "line_paid": cells.amount,
    "line_discount": cells.amount,
    "sku": cells.number_text,
    "barcode": cells.number_text,
    "model": cells.plain,
    "category": cells.plain,
    "tax_rate": cells.rate,
    "cost": cells.amount,
    "serial": cells.number_text,
    "batch_no": cells.number_text,
    "flaw": cells.plain,
}
"""What concerns one line, and how its cell is read."""
_Row = tuple[int, list[str]]
LINES_KEPT = 20_000
"""So many different lines are remembered while a sheet is read."""
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
    reader = _Reader(headed, zone, mapping)
    number, gathered, before = "", list[_Row](), ""
    column, at = mapping["order_no"], reader.at["order_no"]
    for row, texts in headed.rows:
        cell = texts[at] if at < len(texts) else ""
        if cell and cell == before:
            gathered.append((row, texts))
            continue
        faults = Faults()
        here = faults.take(row, column, cell, cells.number_text, "")
        before = cell if here else ""
        if not here:
            blank = not faults.found
            if blank and gathered and headed.goes_on(row, column):
                gathered.append((row, texts))
                continue
            if blank and is_sum(texts):
                continue
            if blank:
                faults.note(row, column, UserError("import.order.no_number"))
            lost = number if blank and gathered and headed.cell(texts, mapping["name"]) else ""
            if lost:  # whose line is it? Half an order cannot come in
                gathered = []
                reader.leave_out(lost)
            yield from faults.told(lost)
            continue
        if here != number and gathered:
            yield from reader.order(number, gathered)
            gathered = []
        number = here
        gathered.append((row, texts))
    if gathered:
        yield from reader.order(number, gathered)


class _Reader:
    """Reads the rows of one sheet. Where each field stands is worked out once, since there are many rows."""

    def __init__(self, headed: Headed, zone: tzinfo, mapping: Mapping[str, str]) -> None:
        self.at = {field: headed.columns[column] for field, column in mapping.items()}
        self._mapping, self._zone = mapping, zone
        self._day = lambda cell: cells.day(cell, zone)
        self._order_fields = [(field, self.at[field]) for field in ORDER_FIELDS if field in self.at]
        self._line_fields = [
            (field, self.at[field], mapping[field], _LINE_READERS[field])
            for field in self.at
            if field in _LINE_READERS
        ]
        places = [at for _, at, _, _ in self._line_fields]
        self._last_at, self._kept = max(places), dict[Any, NewLine]()
        self._cells_of = itemgetter(*places)
        self._columns = (*mapping.items(), ("line", mapping["name"]), ("purchased_on", mapping["date"]))
        self._seen: set[str] = set()

    def leave_out(self, number: str) -> None:
        """An order of which a line has lost its number: whatever else the file says of it is a fault."""
        self._seen.add(number)

    def order(self, number: str, rows: list[_Row]) -> Iterator[Read]:
        """One order, or everything that is wrong with it."""
        mapping, faults, row = self._mapping, Faults(), rows[0][0]
        if number in self._seen:
            faults.note(row, mapping["order_no"], UserError("import.order.twice", order=number))
            yield from faults.told(number)
            return
        self._seen.add(number)
        told = self._order_cells(rows, faults)

        def amount(field: str) -> int:
            text = told.get(field, "")
            return faults.take(row, mapping[field], text, cells.amount, 0) if text else 0

        def on(field: str) -> date | None:
            text = told.get(field, "")
            return faults.take(row, mapping[field], text, self._day, None) if text else None

        day, received = on("date"), on("received_on")
        if day is None and not faults.found:
            faults.note(row, mapping["date"], UserError("import.cell.day", text=""))
        off, freight, subsidy = amount("order_discount"), amount("freight"), amount("subsidy")
        lines = [self._kept_line(faults, at, texts) for at, texts in rows]
        if faults.found or day is None:
            yield from faults.told(number)
            return
        paid = sum([_listed(line) - line.discount_fen for line in lines]) - off - subsidy + freight
        if told.get("order_paid"):
            total = amount("order_paid")
            if "order_discount" not in mapping and 0 <= total <= paid:
                off, paid = off + paid - total, total
            if not faults.found and total != paid:
                wrong = UserError("import.order.total", total=format_yuan(total), lines=format_yuan(paid))
                faults.note(row, mapping["order_paid"], wrong)
        if paid < 0 and not faults.found:
            wrong = UserError("import.order.negative", order=number)
            faults.note(row, mapping.get("order_discount", mapping["order_no"]), wrong)
        if faults.found:
            yield from faults.told(number)
            return
        yield ReadOrder(
            number,
            tuple([at for at, _ in rows]),
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
            self._columns,
        )

    def _order_cells(self, rows: list[_Row], faults: Faults) -> dict[str, str]:
        """What concerns the whole order: told once or repeated; two different values are a fault."""
        told: dict[str, str] = {}
        for field, at in self._order_fields:
            before = ""
            for row, texts in rows:
                cell = texts[at] if at < len(texts) else ""
                if not cell or cell == before:
                    continue
                text = cells.plain(cell)
                if before and text and before != text:
                    wrong = UserError("import.order.differs", text=text[:40], before=before[:40])
                    faults.note(row, self._mapping[field], wrong)
                before = before or text
            told[field] = before
        return told

    def _kept_line(self, faults: Faults, row: int, texts: list[str]) -> NewLine:
        """One line. A shop sells the same article at the same price again and again: its cells are read once."""
        if len(texts) <= self._last_at:
            return self._line(faults, row, texts)
        cells_read = self._cells_of(texts)
        line = self._kept.get(cells_read)
        if line is None:
            before = len(faults.found)
            line = self._line(faults, row, texts)
            if len(faults.found) == before:
                if len(self._kept) >= LINES_KEPT:
                    self._kept.clear()
                self._kept[cells_read] = line
        return line

    def _line(self, faults: Faults, row: int, texts: list[str]) -> NewLine:
        values: dict[str, Any] = {}
        for field, at, column, reader in self._line_fields:
            cell = texts[at] if at < len(texts) else ""
            if cell and not cell.isspace():
                try:
                    values[field] = reader(cell)
                except UserError as wrong:
                    faults.note(row, column, wrong)
        price, paid = values.pop("unit_price", None), values.pop("line_paid", None)
        off, quantity = values.pop("line_discount", 0), values.pop("quantity", 0)
        if not faults.found:
            self._complete(faults, row, quantity, price is None and paid is None, values.get("name", ""))
        listed = None
        if price is None:
            listed = (paid or 0) + off
            price = listed * 1000 // quantity if quantity else 0
        elif paid is not None and quantity:
            whole = (price * quantity + 500) // 1000
            if paid > whole or (off and whole - off != paid):
                unequal = UserError(
                    "import.line.total", total=format_yuan(paid), lines=format_yuan(whole - off)
                )
                faults.note(row, self._mapping["line_paid"], unequal)
            else:
                off = whole - paid
        name, rate, cost = values.pop("name", ""), values.pop("tax_rate", None), values.pop("cost", None)
        return NewLine(name, quantity, price, off, listed, tax_rate_bp=rate, cost_fen=cost, **values)

    def _complete(self, faults: Faults, row: int, quantity: int, priceless: bool, name: str) -> None:
        """Say what a line lacks."""
        mapping = self._mapping
        if not quantity:
            faults.note(row, mapping["quantity"], UserError("quantity.empty"))
        if priceless:
            column = mapping.get("unit_price", mapping.get("line_paid", ""))
            faults.note(row, column, UserError("money.empty"))
        if not name:
            faults.note(row, mapping["name"], UserError("import.line.no_name"))


def _listed(line: NewLine) -> int:
    if line.list_fen is not None:
        return line.list_fen
    return (line.unit_price_fen * line.quantity_milli + 500) // 1000


def _tenders(text: str, paid_fen: int) -> tuple[NewTender, ...]:
    if not paid_fen:
        return ()
    return (NewTender(TENDERS.get(text.lower(), "unknown"), paid_fen),)

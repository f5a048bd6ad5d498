"""A list of articles: code, name, price, and what else the shop knows of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from counter_app.archive.imports import cells
from counter_app.archive.imports.orders import Faults, RowFault
from counter_app.archive.imports.tables import Headed
from counter_app.domain.errors import UserError
from counter_app.domain.new_product import NewProduct

FIELDS: Mapping[str, tuple[str, ...]] = {
    "sku": ("商品编码", "货号", "编码", "sku"),
    "name": ("商品名称", "商品", "品名", "名称", "name", "product"),
    "price": ("售价", "单价", "零售价", "price"),
    "barcode": ("条码", "条形码", "barcode", "ean"),
    "model": ("型号", "规格", "model"),
    "category": ("类别", "品类", "category"),
    "cost": ("成本", "成本价", "进价", "cost"),
    "tax_rate": ("税率", "tax_rate", "tax rate"),
    "weighed": ("称重", "weighed"),
    "repairable": ("可维修", "repairable"),
    "stock": ("库存", "stock", "on hand"),
    "note": ("备注", "note"),
}
REQUIRED = ("sku", "name", "price")


@dataclass(frozen=True, slots=True)
class ReadProduct:
    """One article of a file, with the stock it states (thousandths), if any."""

    row: int
    product: NewProduct
    stock_milli: int | None


def columns_of(names: list[str]) -> dict[str, str]:
    """Which column holds which field."""
    by_name = {name.strip().lower(): name for name in reversed(names) if name}
    found = {}
    for field, known in FIELDS.items():
        column = next((by_name[name] for name in known if name in by_name), None)
        if column is not None:
            found[field] = column
    return found


def recognises(names: list[str]) -> bool:
    """Whether the header is that of a list of articles and not of sales."""
    columns = columns_of(names)
    sold = {"订单号", "单号", "小票号", "日期", "数量", "order_no", "date", "quantity", "qty"}
    return all(field in columns for field in REQUIRED) and not sold & {name.strip().lower() for name in names}


def read(headed: Headed) -> Iterator[ReadProduct | RowFault]:
    """Articles of the list, or what is wrong with a row."""
    columns = columns_of(headed.names)
    seen: set[str] = set()
    for row, texts in headed.rows:
        faults = Faults()

        def take(
            field: str,
            reader: Any,
            otherwise: Any,
            row: int = row,
            texts: list[str] = texts,
            faults: Faults = faults,
        ) -> Any:
            text = headed.cell(texts, columns.get(field, ""))
            return faults.take(row, columns[field], text, reader, otherwise) if text.strip() else otherwise

        sku, name = take("sku", cells.number_text, ""), take("name", cells.plain, "")
        price = take("price", cells.amount, None)
        if not faults.found:
            for field, value, code in (
                ("sku", sku, "import.line.no_code"),
                ("name", name, "import.line.no_name"),
                ("price", price, "money.empty"),
            ):
                if value in ("", None):
                    faults.note(row, columns[field], UserError(code))
            if sku in seen:
                faults.note(row, columns["sku"], UserError("import.product.twice", sku=sku[:40]))
        seen.add(sku)
        tax = take("tax_rate", cells.rate, None)
        product = NewProduct(
            sku=sku,
            name=name,
            price_fen=price or 0,
            barcode=take("barcode", cells.number_text, ""),
            model=take("model", cells.plain, ""),
            category=take("category", cells.plain, "OTHER"),
            cost_fen=take("cost", cells.amount, None),
            tax_rate_bp=1300 if tax is None else tax,
            weighed=take("weighed", cells.flag, False),
            repairable=take("repairable", cells.flag, True),
            note=take("note", cells.plain, ""),
        )
        stock = take("stock", _stock, None)
        if faults.found:
            yield from faults.told(sku)
        else:
            yield ReadProduct(row, product, stock)


def _stock(text: str) -> int:
    return 0 if cells.plain(text) in {"0", "0.0"} else cells.quantity(text)

"""Files as other programs write them, made small for a test."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

SHOPIFY = "Name,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Phone,Cancelled at,Payment Method,Refunded Amount,Source,Lineitem discount,Receipt Number,Fulfilled at"
TAOBAO = "订单编号,买家应付货款,买家应付邮费,买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,订单创建时间,宝贝标题,宝贝种类,宝贝总数量,确认收货时间,退款金额"
ITEMS = "订单编号,标题,价格,购买数量,商家编码"
TILL = "小票号,日期,商品名称,条码,数量,单价,订单实付,手机"

SHOPIFY_ROW = {
    "Financial Status": "paid",
    "Currency": "CNY",
    "Created at": "2026-11-10 23:30:00 +0800",
    "Lineitem quantity": "1",
    "Lineitem name": "云朵电饭煲",
    "Lineitem price": "299.00",
    "Total": "299.00",
    "Source": "web",
}
TAOBAO_ROW = {
    "买家应付邮费": "0.00",
    "订单状态": "交易成功",
    "订单创建时间": "2026-11-10 10:00:00",
    "宝贝种类": "1",
    "宝贝总数量": "1",
}


def text_of(header: str, rows: Sequence[Mapping[str, str]], delimiter: str = ",") -> str:
    """A CSV text; columns that a row leaves out are empty."""
    names = header.split(",")
    memory = io.StringIO(newline="")
    writer = csv.writer(memory, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        assert set(row) <= set(names), set(row) - set(names)
        writer.writerow([row.get(name, "") for name in names])
    return memory.getvalue()


def csv_file(
    folder: Path, name: str, header: str, rows: Sequence[Mapping[str, str]], encoding: str = "utf-8"
) -> Path:
    """A CSV file."""
    file = folder / name
    file.write_bytes(text_of(header, rows).encode(encoding))
    return file


def shopify(folder: Path, *rows: Mapping[str, str], name: str = "shopify.csv") -> Path:
    """A Shopify export; a row with "Total" begins an order, others carry only further lines."""
    full = [{**SHOPIFY_ROW, **row} if "Total" in row or len(row) < 3 else dict(row) for row in rows]
    return csv_file(folder, name, SHOPIFY, full)


def taobao(folder: Path, *rows: Mapping[str, str], name: str = "taobao.csv") -> Path:
    """A Taobao order list in GBK."""
    return csv_file(folder, name, TAOBAO, [{**TAOBAO_ROW, **row} for row in rows], "gbk")


def items(folder: Path, *rows: Mapping[str, str]) -> Path:
    """A Taobao item list in GBK."""
    return csv_file(folder, "items.csv", ITEMS, rows, "gbk")


def till(folder: Path, *rows: Sequence[str], name: str = "till.csv", header: str = TILL) -> Path:
    """A plain sheet; rows in the order of the header."""
    names = header.split(",")
    return csv_file(folder, name, header, [dict(zip(names, row, strict=False)) for row in rows])


def workbook(folder: Path, rows: Sequence[Sequence[object]], name: str = "book.xlsx") -> Path:
    """An Excel file."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name

"""Writes the samples of `resources/samples/sources/`: invented orders as registers, platforms and other programs
export them, the same ones every time. What each format is and where it was learned: `docs/imports.md`.

Run: python packaging/make_source_samples.py
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import make_samples
import openpyxl
from make_samples import SEED, Order, columns, invent, unchanging, units, write_csv, yuan

FOLDER = make_samples.FOLDER / "sources"
MAIN, FEW = 210, 40
Rows = list[list[str]]
Writer = Callable[[str, Sequence[Order]], None]


def shares(order: Order) -> list[int]:
    """分 that were paid for each line without freight: the order's discount shared out, the rest on the last."""
    goods = order.goods_fen
    off = [order.off_fen * line.paid_fen // goods for line in order.lines]
    off[-1] += order.off_fen - sum(off)
    return [line.paid_fen - part for line, part in zip(order.lines, off, strict=True)]


def state(order: Order, sold: str, unpaid: str, closed: str, refunded: str) -> str:
    """Most orders are sold; of every twenty one is unpaid, one closed, one refunded."""
    return {7: unpaid, 11: closed, 17: refunded}.get(order.number % 20, sold)


def when(order: Order) -> str:
    """Day and time as Chinese programs write them."""
    return f"{order.at:%Y-%m-%d %H:%M:%S}"


def masked(phone: str) -> str:
    """A phone as platforms show it."""
    return f"{phone[:3]}****{phone[-4:]}"


def named_once(own: list[str], at: int) -> list[str]:
    """What concerns the order, in the first of its rows only."""
    return own if at == 0 else [""] * len(own)


def pdd(name: str, orders: Sequence[Order]) -> None:
    """One article an order; the platform's own discount is not the shop's, the buyer paid less all the same."""
    header = columns(
        "商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),用户实付金额(元),"
        "商家实收金额(元),商品数量(件),支付时间,发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-规格维度,商家编码-商品维度,"
        "收货人,手机,省,市,区,商家备注,售后状态,快递单号,快递公司"
    )
    rows: Rows = []
    for order in orders:
        line = order.lines[0]
        off = order.off_fen * line.listed_fen // max(order.goods_fen, 1)
        platform = 300 if order.number % 9 == 0 and line.listed_fen > 5000 else 0
        paid = line.listed_fen - off - platform + order.freight_fen
        after = state(order, "无售后或售后取消", "无售后或售后取消", "无售后或售后取消", "退款成功")
        rows.append(
            [
                line.article.name,
                f"26{order.at:%m%d}-{order.number:015d}",
                state(order, "已收货", "待付款", "已取消", "已发货，退款成功"),
                *map(yuan, (line.listed_fen, order.freight_fen, off, platform, 0, paid, paid + platform)),
                units(line.milli),
                f"\t{when(order)}",
                f"\t{when(order)}",
                "",
                str(700_000_000_000 + order.number),
                line.article.model,
                "",
                line.article.sku,
                line.article.sku,
                order.name[0] + "**",
                masked(order.phone),
                "",
                order.place[0],
                order.place[1],
                "",
                after,
                f"YT{order.number:010d}",
                "样例快递",
            ]
        )
    write_csv(name, header, rows, "utf-8-sig")


def doudian(name: str, orders: Sequence[Order]) -> None:
    """A row for each sub-order; cells begin with a tab; freight stands on the first row."""
    header = columns(
        "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,优惠总金额,支付方式,收件人,"
        "收件人手机号,省,市,区,详细地址,订单提交时间,支付完成时间,订单完成时间,订单状态,售后状态,取消原因"
    )
    rows: Rows = []
    for order in orders:
        number = f"69{order.number:017d}"
        for at, (line, paid) in enumerate(zip(order.lines, shares(order), strict=True)):
            rows.append(
                [
                    f"\t{number}",
                    f"\t{number}{at}",
                    f"\t{line.article.name}",
                    f"\t{line.article.model}",
                    units(line.milli),
                    f"\t{3_600_000_000 + order.number}",
                    f"\t{line.article.sku}",
                    yuan(line.article.price_fen),
                    yuan(paid),
                    yuan(order.freight_fen if at == 0 else 0),
                    yuan(line.listed_fen - paid),
                    order.pay,
                    order.name[0] + "*",
                    masked(order.phone),
                    order.place[0],
                    order.place[0],
                    order.place[1],
                    f"{order.place[2]}***",
                    when(order),
                    state(order, when(order), "-", when(order), when(order)),
                    "-",
                    state(order, "已完成", "待支付", "已关闭", "已完成"),
                    state(order, "-", "-", "-", "退款成功"),
                    "-",
                ]
            )
    write_csv(name, header, rows, "utf-8-sig")


def jd(name: str, orders: Sequence[Order]) -> None:
    """A row for each article; the order's sums are repeated; `="…"` keeps spreadsheets from the numbers."""
    header = columns(
        "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,"
        "客户姓名,客户地址,联系电话,订单备注,发票类型,发票抬头,商家备注,运费金额,付款确认时间,增值税发票,货号,订单完成时间"
    )
    rows: Rows = []
    for order in orders:
        balance = min(500, order.paid_fen) if order.number % 6 == 0 else 0
        for line in order.lines:
            rows.append(
                [
                    f'="{280_000_000_000 + order.number}"',
                    str(100_000_000 + order.number),
                    line.article.name,
                    units(line.milli),
                    "在线支付",
                    when(order),
                    yuan(line.article.price_fen),
                    *map(yuan, (order.listed_fen, order.paid_fen, balance, order.paid_fen - balance)),
                    state(order, "完成", "等待付款", "(删除)等待出库", "已退款"),
                    "SOP",
                    f"jd_{order.number:05d}",
                    order.name,
                    f"{order.place[0]}{order.place[1]}{order.place[2]}{order.house}号",
                    order.phone,
                    "",
                    "",
                    "",
                    "",
                    yuan(order.freight_fen),
                    when(order),
                    "",
                    line.article.sku,
                    "",
                ]
            )
    write_csv(name, header, rows, "gb18030")


def youzan(name: str, orders: Sequence[Order]) -> None:
    """One row an order; several kinds of goods stand in one cell without prices."""
    header = columns(
        "订单号,订单状态,订单创建时间,买家付款时间,交易成功时间,全部商品名称,商品种类数,订单商品总件数,商品金额合计,运费,店铺优惠合计,"
        "订单实付金额,付款方式,买家昵称,收货人/提货人,收货人手机号/提货人手机号,收货人省份,收货人城市,收货人地区,详细收货地址/提货地址,订单已退款金额"
    )
    rows = []
    for order in orders:
        pieces = sum(line.milli for line in order.lines)
        rows.append(
            [
                f"E{order.at:%Y%m%d}{order.number:012d}",
                state(order, "交易完成", "等待付款", "交易关闭", "交易关闭"),
                when(order),
                when(order),
                "",
                ";".join(f"{line.article.name}({units(line.milli)}件)" for line in order.lines),
                str(len(order.lines)),
                units(pieces),
                yuan(order.listed_fen),
                yuan(order.freight_fen),
                yuan(order.listed_fen + order.freight_fen - order.paid_fen),
                yuan(order.paid_fen),
                order.pay,
                f"样例{order.number:03d}",
                order.name,
                order.phone,
                "",
                order.place[0],
                order.place[1],
                f"{order.place[2]}{order.house}号",
                "0.00",
            ]
        )
    write_csv(name, header, rows, "utf-8-sig")


def weidian(name: str, orders: Sequence[Order]) -> None:
    """A row for each order, its articles in one cell, without a price for each."""
    header = columns(
        "订单编号,订单状态,下单时间,支付时间,支付方式,商品名称,商品型号,型号编码,商品件数,商品金额合计,运费,实付金额,"
        "退款状态,收货人/提货人姓名,收货人/提货人手机号,省,市,区,收货/提货详细地址,买家留言"
    )
    rows = [
        [
            f"80{order.number:010d}",
            state(order, "已完成", "待付款", "已关闭", "已完成"),
            when(order),
            when(order),
            order.pay,
            ";".join(f"{line.article.name}({units(line.milli)})" for line in order.lines),
            ";".join(line.article.model for line in order.lines),
            ";".join(line.article.sku for line in order.lines),
            ";".join(units(line.milli) for line in order.lines),
            yuan(order.goods_fen),
            yuan(order.freight_fen),
            yuan(order.paid_fen),
            state(order, "", "", "", "退款成功"),
            order.name,
            order.phone,
            "",
            order.place[0],
            order.place[1],
            "",
            "",
        ]
        for order in orders
    ]
    write_csv(name, header, rows, "utf-8")


def register(header: str, row: Callable[[Order, int, int], list[str]], encoding: str) -> Writer:
    """A register's list: a row for each article with what was paid for it, a row of totals at the end."""

    def write(name: str, orders: Sequence[Order]) -> None:
        rows = [row(order, at, paid) for order in orders for at, paid in enumerate(shares(order))]
        names = columns(header)
        write_csv(name, names, [*rows, ["总计"] + [""] * (len(names) - 1)], encoding)

    return write


def _pospal(order: Order, at: int, paid: int) -> list[str]:
    line = order.lines[at]
    kind = state(order, "销售", "销售", "作废", "退货")
    return [
        f"{order.at:%Y%m%d%H%M%S}{order.number:04d}",
        when(order),
        kind,
        line.article.name,
        line.article.barcode,
        line.article.model,
        units(line.milli),
        yuan(line.article.price_fen),
        yuan(line.listed_fen),
        yuan(paid),
        order.pay,
        "1001",
        order.name if order.number % 3 == 0 else "",
        order.phone if order.number % 3 == 0 else "",
    ]


def _gjp(order: Order, at: int, paid: int) -> list[str]:
    line = order.lines[at]
    return [
        f"{order.at:%Y-%m-%d}",
        f"XS-{order.at:%Y%m%d}-{order.number:05d}",
        state(order, "零售单", "草稿", "红冲", "销售退货单"),
        order.name if order.number % 2 else "零售客户",
        "店员一",
        line.article.sku,
        line.article.name,
        line.article.model,
        units(line.milli),
        yuan(line.article.price_fen),
        f"{line.listed_fen / 100:,.2f}",
        f"{paid / 100:,.2f}",
        order.pay,
    ]


def _qinsi(order: Order, at: int, paid: int) -> list[str]:
    line = order.lines[at]
    return [
        f"XSD{order.at:%y%m%d}{order.number:04d}",
        f"{order.at:%Y/%m/%d}",
        state(order, "已完成", "已完成", "已作废", "退货"),
        order.name,
        order.phone,
        line.article.sku,
        line.article.name,
        "样例色",
        "均码",
        units(line.milli),
        yuan(line.article.price_fen),
        f"￥{yuan(paid)}",
        order.pay,
    ]


def shouqianba(name: str, orders: Sequence[Order]) -> None:
    """Payments without goods."""
    header = columns(
        "交易日期,交易时间,门店,收钱吧订单号,商户订单号,交易类型,交易状态,支付方式,交易金额,实收金额,退款金额"
    )
    rows = [
        [
            f"{order.at:%Y-%m-%d}",
            when(order),
            "样例小店",
            f"78942{order.number:011d}",
            f"M{order.number:08d}",
            state(order, "付款", "付款", "付款", "退款"),
            state(order, "成功", "处理中", "失败", "成功"),
            order.pay,
            yuan(order.paid_fen),
            yuan(order.paid_fen),
            "0.00",
        ]
        for order in orders
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "流水明细"
    for row in ([f"流水明细 {orders[0].at:%Y-%m-%d} 至 {orders[-1].at:%Y-%m-%d}"], header, *rows):
        sheet.append(row)
    memory = io.BytesIO()
    book.save(memory)
    unchanging(memory, FOLDER.parent / name)


def square(name: str, orders: Sequence[Order]) -> None:
    """A row for each article; American days; discounts are negative."""
    header = columns(
        "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,"
        "Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location"
    )
    rows = []
    for order in orders:
        for line, paid in zip(order.lines, shares(order), strict=True):
            off = line.listed_fen - paid
            rows.append(
                [
                    f"{order.at:%m/%d/%y}",
                    f"{order.at:%H:%M:%S}",
                    "Beijing",
                    line.article.category,
                    line.article.name,
                    f"{line.milli / 1000:.1f}",
                    "Regular",
                    line.article.sku,
                    "",
                    f"¥{line.listed_fen / 100:,.2f}",
                    f"-¥{off / 100:,.2f}" if off else "¥0.00",
                    f"¥{paid / 100:,.2f}",
                    "¥0.00",
                    f"T{order.number:020d}",
                    f"P{order.number:020d}",
                    "Register 1",
                    "",
                    "",
                    state(order, "Payment", "Payment", "Payment", "Refund"),
                    "Sample shop",
                ]
            )
    write_csv(name, header, rows, "utf-8")


def woocommerce(name: str, orders: Sequence[Order]) -> None:
    """A row for each article, the order's sums repeated."""
    header = columns(
        "Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),City (Shipping),Phone (Billing),"
        "Item #,SKU,Item Name,Product Variation,Quantity,Item Cost,Order Line Total,Discount Amount,Payment Method Title,"
        "Cart Discount Amount,Order Subtotal Amount,Order Tax Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount"
    )
    rows = []
    for order in orders:
        for at, (line, paid) in enumerate(zip(order.lines, shares(order), strict=True), 1):
            rows.append(
                [
                    str(10_000 + order.number),
                    state(order, "Completed", "On hold", "Cancelled", "Refunded"),
                    f"{order.at:%Y-%m-%d %H:%M}",
                    order.name[1:],
                    order.name[0],
                    order.place[0],
                    order.phone,
                    str(at),
                    line.article.sku,
                    line.article.name,
                    line.article.model,
                    units(line.milli),
                    yuan(line.article.price_fen),
                    yuan(paid),
                    yuan(line.listed_fen - paid),
                    {"微信": "WeChat Pay", "支付宝": "Alipay"}.get(order.pay, "Cash on delivery"),
                    yuan(order.listed_fen + order.freight_fen - order.paid_fen),
                    yuan(order.listed_fen),
                    "0",
                    yuan(order.freight_fen),
                    "0",
                    yuan(order.paid_fen),
                ]
            )
    write_csv(name, header, rows, "utf-8")


def odoo(name: str, orders: Sequence[Order]) -> None:
    """Only the first row of an order names it; ten per cent off where the order had a discount."""
    header = columns(
        "Order Reference,Order Date,Customer,Status,Total,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,"
        "Order Lines/Discount (%)"
    )
    rows = []
    for order in orders:
        share = 10 if order.off_fen else 0
        lines = [line.listed_fen - (line.listed_fen * share + 50) // 100 for line in order.lines]
        for at, line in enumerate(order.lines):
            own = [
                f"S{order.number:05d}",
                when(order),
                order.name,
                state(order, "Sales Order", "Quotation", "Cancelled", "Cancelled"),
                yuan(sum(lines)),
            ]
            rows.append(
                [
                    *named_once(own, at),
                    f"[{line.article.sku}] {line.article.name}",
                    f"{line.milli / 1000:.2f}",
                    yuan(line.article.price_fen),
                    str(share) if share else "",
                ]
            )
    write_csv(name, header, rows, "utf-8")


def erpnext(name: str, orders: Sequence[Order]) -> None:
    """Only the first row of an invoice names it."""
    header = columns(
        "ID,Customer,Customer Name,Date,Status,Currency,Total Taxes and Charges,Grand Total,Item Code (Items),"
        "Item Name (Items),Quantity (Items),Rate (Items),Amount (Items)"
    )
    rows = []
    for order in orders:
        for at, line in enumerate(order.lines):
            own = [
                f"ACC-SINV-2026-{order.number:05d}",
                order.name,
                order.name,
                f"{order.at:%Y-%m-%d}",
                state(order, "Paid", "Overdue", "Cancelled", "Return"),
                "CNY",
                "0.0",
                yuan(order.listed_fen),
            ]
            rows.append(
                [
                    *named_once(own, at),
                    line.article.sku,
                    line.article.name,
                    units(line.milli),
                    yuan(line.article.price_fen),
                    yuan(line.listed_fen),
                ]
            )
    write_csv(name, header, rows, "utf-8")


SOURCES: dict[str, tuple[Writer, int, bool]] = {
    "pdd.csv": (pdd, MAIN, False),
    "doudian.csv": (doudian, MAIN, False),
    "jd.csv": (jd, MAIN, False),
    "youzan.csv": (youzan, MAIN, False),
    "weidian.csv": (weidian, FEW, False),
    "pospal.csv": (
        register(
            "流水号,销售时间,类型,商品名称,商品条码,规格,销售数量,商品原价,商品总价,实收金额,支付方式,收银员,会员姓名,会员电话",
            _pospal,
            "gb18030",
        ),
        MAIN,
        True,
    ),
    "gjp.csv": (
        register(
            "录单日期,单据编号,单据类型,往来单位全名,经手人全名,商品编号,商品全名,规格,数量,单价,金额,折后金额,收款账户",
            _gjp,
            "gb18030",
        ),
        FEW,
        False,
    ),
    "qinsi.csv": (
        register(
            "销售单号,销售日期,单据状态,客户,客户电话,款号,商品名称,颜色,尺码,数量,单价,小计,支付方式",
            _qinsi,
            "utf-8-sig",
        ),
        FEW,
        False,
    ),
    "shouqianba.xlsx": (shouqianba, FEW, False),
    "square.csv": (square, FEW, False),
    "woocommerce.csv": (woocommerce, FEW, False),
    "odoo.csv": (odoo, FEW, False),
    "erpnext.csv": (erpnext, FEW, False),
}


def written() -> Iterator[Path]:
    """Write every sample; the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number, (name, (write, count, weighed)) in enumerate(SOURCES.items()):
        dice = random.Random(SEED + 100 + number)
        write(f"{FOLDER.name}/{name}", invent(dice, count, weighed=weighed, remote=not weighed))
        yield FOLDER / name


if __name__ == "__main__":
    for file in written():
        print(file.name, file.stat().st_size)

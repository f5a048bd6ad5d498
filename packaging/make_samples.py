"""Writes `resources/samples/`: invented orders in the formats that can be imported, the same ones every time.

Names, addresses and goods are made up; the numbers begin with 199 0000 and belong to nobody.
Run: python packaging/make_samples.py
"""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
from openpyxl.styles import Font

SEED = 20261121
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "samples"
FIRST_DAY = datetime(2026, 8, 10, 9, 0)
DAYS = 80
SURNAMES = "林陈黄周吴徐孙马朱胡郭何高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
GIVEN = "安宁晓静雅文思远明哲子涵雨桐若溪景行嘉禾清和知秋书瑶一诺亦凡南星北辰望舒"
PLACES = (
    ("上海市", "浦东新区", "样例路"),
    ("杭州市", "西湖区", "示范街"),
    ("南京市", "鼓楼区", "测试巷"),
    ("成都市", "武侯区", "模拟大道"),
    ("广州市", "天河区", "演示东路"),
    ("武汉市", "江汉区", "虚构里"),
)


@dataclass(frozen=True)
class Article:
    """One invented article; prices in 分."""

    sku: str
    barcode: str
    name: str
    model: str
    category: str
    price_fen: int
    cost_fen: int
    tax: str
    weighed: bool = False


ARTICLES = (
    Article("KX-1001", "2000000010014", "云朵电饭煲 4L", "KX-40A", "SMALL", 29900, 17200, "13%"),
    Article("KX-1002", "2000000010021", "晨光电热水壶 1.7L", "KX-17B", "SMALL", 8900, 4300, "13%"),
    Article("KX-1003", "2000000010038", "山岚空气炸锅 5L", "KX-50C", "SMALL", 36900, 21800, "13%"),
    Article("KX-1004", "2000000010045", "静音手持吸尘器", "KX-V2", "SMALL", 49900, 30500, "13%"),
    Article("SJ-2001", "2000000020013", "星屿手机 X1 128G", "X1-128", "PHONE", 199900, 168000, "13%"),
    Article("SJ-2002", "2000000020020", "星屿手机 X1 256G", "X1-256", "PHONE", 229900, 192000, "13%"),
    Article("SJ-2003", "2000000020037", "磁吸充电宝 10000mAh", "P10K", "OTHER", 12900, 6100, "13%"),
    Article("DN-3001", "2000000030012", "松间轻薄本 14", "SJ14-16", "PC", 459900, 389000, "13%"),
    Article("DN-3002", "2000000030029", "无线键鼠套装", "KM-2", "OTHER", 15900, 7800, "13%"),
    Article("FS-4001", "2000000040011", "亚麻衬衫 白 M", "LS-W-M", "CLOTH", 16900, 5600, "13%"),
    Article("FS-4002", "2000000040028", "亚麻衬衫 白 L", "LS-W-L", "CLOTH", 16900, 5600, "13%"),
    Article("FS-4003", "2000000040035", "轻羽跑鞋 42码", "RS-42", "SHOE", 32900, 14100, "13%"),
    Article("SP-5001", "2000000050010", "手工桂花糕 500g", "", "FOOD", 3980, 1850, "13%"),
    Article("SP-5002", "2000000050027", "散装核桃仁", "", "FOOD", 6800, 4100, "9%", weighed=True),
    Article("SP-5003", "2000000050034", "冰糖心苹果", "", "FRESH", 1280, 690, "9%", weighed=True),
    Article("MZ-6001", "2000000060019", "山茶润手霜 50ml", "", "COSM", 5900, 1700, "13%"),
    Article("TS-7001", "2000000070018", "纸上园林(画册)", "", "BOOK", 12800, 7200, "9%"),
    Article("JJ-8001", "2000000080017", "榉木小圆桌", "T-60", "FURN", 89900, 52000, "13%"),
)


@dataclass(frozen=True)
class Line:
    """What was bought of one article, in thousandths of a unit."""

    article: Article
    milli: int
    off_fen: int = 0

    @property
    def listed_fen(self) -> int:
        return (self.article.price_fen * self.milli + 500) // 1000

    @property
    def paid_fen(self) -> int:
        return self.listed_fen - self.off_fen


@dataclass(frozen=True)
class Order:
    """One invented purchase."""

    number: int
    at: datetime
    lines: tuple[Line, ...]
    off_fen: int
    freight_fen: int
    name: str
    phone: str
    place: tuple[str, str, str]
    house: int
    pay: str

    @property
    def listed_fen(self) -> int:
        return sum(line.listed_fen for line in self.lines)

    @property
    def goods_fen(self) -> int:
        return sum(line.paid_fen for line in self.lines)

    @property
    def paid_fen(self) -> int:
        return self.goods_fen - self.off_fen + self.freight_fen


def yuan(fen: int) -> str:
    """分 as a plain decimal."""
    return f"{fen // 100}.{fen % 100:02d}"


def columns(names: str) -> list[str]:
    """A header written on one line."""
    return next(csv.reader([names]))


def units(milli: int) -> str:
    """Thousandths as a plain decimal without idle zeros."""
    return f"{milli / 1000:.3f}".rstrip("0").rstrip(".")


def invent(dice: random.Random, count: int, *, weighed: bool, remote: bool) -> list[Order]:
    """So many orders in the order of time."""
    goods = [article for article in ARTICLES if weighed or not article.weighed]
    moments = sorted(
        FIRST_DAY + timedelta(days=dice.randrange(DAYS), minutes=dice.randrange(12 * 60))
        for _ in range(count)
    )
    orders = []
    for n, at in enumerate(moments):
        chosen = dice.sample(goods, dice.choice((1, 1, 1, 2, 2, 3, 4)))
        lines = tuple(
            Line(
                article,
                dice.randrange(180, 2600) if article.weighed else 1000 * dice.choice((1, 1, 1, 1, 2, 3)),
                dice.choice((0, 0, 0, 100, 500)) if article.price_fen > 5000 else 0,
            )
            for article in chosen
        )
        goods_fen = sum(line.paid_fen for line in lines)
        off = dice.choice((0, 0, 0, goods_fen // 20, 1000, 333)) if goods_fen > 8000 else 0
        orders.append(
            Order(
                n + 1,
                at,
                lines,
                off,
                dice.choice((0, 0, 800, 1200)) if remote else 0,
                dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2)))),
                f"1990000{dice.randrange(10_000):04d}",
                dice.choice(PLACES),
                dice.randrange(1, 300),
                dice.choice(("微信", "支付宝", "现金", "银行卡")),
            )
        )
    return orders


def write_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[str]], encoding: str) -> None:
    """A CSV file as the source program writes it."""
    with (FOLDER / name).open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


def shopify(dice: random.Random) -> None:
    """Several rows per order; what concerns the order only in the first."""
    header = columns(
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,"
        "Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,"
        "Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,"
        "Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing City,Billing Zip,"
        "Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping City,"
        "Shipping Province,Shipping Phone,Notes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,"
        "Vendor,Id,Tags,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Phone,Receipt Number"
    )
    rows = []
    for order in invent(dice, 240, weighed=False, remote=True):
        status = dice.choices(("paid", "partially_refunded", "refunded", "pending"), (92, 4, 2, 2))[0]
        paid = yuan(order.paid_fen)
        refunded = {"refunded": order.paid_fen, "partially_refunded": min(1500, order.paid_fen // 2)}.get(
            status, 0
        )
        in_shop = dice.random() < 0.15
        city, district, street = order.place
        stamp = f"{order.at:%Y-%m-%d %H:%M:%S} +0800"
        sent = (
            ""
            if in_shop or status == "pending"
            else f"{order.at + timedelta(days=1):%Y-%m-%d %H:%M:%S} +0800"
        )
        for n, line in enumerate(order.lines):
            cells = dict.fromkeys(header, "")
            cells["Name"] = f"#{5000 + order.number}"
            if n == 0:
                cells |= {
                    "Email": f"customer{order.number}@example.com",
                    "Financial Status": status,
                    "Paid at": "" if status == "pending" else stamp,
                    "Fulfillment Status": "fulfilled" if sent else "unfulfilled",
                    "Fulfilled at": sent,
                    "Accepts Marketing": "no",
                    "Currency": "CNY",
                    "Subtotal": yuan(order.goods_fen - order.off_fen),
                    "Shipping": yuan(order.freight_fen),
                    "Taxes": "0.00",
                    "Total": paid,
                    "Discount Code": "AUTUMN" if order.off_fen else "",
                    "Discount Amount": yuan(order.off_fen),
                    "Billing Name": order.name,
                    "Billing City": city,
                    "Billing Phone": order.phone,
                    "Shipping Name": order.name,
                    "Shipping Street": f"{district}{street}{order.house}号",
                    "Shipping City": city,
                    "Shipping Phone": order.phone,
                    "Payment Method": "Cash" if in_shop else "Alipay",
                    "Payment Reference": "" if in_shop else f"c{dice.randrange(10**12):012d}",
                    "Refunded Amount": yuan(refunded),
                    "Id": str(6_000_000_000_000 + order.number),
                    "Source": "pos" if in_shop else "web",
                    "Receipt Number": f"1-{order.number:04d}" if in_shop else "",
                    "Phone": f"'+86{order.phone}",
                }
            cells |= {
                "Created at": stamp,
                "Lineitem quantity": units(line.milli),
                "Lineitem name": line.article.name,
                "Lineitem price": yuan(line.article.price_fen),
                "Lineitem sku": line.article.sku,
                "Lineitem requires shipping": "true",
                "Lineitem taxable": "true",
                "Lineitem fulfillment status": "fulfilled" if sent else "pending",
                "Lineitem discount": yuan(line.off_fen),
                "Vendor": "样例小店",
            }
            rows.append([cells[name] for name in header])
    write_csv("shopify_orders.csv", header, rows, "utf-8")


def taobao(dice: random.Random) -> None:
    """The order list in GBK, totals only, and the item list that has the lines of most orders."""
    header = columns(
        "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,买家留言,收货人姓名,收货地址,"
        "运送方式,联系电话,联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝种类,物流单号,物流公司,订单备注,"
        "宝贝总数量,店铺名称,确认收货时间,退款金额,支付单号"
    )
    orders, items = [], []
    for order in invent(dice, 230, weighed=False, remote=True):
        number = f"{3_900_000_000_000_000_000 + order.number * 7_919_000_017}"
        status = dice.choices(
            ("交易成功", "卖家已发货,等待买家确认", "交易关闭", "等待买家付款"), (80, 15, 3, 2)
        )[0]
        city, district, street = order.place
        done = f"{order.at + timedelta(days=4):%Y-%m-%d %H:%M:%S}" if status == "交易成功" else ""
        cells = {
            "订单编号": f'="{number}"',
            "买家会员名": f"买家{order.number:03d}",
            "买家应付货款": yuan(order.goods_fen - order.off_fen),
            "买家应付邮费": yuan(order.freight_fen),
            "总金额": yuan(order.paid_fen),
            "买家实际支付金额": yuan(order.paid_fen),
            "订单状态": status,
            "收货人姓名": order.name,
            "收货地址": f"{city} {district} {street}{order.house}号",
            "运送方式": "快递",
            "联系手机": f"'{order.phone}",
            "订单创建时间": f"{order.at:%Y-%m-%d %H:%M:%S}",
            "订单付款时间": f"{order.at + timedelta(minutes=3):%Y-%m-%d %H:%M:%S}",
            "宝贝标题": ",".join(line.article.name for line in order.lines),
            "宝贝种类": str(len(order.lines)),
            "宝贝总数量": str(sum(line.milli for line in order.lines) // 1000),
            "店铺名称": "样例小店",
            "确认收货时间": done,
            "退款金额": "0.00",
            "支付单号": f"2026{dice.randrange(10**16):016d}",
            "物流单号": f"No:YL{dice.randrange(10**10):010d}",
            "物流公司": "样例快递",
        }
        orders.append([cells.get(name, "") for name in header])
        if order.number % 6:
            for line in order.lines:
                name, price = line.article.name, line.article.price_fen
                items.append(
                    [f'="{number}"', name, yuan(price), units(line.milli), line.article.sku, "", status]
                )
    write_csv("taobao_orders.csv", header, orders, "gbk")
    write_csv(
        "taobao_items.csv", columns("订单编号,标题,价格,购买数量,商家编码,商品属性,订单状态"), items, "gbk"
    )


TILL = "小票号,日期,商品名称,商品编码,条码,数量,单价,行优惠,订单实付,付款方式,姓名,手机,税率,成本价,序列号"


def till_rows(dice: random.Random, count: int, letter: str) -> list[list[str]]:
    """What a till writes: one row per line, the order's figures repeated."""
    rows = []
    for order in invent(dice, count, weighed=True, remote=False):
        for line in order.lines:
            serial = f"SN{dice.randrange(10**10):010d}" if line.article.category in ("PHONE", "PC") else ""
            known = order.number % 3 == 0
            rows.append(
                [
                    f"{letter}{order.at:%y%m%d}{order.number:04d}",
                    f"{order.at:%Y-%m-%d}",
                    line.article.name,
                    line.article.sku,
                    line.article.barcode,
                    units(line.milli),
                    yuan(line.article.price_fen),
                    yuan(line.off_fen),
                    yuan(order.paid_fen),
                    order.pay,
                    order.name if known else "",
                    order.phone if known else "",
                    line.article.tax,
                    yuan(line.article.cost_fen),
                    serial,
                ]
            )
    return rows


def plain_csv(dice: random.Random) -> None:
    """The first till, as CSV."""
    write_csv("plain_orders.csv", columns(TILL), till_rows(dice, 260, "A"), "utf-8-sig")


def plain_xlsx(dice: random.Random) -> None:
    """The second till, as a workbook with real days and numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "销售明细"
    sheet.append(columns(TILL))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in till_rows(dice, 220, "B"):
        day = datetime.fromisoformat(row[1]).date()
        sheet.append([row[0], day, *row[2:5], *map(float, row[5:9]), *row[9:13], float(row[13]), row[14]])
    memory = io.BytesIO()
    book.save(memory)
    unchanging(memory, FOLDER / "plain_orders.xlsx")


def unchanging(book: io.BytesIO, file: Path) -> None:
    """Write a workbook without the moment it was made, so that the same orders give the same bytes."""
    stamp = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
    with zipfile.ZipFile(book) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            content = stamp.sub(rb"\g<1>2026-08-10T00:00:00Z", made.read(part))
            info = zipfile.ZipInfo(part.filename, (2026, 8, 10, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, content)


def products(dice: random.Random) -> None:
    """The articles with prices and stock on hand."""
    header = columns("商品编码,条码,商品名称,型号,类别,售价,成本价,税率,称重,库存")
    rows = [
        [
            one.sku,
            one.barcode,
            one.name,
            one.model,
            one.category,
            yuan(one.price_fen),
            yuan(one.cost_fen),
            one.tax,
            "是" if one.weighed else "",
            units(dice.randrange(2000, 30_000)) if one.weighed else str(dice.randrange(3, 60)),
        ]
        for one in ARTICLES
    ]
    write_csv("products.csv", header, rows, "utf-8-sig")


def main() -> None:
    """Write every sample."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number, write in enumerate((shopify, taobao, plain_csv, plain_xlsx, products)):
        write(random.Random(SEED + number))
    for file in sorted(FOLDER.iterdir()):
        print(file.name, file.stat().st_size)


if __name__ == "__main__":
    main()

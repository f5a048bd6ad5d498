"""Order lists of registers, platforms and other programs: each read as its description says, its money summed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import import_files as files
import pytest

from counter_app import resources
from counter_app.archive.imports import formats, sources
from counter_app.archive.imports.orders import ReadOrder
from counter_app.db.models import Sale, SaleIdentity, SaleLine, SaleTender
from counter_app.domain.errors import UserError
from counter_app.services import imports, sales
from counter_app.services.desk import Desk

SAMPLES = resources.path("samples", "sources")


def _file(folder: Path, source: str, rows: Sequence[Mapping[str, str]]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return files.csv_file(folder, f"{source}.csv", ",".join(names), rows)


def _taken(desk: Desk, folder: Path, source: str, rows: Sequence[Mapping[str, str]]) -> Mapping[str, int]:
    done = imports.run_import(desk, _file(folder, source, rows)).value
    assert (done.kind, done.faults) == (source, ())
    return done.counts


def _money(number: str) -> tuple[int, int, int, int]:
    """Goods, discount, freight and paid of one sale, 分."""
    row: Any = Sale.get(Sale.order_no == number)
    return row.goods_fen, row.discount_fen, row.freight_fen, row.paid_fen


def _lines(number: str) -> list[tuple[str, str, int, int]]:
    rows: Any = SaleLine.select().join(Sale).where(Sale.order_no == number).order_by(SaleLine.line_no)
    return [(row.name, row.sku, row.quantity_milli, row.paid_fen) for row in rows]


@pytest.mark.parametrize("name", sorted(sources.known()))
def test_every_source_is_described_and_has_a_sample_that_is_taken_in_whole_and_never_twice(
    desk: Desk, name: str
) -> None:
    sample, *_ = *SAMPLES.glob(f"{name}.*"), *SAMPLES.parent.glob(f"{name}_orders.*")
    first = imports.run_import(desk, sample).value
    assert (first.kind, first.faults) == (name, ())
    passed = first.counts["passed"]
    orders = first.counts["new"] + passed
    many = {"shopify": 240, **dict.fromkeys(("pdd", "doudian", "jd", "youzan", "pospal"), 210)}
    assert orders == many.get(name, 40)
    assert 0 < passed <= orders // 5
    assert {row.source for row in Sale.select()} == {name}
    unequal = desk.db.execute_sql(
        "SELECT COUNT(*) FROM sale s WHERE s.paid_fen <> s.freight_fen + (SELECT SUM(paid_fen) FROM sale_line "
        "WHERE sale_id = s.id) OR s.paid_fen <> (SELECT SUM(paid_fen) FROM sale_tender WHERE sale_id = s.id)"
    ).fetchone()
    assert unequal == (0,)
    again = imports.run_import(desk, sample).value
    assert again.counts == {
        "known": first.counts["new"],
        **{k: v for k, v in first.counts.items() if "pass" in k},
    }


def test_pinduoduo_counts_what_the_buyer_paid(desk: Desk, tmp_path: Path) -> None:
    row = {
        "订单号": "261101-1",
        "商品": "云朵电饭煲",
        "订单状态": "已收货",
        "商品总价(元)": "598",
        "邮费(元)": "6",
        "店铺优惠折扣(元)": "20",
        "平台优惠折扣(元)": "5",
        "用户实付金额(元)": "579",
        "商家实收金额(元)": "584",
        "商品数量(件)": "2",
        "支付时间": "\t2026-11-01 10:00:00",
        "商家编码-规格维度": "KX-1",
        "售后状态": "无售后或售后取消",
    }
    gone = {**row, "订单号": "261101-2", "售后状态": "退款成功"}
    unpaid = {**row, "订单号": "261101-3", "订单状态": "待付款"}
    counts = _taken(desk, tmp_path, "pdd", [row, gone, unpaid])
    assert counts == {"new": 1, "passed": 2, "passed.refunded": 1, "passed.unpaid": 1}
    assert _money("261101-1") == (59800, 2500, 600, 57900)
    assert _lines("261101-1") == [("云朵电饭煲", "KX-1", 2000, 57300)]
    assert SaleTender.get().tender == "platform"


def test_douyin_keeps_the_lines_that_were_not_refunded(desk: Desk, tmp_path: Path) -> None:
    row = {
        "主订单编号": "\t6901",
        "子订单编号": "\t69010",
        "选购商品": "\t亚麻衬衫",
        "商品规格": "白 M",
        "商品数量": "1",
        "商家编码": "FS-1",
        "商品单价": "169.00",
        "订单应付金额": "150.00",
        "运费": "8.00",
        "支付方式": "抖音支付",
        "支付完成时间": "2026-11-01 10:00:00",
        "订单状态": "已完成",
        "售后状态": "-",
    }
    second = {
        **row,
        "选购商品": "围巾",
        "商家编码": "FS-2",
        "订单应付金额": "39.00",
        "商品单价": "39.00",
        "运费": "0",
    }
    back = {**second, "选购商品": "帽子", "售后状态": "退款成功"}
    assert _taken(desk, tmp_path, "doudian", [row, second, back]) == {"new": 1}
    assert _money("6901") == (20800, 1900, 800, 19700)
    assert _lines("6901") == [("亚麻衬衫", "FS-1", 1000, 15000), ("围巾", "FS-2", 1000, 3900)]


def test_jd_adds_the_balance_to_what_was_due(desk: Desk, tmp_path: Path) -> None:
    row = {
        "订单号": '="2801"',
        "商品名称": "空气炸锅",
        "货号": "KX-3",
        "订购数量": "1",
        "京东价": "369.00",
        "订单金额": "458.00",
        "余额支付": "5.00",
        "应付金额": "443.00",
        "运费金额": "10.00",
        "订单状态": "完成",
        "下单时间": "2026-11-01 10:00:00",
        "客户姓名": "样例",
        "客户地址": "上海市",
        "联系电话": "19900001234",
    }
    assert _taken(
        desk, tmp_path, "jd", [row, {**row, "商品名称": "电热水壶", "货号": "KX-2", "京东价": "89.00"}]
    )
    # 369 + 89 + 10 freight, of which 443 + 5 were paid: 20 off, shared 369 : 89.
    assert _money("2801") == (45800, 2000, 1000, 44800)
    assert _lines("2801") == [("空气炸锅", "KX-3", 1000, 35289), ("电热水壶", "KX-2", 1000, 8511)]


def test_youzan_orders_of_several_kinds_are_one_line_until_they_are_split(desk: Desk, tmp_path: Path) -> None:
    row = {
        "订单号": "E1",
        "订单状态": "交易完成",
        "买家付款时间": "2026-11-01 10:00:00",
        "全部商品名称": "锅(1件);壶(2件)",
        "商品种类数": "2",
        "订单商品总件数": "3",
        "商品金额合计": "300.00",
        "运费": "0.00",
        "订单实付金额": "280.00",
        "付款方式": "微信支付",
    }
    part = {**row, "订单号": "E2", "商品种类数": "1", "全部商品名称": "锅", "订单已退款金额": "80.00"}
    assert _taken(desk, tmp_path, "youzan", [row | {"订单已退款金额": "0"}, part])
    assert _money("E1") == (30000, 2000, 0, 28000)
    assert [(line.indivisible, line.quantity_milli) for line in SaleLine.select()] == [(1, 1000), (0, 3000)]
    assert _money("E2") == (30000, 10000, 0, 20000), "what was refunded before is no longer paid"
    assert {row.tender for row in SaleTender.select()} == {"wechat"}


def test_a_register_writes_a_row_for_each_article_and_one_of_totals(desk: Desk, tmp_path: Path) -> None:
    row = {
        "流水号": "202611010001",
        "日期": "2026-11-01 10:00:00",
        "类型": "销售",
        "商品名称": "散装糖",
        "商品条码": "2000000000017",
        "销售数量": "0.5",
        "商品原价": "30.00",
        "商品总价": "15.00",
        "实收金额": "12.00",
        "支付方式": "现金",
        "收银员": "1001",
    }
    other = {**row, "商品名称": "锅", "销售数量": "1", "商品原价": "100", "商品总价": "100", "实收金额": "88"}
    total = {"流水号": "合计", "实收金额": "100"}
    back = {**other, "流水号": "202611010002", "类型": "退货", "销售数量": "-1", "实收金额": "-88"}
    done = imports.run_import(
        desk, _file(tmp_path, "pospal", [{**row, "销售数量": "1"}, other, back, total])
    ).value
    assert (done.counts, done.faults) == ({"new": 1, "passed": 1, "passed.refunded": 1}, ())
    assert _money("202611010001") == (11500, 1500, 0, 10000)
    assert (Sale.get().channel, Sale.get().proof, SaleTender.get().tender) == ("store", "receipt", "cash")


def test_grasp_writes_thousands_with_a_comma(desk: Desk, tmp_path: Path) -> None:
    row = {
        "单据日期": "2026-11-01",
        "单据编号": "XS-1",
        "单据类型": "零售单",
        "商品编号": "SJ-1",
        "商品全名": "星屿手机",
        "数量": "2",
        "单价": "1999.00",
        "折前金额": "3,998.00",
        "折后金额": "3,900.00",
    }
    text = files.text_of(",".join(row), [row, {**row, "单据编号": "XS-2", "单据类型": "销售退货单"}])
    file = tmp_path / "gjp.csv"
    file.write_bytes(text.encode("gb18030"))
    assert imports.run_import(desk, file).value.counts == {"new": 1, "passed": 1, "passed.refunded": 1}
    assert _money("XS-1") == (399800, 9800, 0, 390000)


def test_qinsilk_puts_colour_and_size_together(desk: Desk, tmp_path: Path) -> None:
    row = {
        "销售单号": "X1",
        "销售日期": "2026/11/01",
        "款号": "A-1",
        "商品名称": "衬衫",
        "颜色": "白",
        "尺码": "M",
        "数量": "2",
        "单价": "169",
        "小计": "￥300.00",
    }
    assert _taken(desk, tmp_path, "qinsi", [row]) == {"new": 1}
    assert (SaleLine.get().model, _money("X1")) == ("白 M", (33800, 3800, 0, 30000))


def test_a_payment_without_goods_is_one_line_of_its_amount(desk: Desk, tmp_path: Path) -> None:
    row = {
        "收钱吧订单号": "78942",
        "商户订单号": "M1",
        "交易时间": "2026-11-01 10:00:00",
        "交易类型": "付款",
        "交易状态": "成功",
        "支付方式": "支付宝",
        "交易金额": "88.80",
    }
    rows = [row, {**row, "收钱吧订单号": "78943", "交易类型": "退款"}]
    assert _taken(desk, tmp_path, "shouqianba", rows) == {"new": 1, "passed": 1, "passed.refunded": 1}
    assert _lines("78942") == [("收钱吧收款", "", 1000, 8880)]
    assert (SaleLine.get().indivisible, SaleTender.get().tender, Sale.get().proof) == (1, "alipay", "receipt")


def test_weidian_repeats_the_sums_of_an_order(desk: Desk, tmp_path: Path) -> None:
    row = {
        "订单编号": "801",
        "订单状态": "已完成",
        "下单时间": "2026-11-01 10:00:00",
        "商品名称": "锅",
        "商品型号": "大",
        "商品数量": "1",
        "商品单价": "100",
        "运费": "10",
        "订单实付": "150",
    }
    assert _taken(desk, tmp_path, "weidian", [row, {**row, "商品名称": "壶", "商品单价": "50"}]) == {"new": 1}
    assert _money("801") == (15000, 1000, 1000, 15000)
    differs = imports.run_import(
        desk,
        _file(
            tmp_path, "weidian", [{**row, "订单编号": "802"}, {**row, "订单编号": "802", "订单实付": "140"}]
        ),
    ).value
    assert [fault.reason.code for fault in differs.faults] == ["import.order.differs"]


WEIDIAN = {
    "订单编号": "80",
    "订单状态": "已完成",
    "支付时间": "2026-11-01 10:00:00",
    "商品名称": "农夫核桃卷(1);锅(2)",
    "商品型号": "大;小",
    "型号编码": "A;B",
    "商品件数": "1;2",
    "商品金额合计": "160",
    "实付金额": "150",
    "退款状态": "",
    "收货人/提货人姓名": "样例",
    "收货人/提货人手机号": "19900001234",
    "省": "上海市",
    "市": "上海市",
    "区": "静安区",
}


def test_weidian_puts_the_articles_of_an_order_into_one_cell(desk: Desk, tmp_path: Path) -> None:
    single = {
        **WEIDIAN,
        "订单编号": "81",
        "商品名称": "锅",
        "商品型号": "大;红",
        "型号编码": "B",
        "商品件数": "2",
    }
    assert _taken(desk, tmp_path, "weidian", [WEIDIAN, single]) == {"new": 2}
    assert _money("80") == _money("81") == (16000, 1000, 0, 15000)
    assert [(one.indivisible, one.quantity_milli, one.sku) for one in SaleLine.select()] == [
        (1, 1000, ""),
        (0, 2000, "B"),
    ]


def test_an_order_whose_total_is_left_blank_is_not_free_of_charge(desk: Desk, tmp_path: Path) -> None:
    done = imports.run_import(desk, _file(tmp_path, "weidian", [{**WEIDIAN, "实付金额": ""}])).value
    assert [(fault.column, fault.reason.code) for fault in done.faults] == [("实付金额", "money.empty")]
    assert Sale.select().count() == 0


def test_slips_of_a_register_without_goods_are_one_line_each(desk: Desk, tmp_path: Path) -> None:
    row = {
        "流水号": "202611010003",
        "日期": "2026-11-01 10:00:00",
        "类型": "销售",
        "收银员": "1001",
        "会员": "",
        "商品数量": "3",
        "商品原价": "120.00",
        "实收金额": "100.00",
        "折让金额": "20.00",
        "利润": "10.00",
    }
    total = {"流水号": "总计", "实收金额": "100"}
    assert _taken(desk, tmp_path, "pospal", [row, total]) == {"new": 1}
    assert _money("202611010003") == (12000, 2000, 0, 10000)
    assert _lines("202611010003") == [("银豹小票", "", 1000, 10000)]


def test_details_of_a_registers_slips_say_their_price_for_one_piece(desk: Desk, tmp_path: Path) -> None:
    row = {
        "流水号": "202611010004",
        "时间": "2026-11-01 10:00:00",
        "类型": "销售",
        "商品信息": "锅",
        "商品条码": "2000000000017",
        "商品数量": "3",
        "商品单价": "40.00",
        "商品原价": "120.00",
        "实收金额": "100.00",
        "折让金额": "20.00",
    }
    assert _taken(desk, tmp_path, "pospal", [row]) == {"new": 1}
    assert _money("202611010004") == (12000, 2000, 0, 10000)
    nameless = imports.run_import(
        desk, _file(tmp_path, "pospal", [{**row, "流水号": "202611010005", "商品信息": ""}])
    ).value
    assert [(fault.column, fault.reason.code) for fault in nameless.faults] == [
        ("商品信息", "import.line.no_name")
    ]


def test_a_table_of_bills_counts_what_was_paid_with_tax_and_passes_purchases_over(
    desk: Desk, tmp_path: Path
) -> None:
    row = {
        "录单日期": "2026-11-01",
        "单据编号": "XS-9",
        "单据类型": "批发销售单",
        "往来单位全名": "样例客户",
        "商品编号": "SJ-1",
        "商品全名": "星屿手机",
        "数量": "2",
        "单价": "100",
        "金额": "200",
        "折后金额": "180",
        "含税金额": "203.40",
        "优惠": "3.40",
    }
    gift = {
        **row,
        "商品编号": "SJ-2",
        "商品全名": "贴膜",
        **dict.fromkeys(("单价", "金额", "折后金额", "含税金额"), ""),
    }
    bought = {**row, "单据编号": "JH-1", "单据类型": "进货单"}
    unsaid = {**row, "单据编号": "XS-10", **dict.fromkeys(("金额", "折后金额", "含税金额", "优惠"), "")}
    counts = _taken(desk, tmp_path, "gjp", [row, gift, bought, unsaid])
    assert counts == {"new": 2, "passed": 1, "passed.cancelled": 1}
    assert _money("XS-9") == (20340, 340, 0, 20000)
    assert _money("XS-10") == (20000, 0, 0, 20000), "an amount left blank is not a gift: the price counts"


def test_shopify_counts_only_discounts_it_names_and_needs_the_first_row_of_an_order(
    desk: Desk, tmp_path: Path
) -> None:
    row = {
        "Name": "#1",
        "Total": "100.00",
        "Source": "pos",
        "Receipt Number": "R-7",
    }
    nameless = {"Name": "#2", "Lineitem quantity": "1", "Lineitem name": "壶", "Lineitem price": "10"}
    unexplained = {"Name": "#3", "Total": "250.00"}
    blank = {"Name": "#4", "Total": "299.00", "Lineitem quantity": ""}
    file = files.shopify(tmp_path, {**row, "Discount Amount": "199.00"}, nameless, unexplained, blank)
    done = imports.run_import(desk, file).value
    assert (done.kind, done.counts["new"]) == ("shopify", 1)
    assert [(fault.order_no, fault.column, fault.reason.code) for fault in done.faults] == [
        ("#2", "Name", "import.order.no_first_row"),
        ("#3", "Total", "import.order.total"),
        ("#4", "Lineitem quantity", "quantity.empty"),
    ]
    sale: Any = Sale.get()
    assert (sale.proof, sale.proof_ref, sale.channel, sale.discount_fen) == ("receipt", "R-7", "store", 19900)


SQUARE = {
    "Date": "11/03/26",
    "Item": "Latte",
    "Qty": "2.0",
    "Price Point Name": "Large",
    "Gross Sales": "$1,010.00",
    "Discounts": "($10.00)",
    "Net Sales": "$1,000.00",
    "Tax": "$60.00",
    "Transaction ID": "T1",
    "Event Type": "Payment",
}


def test_square_has_american_days_dollars_and_tax_on_top(desk: Desk, tmp_path: Path) -> None:
    head = formats.open_file(_file(tmp_path, "square", [SQUARE, {**SQUARE, "Item": "Tea", "Tax": "$0.00"}]))
    (order,) = formats.orders(head, (), ZoneInfo(desk.shop.time_zone), "USD")
    assert isinstance(order, ReadOrder)
    sale = order.sale
    assert sale.purchased_on.isoformat() == "2026-11-03"
    assert [(line.list_fen, line.discount_fen) for line in sale.lines] == [(104000, 1000), (104000, 1000)]
    assert sum(tender.paid_fen for tender in sale.tenders) == 206000


def test_dollars_are_no_amount_for_a_shop_that_counts_in_yuan(desk: Desk, tmp_path: Path) -> None:
    done = imports.run_import(desk, _file(tmp_path, "square", [SQUARE])).value
    assert {fault.reason.code for fault in done.faults} == {"import.cell.money"}
    assert Sale.select().count() == 0


def test_woocommerce_adds_tax_that_its_prices_leave_out(desk: Desk, tmp_path: Path) -> None:
    row = {
        "Order Number": "10001",
        "Order Status": "Completed",
        "Order Date": "2026-11-01 10:00",
        "First Name (Billing)": "四",
        "Last Name (Billing)": "李",
        "SKU": "A",
        "Item Name": "Pot",
        "Quantity": "1",
        "Item Cost": "100.00",
        "Order Tax Amount": "13.00",
        "Order Shipping Amount": "5.00",
        "Order Refund Amount": "0",
        "Order Total Amount": "118.00",
        "Payment Method Title": "Alipay",
    }
    assert _taken(desk, tmp_path, "woocommerce", [row]) == {"new": 1}
    assert _money("10001") == (11300, 0, 500, 11800)
    assert sales.sale(desk, Sale.get().id).customer_masked.startswith("李")


def test_odoo_names_an_order_once_and_takes_per_cent_off(desk: Desk, tmp_path: Path) -> None:
    first = {
        "Order Reference": "S1",
        "Order Date": "2026-11-01 10:00:00",
        "Customer": "样例",
        "Status": "Sales Order",
        "Total": "290.00",
        "Order Lines/Product": "[KX-1] 电饭煲",
        "Order Lines/Quantity": "1.00",
        "Order Lines/Unit Price": "200.00",
        "Order Lines/Discount (%)": "5",
    }
    second = {
        "Order Lines/Product": "壶",
        "Order Lines/Quantity": "1.00",
        "Order Lines/Unit Price": "100.00",
    }
    assert _taken(desk, tmp_path, "odoo", [first, second]) == {"new": 1}
    assert _lines("S1") == [("电饭煲", "KX-1", 1000, 19000), ("壶", "", 1000, 10000)]


def test_erpnext_passes_returns_over(desk: Desk, tmp_path: Path) -> None:
    row = {
        "ID": "ACC-1",
        "Customer Name": "样例",
        "Date": "2026-11-01",
        "Status": "Paid",
        "Currency": "CNY",
        "Grand Total": "300.0",
        "Item Code (Items)": "KX-1",
        "Item Name (Items)": "锅",
        "Quantity (Items)": "1.0",
        "Rate (Items)": "200.0",
    }
    more = {
        "Item Code (Items)": "KX-2",
        "Item Name (Items)": "壶",
        "Quantity (Items)": "2",
        "Rate (Items)": "50",
    }
    back = {**row, "ID": "ACC-2", "Status": "Return", "Quantity (Items)": "-1"}
    assert _taken(desk, tmp_path, "erpnext", [row, more, back]) == {
        "new": 1,
        "passed": 1,
        "passed.refunded": 1,
    }
    assert _money("ACC-1") == (30000, 0, 0, 30000)
    assert Sale.get().invoice_no == "ACC-1"


def test_two_sources_may_use_the_same_order_number(desk: Desk, tmp_path: Path) -> None:
    row = {
        "订单编号": "1001",
        "下单时间": "2026-11-01",
        "商品名称": "锅",
        "商品型号": "大",
        "商品数量": "1",
        "商品单价": "10",
    }
    assert _taken(desk, tmp_path, "weidian", [{**row, "订单实付": "10"}]) == {"new": 1}
    odoo = {
        "Order Reference": "1001",
        "Order Date": "2026-11-01",
        "Order Lines/Product": "锅",
        "Order Lines/Quantity": "1",
        "Order Lines/Unit Price": "10",
    }
    assert _taken(desk, tmp_path, "odoo", [odoo]) == {"new": 1}
    assert [(one.source, one.order_no) for one in SaleIdentity.select()] == [
        ("weidian", "1001"),
        ("odoo", "1001"),
    ]


def test_an_order_whose_lines_come_to_less_than_was_paid_is_told_and_left_out(
    desk: Desk, tmp_path: Path
) -> None:
    row = {
        "订单编号": "1",
        "下单时间": "2026-11-01",
        "商品名称": "锅",
        "商品型号": "大",
        "商品数量": "1",
        "商品单价": "10",
        "订单实付": "11",
    }
    done = imports.run_import(desk, _file(tmp_path, "weidian", [row])).value
    assert [(fault.row, fault.column, fault.reason.code) for fault in done.faults] == [
        (2, "订单实付", "import.order.total")
    ]


def test_a_description_that_lacks_what_every_order_needs_is_refused() -> None:
    whole = sources.known()["pdd"]
    for broken in (
        replace(whole, columns={"order_no": ("订单号",)}),
        replace(whole, columns={**whole.columns, "colour": ("x",)}),
        replace(whole, marks=()),
        replace(whole, states=(("x", "lost"),)),
        replace(whole, day_order="ydm"),
    ):
        with pytest.raises(UserError) as caught:
            sources.check(broken)
        assert caught.value.code == "import.source.file"
    sources.check(whole)


def test_every_source_says_where_it_was_learned_in_both_languages_its_name() -> None:
    for one in sources.known().values():
        assert one.learned["from"], one.id
        assert one.learned["sure"], one.id
        assert one.name("zh"), one.id
        assert one.name("en"), one.id
        assert sources.recognised([column for marks in one.marks[:1] for column in marks]) == one.id

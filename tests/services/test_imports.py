"""Importing orders: what each format says, nothing twice, nothing silently changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import import_files as files
import pytest
from racing import start, together

from counter_app import resources
from counter_app.db.models import ImportBatch, Person, Sale, SaleIdentity
from counter_app.domain.errors import Cancelled, UserError
from counter_app.services import imports, lookup, products, sales
from counter_app.services.desk import Desk

SAMPLES = resources.path("samples")


def _counts(desk: Desk, *given: Path, **more: Any) -> dict[str, int]:
    return dict(imports.run_import(desk, list(given), **more).value.counts)


def _only_sale(desk: Desk) -> Any:
    row = Sale.get()
    assert Sale.select().count() == 1
    return sales.sale(desk, row.id)


@pytest.mark.parametrize(
    ("names", "kind", "orders"),
    [
        (("shopify_orders.csv",), "shopify", 223),
        (("taobao_orders.csv",), "taobao", 217),
        (("taobao_orders.csv", "taobao_items.csv"), "taobao", 217),
        (("plain_orders.csv",), "sheet", 260),
        (("plain_orders.xlsx",), "sheet", 220),
    ],
)
def test_every_sample_is_recognised_taken_in_whole_and_never_twice(
    desk: Desk, names: tuple[str, ...], kind: str, orders: int
) -> None:
    given = [SAMPLES / name for name in names]
    seen = imports.preview(desk, given)
    assert (seen.kind, seen.counts["new"], seen.faults) == (kind, orders, ())
    assert Sale.select().count() == 0, "a preview writes nothing"
    first = _counts(desk, *given)
    assert first["new"] == orders
    again = _counts(desk, *given)
    assert again["known"] == orders
    assert "new" not in again
    assert "changed" not in again
    wrong = desk.db.execute_sql(
        "SELECT COUNT(*) FROM sale s WHERE s.paid_fen <> s.freight_fen + (SELECT SUM(paid_fen) FROM sale_line "
        "WHERE sale_id = s.id) OR s.paid_fen <> (SELECT SUM(paid_fen) FROM sale_tender WHERE sale_id = s.id)"
    ).fetchone()
    assert wrong == (0,)


def test_articles_come_with_prices_and_stock(desk: Desk) -> None:
    assert imports.preview(desk, SAMPLES / "products.csv").kind == "products"
    assert _counts(desk, SAMPLES / "products.csv")["products"] == 18
    stock = {one.sku: one.stock_milli for one in products.list_products(desk)}
    assert all(amount > 0 for amount in stock.values())
    assert _counts(desk, SAMPLES / "products.csv")["products"] == 18
    assert {one.sku: one.stock_milli for one in products.list_products(desk)} == stock


def test_articles_that_come_later_do_not_make_orders_look_changed(desk: Desk) -> None:
    _counts(desk, SAMPLES / "shopify_orders.csv")
    _counts(desk, SAMPLES / "products.csv")
    assert _counts(desk, SAMPLES / "shopify_orders.csv")["known"] == 223


# --- Shopify


def test_a_shopify_order_of_several_rows_is_one_sale(desk: Desk, tmp_path: Path) -> None:
    file = files.shopify(
        tmp_path,
        {
            "Name": "#1001",
            "Total": "350.00",
            "Shipping": "12.00",
            "Discount Amount": "20.00",
            "Lineitem price": "299.00",
            "Lineitem discount": "1.00",
            "Billing Name": "林小满",
            "Phone": "'+8619900001234",
            "Payment Method": "Alipay",
        },
        {"Name": "#1001", "Lineitem quantity": "2", "Lineitem name": "热水壶", "Lineitem price": "30.00"},
    )
    _counts(desk, file)
    found = _only_sale(desk)
    assert [line.paid_fen for line in found.lines] == [28_135, 5_665]
    assert (found.paid_fen, found.freight_fen, found.channel) == (35_000, 1200, "remote")
    assert (found.customer_masked, found.phone_masked) == ("林**", "199****1234")
    assert [one.tender for one in found.tenders] == ["alipay"]


@pytest.mark.parametrize(
    ("created", "day"),
    [
        ("2026-11-10 23:30:00 +0800", date(2026, 11, 10)),
        ("2026-11-10 23:30:00 -0500", date(2026, 11, 11)),
        ("2026-11-10T16:30:00Z", date(2026, 11, 11)),
        ("2026-11-10 16:30:00 UTC", date(2026, 11, 11)),
    ],
)
def test_an_instant_abroad_is_a_day_in_the_shops_zone(
    desk: Desk, tmp_path: Path, created: str, day: date
) -> None:
    _counts(desk, files.shopify(tmp_path, {"Name": "#1", "Total": "299.00", "Created at": created}))
    assert _only_sale(desk).purchased_on == day


def test_tax_on_top_of_prices_was_paid_by_the_customer_too(desk: Desk, tmp_path: Path) -> None:
    _counts(desk, files.shopify(tmp_path, {"Name": "#1", "Total": "337.87", "Taxes": "38.87"}))
    found = _only_sale(desk)
    assert (found.lines[0].unit_price_fen, found.lines[0].paid_fen) == (29_900, 33_787)


def test_what_was_refunded_outside_cannot_be_refunded_again(desk: Desk, tmp_path: Path) -> None:
    file = files.shopify(
        tmp_path,
        {
            "Name": "#1",
            "Total": "299.00",
            "Refunded Amount": "100.00",
            "Financial Status": "partially_refunded",
        },
        {"Name": "#2", "Total": "299.00", "Refunded Amount": "299.00", "Financial Status": "refunded"},
        {"Name": "#3", "Total": "299.00", "Financial Status": "pending"},
        {"Name": "#4", "Total": "299.00", "Cancelled at": "2026-11-11 10:00:00 +0800"},
    )
    counts = _counts(desk, file)
    assert counts == {"new": 1, "passed": 3, "passed.refunded": 1, "passed.unpaid": 1, "passed.cancelled": 1}
    assert _only_sale(desk).lines[0].refundable_fen == 19_900


def test_a_refund_that_ate_into_the_freight_leaves_the_rest_as_freight(desk: Desk, tmp_path: Path) -> None:
    row = {"Name": "#1", "Total": "311.00", "Shipping": "12.00", "Refunded Amount": "305.00"}
    _counts(desk, files.shopify(tmp_path, row))
    found = _only_sale(desk)
    assert (found.paid_fen, found.freight_fen, found.lines[0].refundable_fen) == (600, 600, 0)


@pytest.mark.parametrize(
    ("change", "row", "column", "code"),
    [
        ({"Total": "1.00"}, 3, "Total", "import.order.total"),
        ({"Total": "x"}, 3, "Total", "import.cell.money"),
        ({"Lineitem price": "-5"}, 3, "Lineitem price", "money.negative"),
        ({"Lineitem price": "5.005"}, 3, "Lineitem price", "import.cell.precision"),
        ({"Lineitem price": "9" * 30}, 3, "Lineitem price", "money.too_large"),
        ({"Lineitem quantity": "0"}, 3, "Lineitem quantity", "quantity.zero"),
        ({"Lineitem quantity": "-1"}, 3, "Lineitem quantity", "quantity.negative"),
        ({"Lineitem quantity": "1.0005"}, 3, "Lineitem quantity", "quantity.precision"),
        ({"Lineitem quantity": "many"}, 3, "Lineitem quantity", "quantity.not_a_number"),
        ({"Created at": "10/11/2026"}, 3, "Created at", "import.cell.day"),
        ({"Created at": "2026-13-45"}, 3, "Created at", "import.cell.day"),
        ({"Created at": "2027-01-01 10:00:00 +0800"}, 3, "Created at", "sale.date.future"),
        ({"Currency": "USD"}, 3, "Currency", "import.currency"),
        ({"Billing Name": "名" * 100_000}, 3, "Billing Name", "text.too_long"),
        ({"Lineitem name": "反\u202e向"}, 3, "Lineitem name", "text.direction"),
        ({"Name": "#1"}, 3, "Name", "import.order.twice"),
    ],
)
def test_a_fault_names_its_row_and_column_and_leaves_the_other_orders_alone(
    desk: Desk, tmp_path: Path, change: dict[str, str], row: int, column: str, code: str
) -> None:
    good = {"Name": "#1", "Total": "299.00"}
    other = {"Name": "#0", "Total": "299.00"} if change.get("Name") == "#1" else None
    rows = [good, {"Name": "#2", "Total": "299.00", **change}, {"Name": "#3", "Total": "299.00"}]
    if other is not None:
        rows = [good, {"Name": "#9", "Total": "299.00"}, {**good}]
        row = 4
    result = imports.run_import(desk, files.shopify(tmp_path, *rows)).value
    assert [(one.row, one.column, one.reason.code) for one in result.faults] == [(row, column, code)]
    assert result.counts["new"] == 2


# --- Taobao


def test_taobao_numbers_come_out_of_their_disguise(desk: Desk, tmp_path: Path) -> None:
    row = {
        "订单编号": '="3900000000000000017"',
        "买家实际支付金额": "311.00",
        "买家应付邮费": "12.00",
        "宝贝标题": "云朵电饭煲 4L",
        "收货人姓名": "林小满",
        "联系手机": "'19900001234",
        "收货地址": "上海市 浦东新区 样例路5号",
        "确认收货时间": "2026-11-14 09:00:00",
    }
    _counts(desk, files.taobao(tmp_path, row))
    found = _only_sale(desk)
    assert (found.order_no, found.phone_masked) == ("3900000000000000017", "199****1234")
    assert (found.paid_fen, found.freight_fen, found.received_on) == (31_100, 1200, date(2026, 11, 14))
    assert found.lines[0].indivisible is False
    assert found.area == "上海市 浦东新区****"
    assert lookup.lookup(desk, "3900000000000000017")[0].why == "order"


def test_several_pieces_of_one_article_known_by_their_total_come_back_piece_by_piece(
    desk: Desk, tmp_path: Path
) -> None:
    row = {"订单编号": "1", "买家实际支付金额": "100.00", "宝贝标题": "杯子", "宝贝总数量": "3"}
    _counts(desk, files.taobao(tmp_path, row))
    line = _only_sale(desk).lines[0]
    assert (line.bought_milli, line.indivisible, line.refundable_fen) == (3000, False, 10_000)


def test_an_order_known_by_its_total_is_one_line_until_its_items_come(desk: Desk, tmp_path: Path) -> None:
    order = {
        "订单编号": "1",
        "买家实际支付金额": "330.00",
        "宝贝标题": "锅,勺",
        "宝贝种类": "2",
        "宝贝总数量": "3",
    }
    orders = files.taobao(tmp_path, order)
    assert imports.preview(desk, orders).orders[0].indivisible
    _counts(desk, orders)
    assert [(line.indivisible, line.bought_milli) for line in _only_sale(desk).lines] == [(True, 1000)]
    listed = files.items(
        tmp_path,
        {"订单编号": "1", "标题": "锅", "价格": "299.00", "购买数量": "1"},
        {"订单编号": "1", "标题": "勺", "价格": "20.00", "购买数量": "2"},
    )
    assert _counts(desk, orders, listed) == {"completed": 1}
    found = _only_sale(desk)
    assert [(line.name, line.returnable_milli, line.paid_fen) for line in found.lines[1:]] == [
        ("锅", 1000, 29_106),
        ("勺", 2000, 3_894),
    ]
    assert found.lines[0].returnable_milli == 0
    assert found.refundable_fen == 33_000
    assert _counts(desk, orders, listed) == {"known": 1}
    assert _counts(desk, orders) == {"known": 1}


def test_an_item_list_alone_completes_what_is_known_by_its_total(desk: Desk, tmp_path: Path) -> None:
    order = {"订单编号": "1", "买家实际支付金额": "330.00", "宝贝标题": "锅,勺", "宝贝种类": "2"}
    _counts(desk, files.taobao(tmp_path, order))
    listed = files.items(
        tmp_path,
        {"订单编号": "1", "标题": "锅", "价格": "299.00", "购买数量": "1"},
        {"订单编号": "1", "标题": "勺", "价格": "40.00", "购买数量": "1"},
        {"订单编号": "2", "标题": "不认识", "价格": "1.00", "购买数量": "1"},
    )
    assert imports.preview(desk, listed).counts == {"completed": 1, "unknown": 1}
    assert _counts(desk, listed) == {"completed": 1, "unknown": 1}
    assert _counts(desk, listed) == {"known": 1, "unknown": 1}
    assert _only_sale(desk).refundable_fen == 33_000


def test_a_number_that_a_spreadsheet_has_rounded_is_refused(desk: Desk, tmp_path: Path) -> None:
    row = {"订单编号": "3.9E+18", "买家实际支付金额": "1.00", "宝贝标题": "杯子"}
    fault = imports.run_import(desk, files.taobao(tmp_path, row)).value.faults[0]
    assert (fault.column, fault.reason.code) == ("订单编号", "import.cell.rounded")


def test_an_order_with_a_faulty_item_is_not_taken_for_one_without_items(desk: Desk, tmp_path: Path) -> None:
    order = {"订单编号": "1", "买家实际支付金额": "10.00", "宝贝标题": "杯子"}
    listed = files.items(tmp_path, {"订单编号": "1", "标题": "杯子", "价格": "abc", "购买数量": "1"})
    result = imports.run_import(desk, [files.taobao(tmp_path, order), listed]).value
    assert [(one.file, one.row, one.column) for one in result.faults] == [
        ("items.csv", 2, "价格"),
        ("taobao.csv", 2, "订单编号"),
    ]
    assert "new" not in result.counts


# --- plain sheets


def test_a_plain_sheet_is_read_by_the_columns_somebody_chose(desk: Desk, tmp_path: Path) -> None:
    file = files.till(
        tmp_path,
        ["T1", "2026-11-10", "茶壶", "一只", "88"],
        ["T1", "2026-11-10", "茶杯", "四只", "40"],
        header="Nr,Tag,Was,Stück,Betrag",
    )
    text = file.read_text(encoding="utf-8").replace("一只", "1").replace("四只", "4")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"import\.file\.unknown"):
        imports.preview(desk, file)
    mapping = {"order_no": "Nr", "date": "Tag", "name": "Was", "quantity": "Stück", "line_paid": "Betrag"}
    assert imports.preview(desk, file, mapping=mapping).counts == {"new": 1}
    _counts(desk, file, mapping=mapping)
    assert [(one.name, one.unit_price_fen, one.paid_fen) for one in _only_sale(desk).lines] == [
        ("茶壶", 8800, 8800),
        ("茶杯", 1000, 4000),
    ]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"order_no": "小票号"}, r"import\.mapping\.missing"),
        ({"colour": "小票号"}, r"import\.mapping\.field"),
        ({"order_no": "没有这列"}, r"import\.mapping\.column"),
    ],
)
def test_a_mapping_that_cannot_work_says_why(
    desk: Desk, tmp_path: Path, mapping: dict[str, str], code: str
) -> None:
    file = files.till(tmp_path, ["1", "2026-11-10", "茶壶", "", "1", "88"])
    with pytest.raises(UserError, match=code):
        imports.preview(desk, file, mapping=mapping)


def test_rows_of_one_receipt_that_contradict_each_other_are_told(desk: Desk, tmp_path: Path) -> None:
    file = files.till(
        tmp_path,
        ["1", "2026-11-10", "茶壶", "", "1", "88"],
        ["1", "2026-11-11", "茶杯", "", "1", "10"],
    )
    faults = imports.run_import(desk, file).value.faults
    assert [(one.row, one.column, one.reason.code) for one in faults] == [(3, "日期", "import.order.differs")]


def test_a_workbook_gives_real_days_and_numbers(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["销售流水"],
        ["小票号", "日期", "商品名称", "数量", "单价", "成本价", "税率"],
        [1001, date(2026, 11, 10), "茶壶", 2, 88.5, 40.1, 0.13],
    ]
    _counts(desk, files.workbook(tmp_path, rows))
    found = _only_sale(desk)
    line = found.lines[0]
    assert (found.order_no, found.purchased_on) == ("1001", date(2026, 11, 10))
    assert (line.bought_milli, line.unit_price_fen, line.cost_fen, line.tax_rate_bp) == (
        2000,
        8850,
        4010,
        1300,
    )


# --- nothing twice, nothing silently


def test_changed_content_is_told_and_never_taken_over(desk: Desk, tmp_path: Path) -> None:
    _counts(desk, files.till(tmp_path, ["1", "2026-11-10", "茶壶", "", "1", "88"]))
    result = imports.run_import(desk, files.till(tmp_path, ["1", "2026-11-10", "茶壶", "", "1", "77"])).value
    assert result.counts == {"changed": 1}
    assert (result.reported[0].paid_before_fen, result.reported[0].paid_fen) == (8800, 7700)
    assert _only_sale(desk).paid_fen == 8800


def test_a_later_file_may_tell_when_goods_arrived(desk: Desk, tmp_path: Path) -> None:
    row = {"订单编号": "1", "买家实际支付金额": "10.00", "宝贝标题": "杯子"}
    _counts(desk, files.taobao(tmp_path, row))
    assert _counts(desk, files.taobao(tmp_path, {**row, "确认收货时间": "2026-11-13 08:00:00"})) == {
        "dated": 1
    }
    assert _only_sale(desk).received_on == date(2026, 11, 13)


def test_two_processes_with_one_file_make_every_sale_once(desk: Desk) -> None:
    file = str(SAMPLES / "shopify_orders.csv")
    told = together(start(desk.folder, "import", file), start(desk.folder, "import", file))
    new = [int(words.split()[1]) for words in told]
    assert sum(new) == 223
    assert Sale.select().count() == 223
    assert SaleIdentity.select().count() == 223


def test_a_cancelled_import_keeps_whole_orders_and_the_next_one_goes_on(desk: Desk) -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        raise Cancelled

    file = SAMPLES / "plain_orders.csv"
    many = imports.CHUNK
    imports.CHUNK = 100
    try:
        with pytest.raises(Cancelled):
            imports.run_import(desk, file, progress=stop)
    finally:
        imports.CHUNK = many
    assert Sale.select().count() == 100
    assert ImportBatch.get().counts == {"new": 100}
    assert ImportBatch.get().finished_at is not None
    assert seen[0][0] < seen[0][1]
    assert _counts(desk, file) == {"known": 100, "new": 160}


def test_a_clerk_without_the_right_does_not_import(desk: Desk, as_role: Callable[[str], Desk]) -> None:
    with pytest.raises(UserError, match=r"right\.missing"):
        imports.run_import(as_role("clerk"), SAMPLES / "products.csv")
    assert (
        imports.run_import(replace(desk, staff=None), SAMPLES / "products.csv").value.counts["products"] == 18
    )


def test_known_customers_are_not_doubled(desk: Desk) -> None:
    _counts(desk, SAMPLES / "plain_orders.csv")
    by_phone = Person.select().where(Person.phone != "")
    assert len({(one.phone, one.name) for one in by_phone}) == by_phone.count()

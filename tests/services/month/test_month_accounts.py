"""The accountant's sheets: what they say is what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from book import Book, exported, fen
from month_shop import MonthShop

from counter_app.db.models import Bill, BillRow, Compensation, Document, GiftMove


@pytest.fixture
def november(books: Callable[[str], Book]) -> Book:
    return books("2026-11")


def test_a_refund_tells_its_sale_its_tax_its_acceptance_and_its_receipt(november: Book) -> None:
    carried, first, *_ = november.rows("退款")
    assert (first["购买日期"], first["跨期"], first["类别"]) == (datetime(2026, 10, 30), "跨月", "退货")
    assert (first["税率"], fen(first["不含税"]), fen(first["税额"])) == (Decimal("0.13"), 7_788, 1_012)
    assert first["验收单"].startswith("TH") and first["签收"] == "已签收"
    assert carried["跨期"] == "本期"
    waived = november.rows("退款")[-1]
    assert waived["签收"] == "无"


def test_what_is_still_owed_stands_in_the_column_of_its_age(november: Book) -> None:
    (row,) = november.rows("应退未退")
    assert (row["未退"], row["账龄天数"], row["16–30天"], row["4–7天"]) == (399, 25, 399, None)


def test_each_shift_tells_its_cash_and_what_was_counted(november: Book) -> None:
    (row,) = november.rows("现金日报")
    assert row["交班单"].startswith("JB")
    assert row["应有"] == row["备用金"] + row["现金收入"] - row["现金退款"]
    assert row["长短款"] == -0.5 and "找零差 0.50" in row.values()


def test_goods_by_place_roll_from_opening_to_closing_at_cost(november: Book) -> None:
    rows = november.rows("商品去向")
    assert all(row["期末"] == row["期初"] + row["增加"] - row["减少"] for row in rows)
    shelf = next(row for row in rows if row["货号"] == "DF-4" and row["去向"].startswith("V1"))
    assert (shelf["期末"], shelf["期末成本"]) == (30, 6300)


def test_a_bill_is_compared_day_by_day(shop: MonthShop) -> None:
    day = date(2026, 11, 2)
    with shop.desk.db.atomic("IMMEDIATE"):
        bill = Bill.create(
            tender="wechat",
            name="账单.csv",
            sha256="a" * 64,
            first_day=day,
            last_day=day,
            payments=0,
            by=1,
            at=0,
        )
        for line, reference, amount in ((1, "4200001234567890", 12900), (2, "4200009999999999", 500)):
            BillRow.create(
                bill=bill,
                line_no=line,
                tender="wechat",
                direction="out",
                amount_fen=amount,
                reference=reference,
                day=day,
            )
    (row,) = exported(shop.boss).rows("平台对账")
    assert (row["方式"], row["账单退款"], row["登记退款"], row["退款差异"], row["差异笔数"]) == (
        "微信",
        134,
        129,
        5,
        1,
    )
    assert row["哪些"] == "4200009999999999"


def test_coupons_roll_from_outstanding_to_outstanding(shop: MonthShop) -> None:
    october = Document.get(Document.number == "TKA1-20261030-0001")
    november = Document.get(Document.number == "TKA1-20261109-0001")
    with shop.desk.db.atomic("IMMEDIATE"):
        old, new = (
            Compensation.create(
                document=paper,
                case=paper.case_id,
                kind="coupon",
                amount_fen=amount,
                what="优惠券",
                at=paper.posted_at,
            )
            for paper, amount in ((october, 2000), (november, 1000))
        )
        GiftMove.create(
            compensation=old,
            kind="used",
            amount_fen=2000,
            request_id=shop.request(),
            by=1,
            at=0,
            business_date=date(2026, 11, 20),
        )
    first, second = exported(shop.boss).rows("赠品券")
    assert (first["期初"], first["发放"], first["使用"], first["期末"]) == (20, 0, 20, 0)
    assert (second["期初"], second["发放"], second["使用"], second["期末"]) == (0, 10, 0, 10)
    assert [row["期末"] for row in exported(shop.boss, "2026-12").rows("赠品券")] == [10]
    assert new.id != old.id

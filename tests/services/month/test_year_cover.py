"""The cover of a year tells which of its months are closed."""

from __future__ import annotations

from book import exported
from month_shop import MonthShop

from counter_app.services import month_check, month_lock


def close(shop: MonthShop, name: str) -> None:
    month_lock.close(shop.boss, name, shop.request(), "2468", "结账")


def test_a_year_with_open_months_names_them(shop: MonthShop) -> None:
    before = exported(shop.boss, "2026", file="before.xlsx")
    assert before.labelled("封面", "状态")[0] == "未结账 · 未结账月份 10–12"
    close(shop, "2026-10")
    book = exported(shop.boss, "2026", file="year.xlsx")
    assert book.labelled("封面", "状态")[0] == "未结账 · 已结账月份 10 · 未结账月份 11–12"
    english = exported(shop.boss, "2026", "en", file="year-en.xlsx")
    assert english.labelled("Cover", "State")[0] == "Not closed · months closed 10 · months open 11–12"
    close(shop, "2026-11")
    # Closing a month changes nothing else that the year says.
    assert month_check.check(shop.desk, before.path).findings == ()
    assert exported(shop.boss, "2026-11").labelled("封面", "状态")[0] == "已结账"

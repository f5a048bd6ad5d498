"""The register of cases (售后登记表): one row a case, exported with the month."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from book import Book
from month_shop import MonthShop

from counter_app.services import cases


@pytest.mark.req("S0-5")
def test_the_register_lists_every_case_of_the_month_with_who_came_when_and_for_what(
    books: Callable[[str], Book], shop: MonthShop
) -> None:
    rows = books("2026-11").rows("售后单")
    listed = [row["售后单号"] for row in rows]
    november = [one.number for one in cases.list_cases(shop.desk, limit=500) if one.business_date.month == 11]
    assert set(november) <= set(listed)
    for row in rows:
        assert row["受理时间"]
        assert row["状态"]
    named = next(row for row in rows if row["顾客"])
    assert "*" in named["顾客"]
    assert {"受理时间", "状态", "顾客", "电话", "原因", "处理方式", "经办人", "摘要"} <= set(rows[0])

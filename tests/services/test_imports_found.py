"""What an import makes findable, written without reading its rows back."""

from __future__ import annotations

from pathlib import Path

import import_files as files

from counter_app import resources
from counter_app.db import search
from counter_app.services import imports
from counter_app.services.desk import Desk


def test_the_index_says_of_imported_sales_what_their_rows_say(desk: Desk) -> None:
    imports.run_import(desk, resources.path("samples", "plain_orders.csv"))
    assert list(search.stale_rows(desk.db)) == []
    assert search.out_of_date(desk.db) == []


def test_a_customer_known_before_is_found_by_what_was_known_of_them(desk: Desk, tmp_path: Path) -> None:
    row = {
        "小票号": "R-1",
        "日期": "2026-11-01",
        "商品名称": "云朵电饭煲",
        "数量": "1",
        "单价": "299",
        "手机": "19900001111",
    }
    imports.run_import(desk, files.csv_file(tmp_path, "one.csv", files.TILL, [row]))
    desk.db.execute_sql("UPDATE person SET contact = 'second-phone-77'")
    search.index_sale(desk.db, 1)
    imports.run_import(desk, files.csv_file(tmp_path, "two.csv", files.TILL, [{**row, "小票号": "R-2"}]))
    assert search.search_sales(desk.db, "second-phone-77") == [2, 1]
    assert list(search.stale_rows(desk.db)) == []

"""What could not be taken in comes back as a workbook: corrected, it is imported again and holds only those rows."""

from __future__ import annotations

from pathlib import Path

import import_files as files
import openpyxl
import pytest

from counter_app.archive.imports import fault_book
from counter_app.db.models import Sale
from counter_app.services import import_mappings, imports, settings
from counter_app.services.desk import Desk

ROW = {
    "小票号": "R-1",
    "日期": "2026-11-01",
    "商品名称": "云朵电饭煲",
    "数量": "1",
    "单价": "299.00",
    "手机": "19900001111",
}
ROWS = (
    ROW,
    {**ROW, "小票号": "R-2", "商品名称": "锅"},
    {**ROW, "小票号": "R-2", "商品名称": "壶", "单价": "八十九"},
    {**ROW, "小票号": "R-3", "日期": "03/04/2026", "数量": "0"},
    {**ROW, "小票号": "=1+1", "商品名称": "=HYPERLINK(1)", "数量": "-1"},
)


def _book(desk: Desk, tmp_path: Path) -> Path:
    done = imports.run_import(desk, files.csv_file(tmp_path, "till.csv", files.TILL, ROWS)).value
    assert (done.counts["new"], len(done.fault_books)) == (1, 1)
    return Path(done.fault_books[0])


def _correct(book: Path, cells: dict[str, str]) -> None:
    opened = openpyxl.load_workbook(book)
    for place, value in cells.items():
        opened.active[place] = value
    opened.save(book)


def test_it_holds_the_rows_of_every_order_with_a_fault_and_says_what_to_do(
    desk: Desk, tmp_path: Path
) -> None:
    book = _book(desk, tmp_path)
    sheet = openpyxl.load_workbook(book).active
    rows = list(sheet.iter_rows(values_only=True))
    names = files.TILL.split(",")
    assert rows[0] == (*names, "原文件行号", "哪里不对", "怎么办")
    assert [(row[0], row[8]) for row in rows[1:]] == [("R-2", "3"), ("R-2", "4"), ("R-3", "5"), ("=1+1", "6")]
    assert rows[1][9] == "同一订单的另一行有问题。"
    assert rows[2][9] == "单价: “八十九”不是金额。"
    assert rows[2][10] == "改正“单价”这一格，保存，再导入这份表。"
    assert rows[3][9].count("\n") == 1, "everything wrong in a row is told at once"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    marked = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == "00FFF4CC"
    }
    assert {"F3", "B4", "E4"} <= marked


def test_corrected_it_brings_exactly_what_was_missing(desk: Desk, tmp_path: Path) -> None:
    book = _book(desk, tmp_path)
    _correct(book, {"F3": "89", "B4": "2026-11-03", "E4": "2", "E5": "1", "A5": "R-4"})
    seen = imports.preview(desk, book)
    assert (seen.kind, seen.counts, seen.faults) == ("sheet", {"new": 3}, ())
    done = imports.run_import(desk, book).value
    assert (done.counts, done.fault_books) == ({"new": 3}, ())
    assert {row.order_no: row.paid_fen for row in Sale.select()} == {
        "R-1": 29900,
        "R-2": 38800,
        "R-3": 59800,
        "R-4": 29900,
    }


def test_what_is_still_wrong_comes_back_once_more(desk: Desk, tmp_path: Path) -> None:
    book = _book(desk, tmp_path)
    _correct(book, {"F3": "89"})
    done = imports.run_import(desk, book).value
    assert done.counts["new"] == 1
    again = openpyxl.load_workbook(done.fault_books[0]).active
    heads = [cell.value for cell in again[1]]
    assert heads.count("哪里不对") == 1, "its own columns are not doubled"
    assert [row[0].value for row in again.iter_rows(min_row=2)] == ["R-3", "=1+1"]


def test_it_speaks_the_language_of_the_window(desk: Desk, tmp_path: Path) -> None:
    settings.set_setting(desk, "language", "en")
    book = _book(desk, tmp_path)
    assert book.name.startswith("import-errors-")
    heads = [cell.value for cell in openpyxl.load_workbook(book).active[1]]
    assert heads[-3:] == ["Row in the file", "What is wrong", "What to do"]


def test_columns_that_were_named_by_hand_are_known_of_it_too(desk: Desk, tmp_path: Path) -> None:
    columns = ["甲", "乙", "丙", "丁", "戊"]
    mapping = {"order_no": "甲", "date": "乙", "name": "丙", "quantity": "丁", "unit_price": "戊"}
    import_mappings.remember(desk, columns, mapping)
    own = ["原文件行号", "哪里不对", "怎么办"]
    assert import_mappings.known_for(desk, [*columns, *own]) == mapping


def test_a_known_program_is_known_again_and_both_rows_of_its_order_come(desk: Desk, tmp_path: Path) -> None:
    names = "订单编号,下单时间,商品名称,商品型号,商品数量,商品单价,订单实付"
    first = dict(zip(names.split(","), ('="801"', "2026-11-01", "锅", "大", "1", "100", "150"), strict=True))
    second = {**first, "商品名称": "壶", "商品单价": "5o"}
    done = imports.run_import(desk, files.csv_file(tmp_path, "w.csv", names, [first, second])).value
    book = Path(done.fault_books[0])
    _correct(book, {"F3": "50"})
    again = imports.run_import(desk, book).value
    assert (again.kind, again.counts) == ("weidian", {"new": 1})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_its_columns_have_a_name_in_both_languages(language: str) -> None:
    assert len(fault_book.own_columns()) == 6, language

"""Files that change under an import's hands, and sheets that are no longer quite what somebody named."""

from __future__ import annotations

from pathlib import Path

import import_files as files
import openpyxl
import pytest

from counter_app.db.models import Sale
from counter_app.domain.errors import UserError
from counter_app.services import import_mappings, imports
from counter_app.services.desk import Desk

ROW = {
    "小票号": "R-1",
    "日期": "2026-11-01",
    "商品名称": "云朵电饭煲",
    "数量": "1",
    "单价": "299.00",
    "手机": "19900001111",
}


def _file(folder: Path, rows: list[dict[str, str]]) -> Path:
    return files.csv_file(folder, "till.csv", files.TILL, rows)


def test_a_file_that_changed_after_it_was_looked_at_is_not_taken_in(desk: Desk, tmp_path: Path) -> None:
    file = _file(tmp_path, [ROW])
    seen = imports.preview(desk, file)
    assert len(seen.contents) == 1
    _file(tmp_path, [{**ROW, "单价": "1.00"}])
    with pytest.raises(UserError) as refused:
        imports.run_import(desk, file, contents=seen.contents)
    assert (refused.value.code, refused.value.params["file"]) == ("import.file.changed", "till.csv")
    assert Sale.select().count() == 0
    again = imports.preview(desk, file)
    assert imports.run_import(desk, file, contents=again.contents).value.counts == {"new": 1}
    assert Sale.get().paid_fen == 100


def test_rows_to_correct_are_those_that_were_read_even_when_the_file_is_gone_by_then(
    desk: Desk, tmp_path: Path
) -> None:
    file = _file(tmp_path, [ROW, {**ROW, "小票号": "R-2", "单价": "八十九"}])

    def unplugged(_done: int, _total: int) -> None:
        file.write_text("something else altogether", encoding="utf-8")

    done = imports.run_import(desk, file, progress=unplugged).value
    assert done.counts == {"new": 1, "faults": 1}
    rows = list(openpyxl.load_workbook(done.fault_books[0]).active.iter_rows(values_only=True))
    assert [(row[0], row[8]) for row in rows[1:]] == [("R-2", "3")]


def test_a_sheet_whose_register_renamed_one_column_keeps_the_other_names(desk: Desk) -> None:
    columns = ("票", "天", "货", "几个", "多少钱")
    said = dict(zip(("order_no", "date", "name", "quantity", "unit_price"), columns, strict=True))
    import_mappings.remember(desk, columns, said)
    renamed = ("票", "天", "货", "几个", "价钱")
    assert import_mappings.known_for(desk, renamed) == {}, "nobody said what this sheet holds"
    assert import_mappings.like(desk, renamed) == {
        field: column for field, column in said.items() if field != "unit_price"
    }
    assert import_mappings.like(desk, ("票", "甲", "乙", "丙")) == {}, "one column in five is another sheet"


def _merged(folder: Path, *, told: bool) -> Path:
    """Two orders; the second row of the first has its number merged into the cell above, or none at all."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("小票号", "日期", "商品名称", "数量", "单价"),
        ("M-1", "2026-11-01", "锅", 1, 100),
        (None, None, "壶", 1, 50),
        ("M-2", "2026-11-01", "盆", 1, 20),
        (None, None, "合计", None, 170),
    ):
        sheet.append(row)
    if told:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:B3")
    file = folder / "merged.xlsx"
    book.save(file)
    return file


def test_rows_whose_number_is_merged_into_the_cell_above_are_one_order(desk: Desk, tmp_path: Path) -> None:
    assert imports.run_import(desk, _merged(tmp_path, told=True)).value.counts == {"new": 2}
    assert [(row.order_no, row.paid_fen) for row in Sale.select().order_by(Sale.id)] == [
        ("M-1", 15000),
        ("M-2", 2000),
    ]


def test_a_line_that_lost_its_number_keeps_the_order_above_out_until_it_is_corrected(
    desk: Desk, tmp_path: Path
) -> None:
    done = imports.run_import(desk, _merged(tmp_path, told=False)).value
    assert done.counts == {"new": 1, "faults": 1}
    assert [(fault.row, fault.order_no) for fault in done.faults] == [(3, "M-1")]
    assert Sale.get().order_no == "M-2", "half an order never comes in"
    book = openpyxl.load_workbook(done.fault_books[0])
    assert [row[0] for row in book.active.iter_rows(values_only=True, min_row=2)] == ["M-1", None]
    book.active["A3"] = "M-1"
    book.save(done.fault_books[0])
    again = imports.run_import(desk, Path(done.fault_books[0])).value
    assert again.counts == {"new": 1}
    assert Sale.get(Sale.order_no == "M-1").paid_fen == 15000


@pytest.mark.parametrize(
    ("day", "price", "pieces"),
    [
        ("2026年11月1日 10时20分", "１０．００", "２"),
        ("2026-11-01 上午10:00", "1，000", "1件"),
        ("2026/11/01 10:00 AM", "￥10", "3 台"),
        ("2026-11-1 9:5", "10元", "1"),
        ("２０２６-１１-０１", "¥1,000.5", "1.0"),
    ],
)
def test_days_and_numbers_are_read_as_people_write_them(
    desk: Desk, tmp_path: Path, day: str, price: str, pieces: str
) -> None:
    file = _file(tmp_path, [{**ROW, "日期": day, "单价": price, "数量": pieces}])
    assert imports.run_import(desk, file).value.counts == {"new": 1}
    assert Sale.get().purchased_on.isoformat() == "2026-11-01"


@pytest.mark.parametrize(
    ("price", "pieces"), [(True, 1), (5, True), ("1'000", 1), ("$10", 1), (5, "一"), (5, -1)]
)
def test_what_is_no_amount_is_told_and_not_guessed(
    desk: Desk, tmp_path: Path, price: object, pieces: object
) -> None:
    book = openpyxl.Workbook()
    book.active.append(("小票号", "日期", "商品名称", "数量", "单价"))
    book.active.append(("N-1", "2026-11-01", "锅", pieces, price))
    file = tmp_path / "odd.xlsx"
    book.save(file)
    assert imports.run_import(desk, file).value.counts == {"faults": 1}

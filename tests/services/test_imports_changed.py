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

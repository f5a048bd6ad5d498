"""Archives whose tables are longer than a sheet: every formula, the comparison and reading back count all parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from lost_shop import new_shop
from month_shop import MonthShop
from openpyxl import load_workbook

from counter_app.domain.errors import Cancelled
from counter_app.services import month, month_check, read_back

MOST = 3


def archive(shop: MonthShop, path: Path, language: str = "zh") -> Path:
    month.export(shop.boss, month.period("2026"), path, "zh" if language == "zh" else "en", most_rows=MOST)
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_archive_in_parts_still_says_what_the_database_says(
    shop: MonthShop, tmp_path: Path, language: str
) -> None:
    path = archive(shop, tmp_path / "a.xlsx", language)
    names = load_workbook(path, read_only=True).sheetnames
    assert ("退款 2" if language == "zh" else "Refunds 2") in names
    checked = month_check.check(shop.desk, path)
    assert checked.findings == ()
    assert checked.values > 700


def test_what_was_changed_in_a_later_part_is_named_by_part_and_cell(shop: MonthShop, tmp_path: Path) -> None:
    path = archive(shop, tmp_path / "a.xlsx")
    book = load_workbook(path)
    page = book["退款 2"]
    page["A3"] = "TKA1-20261101-9999"
    book.save(path)
    found = [one for one in month_check.check(shop.desk, path).findings if one.params.get("sheet") == "退款"]
    assert "2!A3" in [one.params.get("cell") for one in found]


@pytest.mark.parametrize("suffix", ["xlsx", "zip"])
def test_an_archive_in_parts_is_read_back_whole(shop: MonthShop, tmp_path: Path, suffix: str) -> None:
    parted = archive(shop, tmp_path / f"a.{suffix}")
    month.export(shop.boss, month.period("2026"), tmp_path / f"b.{suffix}", "zh")
    told, whole = (read_back.examine(None, path) for path in (parted, tmp_path / f"b.{suffix}"))
    assert (told.sheets["refunds"], told.sheets["goods"]) == (whole.sheets["refunds"], whole.sheets["goods"])
    assert told.sheets["refunds"] > MOST
    assert (told.cases, told.documents, told.proven) == (whole.cases, whole.documents, True)
    there = new_shop(tmp_path / "new")
    try:
        kept = read_back.read(there.desk, parted).value
        assert (kept.whole, kept.rows_new) == (True, told.rows)
    finally:
        there.desk.db.close()


def test_an_archive_that_lost_a_later_part_is_not_believed(shop: MonthShop, tmp_path: Path) -> None:
    path = archive(shop, tmp_path / "a.xlsx")
    book = load_workbook(path)
    del book["退款 2"]
    book.save(path)
    assert not read_back.examine(None, path).proven
    assert not month_check.check(shop.desk, path).sound


def test_an_export_can_be_stopped_before_its_first_row(shop: MonthShop, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        month.export(shop.boss, month.period("2026"), tmp_path / "out" / "a.xlsx", "zh", stop)
    assert len(told) == 1
    assert not list(tmp_path.glob("out/*"))
    # The same database goes on answering.
    assert shop.desk.db.execute_sql("SELECT count(*) FROM document").fetchone()[0] > 0

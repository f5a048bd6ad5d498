"""Each sheet of an archive carries a seal: words that no total covers cannot be changed unseen, with a database or not."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from book import Book, exported
from lost_shop import new_shop
from month_shop import MonthShop
from openpyxl import load_workbook

from counter_app import cli
from counter_app.archive import reading_back, seal
from counter_app.archive.cells import letter
from counter_app.archive.sheets import Column, Figure, FreeSheet, Kind, Sheet, Styled
from counter_app.domain.errors import UserError
from counter_app.services import month_check, read_back

COLUMNS = (Column("name"), Column("amount", Kind.MONEY, total=True), Column("at", Kind.INSTANT))
ROWS = (("甲", 1230, 1_790_000_000_000), ("乙", None, None), ("丙", -5, 1_790_000_060_000))


def changed(path: Path, sheet: str, was: str, told: str) -> Path:
    """A copy in which one word of a sheet is another, everything else as it was."""
    other = path.with_name("changed.xlsx")
    at = load_workbook(path).sheetnames.index(sheet) + 1
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == f"xl/worksheets/sheet{at}.xml":
                assert was.encode() in content
                content = content.replace(was.encode(), told.encode(), 1)
            target.writestr(item.filename, content)
    return other


def codes(checked: month_check.Checked) -> list[tuple[str, object]]:
    return [(one.code, one.params.get("sheet")) for one in checked.findings]


@pytest.mark.parametrize(
    ("sheet", "was", "told"),
    [
        ("封面", "样例小店", "别家小店"),
        ("汇总", "样例小店", "别家小店"),
        ("对账", "王经理", "李经理"),
        ("售后单", "等顾客回复", "顾客不要了"),
        ("不予受理", "超过退货期限", "没有超过期限"),
        ("单据", "已冲销", "已过账"),
        ("字段说明", "业务日期", "随便日期"),
    ],
)
def test_a_word_that_no_total_covers_is_missed_without_a_database(
    books: Callable[[str], Book], tmp_path: Path, sheet: str, was: str, told: str
) -> None:
    path = tmp_path / "month.xlsx"
    shutil.copy(books("2026-11").path, path)
    assert month_check.alone(path).findings == () and month_check.alone(path).values == 27
    checked = month_check.alone(changed(path, sheet, was, told))
    assert codes(checked) == [("archive.check.sealed", sheet)]
    assert not checked.sound


def test_a_word_that_may_change_honestly_is_still_not_to_be_changed_in_the_file(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    checked = month_check.check(shop.desk, changed(path, "售后单", "等顾客回复", "顾客不要了"))
    assert ("archive.check.sealed", "售后单") in codes(checked)
    assert not checked.sound
    # A difference that the database names already is not told twice.
    named = codes(month_check.check(shop.desk, changed(path, "退款", "<v>88.00</v>", "<v>880.00</v>")))
    assert named == [("archive.check.value", "退款")]


@pytest.mark.parametrize("told", ["88.004", "88.0001", "87.999"])
def test_an_amount_that_only_looks_the_same_is_another(shop: MonthShop, told: str) -> None:
    path = exported(shop.boss).path
    other = changed(path, "退款", "<v>88.00</v>", f"<v>{told}</v>")
    (finding,) = [one for one in month_check.check(shop.desk, other).findings if not one.since]
    assert (finding.code, finding.params["told"], finding.params["found"]) == (
        "archive.check.value",
        told,
        "88.00",
    )
    assert codes(month_check.alone(other)) == [("archive.check.sealed", "退款")]


def test_what_a_programs_arithmetic_leaves_behind_is_no_change(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    other = changed(path, "退款", "<v>88.00</v>", "<v>88.00000000000001</v>")
    assert month_check.check(shop.desk, other).sound
    assert month_check.alone(other).sound


def test_reading_back_refuses_a_changed_word_and_names_its_sheet(
    books: Callable[[str], Book], tmp_path: Path
) -> None:
    path = tmp_path / "month.xlsx"
    shutil.copy(books("2026-11").path, path)
    other = changed(path, "不予受理", "超过退货期限", "没有超过期限")
    lost = new_shop(tmp_path / "new")
    with pytest.raises(UserError, match=r"archive\.back\.unsealed") as caught:
        read_back.read(lost.boss, other)
    assert caught.value.params["sheets"] == "不予受理"
    assert not read_back.read(lost.boss, other, nevertheless="只有这一份").value.proven
    lost.desk.db.close()


def test_verify_tells_of_an_archive_alone_where_there_is_no_database(
    books: Callable[[str], Book], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "month.xlsx"
    shutil.copy(books("2026-11").path, path)
    arguments = ["verify", "--data", str(tmp_path / "nowhere"), "--language", "zh"]
    assert cli.main([*arguments, str(path)]) == 0
    assert "27 张工作表与导出时的封印一致" in capsys.readouterr().out
    assert cli.main([*arguments, str(changed(path, "单据", "已冲销", "已过账"))]) == 2
    assert "“单据”导出后被改动过" in capsys.readouterr().out
    old = Path(__file__).resolve().parents[2] / "archive" / "old" / "format2-26-sheets.xlsx"
    assert cli.main([*arguments, str(old)]) == 2
    assert "没有封印" in capsys.readouterr().out
    assert not (tmp_path / "nowhere").exists()


# --- what a seal suffers and what not -----------------------------------------------------------------


def filtered(path: Path, sheet: str, beyond: Decimal = Decimal(0)) -> Path:
    """A copy as a program saves it where a filter hides the first row: the sums are those of the others; `beyond`
    is added to them, as nobody's filter does."""
    other = path.with_name("filtered.xlsx")
    at = load_workbook(path).sheetnames.index(sheet) + 1
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == f"xl/worksheets/sheet{at}.xml":
                told = content.decode().replace('<row r="2"', '<row r="2" hidden="1"', 1)
                first = {
                    column: Decimal(value)
                    for column, value in re.findall(r'<c r="([A-Z]+)2" s="\d+"><v>([-.\d]+)</v></c>', told)
                }

                def less(found: re.Match[str], first: dict[str, Decimal] = first) -> str:
                    return f"{found[1]}{Decimal(found[3]) - first.get(found[2], Decimal(0)) + beyond}</v>"

                content = re.sub(
                    r"(<f>SUBTOTAL\(109,([A-Z]+)2:[A-Z]+\d+\)</f><v>)([-.\d]+)</v>", less, told
                ).encode()
            target.writestr(item.filename, content)
    return other


def test_rows_that_a_filter_hides_are_told_and_are_no_change(shop: MonthShop, tmp_path: Path) -> None:
    there = exported(shop.boss).path
    path = filtered(there, "退款")
    told = [("archive.check.filtered", "退款")]
    for checked in (month_check.alone(path), month_check.check(shop.desk, path)):
        assert codes(checked) == told and checked.sound
    assert reading_back.opened(path).intact
    # Sums that are neither those of all rows nor of the ones that are seen are a change.
    path = filtered(there, "退款", Decimal(1))
    assert ("archive.check.sealed", "退款") in codes(month_check.alone(path))
    assert not month_check.check(shop.desk, path).sound


def table(rows: tuple[tuple[object, ...], ...] = ROWS) -> seal.Sealing:
    made = seal.Sealing(Sheet("refunds", COLUMNS, len(rows), ()), ["名", "额", "时"])
    made.batch(rows)
    return made


def read(rows: list[tuple[object, ...]], told: str, total: int = 1225) -> bool:
    from datetime import datetime

    moments = {
        1_790_000_000_000: datetime(2026, 9, 21, 14, 13, 20),
        1_790_000_060_000: datetime(2026, 9, 21, 14, 14, 20),
    }
    there: list[tuple[object, ...]] = [("名", "额", "时")]
    for name, amount, at in rows:
        there.append((name, "" if amount is None else amount / 100, moments.get(at, "")))  # type: ignore[operator]
    there.append(("合计", total / 100, ""))
    return seal.unbroken(told, there)


def test_rows_may_be_sorted_but_neither_doubled_nor_swapped_in_part() -> None:
    told = table().text()
    assert told.startswith("tmi;3+;")
    assert read(list(ROWS), told)
    assert read(list(reversed(ROWS)), told)
    assert not read(list(ROWS), told, 9999)
    assert not read(list(ROWS[:2]), told)
    assert not read([*ROWS, ROWS[0]], told)
    assert not read([("乙", *ROWS[0][1:]), ("甲", *ROWS[1][1:]), ROWS[2]], told)


def test_a_row_put_into_an_empty_sheet_breaks_its_seal() -> None:
    told = seal.Sealing(Sheet("refunds", COLUMNS, 0, ()), ["名", "额", "时"]).text()
    assert seal.unbroken(told, [("名", "额", "时")])
    assert not seal.unbroken(told, [("名", "额", "时"), ("甲", 1.0, "")])


def test_a_share_by_formula_is_left_out_and_what_stands_beside_it_is_not() -> None:
    rows = ((Styled("Q01"), Figure(Kind.WHOLE, "1+2", 3), Figure(Kind.SHARE, "1/3", 3333)),)
    told = seal.Sealing(FreeSheet("summary", (9, 9, 9), rows)).text()
    assert seal.unbroken(told, [("Q01", 3.0, 0.3333333333)])
    assert not seal.unbroken(told, [("Q02", 3.0, 0.3333333333)])
    assert not seal.unbroken(told, [("Q01", 4.0, 0.3333333333)])
    assert told.endswith(f";{letter(2)}1:1")


def test_a_damaged_seal_holds_for_nothing() -> None:
    for told in ("", ";", "tmi", "tmi;x;y;z", "-;9;0"):
        assert not seal.unbroken(told, [("名",), ("甲",)])

"""An exported archive is compared with the database: what was changed in either shows."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from book import exported
from month_shop import MonthShop
from openpyxl import load_workbook

from counter_app import cli, wording
from counter_app.archive import number_looks
from counter_app.domain.errors import CounterError, SurroundingsError, UserError
from counter_app.services import cases, month, month_check


def told(shop: MonthShop, path: Path) -> list[str]:
    found = month_check.check(shop.desk, path).findings
    return [wording.sentence(CounterError(one.code, **one.params), "zh") for one in found]


@pytest.mark.parametrize("span", ["2026-10", "2026-11", "2026", "2026-06"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_of_a_fresh_archive_agrees(shop: MonthShop, span: str, language: str) -> None:
    checked = month_check.check(shop.desk, exported(shop.boss, span, language).path)
    assert checked.findings == ()
    assert checked.values > 700


def test_an_archive_made_at_the_end_of_october_still_agrees_in_december(
    shop: MonthShop, worked: tuple[Path, Path]
) -> None:
    checked = month_check.check(shop.desk, worked[1])
    assert checked.sound
    assert [one.params["sheet"] for one in checked.findings] == []


def test_an_amount_that_somebody_changed_in_excel_is_named_with_its_cell(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    # Saved by another program: formulas lose their stored values, so they are told, too.
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == "xl/worksheets/sheet6.xml":
                assert content.count(b"<v>88.00</v>") == 2
                content = content.replace(b"<v>88.00</v>", b"<v>880.00</v>", 1)
            target.writestr(item.filename, content)
    assert told(shop, changed) == ["“退款”G3 是“880.00”，数据库里是“88.00”"]
    assert not month_check.check(shop.desk, changed).sound


def edited(path: Path, part: str, was: str, told: str) -> Path:
    """A copy in which the first match of a pattern in one part of the file is another."""
    other = path.with_name("edited.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == part:
                changed = re.sub(was, told, content.decode(), count=1)
                assert changed != content.decode()
                content = changed.encode()
            target.writestr(item.filename, content)
    return other


@pytest.mark.parametrize("formula", ["", "<f>1331.16</f>", "<f>SUM(0,88)</f>"])
def test_a_formula_that_became_a_typed_figure_is_named_though_the_figure_is_right(
    shop: MonthShop, formula: str
) -> None:
    path = exported(shop.boss).path
    other = edited(path, "xl/worksheets/sheet1.xml", r"<f>[^<]*</f>", formula)
    (sentence,) = told(shop, other)
    assert re.fullmatch(r"“封面”[A-Z]\d+ 应是公式，现在是写死的数", sentence)
    assert not month_check.check(shop.desk, other).sound


def test_a_formula_that_another_program_spells_its_own_way_is_no_change(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    for was, spelling in (
        # LibreOffice leaves out the quotes of a sheet's name; others the marks, or write small letters and blanks.
        (r"'退款'!", "退款!"),
        (r"\$G\$2:\$G\$", "G2:G"),
        (r"<f>ROUND\(", "<f>round( "),
    ):
        assert told(shop, edited(path, "xl/worksheets/sheet1.xml", was, spelling)) == []


@pytest.mark.parametrize(
    ("part", "was", "other"),
    [
        ("sheet1", r"<f>SUMIFS\([^<]*</f>", "<f>SUM('退款'!$G$2:$G$7)</f>"),
        ("sheet1", r"<f>ROUND\(B14-C14,3\)</f>", "<f>ROUND(B14-B14,3)</f>"),
        ("sheet3", r"<f>E(\d+)-F\d+</f>", r"<f>E\1-E\1</f>"),
        ("sheet3", r'<f>IF\(F(\d+)="",0,', r'<f>IF(F\1="x",0,'),
    ],
)
def test_a_formula_that_computes_something_else_is_named_though_the_stored_figure_is_right(
    shop: MonthShop, part: str, was: str, other: str
) -> None:
    path = edited(exported(shop.boss).path, f"xl/worksheets/{part}.xml", was, other)
    (finding,) = month_check.check(shop.desk, path).findings
    assert finding.code == "archive.check.formula_other" and not finding.since


@pytest.mark.parametrize("look", ["&quot;999.00&quot;", "#,##0.00,", ";;;", "\\\\9.00", "#,##0.00;#,##0.00"])
def test_a_number_format_that_shows_another_figure_is_named(shop: MonthShop, look: str) -> None:
    path = exported(shop.boss).path
    other = edited(path, "xl/styles.xml", r"#,##0\.00;\[Red\]-#,##0\.00", look)
    for checked in (month_check.check(shop.desk, other), month_check.alone(other)):
        assert {one.code for one in checked.findings} == {"archive.check.look"} and not checked.sound


@pytest.mark.parametrize(
    "look",
    [
        "#,##0.00;[RED]\\-#,##0.00", "#,##0.00_);(#,##0.00)", "#,##0.00;[Red]#,##0.00", "General", "0.0%", "@", "#,##0",
        '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "yyyy\\-mm\\-dd\\ hh:mm", 'yyyy"年"m"月"d"日"',
        "[$-409]yyyy-mm-dd", '"¥"#,##0.00;"¥"-#,##0.00',
    ],
)  # fmt: skip
def test_a_number_format_in_another_programs_spelling_misleads_nobody(look: str) -> None:
    assert not number_looks.misleading(look)


def test_a_hidden_sheet_is_told_and_is_no_difference(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    other = edited(path, "xl/workbook.xml", r'(name="退款"[^>]*)state="visible"', r'\1state="hidden"')
    assert told(shop, other) == ["工作表“退款”被隐藏了；已照样核对"]
    assert month_check.check(shop.desk, other).sound
    assert [one.code for one in month_check.alone(other).findings] == ["archive.check.hidden"]


def test_a_sheet_that_somebody_put_in_is_told(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    book = load_workbook(path)
    book.create_sheet("我的备注").sheet_state = "hidden"
    book.save(path)
    assert "工作表“我的备注”不是本程序导出的，没有核对" in told(shop, path)


def test_a_deleted_row_and_a_missing_sheet_are_told(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    book = load_workbook(path)
    book["退款"].delete_rows(3)
    del book["例外"]
    book.save(path)
    sentences = told(shop, path)
    assert "“退款”有 7 行，数据库里是 8 行" in sentences
    assert "缺少工作表“例外”" in sentences


def test_what_changed_honestly_since_is_told_but_does_no_harm(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    with shop.desk.db.atomic("IMMEDIATE"):
        shop.desk.db.execute_sql("UPDATE case_file SET summary = '顾客回复了' WHERE summary = '等顾客回复'")
    checked = month_check.check(shop.desk, path)
    assert [one.code for one in checked.findings] == ["archive.check.since"]
    assert checked.sound


def test_a_month_that_went_on_asks_for_a_new_export(shop: MonthShop) -> None:
    shop.on(date(2026, 11, 25))
    path = exported(shop.boss).path
    shop.returned(1, date(2026, 11, 24), "wechat")
    (code,) = {one.code for one in month_check.check(shop.desk, path).findings}
    assert code == "archive.check.older"


def test_a_ledger_that_was_cut_off_shows(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    for (trigger,) in shop.desk.db.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'money_entry'"
    ).fetchall():
        shop.desk.db.execute_sql(f'DROP TRIGGER "{trigger}"')
    shop.desk.db.execute_sql("DELETE FROM money_entry WHERE seq = (SELECT max(seq) FROM money_entry)")
    assert [one.code for one in month_check.check(shop.desk, path).findings] == ["archive.check.head"]


def test_a_foreign_workbook_and_another_shops_are_refused(shop: MonthShop, tmp_path: Path) -> None:
    from openpyxl import Workbook

    foreign = tmp_path / "other.xlsx"
    Workbook().save(foreign)
    with pytest.raises(UserError, match=r"archive\.check\.foreign"):
        month_check.check(shop.desk, foreign)
    path = exported(shop.boss).path
    book = load_workbook(path)
    book.properties.keywords = book.properties.keywords.replace("shop=A1", "shop=B2")
    book.save(path)
    with pytest.raises(UserError, match=r"archive\.check\.shop"):
        month_check.check(shop.desk, path)
    path.write_bytes(b"PK")
    with pytest.raises(SurroundingsError, match=r"archive\.check\.file"):
        month_check.check(shop.desk, path)


def test_verify_from_the_command_line(
    shop: MonthShop, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = exported(shop.boss).path
    arguments = ["--data", str(shop.desk.folder), "--language", "zh"]
    assert cli.main(["verify", *arguments, str(path)]) == 0
    assert "与数据库一致" in capsys.readouterr().out
    book = load_workbook(path)
    book["退款"].delete_rows(3)
    book.save(path)
    assert cli.main(["verify", *arguments, str(path)]) == 2
    said = capsys.readouterr()
    assert "数据库里是 8 行" in said.out
    assert said.err.strip()
    assert cli.main(["verify", *arguments, str(tmp_path / "none.xlsx")]) == 2


def test_a_cases_note_after_the_export_does_not_disturb(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    shop.on(date(2026, 12, 2))
    cases.add_note(shop.clerk, cases.list_cases(shop.clerk)[0].id, "顾客来电")
    assert month_check.check(shop.desk, path).findings == ()


def test_the_default_place_is_the_data_folders_exports(shop: MonthShop) -> None:
    span = month.period("2026-11")
    path = month.default_path(shop.desk, span)
    assert path == shop.desk.folder / "exports" / "counter-A1-2026-11.xlsx"
    shutil.rmtree(path.parent, ignore_errors=True)
    month.export(shop.boss, span, path, "zh")
    assert month_check.check(shop.desk, path).sound

"""What a spreadsheet program knows of an archive's sheets: tables, marks, names, links, paper."""

from __future__ import annotations

import zipfile
from pathlib import Path

from ooxml_rules import broken
from openpyxl import load_workbook

from counter_app.archive import workbook
from counter_app.archive.sheets import Column, Figure, FreeSheet, Kind, Look, Mark, Sheet, Styled

COLUMNS = (Column("name", width=20), Column("amount", Kind.MONEY, 13, total=True), Column("due", Kind.DAY))


def words(key: str) -> str:
    return "Sum" if key == "total" else key.rpartition(".")[2]


def written(path: Path, *sheets: Sheet | FreeSheet, heading: str = "") -> Path:
    workbook.write(path, sheets, words, heading=heading)
    return path


def table(count: int, key: str = "refunds", marks: tuple[Mark, ...] = ()) -> Sheet:
    return Sheet(key, COLUMNS, count, ((f"TK{at}", 100 * at, None) for at in range(count)), marks)


def test_a_sheets_rows_are_a_table_with_filter_and_sums(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", table(700), table(0, "receipts"))
    book = load_workbook(path)
    full, empty = book["refunds"].tables["t_refunds"], book["receipts"].tables["t_receipts"]
    assert (full.ref, full.autoFilter.ref, full.totalsRowCount) == ("A1:C702", "A1:C701", 1)
    assert [column.totalsRowFunction for column in full.tableColumns] == [None, "sum", None]
    assert full.tableColumns[0].totalsRowLabel == "Sum"
    # A table always has a row, be it an empty one.
    assert (empty.ref, empty.totalsRowCount) == ("A1:C2", None)
    assert full.id != empty.id
    assert broken(path) == []


def test_marks_follow_the_columns_they_name(tmp_path: Path) -> None:
    marks = (Mark("amount due", "{amount}<>0"), Mark("", '{due}=""', Look.SOON), Mark("cost", "{cost}<>0"))
    path = written(tmp_path / "a.xlsx", table(3, marks=marks))
    found = {
        (str(area.sqref), rule.formula[0]): rule.dxf.font.color.rgb
        for area, rules in load_workbook(path)["refunds"].conditional_formatting._cf_rules.items()
        for rule in rules
    }
    assert found == {
        ("B2:B4", "$B2<>0"): "009B1C1C",
        ("C2:C4", "$B2<>0"): "009B1C1C",
        ("A2:C4", '$C2=""'): "008A4B00",
    }
    assert broken(path) == []


def test_cells_have_names_and_lead_to_other_sheets(tmp_path: Path) -> None:
    rows = (
        (Styled("refunds", style="link"), Styled(5, Kind.WHOLE)),
        (None, Figure(Kind.TEXT, 'IF(ct_a=5,"<ok>","no")', "<ok>")),
    )
    cover = FreeSheet("cover", (20, 20), rows, names=(("ct_a", "B1"),), links=(("A1", "refunds"),))
    path = written(tmp_path / "a.xlsx", cover, table(1))
    book = load_workbook(path)
    assert book.defined_names["ct_a"].attr_text == "'cover'!$B$1"
    assert book["cover"]["A1"].hyperlink.location == "'refunds'!A1"
    assert load_workbook(path, data_only=True)["cover"]["B2"].value == "<ok>"
    assert broken(path) == []


def test_every_page_tells_shop_period_and_number(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", table(2), heading="A & B 店 2026-11" + "长" * 300)
    page = load_workbook(path)["refunds"]
    assert page.oddHeader.left.text.startswith("A && B 店 2026-11")
    assert "&P" in page.oddFooter.right.text
    assert page.print_area == "'refunds'!$A$1:$C$4"
    assert broken(path) == []


def test_fonts_are_told_in_the_order_of_the_schema(tmp_path: Path) -> None:
    styles = zipfile.ZipFile(written(tmp_path / "a.xlsx", table(1))).read("xl/styles.xml").decode()
    assert '<font><b val="1"/><sz val="10"/><color rgb="00FFFFFF"/><name val="font"/></font>' in styles


def test_the_rules_see_what_excel_would_repair(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", table(2))
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(wrong, "w") as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == "xl/tables/table1.xml":
                content = content.replace(b'name="amount"', b'name="NAME"').replace(b"A1:C4", b"A1:C9")
            if item.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b'<row r="3"', b'<row r="2"', 1)
            target.writestr(item.filename, content)
    told = " ".join(broken(wrong))
    assert (
        "called alike" in told
        and "row 2 after 2" in told
        and "are not the columns" in told
        and "filter" in told
    )

"""Tables longer than a sheet go on in a second one: rows, tables, totals, formulas and files."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ooxml_rules import broken
from openpyxl import load_workbook

from counter_app.archive import csv_zip, workbook
from counter_app.archive.sheets import Column, Figure, FreeSheet, Kind, Mark, Sheet, Styled
from counter_app.archive.splitting import MOST_ROWS, split

COLUMNS = (Column("name", width=20), Column("amount", Kind.MONEY, 13, total=True))


def words(key: str) -> str:
    return {"total": "Sum", "sheet.refunds": "Refunds (all)"}.get(key, key.rpartition(".")[2])


def table(count: int, rows: Iterator[tuple[Any, ...]] | None = None) -> Sheet:
    made = ((f"TK{at}", 100 * at) for at in range(1, count + 1))
    return Sheet("refunds", COLUMNS, count, rows or made, (Mark("amount", "{amount}<0"),))


def figures(count: int) -> FreeSheet:
    names, amounts = (f"'Refunds (all)'!${column}$2:${column}${count + 1}" for column in "AB")
    told = (
        (Kind.MONEY, f"SUM({amounts})", 100 * count * (count + 1) // 2),
        (Kind.WHOLE, f"COUNTA({names})", count),
        (Kind.MONEY, f'SUMIFS({amounts},{names},"(TK2)",{amounts},">="&DATE(2026,1,1))-SUM(B1:B2)', 0),
    )
    return FreeSheet("sums", (20, 20), tuple((Styled("x"), Figure(*one)) for one in told))


def test_a_long_table_goes_on_in_further_sheets_with_one_row_of_totals_over_all(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook.write(path, (figures(7), table(7)), words, most=3)
    assert broken(path) == []
    book, values = load_workbook(path), load_workbook(path, data_only=True)
    assert book.sheetnames == ["sums", "Refunds (all)", "Refunds (all) 2", "Refunds (all) 3"]
    told = [[line[0] for line in page.iter_rows(values_only=True)] for page in values.worksheets[1:]]
    assert told == [["name", "TK1", "TK2", "TK3"], ["name", "TK4", "TK5", "TK6"], ["name", "TK7", "Sum"]]
    assert values["Refunds (all) 3"]["B3"].value == 28
    sums = "SUBTOTAL(109,'Refunds (all)'!B2:B4)+SUBTOTAL(109,'Refunds (all) 2'!B2:B4)+SUBTOTAL(109,B2:B2)"
    assert book["Refunds (all) 3"]["B3"].value == "=" + sums
    tables = [next(iter(page.tables.values())) for page in book.worksheets[1:]]
    assert [(one.displayName, one.ref, one.totalsRowCount) for one in tables] == [
        ("t_refunds", "A1:B4", None),
        ("t_refunds_2", "A1:B4", None),
        ("t_refunds_3", "A1:B3", 1),
    ]
    assert tables[2].tableColumns[1].totalsRowFunction == "custom"
    assert tables[2].tableColumns[1].totalsRowFormula.attr_text == sums


def test_formulas_over_a_long_table_add_up_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook.write(path, (figures(5), table(5)), words, most=3)
    page = load_workbook(path)["sums"]
    assert page["B1"].value == "=(SUM('Refunds (all)'!$B$2:$B$4)+SUM('Refunds (all) 2'!$B$2:$B$3))"
    assert page["B2"].value == "=(COUNTA('Refunds (all)'!$A$2:$A$4)+COUNTA('Refunds (all) 2'!$A$2:$A$3))"
    assert page["B3"].value.count("SUMIFS(") == 2
    assert page["B3"].value.endswith("-SUM(B1:B2)")


def test_a_table_that_fits_is_left_as_it_is() -> None:
    sheets = (figures(3), table(3))
    assert split(sheets, words, 3) is sheets
    assert MOST_ROWS == 1_048_574


def test_rows_are_read_once_and_only_as_they_are_written(tmp_path: Path) -> None:
    ahead: list[int] = []
    read = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal read
        for at in range(1, 2001):
            read += 1
            yield f"TK{at}", at

    def step(done: int, total: int) -> None:
        assert total == 2000
        ahead.append(read - done)

    workbook.write(tmp_path / "a.xlsx", (table(2000, rows()),), words, step, most=700)
    assert read == 2000
    assert max(ahead) <= 1


def test_one_row_more_than_announced_is_a_defect_in_the_last_part_too(tmp_path: Path) -> None:
    rows = ((f"TK{at}", at) for at in range(6))
    with pytest.raises(RuntimeError):
        workbook.write(tmp_path / "a.xlsx", (table(5, rows),), words, most=3)
    assert list(tmp_path.iterdir()) == []


def test_the_csv_twin_has_a_file_for_each_part(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    csv_zip.write(path, (figures(4), table(4), replace(table(2), key="receipts")), words, most=3)
    with zipfile.ZipFile(path) as whole:
        manifest = json.loads(whole.read("manifest.json"))
        told = [(one["file"], one["sheet"], one["rows"]) for one in manifest["files"]]
        lines = list(csv.reader(io.StringIO(whole.read("01-refunds_2.csv").decode("utf-8-sig"))))
    assert told == [
        ("01-refunds.csv", "Refunds (all)", 3),
        ("01-refunds_2.csv", "Refunds (all) 2", 1),
        ("02-receipts.csv", "receipts", 2),
    ]
    assert lines == [["name", "amount"], ["TK4", "4.00"]]

"""What a workbook calls itself, and that it tells words where the database keeps codes."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from book import Book, exported
from month_shop import MonthShop
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from counter_app.archive.sheets import Kind
from counter_app.services import archive_words, month, month_check, month_contents
from counter_app.services.month_words import BookWords, catalogue

CODE = re.compile(r"[A-Z]{2,}[A-Z_]*|[a-z]+(?:_[a-z]+)+|[a-z]{3,}")
NAMES = {
    "case", "number", "order", "sku", "serial", "batch", "proof", "acceptance", "shift", "paper_no", "reversed",
    "reversed_by", "content_hash", "original_invoice", "confirm_no", "red_no", "which", "phone",
}  # fmt: skip
"""Columns of numbers and marks that somebody gave."""


def of_file(book: Book) -> list[str]:
    """Every place where the file says what it is."""
    properties = book.formulas.properties
    cover, summary = book.values.worksheets[0]["A1"].value, book.values.worksheets[1]["A1"].value
    pages = [page.oddHeader.left.text for page in book.formulas.worksheets]
    return [
        properties.title,
        cover,
        summary,
        *pages,
        *(one.oddFooter.left.text for one in book.formulas.worksheets),
    ]


def test_a_year_is_called_a_year_everywhere(books: Callable[[str], Book]) -> None:
    told = of_file(books("2026"))
    assert all("售后年档" in one and "月档" not in one for one in told), told
    assert all("售后月档" in one for one in of_file(books("2026-11")))


def test_the_csv_twin_of_a_year_is_called_a_year(shop: MonthShop, tmp_path: Path) -> None:
    path = tmp_path / "年.zip"
    month.export(shop.boss, month.period("2026"), path, "zh")
    with zipfile.ZipFile(path) as twin:
        manifest = json.loads(twin.read("manifest.json"))
        lines = list(csv.reader(io.StringIO(twin.read("02-lines.csv").decode("utf-8-sig"))))
    assert "售后年档 2026" in manifest["title"]
    assert {line[lines[0].index("类别")] for line in lines[1:]} == {"小家电"}


def test_an_english_year_is_called_one(shop: MonthShop) -> None:
    assert "archive of the year 2026" in str(
        exported(shop.boss, "2026", "en", "y.xlsx").values["Cover"]["A1"].value
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_column_shows_a_code_of_the_database(shop: MonthShop, language: str) -> None:
    """In Chinese a word of Latin letters alone is a code; in English what is written like one."""
    book = exported(shop.boss, "2026", language, "words.xlsx")
    found = []
    for table in month_contents.tables(costs=True):
        page = book.values[catalogue()[f"sheet.{table.key}"][language]]
        for at, field in enumerate(table.fields, 1):
            if field.column.key in NAMES or not archive_words.is_text(field.column.kind):
                continue
            for row in range(2, page.max_row + 1):
                told = page.cell(row, at).value
                wrong = CODE if language == "zh" else re.compile(r"[A-Z]{3,}|[a-z]+(?:_[a-z]+)+")
                if isinstance(told, str) and wrong.fullmatch(told) and told != "PIN":
                    found.append((table.key, field.column.key, told))
    assert found == []


def test_a_category_comes_back_as_its_code_from_words_and_from_codes_of_before(shop: MonthShop) -> None:
    (field,) = (one for one in month_contents.whole("lines").fields if one.column.key == "category")
    assert archive_words.decoded(field, "小家电") == ("SMALL", True)
    assert archive_words.decoded(field, "Small appliance") == ("SMALL", True)
    assert archive_words.decoded(field, "SMALL") == ("SMALL", True)
    assert archive_words.said("category", "SMALL").en == "Small appliance"
    assert BookWords(shop.desk, "en").code("category", "自定") == "自定"


def test_a_reprinted_receipt_is_told_in_words(shop: MonthShop) -> None:
    assert BookWords(shop.desk, "zh").code("slip", "receipt") == "小票"
    assert BookWords(shop.desk, "en").code("slip", "return_form") == "Return / Exchange Form"


def test_the_vouchers_are_asked_of_the_database_once(
    shop: MonthShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    there = type(shop.boss.db).execute_sql

    def counted(db: object, sql: str, params: object = None) -> object:
        asked.append(sql)
        return there(db, sql, params)  # type: ignore[arg-type]

    monkeypatch.setattr(type(shop.boss.db), "execute_sql", counted)
    month.export(shop.boss, month.period("2026-11"), tmp_path / "a.zip", "zh")
    assert sum("'owed_' || purpose" in sql for sql in asked) == 1
    monkeypatch.undo()
    assert month_check.check(shop.desk, exported(shop.boss).path).findings == ()


def test_the_dictionary_does_not_call_customers_masked_where_they_are_not(
    shop: MonthShop, tmp_path: Path
) -> None:
    path = tmp_path / "full.xlsx"
    month.export(shop.boss, month.period("2026-11"), path, "zh", unmasked_why="税务检查")
    told = str(load_workbook(path)["字段说明"]["A2"].value)
    assert "脱敏" not in told and "完整的顾客信息" in told
    assert month_check.check(shop.desk, path).findings == ()


@pytest.mark.parametrize("name", ["2026-10", "2026-11", "2026", "2026-06"])
def test_rows_are_as_many_as_were_counted_before(shop: MonthShop, name: str) -> None:
    span = month.period(name)
    bounds = {"first": span.first.isoformat(), "last": span.last.isoformat(), "personal": 0}
    zone = ZoneInfo(shop.desk.shop.time_zone)
    for key, day in (("begin", span.first), ("end", span.last + timedelta(days=1))):
        bounds[key] = int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)
    told = {}
    for table in month_contents.TABLES:
        if table.sql:
            ((count,),) = shop.desk.db.execute_sql(table.counting, bounds).fetchall()
            told[table.key] = (count, len(shop.desk.db.execute_sql(table.sql, bounds).fetchall()))
    assert {key for key, (counted, found) in told.items() if counted != found} == set()
    assert sum(table.counted != "" for table in month_contents.TABLES) == 6


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_is_cut_off_by_its_column(shop: MonthShop, language: str) -> None:
    book = exported(shop.boss, "2026", language, "wide.xlsx")
    words = BookWords(shop.desk, "zh" if language == "zh" else "en")
    for table in month_contents.tables(costs=True):
        page = book.formulas[catalogue()[f"sheet.{table.key}"][language]]
        for at, field in enumerate(table.fields):
            if field.words and field.column.kind is Kind.TEXT and not field.words.endswith("*"):
                width = page.column_dimensions[get_column_letter(at + 1)].width
                assert width > min(words.widest(field.words), 32), (table.key, field.column.key)

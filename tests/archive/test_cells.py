"""Cells of a workbook: whatever people type comes back as they typed it, and never as a formula."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from counter_app.archive import cells, reading, workbook
from counter_app.archive.sheets import Column, Kind, Sheet


def words(key: str) -> str:
    return key.rpartition(".")[2]


def written(path: Path, kind: Kind, values: list[object]) -> Path:
    rows = [(str(at), value) for at, value in enumerate(values)]
    sheet = Sheet("values", (Column("at"), Column("value", kind)), len(rows), rows)
    workbook.write(path, (sheet,), words)
    return path


def as_excel(told: object) -> str:
    """A text as Excel shows it: it undoes `_xHHHH_`, which openpyxl leaves to its caller."""
    return unescape(str(told))


def back(path: Path) -> list[object]:
    sheet = load_workbook(path)["values"]
    return [sheet.cell(at, 2).value for at in range(2, sheet.max_row + 1)]


TYPED = [
    "=1+1", "+8613800001234", "-5", "@SUM(A1)", "＝全角", "=HYPERLINK(\"http://example.com\")", "'0012", "00123", "1e5",
    "2026-11-05", "TRUE", "#N/A", "<b>&amp;</b> \"quoted\" ]]>", "  blanks around  ", "two\nlines", "tab\there",
    "𠮷田 㛃 䶮", "😀 👩‍👩‍👧", "a_x0041_b", "_x000D_", "_xZZZZ_", "‮right to left‬", "\u3000full-width blank", "é́",
]  # fmt: skip


def test_whatever_is_typed_stays_text(tmp_path: Path) -> None:
    path = written(tmp_path / "typed.xlsx", Kind.TEXT, list(TYPED))
    sheet = load_workbook(path)["values"]
    for at, typed in enumerate(TYPED, 2):
        cell = sheet.cell(at, 2)
        assert cell.data_type == "s"
        assert as_excel(cell.value) == typed


def test_what_xml_cannot_hold_becomes_a_mark_and_nothing_vanishes(tmp_path: Path) -> None:
    path = written(
        tmp_path / "odd.xlsx", Kind.TEXT, ["a\x00b\x07c", "half \ud842 pair", "\ufffe", "line\r\nend\r"]
    )
    assert back(path) == ["a\ufffdb\ufffdc", "half \ufffd pair", "\ufffd", "line\nend\n"]


def test_a_text_longer_than_a_cell_ends_with_an_ellipsis(tmp_path: Path) -> None:
    path = written(tmp_path / "long.xlsx", Kind.NOTE, ["字" * 40_000, "𠮷" * 20_000, "字" * 32_767])
    cut, pairs, whole = back(path)
    assert cut == "字" * 32_766 + "…"
    assert len(str(pairs).encode("utf-16-le")) // 2 <= cells.MOST_TEXT
    assert str(pairs) == "𠮷" * 16_383 + "…"
    assert whole == "字" * 32_767


@settings(max_examples=40)
@given(st.lists(st.text(max_size=40), max_size=20))
def test_any_text_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = written(tmp_path_factory.mktemp("any") / "any.xlsx", Kind.TEXT, list(texts))
    sheet = load_workbook(path)["values"]
    for at, typed in enumerate(texts, 2):
        assert as_excel(sheet.cell(at, 2).value or "") == cells.readable(typed)


@given(st.integers(-(10**14), 10**14))
def test_money_is_the_exact_decimal(fen: int) -> None:
    whole, _, part = cells.money(fen).partition(".")
    assert len(part) == 2
    assert int(whole + part) == fen or (whole == "-0" and -int(part) == fen)


@given(st.integers(-(10**12), 10**12))
def test_a_quantity_has_no_idle_zeros(milli: int) -> None:
    told = cells.quantity(milli)
    assert Decimal(told) * 1000 == milli
    assert "." not in told or not told.endswith("0")


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)), st.integers(0, 86_399))
def test_instants_and_days_come_back_to_the_second(day: date, second: int) -> None:
    ms = (day.toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000 + second * 1000
    serial = float(cells.instant_serial(ms))
    assert round((serial - 25569) * 86_400) * 1000 == ms
    assert int(cells.day_serial(day)) == int(serial)
    moment = datetime(day.year, day.month, day.day, second // 3600, second // 60 % 60, second % 60)
    assert reading.value(Kind.INSTANT, moment) == ms


def test_numbers_and_dates_are_real_for_every_reader(tmp_path: Path) -> None:
    columns = tuple(Column(kind.value, kind) for kind in Kind)
    row = ("t", "n", 7, -12345, 1500, date(2026, 11, 5), 1_793_000_000_000, 2500)
    path = tmp_path / "kinds.xlsx"
    workbook.write(path, (Sheet("kinds", columns, 1, [row]),), words)
    told = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("kinds").to_python()[1]
    assert [reading.value(kind, value) for kind, value in zip(Kind, told, strict=True)] == list(row)
    assert isinstance(told[5], date) and isinstance(told[6], datetime)


@pytest.mark.parametrize(
    ("kind", "value"), [(Kind.MONEY, "12.00"), (Kind.DAY, "2026-11-05"), (Kind.WHOLE, 1.5)]
)
def test_a_value_of_the_wrong_kind_is_a_defect(tmp_path: Path, kind: Kind, value: object) -> None:
    with pytest.raises(TypeError):
        written(tmp_path / "wrong.xlsx", kind, [value])
    assert list(tmp_path.iterdir()) == []


def test_empty_cells_keep_their_look(tmp_path: Path) -> None:
    path = written(tmp_path / "empty.xlsx", Kind.MONEY, [100, None])
    sheet = load_workbook(path)["values"]
    assert sheet["B3"].value is None
    assert sheet["B3"].number_format == sheet["B2"].number_format != "General"


def test_a_row_is_as_tall_as_its_longest_note() -> None:
    assert cells.lines_of("short", 20) == 1
    assert cells.lines_of("字" * 30, 20) == 3
    assert cells.lines_of("a\nb\n" + "c" * 41, 20) == 5
    row = cells.rows(2, [("字" * 30,), ("x",)], [cells.column_writer(1, Kind.NOTE, 0)], [(0, 22)])
    first, second = ElementTree.fromstring(f"<rows>{row}</rows>")
    assert float(first.attrib["ht"]) > 40
    assert "ht" not in second.attrib


def test_every_part_of_a_workbook_is_well_formed(tmp_path: Path) -> None:
    path = written(tmp_path / "typed.xlsx", Kind.NOTE, list(TYPED))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                assert ElementTree.fromstring(archive.read(name)) is not None

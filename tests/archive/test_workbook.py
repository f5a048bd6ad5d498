"""Workbooks as files: looks, totals, and that a file is whole or not there."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml.etree import SerialisationError
from openpyxl import Workbook, load_workbook

from counter_app import wording
from counter_app.archive import reading, workbook
from counter_app.archive.sheets import Column, Figure, FreeSheet, Kind, Pareto, Sheet, Styled
from counter_app.domain.errors import Cancelled, CounterError, SurroundingsError

COLUMNS = (
    Column("name", width=20),
    Column("amount", Kind.MONEY, 13, total=True),
    Column("note", Kind.NOTE, 30),
)


def words(key: str) -> str:
    return "合计" if key == "total" else key.rpartition(".")[2]


def table(count: int = 3, rows: Iterator[Any] | None = None) -> Sheet:
    return Sheet("refunds", COLUMNS, count, rows or ((f"TK{at}", 100 * at + 1, "n") for at in range(count)))


def refused(act: Callable[[], object], kind: type[CounterError] = SurroundingsError) -> str:
    with pytest.raises(kind) as caught:
        act()
    told = [wording.sentence(caught.value, language) for language in ("zh", "en")]
    assert all("archive." not in sentence for sentence in told)
    return caught.value.code


def test_totals_are_formulas_with_the_value_they_had(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook.write(path, (table(),), words)
    assert load_workbook(path)["refunds"]["B5"].value == "=SUBTOTAL(109,B2:B4)"
    assert load_workbook(path, data_only=True)["refunds"]["B5"].value == 3.03
    assert load_workbook(path)["refunds"]["A5"].value == "合计"


def test_a_table_has_head_filter_frozen_panes_widths_and_a_print_set_up(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook.write(path, (table(),), words)
    sheet = load_workbook(path)["refunds"]
    assert sheet.freeze_panes == "B2"
    table_of = sheet.tables["t_refunds"]
    assert (table_of.ref, table_of.autoFilter.ref, table_of.totalsRowCount) == ("A1:C5", "A1:C4", 1)
    assert sheet.print_area == "'refunds'!$A$1:$C$5"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [20, 13, 30]
    head, value, total = sheet["B1"], sheet["B2"], sheet["B5"]
    assert (head.font.bold, head.fill.fgColor.rgb, head.alignment.horizontal) == (True, "000F766E", "right")
    assert (value.font.bold, value.number_format) == (False, "#,##0.00;[Red]-#,##0.00")
    assert (total.font.bold, total.number_format) == (True, value.number_format)
    assert sheet["C2"].alignment.wrap_text is True


def test_numbers_kept_as_text_carry_no_warning(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.xlsx"
    workbook.write(path, (table(),), words)
    told = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert b'<ignoredError sqref="A2:C4" numberStoredAsText="1"/>' in told


def test_a_chart_carries_its_values_for_viewers_that_do_not_calculate(tmp_path: Path) -> None:
    rows = (
        tuple(Styled(word, style="head") for word in ("reason", "count", "part", "share")),
        (Styled("Q01"), Figure(Kind.WHOLE, "1+2", 3), None, Figure(Kind.SHARE, "3/4", 7500)),
        (Styled("N01"), Figure(Kind.WHOLE, "1", 1), None, Figure(Kind.SHARE, "4/4", 10000)),
    )
    drawn = Pareto("F2", 2, 3, ("Q01", "N01"), (3, 1), (7500, 10000))
    path = tmp_path / "chart.xlsx"
    workbook.write(path, (FreeSheet("summary", (20, 10, 10, 10), rows, drawn),), words)
    (bars,) = load_workbook(path)["summary"]._charts
    assert [point.v for point in bars.ser[0].val.numRef.numCache.pt] == [3, 1]
    assert [point.v for point in bars.ser[0].cat.strRef.strCache.pt] == ["Q01", "N01"]
    line = bars._charts[1]
    assert [point.v for point in line.ser[0].val.numRef.numCache.pt] == [0.75, 1]
    assert load_workbook(path, data_only=True)["summary"]["D2"].value == 0.75


def test_a_workbook_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook.write(path, (table(),), words, about={"period": "2026-11", "shop": "A1"})
    assert reading.about(path) == {"period": "2026-11", "shop": "A1"}


def test_a_file_is_replaced_whole_in_a_folder_with_blanks_and_chinese(tmp_path: Path) -> None:
    path = tmp_path / "月档 2026" / "十一月 档案.xlsx"
    workbook.write(path, (table(1),), words)
    workbook.write(path, (table(2),), words)
    assert load_workbook(path)["refunds"].max_row == 4
    assert list(path.parent.iterdir()) == [path]


def test_progress_counts_every_row_and_ends_at_the_total(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    workbook.write(tmp_path / "a.xlsx", (table(600),), words, lambda done, total: told.append((done, total)))
    assert told == [(256, 600), (512, 600), (600, 600), (600, 600)]


def test_cancelling_leaves_nothing_and_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"the old one")

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        workbook.write(path, (table(600),), words, stop)
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_defect_in_the_rows_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        workbook.write(tmp_path / "a.xlsx", (table(5, iter([("one", 1, "")])),), words)
    assert list(tmp_path.iterdir()) == []


def test_a_file_held_open_by_excel_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"open in Excel")

    def held(self: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr(Path, "replace", held)
    assert refused(lambda: workbook.write(path, (table(),), words)) == "archive.file.locked"
    assert path.read_bytes() == b"open in Excel"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "archive.file.full"),
        (errno.EIO, "archive.file.unwritable"),
        (errno.EACCES, "archive.file.no_right"),
        (errno.EROFS, "archive.file.no_right"),
    ],
)
def test_a_disk_that_fails_is_named_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"the old one")

    def failing(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    assert refused(lambda: workbook.write(path, (table(),), words)) == code
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def denied(**_: object) -> tuple[int, str]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", denied)
    assert refused(lambda: workbook.write(tmp_path / "a.xlsx", (table(),), words)) == "archive.file.no_right"


def test_a_target_that_is_a_folder_or_lies_in_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "file").write_bytes(b"")
    assert (
        refused(lambda: workbook.write(tmp_path / "folder.xlsx", (table(),), words)) == "archive.file.folder"
    )
    assert refused(lambda: workbook.write(tmp_path / "file" / "a.xlsx", (table(),), words)).startswith(
        "archive.file."
    )


def test_what_a_killed_export_left_is_swept_away_but_a_running_one_is_not(tmp_path: Path) -> None:
    dead, running = tmp_path / ".counter-dead.tmp", tmp_path / ".counter-alive.tmp"
    for file in (dead, running):
        file.write_bytes(b"half")
    long_ago = time.time() - 3600
    os.utime(dead, (long_ago, long_ago))
    workbook.write(tmp_path / "a.xlsx", (table(),), words)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".counter-alive.tmp", "a.xlsx"]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_named_when_it_is_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)
    assert refused(lambda: reading.about(path)) == "archive.check.file"
    assert refused(lambda: reading.sheets(path)) == "archive.check.file"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("IO_ENOSPC", "archive.file.full"),
        ("IO_EFBIG", "archive.file.unwritable"),
        ("IO_WRITE", "archive.file.unwritable"),
    ],
)
def test_a_full_disk_for_temporary_files_is_told_as_one_although_the_xml_library_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, code: str
) -> None:
    def save(_book: Workbook, _file: object) -> None:
        raise SerialisationError(told)

    monkeypatch.setattr(Workbook, "save", save)
    assert refused(lambda: workbook.write(tmp_path / "a.xlsx", (table(),), words)) == code
    assert not list(tmp_path.iterdir())

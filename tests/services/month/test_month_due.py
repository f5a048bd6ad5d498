"""Last month goes to a folder by itself, a missed month is caught up; the CSV twin says the same as the workbook."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from book import exported
from month_shop import MonthShop

from counter_app import cli, wording
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import month, month_due


@pytest.fixture
def folder(shop: MonthShop, tmp_path: Path) -> Path:
    """A folder for the archives, set in the shop."""
    there = tmp_path / "月档 U 盘"
    there.mkdir()
    month_due.set_folder(shop.boss, str(there))
    return there


def test_without_a_folder_nothing_is_due(shop: MonthShop) -> None:
    assert month_due.due(shop.desk) == ()


def test_last_month_is_written_once(shop: MonthShop, folder: Path) -> None:
    assert month_due.due(shop.desk) == ("2026-11",)
    (done,) = month_due.export_due(shop.desk, "zh")
    assert done.path == folder / "counter-A1-2026-11.xlsx" and done.path.exists()
    assert month_due.due(shop.desk) == ()


def test_an_archive_that_was_filed_elsewhere_does_not_come_back(
    shop: MonthShop, folder: Path, tmp_path: Path
) -> None:
    (done,) = month_due.export_due(shop.desk, "zh")
    done.path.rename(tmp_path / "at the accountant's.xlsx")
    assert month_due.due(shop.desk) == () and month_due.export_due(shop.desk, "zh") == ()
    shop.on(date(2027, 1, 9))
    assert [one.period.name for one in month_due.export_due(shop.desk, "zh")] == ["2026-12"]
    assert [file.name for file in folder.iterdir()] == ["counter-A1-2026-12.xlsx"]
    # Whoever wants it again says so.
    assert month.export(shop.desk, month.period("2026-11"), done.path, "zh").path.exists()


def test_missed_months_are_caught_up(shop: MonthShop, folder: Path) -> None:
    month_due.export_due(shop.desk, "zh")
    shop.on(date(2027, 2, 9))
    assert month_due.due(shop.desk) == ("2026-12", "2027-01")
    assert [one.period.name for one in month_due.export_due(shop.desk, "zh")] == ["2026-12", "2027-01"]
    assert month_due.due(shop.desk) == ()


def test_a_folder_that_is_gone_is_told_and_tried_again(shop: MonthShop, folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(SurroundingsError, match=r"archive\.folder_gone"):
        month_due.export_due(shop.desk, "zh")
    assert month_due.due(shop.desk) == ("2026-11",)
    folder.mkdir()
    assert len(month_due.export_due(shop.desk, "zh")) == 1


def test_months_missed_before_the_first_was_written_are_caught_up(shop: MonthShop, folder: Path) -> None:
    folder.rmdir()
    shop.on(date(2027, 2, 9))
    assert month_due.due(shop.desk) == ("2026-11", "2026-12", "2027-01")
    with pytest.raises(SurroundingsError, match=r"archive\.folder_gone"):
        month_due.export_due(shop.desk, "zh")
    folder.mkdir()
    assert len(month_due.export_due(shop.desk, "zh")) == 3
    assert sorted(file.name for file in folder.iterdir()) == [
        f"counter-A1-{name}.xlsx" for name in ("2026-11", "2026-12", "2027-01")
    ]


def test_a_stick_pulled_out_between_two_months_leaves_the_second_for_next_time(
    shop: MonthShop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.on(date(2027, 1, 3))
    there, kept = month.export, folder.with_name("elsewhere")

    def pulled(*given: object, **named: object) -> object:
        done = there(*given, **named)  # type: ignore[arg-type]
        folder.rename(kept)
        return done

    monkeypatch.setattr(month, "export", pulled)
    with pytest.raises(SurroundingsError, match=r"archive\.folder_gone"):
        month_due.export_due(shop.desk, "zh")
    monkeypatch.undo()
    assert not folder.exists()
    assert [file.name for file in kept.iterdir()] == ["counter-A1-2026-11.xlsx"]
    assert month_due.due(shop.desk) == ("2026-12",)
    kept.rename(folder)
    (done,) = month_due.export_due(shop.desk, "zh")
    assert done.path.name == "counter-A1-2026-12.xlsx"
    assert month_due.due(shop.desk) == ()


def test_a_full_disk_is_told_in_a_sentence_and_tried_again(
    shop: MonthShop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SurroundingsError, match=r"archive\.file\.full") as raised:
        month_due.export_due(shop.desk, "zh")
    monkeypatch.undo()
    assert "磁盘已满" in wording.sentence(raised.value, "zh")
    assert list(folder.iterdir()) == [] and month_due.due(shop.desk) == ("2026-11",)


def test_a_folder_wants_to_be_there_and_the_right_to_export(shop: MonthShop, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"archive\.folder"):
        month_due.set_folder(shop.boss, str(tmp_path / "nowhere"))
    with pytest.raises(UserError, match=r"staff\.right\.missing"):
        month_due.set_folder(shop.clerk, str(tmp_path))


def test_what_is_due_is_written_from_the_command_line(
    shop: MonthShop, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda number, handler: None)
    arguments = ["export", "--data", str(shop.desk.folder), "--language", "zh", "--due"]
    monkeypatch.setattr("counter_app.services.month_due.due", lambda desk: ("2026-11",))
    assert cli.main([*arguments, "--progress"]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result == {"files": [str(folder / "counter-A1-2026-11.xlsx")]}


def test_the_csv_twin_has_every_table_with_the_rows_of_the_workbook(shop: MonthShop, tmp_path: Path) -> None:
    book = exported(shop.boss)
    path = tmp_path / "十一月.zip"
    month.export(shop.boss, month.period("2026-11"), path, "zh")
    with zipfile.ZipFile(path) as twin:
        manifest = json.loads(twin.read("manifest.json"))
        assert manifest["about"]["period"] == "2026-11"
        for told in manifest["files"]:
            content = twin.read(told["file"])
            assert hashlib.sha256(content).hexdigest() == told["sha256"]
            head, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            data = book.rows(told["sheet"])
            assert (len(rows), len(head)) == (told["rows"], len(told["columns"]))
            assert len(rows) == len(data) or not data[0][head[0]]
        goods = twin.read(next(one["file"] for one in manifest["files"] if one["sheet"] == "商品行")).decode(
            "utf-8-sig"
        )
        refunds = twin.read(next(one["file"] for one in manifest["files"] if one["sheet"] == "退款")).decode(
            "utf-8-sig"
        )
    assert "'=电热水壶 1.5L" in goods
    assert ",88.00," in refunds

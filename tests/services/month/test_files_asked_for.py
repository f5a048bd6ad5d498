"""Files that somebody asked for: whole or not there, and a clear sentence when it cannot be, whatever writes them."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from month_shop import MonthShop

from counter_app import cli, whole_file, wording
from counter_app.db.models import Document
from counter_app.domain.errors import SurroundingsError
from counter_app.services import report_book

OLD = b"what stood there before"
LATIN = re.compile(r"[A-Za-z]{4,}")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    there = tmp_path / "盘 上"
    there.mkdir()
    return there


def asked(shop: MonthShop, kind: str, file: Path) -> list[str]:
    """The verb that writes such a file."""
    usual = ["--data", str(shop.desk.folder), "--language", "zh"]
    if kind == "form":
        paper = Document.get(Document.prefix == "TK")
        return ["form", paper.number, "--out", str(file), *usual]
    return ["export", "--month", "2026-11", "--out", str(file), *usual]


def name_of(kind: str) -> str:
    return {"workbook": "月.xlsx", "twin": "月.zip", "form": "单.pdf"}[kind]


def full(monkeypatch: pytest.MonkeyPatch, number: int = errno.ENOSPC) -> None:
    def failing(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)


def held(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As Windows does while Excel has the file open."""
    there = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if Path(target).parent == folder:
            error = PermissionError(errno.EACCES, "The process cannot access the file")
            error.winerror = 32  # type: ignore[attr-defined]  # there on Windows alone
            raise error
        return there(self, target)

    monkeypatch.setattr(Path, "replace", refusing)


def told(said: str, *paths: Path) -> str:
    """The sentence without the names of files in it; one line, and Chinese throughout."""
    (line,) = said.strip().splitlines()
    for path in sorted(paths, key=lambda one: -len(str(one))):
        line = line.replace(str(path), "").replace(path.name, "")
    assert not LATIN.search(line.replace("Excel", "")), line
    return line


@pytest.mark.parametrize("kind", ["workbook", "twin", "form"])
@pytest.mark.parametrize("trouble", ["full", "held", "folder", "in a file"])
def test_what_cannot_be_written_is_told_and_nothing_is_half_there(
    shop: MonthShop,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    trouble: str,
) -> None:
    monkeypatch.setattr("signal.signal", lambda number, handler: None)
    file = place / name_of(kind)
    if trouble == "folder":
        file.mkdir()
    elif trouble == "in a file":
        (place / "卷").write_bytes(OLD)
        file = place / "卷" / name_of(kind)
    else:
        file.write_bytes(OLD)
    command = asked(shop, kind, file)
    if trouble == "full":
        full(monkeypatch)
    if trouble == "held":
        held(monkeypatch, place)
    assert cli.main(command) == 2
    monkeypatch.undo()
    line = told(capsys.readouterr().err, file, file.parent, place)
    wanted = {
        "full": "磁盘已满",
        "held": "占用|Excel 打开",
        "folder": "文件夹",
        "in a file": "不是文件夹|文件夹",
    }[trouble]
    assert re.search(wanted, line), line
    (left,) = place.iterdir()
    assert left.is_dir() if trouble == "folder" else left.read_bytes() == OLD


def test_a_form_for_a_folder_that_is_not_there_says_so_and_makes_none(
    shop: MonthShop, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "没有" / "单.pdf"
    assert cli.main(asked(shop, "form", file)) == 2
    assert "找不到" in told(capsys.readouterr().err, file, file.parent)
    assert list(place.iterdir()) == []


def test_reports_and_backups_say_the_same_of_a_full_disk(
    shop: MonthShop, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full(monkeypatch)
    with pytest.raises(SurroundingsError) as raised:
        report_book.write(shop.boss, place / "报表.xlsx", "2026-10", "2026-11", "zh")
    assert "磁盘已满" in wording.sentence(raised.value, "zh")
    backup = ["backup", "--to", str(place), "--data", str(shop.desk.folder), "--language", "zh"]
    assert cli.main(backup) == 2
    monkeypatch.undo()
    assert "磁盘已满" in told(capsys.readouterr().err, place)
    assert [file for file in place.rglob("*") if file.suffix in (".xlsx", ".sqlite3")] == []


def test_a_file_is_there_whole_or_as_it_was(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = place / "证书.pem"
    whole_file.write(file, b"one")
    full(monkeypatch)
    with pytest.raises(OSError, match=r"No space|28"):
        whole_file.write(file, b"two")
    monkeypatch.undo()
    assert [one.read_bytes() for one in place.iterdir()] == [b"one"]
    whole_file.write(file, b"three")
    assert [one.read_bytes() for one in place.iterdir()] == [b"three"]


def test_a_name_that_leads_elsewhere_is_taken_as_the_path_it_is(
    shop: MonthShop, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Folders in the name of an archive are made; nothing but the file named comes into being."""
    monkeypatch.setattr("signal.signal", lambda number, handler: None)
    assert cli.main(asked(shop, "workbook", place / "2026" / ".." / "2026" / "十一月 a&b.xlsx")) == 0
    assert [str(one.relative_to(place)) for one in place.rglob("*.*")] == [
        str(Path("2026", "十一月 a&b.xlsx"))
    ]
    assert cli.main(asked(shop, "workbook", place / "2026" / "没有结尾")) == 2
    assert "结尾" in capsys.readouterr().err

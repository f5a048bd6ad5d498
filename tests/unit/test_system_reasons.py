"""What the system says of files and lines is told in the shop's language, in every sentence that holds it."""

from __future__ import annotations

import ast
import errno
import json
import os
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

import counter_app
from counter_app import wording
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import CODES, system_reason

HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
COMMON = "ENOSPC EACCES EPERM EROFS ENOENT EBUSY ENOTDIR EISDIR ENAMETOOLONG EIO ENODEV EHOSTUNREACH ECONNREFUSED ETIMEDOUT"


def told(error: BaseException, language: wording.Language) -> str:
    return wording.sentence(SurroundingsError("form.out", path="单.pdf", why=system_reason(error)), language)


@pytest.mark.parametrize("name", COMMON.split())
def test_what_the_system_says_stands_in_chinese_in_a_chinese_sentence(name: str) -> None:
    number = getattr(errno, name)
    error = OSError(number, os.strerror(number))
    assert not LATIN.search(told(error, "zh").replace("单.pdf", "")), told(error, "zh")
    assert not HAN.search(told(error, "en").replace("单.pdf", "")), told(error, "en")


@pytest.mark.parametrize(
    ("windows", "code"),
    [(32, "in_use"), (33, "in_use"), (112, "full"), (53, "network_gone"), (19, "read_only"), (5, "no_right")],
)
def test_the_number_of_windows_says_more_than_the_one_that_stands_for_it(windows: int, code: str) -> None:
    error = PermissionError(errno.EACCES, "words of the system")
    error.winerror = windows  # type: ignore[attr-defined]  # there on Windows alone
    assert system_reason(error)["code"] == f"system.{code}"


def test_an_unknown_number_keeps_itself_and_the_words_of_the_system() -> None:
    error = OSError(9999, "Odd trouble")
    assert "系统错误 9999：Odd trouble" in told(error, "zh")
    assert "system error 9999: Odd trouble" in told(error, "en")
    strange = OSError(errno.EIO, "Odd trouble")
    strange.winerror = 7777  # type: ignore[attr-defined]
    assert system_reason(strange)["code"] == "system.device_fault"


def test_what_has_no_number_keeps_its_words() -> None:
    assert "embedded null byte" in told(ValueError("embedded null byte"), "en")
    assert "文件损坏或不完整" in told(zipfile.BadZipFile("File is not a zip file"), "zh")
    assert "没有回应" in told(TimeoutError(), "zh")
    assert str(system_reason(RuntimeError())["text"]) == "RuntimeError"


def test_what_the_database_says_of_its_file_is_told_as_well(tmp_path: Path) -> None:
    file = tmp_path / "no.sqlite3"
    file.write_bytes(b"no database at all, " * 200)
    with pytest.raises(sqlite3.DatabaseError) as raised, sqlite3.connect(file) as db:
        db.execute("SELECT * FROM shop")
    db.close()
    assert system_reason(raised.value)["code"] == "system.damaged"
    with pytest.raises(sqlite3.OperationalError) as raised_again:
        sqlite3.connect(tmp_path / "gone" / "no.sqlite3")
    assert system_reason(raised_again.value)["code"] == "system.not_opened"


def test_every_reason_has_its_sentence_and_none_is_left_over() -> None:
    worded = {code for code in wording.catalogue() if code.startswith("system.")}
    assert worded == CODES | {"system.unknown", "system.other"}


def test_a_reason_that_was_kept_with_a_print_job_is_told_later_in_any_language() -> None:
    kept = json.loads(json.dumps(system_reason(OSError(errno.ENOSPC, "No space left on device"))))
    error = SurroundingsError("printer.unreachable", address="192.168.1.50", reason=kept)
    assert wording.sentence(error, "zh").endswith("（磁盘已满）")
    assert wording.sentence(error, "en").endswith("(the disk is full)")


def test_no_room_puts_the_words_of_the_system_into_its_sentences() -> None:
    folder = Path(counter_app.__file__).parent
    found = []
    for file in sorted(folder.rglob("*.py")):
        if file.name == "system_reasons.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            own = (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.attr == "strerror"
                and node.value.id != "os"  # `os.strerror` only gives an error of ours its words
            )
            if own:
                found.append(f"{file.relative_to(folder)}:{node.lineno}")
    assert found == []


def test_what_the_system_said_can_stand_by_itself() -> None:
    assert (
        wording.said_by_system(FileNotFoundError(errno.ENOENT, "No such file"), "zh")
        == "找不到这个文件或文件夹"
    )

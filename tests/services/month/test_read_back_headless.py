"""`main.py import` of an archive: a shop without a window reads its history back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lost_shop import archive, edited, new_shop
from month_shop import MonthShop

from counter_app import cli
from counter_app.services import archive_history, read_back

Verb = Callable[..., int]


@pytest.fixture
def lost(tmp_path: Path) -> MonthShop:
    return new_shop(tmp_path / "new")


@pytest.fixture
def month(shop: MonthShop, tmp_path: Path, lost: MonthShop) -> Path:
    """November of the shop that was lost. (The new shop is opened last: rows are its own.)"""
    return archive(shop, tmp_path, "2026-11")


@pytest.fixture
def verb(lost: MonthShop) -> Verb:
    lost.desk.db.close()

    def run(*words: object) -> int:
        return cli.main(["--data", str(lost.desk.folder), "--language", "en", "import", *map(str, words)])

    return run


def kept(lost: MonthShop) -> int:
    lost.desk.db.connect(reuse_if_open=True)
    return len(read_back.sources(lost.desk))


def test_a_dry_run_says_what_an_archive_is_and_keeps_nothing(
    month: Path, verb: Verb, lost: MonthShop, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verb(month, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "shop A1, 2026-11, 10 cases" in said
    assert kept(lost) == 0


def test_an_archive_is_read_and_the_second_time_found(
    month: Path, verb: Verb, lost: MonthShop, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verb(month) == 0
    first = capsys.readouterr().out
    assert "rows kept" in first and "0 contradictions" in first
    assert verb(month, "--progress") == 0
    *steps, last = capsys.readouterr().out.splitlines()
    assert json.loads(last)["read"][0]["period"] == "2026-11"
    assert all({"done", "total"} == set(json.loads(step)) for step in steps)
    assert verb(month, "--dry-run") == 0
    assert "read back already" in capsys.readouterr().out
    assert kept(lost) == 1
    assert archive_history.find(lost.desk, "SHA1")


def test_an_edited_archive_ends_with_2_until_somebody_says_why(
    month: Path, verb: Verb, lost: MonthShop, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = edited(month, "refunds", "owed", 1.23, row=3)
    assert verb(changed, "--preview") == 0
    (told,) = json.loads(capsys.readouterr().out)["archives"]
    assert told["refused"] == "archive.back.edited" and told["differing"] and not told["proven"]
    assert verb(changed) == 2
    error = capsys.readouterr().err
    assert "Owed in the period" in error or "本期应退" in error
    assert verb(changed, "--nevertheless", "all that is left") == 0
    assert kept(lost) == 1


def test_an_archive_beside_orders_is_refused(
    month: Path, verb: Verb, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text("order_no,date,name,quantity,unit_price\nA1,2026-11-01,cup,1,10\n", encoding="utf-8")
    assert verb(month, orders) == 2
    assert "is an archive" in capsys.readouterr().err


def test_what_is_no_archive_can_be_called_one_and_is_refused(
    verb: Verb, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"nothing")
    assert verb(tmp_path / "x.xlsx", "--source", "archive") == 2
    assert "no archive" in capsys.readouterr().err


def test_totals_that_do_not_agree_are_told_in_yuan_and_units() -> None:
    assert read_back.amount("owed_fen", 733911) == "7339.11"
    assert read_back.amount("refunds.unpaid", -5) == "-0.05"
    assert read_back.amount("received_milli", 1500) == "1.5"
    assert (read_back.amount("cases", 49), read_back.amount("refunds.gone", 3)) == ("49", "3")

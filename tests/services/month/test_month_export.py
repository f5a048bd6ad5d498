"""Exporting a month: what may be asked for, by whom, and stopping it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from month_shop import MonthShop

from counter_app import cli
from counter_app.domain.errors import Cancelled, UserError
from counter_app.services import month

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2026-11", "2026-11-01", "2026-11-30"),
    (" 2028-02 ", "2028-02-01", "2028-02-29"),
    ("2026", "2026-01-01", "2026-12-31"),
])  # fmt: skip
def test_a_span_is_a_month_or_a_year(text: str, first: str, last: str) -> None:
    span = month.period(text)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-1", "26-11", "1999", "2200-01", "二〇二六", "２０２６", "2026-11-01"]
)
def test_anything_else_is_no_span(text: str) -> None:
    with pytest.raises(UserError, match=r"archive\.period"):
        month.period(text)


def test_a_name_that_is_no_workbooks_is_refused(shop: MonthShop) -> None:
    with pytest.raises(UserError, match=r"archive\.suffix"):
        month.export(shop.boss, month.period("2026-11"), shop.desk.folder / "a.xls", "zh")
    assert not (shop.desk.folder / "a.xls").exists()


def test_a_clerk_may_not_export(shop: MonthShop) -> None:
    with pytest.raises(UserError, match=r"staff\.right\.missing"):
        month.export(shop.clerk, month.period("2026-11"), shop.desk.folder / "a.xlsx", "zh")


def test_stopping_leaves_the_old_file_and_nothing_else(shop: MonthShop, tmp_path: Path) -> None:
    path = tmp_path / "out" / "a.xlsx"
    month.export(shop.boss, month.period("2026-10"), path, "zh")
    before = path.read_bytes()

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        month.export(shop.boss, month.period("2026-11"), path, "zh", stop)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["a.xlsx"]


def test_export_from_the_command_line(
    shop: MonthShop, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    handler = signal.getsignal(signal.SIGTERM)
    path = tmp_path / "档案 夹" / "十一月.xlsx"
    arguments = ["export", "--data", str(shop.desk.folder), "--language", "zh"]
    try:
        assert cli.main([*arguments, "--month", "2026-11", "--out", str(path), "--progress"]) == 0
        *steps, result = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert steps[-1]["done"] == steps[-1]["total"] > 50
        assert result == {"file": str(path), "rows": 136}
        assert cli.main([*arguments, "--year", "2026", "--staff", "1"]) == 0
        assert "counter-A1-2026.xlsx" in capsys.readouterr().out
        assert cli.main([*arguments, "--month", "2026-11", "--staff", "2"]) == 2
        assert cli.main([*arguments, "--month", "November", "--out", str(path)]) == 2
        assert cli.main([*arguments, "--month", "2026-11", "--out", str(tmp_path / "a.csv")]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 3
    finally:
        signal.signal(signal.SIGTERM, handler)


def test_a_terminated_export_leaves_no_target(shop: MonthShop, tmp_path: Path) -> None:
    with shop.desk.db.atomic("IMMEDIATE"):
        shop.desk.db.execute_sql(
            """INSERT INTO number (prefix, business_date, seq, number, at, voided_why)
               WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
               SELECT 'BY', '2026-11-28', i, 'BY-' || i, 0, '作废' FROM n ORDER BY i"""
        )
    out = tmp_path / "out"
    out.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-c", "import sys; from counter_app.cli import main; sys.exit(main(sys.argv[1:]))",
         "export", "--month", "2026-11", "--data", str(shop.desk.folder), "--out", str(out / "a.xlsx"), "--progress"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert child.stdout is not None
    assert json.loads(child.stdout.readline())["done"] < 60_000
    child.terminate()
    _, said = child.communicate(timeout=60)
    assert child.returncode != 0
    left = [file.name for file in out.iterdir()]
    assert "a.xlsx" not in left
    if said:  # where a program can be asked to stop (everywhere but on Windows), it cleans up after itself
        assert (child.returncode, left) == (3, [])

"""The CSV twin of an archive is held against the books like the workbook, and against its own hashes where there are none."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from month_shop import MonthShop

from counter_app import cli, wording
from counter_app.domain.errors import CounterError, UserError
from counter_app.services import month, month_check, month_twin

Edit = Callable[[dict[str, bytes]], None]


@pytest.fixture
def twin(shop: MonthShop) -> Path:
    path = shop.desk.folder / "exports" / "2026-11.zip"
    month.export(shop.boss, month.period("2026-11"), path, "zh")
    return path


def edited(path: Path, edit: Edit, *, hashes: bool = False) -> Path:
    """A copy that was edited; with `hashes` whoever did it computed the hashes anew."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    edit(parts)
    if hashes:
        manifest = json.loads(parts["manifest.json"])
        for one in manifest["files"]:
            one["sha256"] = hashlib.sha256(parts[one["file"]]).hexdigest()
        parts["manifest.json"] = json.dumps(manifest).encode()
    other = path.with_name("edited.zip")
    with zipfile.ZipFile(other, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return other


def of(parts: dict[str, bytes], name: str) -> str:
    return next(one for one in parts if name in one)


def cheaper(parts: dict[str, bytes]) -> None:
    name = of(parts, "-refunds")
    assert b",88.00," in parts[name]
    parts[name] = parts[name].replace(b",88.00,", b",8.80,", 1)


def without_claims(parts: dict[str, bytes]) -> None:
    del parts[of(parts, "-claims")]


def other_vouchers(parts: dict[str, bytes]) -> None:
    parts["vouchers-yonyou.csv"] += b"\r\n"


def told(checked: month_check.Checked) -> list[str]:
    return [wording.sentence(CounterError(one.code, **one.params), "zh") for one in checked.findings]


def test_every_value_of_a_fresh_twin_agrees(shop: MonthShop, twin: Path) -> None:
    checked = month_twin.check(shop.desk, twin)
    assert checked.findings == () and checked.values > 500
    assert month_twin.alone(twin).findings == () and month_twin.alone(twin).values == 23


def test_a_changed_amount_is_named_also_where_the_hashes_were_made_anew(shop: MonthShop, twin: Path) -> None:
    other = edited(twin, cheaper, hashes=True)
    assert told(month_twin.check(shop.desk, other)) == ["“退款”G3 是“8.80”，数据库里是“88.00”"]
    assert not month_twin.check(shop.desk, other).sound


@pytest.mark.parametrize(
    ("edit", "name"), [(cheaper, "退款"), (without_claims, "追偿"), (other_vouchers, "vouchers-yonyou.csv")]
)
def test_without_a_database_the_hashes_tell_which_file_was_changed(twin: Path, edit: Edit, name: str) -> None:
    checked = month_twin.alone(edited(twin, edit))
    assert told(checked) == [f"“{name}”导出后被改动过：与导出时留下的封印不符"]
    assert not checked.sound


def test_a_file_that_was_taken_out_is_missing(shop: MonthShop, twin: Path) -> None:
    assert told(month_twin.check(shop.desk, edited(twin, without_claims))) == ["缺少工作表“追偿”"]


def test_the_twin_of_another_shop_and_a_zip_that_is_none_are_refused(shop: MonthShop, twin: Path) -> None:
    def another(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = parts["manifest.json"].replace(b'"shop": "', b'"shop": "X')

    with pytest.raises(UserError, match=r"archive\.check\.shop"):
        month_twin.check(shop.desk, edited(twin, another))
    assert not month_twin.is_twin(shop.desk.folder / "counter.sqlite3")


def test_verify_takes_the_twin_too(shop: MonthShop, twin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--data", str(shop.desk.folder), "--language", "zh", "verify", str(twin)]) == 0
    assert "与数据库一致" in capsys.readouterr().out
    assert cli.main(["--data", str(shop.desk.folder), "verify", str(edited(twin, cheaper))]) == 2

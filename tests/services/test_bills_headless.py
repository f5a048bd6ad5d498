"""`main.py import` of a bill: the proofs of what is owed are entered without a window."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import import_files as files
import pytest
from test_bills import refunded, wechat
from visits import Counter, build_shop, opened

from counter_app import cli, resources
from counter_app.db.models import Proof, Sale
from counter_app.services import settling

Verb = Callable[..., int]


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one
        one.sound()


@pytest.fixture
def verb(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Verb:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("COUNTER_PIN", "4567")

    def run(*words: object) -> int:
        return cli.main(["--data", str(counter.desk.folder), "import", *map(str, words)])

    return run


def a_bill(counter: Counter, tmp_path: Path) -> tuple[Path, str]:
    number = refunded(counter).case.documents[1].number
    bill = wechat(
        tmp_path,
        ("4200000001", "X1", "5030000001", number, "199.00"),
        ("4200000009", "X9", "5030000009", "not ours", "8.00"),
    )
    return bill, number


def test_a_bill_is_told_by_its_header_and_entered(
    counter: Counter, verb: Verb, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bill, number = a_bill(counter, tmp_path)
    assert verb(bill, "--staff", 4) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"微信 账单.csv: row 2: {number} 199.00 proven by 5030000001",
        "微信 账单.csv: row 3: nothing here owes the refund 5030000009 of 8.00; find out what it was",
        "wechat: owed 1, payments 0, unowed 1",
    ]
    assert settling.owed(counter.clerk) == ()
    assert [(proof.reference, proof.by.name) for proof in Proof.select()] == [("5030000001", "钱财务")]
    assert verb(bill, "--staff", 4, "--progress") == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"known": 1, "unowed": 1, "payments": 0}
    assert Proof.select().count() == 1


def test_a_dry_run_of_a_bill_says_what_it_would_prove_and_writes_nothing(
    counter: Counter, verb: Verb, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bill, number = a_bill(counter, tmp_path)
    assert verb(bill, "--dry-run") == 0
    assert f"row 2: {number} 199.00 would be proven by 5030000001" in capsys.readouterr().out
    assert Proof.select().count() == 0


def test_proofs_are_entered_in_somebodys_name(
    counter: Counter, verb: Verb, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bill, _number = a_bill(counter, tmp_path)
    assert verb(bill) == 2
    assert "--staff" in capsys.readouterr().err
    assert Proof.select().count() == 0


def test_a_bill_beside_orders_is_refused_before_anything_is_written(
    counter: Counter, verb: Verb, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bill, _number = a_bill(counter, tmp_path)
    sales = Sale.select().count()
    assert verb(bill, resources.path("samples", "shopify_orders.csv"), "--staff", 4) == 2
    assert bill.name in capsys.readouterr().err
    assert Sale.select().count() == sales and Proof.select().count() == 0


def test_orders_that_only_name_their_payment_are_no_bill(
    counter: Counter, verb: Verb, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = ["T1", "2026-11-10", "茶壶", "690", "1", "88", "88", "13800000000", "4200000001"]
    file = files.till(tmp_path, row, header=f"{files.TILL},微信订单号")
    assert verb(file, "--dry-run") == 0
    assert capsys.readouterr().out.startswith("sheet: new 1")


def test_a_bill_is_entered_by_nobody_who_does_not_show_their_pin(
    counter: Counter,
    verb: Verb,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bill, _number = a_bill(counter, tmp_path)
    monkeypatch.setenv("COUNTER_PIN", "0000")
    assert verb(bill, "--staff", 4) == 2
    assert "PIN" in capsys.readouterr().err
    monkeypatch.delenv("COUNTER_PIN")
    assert verb(bill, "--staff", 4) == 2
    assert "COUNTER_PIN" in capsys.readouterr().err, "there is no terminal to ask at"
    assert verb(bill, "--staff", 4, "--pin-file", tmp_path / "none") == 2
    assert "none" in capsys.readouterr().err
    assert Proof.select().count() == 0
    kept = tmp_path / "pin.txt"
    kept.write_text("4567\n", encoding="utf-8")
    assert verb(bill, "--staff", 4, "--dry-run") == 0
    assert Proof.select().count() == 0
    assert verb(bill, "--staff", 4, "--pin-file", kept) == 0
    assert Proof.select().count() == 1


def test_a_pin_is_asked_for_at_the_keyboard(
    counter: Counter, verb: Verb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bill, _number = a_bill(counter, tmp_path)
    monkeypatch.delenv("COUNTER_PIN")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda *_asked, **_where: "4567")
    assert verb(bill, "--staff", 4) == 0
    assert Proof.select().count() == 1

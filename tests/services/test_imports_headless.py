"""`main.py import`: the same import without a window."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from signal import SIGTERM

import import_files as files
import pytest

from counter_app import cli, resources
from counter_app.db.models import ImportBatch, Sale
from counter_app.domain import import_report
from counter_app.services import imports
from counter_app.services.desk import Desk
from counter_app.verbs import import_sales, progress

SAMPLES = resources.path("samples")


@pytest.fixture
def verb(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> object:
    """Runs the verb on the shop's folder."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)

    def run(*words: object) -> int:
        return cli.main(["--data", str(desk.folder), "import", *map(str, words)])

    return run


def test_a_dry_run_tells_and_writes_nothing(verb: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert verb(SAMPLES / "taobao_orders.csv", SAMPLES / "taobao_items.csv", "--dry-run") == 0  # type: ignore[operator]
    assert capsys.readouterr().out == "taobao: new 217, passed 13, passed.cancelled 9, passed.unpaid 4\n"
    assert Sale.select().count() == ImportBatch.select().count() == 0


def test_a_preview_comes_whole_to_whoever_asked_for_it(
    verb: object, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = {"Name": "#1", "Total": "299.00"}, {"Name": "#2", "Total": "x"}
    file = files.shopify(tmp_path, good, bad)
    assert verb(file, "--preview", "--progress") == 0  # type: ignore[operator]
    *steps, told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert steps and all(set(step) == {"done", "total"} for step in steps)
    assert import_report.from_values(told) == imports.preview(desk, file)
    assert Sale.select().count() == ImportBatch.select().count() == 0


def test_a_preview_that_is_refused_names_the_columns_a_person_could_name(
    verb: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = files.till(tmp_path, ["T1", "2026-11-10", "茶壶", "1", "88"], header="Nr,Tag,Was,数量,Betrag")
    assert verb(file, "--preview") == 0  # type: ignore[operator]
    told = json.loads(capsys.readouterr().out)
    assert told["refused"] == "import.file.unknown" and told["params"]["file"] == file.name
    assert told["columns"] == ["Nr", "Tag", "Was", "数量", "Betrag"]
    assert told["suggested"] == {"quantity": "数量"}


def test_an_import_in_somebodys_name(verb: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert verb(SAMPLES / "shopify_orders.csv", "--staff", 3, "--progress") == 0  # type: ignore[operator]
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1]["counts"]["new"] == 223
    assert lines[-2]["done"] == lines[-2]["total"]
    assert {row.recorded_by.name for row in Sale.select()} == {"赵主管"}


def test_a_stopped_import_says_how_far_it_came_and_goes_on_the_next_time(
    verb: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 2)
    monkeypatch.setattr(
        import_sales, "progress_lines", lambda: lambda _done, _total: signal.raise_signal(SIGTERM)
    )
    usual = signal.getsignal(SIGTERM)
    file = files.till(
        tmp_path,
        *([f"T{at}", "2026-11-10", "茶壶", "1", "88"] for at in range(7)),
        header="小票号,日期,商品名称,数量,单价",
    )
    try:
        assert verb(file, "--progress") == progress.STOPPED  # type: ignore[operator]
    finally:
        signal.signal(SIGTERM, usual)
    assert "What was taken in stays" in capsys.readouterr().err
    (batch,) = ImportBatch.select()
    assert batch.finished_at is not None and batch.counts == {"new": Sale.select().count()} == {"new": 4}
    assert verb(file) == 0  # type: ignore[operator]
    assert capsys.readouterr().out == "sheet: known 4, new 3\n"


def test_faulty_rows_are_told_one_by_one(
    verb: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = {"Name": "#1", "Total": "299.00"}, {"Name": "#2", "Total": "x"}
    assert verb(files.shopify(tmp_path, good, bad)) == 0  # type: ignore[operator]
    first, book, last = capsys.readouterr().out.splitlines()
    assert (first, last) == ("shopify.csv:3 Total: “x” is no amount.", "shopify: faults 1, new 1")
    assert Path(book).is_file()
    assert Path(book).parent.name == "exports"


def test_a_mapping_file_says_what_the_columns_hold(
    verb: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = files.till(tmp_path, ["T1", "2026-11-10", "茶壶", "1", "88"], header="Nr,Tag,Was,Zahl,Betrag")
    mapping = tmp_path / "mapping.json"
    told = {"order_no": "Nr", "date": "Tag", "name": "Was", "quantity": "Zahl", "line_paid": "Betrag"}
    mapping.write_text(json.dumps(told), encoding="utf-8")
    assert verb(file, "--mapping", mapping) == 0  # type: ignore[operator]
    assert capsys.readouterr().out == "sheet: new 1\n"
    mapping.write_text("[1, 2]", encoding="utf-8")
    assert verb(file, "--mapping", mapping) == 2  # type: ignore[operator]
    assert verb(file, "--mapping", tmp_path / "gone.json") == 2  # type: ignore[operator]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gone.csv"], "gone.csv cannot be opened"),
        ([SAMPLES / "shopify_orders.csv", SAMPLES / "plain_orders.csv"], "cannot be imported together"),
        ([SAMPLES / "products.csv", "--source", "ebay"], "no source “ebay”"),
        ([SAMPLES / "products.csv", "--staff", "99"], "no such member of staff"),
        ([SAMPLES / "products.csv", "--staff", "2"], "does not have this right"),
        ([], "Wrong arguments"),
    ],
)
def test_what_cannot_be_imported_ends_with_one_line(
    verb: object, capsys: pytest.CaptureFixture[str], words: list[object], said: str
) -> None:
    assert verb(*words) == 2  # type: ignore[operator]
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err

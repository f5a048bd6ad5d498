"""The register's nightly file: taken in once, when it is whole; a bad one stops no other."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import import_files as files
import pytest

from counter_app import cli, resources
from counter_app.db.models import Sale, Task
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import imports, settings, tasks, watched_imports
from counter_app.services.desk import Desk

SAMPLES = resources.path("samples")
ROW = {"小票号": "R-1", "日期": "2026-11-01", "商品名称": "云朵电饭煲", "数量": "1", "单价": "299.00"}


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    found = tmp_path / "register"
    found.mkdir()
    watched_imports.choose(desk, str(found))
    return found


def _night(desk: Desk, folder: Path, name: str, *numbers: str, age_ms: int = 3_600_000) -> Path:
    """A file that the register finished so long ago."""
    file = files.csv_file(folder, name, files.TILL, [{**ROW, "小票号": number} for number in numbers])
    return _aged(desk, file, age_ms)


def _aged(desk: Desk, file: Path, age_ms: int = 3_600_000) -> Path:
    at = (desk.instant() - age_ms) / 1000
    os.utime(file, (at, at))
    return file


def _names(done: tuple[watched_imports.Taken, ...]) -> list[str]:
    return [one.file for one in done]


def test_every_file_is_taken_in_once_whatever_it_is_called_later(desk: Desk, folder: Path) -> None:
    _night(desk, folder, "1.csv", "R-1", "R-2")
    _night(desk, folder, "2.csv", "R-3")
    first = watched_imports.take_in(desk)
    assert [(one.file, one.kind, one.counts) for one in first] == [
        ("1.csv", "sheet", {"new": 2}),
        ("2.csv", "sheet", {"new": 1}),
    ]
    assert watched_imports.take_in(desk) == ()
    (folder / "1.csv").rename(folder / "renamed.csv")
    assert watched_imports.take_in(desk) == ()
    assert watched_imports.unseen(desk, watched_imports.listing(folder)) == {}, "nor is it read again"
    assert Sale.select().count() == 3
    assert (folder / "renamed.csv").exists(), "nothing of the owner's is moved"


def test_a_file_that_grew_is_looked_into_again(desk: Desk, folder: Path) -> None:
    _night(desk, folder, "day.csv", "R-1")
    watched_imports.take_in(desk)
    _night(desk, folder, "day.csv", "R-1", "R-2", age_ms=60_000)
    (again,) = watched_imports.take_in(desk)
    assert again.counts == {"known": 1, "new": 1}


def test_a_file_that_is_being_written_waits(
    desk: Desk, folder: Path, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    _night(desk, folder, "now.csv", "R-1", age_ms=2_000)
    assert watched_imports.take_in(desk) == ()
    _night(desk, folder, "now.csv", "R-1", age_ms=20_000)
    grows = watched_imports._whole

    def while_read(file: Path) -> tuple[watched_imports.Mark | None, str]:
        told = grows(file)
        _night(desk, folder, "now.csv", "R-1", "R-2", age_ms=15_000)
        return (None, "") if grows(file)[0] != told[0] else told

    monkeypatch.setattr(watched_imports, "_whole", while_read)
    assert watched_imports.take_in(desk) == ()
    monkeypatch.undo()
    assert _names(watched_imports.take_in(desk)) == ["now.csv"]


def test_a_file_that_another_program_holds_waits(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _night(desk, folder, "held.csv", "R-1")
    opened = Path.open

    def held(self: Path, *args: str, **more: str) -> object:
        if self == file:
            raise PermissionError(13, "in use")
        return opened(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", held)
    assert watched_imports.take_in(desk) == ()
    monkeypatch.undo()
    assert _names(watched_imports.take_in(desk)) == ["held.csv"]


def test_a_bad_file_becomes_a_to_do_and_stops_no_other(desk: Desk, folder: Path) -> None:
    bad = folder / "a.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    _aged(desk, bad)
    _night(desk, folder, "b.csv", "R-1")
    done = watched_imports.take_in(desk)
    assert [(one.file, one.refused) for one in done] == [("a.xlsx", "import.file.broken"), ("b.csv", "")]
    assert watched_imports.take_in(desk) == (), "a refused file is not tried every minute"
    (task,) = tasks.to_do(desk)
    assert task.title.zh.startswith("收银机的文件没能导入：a.xlsx: 文件 a.xlsx 已损坏")
    assert task.title.en.startswith(
        "The register's file could not be taken in: a.xlsx: The file a.xlsx is damaged"
    )


def test_rows_that_could_not_come_in_are_a_to_do_with_their_workbook(desk: Desk, folder: Path) -> None:
    rows = [ROW, {**ROW, "小票号": "R-2", "单价": "?"}]
    _aged(desk, files.csv_file(folder, "night.csv", files.TILL, rows))
    (done,) = watched_imports.take_in(desk)
    (book,) = done.fault_books
    assert Path(book).is_file()
    (task,) = tasks.to_do(desk)
    assert (task.kind, Path(book).name in task.title.zh) == ("import_faults", True)


def test_other_files_and_half_downloads_are_left_alone(desk: Desk, folder: Path) -> None:
    for name in ("~$night.xlsx", ".night.csv", "night.csv.part", "night.tmp", "readme.pdf"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "orders.csv").mkdir()
    assert watched_imports.listing(folder) == {}


def test_a_file_is_put_away_only_when_the_owner_chose_it(desk: Desk, folder: Path) -> None:
    watched_imports.choose(desk, str(folder), move=True)
    _night(desk, folder, "1.csv", "R-1")
    (folder / "imported").mkdir()
    (folder / "imported" / "1.csv").write_text("earlier", encoding="utf-8")
    watched_imports.take_in(desk)
    assert not (folder / "1.csv").exists()
    assert (folder / "imported" / "1.csv").read_text("utf-8") == "earlier"
    assert (folder / "imported" / "1-2.csv").exists()


def test_a_source_may_be_insisted_on(desk: Desk, folder: Path) -> None:
    watched_imports.choose(desk, str(folder), "pdd")
    _night(desk, folder, "1.csv", "R-1")
    (done,) = watched_imports.take_in(desk)
    assert done.refused == "import.columns"


def test_what_cannot_be_chosen_is_refused(
    desk: Desk, folder: Path, as_role: Callable[[str], Desk], tmp_path: Path
) -> None:
    for wrong, code in (
        (("/no/such/folder",), "import.watched.folder"),
        ((str(folder), "ebay"), "import.source"),
    ):
        with pytest.raises(UserError) as caught:
            watched_imports.choose(desk, *wrong)
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        watched_imports.choose(as_role("clerk"), "")
    assert caught.value.code == "staff.right.missing"
    with pytest.raises(SurroundingsError) as gone:
        watched_imports.listing(tmp_path / "gone")
    assert gone.value.code == "import.watched.gone"


def test_an_item_list_comes_after_the_orders_it_completes(desk: Desk, folder: Path) -> None:
    for name in ("taobao_items.csv", "taobao_orders.csv"):
        shutil.copy(SAMPLES / name, folder / name)
        _aged(desk, folder / name)
    orders, items = watched_imports.take_in(desk)
    assert (orders.kind, items.kind) == ("taobao", "taobao_items")
    assert items.counts["completed"] > 0


def test_a_stopped_file_goes_on_the_next_time(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 2)
    _night(desk, folder, "1.csv", "R-1", "R-2", "R-3", "R-4", "R-5")

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        watched_imports.take_in(desk, stop)
    assert Sale.select().count() == 2
    (done,) = watched_imports.take_in(desk)
    assert done.counts == {"known": 2, "new": 3}


def test_of_two_windows_that_look_at_the_same_time_one_takes_a_file_in(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _night(desk, folder, "1.csv", "R-1")
    others: list[tuple[watched_imports.Taken, ...]] = []
    real = imports.run_import

    def meanwhile(*given: object, **named: object) -> object:
        others.append(
            watched_imports.take_in(desk)
        )  # the other window looks while this one has the file in hand
        return real(*given, **named)

    monkeypatch.setattr(imports, "run_import", meanwhile)
    (taken,) = watched_imports.take_in(desk)
    assert (taken.counts, others) == ({"new": 1}, [()])
    assert settings.setting(desk, watched_imports.SEEN)["in_hand"] == {}
    assert file.exists()


def test_what_a_killed_window_had_in_hand_is_free_again_after_a_while(
    desk: Desk, folder: Path, clock: object
) -> None:
    file = _night(desk, folder, "1.csv", "R-1")
    assert watched_imports._claim(desk, hashlib.sha256(file.read_bytes()).hexdigest())
    assert watched_imports.take_in(desk) == ()
    clock.forward(milliseconds=watched_imports.IN_HAND_MS)  # type: ignore[attr-defined]
    (taken,) = watched_imports.take_in(desk)
    assert taken.counts == {"new": 1}


def test_a_file_that_the_register_begins_anew_while_it_is_opened_waits_without_a_to_do(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _night(desk, folder, "1.csv", "R-1")
    state = file.stat()
    stale = ((state.st_size, state.st_mtime_ns), "0" * 64)
    with monkeypatch.context() as while_read:
        while_read.setattr(watched_imports, "_whole", lambda _file: stale)
        assert watched_imports.take_in(desk) == ()
    assert Task.select().count() == 0
    assert Sale.select().count() == 0
    (taken,) = watched_imports.take_in(desk)
    assert taken.counts == {"new": 1}


def test_without_a_folder_nothing_is_looked_for(desk: Desk) -> None:
    assert (watched_imports.folder_of(desk), watched_imports.take_in(desk)) == (None, ())


def test_the_verb_says_what_became_of_each_file(
    desk: Desk, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _aged(desk, _night(desk, folder, "1.csv", "R-1"), -10_000)
    data = str(desk.folder)
    assert settings.setting(desk, watched_imports.FOLDER) == str(folder)
    assert cli.main(["watch", "--data", data]) == 0
    assert capsys.readouterr().out == "1.csv: sheet: new 1\n"
    assert cli.main(["watch", "--data", data, "--progress"]) == 0
    assert json.loads(capsys.readouterr().out) == {"taken": []}

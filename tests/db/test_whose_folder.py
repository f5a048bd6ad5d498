"""One machine at a time works on a data folder; where it lies is looked at."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app import cli, wording
from counter_app.db import backup, holding, places
from counter_app.db.holding import STALE_S, Hold
from counter_app.domain.errors import SurroundingsError


def elsewhere(folder: Path, *, silent_s: float, host: str = "KASSE-2") -> Path:
    """The word that another machine left in the folder, so long ago."""
    file = folder / f"{holding.STEM}-{host}-77.json"
    file.write_text(json.dumps({"machine": f"{host}/b", "host": host, "pid": 77}), encoding="utf-8")
    then = file.stat().st_mtime - silent_s
    os.utime(file, (then, then))
    return file


def test_a_folder_open_on_another_machine_is_refused_and_that_machine_named(tmp_path: Path) -> None:
    elsewhere(tmp_path, silent_s=30)
    with pytest.raises(SurroundingsError) as refused:
        Hold.take(tmp_path)
    assert refused.value.code == "db.other_machine"
    for language in ("zh", "en"):
        assert "KASSE-2" in wording.sentence(refused.value, language)
    assert [file.name for file in tmp_path.iterdir()] == [f"{holding.STEM}-KASSE-2-77.json"]


def test_a_machine_that_lost_its_power_frees_the_folder_after_a_while(tmp_path: Path) -> None:
    left = elsewhere(tmp_path, silent_s=STALE_S + 5)
    hold = Hold.take(tmp_path)
    assert not left.exists() and hold.others_here() == []
    hold.release()
    assert list(tmp_path.iterdir()) == []


def test_a_machine_that_slept_learns_that_another_took_over(tmp_path: Path) -> None:
    asleep = Hold.take(tmp_path, "KASSE-2/b")
    then = asleep._file.stat().st_mtime - STALE_S - 5
    os.utime(asleep._file, (then, then))
    awake = Hold(tmp_path, "KASSE-1/a")
    awake._file = tmp_path / f"{holding.STEM}-KASSE_1-9.json"
    awake._tell()
    holding.refuse_others(tmp_path, "KASSE-1/a")
    asleep._file.unlink()  # what `take` of the other machine does with a word that grew stale
    with pytest.raises(SurroundingsError) as told:
        asleep.beat(1000.0)
    assert told.value.code == "db.taken_over"
    awake.release()


def test_two_machines_that_begin_in_one_moment_are_never_both_let_in(tmp_path: Path) -> None:
    first, second = Hold(tmp_path, "A/1"), Hold(tmp_path, "B/2")
    second._file = tmp_path / f"{holding.STEM}-B-2.json"
    for one in (first, second):
        one._tell()
    (first._file).write_text(json.dumps({"machine": "A/1", "host": "A", "pid": 1}), encoding="utf-8")
    for machine in ("A/1", "B/2"):
        with pytest.raises(SurroundingsError):
            holding.refuse_others(tmp_path, machine)


def test_two_windows_of_one_machine_know_of_each_other(tmp_path: Path) -> None:
    other = Hold(tmp_path)
    other._file = tmp_path / f"{holding.STEM}-here-1.json"
    other._tell()
    hold = Hold.take(tmp_path)
    assert [one.file for one in hold.others_here()] == [other._file]
    other.release()
    assert hold.others_here() == []
    hold.release()


def test_a_window_that_was_killed_is_nobody(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    left = tmp_path / f"{holding.STEM}-here-{child.pid}.json"
    told = {"machine": holding.this_machine(), "host": holding.host_name(), "pid": child.pid}
    left.write_text(json.dumps(told), encoding="utf-8")
    hold = Hold.take(tmp_path)
    assert hold.others_here() == []
    left.write_text(json.dumps({**told, "pid": os.getppid()}), encoding="utf-8")
    assert [one.pid for one in hold.others_here()] == [os.getppid()]
    hold.release()


def test_a_window_tells_again_only_every_so_often(tmp_path: Path) -> None:
    hold = Hold.take(tmp_path)
    hold.beat(1000.0)
    then = hold._file.stat().st_mtime - 50
    os.utime(hold._file, (then, then))
    hold.beat(1001.0)
    assert hold._file.stat().st_mtime == then
    hold.beat(1000.0 + holding.BEAT_S)
    assert hold._file.stat().st_mtime > then
    hold.release()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "db.disk_full"),
        (errno.EROFS, "db.read_only"),
        (errno.EACCES, "db.read_only"),
        (errno.EIO, "db.folder"),
    ],
)
def test_a_folder_that_cannot_take_the_word_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fails(*_args: object, **_named: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_text", fails)
    with pytest.raises(SurroundingsError) as told:
        Hold.take(tmp_path)
    assert told.value.code == code


def test_nothing_is_restored_under_another_machine(tmp_path: Path) -> None:
    elsewhere(tmp_path, silent_s=1)
    with pytest.raises(SurroundingsError) as refused:
        backup.restore(tmp_path, tmp_path / "any.sqlite3", at=backup.datetime.now(backup.UTC))
    assert refused.value.code == "db.other_machine"


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/till\\040data cifs rw 0 0
nas:/vol /srv/nas nfs4 rw 0 0
/dev/sdb1 /media/owner/STICK vfat rw 0 0
tmpfs /srv/nas/scratch tmpfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("/var/lib/shop/data", "local"),
        ("/mnt/till data", "network"),
        ("/mnt/till data/shop", "network"),
        ("/mnt/till database", "local"),
        ("/srv/nas/shop", "network"),
        ("/srv/nas/scratch/shop", "local"),
        ("/media/owner/STICK/backups", "removable"),
    ],
)
def test_a_network_drive_is_told_by_its_mount(folder: str, place: str) -> None:
    assert places.mounted_place(folder, MOUNTS) == place


def test_a_system_without_a_table_of_mounts_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert places.mounted_place("/data", "") == "unknown"
    monkeypatch.setattr(places.sys, "platform", "darwin")
    monkeypatch.setattr(places, "MOUNTS", tmp_path / "none")
    assert places.place_of(tmp_path) == "unknown"


@pytest.mark.parametrize(
    ("folder", "kind", "place"),
    [
        ("\\\\server\\share\\shop", 0, "network"),
        ("//server/share/shop", 0, "network"),
        ("\\\\?\\UNC\\server\\share", 0, "network"),
        ("Z:\\shop", 4, "network"),
        ("C:\\Users\\shop", 3, "local"),
        ("\\\\?\\C:\\shop", 3, "local"),
        ("E:\\backups", 2, "removable"),
        ("relative", 3, "unknown"),
    ],
)
def test_a_network_drive_of_windows_is_told_by_its_letter_or_share(
    folder: str, kind: int, place: str
) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return kind

    assert places.windows_place(folder, drive_type) == place
    assert all(len(root) == 3 and root.endswith(":\\") for root in asked)


def test_folders_of_one_disk_are_known_to_die_together(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert places.same_disk(tmp_path, tmp_path / "a")
    assert not places.same_disk(tmp_path, tmp_path / "gone")


@pytest.mark.parametrize("verb", ["migrate", "reindex", "import"])
def test_no_verb_writes_to_a_folder_of_another_machine(
    tmp_path: Path, verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    word = elsewhere(tmp_path, silent_s=10)
    files = ["orders.csv"] if verb == "import" else []
    assert cli.main(["--data", str(tmp_path), verb, *files, *(["--source", "sheet"] if files else [])]) == 2
    assert "KASSE-2" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [word]

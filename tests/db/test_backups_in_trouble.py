"""Backups when disks are full, gone or locked, and when the data themselves are lost."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fixtures_shop import AT, SmallShop

from counter_app import cli, wording
from counter_app.db import backup, backup_folders, connection, heads, holding
from counter_app.db.models import Attachment, Document, Staff
from counter_app.db.verify import verify
from counter_app.domain.errors import CounterError, SurroundingsError

NOW = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)
PHOTO = hashlib.sha256(b"photo").hexdigest()
Verb = Callable[..., int]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick with the folder that the owner chose."""
    return tmp_path / "USB 盘" / "备份"


@pytest.fixture
def verb(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> Verb:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)

    def run(*words: object) -> int:
        return cli.main(["--data", str(shop.folder), *map(str, words)])

    return run


def refused(code: str, call: Callable[[], Any]) -> str:
    """The English sentence of the refusal that must come."""
    with pytest.raises(SurroundingsError) as caught:
        call()
    assert caught.value.code == code
    assert wording.sentence(caught.value, "zh")
    return wording.sentence(caught.value, "en")


def pull_out(stick: Path) -> None:
    """Unplug the stick: the folder where it was mounted stays, empty."""
    for file in sorted(stick.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()


# --- the chosen folder ------------------------------------------------------------------------------


def test_the_chosen_folder_is_remembered_beside_the_data(shop: SmallShop, stick: Path) -> None:
    assert backup_folders.chosen_folder(shop.folder) is None
    backup_folders.choose(shop.folder, stick, "星河电器")
    assert backup_folders.chosen_folder(shop.folder) == stick
    backup_folders.refuse_gone(stick)
    backup_folders.choose(shop.folder, None, "星河电器")
    assert backup_folders.chosen_folder(shop.folder) is None


def test_a_folder_that_cannot_be_written_is_not_chosen(shop: SmallShop, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    refused("backup.cannot_write", lambda: backup_folders.choose(shop.folder, tmp_path / "file" / "x", "店"))
    assert backup_folders.chosen_folder(shop.folder) is None


def test_the_empty_place_of_an_unplugged_stick_is_no_folder_for_backups(shop: SmallShop, stick: Path) -> None:
    backup_folders.choose(shop.folder, stick, "店")
    pull_out(stick)
    assert stick.is_dir()
    assert str(stick) in refused("backup.folder_gone", lambda: backup_folders.refuse_gone(stick))


def test_the_newest_good_backup_is_found_in_either_folder(shop: SmallShop, stick: Path) -> None:
    backup_folders.choose(shop.folder, stick, "店")
    here = backup.back_up(shop.folder, at=NOW)
    there = backup.back_up(shop.folder, at=NOW + timedelta(hours=1), to=stick)
    assert backup_folders.everywhere(shop.folder) == [there, here]
    assert backup_folders.newest_good(shop.folder) == there
    there.path.write_bytes(b"scratched")
    assert backup_folders.newest_good(shop.folder) == here
    later = backup.back_up(shop.folder, at=NOW + timedelta(hours=2))
    assert backup_folders.newest_good(shop.folder) == later


def test_backups_of_the_data_folder_chosen_itself_are_listed_once(shop: SmallShop) -> None:
    backup_folders.choose(shop.folder, shop.folder / "backups", "店")
    made = backup.back_up(shop.folder, at=NOW)
    assert backup_folders.everywhere(shop.folder) == [made]


def test_what_a_backup_holds_is_counted(shop: SmallShop) -> None:
    shop.refund(shop.sale())
    made = backup.back_up(shop.folder, at=NOW)
    counts = backup_folders.counts_of(made.path)
    assert counts is not None
    assert (counts.cases, counts.documents, counts.sales, counts.money_rows) == (1, 2, 1, 1)
    assert counts.newest_at > 0
    assert backup_folders.counts_of(shop.folder / backup.FILE_NAME) == counts, "the file in use too"
    made.path.write_bytes(b"rubbish")
    assert backup_folders.counts_of(made.path) is None


# --- the clock's own backups ------------------------------------------------------------------------


def test_the_hourly_backup_goes_to_the_chosen_folder(shop: SmallShop, stick: Path, verb: Verb) -> None:
    backup_folders.choose(shop.folder, stick, "店")
    assert verb("backup", "--auto") == 0
    made = backup.backups(shop.folder, stick)
    assert [one.label for one in made] == ["auto"] and backup.is_good(made[0])
    assert backup.backups(shop.folder) == []


def test_a_stick_that_was_pulled_out_is_told_and_the_backup_made_beside_the_data(
    shop: SmallShop, stick: Path, verb: Verb, capsys: pytest.CaptureFixture[str]
) -> None:
    backup_folders.choose(shop.folder, stick, "店")
    pull_out(stick)
    assert verb("backup", "--auto") == 2
    told = capsys.readouterr().err
    assert str(stick) in told and "on this computer instead" in told
    assert len(backup.backups(shop.folder)) == 1
    assert list(stick.iterdir()) == [], "nothing is written to the place where the stick was"


def test_a_stick_that_is_full_is_told_and_the_backup_made_beside_the_data(
    shop: SmallShop,
    stick: Path,
    verb: Verb,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup_folders.choose(shop.folder, stick, "店")
    full_at(monkeypatch, stick)
    assert verb("backup", "--auto") == 2
    assert "on this computer instead" in capsys.readouterr().err
    assert not list(stick.glob("*.part")) and not list(stick.glob("*.sqlite3"))
    assert backup.is_good(backup.backups(shop.folder)[0])


def full_at(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Databases that are written into a folder get a few pages, then SQLite itself says the disk is full."""
    connect = sqlite3.connect

    def limited(address: Any, *args: Any, **named: Any) -> sqlite3.Connection:
        db = connect(address, *args, **named)
        if str(folder) in str(address) and "mode=ro" not in str(address):
            db.execute("PRAGMA max_page_count = 8")
        return db

    monkeypatch.setattr(sqlite3, "connect", limited)


def test_a_full_disk_leaves_no_half_backup(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    full_at(monkeypatch, shop.folder / "backups")
    told = refused("backup.cannot_write", lambda: backup.back_up(shop.folder, at=NOW))
    assert "full" in told
    assert not list((shop.folder / "backups").glob("counter-*"))


def test_a_disk_that_fills_up_keeps_nothing_half_written(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, part: Path, _progress: object) -> None:
        part.write_bytes(b"half")
        Path(f"{part}-journal").write_bytes(b"journal")
        raise SurroundingsError("backup.cannot_write", path=str(part), why="full")

    monkeypatch.setattr(backup, "_copy_database", full)
    refused("backup.cannot_write", lambda: backup.back_up(shop.folder, at=NOW))
    assert not list((shop.folder / "backups").glob("counter-*"))


def test_a_disk_that_fills_up_at_the_photos_is_told(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = shop.folder / "attachments" / PHOTO[:2] / PHOTO
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")

    def full(*_args: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(backup.shutil, "copyfile", full)
        refused("backup.cannot_write", lambda: backup.back_up(shop.folder, at=NOW))
    assert not (shop.folder / "backups" / "attachments" / PHOTO[:2] / photo.name).exists()
    backup.back_up(shop.folder, at=NOW + timedelta(minutes=1))
    assert (shop.folder / "backups" / "attachments" / PHOTO[:2] / photo.name).read_bytes() == b"photo"


def test_photos_are_copied_once(shop: SmallShop) -> None:
    photo = shop.folder / "attachments" / PHOTO[:2] / PHOTO
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")
    backup.back_up(shop.folder, at=NOW)
    copy = shop.folder / "backups" / "attachments" / PHOTO[:2] / photo.name
    first = copy.stat()
    backup.back_up(shop.folder, at=NOW + timedelta(hours=1))
    assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)


# --- restoring --------------------------------------------------------------------------------------


def test_a_locked_file_stops_a_restore_and_the_present_data_stay(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    shop.refund(shop.sale())
    shop.db.close()
    locked(monkeypatch, shop.folder / backup.FILE_NAME)
    told = refused(
        "backup.cannot_write", lambda: backup.restore(shop.folder, made.path, at=NOW + timedelta(hours=1))
    )
    assert str(shop.folder) in told
    monkeypatch.undo()
    db = connection.open_database(shop.folder)
    assert Document.select().count() == 2
    db.close()
    assert not list(shop.folder.glob("*.part"))


def test_a_locked_file_stops_a_restore_over_a_damaged_database_too(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    shop.db.close()
    file = shop.folder / backup.FILE_NAME
    file.write_bytes(b"rubbish" * 1000)
    locked(monkeypatch, file)
    refused("backup.cannot_write", lambda: backup.restore(shop.folder, made.path, at=NOW))
    assert file.read_bytes() == b"rubbish" * 1000, "put back to where it was"
    assert not list((shop.folder / "backups").glob("damaged-*"))
    monkeypatch.undo()
    assert backup.restore(shop.folder, made.path, at=NOW) is not None


def locked(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """Another program holds the place of the database: nothing new can be put there (as on Windows)."""
    replace = os.replace

    def held(source: Any, target: Any) -> None:
        if Path(target) == place and str(source).endswith(".part"):
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)


def test_a_full_disk_stops_a_restore_before_anything_is_moved(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    shop.refund(shop.sale())
    shop.db.close()
    full_at(monkeypatch, shop.folder / f"{backup.FILE_NAME}.part")
    refused(
        "backup.cannot_write", lambda: backup.restore(shop.folder, made.path, at=NOW + timedelta(hours=1))
    )
    monkeypatch.undo()
    db = connection.open_database(shop.folder)
    assert Document.select().count() == 2
    db.close()


def test_a_lost_database_is_named_instead_of_opening_an_empty_shop(shop: SmallShop) -> None:
    backup_folders.refuse_lost(shop.folder)
    backup.back_up(shop.folder, at=NOW)
    shop.db.close()
    (shop.folder / backup.FILE_NAME).unlink()
    refused("db.missing", lambda: backup_folders.refuse_lost(shop.folder))


@pytest.mark.parametrize("left", ["an empty file", "a damaged one moved aside"])
def test_a_database_that_lost_all_it_held_is_named_instead_of_opening_an_empty_shop(
    shop: SmallShop, left: str
) -> None:
    file = shop.folder / backup.FILE_NAME
    shop.db.close()
    if left == "an empty file":
        backup.back_up(shop.folder, at=NOW)
        os.truncate(file, 0)
    else:
        aside = shop.folder / "backups" / "damaged-20260305-123000"
        aside.mkdir(parents=True)
        file.replace(aside / file.name)
    refused("db.missing", lambda: backup_folders.refuse_lost(shop.folder))


def photo_of(shop: SmallShop) -> None:
    """A visit with a photo."""
    file = shop.folder / "attachments" / PHOTO[:2] / PHOTO
    file.parent.mkdir(parents=True)
    file.write_bytes(b"photo")
    with shop.writing():
        Attachment.create(
            case=shop.case(shop.sale()), kind="photo", sha256=PHOTO, mime="image/jpeg", size=5, at=AT
        )


def test_a_damaged_database_is_not_moved_from_under_a_window_that_stands(shop: SmallShop) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    shop.db.close()
    file = shop.folder / backup.FILE_NAME
    file.write_bytes(b"rubbish" * 999)
    window = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, text=True)
    word = shop.folder / f"{holding.STEM}-here-{window.pid}.json"
    word.write_text(
        json.dumps({"machine": holding.this_machine(), "host": "here", "pid": window.pid}), encoding="utf-8"
    )
    try:
        refused("backup.in_use", partial(backup.restore, shop.folder, made.path, at=NOW))
        assert file.read_bytes()[:7] == b"rubbish" and not list((shop.folder / "backups").glob("damaged-*"))
    finally:
        window.communicate("\n", timeout=60)
    # Its word is still there, and nobody stands behind it any more.
    kept = backup.restore(shop.folder, made.path, at=NOW)
    assert kept is not None and kept.name.startswith("damaged-")
    connection.open_database(shop.folder).close()


class Killed(BaseException):
    """The process is gone: nothing it would have done afterwards happens."""


def restored_until(folder: Path, chosen: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Restore, and be killed after so many files were put into place or taken away. Whether it came to its end."""
    steps = count(1)
    with monkeypatch.context() as patched:
        for name in ("replace", "unlink", "rename"):
            patched.setattr(Path, name, stops(getattr(Path, name), steps, most))
        patched.setattr(heads, "note_restored", stops(heads.note_restored, steps, most))
        try:
            backup.restore(folder, chosen, at=NOW + timedelta(hours=1))
        except Killed:
            return False
    return True


def stops(real: Callable[..., Any], steps: Iterator[int], most: int) -> Callable[..., Any]:
    def act(*given: Any, **more: Any) -> Any:
        if next(steps) > most:
            raise Killed
        return real(*given, **more)

    return act


@pytest.mark.parametrize("damaged", [False, True])
def test_a_restore_killed_at_any_step_leaves_a_whole_shop_or_one_that_is_named_as_lost(
    shop: SmallShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    shop.refund(shop.sale())
    photo_of(shop)
    made = backup.back_up(shop.folder, at=NOW)
    shop.refund(shop.sale())
    shop.db.close()
    if damaged:
        (shop.folder / backup.FILE_NAME).write_bytes(b"rubbish" * 999)
    seen, done = set(), False
    for step in count():
        folder = tmp_path / f"step {step}"
        shutil.copytree(shop.folder, folder)
        done = restored_until(folder, folder / "backups" / made.path.name, step, monkeypatch)
        if not (folder / backup.FILE_NAME).exists():
            refused("db.missing", partial(backup_folders.refuse_lost, folder))
        elif (folder / backup.FILE_NAME).read_bytes()[:7] != b"rubbish":
            with closing(connection.open_database(folder)) as db:
                found = verify(db, folder)
                assert [one for one in found if one.table in ("heads", "backups", "attachment")] == [], step
                seen.add(Document.select().count())
        if done:
            break
    assert seen == ({2} if damaged else {2, 4})


def test_a_restore_brings_the_photos_before_the_rows_that_name_them(
    shop: SmallShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_of(shop)
    made = backup.back_up(shop.folder, at=NOW)
    shop.db.close()
    new = tmp_path / "new"
    for step in count():
        shutil.rmtree(new, ignore_errors=True)
        done = restored_until(new, made.path, step, monkeypatch)
        there = (new / "attachments" / PHOTO[:2] / PHOTO).is_file()
        assert there or not (new / backup.FILE_NAME).exists(), step
        if done:
            break
    assert there


def test_a_fresh_folder_is_not_a_lost_one(tmp_path: Path) -> None:
    backup_folders.refuse_lost(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_verb_restores_the_newest_good_backup_of_either_folder(
    shop: SmallShop, stick: Path, verb: Verb, capsys: pytest.CaptureFixture[str]
) -> None:
    backup_folders.choose(shop.folder, stick, "店")
    backup.back_up(shop.folder, at=NOW)
    shop.refund(shop.sale())
    there = backup.back_up(shop.folder, at=NOW + timedelta(hours=1), to=stick)
    shop.refund(shop.sale())
    shop.db.close()
    assert verb("restore") == 0
    told = capsys.readouterr().out
    assert str(there.path) in told and "before-restore" in told
    db = connection.open_database(shop.folder)
    assert Document.select().count() == 2
    db.close()
    kept = next(one for one in backup.backups(shop.folder) if one.label == "before-restore")
    assert verb("restore", kept.path, "--progress") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1]["restored"] == str(kept.path) and lines[0].keys() == {"done", "total"}
    db = connection.open_database(shop.folder)
    assert Document.select().count() == 4
    db.close()


def test_the_verb_lists_backups_with_whether_they_are_sound(
    shop: SmallShop, verb: Verb, capsys: pytest.CaptureFixture[str]
) -> None:
    good = backup.back_up(shop.folder, at=NOW)
    bad = backup.back_up(shop.folder, at=NOW + timedelta(hours=1))
    bad.path.write_bytes(b"rubbish")
    shop.db.close()
    assert verb("restore", "--list") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "not usable" in first and str(bad.path) in first
    assert "sound" in second and str(good.path) in second
    db = connection.open_database(shop.folder)
    assert Staff.select().count() == 2
    db.close()


def test_without_any_good_backup_the_verb_says_so(
    shop: SmallShop, verb: Verb, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.db.close()
    assert verb("restore") == 2
    assert "no good backup" in capsys.readouterr().err


def test_every_trouble_with_backups_has_a_sentence_in_both_languages() -> None:
    for code in (
        "backup.folder_gone",
        "backup.only_here",
        "backup.old",
        "backup.none_yet",
        "backup.same_disk",
    ):
        error = CounterError(code, path="E:/备份", made="x", at="2026-03-05 12:30", hours=26)
        assert {wording.sentence(error, "zh"), wording.sentence(error, "en")}.isdisjoint({code})

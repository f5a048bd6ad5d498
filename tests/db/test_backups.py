"""Backups: made while the shop works, checked, thinned out, and restored in one act."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fixtures_shop import SmallShop, sha256

from counter_app.db import backup, backup_files, connection, ledger
from counter_app.db.models import Document, Setting, Staff
from counter_app.domain.errors import CounterError, SurroundingsError

NOW = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)


def refusal(caught: pytest.ExceptionInfo[CounterError]) -> str:
    return caught.value.code


def put_photo(folder: Path, content: bytes) -> Path:
    digest = hashlib.sha256(content).hexdigest()
    file = folder / "attachments" / digest[:2] / digest
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def test_a_backup_of_a_database_in_use_opens_and_has_everything(shop: SmallShop) -> None:
    refund = shop.refund(shop.sale())
    photo = put_photo(shop.folder, b"photo")
    made = backup.back_up(shop.folder, at=NOW)
    assert made.path.name == "counter-20260305-123000-auto.sqlite3"
    assert made.money == (1, ledger.head(shop.db, "money").hash)
    assert backup.backups(shop.folder) == [made]
    assert backup.is_good(made)
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("SELECT number FROM document WHERE id = ?", (refund.id,)).fetchone() == (
            refund.number,
        )
    assert (shop.folder / "backups" / "attachments" / photo.parent.name / photo.name).read_bytes() == b"photo"
    assert not list((shop.folder / "backups").glob("*.part"))


def test_a_backup_goes_where_the_owner_wants_it(shop: SmallShop, tmp_path: Path) -> None:
    second_disk = tmp_path / "第二块 盘"
    made = backup.back_up(shop.folder, at=NOW, to=second_disk, label="by-hand")
    assert made.path.parent == second_disk
    assert backup.newest_good(shop.folder, second_disk) == made
    assert backup.newest_good(shop.folder) is None


def test_two_backups_in_one_second_are_two_files(shop: SmallShop) -> None:
    assert backup.back_up(shop.folder, at=NOW).path != backup.back_up(shop.folder, at=NOW).path


def test_two_windows_in_one_second_write_into_two_files(shop: SmallShop) -> None:
    inner: list[backup.Backup] = []

    def other_window(done: int, total: int) -> None:
        if not inner:
            inner.append(backup.back_up(shop.folder, at=NOW))

    outer = backup.back_up(shop.folder, at=NOW, progress=other_window)
    assert {one.path.name for one in (outer, *inner)} == {
        "counter-20260305-123000-auto.sqlite3",
        "counter-20260305-123000-auto-2.sqlite3",
    }
    assert sorted(backup.backups(shop.folder), key=str) == sorted((outer, *inner), key=str)
    assert all(backup.is_good(one) for one in (outer, *inner))
    assert not list((shop.folder / "backups").glob("*.part"))


def test_a_name_whose_file_was_just_finished_is_not_given_twice(shop: SmallShop) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    target, part = backup_files.claim(made.path.parent, NOW, "auto")
    assert target.name == "counter-20260305-123000-auto-2.sqlite3"
    assert part.name == "counter-20260305-123000-auto-2.part"
    assert not made.path.with_suffix(".part").exists()


@pytest.mark.parametrize("note", [None, "", '{"at": "2026-03-05T12:3'])
def test_a_whole_backup_whose_note_was_never_written_is_offered_and_gets_one(
    shop: SmallShop, note: str | None
) -> None:
    shop.refund(shop.sale())
    made = backup.back_up(shop.folder, at=NOW, label="before-restore")
    beside = made.path.with_suffix(".json")
    beside.unlink()
    if note is not None:
        beside.write_text(note, encoding="utf-8")
    assert backup.backups(shop.folder) == [made]
    assert backup.newest_good(shop.folder) == made
    assert beside.exists() == (note is not None), "looking writes nothing"
    assert backup.rotate(shop.folder) == []
    assert backup.backups(shop.folder) == [made]
    assert backup_files.read_note(beside) == made


def test_a_backup_without_its_note_is_thinned_out_like_the_others(shop: SmallShop) -> None:
    older = backup.back_up(shop.folder, at=NOW)
    newer = backup.back_up(shop.folder, at=NOW + timedelta(minutes=20))
    older.path.with_suffix(".json").unlink()
    assert backup.rotate(shop.folder) == [older.path]
    assert sorted(file.name for file in older.path.parent.glob("counter-*")) == sorted(
        (newer.path.name, newer.path.with_suffix(".json").name)
    )


def test_a_file_that_does_not_open_or_has_another_name_is_not_taken_for_a_backup(shop: SmallShop) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    half = made.path.with_name("counter-20260305-133000-auto.sqlite3")
    half.write_bytes(made.path.read_bytes()[:8192])
    (made.path.parent / "counter-20269999-133000-auto.sqlite3").write_bytes(made.path.read_bytes())
    (made.path.parent / "counter-mine.sqlite3").write_bytes(made.path.read_bytes())
    assert backup.backups(shop.folder) == [made]
    backup.rotate(shop.folder)
    assert not half.with_suffix(".json").exists()


def test_a_cancelled_backup_leaves_nothing_behind(shop: SmallShop) -> None:
    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.back_up(shop.folder, at=NOW, progress=cancel)
    assert list((shop.folder / "backups").iterdir()) == []


def test_a_backup_that_was_changed_or_lost_is_passed_over(shop: SmallShop) -> None:
    older = backup.back_up(shop.folder, at=NOW)
    changed = backup.back_up(shop.folder, at=NOW + timedelta(hours=1))
    lost = backup.back_up(shop.folder, at=NOW + timedelta(hours=2))
    with changed.path.open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff" * 100)
    lost.path.unlink()
    (shop.folder / "backups" / "counter-broken.json").write_text("{", encoding="utf-8")
    assert backup.newest_good(shop.folder) == older


def test_old_backups_are_thinned_out_by_hour_day_and_month(shop: SmallShop) -> None:
    first = backup.back_up(shop.folder, at=NOW)
    note = first.path.with_suffix(".json").read_text(encoding="utf-8")
    for hours in range(1, 24 * 400, 7):
        at = NOW - timedelta(hours=hours)
        path = first.path.with_name(f"counter-{at:%Y%m%d-%H%M%S}-auto.sqlite3")
        path.write_bytes(b"old")
        path.with_suffix(".json").write_text(note.replace(NOW.isoformat(), at.isoformat()), encoding="utf-8")
    kept_by_hand = backup.back_up(shop.folder, at=NOW - timedelta(days=500), label="by-hand")
    backup.rotate(shop.folder)
    left = backup.backups(shop.folder)
    auto = [one for one in left if one.label == "auto"]
    assert kept_by_hand in left
    assert first in left
    hours = {one.at.strftime("%Y%m%d%H") for one in auto}
    assert len(hours) == len(auto) <= 24 + 31 + 24
    assert len({one.at.strftime("%Y%m") for one in auto}) == 15
    assert sum(one.at > NOW - timedelta(days=30) for one in auto) >= 30
    assert {file.suffix for file in (shop.folder / "backups").iterdir() if file.is_file()} == {
        ".json",
        ".sqlite3",
    }


def test_restoring_brings_back_the_old_state_and_keeps_the_present_one(shop: SmallShop) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    photo = put_photo(shop.folder, b"later")
    lost = put_photo(shop.folder, b"lost")
    backup.back_up(shop.folder, at=NOW + timedelta(hours=1))
    lost.unlink()
    refund = shop.refund(shop.sale())
    shop.db.close()
    kept = backup.restore(shop.folder, made.path, at=NOW + timedelta(hours=2))
    db = connection.open_database(shop.folder)
    assert Document.select().count() == 0
    assert Staff.select().count() == 2
    assert photo.exists()
    assert lost.read_bytes() == b"lost"
    db.close()
    assert kept is not None
    assert "before-restore" in kept.name
    backup.restore(shop.folder, kept, at=NOW + timedelta(hours=3))
    db = connection.open_database(shop.folder)
    assert Document.get_by_id(refund.id).number == refund.number
    db.close()


def test_a_damaged_database_is_kept_aside_when_a_backup_is_restored(shop: SmallShop) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    shop.db.close()
    file = shop.folder / backup.FILE_NAME
    file.write_bytes(b"rubbish" * 1000)
    kept = backup.restore(shop.folder, made.path, at=NOW)
    assert kept is not None
    assert (kept / backup.FILE_NAME).read_bytes() == b"rubbish" * 1000
    db = connection.open_database(shop.folder)
    assert Staff.select().count() == 2
    db.close()


def test_a_lost_database_is_restored_without_the_log_of_the_lost_one(shop: SmallShop) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    with shop.writing():
        Setting.create(key="later", value=1, at=1)
    file = shop.folder / backup.FILE_NAME
    log = Path(f"{file}-wal")
    saved = log.read_bytes()
    shop.db.close()
    file.unlink()
    log.write_bytes(saved)
    assert backup.restore(shop.folder, made.path, at=NOW) is None
    db = connection.open_database(shop.folder)
    assert Setting.get_or_none(Setting.key == "later") is None
    db.close()


def test_a_database_in_use_is_not_replaced(shop: SmallShop) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    shop.refund(shop.sale())
    with pytest.raises(SurroundingsError) as caught:
        backup.restore(shop.folder, made.path, at=NOW)
    assert refusal(caught) == "backup.in_use"
    assert Document.select().count() == 2


@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(shop: SmallShop, content: bytes) -> None:
    shop.db.close()
    chosen = shop.folder / "backups" / "chosen.sqlite3"
    chosen.write_bytes(content)
    with pytest.raises(SurroundingsError) as caught:
        backup.restore(shop.folder, chosen, at=NOW)
    assert refusal(caught) == "backup.bad_copy"
    with pytest.raises(SurroundingsError) as missing:
        backup.restore(shop.folder, chosen.with_name("none"), at=NOW)
    assert refusal(missing) == "backup.not_found"


def test_a_backup_of_a_newer_program_is_refused(shop: SmallShop) -> None:
    made = backup.back_up(shop.folder, at=NOW)
    with closing(sqlite3.connect(made.path)) as later:
        later.execute("INSERT INTO schema_migration (name, applied) VALUES ('0999_later', '2030-01-01')")
        later.commit()
    shop.db.close()
    with pytest.raises(SurroundingsError) as caught:
        backup.restore(shop.folder, made.path, at=NOW)
    assert refusal(caught) == "db.newer"


def test_a_folder_that_cannot_be_written_is_named(shop: SmallShop, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SurroundingsError) as caught:
        backup.back_up(shop.folder, at=NOW, to=tmp_path / "file" / "below")
    assert refusal(caught) == "backup.cannot_write"
    with pytest.raises(SurroundingsError) as missing:
        backup.back_up(tmp_path / "nowhere", at=NOW)
    assert refusal(missing) == "db.missing"


def test_a_database_carried_to_another_folder_still_opens(shop: SmallShop, tmp_path: Path) -> None:
    shop.refund(shop.sale())
    connection.checkpoint(shop.db, force=True)
    shop.db.close()
    shutil.copytree(shop.folder, tmp_path / "搬家 后")
    db = connection.open_database(tmp_path / "搬家 后")
    assert Document.select().count() == 2
    assert Document.get_by_id(1).content_hash == sha256(Document.get_by_id(1).content)
    db.close()


def test_restoring_mends_a_damaged_file_and_keeps_a_sound_one(tmp_path: Path) -> None:
    held, shop = tmp_path / "backup", tmp_path / "shop"
    for content in (b"photo", b"form"):
        name = hashlib.sha256(content).hexdigest()
        for place in (held, shop):
            file = place / name[:2] / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    photo, form = (hashlib.sha256(content).hexdigest() for content in (b"photo", b"form"))
    (shop / photo[:2] / photo).write_bytes(b"")
    (held / form[:2] / form).write_bytes(b"torn")
    backup._copy_attachments(held, shop, mend=True)
    assert (shop / photo[:2] / photo).read_bytes() == b"photo"
    assert (shop / form[:2] / form).read_bytes() == b"form"

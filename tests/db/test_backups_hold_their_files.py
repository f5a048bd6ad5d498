"""A backup is its database, its photos and forms, and its keys: what is gone or damaged there is said by name."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fixtures_shop import AT, SmallShop

from counter_app import cli
from counter_app.db import backup, backup_contents
from counter_app.db.backup_files import Backup
from counter_app.db.connection import checkpoint
from counter_app.db.models import Attachment

NOW = datetime(2026, 11, 19, 4, tzinfo=UTC)
MONTH_S = 31 * 24 * 3600


def keep(folder: Path, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    file = folder / "attachments" / digest[:2] / digest
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return digest


@pytest.fixture
def made(shop: SmallShop) -> Backup:
    """A backup of a shop with two photos and a key."""
    case = shop.refund(shop.sale()).case
    for content in (b"photo one", b"photo two"):
        digest = keep(shop.folder, content)
        with shop.writing():
            Attachment.create(
                case=case, kind="photo", sha256=digest, mime="image/jpeg", size=len(content), at=AT
            )
    (shop.folder / "keys").mkdir(exist_ok=True)
    (shop.folder / "keys" / "one.p12").write_bytes(b"key")
    checkpoint(shop.db, force=True)
    return backup.back_up(shop.folder, at=NOW)


def beside(made: Backup, content: bytes) -> Path:
    digest = hashlib.sha256(content).hexdigest()
    return made.path.parent / "attachments" / digest[:2] / digest


def states(made: Backup, later_s: float = 0) -> dict[str, str]:
    found = backup_contents.lacking(made.path, NOW.timestamp() + later_s, made.keys)
    return {one.name: one.state for one in found}


def test_a_backup_that_is_whole_lacks_nothing_and_is_not_read_again_for_a_month(
    made: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    usual = backup_contents.hash_of
    monkeypatch.setattr(backup_contents, "hash_of", lambda path: (read.append(path), usual(path))[1])
    assert states(made) == {}
    assert [file.name for file in read] == ["one.p12"]
    assert states(made, MONTH_S) == {}
    assert len(read) == 4, "the photos too, once more"


def test_what_is_gone_or_damaged_is_named(made: Backup) -> None:
    beside(made, b"photo one").unlink()
    beside(made, b"photo two").write_bytes(b"photo 2wo")
    (made.path.parent / "keys" / "one.p12").write_bytes(b"yek")
    assert states(made) == {"attachment 1": "missing", "attachment 2": "damaged", "key one.p12": "damaged"}


def test_damage_that_keeps_size_and_time_is_seen_after_a_month(made: Backup) -> None:
    file = beside(made, b"photo two")
    stat = file.stat()
    file.write_bytes(b"photo 2wo")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert states(made) == {}
    assert states(made, MONTH_S) == {"attachment 2": "damaged"}


def test_the_next_backup_mends_what_the_shop_still_has(shop: SmallShop, made: Backup) -> None:
    beside(made, b"photo two").write_bytes(b"photo 2wo")
    again = backup.back_up(shop.folder, at=NOW)
    assert states(again) == {}
    assert beside(made, b"photo two").read_bytes() == b"photo two"


def test_a_photo_that_is_damaged_in_the_shop_is_not_copied_under_its_name(
    shop: SmallShop, made: Backup
) -> None:
    digest = hashlib.sha256(b"photo two").hexdigest()
    (shop.folder / "attachments" / digest[:2] / digest).write_bytes(b"x")
    beside(made, b"photo two").unlink()
    again = backup.back_up(shop.folder, at=NOW)
    assert states(again) == {"attachment 2": "missing"}


def test_the_list_says_what_a_backup_lacks_and_a_restore_brings_the_rest(
    shop: SmallShop, made: Backup, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside(made, b"photo two").write_bytes(b"photo 2wo")
    verb = ["--language", "en", "restore", "--data"]
    shop.db.close()
    assert cli.main([*verb, str(shop.folder), "--list"]) == 0
    told = capsys.readouterr().out
    assert "lacks 1 photos" in told and "damaged: attachment 2" in told
    other = tmp_path / "other"
    assert cli.main([*verb, str(other), str(made.path)]) == 0
    told = capsys.readouterr().out
    assert "everything else did" in told and "damaged: attachment 2" in told
    assert [file.name for file in (other / "attachments").glob("??/*")] == [
        hashlib.sha256(b"photo one").hexdigest()
    ]


def test_a_backup_of_an_earlier_release_goes_on_working(made: Backup) -> None:
    note = made.path.with_suffix(".json")
    told = json.loads(note.read_text(encoding="utf-8"))
    del told["keys"]
    note.write_text(json.dumps(told), encoding="utf-8")
    (made.path.parent / backup_contents.CHECKED).unlink()
    (listed,) = backup.backups(made.path.parents[1])
    assert listed.keys == ()
    assert backup.is_good(listed)
    assert states(listed) == {}

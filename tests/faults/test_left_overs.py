"""What a killed program left behind is never taken for good, and is taken away; a full disk is no damaged database."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from visits import Counter, build_shop, opened
from working_day import picture

from counter_app.db import backup, connection, left_overs
from counter_app.domain.errors import SurroundingsError
from counter_app.services import attachment_files, month, photos


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "店 shop") as there:
        yield there


def left_behind(file: Path, content: bytes = b"half") -> Path:
    """A file that nobody wrote to since long."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    since = file.stat().st_mtime - left_overs.FORGOTTEN_S - 60
    os.utime(file, (since, since))
    return file


def take_photo(counter: Counter, number: int) -> Any:
    visit = counter.visit(counter.simple_sale())
    return photos.take_photo(counter.clerk, visit.case_id, picture(number), name="外观.png").value


def test_half_a_photo_is_never_copied_into_a_backup_and_is_taken_away_by_the_next_one_there(
    counter: Counter,
) -> None:
    kept = take_photo(counter, 1)
    half = left_behind(counter.desk.folder / "attachments" / kept.sha256[:2] / ".new-k1l2")
    backup.back_up(counter.desk.folder, at=counter.clock.now())
    assert [file.name for file in (counter.desk.folder / "backups" / "attachments").glob("??/*")] == [
        kept.sha256
    ]
    contents = (str(number).encode() for number in count())
    near = next(one for one in contents if hashlib.sha256(one).hexdigest()[:2] == kept.sha256[:2])
    attachment_files.keep(counter.desk, near)
    assert not half.exists()
    counter.sound()


def test_half_a_backup_is_never_offered_and_is_taken_away_by_the_next_one(counter: Counter) -> None:
    folder = counter.desk.folder / "backups"
    half = left_behind(folder / "counter-20261101-120000-auto.part")
    photo = left_behind(folder / "attachments" / "ab" / "abcd.part")
    assert backup.backups(counter.desk.folder) == []
    assert backup.newest_good(counter.desk.folder) is None
    made = backup.back_up(counter.desk.folder, at=counter.clock.now())
    assert backup.backups(counter.desk.folder) == [made]
    assert not half.exists()
    assert not photo.exists()


def test_a_backup_another_window_is_making_is_left_alone(counter: Counter) -> None:
    busy = counter.desk.folder / "backups" / "counter-20261119-115900-auto.part"
    busy.write_bytes(b"half")
    backup.back_up(counter.desk.folder, at=counter.clock.now())
    assert busy.exists()


def test_half_a_workbook_is_taken_away_by_the_next_export_and_the_old_one_stays_whole(
    counter: Counter,
) -> None:
    desk, span = counter.owner, month.period("2026-11")
    path = month.default_path(desk, span)
    half = left_behind(path.parent / ".counter-x1y2.tmp")
    done = month.export(desk, span, path, "zh")
    assert [file.name for file in path.parent.iterdir()] == [done.path.name]
    assert not half.exists()


def test_a_disk_that_is_full_while_restoring_leaves_the_sound_database_where_it_is(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = counter.desk.folder
    chosen = backup.back_up(folder, at=counter.clock.now(), label="by-hand")
    counter.simple_sale()
    connection.checkpoint(counter.desk.db, force=True)
    counter.desk.db.close()
    before = (folder / connection.FILE_NAME).read_bytes()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SurroundingsError) as told:
            backup.restore(folder, chosen.path, at=counter.clock.now())
    assert told.value.code == "backup.cannot_write"
    assert (folder / connection.FILE_NAME).read_bytes() == before
    assert not list((folder / "backups").glob("damaged-*"))
    assert backup.backups(folder) == [chosen]
    backup.restore(folder, chosen.path, at=counter.clock.now())
    connection.open_database(folder).close()

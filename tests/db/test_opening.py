"""Opening the database, and every way in which it cannot be opened."""

from __future__ import annotations

import multiprocessing
import os
import re
import sqlite3
import stat
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fixtures_shop import SmallShop
from peewee import SqliteDatabase

from counter_app import wording
from counter_app.db import connection, guards, migrating, search
from counter_app.db.connection import FILE_NAME, open_database
from counter_app.db.models import MODELS, Setting, Staff
from counter_app.domain.errors import SurroundingsError


def refusal(folder: Path, **how: Any) -> str:
    with pytest.raises(SurroundingsError) as caught:
        open_database(folder, **how)
    for language in ("zh", "en"):
        assert FILE_NAME in wording.sentence(caught.value, language) or str(folder) in wording.sentence(
            caught.value, language
        )
    return caught.value.code


def test_a_new_shop_gets_its_folders_and_a_database_with_the_settings_of_the_house(tmp_path: Path) -> None:
    db = open_database(tmp_path / "新 店", create=True)
    assert {entry.name for entry in (tmp_path / "新 店").iterdir() if entry.is_dir()} == set(
        connection.FOLDERS
    )
    told = {
        name: db.execute_sql(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "recursive_triggers",
            "busy_timeout",
            "cache_size",
            "temp_store",
            "wal_autocheckpoint",
            "mmap_size",
        )
    }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 5000,
        "cache_size": -65536,
        "temp_store": 2,
        "wal_autocheckpoint": 0,
        "mmap_size": 0,
    }
    db.close()


def test_every_table_refuses_a_value_of_the_wrong_type(shop: SmallShop) -> None:
    tables = shop.db.execute_sql("PRAGMA table_list").fetchall()
    ours = {model._meta.table_name for model in MODELS}
    strict = {name for _, name, _, _, _, is_strict in tables if is_strict}
    assert ours <= strict


def test_what_was_written_is_there_after_opening_again(shop: SmallShop) -> None:
    with shop.writing():
        Setting.create(key="paper", value={"mm": 80}, at=1)
    shop.db.close()
    db = open_database(shop.folder)
    assert Setting.get_by_id("paper").value == {"mm": 80}
    db.close()


def test_a_missing_database_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "db.missing"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", "顾客名单,电话".encode() * 500])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert refusal(tmp_path) == "db.not_a_database"
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    assert refusal(tmp_path) == "db.not_ours"
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("recipe",)]


def test_a_database_of_a_newer_program_is_refused_and_unchanged(shop: SmallShop) -> None:
    shop.db.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('0999_later', '2030-01-01')")
    shop.db.close()
    assert refusal(shop.folder) == "db.newer"
    assert refusal(shop.folder, read_only=True) == "db.newer"


def test_a_damaged_database_is_recognised(shop: SmallShop) -> None:
    for number in range(200):
        with shop.writing():
            Setting.create(key=f"k{number}", value="x" * 500, at=1)
    shop.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shop.db.close()
    file = shop.folder / FILE_NAME
    whole = bytearray(file.read_bytes())
    for page in range(len(whole) // 4096 - 20, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    file.write_bytes(whole)
    assert refusal(shop.folder) == "db.damaged"


def test_a_cut_off_database_is_recognised(shop: SmallShop) -> None:
    shop.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shop.db.close()
    file = shop.folder / FILE_NAME
    file.write_bytes(file.read_bytes()[: 4096 * 3])
    assert refusal(shop.folder) == "db.damaged"


def test_a_database_held_by_another_program_is_named(shop: SmallShop) -> None:
    shop.db.close()
    with closing(sqlite3.connect(shop.folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert refusal(shop.folder, wait_ms=50) == "db.in_use"
        other.execute("ROLLBACK")


def test_a_write_that_waits_too_long_says_the_database_is_in_use(shop: SmallShop) -> None:
    shop.db.close()
    db = open_database(shop.folder, wait_ms=50)
    with closing(sqlite3.connect(shop.folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SurroundingsError) as caught, db.atomic("IMMEDIATE"):
            Setting.create(key="a", value=1, at=1)
        other.execute("ROLLBACK")
    assert caught.value.code == "db.in_use"
    assert Setting.get_or_none(Setting.key == "a") is None
    db.close()


def test_a_full_disk_is_named_and_nothing_is_half_written(shop: SmallShop) -> None:
    pages = shop.db.execute_sql("PRAGMA page_count").fetchone()[0]
    shop.db.execute_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(SurroundingsError) as caught, shop.writing():
        Setting.create(key="small", value=1, at=1)
        Setting.create(key="large", value="x" * 200_000, at=1)
    assert caught.value.code == "db.disk_full"
    assert Setting.get_or_none(Setting.key == "small") is None


def test_read_only_never_writes_and_says_so(shop: SmallShop) -> None:
    shop.db.close()
    db = open_database(shop.folder, read_only=True)
    assert Staff.select().count() == 2
    with pytest.raises(SurroundingsError) as caught:
        Setting.create(key="a", value=1, at=1)
    assert caught.value.code == "db.read_only"
    db.close()


def _as_nobody(folder: str, read_only: bool, answer: Any) -> None:
    """In a child process: an ordinary user, since root may write anywhere."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        db = open_database(Path(folder), read_only=read_only)
        answer.put(f"opened, {Staff.select().count()} staff")
        db.close()
    except SurroundingsError as error:
        answer.put(error.code)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no read-only bit that binds on Windows")
@pytest.mark.parametrize(("read_only", "expected"), [(False, "db.read_only"), (True, "opened, 2 staff")])
def test_a_read_only_folder_is_refused_for_work_but_can_be_looked_at(
    shop: SmallShop, tmp_path: Path, read_only: bool, expected: str
) -> None:
    shop.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shop.db.close()
    file = shop.folder / FILE_NAME
    file.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    shop.folder.chmod(0o555)
    opened = []
    for parent in shop.folder.parents:
        if parent.stat().st_uid == os.getuid() and parent != Path("/") and not parent.stat().st_mode & 0o001:
            opened.append((parent, parent.stat().st_mode))
            parent.chmod(parent.stat().st_mode | 0o111)
    try:
        context = multiprocessing.get_context("spawn")
        answer = context.Queue()
        child = context.Process(target=_as_nobody, args=(str(shop.folder), read_only, answer))
        child.start()
        said = answer.get(timeout=30)
        child.join(30)
    finally:
        shop.folder.chmod(0o755)
        for parent, mode in opened:
            parent.chmod(mode)
    assert said == expected


def test_two_windows_may_share_the_database(shop: SmallShop) -> None:
    before = connection.data_version(shop.db)
    second = connection.ShopDatabase(str(shop.folder / FILE_NAME), pragmas=connection.PRAGMAS)
    second.connect()
    second.execute_sql("INSERT INTO setting (key, value, at) VALUES ('seen', '1', 1)")
    second.close()
    assert connection.data_version(shop.db) != before
    assert Setting.get_by_id("seen").value == 1


def test_the_log_comes_home_when_idle_and_is_emptied_when_forced(shop: SmallShop) -> None:
    with shop.writing():
        Setting.create(key="a", value="x" * 5000, at=1)
    log = Path(f"{shop.folder / FILE_NAME}-wal")
    assert connection.checkpoint(shop.db) > 0
    assert log.stat().st_size > 0
    connection.checkpoint(shop.db, force=True)
    assert log.stat().st_size == 0


def normalised(db: SqliteDatabase) -> dict[tuple[str, str], str]:
    rows = db.execute_sql("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {
        (kind, name): re.sub(r"\s*([(),])\s*", r"\1", " ".join(sql.replace('"', "").split()))
        for kind, name, sql in rows
        if name != "schema_migration" and not name.startswith("schema_migration_")
    }


def test_a_migrated_database_is_exactly_what_the_models_and_guards_say(
    shop: SmallShop, tmp_path: Path
) -> None:
    fresh = SqliteDatabase(str(tmp_path / "fresh.sqlite3"))
    with fresh.bind_ctx(MODELS):
        fresh.create_tables(MODELS, safe=False)
    search.create(fresh)
    import_module("counter_app.db.migrations.0019_figures").up(None, fresh)
    for statement in import_module("counter_app.db.migrations.0022_kept_sums").TABLES.split(";\n"):
        if statement.strip():
            fresh.execute_sql(statement)
    guards.install(fresh)
    wanted, have = normalised(fresh), normalised(shop.db)
    assert {key: have.get(key) for key in wanted} == wanted
    assert set(have) == set(wanted)
    settings = "SELECT k, v FROM case_search_config ORDER BY k"
    assert shop.db.execute_sql(settings).fetchall() == fresh.execute_sql(settings).fetchall()
    fresh.close()


def test_an_update_keeps_a_backup_and_puts_the_guards_back(
    shop: SmallShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.db.close()
    steps = tmp_path / "steps"
    steps.mkdir()
    for step in migrating.STEPS.glob("[0-9]*.py"):
        (steps / step.name).write_bytes(step.read_bytes())
    (steps / "0900_colour.py").write_text(
        "from peewee import TextField\n\n\ndef up(migrator, db):\n"
        "    migrator.migrate(migrator.add_column('document', 'colour', TextField(default='white')))\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(migrating, "STEPS", steps)
    refused = refusal(shop.folder, read_only=True)
    db = open_database(shop.folder)
    assert refused == "db.older"
    assert "colour" in {column.name for column in db.get_columns("document")}
    assert guards.in_place(db)
    assert [file.suffix for file in sorted((shop.folder / "backups").iterdir())] == [".json", ".sqlite3"]
    assert migrating.pending(db) == []
    db.close()


def test_an_update_that_fails_leaves_the_database_as_it_was(
    shop: SmallShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = normalised(shop.db)
    shop.db.close()
    steps = tmp_path / "steps"
    steps.mkdir()
    for step in migrating.STEPS.glob("[0-9]*.py"):
        (steps / step.name).write_bytes(step.read_bytes())
    (steps / "0900_broken.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE half (a)')\n    raise RuntimeError('power')\n",
        encoding="utf-8",
    )
    with monkeypatch.context() as patched:
        patched.setattr(migrating, "STEPS", steps)
        with pytest.raises(RuntimeError, match="power"):
            open_database(shop.folder)
    db = open_database(shop.folder)
    assert normalised(db) == before
    db.close()


def test_guards_that_somebody_took_off_are_put_back_when_the_program_opens(
    shop: SmallShop, stranger: sqlite3.Connection
) -> None:
    stranger.execute("DROP TRIGGER guard_document_no_update")
    assert guards.missing(shop.db) == ["guard_document_no_update"]
    shop.db.close()
    db = open_database(shop.folder)
    assert guards.missing(db) == []
    db.close()


def _open_together(folder: str, barrier: Any, answers: Any) -> None:
    barrier.wait(30)
    db = open_database(Path(folder), create=True)
    answers.put(len(db.get_tables()))
    db.close()


def test_two_windows_starting_at_once_make_one_database(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(2), context.Queue()
    children = [
        context.Process(target=_open_together, args=(str(tmp_path / "新"), barrier, answers))
        for _ in range(2)
    ]
    for child in children:
        child.start()
    counts = [answers.get(timeout=60) for _ in children]
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    assert counts[0] == counts[1]


def test_every_code_the_database_can_raise_is_worded_in_both_languages() -> None:
    catalogue = wording.catalogue()
    codes = {*guards.CODES, *(code for _, code in connection.SURROUNDINGS)}
    assert {code for code in codes if {"zh", "en"} - set(catalogue.get(code, {}))} == set()

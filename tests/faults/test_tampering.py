"""Whatever somebody with the file in hands does to it, `verify` names the table and the row.

One shop after some days of work is built once; every tampering starts from a copy of it. The guards are taken off
first and put back afterwards, as somebody would who does not want to be seen.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from artful_tamperings import OTHERS, Art, seal_anew
from tamperings import TAMPERINGS, Tampering
from visits import build_shop, opened
from worked_shop import Shop, keys, named, opened_again, stranger, told, unseen, work

from counter_app import cli
from counter_app.db import backup, connection, heads, seals
from counter_app.db.verify_heads import Told

TABLES_WITH_ROWS = 30


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    base = tmp_path_factory.mktemp("worked")
    build_shop(base / "first")
    with opened(base / "first", base / "shop") as counter:
        work(counter)
        connection.checkpoint(counter.desk.db, force=True)
        counter.sound()
        backup.back_up(counter.desk.folder, at=counter.clock.moment)
    return Shop(base / "shop")


@pytest.fixture
def shop(worked: Shop, tmp_path: Path) -> Shop:
    shutil.copytree(worked.folder, tmp_path / "shop")
    return Shop(tmp_path / "shop")


def test_there_are_more_than_forty_ways_and_the_shop_before_them_is_sound(worked: Shop) -> None:
    assert len(TAMPERINGS) + len(OTHERS) >= 100
    assert len({(one.what, one.table) for one in TAMPERINGS}) == len(TAMPERINGS)
    assert named(worked.folder) == set()
    with stranger(worked) as db:
        filled = [
            table.name for table in seals.tables(db) if db.execute(f"SELECT 1 FROM {table.name}").fetchone()
        ]
    assert len(filled) >= TABLES_WITH_ROWS
    assert {one.table for one in TAMPERINGS} >= set(filled) - NOT_TAMPERED_WITH


NOT_TAMPERED_WITH = {"shop", "deposit_move", "import_batch", "import_hold"}


@pytest.mark.parametrize("one", [one for one in TAMPERINGS if one.table in ("proof", "case_event", "walk_step")],
                         ids=lambda one: one.name)  # fmt: skip
def test_what_is_only_added_to_refuses_it_while_the_guards_are_there(shop: Shop, one: Tampering) -> None:
    with stranger(shop) as db:
        try:
            db.executescript(one.sql)
        except sqlite3.IntegrityError as error:
            assert str(error).startswith("guard.")
            return
    assert keys_of_new(shop) <= named(shop.folder)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE case_line SET state = 'released' WHERE state = 'returned'",
        "UPDATE OR REPLACE case_line SET state = 'kept' WHERE state = 'returned'",
        "UPDATE case_line SET state = 'reserved' WHERE state = 'returned'; "
        "UPDATE case_line SET state = 'released' WHERE state = 'reserved' AND accepted_milli > 0",
        "UPDATE seal SET hash = 'x'",
        "DELETE FROM seal WHERE seq = (SELECT MAX(seq) FROM seal)",
        "INSERT OR REPLACE INTO proof SELECT * FROM proof WHERE id = 1",
    ],
)
def test_goods_that_came_back_are_not_set_free_by_another_program(shop: Shop, sql: str) -> None:
    with stranger(shop) as db, pytest.raises(sqlite3.IntegrityError, match=r"guard\."):
        db.executescript(sql)


def keys_of_new(shop: Shop) -> set[tuple[str, str]]:
    with stranger(shop) as db:
        return keys(db, "proof", "id = 900")


@pytest.mark.parametrize("one", (*TAMPERINGS, *map(Art, OTHERS)), ids=lambda one: one.name)
def test_whatever_was_done_is_named(shop: Shop, one: Tampering | Art) -> None:
    wanted = one(shop)
    assert wanted
    found = told(shop.folder)
    assert wanted <= found | {(table, row, "") for table, row, _column in found}


def test_nothing_that_another_program_wrote_is_sealed_by_the_next_day_of_work(shop: Shop) -> None:
    with stranger(shop) as db:
        db.execute("UPDATE staff SET name = '别人' WHERE id = 2")
    with opened_again(shop) as counter:
        counter.visit(counter.simple_sale())
    assert named(shop.folder) == {("staff", "2")}


def test_a_head_on_paper_finds_what_a_forged_file_and_folder_do_not(shop: Shop) -> None:
    with stranger(shop) as db:
        rows, printed = seals.head(db)
    assert named(shop.folder, Told("seal", rows, printed[:16])) == set()

    def forge(db: sqlite3.Connection) -> None:
        db.execute("UPDATE approval SET amount_fen = 1 WHERE id = 1")
        db.execute("UPDATE shift SET seal_head = '', money_head = '', stock_head = ''")
        db.execute("DELETE FROM setting WHERE key = 'heads.noted'")
        seal_anew(db)

    unseen(shop, forge)
    (shop.folder / heads.FILE_NAME).unlink()
    shutil.rmtree(shop.folder / "backups")
    assert named(shop.folder) == set()
    assert named(shop.folder, Told("seal", rows, printed[:16])) == {("told", "1")}


def test_a_head_is_typed_at_the_command_line(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    with stranger(shop) as db:
        rows, printed = seals.head(db)
    verb = ["--data", str(shop.folder), "--language", "en", "verify", "--head", "seal", str(rows)]
    assert cli.main([*verb, printed[:16].upper()]) == 0
    assert printed[:16] in capsys.readouterr().out
    assert cli.main([*verb, "f" * 16]) == 2
    assert "told 1" in capsys.readouterr().out
    assert cli.main([*verb, "ff"]) == 2


def test_a_backup_restored_on_another_computer_misses_no_note_that_was_never_there(
    shop: Shop, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(shop.folder / "backups", other / "backups")
    with opened_again(shop) as counter:
        counter.visit(counter.simple_sale())
        later = backup.back_up(shop.folder, at=counter.clock.moment, to=other / "backups")
    shutil.copytree(shop.folder / "keys", other / "keys", dirs_exist_ok=True)
    assert backup.restore(other, later.path, at=later.at) is None
    assert named(other) == set()
    with opened_again(Shop(other)) as counter:
        counter.visit(counter.simple_sale())
    assert named(other) == set()
    (other / heads.FILE_NAME).unlink()
    assert named(other) == {("heads", "")}


def test_a_backup_restored_by_the_program_leaves_a_sound_shop_that_says_so(shop: Shop) -> None:
    (kept,) = backup.backups(shop.folder)
    with opened_again(shop) as counter:
        counter.visit(counter.simple_sale())
        later = counter.clock.moment
    assert backup.restore(shop.folder, kept.path, at=later) is not None
    assert [one.restored for one in heads.noted(shop.folder)][-1]
    with opened_again(shop) as counter:
        counter.visit(counter.simple_sale())
        counter.sound()
    assert named(shop.folder) == set()
    with stranger(shop) as db:
        (last,) = db.execute("SELECT MAX(seq) FROM seal").fetchone()
    unseen(shop, lambda db: db.execute("DELETE FROM seal WHERE seq >= ?", (last - 1,)) and None)
    assert ("heads", str(list(heads.noted(shop.folder))[-1].line)) in named(shop.folder)

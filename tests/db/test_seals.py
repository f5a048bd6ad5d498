"""Every transaction of the program is sealed, nothing that others wrote ever is, and an update heals nothing."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from fixtures_shop import AT, DAY, SmallShop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app import cli
from counter_app.db import backup, connection, guards, heads, migrating, seals, seals_compared
from counter_app.db.connection import FILE_NAME, open_database
from counter_app.db.models import CaseWords, Erasure, Person, Seal, SealSalt, Setting, Staff
from counter_app.db.verify import verify

LENGTH_OF_A_HASH = 2 * seals.ROW_BYTES


def differing(shop: SmallShop) -> set[tuple[str, str, str]]:
    return {(one.table, one.row, one.code) for one in seals_compared.differing(shop.db.connection())}


def sealed_rows(shop: SmallShop) -> dict[str, list[list[str]]]:
    """What the last seal tells."""
    content = Seal.select(Seal.content).order_by(Seal.seq.desc()).first().content
    rows: dict[str, list[list[str]]] = json.loads(content)[1]
    return rows


def test_one_transaction_makes_one_seal_of_all_rows_it_wrote(shop: SmallShop) -> None:
    before, _ = seals.head(shop.db.connection())
    with shop.writing():
        shop.refund(shop.sale())
    rows, _ = seals.head(shop.db.connection())
    assert rows == before + 1
    written = sealed_rows(shop)
    assert {"document", "document_line", "settlement", "money_entry", "number", "posting"} <= set(written)
    assert "case_words" in written
    assert differing(shop) == set()


def test_a_statement_on_its_own_is_sealed_too(shop: SmallShop) -> None:
    Setting.create(key="paper", value="A5", at=AT)
    Setting.update(value="A4").where(Setting.key == "paper").execute()
    assert list(sealed_rows(shop)) == ["setting"]
    Setting.delete().where(Setting.key == "paper").execute()
    assert sealed_rows(shop) == {"setting": [["paper", ""]]}
    assert differing(shop) == set()


def test_what_was_rolled_back_is_not_sealed(shop: SmallShop) -> None:
    before = seals.head(shop.db.connection())
    with pytest.raises(ZeroDivisionError), shop.writing():
        Setting.create(key="paper", value="A5", at=AT)
        raise ZeroDivisionError
    with shop.writing():
        assert Setting.get_or_none(Setting.key == "paper") is None
    assert seals.head(shop.db.connection()) == before
    with shop.writing():
        with pytest.raises(ZeroDivisionError), shop.db.atomic():
            Setting.create(key="paper", value="A5", at=AT)
            raise ZeroDivisionError
        Setting.create(key="ink", value="blue", at=AT)
    assert [key for key, _ in sealed_rows(shop)["setting"]] == ["ink"]


def test_what_a_thread_writes_through_its_own_connection_is_sealed(shop: SmallShop) -> None:
    def write() -> None:
        Setting.create(key="paper", value="A5", at=AT)
        written.update(sealed_rows(shop))
        shop.db.close()

    written: dict[str, list[list[str]]] = {}
    worker = Thread(target=write)
    worker.start()
    worker.join()
    assert [key for key, _ in written["setting"]] == ["paper"]
    assert differing(shop) == set()


def test_what_another_program_wrote_stays_unlike_its_seal(
    shop: SmallShop, stranger: sqlite3.Connection
) -> None:
    Setting.create(key="paper", value="A5", at=AT)
    stranger.execute("UPDATE staff SET name = '别人' WHERE id = 1")
    stranger.execute("INSERT INTO setting (key, value, at) VALUES ('ink', '1', 1)")
    stranger.execute("DELETE FROM setting WHERE key = 'paper'")
    with shop.writing():
        shop.refund(shop.sale())
    assert differing(shop) == {
        ("staff", "1", "verify.row_changed"),
        ("setting", "ink", "verify.row_foreign"),
        ("setting", "paper", "verify.row_removed"),
    }


def test_seals_are_only_added_in_order(shop: SmallShop, stranger: sqlite3.Connection) -> None:
    for sql in (
        "UPDATE seal SET hash = 'x'",
        "DELETE FROM seal",
        "INSERT OR REPLACE INTO seal VALUES (1, '', '', '')",
        "INSERT INTO seal VALUES (900, '', '', '')",
        "INSERT INTO seal SELECT MAX(seq) + 1, '[]', 'x', 'y' FROM seal",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=r"guard\."):
            stranger.execute(sql)


def test_personal_data_is_not_in_the_seals_and_can_be_blanked(
    shop: SmallShop, stranger: sqlite3.Connection
) -> None:
    with shop.writing():
        person = shop.person()
        shop.case(shop.sale(person=person), person)
    (before,) = sealed_rows(shop)["person"]
    assert len(before[1]) > LENGTH_OF_A_HASH
    Person.update(name="", phone="", phone_hash="", erased_at=AT).execute()
    (after,) = sealed_rows(shop)["person"]
    assert len(after[1]) == LENGTH_OF_A_HASH, "nothing personal is left to be hashed"
    CaseWords.update(words="", erased_at=AT).execute()
    assert SealSalt.select().where(SealSalt.tab << ["person", "case_words"]).count() == 0
    assert differing(shop) == set()


def test_the_same_name_and_phone_are_never_sealed_alike(shop: SmallShop) -> None:
    with shop.writing():
        shop.person()
        shop.person()
    first, second = (told[LENGTH_OF_A_HASH:] for _key, told in sealed_rows(shop)["person"])
    assert first != second
    Person.update(care_note="").where(Person.id == 1).execute()
    ((_key, again),) = sealed_rows(shop)["person"]
    assert again[LENGTH_OF_A_HASH:] != first, "each writing takes another salt"


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE person SET name = '别人'", ("person", "1", "verify.column_changed", "name")),
        ("UPDATE person SET phone = ''", ("person", "1", "verify.column_blanked", "phone")),
        ("UPDATE person SET contact = 'wx'", ("person", "1", "verify.column_changed", "contact")),
        ("DELETE FROM seal_salt WHERE tab = 'person'", ("person", "1", "verify.salt_gone", "")),
        ("UPDATE case_words SET words = ''", ("case_words", "1", "verify.column_blanked", "words")),
        ("DELETE FROM case_words", ("case_words", "1", "verify.row_removed", "")),
        ("UPDATE sale SET customer_masked = 'x'", ("sale", "1", "verify.column_changed", "customer_masked")),
        ("UPDATE case_file SET phone_hash = 'x'", ("case_file", "1", "verify.column_changed", "phone_hash")),
    ],
)
def test_personal_data_that_another_program_touched_are_named_by_their_column(
    shop: SmallShop, stranger: sqlite3.Connection, sql: str, found: tuple[str, str, str, str]
) -> None:
    with shop.writing():
        person = shop.person()
        shop.case(shop.sale(person=person), person)
    stranger.execute(sql)
    told = {
        (one.table, one.row, one.code, one.column) for one in seals_compared.differing(shop.db.connection())
    }
    assert told == {found}


def test_what_was_erased_and_written_again_by_another_program_is_found(
    shop: SmallShop, stranger: sqlite3.Connection
) -> None:
    with shop.writing():
        shop.person()
    Person.update(name="", phone="", phone_hash="", erased_at=AT).execute()
    stranger.execute("UPDATE person SET name = '别人'")
    assert differing(shop) == {("person", "1", "verify.column_changed")}


def test_what_was_erased_is_counted_and_not_broken(
    shop: SmallShop, capsys: pytest.CaptureFixture[str]
) -> None:
    with shop.writing():
        shop.case(shop.sale(), shop.person())
    Person.update(name="", phone="", erased_at=AT).execute()
    CaseWords.update(words="", erased_at=AT).execute()
    Erasure.create(
        way="retention", through=DAY, why="", counts={"persons": 1, "cases": 1}, at=AT, business_date=DAY
    )
    connection.checkpoint(shop.db, force=True)
    assert cli.main(["--data", str(shop.folder), "--language", "en", "verify"]) in (0, 2)
    told = capsys.readouterr().out
    assert "Erased by retention: 1 customers, 1 accounts" in told
    assert "erasure" not in told


def test_what_was_erased_without_an_entry_is_named_and_counted(shop: SmallShop) -> None:
    with shop.writing():
        shop.case(shop.sale(), shop.person())
    Person.update(name="", phone="", erased_at=AT).execute()
    found = {(one.table, one.row, one.code) for one in verify(shop.db, shop.folder)}
    assert {
        ("person", "1", "verify.erased_unentered"),
        ("erasure", "persons", "verify.erased_uncounted"),
    } <= found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(st.characters(exclude_categories=("Cs",))), number=st.integers(-(2**63), 2**63 - 1))
def test_a_row_is_spelled_as_any_json_writer_spells_it(text: str, number: int) -> None:
    """A seal must be the same with every later SQLite, so its spelling is pinned to one that is written down."""
    with sqlite3.connect(":memory:") as db:
        (spelled,) = db.execute("SELECT json_array(?, ?, NULL)", (text, number)).fetchone()
    db.close()
    assert json.loads(spelled) == [text, number, None]
    assert spelled == json.dumps([text, number, None], ensure_ascii=False, separators=(",", ":"))


def test_an_update_seals_what_it_rewrites_and_heals_nothing(
    shop: SmallShop, stranger: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shop.writing():
        shop.refund(shop.sale())
    stranger.execute("UPDATE staff SET name = '别人' WHERE id = 1")
    stranger.close()
    shop.db.close()
    steps = tmp_path / "steps"
    steps.mkdir()
    for step in migrating.STEPS.glob("[0-9]*.py"):
        (steps / step.name).write_bytes(step.read_bytes())
    (steps / "0900_colour.py").write_text(
        "from peewee import TextField\n\n\ndef up(migrator, db):\n"
        "    for table in ('document', 'staff'):\n"
        "        migrator.migrate(migrator.add_column(table, 'colour', TextField(default='white')))\n"
        "    db.execute_sql(\"INSERT INTO setting (key, value, at) VALUES ('colours', '1', 1)\")\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(migrating, "STEPS", steps)
    db = open_database(shop.folder)
    try:
        found = {(one.table, one.row, one.code) for one in seals_compared.differing(db.connection())}
        assert found == {("staff", "1", "verify.row_changed")}
        assert guards.in_place(db)
    finally:
        db.close()


def test_a_database_of_the_release_before_seals_is_sealed_when_it_is_updated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (first / "0001_first.py").write_bytes((migrating.STEPS / "0001_first.py").read_bytes())
    folder = tmp_path / "data"
    folder.mkdir()
    with sqlite3.connect(folder / FILE_NAME) as old:
        old.execute(f"PRAGMA application_id = {connection.APPLICATION_ID}")
    old.close()
    old_db = connection.ShopDatabase(str(folder / FILE_NAME))
    old_db.connect()
    with monkeypatch.context() as patched:
        patched.setattr(migrating, "STEPS", first)
        patched.setattr(guards, "install", lambda db: None)
        migrating.migrate(old_db, folder, connection.APPLICATION_ID)
    old_db.execute_sql(
        "INSERT INTO staff (code, name, role, pin_hash, active, owner, failed_attempts, created_at) "
        "VALUES ('01', '王', 'manager', '-', 1, 1, 0, 1)"
    )
    old_db.close()
    db = open_database(folder)
    try:
        assert Staff.get().code == "01"
        assert list(seals_compared.differing(db.connection())) == []
        assert seals.head(db.connection())[0] == 1
    finally:
        db.close()


def test_an_update_salts_what_was_sealed_without_and_heals_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = tmp_path / "before"
    steps.mkdir()
    for step in migrating.STEPS.glob("[0-9]*.py"):
        if step.name < "0013":
            (steps / step.name).write_bytes(step.read_bytes())
    folder = tmp_path / "data"
    folder.mkdir()
    old = connection.ShopDatabase(str(folder / FILE_NAME))
    old.connect()
    with monkeypatch.context() as patched:
        patched.setattr(migrating, "STEPS", steps)
        patched.setattr(guards, "install", lambda db: None)
        migrating.migrate(old, folder, connection.APPLICATION_ID)
    old.start_sealing()
    for name in ("单雄信", "程咬金"):
        old.execute_sql(
            "INSERT INTO person (name, phone, phone_hash, contact, kind, preferred_way, care_note, created_at) "
            "VALUES (?, '13800001234', 'x', '', '', '', '', 1)",
            (name,),
        )
    old.close()
    with sqlite3.connect(folder / FILE_NAME) as other:
        other.execute("UPDATE person SET kind = 'vip' WHERE id = 2")
    other.close()
    db = open_database(folder)
    try:
        assert [(one.table, one.row, one.code) for one in seals_compared.differing(db.connection())] == [
            ("person", "2", "verify.row_changed")
        ]
        assert [(row.tab, row.row) for row in SealSalt.select()] == [("person", 1)]
    finally:
        db.close()
    with sqlite3.connect(folder / FILE_NAME) as other:
        other.execute("UPDATE person SET name = '' WHERE id = 1")
        found = [(one.table, one.row, one.column) for one in seals_compared.differing(other)]
    other.close()
    assert ("person", "1", "name") in found


# --- heads beside the database ------------------------------------------------------------------------------


def test_closing_notes_how_far_the_chains_are(shop: SmallShop) -> None:
    with shop.writing():
        shop.refund(shop.sale())
    now = heads.of(shop.db.connection())
    shop.db.close()
    last = list(heads.noted(shop.folder))[-1]
    assert last.heads == now
    assert not last.restored
    shop.db.connect()
    count = len(list(heads.noted(shop.folder)))
    shop.db.close()
    assert len(list(heads.noted(shop.folder))) == count, "nothing was written: nothing is noted"
    shop.db.connect()


def test_a_line_that_the_power_cut_in_two_is_passed_over(shop: SmallShop) -> None:
    shop.db.close()
    file = shop.folder / heads.FILE_NAME
    whole = len(list(heads.noted(shop.folder)))
    with file.open("a", encoding="utf-8") as opened:
        opened.write('{"seal": [9')
    assert len(list(heads.noted(shop.folder))) == whole
    shop.db.connect()
    with shop.writing():
        Setting.create(key="paper", value="A5", at=AT)
    shop.db.close()
    shop.db.connect()
    witnessed, _ = seals.head(shop.db.connection())
    assert list(heads.noted(shop.folder))[-1].heads["seal"][0] == witnessed - 1
    assert [one for one in verify(shop.db, shop.folder) if one.table == "heads"] == []


def test_a_backup_keeps_the_heads_of_all_three_chains(shop: SmallShop) -> None:
    with shop.writing():
        shop.refund(shop.sale())
    made = backup.back_up(shop.folder, at=datetime(2026, 11, 19, 4, tzinfo=UTC))
    (listed,) = backup.backups(shop.folder)
    assert listed == made
    assert listed.heads == heads.of(shop.db.connection())

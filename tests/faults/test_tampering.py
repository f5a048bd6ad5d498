"""Whatever somebody with the file in hands does to it, `verify` names the table and the row.

One shop after some days of work is built once; every tampering starts from a copy of it. The guards are taken off
first and put back afterwards, as somebody would who does not want to be seen.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from visits import Clock, Counter, build_shop, opened

from counter_app import cli
from counter_app.db import backup, connection, heads, ledger, seals
from counter_app.db.connection import FILE_NAME
from counter_app.db.verify import verify
from counter_app.db.verify_heads import Told
from counter_app.services import approvals, people, photos, printing, reversal, settings, setup, shift, staff

TABLES_WITH_ROWS = 30


def photo() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), (180, 40, 40)).save(held, "JPEG")
    return held.getvalue()


def work(counter: Counter) -> None:
    """Some days at the counter: refunds in cash and by WeChat, an exchange, a deposit, a coupon, a reversal."""
    counter.open_drawer()
    by_cash = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    photos.take_photo(counter.clerk, by_cash.case_id, photo(), name="crack.jpg")
    photos.take_text(counter.clerk, by_cash.case_id, "页面写着七天无理由退货")
    posted = by_cash.post()
    by_cash.settle()
    printing.printed(counter.clerk, printing.sheets(counter.clerk, posted.documents[-1].number)[0])
    by_phone = counter.visit(counter.simple_sale(price_fen=29900, tender="wechat"))
    by_phone.go("return", "agree", "in_person", "fit", "approve").post()
    by_phone.settle()
    changed = counter.visit(counter.simple_sale()).go("exchange", "fit", "same", "handed_over")
    changed.post()
    changed.settle()
    sent_first = counter.visit(counter.simple_sale())
    sent_first.go("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit").post()
    sent_first.settle()
    coupon = counter.visit(counter.simple_sale())
    coupon.choose(coupon={"what": "20元优惠券", "number": "C-1", "amount_fen": 2000})
    coupon.go("problem", "yes", "mismatch", "yes", "no", "no", "coupon").post()
    wrong = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    number = wrong.post().documents[-1].number
    reversal.reverse(counter.as_staff(3), number, "录错", counter.request(), by=(1, "1234"))
    lost = counter.visit(counter.simple_sale()).go("return", "agree", "post", "lost", "refund")
    question = approvals.request(counter.clerk, lost.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "同意")
    lost.post()
    lost.settle()
    people.reveal_customer(counter.owner, by_cash.case_id, "回电话")
    staff.change_pin(counter.owner, 2, "5432")
    staff.choose_pin(counter.desk, 2, "5432", "6543")
    settings.set_setting(counter.owner, "notes.promotion", "周末八折")
    shift.close_shift(counter.owner, shift.cash_in_drawer(counter.owner))


@dataclass(frozen=True)
class Shop:
    """The folder of the worked shop, and what its database is like."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / FILE_NAME


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


def told(folder: Path, *heads_told: Told) -> set[tuple[str, str, str]]:
    """Table, row and column of everything that `verify` finds in a folder that nobody opens for writing before."""
    db = connection.open_database(folder, read_only=True)
    try:
        found = verify(db, folder, told=heads_told)
        return {(one.table, one.row, str(one.params.get("column", ""))) for one in found}
    finally:
        db.close()


def named(folder: Path, *heads_told: Told) -> set[tuple[str, str]]:
    """The same without the column."""
    return {(table, row) for table, row, _column in told(folder, *heads_told)}


def stranger(shop: Shop) -> Any:
    """The file in another program, without foreign keys, as SQLite opens it by itself."""
    db = sqlite3.connect(shop.file, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    return closing(db)


def guards_of(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())


def unseen(shop: Shop, act: Callable[[sqlite3.Connection], None]) -> None:
    """Take the guards off, do it, put them back."""
    with stranger(shop) as db:
        guards = guards_of(db)
        db.executescript("BEGIN;" + "".join(f'DROP TRIGGER "{name}";' for name in guards) + "COMMIT")
        act(db)
        db.executescript("BEGIN;" + ";".join(guards.values()) + ";COMMIT")


Named = tuple[str, str, str]
"""Table, row, and the column where `verify` tells it."""


@dataclass(frozen=True)
class Tampering:
    """One change of rows: what it is, the table, which rows (a condition on them), the statement, and the column that
    must be named."""

    what: str
    table: str
    rows: str
    sql: str
    column: str = ""

    @property
    def name(self) -> str:
        return f"{self.table}: {self.what}"

    def __call__(self, shop: Shop) -> set[Named]:
        """Do it unseen. Returns what `verify` must name."""
        touched: set[tuple[str, str]] = set()

        def act(db: sqlite3.Connection) -> None:
            touched.update(keys(db, self.table, self.rows))
            db.executescript(self.sql)
            touched.update(keys(db, self.table, self.rows) if not touched else ())

        unseen(shop, act)
        return {(table, row, self.column) for table, row in touched}


@dataclass(frozen=True)
class Art:
    """The same for what is more than one statement: what it does, and rows that `verify` must name."""

    act: Callable[[Shop], set[tuple[str, str]]]

    @property
    def name(self) -> str:
        return self.act.__name__.replace("_", " ")

    def __call__(self, shop: Shop) -> set[Named]:
        return {(table, row, "") for table, row in self.act(shop)}


def edit(what: str, table: str, change: str, rows: str) -> Tampering:
    return Tampering(what, table, rows, f"UPDATE {table} SET {change} WHERE {rows}")


def personal(what: str, table: str, column: str, value: str, rows: str) -> Tampering:
    """A personal column, which retention may blank: it must be named too."""
    return Tampering(what, table, rows, f"UPDATE {table} SET {column} = {value} WHERE {rows}", column)


def removal(what: str, table: str, rows: str) -> Tampering:
    return Tampering(what, table, rows, f"DELETE FROM {table} WHERE {rows}")


FIRST = "= (SELECT MIN(id) FROM {0})"
REFUND = "id = (SELECT MIN(id) FROM document WHERE prefix = 'TK')"
TAMPERINGS = (
    edit("the amount of a refund", "document", "amount_fen = amount_fen + 1", REFUND),
    edit(
        "the amount of a refund, in its content and its hash too",
        "document",
        "amount_fen = 1, content = json_set(content, '$.amount_fen', 1), content_hash = 'ab'",
        REFUND,
    ),
    edit("the number of a slip", "document", "number = number || '9'", REFUND),
    edit("the day of a document", "document", "business_date = '2026-10-01'", REFUND),
    edit("who posted a document", "document", "posted_by_id = 1", REFUND),
    edit("which approval a document stands on", "document", "approval_id = NULL", "approval_id IS NOT NULL"),
    edit("what a reversal reverses", "document", "reverses_id = NULL", "reverses_id IS NOT NULL"),
    removal("a document", "document", REFUND),
    edit("the quantity of a document line", "document_line", "quantity_milli = 2000", "id = 1"),
    edit("the amount of a document line", "document_line", "amount_fen = amount_fen + 100", "amount_fen > 0"),
    removal("a document line", "document_line", "id = 1"),
    edit("the amount that is owed", "settlement", "amount_fen = amount_fen - 100", "id = 1"),
    edit("the tender that is owed", "settlement", "tender = 'cash'", "tender = 'wechat'"),
    edit("which override a refund stands on", "settlement", "override_id = 1", "id = 1"),
    edit("when it is due", "settlement", "due_on = '2099-01-01'", "id = 1"),
    removal("what is owed", "settlement", "id = 1"),
    edit("the number of a transfer", "proof", "reference = 'PROOF-X'", "tender = 'wechat'"),
    edit("who paid", "proof", "by_id = 3", "id = 1"),
    edit("the amount of a payment", "proof", "amount_fen = 1", "id = 1"),
    edit("the request of a payment", "proof", "request_id = 'other'", "id = 1"),
    removal("a payment", "proof", "id = 1"),
    edit("the decision of an approval", "approval", "decision = 'reject'", "id = 1"),
    edit("the amount of an approval", "approval", "amount_fen = 1", "id = 1"),
    edit("who decided", "approval", "decided_by_id = 1", "id = 1"),
    edit("the reasons of an approval", "approval", "reasons = '[]'", "id = 1"),
    edit("an approval in its own name", "approval", "self_approved = 1", "id = 1"),
    removal("an approval", "approval", "id = 1"),
    edit("what an event tells", "case_event", "detail = '{}'", "detail <> '{}'"),
    edit("when an event was", "case_event", "at = at - 86400000", "id = 2"),
    removal("an event", "case_event", "id = 2"),
    removal("the last event", "case_event", "id = (SELECT MAX(id) FROM case_event)"),
    edit("an answer", "walk_step", "answer = 'withdraw'", "id = 1"),
    edit("why an answer was overridden", "walk_step", "reason = 'x'", "id = 2"),
    edit("the figures of a test", "walk_step", "tests = '[]'", "tests <> '[]'"),
    removal("the last answer", "walk_step", "id = (SELECT MAX(id) FROM walk_step)"),
    edit("the path of a walk", "walk", "path = '[]'", "id = 1"),
    edit("the result of a posting", "posting", "result = '{}'", "id = 1"),
    edit("the request of a posting", "posting", "request_id = 'other'", "id = 1"),
    removal("a posting", "posting", "id = (SELECT MAX(id) FROM posting)"),
    edit("a signature no longer void, or void", "signature", "void = 1 - void", "id = 1"),
    edit("which stored form a signature names", "signature", "form_id = NULL", "form_id IS NOT NULL"),
    edit("the certificate of the shop's key", "shop_key", "certificate = '30', fingerprint = 'ab'", "id = 1"),
    removal("the shop's key", "shop_key", "id = 1"),
    edit("the form that was signed", "signature", "form_hash = 'ff', check_code = 'ff'", "id = 1"),
    Tampering(
        "the signatures of two customers, swapped",
        "signature",
        "id IN (1, 2)",
        "UPDATE signature SET case_id = (SELECT s.case_id FROM signature s WHERE s.id = 3 - signature.id), "
        "strokes_hash = 'x' WHERE id IN (1, 2)",
    ),
    removal("a signature", "signature", "id = 1"),
    edit("returned goods set free", "case_line", "state = 'released'", "state = 'returned'"),
    edit("how many pieces were accepted", "case_line", "accepted_milli = 0", "accepted_milli > 0"),
    edit("why the goods came back", "case_line", "reason = 'other'", "id = 1"),
    edit("the deduction", "case_line", "deduction_fen = 5000", "id = 1"),
    removal("a line of a case", "case_line", "id = 1"),
    edit("the state of a case", "case_file", "state = 'withdrawn'", "id = 1"),
    edit("which purchase a case is about", "case_file", "sale_id = 2", "id = 1"),
    removal("a case", "case_file", "id = (SELECT MAX(id) FROM case_file)"),
    edit("what was paid for a purchase", "sale", "paid_fen = paid_fen + 100000", "id = 1"),
    edit("the day of a purchase", "sale", "purchased_on = '2026-11-18'", "id = 1"),
    edit("the invoice of a purchase", "sale", "invoice_state = 'red'", "id = 1"),
    edit("what was paid for an article", "sale_line", "paid_fen = paid_fen + 1", "id = 1"),
    edit("how many were sold", "sale_line", "quantity_milli = 5000", "id = 1"),
    edit("when the guarantee begins", "sale_line", "guarantee_from = '2027-01-01'", "id = 1"),
    edit("what a tender paid", "sale_tender", "paid_fen = paid_fen + 1", "id = 1"),
    edit("by which number the outside knows a purchase", "sale_identity", "order_no = 'X'", "id = 1"),
    edit("the PIN of somebody", "staff", "pin_hash = 'x'", "id = 2"),
    edit("the role of somebody", "staff", "role = 'manager'", "id = 2"),
    edit("the limit of somebody", "staff", "limit_fen = 99999999", "id = 3"),
    edit("an owner more", "staff", "owner = 1", "id = 2"),
    removal("somebody", "staff", "id = 4"),
    removal("that a PIN was changed", "staff_event", "id = (SELECT MAX(id) FROM staff_event)"),
    edit("what a purchase says of an exchange, made unreadable", "sale", "extras = '{'", "id = 1"),
    edit("an event of the staff, made unreadable", "staff_event", "detail = '{'", "id = 1"),
    edit("the day of a number, made unreadable", "number", "business_date = 'x'", "id = 1"),
    edit("a setting", "setting", "value = '\"别的\"'", "key = 'notes.promotion'"),
    removal("a setting that was made", "setting", "key = 'notes.promotion'"),
    edit("a rule", "policy_version", "content = content || ' '", "id = 1"),
    edit("since when a rule is in force", "policy_version", "valid_from = '2020-01-01'", "id = 2"),
    edit("the float of a shift", "shift", "float_fen = 1", "id = 1"),
    edit("what was counted", "shift", "counted_fen = counted_fen - 5000", "id = 1"),
    edit("a number given", "number", "number = number || 'X'", "id = 1"),
    removal("the last number given", "number", "id = (SELECT MAX(id) FROM number)"),
    edit("a deposit", "deposit", "amount_fen = amount_fen - 100", "id = 1"),
    edit("what a coupon is worth", "compensation", "amount_fen = 9900", "id = 1"),
    edit("the price of an article", "product", "price_fen = 1", "id = 1"),
    edit("a to-do done by nobody", "task", "done_at = 1", "done_at IS NULL"),
    removal("that somebody looked at personal data", "reveal", "id = 1"),
    removal("that a slip was printed", "print_record", "id = 1"),
    edit("which photo it is", "attachment", "sha256 = 'ff', size = 1", "id = 1"),
    edit("that a photo was erased", "attachment", "erased_at = 1", "id = 1"),
    removal("a photo", "attachment", "id = 1"),
    removal("why evidence was not taken", "evidence_waiver", "id = 1"),
    personal("what the customer said", "case_words", "words", "'别的话'", "words <> ''"),
    personal("what the customer said, blanked", "case_words", "words", "''", "words <> ''"),
    Tampering(
        "what the customer said, blanked as if retention had done it",
        "case_words",
        "words <> ''",
        "UPDATE case_words SET words = '', erased_at = 1 WHERE words <> ''",
    ),
    removal("what a customer said", "case_words", "words <> ''"),
    personal("the name of a customer", "person", "name", "'别人'", "name <> ''"),
    personal("the phone of a customer", "person", "phone", "'13900000000'", "phone <> ''"),
    personal("the name of a customer, blanked", "person", "name", "''", "name <> ''"),
    personal("the customer of a purchase", "sale", "customer_masked", "'别*'", "person_id IS NOT NULL"),
    personal("the phone on a purchase", "sale", "phone_masked", "'139****0000'", "person_id IS NOT NULL"),
    personal("the customer of a visit", "case_file", "customer_masked", "'别*'", "customer_masked <> ''"),
    edit("who signed", "signature", "signer_masked = '别*'", "id = 1"),
    personal("strokes blanked", "signature", "strokes", "NULL", "strokes IS NOT NULL"),
    Tampering(
        "the salts of personal data", "person", "name <> ''", "DELETE FROM seal_salt WHERE tab = 'person'"
    ),
    edit("the amount of a row of the money ledger", "money_entry", "amount_fen = -1", "seq = 2"),
    edit("the tender of a row of the money ledger", "money_entry", "tender = 'bank'", "seq = 2"),
    removal("a row of the money ledger", "money_entry", "seq = 2"),
    removal("the end of the money ledger", "money_entry", "seq = (SELECT MAX(seq) FROM money_entry)"),
    Tampering(
        "two rows of the money ledger, swapped",
        "money_entry",
        "seq IN (2, 3)",
        "UPDATE money_entry SET seq = -seq WHERE seq IN (2, 3);"
        "UPDATE money_entry SET seq = CASE seq WHEN -2 THEN 3 ELSE 2 END WHERE seq < 0",
    ),
    edit("how many pieces moved", "stock_entry", "quantity_milli = 9000", "seq = 2"),
    edit("where the goods went", "stock_entry", "to_place = 'V6'", "kind = 'received'"),
    removal("the end of the stock ledger", "stock_entry", "seq = (SELECT MAX(seq) FROM stock_entry)"),
    Tampering(
        "a payment that never was",
        "proof",
        "id = 900",
        "INSERT INTO proof SELECT * FROM (SELECT * FROM proof WHERE id = 1) WHERE 0;"
        "CREATE TEMP TABLE copy AS SELECT * FROM proof WHERE id = 1;"
        "UPDATE copy SET id = 900, request_id = 'forged'; INSERT INTO proof SELECT * FROM copy",
    ),
    Tampering(
        "somebody more on the staff",
        "staff",
        "id = 900",
        "CREATE TEMP TABLE copy AS SELECT * FROM staff WHERE id = 1;"
        "UPDATE copy SET id = 900, code = '99'; INSERT INTO staff SELECT * FROM copy",
    ),
    Tampering(
        "a setting by INSERT OR REPLACE",
        "setting",
        "key = 'notes.promotion'",
        "INSERT OR REPLACE INTO setting (key, value, at) VALUES ('notes.promotion', '\"买一送一\"', 1)",
    ),
)


def keys(db: sqlite3.Connection, table: str, rows: str) -> set[tuple[str, str]]:
    key = next(column[1] for column in db.execute(f"PRAGMA table_info({table})") if column[5])
    return {(table, str(found)) for (found,) in db.execute(f"SELECT {key} FROM {table} WHERE {rows}")}


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


# --- with more art ------------------------------------------------------------------------------------------


def chained_anew(db: sqlite3.Connection) -> None:
    """Change an amount in the money ledger and compute every hash after it again, seals and all."""
    db.execute("UPDATE money_entry SET amount_fen = amount_fen - 1 WHERE seq = 2")
    columns = ", ".join(ledger.COLUMNS["money"])
    previous = seals.FIRST_PREVIOUS
    for seq, held in db.execute("SELECT seq, canonical FROM money_entry ORDER BY seq").fetchall():
        told = json.loads(held)
        row = db.execute(f"SELECT {columns} FROM money_entry WHERE seq = ?", (seq,)).fetchone()
        canonical = ledger.canonical_json([*told[:3], *row, told[-1]])
        digest = ledger.link(previous, canonical)
        db.execute(
            "UPDATE money_entry SET canonical = ?, prev_hash = ?, hash = ? WHERE seq = ?",
            (canonical, previous, digest, seq),
        )
        previous = digest
    seal_anew(db)


def seal_anew(db: sqlite3.Connection) -> None:
    """Forge the whole chain of seals from the rows as they now are."""
    db.execute("DELETE FROM seal")
    for table in seals.tables(db):
        read = db.execute(f'SELECT x."{table.key}", 1, {table.columns} FROM {table.name} x').fetchall()
        if read:
            seals.append(db, {table.name: seals.sealed_rows(db, table, read)})


def a_chain_computed_anew(shop: Shop) -> set[tuple[str, str]]:
    unseen(shop, chained_anew)
    return {("shift", "1"), ("heads", "1")}


def a_seal_changed(shop: Shop) -> set[tuple[str, str]]:
    unseen(shop, lambda db: db.execute("UPDATE seal SET content = '[3,{}]' WHERE seq = 3") and None)
    return {("seal", "3")}


def a_seal_cut_out(shop: Shop) -> set[tuple[str, str]]:
    unseen(shop, lambda db: db.execute("DELETE FROM seal WHERE seq = 4") and None)
    return {("seal", "5")}


def the_last_seals_and_their_rows_cut_off(shop: Shop) -> set[tuple[str, str]]:
    """The last payment and everything that speaks of it, chains cut back to before it: only the notes tell."""

    def act(db: sqlite3.Connection) -> None:
        last = db.execute("SELECT MAX(seq) FROM seal").fetchone()[0]
        db.execute("DELETE FROM seal WHERE seq > ?", (last - 3,))

    unseen(shop, act)
    noted = list(heads.noted(shop.folder))
    return {("heads", str(noted[-1].line))}


def a_trigger_dropped(shop: Shop) -> set[tuple[str, str]]:
    with stranger(shop) as db:
        db.execute('DROP TRIGGER "guard_proof_no_update"')
    return {("guards", "guard_proof_no_update")}


def a_trigger_weakened(shop: Shop) -> set[tuple[str, str]]:
    with stranger(shop) as db:
        db.execute('DROP TRIGGER "guard_proof_no_update"')
        db.execute('CREATE TRIGGER "guard_proof_no_update" BEFORE UPDATE ON proof WHEN 0 BEGIN SELECT 1; END')
    return {("guards", "guard_proof_no_update")}


def a_foreign_trigger(shop: Shop) -> set[tuple[str, str]]:
    with stranger(shop) as db:
        db.execute("CREATE TRIGGER thief AFTER INSERT ON proof BEGIN SELECT 1; END")
    return {("guards", "thief")}


def an_index_dropped(shop: Shop) -> set[tuple[str, str]]:
    with stranger(shop) as db:
        db.execute('DROP INDEX "proof_request_id"')
    return {("schema", "proof_request_id")}


def a_foreign_view(shop: Shop) -> set[tuple[str, str]]:
    with stranger(shop) as db:
        db.execute("CREATE VIEW pins AS SELECT code, pin_hash FROM staff")
    return {("schema", "pins")}


def a_foreign_table_beside_those_of_the_search_engine(shop: Shop) -> set[tuple[str, str]]:
    with stranger(shop) as db:
        db.execute("CREATE TABLE history_search_bad (what TEXT)")
    return {("schema", "history_search_bad")}


def the_name_under_which_a_report_counts_a_clerk(shop: Shop) -> set[tuple[str, str]]:
    unseen(shop, lambda db: db.execute("UPDATE figure_value SET label = '别人' WHERE dimension = 2") and None)
    with stranger(shop) as db:
        rows = db.execute("SELECT value FROM figure_value WHERE dimension = 2").fetchall()
    return {("figure_value", f"clerk {value}") for (value,) in rows}


def the_name_under_which_a_report_counts_an_article(shop: Shop) -> set[tuple[str, str]]:
    unseen(shop, lambda db: db.execute("UPDATE figure_value SET label = '别的' WHERE dimension = 6") and None)
    with stranger(shop) as db:
        rows = db.execute("SELECT value FROM figure_value WHERE dimension = 6").fetchall()
    return {("figure_value", f"product {value}") for (value,) in rows}


def a_whole_table_gone(shop: Shop) -> set[tuple[str, str]]:
    with stranger(shop) as db:
        db.execute("ALTER TABLE evidence_waiver RENAME TO elsewhere")
    return {("schema", "evidence_waiver"), ("evidence_waiver", ""), ("elsewhere", "1")}


def stored(shop: Shop, mime: str) -> tuple[str, Path]:
    with stranger(shop) as db:
        row, digest = db.execute("SELECT id, sha256 FROM attachment WHERE mime LIKE ?", (mime,)).fetchone()
    return str(row), shop.folder / "attachments" / digest[:2] / digest


def a_photo_changed(shop: Shop) -> set[tuple[str, str]]:
    row, file = stored(shop, "image/%")
    held = bytearray(file.read_bytes())
    held[-3] ^= 1
    file.write_bytes(held)
    return {("attachment", row)}


def a_photo_taken_away(shop: Shop) -> set[tuple[str, str]]:
    row, file = stored(shop, "image/%")
    file.unlink()
    return {("attachment", row)}


def a_photo_put_in_the_place_of_another(shop: Shop) -> set[tuple[str, str]]:
    row, file = stored(shop, "image/%")
    file.write_bytes(b"another photo")
    digest = hashlib.sha256(b"another photo").hexdigest()
    place = shop.folder / "attachments" / digest[:2] / digest
    place.parent.mkdir(exist_ok=True)
    file.replace(place)
    unseen(
        shop,
        lambda db: (
            db.execute("UPDATE attachment SET sha256 = ?, size = 13 WHERE id = ?", (digest, row)) and None
        ),
    )
    return {("attachment", row)}


def a_signed_form_changed(shop: Shop) -> set[tuple[str, str]]:
    row, file = stored(shop, "text/plain")
    file.write_bytes(file.read_bytes().replace("七".encode(), "三".encode()))
    return {("attachment", row)}


def the_content_of_a_paper_changed(shop: Shop) -> set[tuple[str, str]]:
    def act(db: sqlite3.Connection) -> None:
        (content,) = db.execute("SELECT content FROM document WHERE id = 1").fetchone()
        changed = content.replace("王店长", "别人").replace("李店员", "别人")
        digest = hashlib.sha256(changed.encode()).hexdigest()
        db.execute("UPDATE document SET content = ?, content_hash = ? WHERE id = 1", (changed + " ", digest))

    unseen(shop, act)
    return {("document", "1")}


def an_old_backup_copied_over_newer_data(shop: Shop) -> set[tuple[str, str]]:
    (kept,) = backup.backups(shop.folder)
    with opened_again(shop) as counter:
        counter.visit(counter.simple_sale())
    shutil.copyfile(kept.path, shop.file)
    return {("heads", str(list(heads.noted(shop.folder))[-1].line))}


def the_note_of_the_heads_deleted(shop: Shop) -> set[tuple[str, str]]:
    (shop.folder / heads.FILE_NAME).unlink()
    return {("heads", "")}


def the_note_of_the_heads_cut(shop: Shop) -> set[tuple[str, str]]:
    file = shop.folder / heads.FILE_NAME
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    return {("heads", "")}


def the_note_of_the_heads_deleted_and_begun_anew_by_the_program(shop: Shop) -> set[tuple[str, str]]:
    (shop.folder / heads.FILE_NAME).unlink()
    with opened_again(shop) as counter:
        counter.visit(counter.simple_sale())
    assert (shop.folder / heads.FILE_NAME).is_file()
    return {("heads", "")}


OTHERS = (
    the_note_of_the_heads_deleted,
    the_note_of_the_heads_cut,
    the_note_of_the_heads_deleted_and_begun_anew_by_the_program,
    a_chain_computed_anew,
    a_seal_changed,
    a_seal_cut_out,
    the_last_seals_and_their_rows_cut_off,
    a_trigger_dropped,
    a_trigger_weakened,
    a_foreign_trigger,
    an_index_dropped,
    a_foreign_view,
    a_foreign_table_beside_those_of_the_search_engine,
    the_name_under_which_a_report_counts_a_clerk,
    the_name_under_which_a_report_counts_an_article,
    a_whole_table_gone,
    a_photo_changed,
    a_photo_taken_away,
    a_photo_put_in_the_place_of_another,
    a_signed_form_changed,
    the_content_of_a_paper_changed,
    an_old_backup_copied_over_newer_data,
)


@contextmanager
def opened_again(shop: Shop) -> Iterator[Counter]:
    """The counter at work in the folder itself, two days later."""
    db = connection.open_database(shop.folder)
    clock = Clock()
    clock.forward(days=2)
    try:
        yield Counter(setup.open_desk(db, shop.folder, clock), clock, count(5000))
    finally:
        db.close()


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

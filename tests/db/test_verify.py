"""`verify` finds every thing that somebody with the file in hands may have done to it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fixtures_shop import AT, DAY, SmallShop, sha256

from counter_app import cli, wording
from counter_app.db import backup, connection, guards, ledger, search
from counter_app.db.models import Attachment, Case, Document, Erasure, Sale, Shift, Signature
from counter_app.db.verify import Broken, verify
from counter_app.domain.errors import CounterError
from counter_app.domain.slip_content import check_code


@pytest.fixture
def sound(shop: SmallShop) -> SmallShop:
    """A shop after a small day: two refunds, one paid, a closed shift, a photo, a signature, an index."""
    with shop.writing():
        refunds = [shop.refund(shop.sale(freight_fen=500, person=shop.person())) for _ in range(2)]
        shift = shop.shift()
        shop.proof(refunds[0].settlements.get(), 12900, shift)
        photo = b"photo"
        digest = sha256("photo")
        file = shop.folder / "attachments" / digest[:2] / digest
        file.parent.mkdir(parents=True)
        file.write_bytes(photo)
        case = refunds[0].case
        Attachment.create(case=case, kind="photo", sha256=digest, mime="image/jpeg", size=5, at=AT)
        Signature.create(
            case=case,
            form_hash=sha256("form"),
            check_code=check_code(sha256("form")),
            signer="customer",
            strokes=[[1, 2]],
            strokes_hash=sha256("[[1,2]]"),
            by=shop.clerk,
            at=AT,
        )
        for row in Case.select():
            search.index_case(shop.db, row.id)
        for sale in Sale.select():
            search.index_sale(shop.db, sale.id)
        money, stock = ledger.head(shop.db, "money"), ledger.head(shop.db, "stock")
        Shift.update(
            closed_at=AT,
            closed_by=shop.boss,
            money_rows=money.rows,
            money_head=money.hash,
            stock_rows=stock.rows,
            stock_head=stock.hash,
        ).execute()
    return shop


def broken_after(shop: SmallShop, stranger: sqlite3.Connection, sql: str) -> set[tuple[str, str]]:
    """What `verify` says when somebody took the guards off, did this, and put them back."""
    for name in guards.present(shop.db):
        stranger.execute(f'DROP TRIGGER "{name}"')
    stranger.execute("PRAGMA foreign_keys = OFF")
    stranger.executescript(sql)
    guards.install(shop.db)
    return {(found.table, found.code) for found in verify(shop.db, shop.folder)}


def test_a_sound_shop_has_nothing_to_say(sound: SmallShop) -> None:
    told: list[tuple[int, int]] = []
    assert verify(sound.db, sound.folder, lambda done, total: told.append((done, total))) == []
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 5


@pytest.mark.parametrize(
    ("sql", "table", "code"),
    [
        ("UPDATE case_line SET quantity_milli = 2000", "sale_line", "guard.overreturned"),
        ("UPDATE document_line SET quantity_milli = 2000", "sale_line", "guard.overreturned"),
        (
            "UPDATE document_line SET amount_fen = 99999 WHERE amount_fen > 0",
            "sale_line",
            "guard.overrefunded",
        ),
        ("UPDATE settlement SET amount_fen = 99999", "sale", "guard.overrefunded"),
        ("UPDATE settlement SET amount_fen = 12800", "settlement", "verify.not_in_ledger"),
        ("UPDATE settlement SET tender = 'wechat'", "settlement", "guard.tender_exceeded"),
        ("UPDATE proof SET amount_fen = 12901", "settlement", "guard.overpaid"),
        ("UPDATE proof SET amount_fen = 1", "proof", "verify.not_in_ledger"),
        ("UPDATE sale_tender SET paid_fen = 99999", "sale", "guard.tenders_over"),
        ("UPDATE document SET content = '{}'", "document", "verify.content"),
        ("UPDATE document SET content_hash = 'x' WHERE prefix = 'TH'", "stock_entry", "verify.chain_columns"),
        ("UPDATE policy_version SET content = 'softer rules'", "policy_version", "verify.content"),
        ("UPDATE signature SET form_hash = 'ffffffffffff'", "signature", "verify.check_code"),
        ("UPDATE sale_line SET paid_fen = 99999", "sale", "guard.lines_over"),
        ("UPDATE signature SET strokes = '[]'", "signature", "verify.content"),
        (
            "UPDATE number SET number = 'TK01-20260305-0009' WHERE prefix = 'TK' AND seq = 2",
            "document",
            "verify.number_unknown",
        ),
        (
            "UPDATE number SET number = 'TK01-20260305-0009' WHERE prefix = 'TK' AND seq = 2",
            "number",
            "verify.number_spelling",
        ),
        ("DELETE FROM number WHERE prefix = 'SH' AND seq = 1", "number", "verify.number_gap"),
        ("DELETE FROM number WHERE prefix = 'SH' AND seq = 1", "case_file", "verify.number_unknown"),
        (
            "UPDATE document SET reverses_id = 4 WHERE id = 3; UPDATE document SET reverses_id = 1 WHERE id = 4",
            "document",
            "guard.reversal_reversed",
        ),
        ("DELETE FROM money_entry WHERE seq = 3", "shift", "verify.head"),
        ("DELETE FROM stock_entry WHERE seq = 2", "stock_entry", "verify.chain_gap"),
        ("UPDATE money_entry SET amount_fen = -1 WHERE seq = 1", "money_entry", "verify.chain_columns"),
        ("DELETE FROM staff WHERE id = 2", "shift", "verify.parent"),
        ("UPDATE case_file SET summary = 'other'", "case_search", "verify.search"),
    ],
)
def test_what_was_changed_behind_the_guards_is_named(
    sound: SmallShop, stranger: sqlite3.Connection, sql: str, table: str, code: str
) -> None:
    if code == "verify.chain_columns" and table == "stock_entry":
        sql = "UPDATE stock_entry SET to_place = 'V2' WHERE seq = 2"
    assert (table, code) in broken_after(sound, stranger, sql)


def test_a_chain_that_was_cut_off_and_written_anew_is_found_by_its_printed_head(
    sound: SmallShop, stranger: sqlite3.Connection
) -> None:
    backup.back_up(sound.folder, at=datetime(2026, 3, 5, tzinfo=UTC))
    for name in guards.present(sound.db):
        stranger.execute(f'DROP TRIGGER "{name}"')
    stranger.execute("DELETE FROM money_entry WHERE seq = 3")
    with sound.writing():
        ledger.append_money(sound.db, kind="float", tender="cash", amount_fen=0, at=AT, business_date=DAY)
    guards.install(sound.db)
    assert ledger.first_broken(sound.db, "money") is None
    assert {found.table for found in verify(sound.db, sound.folder) if found.code == "verify.head"} == {
        "shift",
        "backups",
    }


def test_guards_that_are_missing_are_named(sound: SmallShop, stranger: sqlite3.Connection) -> None:
    stranger.execute("DROP TRIGGER guard_money_entry_next")
    assert verify(sound.db, sound.folder) == [
        Broken("guards", "guard_money_entry_next", "verify.guard_missing")
    ]


def test_photos_that_are_gone_or_changed_are_named_but_erased_ones_are_not(sound: SmallShop) -> None:
    file = next((sound.folder / "attachments").glob("*/*"))
    file.write_bytes(b"fot0s")
    assert [found.code for found in verify(sound.db, sound.folder)] == ["verify.file_changed"]
    file.unlink()
    assert [found.code for found in verify(sound.db, sound.folder)] == ["verify.file_missing"]
    Attachment.update(erased_at=AT).execute()
    Signature.update(strokes=None, erased_at=AT).execute()
    Erasure.create(
        way="retention", through=DAY, why="", counts={"files": 1, "strokes": 1}, at=AT, business_date=DAY
    )
    assert verify(sound.db, sound.folder) == []


def test_every_finding_is_worded_in_both_languages(sound: SmallShop, stranger: sqlite3.Connection) -> None:
    broken_after(sound, stranger, "UPDATE document SET content = '{}'; DELETE FROM money_entry WHERE seq = 3")
    found = verify(sound.db, sound.folder)
    for broken in found:
        for language in ("zh", "en"):
            words = wording.sentence(CounterError(broken.code, **broken.params), language)
            assert words
            assert broken.code not in words


def run(folder: Path, *argv: str) -> int:
    return cli.main([*argv, "--data", str(folder), "--language", "en"])


def test_the_verb_says_all_is_sound_or_a_line_for_each_broken_row(
    sound: SmallShop, stranger: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sound.folder, "verify") == 0
    assert ledger.head(sound.db, "money").hash[:16] in capsys.readouterr().out
    broken_after(sound, stranger, "UPDATE document SET content = '{}' WHERE id = 2")
    assert run(sound.folder, "verify") == 2
    told = capsys.readouterr()
    paper = Document.get_by_id(2)
    where = f"document (case {paper.case.number}, document {paper.number}; document 2)"
    assert told.out.splitlines() == [
        f"{where}: The row was changed outside the program: it differs from its seal.",
        f"{where}: The frozen content does not match its hash: it was changed.",
    ]
    assert told.err == "2 things do not hold.\n"


def test_the_verbs_of_the_data_folder_do_what_they_say(
    sound: SmallShop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound.db.close()
    other = tmp_path / "第二 盘"
    assert run(sound.folder, "backup", "--to", str(other)) == 0
    made = backup.newest_good(sound.folder, other)
    assert made is not None
    assert str(made.path) in capsys.readouterr().out
    assert run(sound.folder, "reindex") == 0
    assert "5 rows" in capsys.readouterr().out
    assert run(sound.folder, "migrate") == 0
    assert run(sound.folder, "restore") == 2
    assert "no good backup" in capsys.readouterr().err
    (sound.folder / connection.FILE_NAME).unlink()
    assert run(sound.folder, "verify") == 2
    assert "no database" in capsys.readouterr().err
    assert run(sound.folder, "restore", str(made.path)) == 0
    assert run(sound.folder, "verify") == 0

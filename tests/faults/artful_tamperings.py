"""What somebody does who knows the chains, the guards and the files beside the database."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tamperings import Named
from worked_shop import Shop, opened_again, stranger, unseen

from counter_app.db import backup, heads, ledger, seals


@dataclass(frozen=True)
class Art:
    """The same for what is more than one statement: what it does, and rows that `verify` must name."""

    act: Callable[[Shop], set[tuple[str, str]]]

    @property
    def name(self) -> str:
        return self.act.__name__.replace("_", " ")

    def __call__(self, shop: Shop) -> set[Named]:
        return {(table, row, "") for table, row in self.act(shop)}


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

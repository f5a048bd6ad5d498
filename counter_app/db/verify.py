"""Checking the whole database: chains, sums, hashes, files, numbers. Names every row that does not hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from counter_app.db import backup, guards, ledger, numbers, search
from counter_app.db.guards.goods import HELD, PASSING
from counter_app.db.guards.refunds import OTHER_MONEY
from counter_app.domain.slip_content import check_code

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that does not hold: its table, its row, the code of the sentence and what fills it."""

    table: str
    row: str
    code: str
    params: dict[str, object] = field(default_factory=dict)


def verify(db: SqliteDatabase, folder: Path, progress: Progress = lambda done, total: None) -> list[Broken]:
    """Check everything; an empty list is a sound database. Only reads. `progress` may raise to cancel.

    Personal data blanked by retention is not broken: rows say when they were erased.
    """
    found: list[Broken] = []
    progress(0, len(CHECKS))
    for done, check in enumerate(CHECKS, 1):
        found += check(db, folder)
        progress(done, len(CHECKS))
    return found


def _file_whole(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    for (said,) in db.execute_sql("PRAGMA integrity_check(20)").fetchall():
        if said != "ok":
            yield Broken("file", "", "verify.file", {"found": said})
    for table, row, parent, _ in db.execute_sql("PRAGMA foreign_key_check").fetchall():
        yield Broken(table, str(row), "verify.parent", {"parent": parent})


def _guards_there(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    for name in guards.missing(db):
        yield Broken("guards", name, "verify.guard_missing")


def _chains(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    for which, table in ledger.TABLES.items():
        fault = ledger.first_broken(db, which)
        if fault:
            yield Broken(table, str(fault.seq), fault.code)


def _printed_heads(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    """Heads that were written down elsewhere must still be in the chain: a cut or rewritten tail shows."""
    shifts = db.execute_sql(
        "SELECT id, money_rows, money_head, stock_rows, stock_head FROM shift WHERE closed_at IS NOT NULL"
    ).fetchall()
    for shift_id, money_rows, money_head, stock_rows, stock_head in shifts:
        for table, rows, head in (
            ("money_entry", money_rows, money_head),
            ("stock_entry", stock_rows, stock_head),
        ):
            if head and not _in_chain(db, table, rows, head):
                yield Broken("shift", str(shift_id), "verify.head", {"ledger": table, "rows": rows})
    for kept in backup.backups(folder):
        for table, (rows, head) in (("money_entry", kept.money), ("stock_entry", kept.stock)):
            if not _in_chain(db, table, rows, head):
                yield Broken("backups", kept.path.name, "verify.head", {"ledger": table, "rows": rows})


def _in_chain(db: SqliteDatabase, table: str, rows: int, head: str) -> bool:
    if rows == 0:
        return True
    there = db.execute_sql(f"SELECT hash FROM {table} WHERE seq = ?", (rows,)).fetchone()
    return bool(there) and there[0] == head


SUMS: tuple[tuple[str, str, str], ...] = (
    (
        "sale_line",
        "guard.overreturned",
        f"""SELECT s.id FROM sale_line s JOIN case_line c ON c.sale_line_id = s.id WHERE c.{HELD}
            GROUP BY s.id HAVING SUM(c.quantity_milli) > s.quantity_milli""",
    ),
    (
        "sale_line",
        "guard.overreturned",
        f"""SELECT s.id FROM sale_line s JOIN document_line l ON l.sale_line_id = s.id
            JOIN document d ON d.id = l.document_id WHERE l.direction = 'in' AND d.prefix NOT IN {PASSING}
            GROUP BY s.id
            HAVING SUM(l.quantity_milli) > s.quantity_milli OR SUM(l.quantity_milli) < 0""",
    ),
    (
        "sale_line",
        "guard.overrefunded",
        f"""SELECT s.id FROM sale_line s JOIN document_line l ON l.sale_line_id = s.id
            JOIN document d ON d.id = l.document_id
            WHERE l.direction <> 'out' AND d.prefix NOT IN {OTHER_MONEY}
            GROUP BY s.id
            HAVING SUM(l.amount_fen) > s.paid_fen + s.freight_fen OR SUM(l.amount_fen) < 0""",
    ),
    (
        "sale",
        "guard.overrefunded",
        """SELECT s.id FROM sale s JOIN settlement t ON t.sale_id = s.id
           WHERE t.direction = 'out' AND t.purpose = 'refund'
           GROUP BY s.id HAVING SUM(t.amount_fen) > s.paid_fen""",
    ),
    (
        "sale",
        "guard.tenders_over",
        """SELECT s.id FROM sale s JOIN sale_tender t ON t.sale_id = s.id
           GROUP BY s.id HAVING SUM(t.paid_fen) > s.paid_fen + s.subsidy_fen""",
    ),
    (
        "sale",
        "guard.lines_over",
        """SELECT s.id FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE l.split_of_id IS NULL
           GROUP BY s.id HAVING SUM(l.paid_fen + l.freight_fen) > s.paid_fen""",
    ),
    (
        "settlement",
        "guard.tender_exceeded",
        """SELECT MAX(t.id) FROM settlement t
           WHERE t.direction = 'out' AND t.purpose = 'refund' AND t.sale_id IS NOT NULL
           GROUP BY t.sale_id, t.tender
           HAVING SUM(t.amount_fen) > COALESCE((SELECT paid_fen FROM sale_tender p
                  WHERE p.sale_id = t.sale_id AND p.tender = t.tender), 0)
           AND NOT EXISTS (SELECT 1 FROM settlement o JOIN approval a ON a.id = o.override_id
                  WHERE o.sale_id = t.sale_id AND o.tender = t.tender AND a.decision = 'approve')""",
    ),
    (
        "settlement",
        "guard.overpaid",
        """SELECT s.id FROM settlement s JOIN proof p ON p.settlement_id = s.id GROUP BY s.id
           HAVING ABS(SUM(p.amount_fen)) > ABS(s.amount_fen) OR SUM(p.amount_fen) * s.amount_fen < 0""",
    ),
    (
        "document",
        "guard.reversal_reversed",
        """SELECT d.id FROM document d JOIN document old ON old.id = d.reverses_id
           WHERE old.reverses_id IS NOT NULL""",
    ),
    (
        "settlement",
        "verify.not_in_ledger",
        """SELECT s.id FROM settlement s LEFT JOIN money_entry m ON m.settlement_id = s.id
           AND m.proof_id IS NULL GROUP BY s.id
           HAVING COUNT(m.seq) <> 1 OR ABS(SUM(m.amount_fen)) <> ABS(s.amount_fen)""",
    ),
    (
        "proof",
        "verify.not_in_ledger",
        """SELECT p.id FROM proof p LEFT JOIN money_entry m ON m.proof_id = p.id GROUP BY p.id
           HAVING COUNT(m.seq) <> 1 OR ABS(SUM(m.amount_fen)) <> ABS(p.amount_fen)""",
    ),
    (
        "case_file",
        "verify.number_unknown",
        "SELECT id FROM case_file WHERE number NOT IN (SELECT number FROM number)",
    ),
    (
        "document",
        "verify.number_unknown",
        "SELECT id FROM document WHERE number NOT IN (SELECT number FROM number)",
    ),
    (
        "number",
        "verify.number_gap",
        """SELECT MAX(id) FROM number GROUP BY prefix, business_date
           HAVING MAX(seq) <> COUNT(*) OR MIN(seq) <> 1""",
    ),
)


def _sums(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    for table, code, sql in SUMS:
        for (row,) in db.execute_sql(sql).fetchall():
            yield Broken(table, str(row), code)


def _number_spelling(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    shop = db.execute_sql("SELECT code FROM shop").fetchone()
    if shop is None:
        return
    for row, prefix, day, seq, number in _stream(
        db, "SELECT id, prefix, business_date, seq, number FROM number ORDER BY id"
    ):
        if number != numbers.spelled(prefix, shop[0], date.fromisoformat(day), seq):
            yield Broken("number", str(row), "verify.number_spelling", {"number": number})


def _contents(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    """What is frozen as text must still have the hash it was frozen under."""
    for table, text, digest in (
        ("document", "content", "content_hash"),
        ("policy_version", "content", "hash"),
        ("signature", "strokes", "strokes_hash"),
    ):
        for row, held, told in _stream(db, f"SELECT id, {text}, {digest} FROM {table} ORDER BY id"):
            if held is not None and told and _sha256(held) != told:
                yield Broken(table, str(row), "verify.content")


def _signatures(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    """The code printed on the paper must be the one of the form that was signed."""
    for row, form, code in _stream(db, "SELECT id, form_hash, check_code FROM signature ORDER BY id"):
        if check_code(form) != code:
            yield Broken("signature", str(row), "verify.check_code", {"found": code})


def _attachments(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    rows = _stream(db, "SELECT id, sha256, size FROM attachment WHERE erased_at IS NULL ORDER BY id")
    for row, digest, size in rows:
        file = folder / "attachments" / digest[:2] / digest
        if not file.is_file():
            yield Broken("attachment", str(row), "verify.file_missing", {"path": str(file)})
        elif file.stat().st_size != size or _file_sha256(file) != digest:
            yield Broken("attachment", str(row), "verify.file_changed", {"path": str(file)})


def _search_index(db: SqliteDatabase, folder: Path) -> Iterator[Broken]:
    for table, row in search.stale_rows(db):
        yield Broken(table, str(row), "verify.search")


def _stream(db: SqliteDatabase, sql: str) -> Iterator[tuple[Any, ...]]:
    yield from db.connection().execute(sql)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _file_sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


CHECKS: tuple[Callable[[SqliteDatabase, Path], Iterator[Broken]], ...] = (
    _file_whole,
    _guards_there,
    _chains,
    _printed_heads,
    _sums,
    _number_spelling,
    _contents,
    _signatures,
    _attachments,
    _search_index,
)

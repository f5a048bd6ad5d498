"""Checking the whole database: chains, seals, sums, hashes, files, numbers. Names every row that does not hold."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from peewee import PeeweeException, SqliteDatabase

from counter_app.db import (
    figures,
    guards,
    heads,
    kept_sums,
    ledger,
    month_figures,
    numbers,
    schema,
    seals_compared,
    search,
    verify_erased,
    verify_goods,
    verify_heads,
    verify_papers,
    verify_staff,
    verify_sums,
)
from counter_app.db.apart import Apart
from counter_app.domain.slip_content import check_code

Progress = Callable[[int, int], None]
Step = Callable[[], None]
BLOCK = seals_compared.BLOCK
"""Rows between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that does not hold: its table, its row, the code of the sentence and what fills it."""

    table: str
    row: str
    code: str
    params: dict[str, object] = field(default_factory=dict)


Check = Callable[[SqliteDatabase, Path, Step], Iterator[Broken]]
"""One check: it names what does not hold, and reports its steps."""


def verify(
    db: SqliteDatabase,
    folder: Path,
    progress: Progress = lambda done, total: None,
    told: tuple[verify_heads.Told, ...] = (),
    beside: tuple[Check, ...] = (),
) -> list[Broken]:
    """Check everything; an empty list is a sound database. Only reads. `progress` may raise to cancel.

    `told` are heads that somebody reads off a printed sheet or an archive; `beside` are checks of another room,
    which reads what this one cannot. Personal data blanked by retention is
    not broken: the rows say when they were erased.
    """
    checks = (*CHECKS, *beside, lambda db, folder, step: _heads(db, folder, told))
    total = len(checks) + seals_compared.blocks(db.connection())
    done = 0

    def step() -> None:
        nonlocal done
        done = min(done + 1, total)
        progress(done, total)

    progress(0, total)
    found: dict[Check, list[Broken]] = {}
    elsewhere = _apart(db, folder)
    try:
        for check in checks:
            if elsewhere is None or check not in SQLITES_OWN:
                found[check] = list(_carried_out(check, db, folder, step))
                step()
        results = elsewhere.finish(lambda: progress(done, total)) if elsewhere is not None else None
    finally:
        if elsewhere is not None:
            elsewhere.stop()
    for place, check in enumerate(SQLITES_OWN if elsewhere is not None else ()):
        found[check] = results[place] if results else list(_carried_out(check, db, folder, step))
        step()
    if done < total:
        progress(total, total)
    return [broken for check in checks for broken in found[check]]


def _apart(db: SqliteDatabase, folder: Path) -> Apart[list[Broken]] | None:
    """SQLite's own checks, begun through a connection of their own; None where that would not see what this one
    writes just now."""
    file = getattr(db, "file", None)
    if file is None or db.in_transaction():
        return None

    def act(check: Check) -> Callable[[SqliteDatabase], list[Broken]]:
        return lambda reader: list(_carried_out(check, reader, folder, lambda: None))

    return Apart(file, [act(check) for check in SQLITES_OWN])


UNREADABLE = (sqlite3.Error, PeeweeException, ValueError, TypeError, LookupError)
"""What a check meets where somebody wrote something that is no text of ours: no date, no JSON, not the right kind."""


def _carried_out(check: Check, db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    """What a check finds. One that stumbles over something unreadable is named itself, and the others go on: the row
    is named by its seal."""
    try:
        yield from check(db, folder, step)
    except UNREADABLE as wrong:
        name = getattr(check, "__name__", "heads").strip("_")
        yield Broken("check", name, "verify.unreadable", {"why": str(wrong)[:200]})


def erased(db: SqliteDatabase) -> dict[str, int]:
    """How many things the retention job blanked, by kind: `persons`, `words`, `files`, `strokes`."""
    tables = {"persons": "person", "words": "case_words", "files": "attachment", "strokes": "signature"}
    return {
        kind: int(db.execute_sql(f"SELECT COUNT(*) FROM {table} WHERE erased_at IS NOT NULL").fetchone()[0])
        for kind, table in tables.items()
    }


def _file_whole(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for (said,) in db.execute_sql("PRAGMA integrity_check(20)").fetchall():
        if said != "ok":
            yield Broken("file", "", "verify.file", {"found": said})
    for table, row, parent, _ in db.execute_sql("PRAGMA foreign_key_check").fetchall():
        yield Broken(table, str(row), "verify.parent", {"parent": parent})


def _guards_there(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for name in guards.missing(db):
        yield Broken("guards", name, "verify.guard_missing")
    for name in guards.foreign(db):
        yield Broken("guards", name, "verify.guard_foreign")
    for name, code in schema.differing(db):
        yield Broken("schema", name, code)


def _chains(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for which, table in ledger.TABLES.items():
        fault = ledger.first_broken(db, which)
        if fault:
            yield Broken(table, str(fault.seq), fault.code)


def _sealed(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for one in seals_compared.differing(db.connection(), step):
        yield Broken(one.table, one.row, one.code, {"column": one.column} if one.column else {})


def _heads(db: SqliteDatabase, folder: Path, told: tuple[verify_heads.Told, ...]) -> Iterator[Broken]:
    """Heads that were written down elsewhere must still be in the chain: a cut or rewritten tail shows."""
    state = heads.missing(db.connection(), folder)
    if state:
        yield Broken("heads", "", f"verify.heads_{state}", {"file": heads.FILE_NAME})
    for one in verify_heads.lost(db.connection(), folder, told):
        yield Broken(one.place, one.row, "verify.head", {"ledger": one.ledger, "rows": one.rows})


def _sums(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for table, code, sql in (*verify_sums.SUMS, *verify_papers.SUMS):
        try:
            rows = db.execute_sql(sql).fetchall()
        except UNREADABLE as wrong:
            yield Broken(table, "", "verify.unreadable", {"why": str(wrong)[:200]})
            continue
        for (row,) in rows:
            yield Broken(table, str(row), code)


def _months(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    """The control totals kept when a month was closed, told again by the ledgers and papers of today."""
    for month, first, last, kept in db.execute_sql(
        "SELECT month, first_day, last_day, figures FROM month_lock ORDER BY month"
    ).fetchall():
        bounds = {"first": first, "last": last}
        now = month_figures.figures(lambda sql, bounds=bounds: db.execute_sql(sql, bounds).fetchall())  # type: ignore[misc]
        for name, was, found in month_figures.differing(json.loads(kept), now):
            yield Broken("month_lock", month, "verify.month", {"figure": name, "kept": was, "found": found})


_OTHERWISE_SPELLED = """
    SELECT id, prefix, business_date, seq, number FROM number
    WHERE number IS NOT prefix || ?1 || '-' || replace(business_date, '-', '') || '-' || printf('%04d', seq)
       OR date(business_date) IS NOT business_date
    ORDER BY id
"""


def _number_spelling(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    shop = db.execute_sql("SELECT code FROM shop").fetchone()
    if shop is None:
        return
    for row, prefix, day, seq, number in _stream(db, _OTHERWISE_SPELLED, shop):
        if number != numbers.spelled(prefix, shop[0], date.fromisoformat(day), seq):
            yield Broken("number", str(row), "verify.number_spelling", {"number": number})


def _contents(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    """What is frozen as text must still have the hash it was frozen under."""
    for table, text, digest in (
        ("document", "content", "content_hash"),
        ("policy_version", "content", "hash"),
        ("signature", "strokes", "strokes_hash"),
    ):
        for row, held, told in _stream(db, f"SELECT id, {text}, {digest} FROM {table} ORDER BY id"):
            if held is not None and told and _sha256(held) != told:
                yield Broken(table, str(row), "verify.content")


def _signatures(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    """The code printed on the paper must be the one of the form that was signed."""
    for row, form, code in _stream(db, "SELECT id, form_hash, check_code FROM signature ORDER BY id"):
        if check_code(form) != code:
            yield Broken("signature", str(row), "verify.check_code", {"found": code})


def _attachments(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    rows = _stream(db, "SELECT id, sha256, size FROM attachment WHERE erased_at IS NULL ORDER BY id")
    for row, digest, size in rows:
        file = folder / "attachments" / digest[:2] / digest
        if not file.is_file():
            yield Broken("attachment", str(row), "verify.file_missing", {"path": str(file)})
        elif file.stat().st_size != size or _file_sha256(file) != digest:
            yield Broken("attachment", str(row), "verify.file_changed", {"path": str(file)})


def _stock_room(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for table, row, code, params in verify_goods.stock_room(db, folder):
        yield Broken(table, row, code, params)


def _erased(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for table, row, code, params in verify_erased.unlawful(db):
        yield Broken(table, row, code, params)


def _staff_told(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for row, name in verify_staff.untold(db):
        yield Broken("staff", str(row), "verify.staff_untold", {"name": name})


def _search_index(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    for table, row in search.stale_rows(db):
        yield Broken(table, str(row), "verify.search")


def _stream(db: SqliteDatabase, sql: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield from db.connection().execute(sql, values)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _file_sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _figures(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    """The figures of reports, told again by the rows they are made from."""
    for table, row in figures.differing(db):
        yield Broken(table, row, "verify.figure")


def _kept_sums(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    """What lies where and what is still open, told again by the ledger and the papers."""
    for table, row in kept_sums.differing(db):
        yield Broken(table, row, "verify.kept_sum")


CHECKS: tuple[Check, ...] = (
    _file_whole,
    _guards_there,
    _chains,
    _sealed,
    _sums,
    _months,
    _number_spelling,
    _contents,
    _signatures,
    _attachments,
    _stock_room,
    _erased,
    _staff_told,
    _search_index,
    _figures,
    _kept_sums,
)
SQLITES_OWN: tuple[Check, ...] = (_file_whole, _sums, _figures, _kept_sums)
"""What SQLite finds by itself while Python hashes: nearly all of it is one query after another."""

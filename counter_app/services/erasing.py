"""Blanking personal data: of a visit, of a customer. Money documents, numbers and hashes stay.

Everything here runs inside the caller's transaction; the files go afterwards, in `remove_files`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from counter_app.db import connection, search
from counter_app.db.guards.frozen import ERASED_WORDS
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason
from counter_app.services import attachment_files
from counter_app.services.case_rows import add_event
from counter_app.services.case_words import words
from counter_app.services.desk import Desk

REMARKS = (
    "note", "told", "parcel_checked", "flagged", "called_back", "surveyed",
    "approval_requested", "approved", "rejected", "photo_taken", "recording",
)  # fmt: skip
"""Lines of the story in which somebody wrote freely, or which name a file as a phone named it."""

_IN = "IN (SELECT value FROM json_each(:ids))"
_OF_CASES: dict[str, str] = {
    "words": f"UPDATE case_words SET words = '', erased_at = :at WHERE case_id {_IN} AND words <> ''",
    "remarks": f"""UPDATE case_event SET detail = json_remove(detail, {ERASED_WORDS}), erased_at = :at
        WHERE case_id {_IN} AND erased_at IS NULL AND kind IN ({", ".join(f"'{kind}'" for kind in REMARKS)})
        AND detail <> json_remove(detail, {ERASED_WORDS})""",
    "files": f"""UPDATE attachment SET name = '', erased_at = :at
        WHERE case_id {_IN} AND erased_at IS NULL AND kind <> 'signed_form'""",
    "strokes": f"""UPDATE signature SET strokes = NULL, erased_at = :at
        WHERE case_id {_IN} AND erased_at IS NULL AND strokes IS NOT NULL""",
}
_BESIDE = (
    f"""INSERT INTO case_words (case_id, words, erased_at)
        SELECT id, '', :at FROM case_file WHERE id {_IN} AND id NOT IN (SELECT case_id FROM case_words)""",
    f"UPDATE case_words SET erased_at = :at WHERE case_id {_IN}",
    f"""UPDATE case_file SET summary = '', plan = json_remove(plan, '$.about', '$.flags') WHERE id {_IN}
        AND (summary <> '' OR plan <> json_remove(plan, '$.about', '$.flags'))""",
    f"""UPDATE task SET result = '' WHERE case_id {_IN} AND result <> ''
        AND kind IN ('callback', 'follow_up', 'second_handling')""",
)
_OF_PERSONS = (
    f"""UPDATE person SET name = '', phone = '', phone_hash = '', contact = '', birthday = NULL, care_note = '',
        kind = '', preferred_way = '', marketing_consent_at = NULL, erased_at = :at
        WHERE id {_IN} AND erased_at IS NULL""",
    f"UPDATE sale SET customer_masked = '', phone_masked = '', phone_hash = '', area = '' WHERE person_id {_IN}",
    f"UPDATE case_file SET customer_masked = '', phone_masked = '', phone_hash = '' WHERE person_id {_IN}",
)
_UNUSED = """
    SELECT DISTINCT a.sha256 FROM attachment a WHERE a.erased_at IS NOT NULL {since}
    AND NOT EXISTS (SELECT 1 FROM attachment o WHERE o.sha256 = a.sha256 AND o.erased_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM goods_photo g WHERE g.sha256 = a.sha256)
"""


@contextmanager
def thoroughly(desk: Desk) -> Iterator[None]:
    """What is taken out of the file inside is overwritten there, not only given free. Around the transaction."""
    (before,) = desk.db.execute_sql("PRAGMA secure_delete").fetchone()
    desk.db.execute_sql("PRAGMA secure_delete = 1")
    try:
        yield
    finally:
        desk.db.execute_sql(f"PRAGMA secure_delete = {int(before)}")


def settle(desk: Desk) -> None:
    """After the last of it: the search index forgets the tokens, the log beside the database is emptied."""
    with thoroughly(desk):
        with desk.db.atomic("IMMEDIATE"):
            search.forget(desk.db)
        connection.checkpoint(desk.db, force=True)


def erase_cases(desk: Desk, case_ids: Sequence[int], why: str) -> dict[str, int]:
    """Blank what customers said, photos, recordings, strokes and remarks of these cases; the story says why.

    Forms as they were signed stay: they are the receipt of who was paid (会计基础工作规范 48), with the masked name.
    Returns how much there was, by kind. `why` is `retention` or `request`.
    """
    asked = {"ids": json.dumps(list(case_ids)), "at": desk.instant()}
    counts = {kind: _run(desk, sql, asked) for kind, sql in _OF_CASES.items()}
    for sql in _BESIDE:
        _run(desk, sql, asked)
    said = words(f"erasure.{why}")
    for case_id in case_ids:
        add_event(desk, case_id, "erased", why=[said.zh, said.en])
    search.index_cases(desk.db, case_ids)
    return {"cases": len(case_ids), **counts}


def erase_forms(desk: Desk, attachment_ids: Sequence[int]) -> dict[str, int]:
    """Blank signed forms whose time as vouchers is over, too."""
    asked = {"ids": json.dumps(list(attachment_ids)), "at": desk.instant()}
    sql = f"UPDATE attachment SET name = '', erased_at = :at WHERE id {_IN} AND erased_at IS NULL"
    return {"files": _run(desk, sql, asked)}


def erase_persons(desk: Desk, person_ids: Sequence[int]) -> dict[str, int]:
    """Blank who these customers are, everywhere they are named or masked, and take them out of the search."""
    asked = {"ids": json.dumps(list(person_ids)), "at": desk.instant()}
    sales = _ids(desk, f"SELECT id FROM sale WHERE person_id {_IN}", asked)
    cases = _ids(desk, f"SELECT id FROM case_file WHERE person_id {_IN}", asked)
    for sql in _OF_PERSONS:
        _run(desk, sql, asked)
    search.index_sales(desk.db, sales)
    search.index_cases(desk.db, cases)
    return {"persons": len(person_ids)}


def remove_files(desk: Desk, since: int = 0) -> int:
    """Take away files whose every mention was erased (since that instant). Returns how many went.

    One after the other under the database's lock, so that nobody keeps the same picture meanwhile.
    Raises SurroundingsError `privacy.file_stays` when one cannot be removed; the next run tries again.
    """
    gone = 0
    sql = _UNUSED.format(since="AND a.erased_at >= ?" if since else "")
    for (sha256,) in desk.db.execute_sql(sql, (since,) if since else ()).fetchall():
        file = desk.folder / attachment_files.relative_path(sha256)
        if not file.is_file():
            continue
        with desk.db.atomic("IMMEDIATE"):
            unused = desk.db.execute_sql(
                f"SELECT 1 FROM ({_UNUSED.format(since='AND a.sha256 = ?')})", (sha256,)
            ).fetchone()
            if unused is None:
                continue
            try:
                file.unlink(missing_ok=True)
            except OSError as cause:
                raise SurroundingsError(
                    "privacy.file_stays", file=file.name[:12], cause=system_reason(cause)
                ) from cause
        gone += 1
    return gone


def _run(desk: Desk, sql: str, asked: dict[str, Any]) -> int:
    return int(desk.db.connection().execute(sql, asked).rowcount)


def _ids(desk: Desk, sql: str, asked: dict[str, Any]) -> list[int]:
    return [int(row[0]) for row in desk.db.connection().execute(sql, {"ids": asked["ids"]})]

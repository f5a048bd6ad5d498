"""Checking the stock room: goods papers and movements agree, claims stand where their story says, photos are whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from peewee import SqliteDatabase

Found = tuple[str, str, str, dict[str, object]]


# What left the shop by a goods paper must be what its lines say; a supplier's goods leave when the claim is sent.
_LEFT = """
    SELECT d.id FROM document d LEFT JOIN claim c ON c.document_id = d.id
    WHERE (d.prefix = 'XH' OR (d.prefix = 'TC' AND EXISTS (
             SELECT 1 FROM claim_event v WHERE v.claim_id = c.id AND v.state = 'sent')))
      AND (SELECT COALESCE(SUM(l.quantity_milli), 0) FROM goods_line l WHERE l.document_id = d.id)
       <> (SELECT COALESCE(SUM(e.quantity_milli), 0) FROM stock_entry e
           WHERE e.document_id = d.id AND e.kind = 'disposed' AND e.to_place = 'OUT')
"""
_COUNTED = """
    SELECT d.id FROM document d WHERE d.prefix = 'PD'
      AND (SELECT COALESCE(SUM(l.quantity_milli), 0) FROM goods_line l WHERE l.document_id = d.id)
       <> (SELECT COALESCE(SUM(CASE WHEN e.from_place = 'OUT' THEN e.quantity_milli ELSE -e.quantity_milli END), 0)
           FROM stock_entry e WHERE e.document_id = d.id AND e.kind = 'count')
"""
_STATE = """
    SELECT c.id FROM claim c
    LEFT JOIN claim_event v ON v.claim_id = c.id AND v.seq = (SELECT MAX(seq) FROM claim_event WHERE claim_id = c.id)
    WHERE v.state IS NOT c.state
       OR c.got_fen <> (SELECT COALESCE(SUM(amount_fen), 0) FROM claim_event
                        WHERE claim_id = c.id AND state = 'credited')
"""
SUMS: tuple[tuple[str, str, str], ...] = (
    ("document", "verify.goods_left", _LEFT),
    ("document", "verify.goods_counted", _COUNTED),
    ("claim", "verify.claim_state", _STATE),
    (
        "document",
        "verify.goods_unsigned",
        "SELECT d.id FROM document d WHERE d.prefix = 'XH' AND NOT EXISTS (SELECT 1 FROM scrap WHERE document_id = d.id)",
    ),
    (
        "document",
        "verify.goods_unclaimed",
        """SELECT d.id FROM document d WHERE d.prefix IN ('TC', 'ZC')
           AND NOT EXISTS (SELECT 1 FROM claim WHERE document_id = d.id)""",
    ),
    (
        "recall",
        "verify.number_unknown",
        "SELECT id FROM recall WHERE number NOT IN (SELECT number FROM number)",
    ),
    (
        "stock_entry",
        "guard.goods_paper",
        """SELECT e.seq FROM stock_entry e LEFT JOIN document d ON d.id = e.document_id
           WHERE e.kind = 'disposed' AND e.to_place = 'OUT' AND (
               (e.from_place = 'V4' AND d.prefix IS NOT 'TC') OR (e.from_place = 'V6' AND d.prefix IS NOT 'XH'))""",
    ),
)


def stock_room(db: SqliteDatabase, folder: Path) -> Iterator[Found]:
    """Every row of the stock room that does not hold: its table, its row, the code of the sentence, what fills it."""
    for table, code, sql in SUMS:
        for (row,) in db.execute_sql(sql).fetchall():
            yield table, str(row), code, {}
    for row, digest, size in db.execute_sql(
        "SELECT id, sha256, size FROM goods_photo ORDER BY id"
    ).fetchall():
        file = folder / "attachments" / digest[:2] / digest
        if not file.is_file():
            yield "goods_photo", str(row), "verify.file_missing", {"path": str(file)}
        elif file.stat().st_size != size or _sha256(file) != digest:
            yield "goods_photo", str(row), "verify.file_changed", {"path": str(file)}


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()

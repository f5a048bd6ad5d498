"""Whether every stored form still is what the customer signed: the seal holds, and names the form it was given on.

That the file is there and has its hash, `db/verify.py` says of every attachment; what was erased by retention is
not looked for. Here the PDF itself is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from peewee import SqliteDatabase

from counter_app.db.verify import Broken, Check, Step
from counter_app.documents import shop_seal
from counter_app.documents.shop_seal import Seal
from counter_app.domain.slip_content import hash_of
from counter_app.services.attachment_files import relative_path
from counter_app.services.signed_forms import reason
from counter_app.services.slips import SIGNED

BETWEEN = 50
"""Stored forms between two reports of progress: each takes some milliseconds."""

_STORED = """
    SELECT s.id, s.form_hash, a.sha256, c.number FROM signature s
    JOIN attachment a ON a.id = s.form_id OR a.id IN (SELECT was_id FROM scan_correction WHERE signature_id = s.id)
    JOIN case_file c ON c.id = s.case_id
    WHERE a.erased_at IS NULL ORDER BY s.id, a.id
"""
_POSTED = """
    SELECT s.id, s.form_hash, d.content FROM signature s
    JOIN document d ON d.id = s.document_id ORDER BY s.id
"""


def stored_forms(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    """The seal of each stored form, against the shop's own certificates."""
    known = _certificates(db)
    for count, (row, form_hash, sha256, number) in enumerate(db.connection().execute(_STORED), 1):
        file = folder / relative_path(sha256)
        if not file.is_file():
            continue  # named with the attachments
        looked = shop_seal.look(file.read_bytes(), known)
        if looked.seal is not Seal.HOLDS:
            yield Broken("signature", str(row), f"verify.seal_{looked.seal.value}", {"path": str(file)})
        elif looked.reason != reason(number, form_hash):
            yield Broken("signature", str(row), "verify.seal_other_form", {"path": str(file)})
        if count % BETWEEN == 0:
            step()


def posted_forms(db: SqliteDatabase, folder: Path, step: Step) -> Iterator[Broken]:
    """What was posted is what was signed: the form frozen in the document has the hash of the signature."""
    for row, form_hash, content in db.connection().execute(_POSTED):
        try:
            told = [slip for slip in json.loads(content).get("slips", ()) if slip.get("kind") in SIGNED]
        except (ValueError, AttributeError):
            continue  # a content that is none has not its hash either
        if form_hash not in [hash_of(slip) for slip in told]:
            yield Broken("signature", str(row), "verify.signed_other")


CHECKS: tuple[Check, ...] = (stored_forms, posted_forms)
"""What `db/verify.py` takes along."""


def _certificates(db: SqliteDatabase) -> tuple[bytes, ...]:
    """Those that are whole: a changed one is named with its seal in the chain."""
    found = []
    for mark, told in db.connection().execute("SELECT fingerprint, certificate FROM shop_key"):
        try:
            certificate = bytes.fromhex(told)
        except ValueError:
            continue
        if hashlib.sha256(certificate).hexdigest() == mark:
            found.append(certificate)
    return tuple(found)

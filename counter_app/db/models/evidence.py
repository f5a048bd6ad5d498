"""What proves a case: photos, pasted text, signed forms, signatures."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, FlagField, InstantField, JsonField
from counter_app.db.models.base import Row
from counter_app.db.models.cases import Case, CaseLine
from counter_app.db.models.documents import Document
from counter_app.db.models.staff import Staff

KINDS = ("photo", "signed_form", "listing", "receipt", "other")


class Attachment(Row):
    """A file of a case, stored under its content hash. It may be erased with its name; nothing else changes."""

    case = ForeignKeyField(Case, backref="attachments")
    case_line = ForeignKeyField(CaseLine, null=True)
    node = TextField(default="")
    kind = ChoiceField("kind", KINDS)
    sha256 = TextField(index=True)
    mime = TextField()
    size = IntegerField()
    name = TextField(default="")
    by = ForeignKeyField(Staff, index=False, null=True)
    at = InstantField()
    erased_at = InstantField(null=True)


class EvidenceWaiver(Row):
    """Compulsory evidence that was not taken, and why. Append-only."""

    case = ForeignKeyField(Case)
    node = TextField()
    reason = TextField()
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()


class Signature(Row):
    """A signature, bound to the hash of the form it was given on. The strokes may be erased, the rest not."""

    case = ForeignKeyField(Case, backref="signatures")
    form_hash = TextField()
    check_code = TextField(index=True)
    form = ForeignKeyField(Attachment, null=True)
    document = ForeignKeyField(Document, null=True)
    signer = ChoiceField("signer", ("customer", "clerk", "reviewer", "cashier"))
    signer_masked = TextField(default="")
    on_paper = FlagField("on_paper", default=False)
    strokes = JsonField(null=True)
    strokes_hash = TextField(default="")
    void = FlagField("void", default=False)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()
    erased_at = InstantField(null=True)


class ScanCorrection(Row):
    """A signed sheet was scanned wrongly and once more. Append-only; both files stay.

    `was` is the scan that no longer counts, `now` the one in its place, which `Signature.form` names.
    """

    signature = ForeignKeyField(Signature)
    was = ForeignKeyField(Attachment, unique=True)
    now = ForeignKeyField(Attachment, unique=True)
    why = TextField()
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()

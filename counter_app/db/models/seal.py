"""The chain that covers every row of every table, and the salts of the personal columns in it."""

from __future__ import annotations

from peewee import BlobField, CompositeKey, IntegerField, TextField

from counter_app.db.models.base import Row


class Seal(Row):
    """What one transaction wrote: the hash of each row as it then was, chained to the seal before.

    Append-only. `content` is what `db/seals.py` reads.
    """

    seq = IntegerField(primary_key=True)
    content = TextField()
    prev_hash = TextField()
    hash = TextField()


class SealSalt(Row):
    """The salt under which the personal columns of one row are sealed; gone when they were erased.

    Written by `db/seal_salts.py` alone: made anew each time the row is written.
    """

    tab = TextField()
    row = IntegerField()
    salt = BlobField()

    class Meta:
        primary_key = CompositeKey("tab", "row")
        table_name = "seal_salt"
        without_rowid = True

"""The chain that covers every row of every table."""

from __future__ import annotations

from peewee import IntegerField, TextField

from counter_app.db.models.base import Row


class Seal(Row):
    """What one transaction wrote: the hash of each row as it then was, chained to the seal before.

    Append-only. `content` is what `db/seals.py` reads.
    """

    seq = IntegerField(primary_key=True)
    content = TextField()
    prev_hash = TextField()
    hash = TextField()

"""Who works here, and what was done with their PINs."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import FlagField, InstantField
from counter_app.db.models.base import Row


class Staff(Row):
    """A member of staff. `role` is a code of the roles table; rights follow from it."""

    code = TextField(unique=True)
    name = TextField()
    role = TextField()
    pin_hash = TextField()
    active = FlagField("active", default=True)
    owner = FlagField("owner", default=False)
    limit_fen = IntegerField(null=True)
    failed_attempts = IntegerField(default=0)
    locked_until = InstantField(null=True)
    created_at = InstantField()


class StaffEvent(Row):
    """Signed in, refused, locked, PIN changed, rights changed. Append-only."""

    staff = ForeignKeyField(Staff, index=False)
    kind = TextField()
    at = InstantField()
    by = ForeignKeyField(Staff, index=False, null=True)
    note = TextField(default="")

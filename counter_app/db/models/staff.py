"""Who works here, and what was done with their PINs."""

from __future__ import annotations

from peewee import SQL, ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import FlagField, InstantField, JsonField
from counter_app.db.models.base import Row


class Staff(Row):
    """A member of staff. `role` is a code of the roles table; rights follow from it. `must_change`: somebody else set
    the PIN, and it opens nothing but the choice of another."""

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
    must_change = FlagField("must_change", default=False, constraints=[SQL("DEFAULT 0")])


class StaffEvent(Row):
    """Signed in, refused, locked, PIN changed, rights changed. Append-only. `detail`: what the rights and the PIN are
    from now on, and what they were."""

    staff = ForeignKeyField(Staff, index=False)
    kind = TextField()
    at = InstantField()
    by = ForeignKeyField(Staff, index=False, null=True)
    note = TextField(default="")
    detail = JsonField(default=dict, constraints=[SQL("DEFAULT '{}'")])


class PhoneCode(Row):
    """One code on somebody's sheet of one-time codes, to be read out over the phone. Only its hash is kept; it is
    used once or withdrawn, and then stays so. `used_for`: the approvals it decided."""

    staff = ForeignKeyField(Staff, index=False)
    sheet = IntegerField()
    no = IntegerField()
    code_hash = TextField()
    made_at = InstantField()
    used_at = InstantField(null=True)
    used_by = ForeignKeyField(Staff, index=False, null=True)
    used_for = JsonField(default=list)
    withdrawn_at = InstantField(null=True)

    class Meta:
        indexes = ((("staff", "sheet", "no"), True),)

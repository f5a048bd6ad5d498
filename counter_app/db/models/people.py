"""Personal data, apart from everything else so that the retention job may blank it."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from counter_app.db.fields import DayField, InstantField
from counter_app.db.models.base import Row
from counter_app.db.models.staff import Staff


class Person(Row):
    """A customer. Other tables hold masked values and the salted hash only."""

    name = TextField(default="")
    phone = TextField(default="")
    phone_hash = TextField(default="", index=True)
    contact = TextField(default="")
    kind = TextField(default="")
    preferred_way = TextField(default="")
    birthday = DayField(null=True)
    marketing_consent_at = InstantField(null=True)
    care_note = TextField(default="")
    created_at = InstantField()
    erased_at = InstantField(null=True)


class Reveal(Row):
    """Somebody looked at unmasked personal data. Append-only."""

    person = ForeignKeyField(Person)
    field = TextField()
    why = TextField()
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()

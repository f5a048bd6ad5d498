"""Personal data, apart from everything else so that the retention job may blank it."""

from __future__ import annotations

from peewee import Check, ForeignKeyField, TextField

from counter_app.db.fields import ChoiceField, DayField, InstantField, JsonField
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


class Erasure(Row):
    """Personal data were blanked: by the retention rule, with everything that ended up to `through`, or for one
    customer who asked for it. `counts` says how much. Append-only."""

    way = ChoiceField("way", ("retention", "request"))
    person = ForeignKeyField(Person, null=True)
    through = DayField(null=True)
    why = TextField(default="")
    counts = JsonField(default=dict)
    by = ForeignKeyField(Staff, index=False, null=True)
    at = InstantField()
    business_date = DayField()

    class Meta:
        constraints = (Check("way = 'retention' OR (person_id IS NOT NULL AND why <> '')"),)

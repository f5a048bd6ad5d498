"""The shop itself, its settings and the versions of its rules."""

from __future__ import annotations

from peewee import Check, ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, DayField, InstantField, JsonField
from counter_app.db.models.base import Row
from counter_app.db.models.staff import Staff


class Shop(Row):
    """One row. Code, currency and zone are set at first run and never change: they are in every number."""

    id = IntegerField(primary_key=True, constraints=[Check("id = 1")])
    code = TextField()
    name = TextField()
    address = TextField(default="")
    phone = TextField(default="")
    province = TextField(default="")
    currency = TextField(default="CNY")
    time_zone = TextField(default="Asia/Shanghai")
    salt = TextField()
    opened_at = InstantField()


class Setting(Row):
    """One setting that is a matter of taste, not of law: printers, paper, copy names, language."""

    key = TextField(primary_key=True)
    value = JsonField()
    at = InstantField()
    by = ForeignKeyField(Staff, index=False, null=True)


class PolicyVersion(Row):
    """One version of a rule (chart, policy, categories …) as it was in force. Immutable."""

    kind = TextField()
    version = IntegerField()
    content = TextField()
    hash = TextField()
    by = ForeignKeyField(Staff, index=False, null=True)
    at = InstantField()
    valid_from = DayField()
    note = TextField(default="")

    class Meta:
        indexes = ((("kind", "version"), True), (("kind", "hash"), False))


class ShopKey(Row):
    """A certificate under which stored PDFs are sealed; the newest is in use. Immutable.

    The private key lies beside the database, in `keys/` (`services/shop_key.py`). `certificate` is DER as hex,
    `fingerprint` its sha256. `why`: the first one, the one after a key file that was lost, or one renewed by hand.
    """

    fingerprint = TextField(unique=True)
    certificate = TextField()
    why = ChoiceField("why", ("first", "lost", "renewed"))
    at = InstantField()
    by = ForeignKeyField(Staff, index=False, null=True)

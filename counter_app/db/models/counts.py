"""Counting what lies at a place (盘点): expected against counted, posted with a reason and an approval."""

from __future__ import annotations

from peewee import Check, ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, DayField, InstantField, MilliField
from counter_app.db.models.base import Row
from counter_app.db.models.cases import CaseLine
from counter_app.db.models.documents import Document
from counter_app.db.models.products import Product
from counter_app.db.models.staff import Staff


class CountSession(Row):
    """Somebody counts one place. Ends posted, by a paper (PD…), or dropped; one open session per place."""

    place = TextField()
    state = ChoiceField("state", ("open", "posted", "dropped"), default="open")
    document = ForeignKeyField(Document, null=True)
    opened_at = InstantField()
    opened_by = ForeignKeyField(Staff, index=False)
    business_date = DayField()
    closed_at = InstantField(null=True)
    reason = TextField(default="")
    approved_by = ForeignKeyField(Staff, index=False, null=True)


class CountLine(Row):
    """Goods of a place as they are counted; `counted_milli` NULL while nobody looked."""

    session = ForeignKeyField(CountSession, backref="lines")
    line_no = IntegerField()
    product = ForeignKeyField(Product, index=False, null=True)
    case_line = ForeignKeyField(CaseLine, index=False, null=True)
    name = TextField()
    serial = TextField(default="")
    batch_no = TextField(default="")
    expected_milli = MilliField()
    counted_milli = MilliField(null=True, constraints=[Check("counted_milli >= 0")])

    class Meta:
        indexes = ((("session", "line_no"), True),)

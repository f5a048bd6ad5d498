"""Recalls by batch or serial number (召回), and the calls to customers they ask for."""

from __future__ import annotations

from peewee import Check, ForeignKeyField, TextField

from counter_app.db.fields import DayField, InstantField
from counter_app.db.models.base import Row
from counter_app.db.models.products import Product
from counter_app.db.models.sales import SaleLine
from counter_app.db.models.staff import Staff


class Recall(Row):
    """A recall notice (ZH…): which goods by product, batch or serial range, sold when, and what to do.

    A range compares as text; an empty end is open. Only its end may be added later.
    """

    number = TextField(unique=True)
    product = ForeignKeyField(Product, null=True)
    batch_from = TextField(default="")
    batch_to = TextField(default="")
    serial_from = TextField(default="")
    serial_to = TextField(default="")
    sold_from = DayField(null=True)
    sold_to = DayField(null=True)
    reason = TextField()
    what_to_do = TextField()
    valid_from = DayField()
    valid_to = DayField(null=True)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()
    business_date = DayField()
    closed_at = InstantField(null=True, index=True)
    closed_by = ForeignKeyField(Staff, index=False, null=True)
    closed_why = TextField(default="")

    class Meta:
        constraints = (
            Check("product_id IS NOT NULL OR batch_from <> '' OR serial_from <> ''"),
            Check("reason <> '' AND what_to_do <> ''"),
        )


class RecallCall(Row):
    """A customer of a recalled piece was called, and what they said. Append-only."""

    recall = ForeignKeyField(Recall, backref="calls")
    sale_line = ForeignKeyField(SaleLine)
    reached = TextField(constraints=[Check("reached IN ('reached', 'not_reached', 'no_contact')")])
    said = TextField(default="")
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()
    business_date = DayField()

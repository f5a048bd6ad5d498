"""What the shop sells."""

from __future__ import annotations

from peewee import IntegerField, TextField

from counter_app.db.fields import FenField, FlagField, InstantField
from counter_app.db.models.base import Row


class Product(Row):
    """An article. Stock on hand is the sum of the stock ledger, never a column."""

    sku = TextField(unique=True)
    barcode = TextField(default="", index=True)
    name = TextField()
    model = TextField(default="")
    category = TextField(default="OTHER")
    price_fen = FenField(index=True)
    cost_fen = FenField(null=True)
    tax_rate_bp = IntegerField(default=1300)
    weighed = FlagField("weighed", default=False)
    repairable = FlagField("repairable", default=True)
    active = FlagField("active", default=True)
    note = TextField(default="")
    updated_at = InstantField()

    class Meta:
        indexes = ((("active", "price_fen"), False), (("active", "sku"), False))

"""What became of gifts and coupons that were promised to customers."""

from __future__ import annotations

from peewee import Check, ForeignKeyField, TextField

from counter_app.db.fields import ChoiceField, DayField, FenField, InstantField
from counter_app.db.models.base import Row
from counter_app.db.models.money import Compensation
from counter_app.db.models.staff import Staff
from counter_app.db.models.stock import StockEntry


class GiftMove(Row):
    """A coupon was used, a gift handed out, or either came back or lapsed: once, and for all of it. Append-only.

    A gift handed out of the gift stock names its ledger row.
    """

    compensation = ForeignKeyField(Compensation, unique=True)
    kind = ChoiceField("kind", ("used", "returned", "expired"))
    amount_fen = FenField(constraints=[Check("amount_fen >= 0")])
    stock = ForeignKeyField(StockEntry, null=True, unique=True)
    reference = TextField(default="")
    request_id = TextField(unique=True)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()
    business_date = DayField()

"""Bills of WeChat Pay and Alipay as they were read, so that every day can be compared."""

from __future__ import annotations

from peewee import Check, ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, DayField, FenField, InstantField
from counter_app.db.models.base import Row
from counter_app.db.models.staff import Staff


class Bill(Row):
    """One file of a payment service: which days it covers, how many ordinary payments it had. Immutable."""

    tender = TextField()
    name = TextField()
    sha256 = TextField(unique=True)
    first_day = DayField()
    last_day = DayField()
    payments = IntegerField()
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()


class BillRow(Row):
    """One movement of a bill that concerns after-sales: every refund, and payments that something here waits for.

    `reference` is the payment service's own number of the movement. Immutable.
    """

    bill = ForeignKeyField(Bill, backref="rows")
    line_no = IntegerField()
    tender = TextField()
    direction = ChoiceField("direction", ("out", "in"))
    amount_fen = FenField(constraints=[Check("amount_fen > 0")])
    reference = TextField()
    trade_no = TextField(default="")
    order_no = TextField(default="")
    own_no = TextField(default="")
    day = DayField()

    class Meta:
        indexes = ((("tender", "direction", "reference"), True), (("tender", "day"), False))

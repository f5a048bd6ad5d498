"""What archives told of lost times: kept beside the books, never counted in them.

A shop that lost its database reads its workbooks back. Nothing here is a document, money or goods: no sum of the
shop reads these tables, and no row of the shop points at them.
"""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import (
    ChoiceField,
    DayField,
    FenField,
    FlagField,
    InstantField,
    JsonField,
    MilliField,
)
from counter_app.db.models.base import Row
from counter_app.db.models.staff import Staff

SOURCE_KINDS = ("xlsx", "zip")


class HistorySource(Row):
    """One archive that was read back. Immutable.

    `content_sha256` is over what its tables say, whoever saved the file last; `figures` its control totals as told
    on its cover, `heads` the chain heads it names, `checks` what was compared when it was read. `proven` is 0 when
    its totals do not agree with its rows or it has none; `why` is what somebody said when it was read nevertheless.
    """

    kind = ChoiceField("kind", SOURCE_KINDS)
    file_name = TextField()
    file_sha256 = TextField()
    content_sha256 = TextField(unique=True)
    format = TextField()
    shop_code = TextField()
    shop_name = TextField()
    period = TextField()
    first_day = DayField()
    last_day = DayField()
    language = TextField()
    rows_told = IntegerField()
    figures = JsonField()
    heads = JsonField()
    checks = JsonField()
    proven = FlagField("proven")
    foreign_shop = FlagField("foreign_shop")
    why = TextField()
    by = ForeignKeyField(Staff, null=True, index=False)
    at = InstantField()
    business_date = DayField()


class HistoryEnd(Row):
    """An archive whose last row has been read: how many rows were new, how many were known. Immutable."""

    source = ForeignKeyField(HistorySource, unique=True)
    rows_new = IntegerField()
    rows_known = IntegerField()
    conflicts = IntegerField()
    at = InstantField()


class HistoryRow(Row):
    """One row of one sheet as it stood there, by the names of its columns. Immutable.

    `identity` says which row of the shop it is, the same in every archive that tells it; `likeness` is over all it says.
    """

    source = ForeignKeyField(HistorySource, index=False)
    sheet = TextField()
    row_no = IntegerField()
    identity = TextField(index=True)
    likeness = TextField()
    case_number = TextField(index=True)
    number = TextField(index=True)
    content = JsonField()

    class Meta:
        indexes = ((("source", "sheet", "row_no"), True),)


class HistoryConflict(Row):
    """Two archives tell the same row differently, in something that never changes. Immutable; both are kept."""

    row = ForeignKeyField(HistoryRow)
    other = ForeignKeyField(HistoryRow, index=False)
    field = TextField()
    told = TextField()
    other_told = TextField()

    class Meta:
        indexes = ((("row", "field"), True),)


class HistoryCase(Row):
    """A case as one archive tells it. Immutable. Codes where the sheet's words are known, else its words."""

    row = ForeignKeyField(HistoryRow, unique=True)
    source = ForeignKeyField(HistorySource, index=False)
    number = TextField(index=True)
    business_date = DayField()
    state = TextField()
    customer_masked = TextField()
    phone_masked = TextField()
    order_no = TextField(index=True)
    purchased_on = DayField(null=True)
    reasons = TextField()
    remedies = TextField()
    refund_fen = FenField()
    collected_fen = FenField()
    clerk = TextField()
    summary = TextField()
    last_day = DayField()


class HistoryLine(Row):
    """Goods of a case as one archive tells them. Immutable."""

    row = ForeignKeyField(HistoryRow, unique=True)
    case_number = TextField(index=True)
    product = TextField()
    sku = TextField()
    serial = TextField(index=True)
    batch_no = TextField()
    quantity_milli = MilliField()
    paid_fen = FenField()
    given_back_fen = FenField()
    reason = TextField()
    condition = TextField()
    disposition = TextField()
    last_day = DayField()


class HistoryMoney(Row):
    """What a document owed or collected, as one archive tells it: `paid_fen` up to `last_day`. Immutable.

    `signed`: signed by the customer, proved by the payment, or neither; '' when the archive does not say.
    """

    row = ForeignKeyField(HistoryRow, unique=True)
    direction = ChoiceField("direction", ("out", "in"))
    number = TextField(index=True)
    case_number = TextField(index=True)
    business_date = DayField()
    purpose = TextField()
    tender = TextField()
    owed_fen = FenField()
    paid_fen = FenField()
    paid_on = DayField(null=True)
    proof_ref = TextField()
    order_no = TextField(index=True)
    signed = TextField()
    clerk = TextField()
    last_day = DayField()


class HistoryNumber(Row):
    """The highest number of a prefix and day that an archive of this shop names: new ones begin after it. Immutable."""

    source = ForeignKeyField(HistorySource, index=False)
    prefix = TextField()
    business_date = DayField()
    last_seq = IntegerField()

    class Meta:
        indexes = ((("source", "prefix", "business_date"), True), (("prefix", "business_date"), False))

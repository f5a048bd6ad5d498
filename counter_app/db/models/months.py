"""Closed months, and what became of invoices whose sale shrank."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, DayField, InstantField, JsonField
from counter_app.db.models.base import Row
from counter_app.db.models.documents import Document
from counter_app.db.models.staff import Staff

RED_STATES = ("confirming", "issued", "paper_back", "not_needed")


class MonthLock(Row):
    """A month that was closed: nothing is dated into it any more. Immutable; there is no opening it again.

    `figures` are its control totals (分, thousandths, counts) by name, `missing` what was still lacking and was
    accepted with `note`; count and head of the three chains as they were when it was closed.
    """

    month = TextField(unique=True)
    first_day = DayField()
    last_day = DayField()
    figures = JsonField()
    missing = JsonField()
    note = TextField()
    money_rows = IntegerField()
    money_head = TextField()
    stock_rows = IntegerField()
    stock_head = TextField()
    seal_rows = IntegerField()
    seal_head = TextField()
    request_id = TextField(unique=True)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()
    business_date = DayField()


class MonthRows(Row):
    """Rows of one sheet of a closed month's archive as they stood, some at a time. Immutable.

    `columns` names them; `content` is base64 of the deflated JSON list of rows.
    """

    lock = ForeignKeyField(MonthLock, backref="parts")
    sheet = TextField()
    part = IntegerField()
    columns = JsonField()
    count = IntegerField()
    content = TextField()

    class Meta:
        indexes = ((("lock", "sheet", "part"), True),)


class RedInvoice(Row):
    """One step in correcting the invoice of a document that gave money back. Append-only; the last one counts.

    `confirming`: a red confirmation form waits for the other side, until `confirm_until` (72 hours, 公告2024年第11号);
    `issued`: the red invoice `red_no` is there; `paper_back`: the paper invoice came back and was cancelled;
    `not_needed`: with a reason in `note`.
    """

    document = ForeignKeyField(Document, backref="red_invoices")
    seq = IntegerField()
    state = ChoiceField("state", RED_STATES)
    original_no = TextField()
    confirm_no = TextField()
    confirm_until = InstantField(null=True)
    red_no = TextField()
    note = TextField()
    request_id = TextField(unique=True)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()
    business_date = DayField()

    class Meta:
        indexes = ((("document", "seq"), True),)

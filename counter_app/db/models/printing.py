"""What is to come out of a printer, and how far it is."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, DayField, InstantField, JsonField
from counter_app.db.models.base import Row
from counter_app.db.models.documents import PrintRecord
from counter_app.db.models.staff import Staff

JOB_STATES = ("waiting", "claimed", "sending", "sent", "printed", "unclear", "failed", "cancelled")


class PrintJob(Row):
    """One paper for one printer. A job is only ever written for what is committed already; finished ones are tidied away.

    `number` and `slip` name the paper (`day` where it is a day's sheet), `copies` the kinds of copies in their order,
    each as often as it prints. `batch`: jobs of one wish, which are no reprints of each other. `claim` and
    `lease_until`: which process has it in hand and until when nobody else may take it. `ref`: the spooler's own
    number of it. `record`: the print it became, once the printer has it.
    """

    request_id = TextField(unique=True)
    batch = TextField(index=True)
    what = ChoiceField("what", ("slip", "test", "drawer"))
    number = TextField(default="", index=True)
    slip = TextField(default="")
    day = DayField(null=True)
    copies = JsonField()
    paper = TextField(default="")
    language = TextField(default="zh")
    also = TextField(default="")
    printer = TextField(default="")
    tray = TextField(default="")
    state = ChoiceField("state", JOB_STATES, index=True)
    attempts = IntegerField(default=0)
    next_at = InstantField()
    error = TextField(default="")
    detail = JsonField()
    ref = TextField(default="")
    claim = TextField(default="")
    lease_until = InstantField(null=True)
    record = ForeignKeyField(PrintRecord, null=True, index=False)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()
    business_date = DayField()
    done_at = InstantField(null=True)

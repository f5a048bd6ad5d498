"""Numbered documents: posted once, then immutable. A mistake is corrected by one that reverses it."""

from __future__ import annotations

from typing import Any

from peewee import SQL, Check, ForeignKeyField, IntegerField, TextField, fn

from counter_app.db.fields import ChoiceField, DayField, FenField, FlagField, InstantField, MilliField
from counter_app.db.models.base import Row
from counter_app.db.models.cases import Approval, Case, CaseLine, Walk
from counter_app.db.models.sales import SaleLine
from counter_app.db.models.staff import Staff

CASE_PREFIXES = ("SH", "TH", "HH", "BF", "ZJ", "TK", "SJ", "WX", "TS", "BY", "BC", "YJ", "JB", "GZ")
GOODS_PREFIXES = ("TC", "ZC", "XH", "ZH", "PD")
"""Papers of the stock room: 退厂, 追偿 against a courier, 销毁, 召回, 盘点."""
PREFIXES = CASE_PREFIXES + GOODS_PREFIXES


class Number(Row):
    """Every number ever given: prefix + shop code + date + running number, without gap or re-use."""

    prefix = ChoiceField("prefix", PREFIXES)
    business_date = DayField()
    seq = IntegerField()
    number = TextField(unique=True)
    at = InstantField()
    voided_why = TextField(default="")

    class Meta:
        indexes = ((("prefix", "business_date", "seq"), True),)


Number.add_index(SQL('CREATE INDEX "number_voided" ON "number" ("business_date") WHERE "voided_why" <> \'\''))


class Posting(Row):
    """One acknowledged step. `request_id` makes it happen once; the content hash tells a repeat from a
    different wish under the same id."""

    request_id = TextField(unique=True)
    kind = TextField()
    content_hash = TextField()
    case = ForeignKeyField(Case, null=True)
    result = TextField()
    at = InstantField()
    by = ForeignKeyField(Staff, index=False)


class Document(Row):
    """A posted document with the frozen content every slip is rendered from again."""

    number = TextField(unique=True)
    prefix = ChoiceField("prefix", PREFIXES)
    posting = ForeignKeyField(Posting)
    case = ForeignKeyField(Case, null=True, backref="documents")
    walk = ForeignKeyField(Walk, null=True)
    reverses = ForeignKeyField("self", null=True, unique=True, backref="reversed_by")
    approval = ForeignKeyField(Approval, null=True)
    shift_id = IntegerField(null=True)
    amount_fen = FenField(default=0)
    content = TextField()
    content_hash = TextField()
    format = IntegerField(default=1)
    business_date = DayField(index=True)
    posted_at = InstantField()
    posted_by = ForeignKeyField(Staff, index=False)

    @classmethod
    def reverses_nothing(cls) -> Any:
        """The condition for papers that are no reversal. Nearly all are none, so the index of what they reverse,
        which SQLite would take for `IS NULL`, must not be used to find them."""
        return fn.COALESCE(cls.reverses, 0) == 0


class DocumentLine(Row):
    """What one document did to one sale line.

    `amount_fen` is what the customer gets back for it (a reversal has the negative). `quantity_milli` is
    signed the same way: a reversal of a return is negative, names the line it undoes and equals it.
    The value of a line is given back once: its amount stands on the TK or ZJ, or in an exchange on the line
    with direction `in`; lines with direction `out` and papers BC, SJ, YJ, WX, BY, JB are not counted
    against what was paid (`db/guards/refunds.py`). WX, BY, JB, YJ only let goods pass through.
    """

    document = ForeignKeyField(Document, backref="lines")
    line_no = IntegerField()
    case_line = ForeignKeyField(CaseLine, null=True)
    sale_line = ForeignKeyField(SaleLine, null=True, backref="document_lines")
    direction = ChoiceField("direction", ("in", "out", "none"))
    quantity_milli = MilliField()
    amount_fen = FenField(default=0)
    reverses_line = ForeignKeyField("self", null=True, unique=True)

    class Meta:
        indexes = ((("document", "line_no"), True),)
        constraints = (Check("quantity_milli <> 0 OR amount_fen <> 0"),)


class PrintRecord(Row):
    """A slip left the printer, or was saved. The second time it says 补打. Append-only.

    `check_code` is what the paper bears; NULL for what was printed before that was noted. `number` is noted where
    there is neither document nor case to tell it: on sheets of a day and recall notices.
    """

    document = ForeignKeyField(Document, null=True)
    case = ForeignKeyField(Case, null=True)
    slip = TextField()
    copy = TextField(default="")
    paper = TextField()
    language = TextField()
    reprint = FlagField("reprint", default=False)
    by = ForeignKeyField(Staff, index=False, null=True)
    at = InstantField()
    business_date = DayField()
    check_code = TextField(null=True, index=True)
    number = TextField(null=True)

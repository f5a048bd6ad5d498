"""One visit: the case, its walks through the chart, its lines, approvals, events and to-dos."""

from __future__ import annotations

from peewee import SQL, Check, ForeignKeyField, IntegerField, TextField

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
from counter_app.db.models.people import Person
from counter_app.db.models.sales import Sale, SaleLine
from counter_app.db.models.shop import PolicyVersion
from counter_app.db.models.staff import Staff

STANDS = ("buyer", "proxy", "gift_recipient")
LINE_STATES = ("reserved", "returned", "kept", "released")
STEP_ACTS = ("answer", "override", "back", "withdraw")


class Case(Row):
    """A case (SH…). Its state follows `domain/case.py`; its story is in `case_event`."""

    number = TextField(unique=True)
    state = TextField(index=True)
    sale = ForeignKeyField(Sale, null=True, backref="cases")
    person = ForeignKeyField(Person, null=True)
    customer_masked = TextField(default="")
    phone_masked = TextField(default="")
    phone_hash = TextField(default="", index=True)
    stands = ChoiceField("stands", STANDS, default="buyer")
    buyer_consent = FlagField("buyer_consent", default=False)
    contact_channel = TextField(default="store")
    entrance = TextField(default="")
    opened_at = InstantField()
    business_date = DayField(index=True)
    opened_by = ForeignKeyField(Staff, index=False)
    owner = ForeignKeyField(Staff, index=False)
    chart_version = ForeignKeyField(PolicyVersion, index=False)
    policy_version = ForeignKeyField(PolicyVersion, index=False)
    happened_on = DayField(null=True)
    summary = TextField(default="")
    wishes = JsonField(default=list)
    upset = FlagField("upset", default=False)
    safety = FlagField("safety", default=False)
    plan = JsonField(null=True)
    waiting_for = TextField(default="")
    next_due_on = DayField(null=True)
    reopened_from = ForeignKeyField("self", null=True)
    closed_at = InstantField(null=True)
    updated_at = InstantField()

    class Meta:
        table_name = "case_file"


UNFINISHED = "\"state\" NOT IN ('settled', 'closed', 'refused', 'withdrawn', 'reversed')"
"""Visits that somebody still has to do with; said in these very words, or SQLite does not see that the index fits."""
Case.add_index(SQL(f'CREATE INDEX "case_file_unfinished" ON "case_file" ("id") WHERE {UNFINISHED}'))
Case.add_index(SQL(f'CREATE INDEX "case_file_unfinished_state" ON "case_file" ("state") WHERE {UNFINISHED}'))


class CaseWords(Row):
    """The customer's own words, apart from the clerk's summary; the retention job may blank them."""

    case = ForeignKeyField(Case, primary_key=True)
    words = TextField(default="")
    erased_at = InstantField(null=True)


class Walk(Row):
    """One walk for a group of lines that share their answers. The columns after `seq` are a copy of what
    replaying its steps gives, kept for lists."""

    case = ForeignKeyField(Case, backref="walks")
    seq = IntegerField()
    chart_version = ForeignKeyField(PolicyVersion, index=False)
    state = TextField(default="asking")
    at_node = TextField(default="")
    path = JsonField(default=list)
    remedies = JsonField(default=list)
    facts = JsonField(default=dict)
    tests = JsonField(default=list)
    result = JsonField(null=True)
    updated_at = InstantField()

    class Meta:
        indexes = ((("case", "seq"), True),)


class WalkStep(Row):
    """One act in a walk, with the tests it made the program compute. Append-only: going back is a step."""

    walk = ForeignKeyField(Walk, backref="steps")
    seq = IntegerField()
    act = ChoiceField("act", STEP_ACTS)
    node = TextField()
    answer = TextField(default="")
    reason = TextField(default="")
    tests = JsonField(default=list)
    facts = JsonField(default=dict)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()

    class Meta:
        indexes = ((("walk", "seq"), True),)


class CaseLine(Row):
    """A quantity of one sale line in a case. Reason, liability, condition and disposition are four things;
    received, accepted, damaged and rejected are four quantities. `value_fen`, `freight_share_fen` and
    `subsidy_share_fen`: the part of the sale line's money that its units took when they were settled."""

    case = ForeignKeyField(Case, backref="lines")
    walk = ForeignKeyField(Walk, backref="lines")
    sale_line = ForeignKeyField(SaleLine, backref="case_lines")
    state = ChoiceField("state", LINE_STATES, default="reserved")
    quantity_milli = MilliField(constraints=[Check("quantity_milli > 0")])
    received_milli = MilliField(default=0)
    accepted_milli = MilliField(default=0)
    damaged_milli = MilliField(default=0)
    rejected_milli = MilliField(default=0)
    reason = TextField(default="")
    liability = TextField(default="")
    condition = TextField(default="")
    disposition = TextField(default="")
    serial = TextField(default="")
    checks = JsonField(default=dict)
    deduction_fen = FenField(default=0)
    deduction_reason = TextField(default="")
    note = TextField(default="")
    value_fen = FenField(null=True)
    freight_share_fen = FenField(null=True)
    subsidy_share_fen = FenField(null=True)

    class Meta:
        constraints = (
            Check(
                "received_milli >= 0 AND accepted_milli >= 0 AND damaged_milli >= 0 AND rejected_milli >= 0"
            ),
            Check("accepted_milli + rejected_milli <= received_milli"),
            Check("received_milli <= quantity_milli"),
        )


class CaseEvent(Row):
    """What happened to a case, in order. Append-only; of a remark the words may be erased, not that it was made."""

    case = ForeignKeyField(Case, backref="events")
    seq = IntegerField()
    kind = TextField()
    detail = JsonField(default=dict)
    by = ForeignKeyField(Staff, index=False, null=True)
    at = InstantField()
    business_date = DayField()
    erased_at = InstantField(null=True)

    class Meta:
        indexes = ((("case", "seq"), True), (("business_date", "kind"), False))


class Approval(Row):
    """A question to somebody with the right to say yes, why it was asked, and the answer."""

    case = ForeignKeyField(Case, backref="approvals")
    walk = ForeignKeyField(Walk, null=True)
    node = TextField(default="")
    reasons = JsonField()
    figures = JsonField()
    figures_hash = TextField()
    amount_fen = FenField(default=0)
    requested_by = ForeignKeyField(Staff, index=False)
    requested_at = InstantField()
    business_date = DayField()
    note = TextField(default="")
    decision = ChoiceField("decision", ("", "approve", "reject", "withdrawn"), default="")
    decided_by = ForeignKeyField(Staff, index=False, null=True)
    decided_at = InstantField(null=True)
    decision_note = TextField(default="")
    self_approved = FlagField("self_approved", default=False)
    way = TextField(default="")


Approval.add_index(SQL('CREATE INDEX "approval_waiting" ON "approval" ("id") WHERE "decision" = \'\''))


class Task(Row):
    """Something to be done by somebody by a day: a notice to a department, a promise, a parcel to chase."""

    case = ForeignKeyField(Case, null=True, backref="tasks")
    walk = ForeignKeyField(Walk, null=True)
    kind = TextField()
    node = TextField(default="")
    role = TextField(default="")
    what = TextField()
    due_on = DayField(null=True)
    created_at = InstantField()
    business_date = DayField()
    done_at = InstantField(null=True)
    done_by = ForeignKeyField(Staff, index=False, null=True)
    result = TextField(default="")

    class Meta:
        indexes = ((("done_at", "due_on"), False),)

"""Claims for goods: against the supplier (退厂) and against the courier (追究快递)."""

from __future__ import annotations

from peewee import SQL, Check, ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, DayField, FenField, FlagField, InstantField, JsonField
from counter_app.db.models.base import Row
from counter_app.db.models.cases import Case, Task
from counter_app.db.models.documents import Document
from counter_app.db.models.staff import Staff
from counter_app.domain.claims import CLAIM_KINDS, CLAIM_STEPS, OUTCOMES


class Claim(Row):
    """One claim (TC… or ZC…). Its paper says what was asked; `state` and `got_fen` follow its events."""

    document = ForeignKeyField(Document, unique=True)
    kind = ChoiceField("kind", tuple(CLAIM_KINDS))
    state = ChoiceField("state", tuple(CLAIM_STEPS), default="open")
    party = TextField()
    reason = TextField()
    parcel = TextField(default="")
    insured = FlagField("insured", default=False)
    asked_fen = FenField(constraints=[Check("asked_fen >= 0")])
    got_fen = FenField(default=0, constraints=[Check("got_fen >= 0")])
    outcome = ChoiceField("outcome", ("", *OUTCOMES), default="")
    due_on = DayField(null=True)
    case = ForeignKeyField(Case, null=True)
    task = ForeignKeyField(Task, null=True, unique=True)
    opened_at = InstantField()
    business_date = DayField()
    updated_at = InstantField()
    closed_at = InstantField(null=True)

    class Meta:
        indexes = ((("kind", "state", "due_on"), False),)


Claim.add_index(SQL('CREATE INDEX "claim_running" ON "claim" ("id") WHERE "closed_at" IS NULL'))


class ClaimEvent(Row):
    """What happened to a claim, in order. Append-only."""

    claim = ForeignKeyField(Claim, backref="events")
    seq = IntegerField()
    state = ChoiceField("state", tuple(CLAIM_STEPS))
    amount_fen = FenField(default=0)
    detail = JsonField(default=dict)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()
    business_date = DayField()

    class Meta:
        indexes = ((("claim", "seq"), True),)

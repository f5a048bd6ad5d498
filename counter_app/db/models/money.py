"""Money: shifts, what is owed and what was paid, deposits, compensation, and the chained ledger."""

from __future__ import annotations

from peewee import SQL, Check, ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, DayField, FenField, InstantField, JsonField
from counter_app.db.models.base import Row
from counter_app.db.models.cases import Approval, Case
from counter_app.db.models.documents import Document
from counter_app.db.models.sales import Sale
from counter_app.db.models.staff import Staff


class Shift(Row):
    """A drawer in somebody's hands. At most one is open.

    `taken_out_fen` went to the safe or the bank at the close; the rest is the next one's float, which needs
    `float_reason` when it is another. `document_id` is the shift sheet (JB) that was frozen at the close.
    """

    business_date = DayField()
    opened_at = InstantField()
    opened_by = ForeignKeyField(Staff, index=False)
    float_fen = FenField(constraints=[Check("float_fen >= 0")])
    closed_at = InstantField(null=True)
    closed_by = ForeignKeyField(Staff, index=False, null=True)
    counted_fen = FenField(null=True)
    expected_fen = FenField(null=True)
    count_detail = JsonField(null=True)
    variance_reason = TextField(default="")
    handed_to = ForeignKeyField(Staff, index=False, null=True)
    note = TextField(default="")
    money_head = TextField(default="")
    stock_head = TextField(default="")
    money_rows = IntegerField(default=0)
    stock_rows = IntegerField(default=0)
    seal_head = TextField(default="", constraints=[SQL("DEFAULT ''")])
    seal_rows = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    float_reason = TextField(null=True)
    taken_out_fen = FenField(null=True)
    document_id = IntegerField(null=True)


Shift.add_index(SQL('CREATE INDEX "shift_open" ON "shift" ("id") WHERE "closed_at" IS NULL'))


class Settlement(Row):
    """Money a document owes: `out` to the customer, `in` from the customer, by one tender. Immutable.

    A reversing document carries negative amounts. Owed is not paid: payment is a `proof`. Refunds (`out`,
    `refund`) of a sale stay within what it and each tender of it paid, unless `override` was approved; money
    back that is not for goods (return freight, goodwill) has the purpose `compensation`.
    """

    document = ForeignKeyField(Document, backref="settlements")
    case = ForeignKeyField(Case)
    sale = ForeignKeyField(Sale, null=True)
    direction = ChoiceField("direction", ("out", "in"))
    purpose = ChoiceField("purpose", ("refund", "difference", "deposit", "repair", "compensation"))
    tender = TextField()
    amount_fen = FenField(constraints=[Check("amount_fen <> 0")])
    override = ForeignKeyField(Approval, null=True)
    due_on = DayField(null=True)
    business_date = DayField()
    at = InstantField()


class Proof(Row):
    """Money really moved for a settlement: cash over the counter, or the number of a transfer. Immutable.

    A wrong one is corrected by another that names it, with the opposite amount and a reason. One number proves one
    thing: a second proof with the same number is refused, unless both settle what was posted together.
    """

    settlement = ForeignKeyField(Settlement, backref="proofs")
    amount_fen = FenField(constraints=[Check("amount_fen <> 0")])
    tender = TextField()
    reference = TextField(default="")
    shift = ForeignKeyField(Shift, null=True)
    request_id = TextField(unique=True)
    at = InstantField()
    business_date = DayField(index=True)
    by = ForeignKeyField(Staff, index=False)
    corrects_id = IntegerField(null=True, unique=True)
    reason = TextField(null=True)

    class Meta:
        indexes = ((("reference",), False),)


class Deposit(Row):
    """Money taken against goods that went out first. What became of it is in `deposit_move`."""

    document = ForeignKeyField(Document)
    case = ForeignKeyField(Case)
    tender = TextField()
    amount_fen = FenField(constraints=[Check("amount_fen > 0")])
    due_on = DayField(null=True)
    at = InstantField()


class DepositMove(Row):
    """A deposit went back or was kept. Append-only."""

    deposit = ForeignKeyField(Deposit, backref="moves")
    kind = ChoiceField("kind", ("returned", "kept"))
    amount_fen = FenField(constraints=[Check("amount_fen > 0")])
    document = ForeignKeyField(Document)
    at = InstantField()


class Compensation(Row):
    """Goodwill or legal compensation: its own document, never part of the refund of goods. Immutable."""

    document = ForeignKeyField(Document)
    case = ForeignKeyField(Case)
    kind = ChoiceField("kind", ("goodwill", "legal", "coupon", "gift", "concession"))
    tier = IntegerField(null=True)
    amount_fen = FenField(default=0)
    what = TextField()
    basis = TextField(default="")
    expires_on = DayField(null=True)
    at = InstantField()


class MoneyEntry(Row):
    """One row of the money ledger: append-only, each row's hash covers the one before.

    `amount_fen` is positive into the shop, negative out of it. `canonical` are the hashed bytes.
    """

    seq = IntegerField(primary_key=True)
    kind = ChoiceField(
        "kind", ("owed", "receivable", "paid", "received", "deposit_kept", "float", "variance")
    )
    document = ForeignKeyField(Document, null=True)
    settlement = ForeignKeyField(Settlement, null=True)
    proof = ForeignKeyField(Proof, null=True)
    shift = ForeignKeyField(Shift, null=True)
    tender = TextField()
    amount_fen = FenField()
    at = InstantField()
    business_date = DayField(index=True)
    canonical = TextField()
    format = IntegerField(default=1)
    prev_hash = TextField()
    hash = TextField(unique=True)

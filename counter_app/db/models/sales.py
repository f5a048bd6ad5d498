"""What was sold, and for how much it was really paid."""

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
from counter_app.db.models.products import Product
from counter_app.db.models.staff import Staff

OWN_SOURCES = ("hand", "exchange")
"""Sources of sales that no import brings; all others are kinds of files (`archive/imports/formats.kinds`)."""
CHANNELS = ("store", "remote")
PROOFS = ("receipt", "invoice", "order", "payment", "none")


class ImportBatch(Row):
    """One import of one file: what was read, taken, matched, held and refused."""

    source = TextField(constraints=[Check("source <> ''")])
    file_name = TextField()
    file_hash = TextField()
    mapping = JsonField(null=True)
    started_at = InstantField()
    finished_at = InstantField(null=True)
    by = ForeignKeyField(Staff, index=False, null=True)
    counts = JsonField(default=dict)


class Sale(Row):
    """One purchase. Money columns are frozen when it is recorded; dates of delivery may arrive later."""

    source = TextField(constraints=[Check("source <> ''")])
    order_no = TextField(index=True)
    channel = ChoiceField("channel", CHANNELS)
    platform = TextField(default="")
    proof = ChoiceField("proof", PROOFS)
    proof_ref = TextField(default="")
    purchased_on = DayField(index=True)
    delivered_on = DayField(null=True)
    received_on = DayField(null=True)
    installed_on = DayField(null=True)
    goods_fen = FenField()
    discount_fen = FenField(default=0)
    freight_fen = FenField(default=0)
    paid_fen = FenField(constraints=[Check("paid_fen >= 0")], index=True)
    subsidy_fen = FenField(default=0)
    extras = JsonField(default=dict)
    invoice_no = TextField(default="")
    invoice_state = TextField(default="none")
    person = ForeignKeyField(Person, null=True)
    customer_masked = TextField(default="")
    phone_masked = TextField(default="")
    phone_hash = TextField(default="", index=True)
    area = TextField(default="")
    content_hash = TextField()
    request_id = TextField(unique=True)
    batch = ForeignKeyField(ImportBatch, null=True)
    recorded_at = InstantField()
    business_date = DayField()
    recorded_by = ForeignKeyField(Staff, index=False, null=True)


class SaleIdentity(Row):
    """A number by which the outside knows a sale. An import that matches a hand-typed sale adds one."""

    sale = ForeignKeyField(Sale, backref="identities")
    source = TextField(constraints=[Check("source <> ''")])
    order_no = TextField()
    batch = ForeignKeyField(ImportBatch, null=True)
    at = InstantField()

    class Meta:
        indexes = ((("source", "order_no"), True),)


class SaleLine(Row):
    """One line of a sale; a case line points here. Everything in it is frozen.

    `paid_fen` is what was really paid for all units of the line, with its share of order discount;
    `freight_fen` is the share of freight, kept apart. An exchanged-in article is a line of a sale with
    source `exchange` whose `origin_line` is the line it replaced.
    """

    sale = ForeignKeyField(Sale, backref="lines")
    line_no = IntegerField()
    product = ForeignKeyField(Product, null=True)
    sku = TextField(default="")
    barcode = TextField(default="", index=True)
    name = TextField()
    model = TextField(default="")
    category = TextField(default="OTHER")
    quantity_milli = MilliField(constraints=[Check("quantity_milli > 0")])
    unit_price_fen = FenField()
    list_fen = FenField()
    discount_fen = FenField(default=0)
    freight_fen = FenField(default=0)
    paid_fen = FenField(constraints=[Check("paid_fen >= 0")])
    tax_rate_bp = IntegerField(default=1300)
    cost_fen = FenField(null=True)
    serial = TextField(default="", index=True)
    batch_no = TextField(default="", index=True)
    flaw = TextField(default="")
    no_return_confirmed = FlagField("no_return_confirmed", default=False)
    gift_of = ForeignKeyField("self", null=True, index=False, backref="gifts")
    gift_price_fen = FenField(null=True)
    indivisible = FlagField("indivisible", default=False)
    split_of = ForeignKeyField("self", null=True, index=False, backref="parts")
    origin_line = ForeignKeyField("self", null=True, index=False, backref="replacements")
    guarantee_from = DayField(null=True)

    class Meta:
        indexes = ((("sale", "line_no"), True),)


for _filled in ("gift_of_id", "split_of_id", "origin_line_id"):
    # Empty in nearly every row: an index of all of them would be taken for a short way to the empty ones.
    SaleLine.add_index(
        SQL(f'CREATE INDEX "sale_line_{_filled}" ON "sale_line" ("{_filled}") WHERE "{_filled}" IS NOT NULL')
    )


class SaleTender(Row):
    """What each tender paid of a sale. Frozen."""

    sale = ForeignKeyField(Sale, backref="tenders")
    tender = TextField()
    paid_fen = FenField(constraints=[Check("paid_fen >= 0")])
    reference = TextField(default="")

    class Meta:
        indexes = ((("sale", "tender"), True),)


class ImportHold(Row):
    """An imported order that may be a sale already typed by hand: a person decides."""

    batch = ForeignKeyField(ImportBatch)
    source = TextField(constraints=[Check("source <> ''")])
    order_no = TextField()
    content = JsonField()
    candidates = JsonField()
    decision = TextField(default="")
    decided_by = ForeignKeyField(Staff, index=False, null=True)
    decided_at = InstantField(null=True)

    class Meta:
        indexes = ((("source", "order_no"), True),)


ImportHold.add_index(
    SQL('CREATE INDEX "import_hold_waiting" ON "import_hold" ("id") WHERE "decision" = \'\'')
)

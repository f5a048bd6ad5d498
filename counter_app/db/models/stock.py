"""Goods: where they lie is the sum of the chained stock ledger."""

from __future__ import annotations

from peewee import SQL, Check, ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import ChoiceField, DayField, InstantField, MilliField
from counter_app.db.models.base import Row
from counter_app.db.models.cases import CaseLine
from counter_app.db.models.documents import Document, DocumentLine
from counter_app.db.models.products import Product
from counter_app.db.models.sales import SaleLine

MOVES = ("opening", "count", "received", "disposed", "issued", "handed_back", "reversed", "supplied", "given")


class StockEntry(Row):
    """One row of the stock ledger: append-only, each row's hash covers the one before.

    Goods go from `from_place` to `to_place`; a place is a disposition code V0…V13, or OUT for anywhere
    that is not the shop. Sellable stock is place V1.
    Goods of a case line go OUT → V0 (`received`), V0 → V… (`disposed`) or V0 → OUT (`handed_back`), and back
    the same way (`reversed`); never more than is at the place. Goods given in exchange are `issued`, V1 → OUT.
    Goods of the shop go from place to place, out to a supplier (V4 → OUT) or to destruction (V6 → OUT) as
    `disposed` too; what a supplier sends is `supplied`, OUT → V…; gifts are `given`, V13 → OUT.
    """

    seq = IntegerField(primary_key=True)
    kind = ChoiceField("kind", MOVES)
    product = ForeignKeyField(Product, null=True)
    sale_line = ForeignKeyField(SaleLine, null=True)
    case_line = ForeignKeyField(CaseLine, null=True)
    document = ForeignKeyField(Document, null=True)
    document_line = ForeignKeyField(DocumentLine, null=True)
    from_place = TextField()
    to_place = TextField()
    quantity_milli = MilliField(constraints=[Check("quantity_milli > 0")])
    serial = TextField(default="")
    batch_no = TextField(default="")
    at = InstantField()
    business_date = DayField(index=True)
    canonical = TextField()
    format = IntegerField(default=1)
    prev_hash = TextField()
    hash = TextField(unique=True)

    class Meta:
        constraints = (Check("from_place <> to_place"),)
        # The quantity stands in the index, so that the stock of an article is summed without visiting its rows.
        indexes = (
            (("product", "to_place", "quantity_milli"), False),
            (("product", "from_place", "quantity_milli"), False),
        )


StockEntry.add_index(
    SQL(
        'CREATE INDEX "stock_entry_gifts" ON "stock_entry" ("product_id", "business_date") '
        "WHERE \"to_place\" = 'V13' OR \"from_place\" = 'V13'"
    )
)

"""What goods papers say line by line: returned to a supplier, claimed from a courier, scrapped, counted, moved."""

from __future__ import annotations

from peewee import Check, ForeignKeyField, IntegerField, TextField

from counter_app.db.fields import FenField, InstantField, MilliField
from counter_app.db.models.base import Row
from counter_app.db.models.cases import CaseLine
from counter_app.db.models.documents import Document
from counter_app.db.models.products import Product
from counter_app.db.models.staff import Staff
from counter_app.db.models.stock import StockEntry


class GoodsLine(Row):
    """One line of a goods paper (TC, ZC, XH, PD): which goods, how many, what they had cost. Immutable.

    `cost_fen` is the cost of the whole line, NULL where the shop does not know it.
    """

    document = ForeignKeyField(Document, backref="goods")
    line_no = IntegerField()
    product = ForeignKeyField(Product, null=True)
    case_line = ForeignKeyField(CaseLine, null=True)
    name = TextField()
    place = TextField(default="")
    quantity_milli = MilliField(constraints=[Check("quantity_milli <> 0")])
    cost_fen = FenField(null=True)
    serial = TextField(default="")
    batch_no = TextField(default="")
    reason = TextField(default="")

    class Meta:
        indexes = ((("document", "line_no"), True),)


class GoodsMove(Row):
    """Why goods went from one place of the shop to another, and who said so. One per ledger row. Immutable."""

    stock = ForeignKeyField(StockEntry, unique=True)
    reason = TextField()
    condition = TextField(default="")
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()


class Scrap(Row):
    """Goods were destroyed before a witness: somebody else than the one who did it. Immutable."""

    document = ForeignKeyField(Document, unique=True)
    reason = TextField()
    way = TextField(default="")
    witness = ForeignKeyField(Staff, index=False)
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()

    class Meta:
        constraints = (Check("witness_id <> by_id"), Check("reason <> ''"))


class GoodsPhoto(Row):
    """A picture of goods of a paper, stored under its content hash. Immutable."""

    document = ForeignKeyField(Document, backref="goods_photos")
    sha256 = TextField(index=True)
    mime = TextField()
    size = IntegerField()
    name = TextField(default="")
    by = ForeignKeyField(Staff, index=False)
    at = InstantField()

    class Meta:
        indexes = ((("document", "sha256"), True),)

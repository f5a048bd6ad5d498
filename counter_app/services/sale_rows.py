"""Writing a frozen sale: the same rows whether it was typed at the counter or imported.

SQL is spelled out: building it per sale is what makes an ORM slow, and an import writes 100 000 of them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from counter_app.db import search
from counter_app.db.connection import translate
from counter_app.db.fields import canonical_json
from counter_app.db.models import Sale, SaleIdentity, SaleLine, SaleTender
from counter_app.domain.new_sale import USUAL_TAX_BP, FrozenLine, FrozenSale, NewLine, NewSale
from counter_app.domain.privacy import mask_address
from counter_app.services.desk import Desk
from counter_app.services.people import PersonMarks


def _insert(model: Any, columns: str) -> str:
    names = ["id", *columns.split()]
    table = model._meta.table_name
    return f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'


_SALE = _insert(
    Sale,
    "source order_no channel platform proof proof_ref purchased_on delivered_on received_on installed_on "
    "goods_fen discount_fen freight_fen paid_fen subsidy_fen extras invoice_no invoice_state person_id "
    "customer_masked phone_masked phone_hash area content_hash request_id batch_id recorded_at business_date "
    "recorded_by_id",
)
_IDENTITY = _insert(SaleIdentity, "sale_id source order_no batch_id at")
_LINE = _insert(
    SaleLine,
    "sale_id line_no product_id sku barcode name model category quantity_milli unit_price_fen list_fen "
    "discount_fen freight_fen paid_fen tax_rate_bp cost_fen serial batch_no flaw no_return_confirmed gift_of_id "
    "gift_price_fen indivisible split_of_id origin_line_id guarantee_from",
)
_TENDER = _insert(SaleTender, "sale_id tender paid_fen reference")
TABLES = {"sale": _SALE, "sale_identity": _IDENTITY, "sale_line": _LINE, "sale_tender": _TENDER}
"""In the order they are written."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sale came from: which request, which import, known outside by which number."""

    request_id: str
    order_no: str
    identity_no: str
    batch_id: int | None = None


def content_hash(frozen: FrozenSale, phone_hash: str, told: Sequence[NewLine]) -> str:
    """What tells the same sale from a different one.

    `told` are the lines as they were typed or read, before the shop's articles completed them: an article that
    is added later must not make an order look changed. Of personal data only the salted hash goes in.
    """
    sale = frozen.sale
    sums = (frozen.goods_fen, frozen.discount_fen, frozen.freight_fen, frozen.subsidy_fen, frozen.paid_fen)
    tenders = [_json(one.tender, one.paid_fen, one.reference) for one in frozen.tenders]
    lines = [_line_content(line, raw) for line, raw in zip(frozen.lines, told, strict=True)]
    # Canonical JSON of one list, put together from parts: the lines of an import come again and again.
    content = (
        f"[{quoted(sale.source)},{quoted(sale.order_no)},{quoted(sale.channel)},{quoted(sale.proof)},"
        f'{quoted(sale.proof_ref)},"{sale.purchased_on.isoformat()}",[{",".join(map(str, sums))}],'
        f"{quoted(phone_hash)},[{','.join(tenders)}],[{','.join(lines)}]]"
    )
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def _line_content(frozen: FrozenLine, line: NewLine) -> str:
    return _json(
        line.name,
        line.sku,
        line.barcode,
        line.quantity_milli,
        line.unit_price_fen,
        frozen.list_fen,
        frozen.discount_fen,
        frozen.freight_fen,
        frozen.paid_fen,
        line.tax_rate_bp,
        line.serial,
        line.batch_no,
    )


@lru_cache(maxsize=20_000)
def _json(*values: object) -> str:
    return canonical_json(values)


def searched(frozen: FrozenSale, number: str) -> list[str]:
    """Every text by which a new sale known outside by `number` is found, as `db.search.SALES` would read it back."""
    sale = frozen.sale
    texts = [number, sale.proof_ref, sale.invoice_no, number, sale.customer_name, sale.phone, sale.contact]
    for one in frozen.lines:
        line = one.line
        texts += (line.name, line.model, line.sku, line.barcode, line.serial)
    return texts


class SaleWriter:
    """Gathers the rows of sales and writes them together.

    Ids are counted on from the highest, so it lives inside one `db.atomic("IMMEDIATE")`, where nobody else can
    take one.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._at, self._today = desk.instant(), desk.today().isoformat()
        self._by = None if desk.staff is None else desk.staff.id
        self._next = {table: _highest(desk, table) + 1 for table in TABLES}
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}

    def add(self, frozen: FrozenSale, marks: PersonMarks, origin: Origin, content: str) -> int:
        """Take one sale in; it is written by `flush`. Returns the id it will have."""
        sale, sale_id = frozen.sale, self._id("sale")
        self._rows["sale"].append(
            (
                sale_id,
                sale.source,
                origin.order_no,
                sale.channel,
                sale.platform,
                sale.proof,
                sale.proof_ref,
                _day(sale.purchased_on),
                _day(sale.delivered_on),
                _day(sale.received_on),
                _day(sale.installed_on),
                frozen.goods_fen,
                frozen.discount_fen,
                frozen.freight_fen,
                frozen.paid_fen,
                frozen.subsidy_fen,
                _extras(sale),
                sale.invoice_no,
                sale.invoice_state,
                marks.person_id,
                marks.customer_masked,
                marks.phone_masked,
                marks.phone_hash,
                mask_address(sale.area),
                content,
                origin.request_id,
                origin.batch_id,
                self._at,
                self._today,
                self._by,
            )
        )
        self.add_identity(sale_id, sale.source, origin.identity_no, origin.batch_id)
        self.add_lines(sale_id, frozen.lines)
        for tender in frozen.tenders:
            row = (self._id("sale_tender"), sale_id, tender.tender, tender.paid_fen, tender.reference)
            self._rows["sale_tender"].append(row)
        return sale_id

    def add_identity(self, sale_id: int, source: str, number: str, batch_id: int | None) -> None:
        """A number by which the outside knows a sale."""
        row = (self._id("sale_identity"), sale_id, source, number, batch_id, self._at)
        self._rows["sale_identity"].append(row)

    def add_lines(
        self, sale_id: int, lines: Sequence[FrozenLine], first_no: int = 1, split_of: int | None = None
    ) -> None:
        """Lines of a sale; a gift names the line it belongs to by its number, kept as that line's id."""
        first_id = self._next["sale_line"]
        gifts: list[tuple[Any, ...]] = []
        for n, frozen in enumerate(lines):
            row = self._line(sale_id, first_no + n, frozen, first_id, split_of)
            # A gift may stand before its line; the row it points at must be written first.
            (self._rows["sale_line"] if frozen.line.gift_of is None else gifts).append(row)
        self._rows["sale_line"] += gifts

    def flush(self) -> None:
        """Write everything gathered so far."""
        connection = self._desk.db.connection()
        for table, sql in TABLES.items():
            if rows := self._rows[table]:
                try:
                    connection.executemany(sql, rows)
                except sqlite3.Error as error:
                    told = translate(error, str(self._desk.db.database))
                    if told is None:
                        raise
                    raise told from error
                rows.clear()

    def _line(
        self, sale_id: int, line_no: int, frozen: FrozenLine, first_id: int, split_of: int | None
    ) -> tuple[Any, ...]:
        line = frozen.line
        return (
            self._id("sale_line"),
            sale_id,
            line_no,
            line.product_id,
            line.sku,
            line.barcode,
            line.name,
            line.model,
            line.category,
            line.quantity_milli,
            line.unit_price_fen,
            frozen.list_fen,
            frozen.discount_fen,
            frozen.freight_fen,
            frozen.paid_fen,
            USUAL_TAX_BP if line.tax_rate_bp is None else line.tax_rate_bp,
            line.cost_fen,
            line.serial,
            line.batch_no,
            line.flaw,
            int(line.no_return_confirmed),
            None if line.gift_of is None else first_id + line.gift_of - 1,
            line.gift_price_fen,
            int(line.indivisible),
            split_of,
            None,
            _day(line.guarantee_from),
        )

    def _id(self, table: str) -> int:
        given = self._next[table]
        self._next[table] = given + 1
        return given


def write(desk: Desk, frozen: FrozenSale, marks: PersonMarks, origin: Origin, content: str) -> int:
    """Write one sale inside the caller's transaction and make it findable. Returns its id."""
    writer = SaleWriter(desk)
    sale_id = writer.add(frozen, marks, origin, content)
    writer.flush()
    search.index_sale(desk.db, sale_id)
    return sale_id


def _extras(sale: NewSale) -> str:
    if not sale.coupon_fen and not sale.points_fen and not sale.extras:
        return "{}"
    extras = dict(sale.extras)
    if sale.coupon_fen:
        extras["coupon_fen"] = sale.coupon_fen
    if sale.points_fen:
        extras["points_fen"] = sale.points_fen
    return canonical_json(extras)


def _highest(desk: Desk, table: str) -> int:
    return int(desk.db.execute_sql(f"SELECT COALESCE(MAX(id), 0) FROM {table}").fetchone()[0])


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

"""Writing a frozen sale: the same rows whether it was typed at the counter or imported.

SQL is spelled out: building it per sale is what makes an ORM slow, and an import writes 100 000 of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.db.fields import canonical_json
from counter_app.db.models import Sale, SaleIdentity, SaleLine, SaleTender
from counter_app.domain.new_sale import USUAL_TAX_BP, FrozenLine, FrozenSale
from counter_app.services.desk import Desk
from counter_app.services.people import PersonMarks


def _insert(model: Any, columns: str) -> str:
    names = columns.split()
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


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sale came from: which request, which import, known outside by which number."""

    request_id: str
    order_no: str
    identity_no: str
    batch_id: int | None = None


def content_hash(frozen: FrozenSale, phone_hash: str, customer_masked: str) -> str:
    """What tells the same sale from a different one. Personal data goes in masked and salted only."""
    sale = frozen.sale
    content = [
        sale.source,
        sale.order_no,
        sale.channel,
        sale.proof,
        sale.proof_ref,
        _day(sale.purchased_on),
        [frozen.goods_fen, frozen.discount_fen, frozen.freight_fen, frozen.subsidy_fen, frozen.paid_fen],
        [phone_hash, customer_masked],
        [[t.tender, t.paid_fen, t.reference] for t in frozen.tenders],
        [_line_content(line) for line in frozen.lines],
    ]
    return hashlib.sha256(canonical_json(content).encode("utf-8")).hexdigest()


def _line_content(frozen: FrozenLine) -> list[object]:
    line = frozen.line
    return [
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
    ]


def write(desk: Desk, frozen: FrozenSale, marks: PersonMarks, origin: Origin, content: str) -> int:
    """Write sale, identity, lines and tenders inside the caller's transaction. Returns the sale's id."""
    sale, at = frozen.sale, desk.instant()
    run = desk.db.execute_sql
    extras = dict(sale.extras)
    if sale.coupon_fen:
        extras["coupon_fen"] = sale.coupon_fen
    cursor = run(
        _SALE,
        (
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
            canonical_json(extras),
            sale.invoice_no,
            sale.invoice_state,
            marks.person_id,
            marks.customer_masked,
            marks.phone_masked,
            marks.phone_hash,
            sale.area,
            content,
            origin.request_id,
            origin.batch_id,
            at,
            desk.today().isoformat(),
            None if desk.staff is None else desk.staff.id,
        ),
    )
    sale_id = int(cursor.lastrowid)
    run(_IDENTITY, (sale_id, sale.source, origin.identity_no, origin.batch_id, at))
    write_lines(desk, sale_id, frozen.lines)
    for tender in frozen.tenders:
        run(_TENDER, (sale_id, tender.tender, tender.paid_fen, tender.reference))
    return sale_id


def write_lines(
    desk: Desk,
    sale_id: int,
    lines: Iterable[FrozenLine],
    first_no: int = 1,
    split_of: int | None = None,
) -> None:
    """Write lines; a gift names the line it belongs to by its number, which is turned into its id here."""
    ids: dict[int, int] = {}
    waiting: list[tuple[int, FrozenLine]] = []
    for line_no, frozen in enumerate(lines, first_no):
        if frozen.line.gift_of is None:
            ids[line_no] = _write_line(desk, sale_id, line_no, frozen, None, split_of)
        else:
            waiting.append((line_no, frozen))
    for line_no, frozen in waiting:
        ids[line_no] = _write_line(
            desk, sale_id, line_no, frozen, ids.get(frozen.line.gift_of or 0), split_of
        )


def _write_line(
    desk: Desk, sale_id: int, line_no: int, frozen: FrozenLine, gift_of: int | None, split_of: int | None
) -> int:
    line = frozen.line
    cursor = desk.db.execute_sql(
        _LINE,
        (
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
            gift_of,
            line.gift_price_fen,
            int(line.indivisible),
            split_of,
            None,
            _day(line.guarantee_from),
        ),
    )
    return int(cursor.lastrowid)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

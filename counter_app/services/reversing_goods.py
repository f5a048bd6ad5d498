"""Goods of a reversed document go the way back they came; the article of an exchange is the shop's again."""

from __future__ import annotations

from typing import Any

from counter_app.db import ledger, search
from counter_app.db.models import CaseLine, DocumentLine, Sale, SaleLine, StockEntry
from counter_app.db.posting_sql import insert_row
from counter_app.domain.errors import UserError
from counter_app.domain.stock_room import SHELVES
from counter_app.services import goods, sale_money
from counter_app.services.desk import Desk


def give_back(desk: Desk, row: Any, new_id: int) -> None:
    """Goods go the way back they came: out of the shop for a receipt, into the stock for an issue.

    Raises UserError `reversal.goods_gone`.
    """
    for entry in StockEntry.select().where(StockEntry.document == row.id).order_by(StockEntry.seq.desc()):
        if entry.kind == "disposed":
            _from_where_they_lie(desk, row, entry, new_id)
        elif entry.kind == "issued":
            _back(desk, entry, goods.OUTSIDE, entry.from_place, new_id, entry.quantity_milli)
    if row.prefix != "TH":
        return
    for line in DocumentLine.select().where(DocumentLine.document == row.id, DocumentLine.direction == "in"):
        there = goods.held(desk, line.case_line_id).get(goods.QUARANTINE, 0)
        quantity = min(there, line.quantity_milli)
        if quantity <= 0:
            raise UserError("reversal.goods_gone", number=row.number)
        sold = SaleLine.get(SaleLine.id == line.sale_line_id)
        ledger.append_stock(
            desk.db,
            kind="reversed",
            from_place=goods.QUARANTINE,
            to_place=goods.OUTSIDE,
            quantity_milli=quantity,
            at=desk.instant(),
            business_date=desk.today(),
            product_id=_received_product(line.case_line_id, sold),
            sale_line_id=sold.id,
            case_line_id=line.case_line_id,
            document_id=new_id,
        )


def take_back_exchanged(desk: Desk, row: Any) -> None:
    """The article that went out in exchange is the shop's again: nothing of its sale can come back once more.

    Raises UserError `reversal.used`.
    """
    lines = (
        DocumentLine.select(DocumentLine, SaleLine)
        .join(SaleLine)
        .where(DocumentLine.document == row.id, DocumentLine.direction == "out")
    )
    for line in lines:
        sold = line.sale_line
        sale = Sale.get(Sale.id == sold.sale_id)
        if sale.source != "exchange":
            continue
        used = CaseLine.select().where(
            CaseLine.sale_line == sold.id, CaseLine.state << ("reserved", "returned")
        )
        if used.exists() or sale_money.line_money(desk, sold.id).allowed_fen:
            raise UserError("reversal.used", number=row.number, sale=sale.order_no)
        insert_row(
            desk.db,
            CaseLine,
            case_id=row.case_id,
            walk_id=row.walk_id,
            sale_line_id=sold.id,
            state="returned",
            quantity_milli=sold.quantity_milli,
            value_fen=sold.paid_fen,
            freight_share_fen=sold.freight_fen,
            subsidy_share_fen=sale_money.subsidy_of(sold),
            note=row.number,
        )
        search.index_sale(desk.db, sale.id)


def _from_where_they_lie(desk: Desk, row: Any, entry: Any, document_id: int) -> None:
    """Goods that got another place since they were disposed of are fetched from there; what left the shop is gone."""
    left = entry.quantity_milli
    held = goods.held(desk, entry.case_line_id)
    for place in sorted(held, key=lambda one: (one == goods.QUARANTINE, one != entry.to_place, one)):
        there = min(left, held[place])
        if place in SHELVES and entry.product_id is not None:
            # On a shelf one piece is as good as another: what was sold from it is gone too.
            there = min(there, goods.on_hand(desk, entry.product_id, place))
        if there <= 0:
            continue
        if place != goods.QUARANTINE:
            _back(desk, entry, place, goods.QUARANTINE, document_id, there)
        left -= there
    if left:
        raise UserError("reversal.goods_gone", number=row.number)


def _received_product(case_line_id: int, sold: Any) -> int | None:
    """Which product the ledger took in for a case line."""
    entry = StockEntry.get_or_none((StockEntry.case_line == case_line_id) & (StockEntry.kind == "received"))
    product_id: int | None = entry.product_id if entry is not None else sold.product_id
    return product_id


def _back(
    desk: Desk, entry: Any, from_place: str, to_place: str, document_id: int, quantity_milli: int
) -> None:
    ledger.append_stock(
        desk.db,
        kind="reversed",
        from_place=from_place,
        to_place=to_place,
        quantity_milli=quantity_milli,
        at=desk.instant(),
        business_date=desk.today(),
        product_id=entry.product_id,
        sale_line_id=entry.sale_line_id,
        case_line_id=entry.case_line_id,
        document_id=document_id,
        serial=entry.serial,
        batch_no=entry.batch_no,
    )

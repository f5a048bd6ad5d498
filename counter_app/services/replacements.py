"""An exchanged article is a sale of its own: later returns are priced from it, its guarantee begins anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.db import search
from counter_app.db.models import Product, Sale, SaleIdentity, SaleLine, SaleTender
from counter_app.db.posting_sql import insert_row
from counter_app.domain import settlement
from counter_app.domain.money import allocate
from counter_app.domain.settlement_terms import SUBSIDY, LineSettlement
from counter_app.services import requests, sale_money
from counter_app.services.deals import Deal
from counter_app.services.desk import Desk

POINTS = "points"


def record(
    desk: Desk, deal: Deal, row: Any, done: LineSettlement, number: str, going: Mapping[str, int]
) -> list[int]:
    """Write the sale that an exchange makes; one line per article that goes out. Returns the sale lines' ids.

    What the customer had paid for the old goods pays for the new ones; the difference is paid besides (invariant 5).
    `going` is what the same posting gives back by each tender (分): that money does not move along.
    """
    old_sale, case = deal.standing.case.sale, deal.standing.case
    paid = sum(out.value_fen for out in done.goods_out)
    credit = _credit(desk, old_sale, min(done.gross_fen, paid), going)
    tenders = dict(credit)
    if done.points_fen:
        credit[POINTS] = done.points_fen
    if paid > sum(tenders.values()):
        tender = (case.plan or {}).get("collect_tender", "cash")
        tenders[tender] = tenders.get(tender, 0) + paid - sum(tenders.values())
    if done.subsidy_share_fen:
        tenders[SUBSIDY] = done.subsidy_share_fen
    extras = {"origin_sale": old_sale.id, "document": number, "credit": credit}
    if POINTS in credit:
        extras[f"{POINTS}_fen"] = credit[POINTS]
    order_no = f"{number}-{row.id}"
    sale_id = insert_row(
        desk.db,
        Sale,
        source="exchange",
        order_no=order_no,
        channel=old_sale.channel,
        platform=old_sale.platform,
        proof=old_sale.proof,
        proof_ref=old_sale.order_no,
        purchased_on=desk.today(),
        received_on=desk.today() if old_sale.channel == "remote" and "shipment" not in deal.words else None,
        goods_fen=paid + done.subsidy_share_fen + done.points_fen,
        discount_fen=done.points_fen,
        paid_fen=paid,
        subsidy_fen=done.subsidy_share_fen,
        extras=extras,
        person_id=case.person_id,
        customer_masked=case.customer_masked,
        phone_masked=case.phone_masked,
        phone_hash=case.phone_hash,
        content_hash=requests.digest([number, row.id, paid]),
        request_id=f"exchange-{order_no}",
        recorded_at=desk.instant(),
        business_date=desk.today(),
        recorded_by_id=desk.staff.id if desk.staff else None,
    )
    insert_row(
        desk.db, SaleIdentity, sale_id=sale_id, source="exchange", order_no=order_no, at=desk.instant()
    )
    weights = [out.value_fen for out in done.goods_out]
    subsidies, points = allocate(done.subsidy_share_fen, weights), allocate(done.points_fen, weights)
    ids = [
        _line(desk, sale_id, at, row, out, deal, subsidy, by_points)
        for at, (out, subsidy, by_points) in enumerate(
            zip(done.goods_out, subsidies, points, strict=True), start=1
        )
    ]
    for tender, amount in tenders.items():
        if amount:
            insert_row(desk.db, SaleTender, sale_id=sale_id, tender=tender, paid_fen=amount, reference=number)
    search.index_sale(desk.db, sale_id)
    return ids


def _credit(desk: Desk, old_sale: Any, worth_fen: int, going: Mapping[str, int]) -> dict[str, int]:
    """By which tenders the old goods had been paid, pro rata of what each may still give back."""
    past = sale_money.tenders_of(desk, old_sale)
    left = {item.tender: item.left_fen - going.get(item.tender, 0) for item in settlement.money_tenders(past)}
    tenders = [tender for tender, amount in left.items() if amount > 0]
    if not tenders or not worth_fen:
        return {}
    shares = allocate(worth_fen, [left[tender] for tender in tenders])
    return {tender: share for tender, share in zip(tenders, shares, strict=True) if share}


def _line(
    desk: Desk, sale_id: int, line_no: int, row: Any, out: Any, deal: Deal, subsidy_fen: int, points_fen: int
) -> int:
    old = row.sale_line
    product = Product.get_or_none(Product.id == int(out.product)) if out.product.isdigit() else None
    same = product is not None and product.id == old.product_id
    chosen: dict[str, Any] = next(
        (item for item in deal.standing.choices.get("replacement", ()) if item["name"] == out.name), {}
    )
    unit = (out.value_fen + points_fen) * 1000 // out.quantity_milli
    return insert_row(
        desk.db,
        SaleLine,
        sale_id=sale_id,
        line_no=line_no,
        product_id=product.id if product is not None else None,
        sku=product.sku if product is not None else chosen.get("sku", ""),
        barcode=product.barcode if product is not None else chosen.get("barcode", ""),
        name=out.name,
        model=product.model if product is not None else chosen.get("model", old.model if same else ""),
        category=product.category if product is not None else chosen.get("category", old.category),
        quantity_milli=out.quantity_milli,
        unit_price_fen=unit,
        list_fen=out.value_fen + subsidy_fen + points_fen,
        discount_fen=points_fen,
        paid_fen=out.value_fen,
        tax_rate_bp=product.tax_rate_bp if product is not None else old.tax_rate_bp,
        cost_fen=product.cost_fen if product is not None else None,
        serial=chosen.get("serial", ""),
        no_return_confirmed=bool(old.no_return_confirmed),
        origin_line_id=old.id,
        guarantee_from=desk.today(),
    )

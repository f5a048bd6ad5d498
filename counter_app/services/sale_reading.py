"""One sale as the counter shows it: what is left of every line, and the customer's rights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from peewee import JOIN

from counter_app.db.models import Case, Product, Sale, SaleIdentity, SaleLine, SaleTender, Settlement
from counter_app.domain.errors import UserError
from counter_app.domain.rights import Rights, RightsFacts, rights_of
from counter_app.domain.roles import COSTS
from counter_app.domain.sale_views import SaleCaseView, SaleLineView, SaleView, TenderView
from counter_app.domain.spoken import Reason, Words
from counter_app.services import history, recall_warnings, staff
from counter_app.services.desk import Desk
from counter_app.services.rules import Rules, current_rules
from counter_app.services.sale_state import LineState, line_states, refundable_fen, returnable_milli


def sale(desk: Desk, sale_id: int) -> SaleView:
    """One sale. Raises UserError `sale.unknown`."""
    row: Any = Sale.get_or_none(Sale.id == sale_id)
    if row is None:
        raise UserError("sale.unknown")
    rules = current_rules(desk)
    lines = list(
        SaleLine.select(SaleLine, Product)
        .join(Product, JOIN.LEFT_OUTER)
        .where(SaleLine.sale == sale_id)
        .order_by(SaleLine.line_no)
    )
    states = line_states(desk, [line.id for line in lines])
    recalled = recall_warnings.in_force(desk)
    repairs = history.repairs_by_line(desk, lines)
    shown = tuple(
        _line(
            desk, row, line, states[line.id], rules, recalled, repairs.get(line.id, history.RepairHistory())
        )
        for line in lines
    )
    return SaleView(
        id=row.id,
        source=row.source,
        order_no=row.order_no,
        channel=row.channel,
        platform=row.platform,
        proof=row.proof,
        proof_ref=row.proof_ref,
        purchased_on=row.purchased_on,
        delivered_on=row.delivered_on,
        received_on=row.received_on,
        installed_on=row.installed_on,
        goods_fen=row.goods_fen,
        discount_fen=row.discount_fen,
        freight_fen=row.freight_fen,
        paid_fen=row.paid_fen,
        subsidy_fen=row.subsidy_fen,
        coupon_fen=int(row.extras.get("coupon_fen", 0)),
        invoice_no=row.invoice_no,
        invoice_state=row.invoice_state,
        person_id=row.person_id,
        customer_masked=row.customer_masked,
        phone_masked=row.phone_masked,
        phone_hash=row.phone_hash,
        area=row.area,
        extras=row.extras,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by.name if row.recorded_by_id else "",
        identities=tuple((one.source, one.order_no) for one in _identities(sale_id)),
        lines=shown,
        tenders=_tenders(sale_id),
        cases=_cases(sale_id),
        holidays_known=rules.calendar.knows(desk.today()),
    )


def rights_facts(
    desk: Desk, row: Any, line: Any, rules: Rules, repairs: history.RepairHistory
) -> RightsFacts:
    """What the rights of one line rest on, as far as the sale and earlier repairs tell it."""
    return RightsFacts(
        today=desk.today(),
        category=rules.category(line.category),
        channel=row.channel,
        purchased_on=row.purchased_on,
        delivered_on=row.delivered_on,
        received_on=row.received_on,
        installed_on=row.installed_on,
        exchanged_on=line.guarantee_from,
        province=rules.province(desk.shop.province),
        confirmed_exclusion=line.no_return_confirmed,
        repairs_done=repairs.done,
        repair_days=repairs.days,
        days_in_repair=repairs.days_open,
        waiting_part_days=repairs.days_waiting,
        last_repair_on=repairs.last_on,
    )


def _line(
    desk: Desk,
    row: Any,
    line: Any,
    state: LineState,
    rules: Rules,
    recalled: Sequence[Any],
    repairs: history.RepairHistory,
) -> SaleLineView:
    category = rules.category(line.category)
    rights = rights_of(rights_facts(desk, row, line, rules, repairs), rules.shop, rules.calendar)
    left = returnable_milli(line.quantity_milli, state)
    return SaleLineView(
        id=line.id,
        sale_id=row.id,
        line_no=line.line_no,
        product_id=line.product_id,
        name=line.name,
        model=line.model,
        sku=line.sku,
        barcode=line.barcode,
        category=line.category,
        category_title=Words(category.zh, category.en),
        serial=line.serial,
        batch_no=line.batch_no,
        flaw=line.flaw,
        weighed=category.weighed or bool(line.quantity_milli % 1000),
        bought_milli=line.quantity_milli,
        returned_milli=state.returned_milli,
        reserved_milli=state.reserved_milli,
        returnable_milli=left,
        unit_price_fen=line.unit_price_fen,
        list_fen=line.list_fen,
        discount_fen=line.discount_fen,
        freight_fen=line.freight_fen,
        paid_fen=line.paid_fen,
        subsidy_fen=line.list_fen - line.discount_fen - line.paid_fen,
        unit_paid_fen=line.paid_fen * 1000 // line.quantity_milli,
        refunded_fen=state.refunded_fen,
        refundable_fen=refundable_fen(line.paid_fen, line.quantity_milli, state),
        tax_rate_bp=line.tax_rate_bp,
        cost_fen=line.cost_fen if staff.may(desk, COSTS) else None,
        no_return_confirmed=line.no_return_confirmed,
        gift_of=line.gift_of_id,
        gift_price_fen=line.gift_price_fen,
        indivisible=line.indivisible,
        split_of=line.split_of_id,
        split=state.split,
        origin_line_id=line.origin_line_id,
        guarantee_from=line.guarantee_from,
        guarantee_until=_guarantee_until(rights),
        rights=rights,
        open_cases=state.open_cases,
        blocked=_blocked(line, state, left),
        note=line.product.note if line.product_id else "",
        recalls=recall_warnings.of_line(desk, recalled, line),
    )


def _blocked(line: Any, state: LineState, left: int) -> Reason | None:
    if state.split:
        return Reason("sale.line.split", {"name": line.name})
    if left:
        return None
    if state.open_cases:
        return Reason("sale.line.in_case", {"case": state.open_cases[0]})
    return Reason("sale.line.all_returned", {"name": line.name})


def _guarantee_until(rights: Rights) -> date | None:
    guarantee = rights.of("guarantee_whole")
    return guarantee.last_day if guarantee and guarantee.because.code != "rights.no_guarantee" else None


def _identities(sale_id: int) -> Any:
    return SaleIdentity.select().where(SaleIdentity.sale == sale_id).order_by(SaleIdentity.id)


def _tenders(sale_id: int) -> tuple[TenderView, ...]:
    back: dict[str, int] = {}
    for row in Settlement.select().where(
        Settlement.sale == sale_id, Settlement.direction == "out", Settlement.purpose == "refund"
    ):
        back[row.tender] = back.get(row.tender, 0) + row.amount_fen
    rows = SaleTender.select().where(SaleTender.sale == sale_id).order_by(SaleTender.id)
    return tuple(TenderView(row.tender, row.paid_fen, back.get(row.tender, 0), row.reference) for row in rows)


def _cases(sale_id: int) -> tuple[SaleCaseView, ...]:
    rows = Case.select().where(Case.sale == sale_id).order_by(Case.id.desc())
    return tuple(SaleCaseView(row.id, row.number, row.state, row.business_date) for row in rows)

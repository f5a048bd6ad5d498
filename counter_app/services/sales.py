"""Sales: typed at the counter, found again, and what is left to return of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.db import search
from counter_app.db.models import Sale, SaleIdentity, SaleLine
from counter_app.domain import new_sale
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.new_sale import FrozenLine, NewLine, NewSale
from counter_app.domain.roles import IMPORT, SALE
from counter_app.domain.sale_views import SaleView
from counter_app.services import people, products, sale_reading, sale_rows, sale_split, staff
from counter_app.services.desk import Desk, Outcome

CHANGED = frozenset({"sale"})


@dataclass(frozen=True, slots=True)
class SplitPart:
    """What a supervisor says one article inside an indivisible line cost. Σ `paid_fen` = paid of the line."""

    name: str
    quantity_milli: int
    paid_fen: int
    sku: str = ""
    barcode: str = ""
    category: str = "OTHER"
    product_id: int | None = None


def record_sale(desk: Desk, new: NewSale, request_id: str) -> Outcome[SaleView]:
    """Record a purchase once. The same request again gives the first result, changed content is refused.

    Raises UserError `sale.…`, `text.…`, `quantity.…`, `request.changed`, `sale.receipt.taken`,
    `sale.known_already`.
    """
    staff.require(desk, SALE)
    if not request_id:
        raise UserError("request.empty")
    frozen = new_sale.freeze(products.linked(desk, new), desk.today())
    sale = frozen.sale
    marks = people.marks(desk, sale.customer_name, sale.phone)
    content = sale_rows.content_hash(frozen, marks.phone_hash, new.lines)
    with desk.db.atomic("IMMEDIATE"):
        known = Sale.get_or_none(Sale.request_id == request_id)
        if known is not None:
            if known.content_hash != content:
                raise UserError("request.changed")
            return Outcome(sale_reading.sale(desk, known.id), frozenset())
        order_no, identity = _numbers(desk, sale, frozen.paid_fen)
        marks = people.find_or_add(desk, sale.customer_name, sale.phone, sale.contact)
        origin = sale_rows.Origin(request_id, order_no, identity)
        sale_id = sale_rows.write(desk, frozen, marks, origin, content)
    return Outcome(sale_reading.sale(desk, sale_id), CHANGED)


def sale(desk: Desk, sale_id: int) -> SaleView:
    """One sale with what is left of it and the customer's rights. Raises UserError `sale.unknown`."""
    return sale_reading.sale(desk, sale_id)


def set_dates(
    desk: Desk,
    sale_id: int,
    *,
    delivered_on: date | None = None,
    received_on: date | None = None,
    installed_on: date | None = None,
) -> Outcome[SaleView]:
    """State when the goods left, arrived, were installed; None leaves a date as it is.

    Raises UserError `sale.unknown`, `sale.date.…`.
    """
    staff.require(desk, SALE)
    given = {"delivered_on": delivered_on, "received_on": received_on, "installed_on": installed_on}
    changes = {name: day for name, day in given.items() if day is not None}
    with desk.db.atomic("IMMEDIATE"):
        row = _row(sale_id)
        new_sale.check_later_dates(row.purchased_on, desk.today(), changes)
        if changes:
            Sale.update(**changes).where(Sale.id == sale_id).execute()
    return Outcome(sale_reading.sale(desk, sale_id), CHANGED if changes else frozenset())


def split_line(desk: Desk, line_id: int, parts: Sequence[SplitPart]) -> Outcome[SaleView]:
    """Supply the prices of what an indivisible line holds. The line stays as it was sold; its parts, which
    sum up to it, are what can be returned from now on.

    Raises UserError `sale.split.…`, `sale.line.unknown`.
    """
    staff.require(desk, IMPORT)
    with desk.db.atomic("IMMEDIATE"):
        row = SaleLine.get_or_none(SaleLine.id == line_id)
        if row is None:
            raise UserError("sale.line.unknown")
        _check_split(desk, row, parts)
        sale_split.write_parts(desk, row, _parts(row, parts))
        search.index_sale(desk.db, row.sale_id)
    return Outcome(sale_reading.sale(desk, row.sale_id), CHANGED)


def _check_split(desk: Desk, row: Any, parts: Sequence[SplitPart]) -> None:
    if not row.indivisible:
        raise UserError("sale.split.divisible", name=row.name)
    if len(parts) < 1:
        raise UserError("sale.lines.none")
    if not sale_split.untouched(desk, row.id):
        raise UserError("sale.split.in_use", name=row.name)
    found = sum(part.paid_fen for part in parts)
    if found != row.paid_fen or any(part.paid_fen < 0 for part in parts):
        raise UserError("sale.split.sum", parts=format_yuan(found), paid=format_yuan(row.paid_fen))


def _parts(row: Any, parts: Sequence[SplitPart]) -> list[FrozenLine]:
    frozen = []
    for number, part in enumerate(parts, 1):
        line = NewLine(
            name=part.name,
            quantity_milli=part.quantity_milli,
            unit_price_fen=part.paid_fen * 1000 // part.quantity_milli if part.quantity_milli > 0 else 0,
            product_id=part.product_id,
            sku=part.sku,
            barcode=part.barcode,
            category=part.category,
            tax_rate_bp=row.tax_rate_bp,
        )
        checked = new_sale.checked_line(line, number, len(parts))
        frozen.append(FrozenLine(checked, part.paid_fen, 0, 0, 0, part.paid_fen))
    return frozen


def _numbers(desk: Desk, sale: NewSale, paid_fen: int) -> tuple[str, str]:
    """The number shown and the number in the identity. A till may print the same receipt number on another
    day, so the second one carries its day."""
    typed = sale.order_no or sale.proof_ref
    if not typed:
        return (_running_number(desk),) * 2
    same = (
        Sale.select(Sale, SaleIdentity)
        .join(SaleIdentity)
        .where(SaleIdentity.order_no.in_([typed, f"{typed}@{sale.purchased_on.isoformat()}"]))
    )
    number = typed
    for row in same:
        if row.purchased_on == sale.purchased_on and row.paid_fen == paid_fen:
            raise UserError("sale.known_already", number=typed, day=sale.purchased_on.isoformat())
        if row.source == sale.source:
            if row.purchased_on == sale.purchased_on:
                raise UserError("sale.receipt.taken", number=typed, day=sale.purchased_on.isoformat())
            number = f"{typed}@{sale.purchased_on.isoformat()}"
    return typed, number


def _running_number(desk: Desk) -> str:
    """M20251121-001: a number of ours for a purchase without one."""
    stem = f"M{desk.today():%Y%m%d}-"
    last = (
        SaleIdentity.select(SaleIdentity.order_no)
        .where(SaleIdentity.source == "hand", SaleIdentity.order_no.startswith(stem))
        .order_by(SaleIdentity.id.desc())
        .first()
    )
    number = 1 if last is None else int(last.order_no.removeprefix(stem)) + 1
    return f"{stem}{number:03d}"


def _row(sale_id: int) -> Any:
    row = Sale.get_or_none(Sale.id == sale_id)
    if row is None:
        raise UserError("sale.unknown")
    return row

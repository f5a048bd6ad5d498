"""Imported orders that may be sales already typed by hand: a person decides."""

from __future__ import annotations

from typing import Any, Literal

from peewee import SQL

from counter_app.db import search
from counter_app.db.models import ImportHold, SaleIdentity
from counter_app.domain.errors import UserError
from counter_app.domain.import_views import HoldView
from counter_app.domain.privacy import mask_name
from counter_app.domain.roles import IMPORT
from counter_app.services import people, sale_rows, staff
from counter_app.services.desk import Desk, Outcome
from counter_app.services.import_chunks import Importer
from counter_app.services.import_words import order_from_json
from counter_app.services.lookup import sale_hits

Choice = Literal["same", "separate", "ignore"]
_WAITING = ImportHold.id.in_(SQL("(SELECT id FROM import_hold WHERE decision = '')"))


def holds(desk: Desk) -> tuple[HoldView, ...]:
    """Orders waiting for a decision, oldest first."""
    rows = ImportHold.select().where(_WAITING).order_by(ImportHold.id)
    return tuple(_view(row) for row in rows)


def waiting(desk: Desk) -> int:
    """How many orders wait for a decision."""
    count: int = ImportHold.select().where(_WAITING).count()
    return count


def decide_hold(desk: Desk, hold_id: int, choice: Choice, sale_id: int | None = None) -> Outcome[int | None]:
    """Say what an order is: the `same` as a sale (by its id), a `separate` sale, or to be ignored.

    Returns the id of the sale it now is. The order's personal data leave the hold.
    Raises UserError `import.hold.…`.
    """
    staff.require(desk, IMPORT)
    with desk.db.atomic("IMMEDIATE"):
        row: Any = ImportHold.get_or_none(ImportHold.id == hold_id)
        if row is None:
            raise UserError("import.hold.unknown")
        if row.decision:
            raise UserError("import.hold.decided")
        result = _decided(desk, row, choice, sale_id)
        row.decision = choice if result is None else f"{choice}:{result}"
        row.decided_by, row.decided_at = desk.staff.id if desk.staff else None, desk.instant()
        row.content = {"order_no": row.order_no}
        row.save()
    return Outcome(result, frozenset({"sale"}))


def _decided(desk: Desk, row: Any, choice: Choice, sale_id: int | None) -> int | None:
    if choice == "ignore":
        return None
    if choice == "same":
        if sale_id is None or sale_id not in row.candidates:
            raise UserError("import.hold.candidate")
        SaleIdentity.create(
            sale=sale_id, source=row.source, order_no=row.order_no, batch=row.batch_id, at=desk.instant()
        )
        search.index_sale(desk.db, sale_id)
        return sale_id
    prepared = Importer(desk, row.source).prepare(order_from_json(row.content))
    sale = prepared.frozen.sale
    marks = people.find_or_add(desk, sale.customer_name, sale.phone, sale.contact)
    origin = sale_rows.Origin(f"import:{row.source}:{row.order_no}", row.order_no, row.order_no, row.batch_id)
    return sale_rows.write(desk, prepared.frozen, marks, origin, prepared.content)


def _view(row: Any) -> HoldView:
    order = order_from_json(row.content)
    sale = order.sale
    paid = sum(tender.paid_fen for tender in sale.tenders)
    names = [line.name for line in sale.lines]
    return HoldView(
        id=row.id,
        source=row.source,
        order_no=row.order_no,
        purchased_on=sale.purchased_on,
        customer_masked=mask_name(sale.customer_name),
        goods=" · ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else ""),
        paid_fen=paid,
        candidates=tuple(sale_hits(dict.fromkeys(row.candidates), "hold")),
        file=row.batch.file_name if row.batch_id else "",
        lines=tuple((line.name, line.quantity_milli, line.unit_price_fen) for line in sale.lines),
    )

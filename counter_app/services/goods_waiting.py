"""Goods that are promised to a customer and wait: until everything is paid, or until their parcel leaves."""

from __future__ import annotations

from itertools import accumulate

from counter_app.db.models import Document, DocumentLine, Proof, SaleLine, Settlement, StockEntry, Task
from counter_app.services import moving, paper_views
from counter_app.services.desk import Desk


def release_goods(desk: Desk, walk_id: int) -> int:
    """Goods of a walk that were promised at the counter and have not left: they leave once all is paid.

    Returns how many lines left. Goods to be sent leave with their parcel (`tasks.done`).
    """
    if waits_for_money(walk_id) or to_be_sent(walk_id):
        return 0
    return issue_waiting(desk, walk_id)


def waits_for_money(walk_id: int) -> bool:
    """Whether the customer still owes something for a walk: its goods stay until that is paid (invariant 5)."""
    unpaid = (Document.walk == walk_id) & (Settlement.direction == "in") & paper_views.uncovered()
    return any(item.open_fen > 0 for item in paper_views.settlements(unpaid))


def goods_left(walk_id: int) -> bool:
    """Whether everything a walk asked for was there once, so that its goods left, though a proof was corrected since."""
    rows = (
        Settlement.select(Settlement.id, Settlement.amount_fen)
        .join(Document)
        .where(Document.walk == walk_id, Document.reverses_nothing(), Settlement.direction == "in")
    )
    for row in rows:
        amounts = Proof.select(Proof.amount_fen).where(Proof.settlement == row.id).order_by(Proof.id)
        if max(accumulate(proof.amount_fen for proof in amounts), default=0) < row.amount_fen:
            return False
    return True


def to_be_sent(walk_id: int) -> bool:
    """Whether a parcel of a walk is still to leave."""
    parcel = Task.select().where(Task.walk == walk_id, Task.kind == "ship", Task.done_at.is_null())
    return bool(parcel.exists())


def issue_waiting(desk: Desk, walk_id: int) -> int:
    """Every exchange or re-send line of a walk whose goods did not leave yet leaves now."""
    issued = StockEntry.select(StockEntry.document_line).where(
        StockEntry.kind == "issued", StockEntry.document_line.is_null(False)
    )
    later = Document.alias()
    rows = (
        DocumentLine.select(DocumentLine, Document, SaleLine)
        .join(Document)
        .switch(DocumentLine)
        .join(SaleLine, on=(DocumentLine.sale_line == SaleLine.id))
        .where(
            Document.walk == walk_id,
            Document.prefix << ("HH", "BF"),
            Document.reverses_nothing(),
            DocumentLine.direction == "out",
            DocumentLine.id.not_in(issued),
            Document.id.not_in(later.select(later.reverses).where(later.reverses.is_null(False))),
        )
    )
    count = 0
    for row in rows:
        if row.sale_line.product_id is not None:
            moving.issue(
                desk,
                row.sale_line.product_id,
                row.sale_line_id,
                row.case_line_id,
                row.quantity_milli,
                row.document_id,
                row.id,
            )
        count += 1
    return count

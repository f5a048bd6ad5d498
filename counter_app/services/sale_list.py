"""The list of sales, newest recorded first, and the columns of a sheet that is to be imported."""

from __future__ import annotations

from pathlib import Path

from counter_app import wording
from counter_app.archive.imports import formats, sheet, sources
from counter_app.archive.imports.tables import headed, open_table
from counter_app.db import search as search_index
from counter_app.db.models import Sale
from counter_app.domain.list_order import Order
from counter_app.domain.sale_views import SaleHit
from counter_app.services.desk import Desk
from counter_app.services.lookup import sale_hits
from counter_app.services.sorted_pages import page

PURCHASED_ON, ORDER_NO, PAID_FEN = "purchased_on", "order_no", "paid_fen"
SORTED = {PURCHASED_ON: Sale.purchased_on, ORDER_NO: Sale.order_no, PAID_FEN: Sale.paid_fen}
"""The columns sales can be sorted by, each with an index."""


def list_sales(desk: Desk, text: str = "", before: int | None = None, limit: int = 50) -> tuple[SaleHit, ...]:
    """Sales in which every word of `text` occurs; hand the last one's `sale_id` back as `before` to page on."""
    if text.strip():
        found = search_index.search_sales(desk.db, text, limit, before)
    else:
        rows = Sale.select(Sale.id).order_by(Sale.id.desc()).limit(limit)
        if before is not None:
            rows = rows.where(Sale.id < before)
        found = [row.id for row in rows]
    return tuple(sale_hits(dict.fromkeys(found), "list"))


def list_sorted(
    desk: Desk, order: Order, after: SaleHit | None = None, limit: int = 50
) -> tuple[SaleHit, ...]:
    """All sales by a column of `SORTED`; hand the last row back as `after` to page on."""
    key = SORTED[order.by]
    held = None if after is None else (getattr(after, order.by), after.sale_id)
    rows = page(Sale.select(Sale.id), key, order.down, held, limit)
    return tuple(sale_hits(dict.fromkeys(row.id for row in rows), "list"))


def sheet_columns(file: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """The columns of a plain sheet, and which field each may hold as far as their names tell.

    Raises UserError `import.file.…`, SurroundingsError `import.file.unreadable`.
    """
    names = tuple(name for name in headed(open_table(file)).names if name)
    return names, sheet.suggested(list(names))


def sheet_fields() -> tuple[tuple[str, bool], ...]:
    """The fields a plain sheet may hold, and whether every sale needs them."""
    return tuple((name, name in sheet.REQUIRED) for name in sheet.FIELDS)


def file_kinds() -> tuple[str, ...]:
    """Every kind of file that can be taken in, by its id."""
    return formats.kinds()


def source_name(kind: str, language: wording.Language) -> str:
    """What people call the program that writes a kind of file; the id for one without a description."""
    one = sources.known().get(kind)
    return kind if one is None else one.name(language)

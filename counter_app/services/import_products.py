"""Taking in a list of articles and the stock it states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from counter_app.archive.imports import product_list
from counter_app.archive.imports.formats import OpenFile
from counter_app.archive.imports.orders import RowFault
from counter_app.archive.imports.product_list import ReadProduct
from counter_app.archive.imports.tables import Headed
from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Reason
from counter_app.services import products
from counter_app.services.desk import Desk

CHUNK = 200
Tell = Callable[[str, RowFault], None]


def read(desk: Desk, headed: Headed) -> Iterator[ReadProduct | RowFault]:
    """Articles of a list that would be kept, and what is wrong with the others."""
    for found in product_list.read(headed):
        if isinstance(found, RowFault):
            yield found
            continue
        try:
            products.check(desk, found.product)
        except UserError as wrong:
            yield RowFault(found.row, "", Reason(wrong.code, dict(wrong.params)), found.product.sku)
            continue
        yield found


def take_in(
    desk: Desk,
    one: OpenFile,
    counts: Counter[str],
    tell: Tell,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Keep every sound article; stated stock becomes opening stock, or a count where there is some already."""
    total = one.headed.table.row_count
    chunk: list[ReadProduct] = []
    for found in read(desk, one.headed):
        if isinstance(found, RowFault):
            tell(one.file.name, found)
            continue
        chunk.append(found)
        if len(chunk) == CHUNK:
            _write(desk, chunk, counts)
            if progress is not None:
                progress(min(found.row, total), total)
            chunk = []
    _write(desk, chunk, counts)
    if progress is not None:
        progress(total, total)


def _write(desk: Desk, chunk: list[ReadProduct], counts: Counter[str]) -> None:
    with desk.db.atomic("IMMEDIATE"):
        for found in chunk:
            product_id = products.keep(desk, found.product)
            if found.stock_milli is not None:
                products.enter_count(desk, product_id, found.stock_milli)
            counts["products"] += 1

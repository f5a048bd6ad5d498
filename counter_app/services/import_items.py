"""An item list that comes after its order list: it supplies the prices of orders known by their total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from counter_app.archive.imports import taobao
from counter_app.archive.imports.formats import OpenFile
from counter_app.archive.imports.orders import RowFault
from counter_app.archive.imports.taobao import Item
from counter_app.db import search
from counter_app.db.models import SaleIdentity, SaleLine
from counter_app.domain.errors import UserError
from counter_app.domain.money import allocate, format_yuan
from counter_app.domain.new_sale import FrozenLine, checked_line
from counter_app.domain.spoken import Reason
from counter_app.services import sale_split
from counter_app.services.desk import Desk

Tell = Callable[[str, RowFault], None]


def look(desk: Desk, files: Sequence[OpenFile], counts: Counter[str], tell: Tell) -> None:
    """Count what an import of item lists alone would do."""
    for _ in _wanted(desk, files, counts, tell):
        counts["completed"] += 1


def take_in(
    desk: Desk,
    files: Sequence[OpenFile],
    counts: Counter[str],
    tell: Tell,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Split every indivisible line whose items the lists have."""
    for done, (row, lines) in enumerate(_wanted(desk, files, counts, tell), 1):
        with desk.db.atomic("IMMEDIATE"):
            if sale_split.untouched(desk, row.id):
                sale_split.write_parts(desk, row, lines)
                search.index_sale(desk.db, row.sale_id)
                counts["completed"] += 1
        if progress is not None:
            progress(done, max(done, files[0].headed.table.row_count))


def _wanted(
    desk: Desk, files: Sequence[OpenFile], counts: Counter[str], tell: Tell
) -> Iterator[tuple[Any, list[FrozenLine]]]:
    for one in files:
        found, faults = taobao.read_items(one.headed)
        for fault in faults:
            tell(one.file.name, fault)
        faulty = {fault.order_no for fault in faults}
        for number, items in found.items():
            if number in faulty:
                continue
            row = _indivisible(number)
            if row is None or not sale_split.untouched(desk, row.id):
                counts["known" if row is not None else "unknown"] += 1
                continue
            try:
                yield row, _shared(row.paid_fen, items)
            except UserError as wrong:
                reason = Reason(wrong.code, dict(wrong.params))
                tell(one.file.name, RowFault(items[0].row, "价格", reason, number))


def _indivisible(number: str) -> Any:
    identity: Any = SaleIdentity.get_or_none(SaleIdentity.source == "taobao", SaleIdentity.order_no == number)
    if identity is None:
        return None
    return SaleLine.get_or_none(
        SaleLine.sale == identity.sale_id, SaleLine.indivisible == 1, SaleLine.split_of.is_null()
    )


def _shared(paid_fen: int, items: Sequence[Item]) -> list[FrozenLine]:
    """What was paid, shared over the items by their list price."""
    lines = [checked_line(item.line, number, len(items)) for number, item in enumerate(items, 1)]
    listed = [(line.unit_price_fen * line.quantity_milli + 500) // 1000 for line in lines]
    if sum(listed) < paid_fen:
        raise UserError("import.order.total", total=format_yuan(paid_fen), lines=format_yuan(sum(listed)))
    paid = allocate(paid_fen, listed)
    return [FrozenLine(line, amount, 0, 0, 0, amount) for line, amount in zip(lines, paid, strict=True)]

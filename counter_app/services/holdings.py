"""What lies where in the shop: every figure is a kept sum of the stock ledger, and opens the papers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import Holding, LedgerRow, PlaceSum
from counter_app.domain.roles import COSTS
from counter_app.domain.stock_room import PLACES, SHELVES
from counter_app.services import staff
from counter_app.services.desk import Desk

# On a shelf one piece is as good as another; elsewhere goods belong to the line of the case that brought them.
# "since" is the row of their first arrival: goods that came first stand first, and pages go on after it.
_COST = "coalesce(CASE h.case_line_id WHEN 0 THEN p.cost_fen ELSE s.cost_fen END, p.cost_fen)"
_PLACES = f"""
    SELECT place, count(*), sum(quantity_milli), count(cost), min(since),
           sum((cost * quantity_milli + 500 - (((cost * quantity_milli + 500) % 1000) + 1000) % 1000) / 1000)
    FROM (SELECT h.place, h.quantity_milli, h.since, {_COST} AS cost
          FROM stock_held h INDEXED BY stock_held_since
          LEFT JOIN product p ON p.id = h.product_id
          LEFT JOIN case_line c ON c.id = h.case_line_id
          LEFT JOIN sale_line s ON s.id = c.sale_line_id
          WHERE h.place = :place AND h.quantity_milli <> 0)
    GROUP BY place
"""
_HOLDINGS = f"""
    SELECT nullif(h.product_id, 0), nullif(h.case_line_id, 0), COALESCE(p.name, s.name, ''), COALESCE(p.sku, s.sku, ''),
           h.quantity_milli, {_COST},
           COALESCE(NULLIF(c.serial, ''), s.serial, ''), COALESCE(s.batch_no, ''), COALESCE(c.condition, ''),
           COALESCE(s.category, p.category, 'OTHER'), COALESCE(p.weighed, 0), c.case_id, COALESCE(f.number, ''),
           e.business_date, h.since, c.reason
    FROM stock_held h
    LEFT JOIN product p ON p.id = h.product_id
    LEFT JOIN case_line c ON c.id = h.case_line_id
    LEFT JOIN sale_line s ON s.id = c.sale_line_id
    LEFT JOIN case_file f ON f.id = c.case_id
    LEFT JOIN stock_entry e ON e.seq = h.since
    WHERE h.place = :place AND h.quantity_milli <> 0 AND {{where}}
    ORDER BY h.since LIMIT :most
"""
_LATEST_CONDITION = """
    SELECT m.condition FROM goods_move m JOIN stock_entry e ON e.seq = m.stock_id
    WHERE e.case_line_id = ? AND m.condition <> '' ORDER BY m.id DESC LIMIT 1
"""
_ROWS = """
    SELECT e.seq, e.business_date, e.kind, e.from_place, e.to_place, e.quantity_milli, COALESCE(d.number, ''),
           c.case_id, COALESCE(f.number, ''), COALESCE(m.reason, ''), COALESCE(b.name, a.name, '')
    FROM stock_entry e
    LEFT JOIN document d ON d.id = e.document_id
    LEFT JOIN case_line c ON c.id = e.case_line_id
    LEFT JOIN case_file f ON f.id = c.case_id
    LEFT JOIN goods_move m ON m.stock_id = e.seq
    LEFT JOIN staff b ON b.id = m.by_id
    LEFT JOIN staff a ON a.id = d.posted_by_id
    WHERE {where} AND e.seq < ? ORDER BY e.seq DESC LIMIT ?
"""
_NEVER = 1 << 62


def places(desk: Desk) -> tuple[PlaceSum, ...]:
    """Every place of the shop, those where nothing lies too."""
    costs = staff.may(desk, COSTS)
    return tuple(_sum(desk, place, costs) for place in PLACES)


def holdings(
    desk: Desk, place: str, *, words: str = "", after: int = 0, limit: int = 200
) -> tuple[Holding, ...]:
    """Goods at one place, what came first on top; `after` is the key of the last one seen.

    Raises UserError `goods.place`.
    """
    check_place(place)
    where = "h.since > :after"
    given: dict[str, Any] = {"after": after, "most": limit}
    for number, word in enumerate(words.split()[:6]):
        where += (
            f" AND (COALESCE(p.name, s.name) LIKE :w{number} OR COALESCE(p.sku, s.sku) LIKE :w{number}"
            f" OR p.barcode LIKE :w{number} OR f.number LIKE :w{number} OR s.serial LIKE :w{number}"
            f" OR c.serial LIKE :w{number} OR s.batch_no LIKE :w{number})"
        )
        given[f"w{number}"] = f"%{word}%"
    costs = staff.may(desk, COSTS)
    return tuple(_holding(place, row, costs) for row in _rows(desk, place, where, given))


def holding(desk: Desk, place: str, product_id: int | None, case_line_id: int | None) -> Holding:
    """What lies of these goods at a place, with its cost: for papers, which keep it. Raises UserError `goods.place`, `goods.not_there`."""
    check_place(place)
    line = None if place in SHELVES else case_line_id
    given: dict[str, Any] = {"product": product_id or 0, "line": line or 0}
    found = next(_rows(desk, place, "h.product_id = :product AND h.case_line_id = :line", given), None)
    if found is None or found[4] <= 0:
        raise UserError("goods.not_there")
    return _holding(place, found, costs=True)


def rows_behind(desk: Desk, one: Holding, *, before: int = _NEVER, limit: int = 100) -> tuple[LedgerRow, ...]:
    """The movements behind a holding, the latest first."""
    key: list[Any]
    if one.case_line_id is not None:
        where, key = "e.case_line_id = ?", [one.case_line_id]
    else:
        where, key = "e.product_id = ? AND ? IN (e.from_place, e.to_place)", [one.product_id, one.place]
    return tuple(
        LedgerRow(row[0], date.fromisoformat(row[1]), *row[2:])
        for row in desk.db.execute_sql(_ROWS.format(where=where), (*key, before, limit)).fetchall()
    )


def condition_of(desk: Desk, case_line_id: int, at_intake: str) -> str:
    """The latest finding on goods of a case line: a later look overrules the first."""
    found = desk.db.execute_sql(_LATEST_CONDITION, (case_line_id,)).fetchone()
    return str(found[0]) if found else at_intake


def check_place(place: str) -> None:
    """Raises UserError `goods.place` for what is no place of the shop."""
    if place not in PLACES:
        raise UserError("goods.place", place=place[:20])


def _rows(desk: Desk, place: str, where: str, given: dict[str, Any]) -> Iterator[Any]:
    yield from desk.db.execute_sql(
        _HOLDINGS.format(where=where), {"place": place, "most": -1, **given}
    ).fetchall()


def _holding(place: str, row: Any, costs: bool) -> Holding:
    value = None if row[5] is None or not costs else round_cost(row[5], row[4])
    return Holding(
        place=place,
        product_id=row[0],
        case_line_id=row[1],
        name=row[2],
        sku=row[3],
        quantity_milli=row[4],
        cost_fen=row[5] if costs else None,
        value_fen=value,
        serial=row[6],
        batch_no=row[7],
        condition=row[8],
        category=row[9],
        weighed=bool(row[10]),
        case_id=row[11],
        case_number=row[12],
        since=date.fromisoformat(row[13]),
        key=row[14],
    )


def round_cost(cost_fen: int, quantity_milli: int) -> int:
    """What a quantity had cost, 分, to the nearest."""
    return (cost_fen * quantity_milli + 500) // 1000


def _sum(desk: Desk, place: str, costs: bool) -> PlaceSum:
    told = desk.db.execute_sql(_PLACES, {"place": place}).fetchone() or (place, 0, 0, 0, None, 0)
    _, rows, quantity, known, since, value = told
    first = desk.db.execute_sql("SELECT business_date FROM stock_entry WHERE seq = ?", (since,)).fetchone()
    return PlaceSum(
        place=place,
        rows=rows,
        quantity_milli=quantity,
        value_fen=(value or 0) if costs else None,
        uncosted=rows - known,
        oldest=date.fromisoformat(first[0]) if first else None,
    )

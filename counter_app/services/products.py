"""What the shop sells, and how much of it lies where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from counter_app.db import ledger
from counter_app.db import search as search_index
from counter_app.db.models import Product, StockEntry
from counter_app.domain import text
from counter_app.domain.errors import UserError
from counter_app.domain.list_order import Order
from counter_app.domain.money import MOST_FEN
from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import CODE_LIMIT, NewLine, NewSale, line_text
from counter_app.domain.quantity import ONE_PIECE, checked_quantity
from counter_app.domain.roles import COSTS, IMPORT, STOCK
from counter_app.domain.sale_views import ProductView
from counter_app.services import staff
from counter_app.services.desk import Desk, Outcome
from counter_app.services.rules import current_rules
from counter_app.services.sorted_pages import page

CHANGED = frozenset({"sale", "stock"})
SELLABLE = "V1"
OUTSIDE = "OUT"
SKU, PRICE_FEN = "sku", "price_fen"
SORTED = {SKU: Product.sku, PRICE_FEN: Product.price_fen}
"""The columns articles can be sorted by, each with an index, also among those that are still sold. Names have none: a
Chinese reader expects them by pinyin, and the table does not hold it."""
_STOCK = """
    SELECT product_id, place, SUM(quantity_milli) FROM stock_held INDEXED BY stock_held_product
    WHERE product_id IN ({}) AND quantity_milli <> 0 GROUP BY product_id, place HAVING SUM(quantity_milli) <> 0
"""
LINES_KEPT = 20_000
"""A matcher remembers so many lines: readers hand the same line again for the same article at the same price."""


def save_product(desk: Desk, new: NewProduct) -> Outcome[ProductView]:
    """Add an article or change the one with this `sku`. Recorded sales keep what they were sold as.

    Raises UserError `product.…`, `text.…`.
    """
    staff.require(desk, IMPORT)
    with desk.db.atomic("IMMEDIATE"):
        row_id = keep(desk, new)
    return Outcome(product(desk, row_id), CHANGED)


def keep(desk: Desk, new: NewProduct) -> int:
    """Write one article inside the caller's transaction; an import of many calls it. Returns its id."""
    values = check(desk, new)
    row = Product.get_or_none(Product.sku == values["sku"])
    if row is None:
        row = Product.create(**values, updated_at=desk.instant())
    else:
        Product.update(**values, updated_at=desk.instant()).where(Product.id == row.id).execute()
    search_index.index_products(desk.db, [row.id])
    return int(row.id)


def product(desk: Desk, product_id: int) -> ProductView:
    """One article. Raises UserError `product.unknown`."""
    row = Product.get_or_none(Product.id == product_id)
    if row is None:
        raise UserError("product.unknown")
    return _views(desk, [row])[0]


def list_products(
    desk: Desk,
    words: str = "",
    *,
    active_only: bool = True,
    limit: int = 200,
    after: ProductView | None = None,
    order: Order | None = None,
) -> tuple[ProductView, ...]:
    """Articles by sku, or by another column of `SORTED`; with `words` those in whose sku, barcode, name (also its
    pinyin) or model every word occurs, the last added first. `after`, the last one of the page before, pages on."""
    if not line_text(words, 100, "search"):
        if order is not None:
            chosen = Product.select().where(Product.active == 1) if active_only else Product.select()
            held = None if after is None else (getattr(after, order.by), after.id)
            return tuple(_views(desk, page(chosen, SORTED[order.by], order.down, held, limit)))
        rows = Product.select().where(Product.sku > (after.sku if after else "")).order_by(Product.sku)
        if active_only:
            rows = rows.where(Product.active == 1)
        return tuple(_views(desk, list(rows.limit(limit))))
    # The plus keeps SQLite off the index by activity and price, which would sort every article at each key.
    within = ("SELECT id FROM product WHERE +active = 1", ()) if active_only else None
    found = search_index.search_products(desk.db, words, limit, after.id if after else None, within)
    known = {row.id: row for row in Product.select().where(Product.id << found)}
    return tuple(_views(desk, [known[one] for one in found]))


def stock_on_hand(desk: Desk, product_id: int, place: str = SELLABLE) -> int:
    """Thousandths of an article at one place, V1 being what can be sold. The sum of the ledger."""
    return _places(product_id).get(place, 0)


def count_stock(
    desk: Desk, product_id: int, counted_milli: int, place: str = SELLABLE
) -> Outcome[ProductView]:
    """State how much lies at a place; the difference to the ledger is entered as opening stock or as a count.

    Raises UserError `product.unknown`, `product.count.negative`, `quantity.…`.
    """
    staff.require(desk, STOCK)
    if counted_milli < 0:
        raise UserError("product.count.negative")
    with desk.db.atomic("IMMEDIATE"):
        view = product(desk, product_id)
        if counted_milli:
            checked_quantity(counted_milli, weighed=view.weighed)
        moved = enter_count(desk, product_id, counted_milli, place)
    return Outcome(product(desk, product_id), frozenset({"stock"}) if moved else frozenset())


def enter_count(desk: Desk, product_id: int, counted_milli: int, place: str = SELLABLE) -> bool:
    """Enter what lies at a place inside the caller's transaction; whether that moved anything.

    The first figure an article ever gets is its opening stock, any later one a count.
    """
    difference = counted_milli - _places(product_id).get(place, 0)
    if not difference:
        return False
    first = not StockEntry.select().where(StockEntry.product == product_id).exists()
    ledger.append_stock(
        desk.db,
        kind="opening" if first else "count",
        from_place=OUTSIDE if difference > 0 else place,
        to_place=place if difference > 0 else OUTSIDE,
        quantity_milli=abs(difference),
        at=desk.instant(),
        business_date=desk.today(),
        product_id=product_id,
    )
    return True


def linked(desk: Desk, new: NewSale, matcher: Matcher | None = None) -> NewSale:
    """The sale with every line tied to its article: by `product_id`, else by barcode or sku. An article gives
    a line what the line leaves open: category, cost, tax rate, whether it is weighed."""
    match = matcher or Matcher(desk, new.lines)
    lines = tuple(match.completed(line) for line in new.lines)
    return new if lines == new.lines else replace(new, lines=lines)


class Matcher:
    """Finds the article of a line. Made for the lines of one sale, or for all articles at once."""

    def __init__(self, desk: Desk, lines: Iterable[NewLine] | None = None) -> None:
        rows = Product.select()
        if lines is not None:
            known = list(lines)
            rows = rows.where(
                Product.id.in_([line.product_id for line in known if line.product_id is not None])
                | Product.sku.in_([line.sku for line in known if line.sku])
                | Product.barcode.in_([line.barcode for line in known if line.barcode])
            )
        found = list(rows)
        self._by_id: Mapping[int, Any] = {row.id: row for row in found}
        self._by_sku: Mapping[str, Any] = {row.sku: row for row in found}
        self._by_barcode: Mapping[str, Any] = {row.barcode: row for row in found if row.barcode}
        categories = current_rules(desk).categories
        self._kept: dict[int, tuple[NewLine, NewLine]] = {}
        self._weighed = {code for code, terms in categories.items() if terms.weighed}

    def completed(self, line: NewLine) -> NewLine:
        """The line with what its article knows. Raises UserError `product.unknown` for a wrong id."""
        kept = self._kept.get(id(line))
        if kept is not None and kept[0] is line:
            return kept[1]
        done = self._completed(line)
        if len(self._kept) >= LINES_KEPT:
            self._kept.clear()
        self._kept[id(line)] = line, done  # the line is kept too, or another could get its id
        return done

    def _completed(self, line: NewLine) -> NewLine:
        row = self._found(line)
        if row is None:
            in_parts = line.quantity_milli % ONE_PIECE and not line.weighed
            return replace(line, weighed=True) if in_parts and line.category in self._weighed else line
        category = row.category if line.category == "OTHER" else line.category
        return replace(
            line,
            product_id=row.id,
            sku=line.sku or row.sku,
            barcode=line.barcode or row.barcode,
            model=line.model or row.model,
            category=category,
            cost_fen=row.cost_fen if line.cost_fen is None else line.cost_fen,
            tax_rate_bp=row.tax_rate_bp if line.tax_rate_bp is None else line.tax_rate_bp,
            weighed=line.weighed or row.weighed or category in self._weighed,
        )

    def _found(self, line: NewLine) -> Any:
        if line.product_id is not None:
            if line.product_id not in self._by_id:
                raise UserError("product.unknown")
            return self._by_id[line.product_id]
        return self._by_barcode.get(line.barcode) or self._by_sku.get(line.sku)


def check(desk: Desk, new: NewProduct) -> dict[str, Any]:
    """An article's columns, cleaned. Raises UserError `product.…`, `text.…`."""
    values: dict[str, Any] = {
        "sku": line_text(new.sku, CODE_LIMIT, "sku"),
        "name": line_text(new.name, text.LINE_LIMIT, "name"),
        "barcode": line_text(new.barcode, CODE_LIMIT, "barcode"),
        "model": line_text(new.model, CODE_LIMIT, "model"),
        "note": text.clean_note(new.note, field="note"),
    }
    if not values["sku"] or not values["name"]:
        raise UserError("product.name.empty")
    for amount in (new.price_fen, new.cost_fen):
        if amount is not None and not 0 <= amount <= MOST_FEN:
            raise UserError("product.price", sku=values["sku"])
    if not 0 <= new.tax_rate_bp <= 10_000:
        raise UserError("product.tax_rate", sku=values["sku"])
    if new.category not in current_rules(desk).categories:
        raise UserError("product.category", sku=values["sku"], category=new.category[:20])
    values.update(
        category=new.category,
        price_fen=new.price_fen,
        cost_fen=new.cost_fen,
        tax_rate_bp=new.tax_rate_bp,
        weighed=new.weighed,
        repairable=new.repairable,
        active=new.active,
    )
    return values


def _places(product_id: int) -> dict[str, int]:
    return _places_of([product_id]).get(product_id, {})


def _places_of(product_ids: list[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    database: Any = Product._meta.database
    sql = _STOCK.format(", ".join("?" * len(product_ids)))
    rows = database.execute_sql(sql, product_ids).fetchall() if product_ids else ()
    for product_id, place, held in rows:
        found.setdefault(product_id, {})[place] = held
    return found


def _views(desk: Desk, rows: list[Any]) -> list[ProductView]:
    places = _places_of([row.id for row in rows])
    costs = staff.may(desk, COSTS)
    return [
        ProductView(
            id=row.id,
            sku=row.sku,
            barcode=row.barcode,
            name=row.name,
            model=row.model,
            category=row.category,
            price_fen=row.price_fen,
            cost_fen=row.cost_fen if costs else None,
            tax_rate_bp=row.tax_rate_bp,
            weighed=row.weighed,
            repairable=row.repairable,
            active=row.active,
            note=row.note,
            stock_milli=places.get(row.id, {}).get(SELLABLE, 0),
            places=places.get(row.id, {}),
        )
        for row in rows
    ]

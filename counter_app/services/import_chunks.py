"""A handful of imported orders at a time: what each of them is, and writing the new ones.

Decided and written under one lock, so that two imports of one file, or an import beside a busy till, never make
one purchase two sales (invariants 1 and 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from counter_app.archive.imports.orders import ReadOrder
from counter_app.db import search
from counter_app.db.models import ImportHold, Sale, SaleIdentity, SaleLine
from counter_app.domain import new_sale, sale_matching, text
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import FrozenSale, NewLine
from counter_app.domain.privacy import mask_name
from counter_app.domain.sale_matching import Goods, Traits
from counter_app.services import people, products, sale_rows, sale_split
from counter_app.services.desk import Desk
from counter_app.services.import_words import order_as_json
from counter_app.services.people import PersonMarks

FATES = ("new", "known", "changed", "matched", "held", "completed", "dated")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An order that is sound in itself."""

    order: ReadOrder
    frozen: FrozenSale
    marks: PersonMarks
    content: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an order: one of `FATES`, the sale it concerns, candidates when held, and for a
    changed one what was paid before (分)."""

    prepared: Prepared
    fate: str
    sale_id: int | None = None
    candidates: tuple[int, ...] = ()
    paid_before: int | None = None
    days: tuple[tuple[str, date], ...] = ()


class Importer:
    """Decides and writes the orders of one source. Made once per import."""

    def __init__(self, desk: Desk, source: str) -> None:
        self._desk, self._source = desk, source
        self._matcher = products.Matcher(desk)
        self._sound: new_sale.SoundLines = {}
        self._typed: dict[int, list[int]] = {}
        self._typed_seen = 0

    def prepare(self, order: ReadOrder) -> Prepared:
        """Check, complete and freeze one order. Raises UserError for what is wrong in it."""
        desk = self._desk
        told = _with_phone(order.sale)
        completed = products.linked(desk, told, self._matcher)
        frozen = new_sale.freeze(completed, desk.today(), self._sound)
        sale = frozen.sale
        marks = people.marks(desk, sale.customer_name, sale.phone)
        content = sale_rows.content_hash(frozen, marks.phone_hash, told.lines)
        return Prepared(order, frozen, marks, content)

    def decide(self, chunk: Sequence[Prepared]) -> list[Decision]:
        """What each order is, as the database stands now."""
        numbers = [one.order.order_no for one in chunk]
        known = self._known(numbers)
        held = self._held(numbers)
        self._look_for_typed()
        taken: set[int] = set()
        return [self._decision(one, known.get(one.order.order_no), held, taken) for one in chunk]

    def write(self, decisions: Sequence[Decision], batch_id: int | None) -> None:
        """Write what was decided inside the caller's transaction."""
        desk, source = self._desk, self._source
        fresh = [one for one in decisions if one.fate == "new"]
        persons = people.PeopleWriter(desk, {one.prepared.marks.phone_hash for one in fresh})
        writer = sale_rows.SaleWriter(desk)
        ids: list[int] = []
        texts: dict[int, tuple[Iterable[str], str]] = {}
        for one in fresh:
            ready, sale = one.prepared, one.prepared.frozen.sale
            marks, is_new = persons.add(ready.marks, sale.customer_name, sale.phone, sale.contact)
            number = ready.order.order_no
            origin = sale_rows.Origin(f"import:{source}:{number}", number, number, batch_id)
            sale_id = writer.add(ready.frozen, marks, origin, ready.content)
            if is_new:
                texts[sale_id] = sale_rows.searched(ready.frozen, number), sale.customer_name
            else:  # the customer may have been told more of before
                ids.append(sale_id)
        for one in decisions:
            if one.fate == "matched" and one.sale_id is not None:
                writer.add_identity(one.sale_id, source, one.prepared.order.order_no, batch_id)
                ids.append(one.sale_id)
        persons.flush()
        writer.flush()
        for one in decisions:
            if one.fate == "held":
                self._hold(one, batch_id)
            elif one.fate == "completed" and one.sale_id is not None:
                sale_split.split_into(desk, one.sale_id, one.prepared.frozen)
                ids.append(one.sale_id)
            if one.days and one.sale_id is not None:
                Sale.update(**dict(one.days)).where(Sale.id == one.sale_id).execute()
        search.add_sales(desk.db, texts)
        if ids:
            search.index_sales(desk.db, ids)

    def _decision(self, one: Prepared, known: Any, held: set[str], taken: set[int]) -> Decision:
        if known is not None:
            return self._against_known(one, known)
        if one.order.order_no in held:
            return Decision(one, "known")
        typed = self._candidates(one, taken)
        if not typed:
            return Decision(one, "new")
        fate, ids = sale_matching.decide(_traits(one), typed)
        if fate == "match":
            taken.add(ids[0])
            return Decision(one, "matched", ids[0], days=_new_days(one, _days_of(ids[0])))
        return Decision(one, "held" if fate == "hold" else "new", candidates=ids)

    def _against_known(self, one: Prepared, known: Any) -> Decision:
        sale_id, source, content, paid, day, *days = known
        if content == one.content or (
            source == "hand"
            and paid == one.frozen.paid_fen
            and abs((date.fromisoformat(day) - one.frozen.sale.purchased_on).days)
            <= sale_matching.MOST_DAYS_APART
        ):
            news = _new_days(one, tuple(days))
            return Decision(one, "dated" if news else "known", sale_id, days=news)
        if paid == one.frozen.paid_fen and sale_split.can_complete(sale_id, one.frozen):
            return Decision(one, "completed", sale_id)
        if sale_split.completed_alike(sale_id, one.frozen) or sale_split.sold_alike(sale_id, one.frozen):
            return Decision(one, "known", sale_id)
        return Decision(one, "changed", sale_id, paid_before=paid)

    def _known(self, numbers: Sequence[str]) -> dict[str, Any]:
        marks = ", ".join("?" * len(numbers))
        rows = self._desk.db.execute_sql(
            "SELECT i.order_no, s.id, s.source, s.content_hash, s.paid_fen, s.purchased_on, s.delivered_on, "
            "s.received_on FROM sale_identity i JOIN sale s ON s.id = i.sale_id "
            f"WHERE i.source = ? AND i.order_no IN ({marks})",
            (self._source, *numbers),
        )
        return {row[0]: row[1:] for row in rows.fetchall()}

    def _held(self, numbers: Sequence[str]) -> set[str]:
        rows = ImportHold.select(ImportHold.order_no).where(
            ImportHold.source == self._source, ImportHold.order_no.in_(list(numbers))
        )
        return {row.order_no for row in rows}

    def _look_for_typed(self) -> None:
        """Sales typed by hand since the last look, by what was paid."""
        db = self._desk.db
        last = db.execute_sql("SELECT COALESCE(MAX(id), 0) FROM sale").fetchone()[0]
        rows = db.execute_sql(
            "SELECT id, paid_fen FROM sale WHERE source = 'hand' AND id > ? AND id <= ? ORDER BY id",
            (self._typed_seen, last),
        )
        for sale_id, paid in rows.fetchall():
            self._typed.setdefault(paid, []).append(sale_id)
        self._typed_seen = last  # or every chunk would look through what the import itself has written

    def _candidates(self, one: Prepared, taken: set[int]) -> list[Traits]:
        ids = [sale_id for sale_id in self._typed.get(one.frozen.paid_fen, ()) if sale_id not in taken]
        if not ids:
            return []
        day = one.frozen.sale.purchased_on
        apart = timedelta(days=sale_matching.MOST_DAYS_APART)
        known_here = SaleIdentity.select(SaleIdentity.sale).where(SaleIdentity.source == self._source)
        rows: Any = Sale.select().where(
            Sale.id.in_(ids), Sale.purchased_on.between(day - apart, day + apart), Sale.id.not_in(known_here)
        )
        return [_typed_traits(row) for row in rows]

    def _hold(self, one: Decision, batch_id: int | None) -> None:
        ImportHold.create(
            batch=batch_id,
            source=self._source,
            order_no=one.prepared.order.order_no,
            content=order_as_json(one.prepared.order),
            candidates=list(one.candidates),
        )


def _with_phone(sale: new_sale.NewSale) -> new_sale.NewSale:
    """Platforms mask numbers or add extensions of their own; what is no phone is kept as a contact."""
    if not sale.phone or new_sale.MOBILE.fullmatch(sale.phone):
        return sale
    try:
        return replace(sale, phone=text.normalise_phone(sale.phone))
    except UserError:
        return replace(sale, phone="", contact=sale.contact or sale.phone)


def _goods(lines: Sequence[NewLine]) -> tuple[Goods, ...]:
    return tuple(
        Goods(
            frozenset() if line.indivisible else sale_matching.keys(line.barcode, line.sku, line.name),
            line.quantity_milli,
        )
        for line in lines
    )


def _traits(one: Prepared) -> Traits:
    numbers = frozenset(number for number in (one.order.order_no, one.order.receipt_no) if number)
    sale = one.frozen.sale
    goods = _goods([line.line for line in one.frozen.lines])
    return Traits(sale.purchased_on, one.frozen.paid_fen, one.marks.phone_hash, numbers, goods)


def _typed_traits(row: Any) -> Traits:
    lines = SaleLine.select().where(SaleLine.sale == row.id, SaleLine.split_of.is_null())
    goods = tuple(
        Goods(
            frozenset() if line.indivisible else sale_matching.keys(line.barcode, line.sku, line.name),
            line.quantity_milli,
        )
        for line in lines
    )
    numbers = frozenset(number for number in (row.order_no, row.proof_ref) if number)
    return Traits(row.purchased_on, row.paid_fen, row.phone_hash, numbers, goods, row.id)


def _days_of(sale_id: int) -> tuple[str | None, str | None]:
    row: Any = Sale.get(Sale.id == sale_id)
    return _iso(row.delivered_on), _iso(row.received_on)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _new_days(one: Prepared, known: tuple[Any, ...]) -> tuple[tuple[str, date], ...]:
    """Days of delivery and receipt that the file knows and the sale does not."""
    sale = one.frozen.sale
    told = (("delivered_on", sale.delivered_on), ("received_on", sale.received_on))
    return tuple(
        (name, day) for (name, day), before in zip(told, known, strict=True) if day is not None and not before
    )


def shown_customer(prepared: Prepared) -> str:
    """The customer as a preview may show them."""
    return mask_name(prepared.frozen.sale.customer_name)

"""Recalls by batch or serial number (S3-44): the notice, the warning at the counter, the customers to call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.db.models import Product, Recall, RecallCall, SaleLine, Staff, Task
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import Holding, RecalledSale, RecallView, RecallWarning
from counter_app.domain.spoken import Words
from counter_app.domain.stock_room import PLACES, RECALLED, SHELVES, meant
from counter_app.services import goods_papers, holdings, recall_warnings, staff, stock_moves, tasks
from counter_app.services.case_rows import acting
from counter_app.services.desk import Desk, Outcome

CHANGED = frozenset({"stock", "task", "sale"})
REACHED = ("reached", "not_reached", "no_contact")
TASK = "recall"
CALL_DAYS = 1

_SOLD = """
    SELECT l.id, s.id, s.order_no, s.purchased_on, l.name, l.batch_no, l.serial, l.quantity_milli,
           s.customer_masked, s.phone_masked, l.product_id,
           COALESCE((SELECT SUM(c.quantity_milli) FROM case_line c WHERE c.sale_line_id = l.id
                     AND c.state = 'returned'), 0),
           (SELECT MAX(k.id) FROM recall_call k WHERE k.sale_line_id = l.id AND k.recall_id = :recall)
    FROM sale_line l JOIN sale s ON s.id = l.sale_id
    WHERE l.id > :after AND {which}
      AND NOT EXISTS (SELECT 1 FROM sale_line p WHERE p.split_of_id = l.id)
    ORDER BY l.id
"""


@dataclass(frozen=True, slots=True)
class NewRecall:
    """A notice to be opened. Ranges are whole: an empty end means the one mark; no mark means all of the article."""

    reason: str
    what_to_do: str
    product_id: int | None = None
    batch_from: str = ""
    batch_to: str = ""
    serial_from: str = ""
    serial_to: str = ""
    sold_from: date | None = None
    sold_to: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def open_recall(desk: Desk, new: NewRecall) -> Outcome[RecallView]:
    """Open a recall: from now on the counter warns, and customers are to be called.

    Raises UserError `recall.…`, `product.unknown`, `text.…`.
    """
    staff.require(desk, roles.DECIDE)
    told = _checked(desk, new)
    with desk.db.atomic("IMMEDIATE"):
        number = goods_papers.new_number(desk, "ZH")
        recall_id = insert_row(
            desk.db,
            Recall,
            number=number,
            by_id=acting(desk),
            at=desk.instant(),
            business_date=desk.today(),
            **told,
        )
        what = f"{number} {told['reason']}"
        tasks.add_task(
            desk,
            case_id=None,
            walk_id=None,
            kind=TASK,
            what=Words(what, what),
            role="clerk",
            due_on=date.fromordinal(desk.today().toordinal() + CALL_DAYS),
            node=number,
        )
    return Outcome(recall(desk, recall_id), CHANGED)


def close_recall(desk: Desk, recall_id: int, why: str) -> Outcome[RecallView]:
    """The recall is over: no more warnings. Raises UserError `recall.unknown`, `goods.reason`, `guard.recall_closed`."""
    staff.require(desk, roles.DECIDE)
    said = text.clean_line(why, field="reason")
    if not said:
        raise UserError("goods.reason")
    with desk.db.atomic("IMMEDIATE"):
        row = _row(recall_id)
        Recall.update(closed_at=desk.instant(), closed_by=acting(desk), closed_why=said).where(
            Recall.id == recall_id
        ).execute()
        Task.update(done_at=desk.instant(), done_by=acting(desk), result=said).where(
            Task.kind == TASK, Task.node == row.number, Task.done_at.is_null()
        ).execute()
    return Outcome(recall(desk, recall_id), CHANGED)


def called(
    desk: Desk, recall_id: int, sale_line_id: int, reached: str, said: str = ""
) -> Outcome[RecallView]:
    """The customer of a recalled piece was called. Raises UserError `recall.unknown`, `recall.reached`, `recall.line`."""
    staff.require(desk, roles.REGISTER)
    if reached not in REACHED:
        raise UserError("recall.reached")
    told = text.clean_note(said, field="said")
    with desk.db.atomic("IMMEDIATE"):
        row = _row(recall_id)
        if row.closed_at is not None:
            raise UserError("guard.recall_closed")
        if SaleLine.get_or_none(SaleLine.id == sale_line_id) is None:
            raise UserError("recall.line")
        insert_row(
            desk.db,
            RecallCall,
            recall_id=recall_id,
            sale_line_id=sale_line_id,
            reached=reached,
            said=told,
            by_id=acting(desk),
            at=desk.instant(),
            business_date=desk.today(),
        )
    return Outcome(recall(desk, recall_id), CHANGED)


def isolate(desk: Desk, recall_id: int) -> Outcome[int]:
    """Everything of a recall that surely is meant and lies in the shop goes to the recall's isolation (V9).

    Goods to be destroyed or sealed stay, and those of a visit that is not carried out yet. Returns how many holdings moved.
    """
    staff.require(desk, roles.STOCK)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(recall_id)
        moved = 0
        for one in stock_of(desk, recall_id):
            if _verdict(row, one) == "yes" and not stock_moves.undecided(one):
                stock_moves.shift_goods(desk, one, one.quantity_milli, RECALLED, row.number)
                moved += 1
    return Outcome(moved, CHANGED | {"case"} if moved else frozenset())


def warnings(desk: Desk, product_id: int | None, batch: str, serial: str) -> tuple[RecallWarning, ...]:
    """What a clerk must know about a piece that was scanned or typed, surest first. Nothing for most goods."""
    return recall_warnings.warnings(desk, product_id, batch, serial)


def recall(desk: Desk, key: int | str) -> RecallView:
    """One recall by id or number. Raises UserError `recall.unknown`."""
    return _views([_row(key)])[0]


def recalls(
    desk: Desk, *, open_only: bool = False, after: int | None = None, limit: int = 200
) -> tuple[RecallView, ...]:
    """Recalls, the newest first; `after` is the id of the last one seen."""
    rows = Recall.select().order_by(Recall.id.desc()).limit(limit)
    if open_only:
        rows = rows.where(Recall.closed_at.is_null())
    if after is not None:
        rows = rows.where(Recall.id < after)
    return _views(list(rows))


def sales_of(desk: Desk, recall_id: int, *, after: int = 0, limit: int = 200) -> tuple[RecalledSale, ...]:
    """Sales that a recall concerns, with whether their customers were called; `after` is the last sale line's id."""
    row = _row(recall_id)
    calls = {one.id: one for one in RecallCall.select().where(RecallCall.recall == recall_id)}
    found = []
    for line, verdict in _sold(row, after):
        call = calls.get(line[12])
        found.append(
            RecalledSale(
                sale_line_id=line[0],
                sale_id=line[1],
                order_no=line[2],
                sold_on=date.fromisoformat(line[3]),
                name=line[4],
                batch_no=line[5],
                serial=line[6],
                quantity_milli=line[7],
                customer_masked=line[8],
                phone_masked=line[9],
                sure=verdict == "yes",
                returned_milli=line[11],
                reached=call.reached if call else "",
                said=call.said if call else "",
                called_on=call.business_date if call else None,
            )
        )
        if len(found) == limit:
            break
    return tuple(found)


def stock_of(desk: Desk, recall_id: int) -> tuple[Holding, ...]:
    """Goods of a recall that lie in the shop outside its isolation, sealed or to be destroyed apart.

    On a shelf no piece has its own number: there a whole article is meant, or looked through by hand.
    """
    row = _row(recall_id)
    places = [place for place in PLACES if place not in (RECALLED, "V6", "V10")]
    return tuple(
        one
        for place in places
        for one in holdings.holdings(desk, place, limit=-1)
        if _verdict(row, one) != "no"
    )


def _verdict(row: Any, one: Holding) -> str:
    if one.place in SHELVES:
        return meant(recall_warnings.terms_of(row), one.product_id, "", "")
    return meant(recall_warnings.terms_of(row), one.product_id, one.batch_no, one.serial)


def _sold(row: Any, after: int = 0) -> Iterator[tuple[Any, str]]:
    """Sale lines that a recall means, found by article or by the mark it names."""
    which = (
        "l.product_id = :product"
        if row.product_id is not None
        else ("l.batch_no <> ''" if row.batch_from else "l.serial <> ''")
    )
    terms = recall_warnings.terms_of(row)
    given = {"recall": row.id, "after": after, "product": row.product_id}
    if row.product_id is None:
        del given["product"]
    database = Recall._meta.database
    # Row by row: a page of them needs no more, however often the article was sold.
    for line in database.execute_sql(_SOLD.format(which=which), given):
        verdict = meant(terms, line[10], line[5], line[6], date.fromisoformat(line[3]))
        if verdict != "no":
            yield line, verdict


def _row(key: int | str) -> Any:
    found = Recall.get_or_none(Recall.number == key if isinstance(key, str) else Recall.id == key)
    if found is None:
        raise UserError("recall.unknown")
    return found


def _checked(desk: Desk, new: NewRecall) -> dict[str, Any]:
    told: dict[str, Any] = {
        "reason": text.clean_line(new.reason, field="reason"),
        "what_to_do": text.clean_line(new.what_to_do, field="what_to_do"),
    }
    for name in ("batch_from", "batch_to", "serial_from", "serial_to"):
        told[name] = text.clean_line(getattr(new, name), 64, name)
    for name in ("batch", "serial"):
        if told[f"{name}_to"] and not told[f"{name}_from"]:
            raise UserError("recall.range")
        told[f"{name}_to"] = told[f"{name}_to"] or told[f"{name}_from"]
    if not told["reason"] or not told["what_to_do"]:
        raise UserError("recall.words")
    if new.product_id is None and not told["batch_from"] and not told["serial_from"]:
        raise UserError("recall.goods")
    if new.product_id is not None and Product.get_or_none(Product.id == new.product_id) is None:
        raise UserError("product.unknown")
    start = new.valid_from or desk.today()
    for low, high in ((new.sold_from, new.sold_to), (start, new.valid_to)):
        if low is not None and high is not None and high < low:
            raise UserError("recall.days")
    told.update(
        product_id=new.product_id,
        sold_from=new.sold_from,
        sold_to=new.sold_to,
        valid_from=start,
        valid_to=new.valid_to,
    )
    return told


def _views(rows: Sequence[Any]) -> tuple[RecallView, ...]:
    names = {row[0]: row[1] for row in Staff.select(Staff.id, Staff.name).tuples()}
    ids = [row.product_id for row in rows if row.product_id is not None]
    products = dict(Product.select(Product.id, Product.name).where(Product.id << ids).tuples()) if ids else {}
    found = []
    for row in rows:
        sold = [line for line, _ in _sold(row)]
        found.append(
            RecallView(
                id=row.id,
                number=row.number,
                product_id=row.product_id,
                product=products.get(row.product_id, ""),
                batches=_range(row.batch_from, row.batch_to),
                serials=_range(row.serial_from, row.serial_to),
                sold_from=row.sold_from,
                sold_to=row.sold_to,
                reason=row.reason,
                what_to_do=row.what_to_do,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                open=row.closed_at is None,
                by=names.get(row.by_id, ""),
                sold=len(sold),
                called=sum(1 for line in sold if line[12] is not None),
            )
        )
    return tuple(found)


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} – {high}"

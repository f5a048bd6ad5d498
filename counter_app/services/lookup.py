"""One field for everything a clerk scans or types: numbers, barcodes, serials, phones, names.

Exact matches come first and say what matched; what is not found exactly is searched for as words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from counter_app.db import search as index
from counter_app.db.models import Case, Document, Product, Recall, Sale, SaleIdentity, SaleLine
from counter_app.db.models.documents import GOODS_PREFIXES
from counter_app.domain import text as texts
from counter_app.domain.check_code import as_typed
from counter_app.domain.errors import UserError
from counter_app.domain.sale_views import CaseHit, HistoryHit, Hit, ProductHit, SaleHit
from counter_app.services import archive_refunds, day_sheets, people, products
from counter_app.services.desk import Desk

QR_PREFIX = "counter:case/"
"""What the code on every slip says before the case number."""
MOST_HITS = 20
_GOODS_SHOWN = 3


def lookup(desk: Desk, typed: str, limit: int = MOST_HITS) -> tuple[Hit, ...]:
    """What the text may mean: cases, then sales, then articles, newest first, each at most once; where the shop has
    nothing, what archives of lost times tell.

    Raises UserError `text.…` for what nobody types (control characters, 100 kB).
    """
    words = texts.clean_line(typed, texts.LINE_LIMIT, "lookup")
    if not words:
        return ()
    scanned = as_typed(words)
    if scanned.lower().startswith(QR_PREFIX):
        number = scanned[len(QR_PREFIX) :].partition("#")[0].strip()
        return tuple(_cases_by_number(number)) or _history(desk, number)
    hits: dict[tuple[str, int], Hit] = {}
    for hit in _exact(desk, words, limit):
        hits.setdefault(_key(hit), hit)
    if not hits:
        for hit in _searched(desk, words, limit):
            hits.setdefault(_key(hit), hit)
    order = {CaseHit: 0, SaleHit: 1, ProductHit: 2}
    found = sorted(hits.values(), key=lambda hit: order[type(hit)])
    return tuple(found) or _history(desk, words)


def house_paper(code: str) -> tuple[str, str] | None:
    """The number of a paper of the house, and whose business it is: ("shift", "JB…") for the sheet of a shift and
    ("shift", "DJ…") for one of a day, ("goods", "TC…") for papers of the stock room and recall notices.

    None for anything else, and for a number that was never given.
    """
    number = as_typed(code)
    if number.lower().startswith(QR_PREFIX):
        number = number[len(QR_PREFIX) :].partition("#")[0].strip()
    number = number.upper()
    if day_sheets.named(number) is not None:
        return "shift", number
    room = "shift" if number.startswith("JB") else "goods" if number.startswith(GOODS_PREFIXES) else ""
    if not room:
        return None
    known = Document.select().where(Document.number == number).exists()
    return (room, number) if known or Recall.select().where(Recall.number == number).exists() else None


def _history(desk: Desk, words: str) -> tuple[HistoryHit, ...]:
    """What archives tell under this number, else by words."""
    if not archive_refunds.exists(desk):
        return ()
    # The words of archives are only needed where there are any.
    from counter_app.services import archive_history

    exact = archive_history.find_number(desk, words)
    return tuple(
        HistoryHit(
            number=row.number,
            order_no=row.order_no,
            customer_masked=row.customer_masked,
            phone_masked=row.phone_masked,
            business_date=row.business_date,
            goods=row.goods,
            refund_fen=row.refund_fen,
            period=row.period,
            why="number" if exact else "words",
        )
        for row in exact or archive_history.find(desk, words, MOST_HITS)
    )


def _key(hit: Hit) -> tuple[str, int]:
    if isinstance(hit, CaseHit):
        return "case", hit.case_id
    if isinstance(hit, SaleHit):
        return "sale", hit.sale_id
    if isinstance(hit, HistoryHit):
        return "history", 0
    return "product", hit.product_id


def _exact(desk: Desk, words: str, limit: int) -> Iterable[Hit]:
    yield from _cases_by_number(words)
    yield from _sales_by_number(words, limit)
    yield from _by_code(desk, words, limit)
    yield from _by_phone(desk, words, limit)


def _cases_by_number(number: str) -> list[CaseHit]:
    number = number.upper()
    row = Case.get_or_none(Case.number == number)
    if row is not None:
        return [_case_hit(row, "case")]
    document: Any = Document.get_or_none(Document.number == number)
    return [] if document is None or document.case_id is None else [_case_hit(document.case, "document")]


def _sales_by_number(number: str, limit: int) -> list[SaleHit]:
    ids = [row.sale_id for row in SaleIdentity.select().where(SaleIdentity.order_no == number).limit(limit)]
    ids += [row.id for row in Sale.select(Sale.id).where(Sale.order_no == number).limit(limit)]
    return sale_hits(dict.fromkeys(ids), "order")


def _by_code(desk: Desk, code: str, limit: int) -> Iterable[Hit]:
    for column, why in (
        (SaleLine.serial, "serial"),
        (SaleLine.barcode, "barcode"),
        (SaleLine.batch_no, "batch"),
    ):
        yield from _line_hits(column == code, why, limit)
    for why, column in (("barcode", Product.barcode), ("sku", Product.sku)):
        for article in Product.select().where(column == code).limit(limit):
            yield _product_hit(desk, article, why)
            yield from _line_hits(SaleLine.product == article.id, why, limit)


def _line_hits(condition: Any, why: str, limit: int) -> list[SaleHit]:
    found: dict[int, int | None] = {}
    rows = SaleLine.select(SaleLine.id, SaleLine.sale).where(condition)
    for row in rows.order_by(SaleLine.id.desc()).limit(limit):
        found.setdefault(row.sale_id, row.id)
    return sale_hits(found, why)


def _by_phone(desk: Desk, typed: str, limit: int) -> Iterable[Hit]:
    try:
        hashed = people.phone_hash(desk, typed)
    except UserError:
        return
    for row in Case.select().where(Case.phone_hash == hashed).order_by(Case.id.desc()).limit(limit):
        yield _case_hit(row, "phone")
    rows = Sale.select(Sale.id).where(Sale.phone_hash == hashed).order_by(Sale.id.desc()).limit(limit)
    yield from sale_hits({row.id: None for row in rows}, "phone")


def _searched(desk: Desk, words: str, limit: int) -> Iterable[Hit]:
    ids = index.search(desk.db, words, limit)
    rows = {row.id: row for row in Case.select().where(Case.id.in_(ids))}
    yield from (_case_hit(rows[case_id], "words") for case_id in ids if case_id in rows)
    yield from sale_hits(dict.fromkeys(index.search_sales(desk.db, words, limit)), "words")
    for view in products.list_products(desk, words, limit=limit):
        yield ProductHit(
            view.id,
            view.sku,
            view.barcode,
            view.name,
            view.model,
            view.price_fen,
            view.stock_milli,
            "words",
        )


def sale_hits(found: dict[int, int | None], why: str) -> list[SaleHit]:
    """Sales by id (→ the line that matched), in the order given."""
    rows: dict[int, Any] = {row.id: row for row in Sale.select().where(Sale.id.in_(list(found)))}
    names: dict[int, list[str]] = {}
    lines = SaleLine.select(SaleLine.sale, SaleLine.name).where(
        SaleLine.sale.in_(list(rows)), SaleLine.split_of.is_null()
    )
    for line in lines.order_by(SaleLine.id):
        names.setdefault(line.sale_id, []).append(line.name)
    return [
        SaleHit(
            sale_id=sale_id,
            order_no=row.order_no,
            source=row.source,
            purchased_on=row.purchased_on,
            customer_masked=row.customer_masked,
            phone_masked=row.phone_masked,
            paid_fen=row.paid_fen,
            goods=_goods(names.get(sale_id, [])),
            why=why,
            line_id=line_id,
        )
        for sale_id, line_id in found.items()
        if (row := rows.get(sale_id)) is not None
    ]


def _goods(names: Sequence[str]) -> str:
    shown = " · ".join(names[:_GOODS_SHOWN])
    return f"{shown} +{len(names) - _GOODS_SHOWN}" if len(names) > _GOODS_SHOWN else shown


def _case_hit(row: Any, why: str) -> CaseHit:
    return CaseHit(
        row.id, row.number, row.state, row.customer_masked, row.phone_masked, row.business_date, why
    )


def _product_hit(desk: Desk, row: Any, why: str) -> ProductHit:
    stock = products.stock_on_hand(desk, row.id)
    return ProductHit(row.id, row.sku, row.barcode, row.name, row.model, row.price_fen, stock, why)

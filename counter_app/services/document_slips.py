"""Slips of documents whose content was frozen without one: count, loan, service order, gifts, agreement, recall.

They are composed of the document's frozen content and of rows that never change, so they say the same for ever;
shop and language are today's.
"""

from __future__ import annotations

from typing import Any

from counter_app.db.models import Compensation, CountLine, CountSession, Document, Product, Recall, Settlement
from counter_app.domain import slips
from counter_app.domain.list_slips import CountedLine, StockCount
from counter_app.domain.service_slips import (
    GiftIssue,
    GivenItem,
    LoanSlip,
    RecallNotice,
    ServiceOrder,
    SettlementForm,
)
from counter_app.services import goods_papers, paper_views, shop_words
from counter_app.services.case_words import code_words, plain, words_or
from counter_app.services.desk import Desk
from counter_app.services.slip_parts import Pen, pen_for

_GIFTS = ("coupon", "gift")


def of_document(desk: Desk, row: Any, content: dict[str, Any]) -> tuple[slips.Slip, ...]:
    """The slips a document has beside those frozen in it. A reversal has none: it says what it undoes."""
    if row.reverses_id is not None:
        return ()
    if row.prefix == "PD":
        return () if content.get("slips") else (stock_count(desk, _session(row), row.number),)
    if row.prefix == "BC":
        return _given(desk, row, content)
    beside = content.get("beside", {})
    if row.prefix == "BY" and beside.get("loan"):
        return (_loan(desk, row, content, beside["loan"]),)
    if row.prefix == "WX" and beside.get("service"):
        return (_order(desk, row, content, beside["service"]),)
    return ()


def stock_count(desk: Desk, session: Any, number: str) -> StockCount:
    """盘点单 of a count that has its number: the place, every line, the reason, both names."""
    rows = CountLine.select().where(CountLine.session == session.id).order_by(CountLine.line_no)
    ids = [row.product_id for row in rows if row.product_id is not None]
    skus = dict(Product.select(Product.id, Product.sku).where(Product.id << ids).tuples()) if ids else {}
    told = goods_papers.language(desk)
    document = Document.get_or_none(Document.number == number)
    place = code_words("dispositions", session.place).of(told)
    return StockCount(
        number=number,
        case_number=number,
        on=document.business_date.isoformat() if document is not None else desk.today().isoformat(),
        shop=shop_words.head(desk),
        hands=slips.Hands(
            clerk=shop_words.name_of(session.opened_by_id),
            reviewer=shop_words.name_of(session.approved_by_id),
        ),
        place=place if place.startswith(session.place) else f"{session.place} {place}",
        begun=session.business_date.isoformat(),
        lines=tuple(
            CountedLine(
                name=row.name,
                model=skus.get(row.product_id, ""),
                serial=row.serial,
                batch=row.batch_no,
                case_number=row.case_line.case.number if row.case_line_id is not None else "",
                expected_milli=row.expected_milli,
                counted_milli=row.counted_milli if row.counted_milli is not None else row.expected_milli,
            )
            for row in rows
        ),
        reason=session.reason,
    )


def recall_notice(desk: Desk, number: str) -> RecallNotice | None:
    """召回通知 with that number, None when no recall has it (S3-44)."""
    row = Recall.get_or_none(Recall.number == number)
    if row is None:
        return None
    product = Product.get_or_none(Product.id == row.product_id) if row.product_id is not None else None
    return RecallNotice(
        number=row.number,
        case_number=row.number,
        on=row.business_date.isoformat(),
        shop=shop_words.head(desk),
        goods=product.name if product is not None else "",
        batches=_span(row.batch_from, row.batch_to),
        serials=_span(row.serial_from, row.serial_to),
        sold=_span(*(day.isoformat() if day else "" for day in (row.sold_from, row.sold_to))),
        valid=_span(row.valid_from.isoformat(), row.valid_to.isoformat() if row.valid_to else ""),
        reason=row.reason,
        what_to_do=row.what_to_do,
        ask=desk.shop.phone,
    )


def _session(row: Any) -> Any:
    return CountSession.get(CountSession.document == row.id)


def _head(desk: Desk, row: Any, content: dict[str, Any]) -> dict[str, Any]:
    name, phone = (*content.get("customer", ()), "", "")[:2]
    return {
        "number": row.number,
        "case_number": row.case.number if row.case_id is not None else row.number,
        "on": row.business_date.isoformat(),
        "shop": shop_words.head(desk),
        "customer": slips.Party(name=name, phone=phone) if name or phone else None,
        "hands": slips.Hands(clerk=content.get("staff", "")),
    }


def _given(desk: Desk, row: Any, content: dict[str, Any]) -> tuple[slips.Slip, ...]:
    """A coupon or gift has its own paper, money given on top another."""
    told = goods_papers.language(desk)
    given = [tuple(map(str, (one[0], one[1], one[3]))) for one in content.get("beside", {}).get("given", ())]
    split = {(kind, " ".join(filter(None, (what, number)))): (what, number) for kind, what, number in given}
    items: dict[bool, list[GivenItem]] = {True: [], False: []}
    basis: dict[bool, list[str]] = {True: [], False: []}
    for one in Compensation.select().where(Compensation.document == row.id).order_by(Compensation.id):
        gift = one.kind in _GIFTS
        kind = words_or(f"given.{one.kind}", one.kind).of(told)
        what, number = split.get((one.kind, one.what), (one.what, ""))
        day = one.expires_on.isoformat() if one.expires_on else ""
        items[gift].append(
            GivenItem(kind=kind, what=what, amount_fen=one.amount_fen, number=number, expires=day)
        )
        basis[gift].append(one.basis)
    pen = pen_for(desk, row.case)
    found: list[slips.Slip] = []
    if items[True]:
        why = pen.listed(dict.fromkeys(filter(None, basis[True])))
        found.append(GiftIssue(**_head(desk, row, content), items=tuple(items[True]), basis=why))
    if items[False]:
        amount = sum(one.amount_fen for one in items[False])
        found.append(
            SettlementForm(
                **_head(desk, row, content),
                sale=pen.sale(),
                lines=tuple(pen.goods(line, line.quantity_milli, None, "") for line in row.case.lines),
                problem=row.case.summary,
                basis=pen.listed(dict.fromkeys(filter(None, basis[False]))),
                items=tuple(items[False]),
                money=_ways(pen, row),
                amount_fen=amount,
            )
        )
    return tuple(found)


def _ways(pen: Pen, row: Any) -> tuple[slips.MoneyLine, ...]:
    return tuple(
        slips.MoneyLine(
            way=pen.tender(one.tender),
            amount_fen=one.amount_fen,
            state=slips.MoneyState.OWED if one.open_fen else slips.MoneyState.PAID,
            proof=" ".join(one.references),
        )
        for one in paper_views.settlements(Settlement.document == row.id)
    )


def _loan(desk: Desk, row: Any, content: dict[str, Any], loan: dict[str, Any]) -> LoanSlip:
    pen = pen_for(desk, row.case)
    return LoanSlip(
        **_head(desk, row, content),
        what=str(loan.get("what", "")),
        serial=str(loan.get("serial", "")),
        due=str(loan.get("due_on", "")),
        agreed_fen=int(loan.get("amount_fen", 0)),
        lines=tuple(pen.goods(line, line.quantity_milli, None, "") for line in row.walk.lines),
    )


def _order(desk: Desk, row: Any, content: dict[str, Any], service: dict[str, Any]) -> ServiceOrder:
    pen = pen_for(desk, row.case)
    promised = str(service.get("promised_on", ""))
    remedy = str(service.get("remedy", ""))
    return ServiceOrder(
        **_head(desk, row, content),
        sale=pen.sale(),
        lines=tuple(pen.goods(line, line.quantity_milli, None, "") for line in row.walk.lines),
        problem=str(service.get("fault", "")),
        inspection=str(service.get("cause", "")),
        remedy=pen.say(code_words("remedies", remedy)) if remedy else "",
        promises=(slips.Promise(what=pen.word("slip.promise_done"), due=promised),) if promised else (),
        owner=pen.say(plain(str(service.get("place", "")))),
        goods_held=True,
    )


def _span(low: str, high: str) -> str:
    return low if low == high or not high else f"{low} – {high}"

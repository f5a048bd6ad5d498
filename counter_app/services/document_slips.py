"""Slips of documents whose content was frozen without one: count, loan, service order, gifts, agreement, complaint, recall.

They are composed of the document's frozen content and of rows that never change, so they say the same for ever;
shop and language are today's.
"""

from __future__ import annotations

from typing import Any

from counter_app.db.models import (
    CaseWords,
    Compensation,
    CountLine,
    CountSession,
    Document,
    Product,
    Recall,
    Settlement,
    Task,
)
from counter_app.domain import slips
from counter_app.domain.list_slips import CountedLine, StockCount
from counter_app.domain.service_slips import (
    ComplaintRecord,
    GiftIssue,
    GivenItem,
    LoanSlip,
    RecallNotice,
    ServiceOrder,
    SettlementForm,
)
from counter_app.services import goods_papers, paper_views, shop_words
from counter_app.services.case_words import code_words, plain, wish_words, words_or
from counter_app.services.desk import Desk
from counter_app.services.slip_parts import Pen, pen_for
from counter_app.services.standing import Standing, stand

_GIFTS = ("coupon", "gift")
_COMPLAINT_KINDS = {"quality": ("Q",), "attitude": ("A01",), "slow": ("A02",), "other": ()}
"""Kinds of complaint (S3-22) and how the codes of their causes begin; every other cause is of the last kind."""


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
    if row.prefix == "TS" and beside.get("complaint"):
        return (_complaint(desk, row, content, str(beside["complaint"])),)
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
        # Papers of before did not say where the goods were.
        goods_held=bool(service.get("held", True)),
    )


def _complaint(desk: Desk, row: Any, content: dict[str, Any], grade: str) -> ComplaintRecord:
    """投诉登记表. The customer's own words are read from where they can be erased, so that they are on no later print."""
    case, pen = row.case, pen_for(desk, row.case)
    told = CaseWords.get_or_none(CaseWords.case == case.id)
    standing = stand(desk, case, row.walk)
    causes = list(dict.fromkeys(line.reason for line in row.walk.lines if line.reason))
    due = Task.get_or_none((Task.walk == row.walk_id) & (Task.kind == "complaint") & (Task.node == grade))
    promised = (
        Task.select()
        .where(Task.walk == row.walk_id, Task.kind == "deadline", Task.due_on.is_null(False))
        .order_by(Task.id)
    )
    return ComplaintRecord(
        **_head(desk, row, content),
        at=pen.clock(row.posted_at),
        sale=pen.sale(),
        lines=tuple(pen.goods(line, line.quantity_milli, None, "") for line in row.walk.lines),
        grade=pen.say(code_words("tasks", grade)),
        channel=pen.word(f"contact.{case.contact_channel}"),
        happened_on=case.happened_on.isoformat() if case.happened_on else "",
        own_words=told.words if told else "",
        summary=case.summary,
        kinds=_kinds(pen, causes),
        cause=pen.listed(pen.reason(code) for code in causes),
        about=_to_settle(pen, standing, grade),
        wishes=pen.listed(pen.say(wish_words(code)) for code in case.wishes or ()),
        answer_by=due.due_on.isoformat() if due is not None and due.due_on else "",
        owner=pen.word(f"role.{due.role}") if due is not None else "",
        promises=tuple(
            slips.Promise(what=_in(pen, one.what), due=one.due_on.isoformat()) for one in promised
        ),
        escalated=standing.result.outcome == "escalated",
    )


def _to_settle(pen: Pen, standing: Standing, grade: str) -> str:
    """What the customer wants settled: the first answer after the place of the path that opened the complaint."""
    path, nodes = standing.result.path, standing.chart.nodes
    opened = next((at for at, node in enumerate(path) if grade in nodes[node].opens), len(path))
    after = set(path[opened + 1 :])
    given = next((one for one in standing.result.given if one.node in after), None)
    answer = nodes[given.node].answer(given.answer) if given is not None else None
    return pen.say(answer.words) if answer is not None else ""


def _kinds(pen: Pen, causes: list[str]) -> tuple[slips.Check, ...]:
    """The kinds with those ticked that the causes tell; where none is known they are ticked by hand."""
    known = {
        next((kind for kind, begins in _COMPLAINT_KINDS.items() if code.startswith(begins)), "other")
        for code in causes
    }
    return tuple(
        slips.Check(label=pen.word(f"complaint_kind.{kind}"), state=True if kind in known else None)
        for kind in _COMPLAINT_KINDS
    )


def _in(pen: Pen, told: str) -> str:
    """A to-do's words, kept as "中文|English"."""
    zh, _, en = told.partition("|")
    return en or zh if pen.language == "en" else zh


def _span(low: str, high: str) -> str:
    return low if low == high or not high else f"{low} – {high}"

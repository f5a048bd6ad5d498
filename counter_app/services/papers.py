"""The frozen content of posted documents: enough to print every slip again, and to know why it was posted.

Content is one JSON value in its canonical spelling; its hash is the document's. It holds masked values only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from counter_app.db.models import CaseWords
from counter_app.domain import slips
from counter_app.domain.money_views import WorkingView
from counter_app.domain.settlement_terms import LineSettlement, TenderRefund
from counter_app.domain.slip_content import canonical, with_numbers
from counter_app.domain.spoken import Words
from counter_app.services import forms, paper_views
from counter_app.services.case_words import plain, words
from counter_app.services.deals import Deal
from counter_app.services.extras import WalkExtras
from counter_app.services.forms import PresentForm
from counter_app.services.proposal import Sum
from counter_app.services.slip_parts import Pen


@dataclass(frozen=True, slots=True)
class Paper:
    """One document about to be posted: its number, its part of the money, who approved it."""

    number: str
    prefix: str
    amount_fen: int
    refunds: tuple[TenderRefund, ...] = ()
    collect_tender: str = ""
    collected_now: bool = False
    approval_id: int | None = None


def content_of(
    form: PresentForm,
    deal: Deal,
    paper: Paper,
    posted: Sequence[slips.PostedNumber],
    signature_id: int | None,
    *,
    first: bool,
) -> dict[str, Any]:
    """The content of one document of a walk. The form of the visit lies in the first document of the posting."""
    pen, whole = form.pen, form.here.whole()
    extras = whole.extras.of(deal.walk_id)
    told = [canonical(slip) for slip in _slips(pen, whole, deal, paper, extras, posted) if slip is not None]
    if first:
        told.insert(0, with_numbers(form.content, tuple(posted)))
    against: dict[str, dict[str, int]] = {}
    for one in paper.refunds:
        if one.way != one.tender:
            mine = against.setdefault(one.way, {})
            mine[one.tender] = mine.get(one.tender, 0) + one.amount_fen
    result = deal.standing.result
    return {
        "format": 1,
        "case": pen.case.number,
        "number": paper.number,
        "walk": deal.standing.row.seq,
        "remedy": deal.remedy,
        "title": _both(paper_views.document_title(paper.prefix)),
        "amount_fen": paper.amount_fen,
        "against": against,
        "in_kind": _in_kind(whole, deal, paper),
        "language": pen.language,
        "slips": told,
        "signature": signature_id,
        "approval": paper.approval_id,
        "staff": pen.desk.staff.name if pen.desk.staff else "",
        "customer": [pen.case.customer_masked, pen.case.phone_masked],
        "figures_hash": whole.figures_hash,
        "decision": {
            "chart": result.chart_hash,
            "path": list(result.path),
            "tests": [
                [one.node, one.answer, one.because, one.overridden, one.reason] for one in result.tests
            ],
            "offers": [
                [one.node, one.answer, one.remedy, one.offered, one.right, one.because]
                for one in result.offers
            ],
            "rules": dict(deal.standing.rules.versions),
        },
        "beside": extras.figures(),
    }


def _in_kind(whole: Sum, deal: Deal, paper: Paper) -> dict[str, int]:
    """What goes back as points or as a coupon (分): with the first refund of the posting."""
    settled, visit = whole.reckoning.settlement, whole.reckoning.visit
    first = next(((prefix, walk) for prefix, walk, _ in whole.documents if prefix in ("TK", "ZJ")), None)
    if settled is None or visit is None or first != (paper.prefix, deal.walk_id):
        return {}
    worth = {
        tender.tender: tender.left_fen for tender in visit.tenders if tender.tender in settled.coupons_back
    }
    return {**worth, "points": settled.points_back} if settled.points_back else worth


def _slips(
    pen: Pen,
    whole: Sum,
    deal: Deal,
    paper: Paper,
    extras: WalkExtras,
    posted: Sequence[slips.PostedNumber],
) -> list[slips.Slip | None]:
    """The slips that a document of this kind prints, beside the form."""
    settled = forms.settled_lines(whole)
    mine = [settled[line.key] for line in deal.lines if line.key in settled]
    stay = not whole.extras.takes_goods(deal.walk_id)
    if paper.prefix in ("TK", "ZJ"):
        waits = deal.standing.result.state == "waiting"
        application = refund_application(pen, deal, paper, mine) if waits else None
        return [
            acknowledgement(pen, deal, paper, mine),
            application,
            receipt(pen, deal, paper, mine, posted, stay),
        ]
    if paper.prefix == "SJ":
        return [money_receipt(pen, deal, paper, mine, extras), receipt(pen, deal, paper, mine, posted, stay)]
    if paper.prefix == "YJ":
        return [deposit_receipt(pen, deal, paper, extras)]
    if paper.prefix == "GZ":
        notice = forms.refusal_form(pen, whole, deal)
        return [_with_numbers(notice, posted)] if len(whole.reckoning.deals) > 1 else []
    if paper.prefix == "WX":
        return [acceptance(pen, deal.standing.lines, deal, extras.service or {})]
    return []


def acknowledgement(
    pen: Pen, deal: Deal, paper: Paper, mine: Sequence[LineSettlement]
) -> slips.RefundAcknowledgement:
    """退款签收单: who got how much back, and how."""
    return slips.RefundAcknowledgement(
        **_head(pen, paper),
        sale=pen.sale(),
        lines=_lines(pen, deal, mine),
        reason=_reasons(pen, deal),
        rule=pen.rule(deal),
        inspection=_conditions(pen, deal),
        working=pen.working(mine),
        amount_fen=paper.amount_fen,
        money=pen.refunds(paper.refunds),
        invoice=pen.invoice(),
    )


def refund_application(
    pen: Pen, deal: Deal, paper: Paper, mine: Sequence[LineSettlement]
) -> slips.RefundApplication:
    """退款申请单: asks finance to pay (S4-72)."""
    due = next((one.due for one in deal.standing.result.deadlines if one.due is not None), None)
    return slips.RefundApplication(
        **_head(pen, paper),
        sale=pen.sale(),
        lines=_lines(pen, deal, mine),
        inspection=_conditions(pen, deal),
        reason=_reasons(pen, deal),
        rule=pen.rule(deal),
        working=pen.working(mine),
        amount_fen=paper.amount_fen,
        money=pen.refunds(paper.refunds),
        invoice=pen.invoice(),
        due=due.isoformat() if due else "",
    )


def receipt(
    pen: Pen,
    deal: Deal,
    paper: Paper,
    mine: Sequence[LineSettlement],
    posted: Sequence[slips.PostedNumber],
    goods_stay: bool,
) -> slips.Receipt:
    """小票 of a walk's money."""
    refunding = paper.prefix != "SJ"
    settled = {done.key: done for done in mine}
    return slips.Receipt(
        **_head(pen, paper, posted),
        sale=pen.sale(),
        lines=_lines(pen, deal, mine),
        goods_stay=goods_stay,
        issued=pen.issued((deal,), settled),
        reason=_reasons(pen, deal),
        rule=pen.rule(deal),
        remedy=forms.remedy_name(pen, deal),
        working=pen.working(mine),
        flow=slips.Flow.REFUND if refunding else slips.Flow.COLLECT,
        amount_fen=paper.amount_fen,
        money=pen.refunds(paper.refunds) if refunding else _collected(pen, paper),
        invoice=pen.invoice(),
        promises=forms.promises_of(pen, (deal,)),
    )


def money_receipt(
    pen: Pen, deal: Deal, paper: Paper, mine: Sequence[LineSettlement], extras: WalkExtras
) -> slips.MoneyReceipt:
    """收款收据: a difference, a repair, a deposit that is kept."""
    purpose = "purpose_difference"
    if extras.charge_fen:
        purpose = "purpose_repair"
    elif extras.deposits_kept:
        purpose = "purpose_deposit"
    rows = pen.working(mine) or tuple(
        slips.WorkingRow(label=pen.say(row.label), amount_fen=row.amount_fen, total=row.total)
        for row in _quote_rows(deal, extras)
    )
    return slips.MoneyReceipt(
        **_head(pen, paper),
        purpose=pen.word(f"slip.{purpose}"),
        rule=pen.rule(deal),
        lines=_lines(pen, deal, mine),
        working=rows,
        amount_fen=paper.amount_fen,
        money=_collected(pen, paper),
        invoice=pen.invoice(),
    )


def _quote_rows(deal: Deal, extras: WalkExtras) -> list[WorkingView]:
    quote = deal.standing.choices.get("quote", {})
    rows = [
        WorkingView(plain(item["what"]), int(item.get("amount_fen", 0))) for item in quote.get("rows", ())
    ]
    if extras.charge_fen:
        rows.append(WorkingView(words("working.total_collect"), extras.charge_fen, total=True))
    return rows


def deposit_receipt(pen: Pen, deal: Deal, paper: Paper, extras: WalkExtras) -> slips.DepositReceipt:
    """押金收据: returned against this slip."""
    return slips.DepositReceipt(
        **_head(pen, paper),
        purpose=pen.word("slip.purpose_deposit"),
        lines=_lines(pen, deal, ()),
        amount_fen=paper.amount_fen,
        money=_collected(pen, paper),
        conditions=(pen.word("slip.deposit_condition"),),
        return_by=extras.deposit_due.isoformat() if extras.deposit_due else "",
    )


def acceptance(
    pen: Pen,
    rows: Sequence[Any],
    deal: Deal | None,
    service: dict[str, Any],
    due: str = "",
    steps: tuple[str, ...] = (),
) -> slips.AcceptanceReceipt:
    """受理回执: what the shop holds and what happens next."""
    told = CaseWords.get_or_none(CaseWords.case == pen.case.id)
    held = [row for row in rows if row.received_milli]
    promised = service.get("promised_on") or due
    what = pen.word("task.repair", what="") if service else pen.word("slip.promise_contact")
    promises = (slips.Promise(what=what.strip(), due=str(promised)),) if promised else ()
    return slips.AcceptanceReceipt(
        number=pen.case.number,
        case_number=pen.case.number,
        on=pen.today(),
        at=pen.clock(),
        shop=pen.shop(),
        customer=pen.party(),
        hands=pen.clerk(),
        sale=pen.sale(),
        lines=tuple(pen.goods(row, row.received_milli or row.quantity_milli, None, "") for row in rows),
        goods_held=bool(held),
        problem=str(service.get("fault", "")) or pen.case.summary or (told.words if told else ""),
        inspection="; ".join(filter(None, (pen.condition(row) for row in rows))),
        steps=steps,
        promises=promises + (forms.promises_of(pen, (deal,)) if deal is not None else ()),
        ask=pen.word("slip.ask", number=pen.case.number, phone=pen.desk.shop.phone),
    )


def _head(pen: Pen, paper: Paper, posted: Sequence[slips.PostedNumber] = ()) -> dict[str, Any]:
    return {
        "number": paper.number,
        "case_number": pen.case.number,
        "on": pen.today(),
        "at": pen.clock(),
        "shop": pen.shop(),
        "customer": pen.party(),
        "hands": pen.clerk(),
        "posted": tuple(posted),
    }


def _lines(pen: Pen, deal: Deal, mine: Sequence[LineSettlement]) -> tuple[slips.GoodsLine, ...]:
    return forms.form_lines(pen, (deal,), {done.key: done for done in mine})


def _reasons(pen: Pen, deal: Deal) -> str:
    return "; ".join(dict.fromkeys(filter(None, (pen.reason(row.reason) for row in deal.standing.lines))))


def _conditions(pen: Pen, deal: Deal) -> str:
    return "; ".join(dict.fromkeys(filter(None, (pen.condition(row) for row in deal.standing.lines))))


def _collected(pen: Pen, paper: Paper) -> tuple[slips.MoneyLine, ...]:
    state = slips.MoneyState.PAID if paper.collected_now else slips.MoneyState.TO_COLLECT
    return (slips.MoneyLine(way=pen.tender(paper.collect_tender), amount_fen=paper.amount_fen, state=state),)


def _with_numbers(slip: slips.Slip, posted: Sequence[slips.PostedNumber]) -> slips.Slip:
    return replace(slip, posted=tuple(posted))


def _both(told: Words) -> list[str]:
    return [told.zh, told.en]

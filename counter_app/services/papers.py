"""The frozen content of posted documents: enough to print every slip again, and to know why it was posted.

Content is one JSON value in its canonical spelling; its hash is the document's. It holds masked values only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counter_app.db.fields import HalfSpelled, canonical_json
from counter_app.db.models import CaseWords
from counter_app.domain import slips
from counter_app.domain.money_views import WorkingView
from counter_app.domain.settlement_terms import LineSettlement, TenderRefund
from counter_app.domain.slip_content import canonical, frozen_numbers
from counter_app.domain.spoken import Words
from counter_app.services import paper_views, visit_form
from counter_app.services.case_words import plain, words
from counter_app.services.deals import Deal
from counter_app.services.extras import WalkExtras
from counter_app.services.slip_parts import Pen
from counter_app.services.visit_form import PresentForm
from counter_app.services.visit_sum import Sum

_NUMBER = ("number", "at")
_POSTED = ("posted",)
"""What a slip takes when it is posted: its number and the time; the numbers of all documents."""
_WHOLE = ("number", "slips", "signature", "approval")
"""What a document's content takes then."""
_NOTHING = HalfSpelled({}, _WHOLE)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document about to be posted: its number, its part of the money, who approved it; and what it will say,
    as far as that can be written before it has a number: `content`, and the slips with what each still takes."""

    number: str
    prefix: str
    amount_fen: int
    refunds: tuple[TenderRefund, ...] = ()
    collect_tender: str = ""
    collected_now: bool = False
    approval_id: int | None = None
    content: HalfSpelled = _NOTHING
    slips: tuple[HalfSpelled, ...] = ()


def papers_of(form: PresentForm, drawer: bool) -> tuple[tuple[int, Paper], ...]:
    """The documents that posting a visit makes, by walk, written as far as they can be without their numbers.

    Made once for a form, when it is shown. `drawer`: cash goes into an open one.
    """
    if form.papers is None or form.papers[0] != drawer:
        form.papers = (drawer, tuple(_drafts(form, drawer)))
    found: tuple[tuple[int, Paper], ...] = form.papers[1]
    return found


def _drafts(form: PresentForm, drawer: bool) -> Iterator[tuple[int, Paper]]:
    whole, plan = form.here.whole(), form.here.case.plan or {}
    settlement = whole.reckoning.settlement
    refunding = [amount for prefix, _, amount in whole.documents if prefix in ("TK", "ZJ")]
    shared = share_refunds(settlement.refunds if settlement else (), refunding)
    walks = {deal.walk_id: deal for deal in whole.reckoning.deals}
    for number, (prefix, walk_id, amount) in enumerate(whole.documents):
        tender = plan.get("collect_tender", "cash")
        if prefix == "YJ":
            tender = whole.extras.of(walk_id).deposit_tender
        paper = Paper(
            number="",
            prefix=prefix,
            amount_fen=amount,
            refunds=shared.pop(0) if prefix in ("TK", "ZJ") else (),
            collect_tender=tender if prefix in ("SJ", "YJ") else "",
            collected_now=prefix in ("SJ", "YJ") and tender == "cash" and drawer,
        )
        deal = walks[walk_id]
        told = [HalfSpelled(canonical(slip), takes) for slip, takes in _slips(form.pen, whole, deal, paper)]
        # The form of the visit lies in the first document of the posting.
        told = [HalfSpelled(form.content, _POSTED), *told] if not number else told
        content = HalfSpelled(_draft(form, deal, paper), _WHOLE)
        yield walk_id, replace(paper, content=content, slips=tuple(told))


def share_refunds(refunds: Sequence[TenderRefund], amounts: Sequence[int]) -> list[tuple[TenderRefund, ...]]:
    """The refunds of a visit over its documents, in order, each tender's sum kept."""
    left = [replace(one) for one in refunds]
    shared: list[tuple[TenderRefund, ...]] = []
    for amount in amounts:
        mine: list[TenderRefund] = []
        while amount > 0 and left:
            head = left[0]
            part = min(amount, head.amount_fen)
            mine.append(replace(head, amount_fen=part))
            amount -= part
            rest = head.amount_fen - part
            left = ([replace(head, amount_fen=rest)] if rest else []) + left[1:]
        shared.append(tuple(mine))
    return shared


def content_of(paper: Paper, posted: Sequence[slips.PostedNumber], signature_id: int | None, at: str) -> str:
    """The content of one document, complete, in its canonical spelling. `at` is the shop's clock."""
    number = canonical_json(paper.number)
    given = {"number": number, "at": canonical_json(at), "posted": canonical_json(frozen_numbers(posted))}
    told = {
        "number": number,
        "slips": f"[{','.join(slip.spelled(given) for slip in paper.slips)}]",
        "signature": canonical_json(signature_id),
        "approval": canonical_json(paper.approval_id),
    }
    return paper.content.spelled(told)


def _draft(form: PresentForm, deal: Deal, paper: Paper) -> dict[str, Any]:
    """What a document says beside its slips."""
    pen, whole = form.pen, form.here.whole()
    extras = whole.extras.of(deal.walk_id)
    against: dict[str, dict[str, int]] = {}
    for one in paper.refunds:
        if one.way != one.tender:
            mine = against.setdefault(one.way, {})
            mine[one.tender] = mine.get(one.tender, 0) + one.amount_fen
    result = deal.standing.result
    return {
        "format": 1,
        "case": pen.case.number,
        "walk": deal.standing.row.seq,
        "remedy": deal.remedy,
        "title": _both(paper_views.document_title(paper.prefix)),
        "amount_fen": paper.amount_fen,
        "against": against,
        "in_kind": _in_kind(whole, deal, paper),
        "language": pen.language,
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
    worth = {one.tender: one.left_fen for one in visit.tenders if one.tender in settled.coupons_back}
    return {**worth, "points": settled.points_back} if settled.points_back else worth


def _slips(pen: Pen, whole: Sum, deal: Deal, paper: Paper) -> list[tuple[slips.Slip, tuple[str, ...]]]:
    """The slips that a document of this kind prints, beside the form, and what posting gives each of them."""
    extras = whole.extras.of(deal.walk_id)
    settled = visit_form.settled_lines(whole)
    mine = [settled[line.key] for line in deal.lines if line.key in settled]
    stay = not whole.extras.takes_goods(deal.walk_id)
    subsidy = pen.subsidy(mine, [done for done in settled.values() if done not in mine])
    if paper.prefix in ("TK", "ZJ"):
        waits = deal.standing.result.state == "waiting"
        found: list[tuple[slips.Slip, tuple[str, ...]]] = [
            (acknowledgement(pen, deal, paper, mine, subsidy), _NUMBER)
        ]
        if waits:
            found.append((refund_application(pen, deal, paper, mine, subsidy), _NUMBER))
        return [*found, (receipt(pen, deal, paper, mine, stay, subsidy), (*_NUMBER, *_POSTED))]
    if paper.prefix == "SJ":
        return [
            (money_receipt(pen, deal, paper, mine, extras), _NUMBER),
            (receipt(pen, deal, paper, mine, stay, subsidy), (*_NUMBER, *_POSTED)),
        ]
    if paper.prefix == "YJ":
        return [(deposit_receipt(pen, deal, paper, extras), _NUMBER)]
    if paper.prefix == "GZ":
        notice = visit_form.refusal_form(pen, whole, deal)
        return [(notice, _POSTED)] if len(whole.reckoning.deals) > 1 else []
    if paper.prefix == "WX":
        return [(acceptance(pen, deal.standing.lines, deal, extras.service or {}), ("at",))]
    return []


def acknowledgement(
    pen: Pen,
    deal: Deal,
    paper: Paper,
    mine: Sequence[LineSettlement],
    subsidy: slips.Subsidy | None,
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
        subsidy=subsidy,
    )


def refund_application(
    pen: Pen,
    deal: Deal,
    paper: Paper,
    mine: Sequence[LineSettlement],
    subsidy: slips.Subsidy | None,
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
        subsidy=subsidy,
    )


def receipt(
    pen: Pen,
    deal: Deal,
    paper: Paper,
    mine: Sequence[LineSettlement],
    goods_stay: bool,
    subsidy: slips.Subsidy | None,
) -> slips.Receipt:
    """小票 of a walk's money."""
    refunding = paper.prefix != "SJ"
    settled = {done.key: done for done in mine}
    return slips.Receipt(
        **_head(pen, paper),
        sale=pen.sale(),
        lines=_lines(pen, deal, mine),
        goods_stay=goods_stay,
        issued=pen.issued((deal,), settled),
        reason=_reasons(pen, deal),
        rule=pen.rule(deal),
        remedy=visit_form.remedy_name(pen, deal),
        working=pen.working(mine),
        flow=slips.Flow.REFUND if refunding else slips.Flow.COLLECT,
        amount_fen=paper.amount_fen,
        money=pen.refunds(paper.refunds) if refunding else _collected(pen, paper),
        invoice=pen.invoice(),
        promises=visit_form.promises_of(pen, (deal,)),
        subsidy=subsidy,
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
        goods_held=bool(held) or bool(service.get("held")),
        problem=str(service.get("fault", "")) or pen.case.summary or (told.words if told else ""),
        inspection=pen.listed(pen.condition(row) for row in rows),
        steps=steps,
        promises=promises + (visit_form.promises_of(pen, (deal,)) if deal is not None else ()),
        ask=pen.word("slip.ask", number=pen.case.number, phone=pen.desk.shop.phone),
    )


def _head(pen: Pen, paper: Paper) -> dict[str, Any]:
    """The head of a slip; number, time and numbers are given when it is posted."""
    return {
        "number": paper.number,
        "case_number": pen.case.number,
        "on": pen.today(),
        "shop": pen.shop(),
        "customer": pen.party(),
        "hands": pen.clerk(),
    }


def _lines(pen: Pen, deal: Deal, mine: Sequence[LineSettlement]) -> tuple[slips.GoodsLine, ...]:
    return visit_form.form_lines(pen, (deal,), {done.key: done for done in mine})


def _reasons(pen: Pen, deal: Deal) -> str:
    return pen.listed(dict.fromkeys(pen.reason(row.reason) for row in deal.standing.lines))


def _conditions(pen: Pen, deal: Deal) -> str:
    return pen.listed(dict.fromkeys(pen.condition(row) for row in deal.standing.lines))


def _collected(pen: Pen, paper: Paper) -> tuple[slips.MoneyLine, ...]:
    state = slips.MoneyState.PAID if paper.collected_now else slips.MoneyState.TO_COLLECT
    return (slips.MoneyLine(way=pen.tender(paper.collect_tender), amount_fen=paper.amount_fen, state=state),)


def _both(told: Words) -> list[str]:
    return [told.zh, told.en]

"""The form of a visit as it stands: what it says, line by line, and its hash that a signature binds to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counter_app.db import stamp
from counter_app.domain import slips
from counter_app.domain.errors import UserError
from counter_app.domain.settlement_terms import LineSettlement
from counter_app.domain.slip_content import canonical, hash_of
from counter_app.services import proposal, visit_sum
from counter_app.services.case_words import code_words, words_or, yuan
from counter_app.services.deals import Deal
from counter_app.services.desk import Desk
from counter_app.services.proposal import Present
from counter_app.services.slip_parts import Pen, pen_for
from counter_app.services.visit_sum import Sum


class PresentForm:
    """The form of a visit as it stands now, made when first asked for, and the pen that wrote it."""

    __slots__ = ("_content", "_hash", "_slip", "here", "papers", "pen")

    def __init__(self, desk: Desk, here: Present) -> None:
        self.here, self.pen = here, pen_for(desk, here.case)
        self.papers: Any = None
        """The documents it leads to, where they were written already (`papers.papers_of`)."""
        self._slip: slips.Slip | None = None
        self._content: dict[str, Any] = {}
        self._hash = ""

    @property
    def slip(self) -> slips.Slip:
        """The form, its numbers not given yet."""
        if self._slip is None:
            self._slip = build_form(self.pen, self.here.whole())
        return self._slip

    @property
    def content(self) -> dict[str, Any]:
        """The same, frozen."""
        if not self._content:
            self._content = canonical(self.slip)
        return self._content

    @property
    def hash(self) -> str:
        """What a signature binds to."""
        if not self._hash:
            self._hash = hash_of(self.content)
        return self._hash


def present_form(desk: Desk, case_id: int) -> PresentForm:
    """What a visit comes to and its form, worked out again only when somebody wrote since (`proposal.present`)."""
    key = proposal.key_of(desk, case_id, "form")
    return stamp.kept(desk.db, key, lambda: PresentForm(desk, proposal.present(desk, case_id)))


def carry_on(desk: Desk, form: PresentForm) -> None:
    """As `proposal.carry_on`, for the form as well."""
    proposal.carry_on(desk, form.here)
    stamp.keep(desk.db, proposal.key_of(desk, form.here.case.id, "form"), stamp.stamp_of(desk.db), form)


def ready_form(desk: Desk, case_id: int) -> PresentForm:
    """The form of everything that can be posted, complete. Raises what is missing."""
    form = present_form(desk, case_id)
    whole = form.here.whole()
    if not whole.reckoning.deals:
        raise UserError("posting.nothing", number=form.here.case.number)
    trouble = visit_sum.trouble_of(whole)
    if trouble is not None:
        raise trouble
    return form


def present_sum(desk: Desk, case: Any) -> Sum:
    """The sum of every walk that stands at something to post."""
    return proposal.present(desk, case.id).whole()


def build_form(pen: Pen, whole: Sum) -> slips.Slip:
    """退换货单 (titled by what is done), or 售后处理告知单 where everything is refused."""
    finals = whole.reckoning.deals
    if all(visit_sum.refused(deal) for deal in finals):
        return refusal_form(pen, whole, finals[0])
    return return_form(pen, whole)


def settled_lines(whole: Sum) -> dict[int, LineSettlement]:
    """The settlement of every case line."""
    settled = whole.reckoning.settlement
    return {done.key: done for done in settled.lines} if settled else {}


def return_form(pen: Pen, whole: Sum) -> slips.ReturnForm:
    """The whole visit on one form."""
    finals = whole.reckoning.deals
    settled = settled_lines(whole)
    settlement = whole.reckoning.settlement
    refund, collect = whole.refund_fen, whole.collect_fen
    plan = pen.case.plan or {}
    money = (pen.refunds(settlement.refunds) if settlement else ()) + pen.collects(
        plan.get("collect_tender", "cash"), collect
    )
    flow = slips.Flow.REFUND if refund else (slips.Flow.COLLECT if collect else slips.Flow.NONE)
    rows = [row for deal in finals for row in deal.standing.lines]
    taken = any(whole.extras.takes_goods(deal.walk_id) for deal in finals)
    left = any(whole.extras.keeps_for_repair(deal.walk_id) for deal in finals)
    extra_rows = tuple(
        slips.WorkingRow(label=pen.say(row.label), amount_fen=row.amount_fen, total=row.total)
        for deal in finals
        for row in whole.extras.working(deal.walk_id)
    )
    return slips.ReturnForm(
        number=pen.case.number,
        case_number=pen.case.number,
        on=pen.today(),
        shop=pen.shop(),
        customer=pen.party(),
        hands=pen.clerk(),
        note=agreed_note(pen),
        sale=pen.sale(),
        lines=form_lines(pen, finals, settled),
        goods_stay=not taken and not left,
        goods_left=not taken and left,
        issued=pen.issued(finals, settled),
        inspection=pen.listed(dict.fromkeys(pen.condition(row) for row in rows)),
        reason=pen.listed(dict.fromkeys(pen.reason(row.reason) for row in rows)),
        rule=pen.listed(dict.fromkeys(pen.rule(deal) for deal in finals)),
        remedy=pen.listed(dict.fromkeys(remedy_name(pen, deal) for deal in finals)),
        working=pen.working(
            [settled[line.key] for deal in finals for line in deal.lines if line.key in settled]
        )
        + extra_rows,
        flow=flow,
        amount_fen=refund or collect,
        money=money,
        invoice=pen.invoice(),
        promises=promises_of(pen, finals),
        subsidy=pen.subsidy(settled.values()),
    )


def form_lines(
    pen: Pen, finals: Sequence[Deal], settled: dict[int, LineSettlement]
) -> tuple[slips.GoodsLine, ...]:
    """Every line of the visit with its own remedy and refund."""
    return tuple(
        pen.goods(row, _quantity(row, deal), settled.get(row.id), deal.remedy)
        for deal in finals
        for row in deal.standing.lines
    )


def _quantity(row: Any, deal: Deal) -> int:
    for line in deal.lines:
        if line.key == row.id:
            return int(line.quantity_milli)
    return int(row.quantity_milli)


def remedy_name(pen: Pen, deal: Deal) -> str:
    """What is done for a walk: its remedy, else the words of its end."""
    if deal.remedy and deal.outcome not in ("withdrawn",) and "hand_back" not in deal.words:
        return pen.say(code_words("remedies", deal.remedy))
    node = deal.standing.chart.nodes[deal.standing.result.path[deal.index]]
    return pen.say(node.words)


def agreed_note(pen: Pen) -> str:
    """The solution that was agreed on and what it is estimated to cost the customer (S4-81)."""
    plan = pen.case.plan or {}
    estimate = plan.get("estimate_fen")
    cost = pen.word("slip.estimate", amount=yuan(estimate)) if estimate is not None else ""
    return "\n".join(part for part in (plan.get("solution", ""), cost) if part)


def promises_of(pen: Pen, finals: Sequence[Deal]) -> tuple[slips.Promise, ...]:
    """What the shop promises the customer on these walks, each once; the agreed day of the visit after them."""
    found: dict[tuple[str, str], slips.Promise] = {}
    for deal in finals:
        for one in deal.standing.result.deadlines:
            if one.due is not None:
                promise = slips.Promise(what=pen.say(one.words), due=one.due.isoformat())
                found[(promise.what, promise.due)] = promise
    agreed = (pen.case.plan or {}).get("promised_on")
    if agreed:
        promise = slips.Promise(what=pen.word("slip.promise_done"), due=agreed)
        found[(promise.what, promise.due)] = promise
    return tuple(found.values())


def refusal_form(pen: Pen, whole: Sum, deal: Deal) -> slips.RefusalNotice:
    """Why the shop refuses, on what basis, who decided, and where else to turn (消法 56)."""
    refusal = whole.extras.of(deal.walk_id).refusal or {}
    wishes = [pen.say(words_or(f"wish.{code}", code)) for code in pen.case.wishes or ()]
    return slips.RefusalNotice(
        number=pen.case.number,
        case_number=pen.case.number,
        on=pen.today(),
        shop=pen.shop(),
        customer=pen.party(),
        hands=pen.clerk(),
        sale=pen.sale(),
        lines=tuple(pen.goods(row, row.quantity_milli, None, "") for row in deal.standing.lines),
        asked=pen.listed(wishes) or pen.case.summary,
        inspection=pen.listed(pen.condition(row) for row in deal.standing.lines),
        reason=refusal.get("reason", ""),
        basis=refusal.get("basis", "") or pen.rule(deal),
        approver=refusal.get("approver", ""),
        goods_back=any(row.received_milli for row in deal.standing.lines),
        turn_to=(pen.word("slip.turn_manager"), pen.word("slip.turn_12315")),
    )

"""What stands between an answered visit and its papers, the papers themselves, and what follows from them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from counter_app.domain.errors import UserError
from counter_app.domain.money_views import SettlementView
from counter_app.domain.proposal_views import CounterView, Posted
from counter_app.domain.walk_views import WalkView
from counter_app.services import (
    approvals,
    cases,
    forms,
    goodwill,
    posting,
    reversal,
    settling,
    slips,
    staff,
    walks,
)
from counter_app.services.demo import telling
from counter_app.services.demo.invented import table

if TYPE_CHECKING:
    from counter_app.services.demo.visits import Visit

MOST_HURDLES = 12
CASH = "cash"
FINISHED = ("settled", "closed", "executing")


def finish(visit: Visit, view: CounterView) -> bool:
    """Clear what is missing, let the customer sign, post. Whether the visit goes on from there.

    A visit that cannot be carried out is taken back by its customer; one that waits for a yes is left.
    """
    _now_and_then(visit, view)
    for _ in range(MOST_HURDLES):
        view = visit.view()
        if not view.proposal.missing:
            return _post(visit, view)
        code = view.proposal.missing[0].code
        if code == "proposal.approval":
            answered = _ask(visit, view)
            if answered is None:
                return False
            if not answered:
                return give_up(visit, view, "rejected")
        elif not _clear(visit, view, code):
            return give_up(visit, view, code)
    return give_up(visit, view, view.proposal.missing[0].code)


def _now_and_then(visit: Visit, view: CounterView) -> None:
    """Another way back than the sale was paid, a deduction for damaged goods, no signature: each has its reason."""
    draw, plan = visit.stage.draw, view.case.plan
    if (
        view.proposal.refund_fen
        and not plan.get("refund_way")
        and view.case.stands == "buyer"
        and draw.chance("other_way")
    ):
        cases.set_plan(
            visit.clerk, visit.case_id, refund_way=CASH, refund_way_reason=draw.reason("other_way")
        )
    if view.proposal.needs_signature and draw.chance("unsigned"):
        cases.set_plan(visit.clerk, visit.case_id, signature_waived=draw.reason("unsigned"))
    for walk in view.walks:
        spoilt = [line for line in telling.lines_of(view, walk) if line.condition in ("K5", "K6", "K8", "K9")]
        if not spoilt or "deductions" in walk.choices or not view.proposal.refund_fen or draw.often(0.3):
            continue
        line = spoilt[0]
        found = {
            "case_line_id": line.id,
            "kind": draw.pick(("wear", "damage", "missing_part")),
            "amount_fen": draw.share(line.paid_fen, (5, 20)),
            "reason": draw.reason("deduction"),
        }
        walks.choose(visit.clerk, walk.id, deductions=[found])


def _clear(visit: Visit, view: CounterView, code: str) -> bool:
    """Do what one missing thing asks for. Whether something was done."""
    draw, texts = visit.stage.draw, table()["texts"]
    if code == "proposal.evidence":
        telling.bring_evidence(visit, view)
        return True
    if code == "settlement.route.choose":
        way = draw.pick((CASH, "wechat", "bank"))
        cases.set_plan(visit.clerk, visit.case_id, refund_way=way, refund_way_reason=draw.reason("other_way"))
        return True
    if code == "settlement.inspect_first":
        for walk in view.walks:
            for line in telling.lines_of(view, walk):
                if line.state == "reserved" and not line.accepted_milli:
                    telling.inspect(visit, line, draw.pick(table()["inspection"]["confirmed"]), accepted=True)
        return True
    wanted = {need.kind: need.walk_id for walk in view.proposal.walks for need in walk.wanted}
    choices: dict[str, Any] = {
        "quote": _quote(visit),
        "coupon": {"what": texts["coupon"], "number": f"YHQ{draw.digits(8)}", "amount_fen": 2000},
        "gift": {"what": texts["gift"], "amount_fen": 500},
        "concession": {"what": texts["concession"], "amount_fen": 3000},
        "compensation": {"what": texts["compensation"], "amount_fen": 2000},
        "refusal": {"reason": draw.reason("refuse"), "basis": draw.reason("refusal_basis")},
        "ticket": {
            "what": view.case.summary or draw.reason("note"),
            "priority": draw.pick(("P2", "P3", "P4")),
        },
    }
    kinds = {
        "proposal.quote": ("quote",),
        "proposal.given": ("coupon", "gift", "concession", "compensation"),
        "proposal.refusal": ("refusal",),
        "proposal.ticket": ("ticket",),
    }.get(code, ())
    done = False
    for kind in kinds:
        if wanted.get(kind) is not None:
            walks.choose(visit.clerk, int(wanted[kind] or 0), **{kind: choices[kind]})
            done = True
    return done


def _quote(visit: Visit) -> dict[str, Any]:
    draw, texts = visit.stage.draw, table()["texts"]
    part, labour = draw.between(3, 30) * 1000, draw.between(2, 8) * 1000
    rows = [
        {"what": draw.pick(texts["repair_rows"]), "amount_fen": part},
        {"what": texts["repair_labour"], "amount_fen": labour},
    ]
    return {"amount_fen": part + labour, "rows": rows}


def _ask(visit: Visit, view: CounterView) -> bool | None:
    """Ask for a yes to the whole visit: given, refused, or None while nobody answered."""
    stage, draw = visit.stage, visit.stage.draw
    question = approvals.request(visit.clerk, visit.case_id, note=draw.reason("default")).value
    member = stage.decider(visit.clerk, "approver", question.amount_fen) or stage.member("manager")
    freely = goodwill.asked_fen(question.figures)
    if not goodwill.may_give(visit.clerk, staff.staff_view(visit.clerk, member.id), freely):
        member = stage.member("manager")
    # Now and then somebody says no: by chance, and to some of the first ones, so that a small shop has seen it too.
    refused = draw.often(0.08) or question.id % 15 == 4
    decision = "reject" if refused and question.may_reject else "approve"
    if draw.chance("parked_approval"):
        stage.later((1, 30), partial(_decide, visit, question.id, decision, (member.id, member.pin)))
        return None
    approvals.decide(visit.clerk, [question.id], decision, (member.id, member.pin), draw.reason(decision))
    return decision == "approve"


def _decide(visit: Visit, approval_id: int, decision: str, by: tuple[int, str]) -> None:
    """Somebody answers the question about a whole visit; the clerk carries it out, or it is taken back."""
    from counter_app.services.demo.visits import go_on

    question = next(
        one for one in approvals.approvals_of(visit.clerk, visit.case_id) if one.id == approval_id
    )
    if question.decision:
        return
    approvals.decide(visit.clerk, [approval_id], decision, by, visit.stage.draw.reason(decision))
    visit.steps = 0
    if decision == "reject":
        give_up(visit, visit.view(), "rejected")
    go_on(visit)


def give_up(visit: Visit, view: CounterView, why: str) -> bool:
    """What cannot be carried out is taken back: one answer back, and the customer leaves. Whether that worked."""
    stage = visit.stage
    stage.dead_ends[why] += 1
    leaves = stage.chart.withdraw
    gone = False
    for walk in view.walks:
        if walk.settled or not walk.crumbs or not walk.crumbs[-1].changeable or leaves is None:
            continue
        after = walks.step_back(visit.clerk, walk.id).value
        back = next(item for item in after.walks if item.id == walk.id)
        if back.node is not None and back.node.may_withdraw:
            walks.answer(visit.clerk, walk.id, back.node.id, leaves.id)
            gone = True
    return gone


# --- the papers, and what follows from them ---------------------------------------------------------


def _post(visit: Visit, view: CounterView) -> bool:
    stage, draw = visit.stage, visit.stage.draw
    figures = view.proposal.figures_hash
    if view.proposal.needs_signature:
        form = forms.form_to_sign(visit.clerk, visit.case_id)
        paper = draw.chance("on_paper")
        strokes = None if paper else draw.strokes()
        forms.sign(visit.clerk, visit.case_id, form.content_hash, strokes, on_paper=paper)
        figures = form.figures_hash
    stage.tick()
    posted = posting.post(visit.clerk, visit.case_id, stage.request(), figures).value
    _print(visit, posted)
    for item in posted.owed:
        _settle_later(visit, item)
    if posted.state in FINISHED and draw.chance("reversed") and posted.documents:
        stage.later((1, 26), partial(_reverse, visit, posted.documents[0].number))
    return True


def _print(visit: Visit, posted: Posted) -> None:
    """The slips leave the printer, now and then twice."""
    draw = visit.stage.draw
    for document in posted.documents:
        for slip in slips.slips_for(visit.clerk, document.number):
            for _ in range(2 if draw.chance("reprinted") else 1):
                paper = "80mm" if slip.kind == "receipt" else "A5"
                slips.print_record(visit.clerk, document.number, slip.kind, paper=paper)


def _settle_later(visit: Visit, item: SettlementView) -> None:
    """Money is moved: what customers pay at once, what they get back on one of the next days, seldom never."""
    draw, act = visit.stage.draw, partial(_settle, visit, item.id, item.document)
    if item.direction == "in" and item.open_fen > 0 and draw.often(0.9):
        act()
    elif not draw.chance("never_paid"):
        visit.stage.in_days((0 if item.tender == CASH else 1, 4), act)


def _settle(visit: Visit, settlement_id: int, document: str) -> bool:
    """Move what is open of one settlement. False when the drawer does not hold it."""
    item = next((one for one in _settlements(visit) if one.id == settlement_id), None)
    if item is None or not item.open_fen or document in visit.stage.reversed:
        return True
    desk = visit.stage.as_role("cashier")
    leaves = item.open_fen if item.direction == "out" else -item.open_fen
    if item.tender == CASH and leaves > 0 and not settling.drawer_holds(desk, leaves):
        return False
    act = settling.pay if item.direction == "out" else settling.receive
    reference = (
        "" if item.tender == CASH else f"{table()['texts']['reference_prefix']}{visit.stage.draw.digits(14)}"
    )
    act(desk, item.id, item.open_fen, item.tender, reference, visit.stage.request())
    return True


def _settlements(visit: Visit) -> tuple[SettlementView, ...]:
    return cases.case(visit.clerk, visit.case_id).settlements


def paid_anything(visit: Visit) -> bool:
    """Whether money already went to the customer."""
    return any(item.direction == "out" and item.settled_fen for item in _settlements(visit))


def pay_all(visit: Visit) -> bool:
    """Finance pays everything that is owed to the customer. False when the drawer does not hold it."""
    owed = [item for item in _settlements(visit) if item.direction == "out" and item.open_fen]
    paid = [_settle(visit, item.id, item.document) for item in owed]
    return all(paid)


def _reverse(visit: Visit, number: str) -> None:
    """A mistake is found: the owner says yes, the papers are mirrored. What money or goods forbid stays."""
    stage, draw = visit.stage, visit.stage.draw
    boss, owner = stage.as_role("supervisor"), stage.member("manager")
    try:
        undone = reversal.reverse(
            boss, number, draw.reason("reversed"), stage.request(), by=(owner.id, owner.pin)
        ).value
    except UserError as refused:
        stage.dead_ends[refused.code] += 1
        return
    stage.reversed.update(
        document.number for document in cases.case(boss, visit.case_id).documents if document.reversed_by
    )
    for item in undone.owed:
        if not draw.chance("never_paid"):
            stage.in_days((0, 2), partial(_settle, visit, item.id, item.document))


def walk_of(view: CounterView, walk_id: int) -> WalkView:
    """One walk of a view."""
    return next(item for item in view.walks if item.id == walk_id)

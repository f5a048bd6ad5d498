"""One customer's visit: registered, asked through the chart, carried out, waited for, and gone on with later."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

from counter_app.domain.chart import Kind
from counter_app.domain.errors import UserError
from counter_app.domain.proposal_views import CounterView
from counter_app.domain.sale_views import SaleView
from counter_app.domain.walk_views import Option, WalkView
from counter_app.services import approvals, cases, products, slips, waiting, walks
from counter_app.services.answering import CLERK_ROLES
from counter_app.services.demo import counting, finishing, telling
from counter_app.services.demo.invented import table
from counter_app.services.demo.stage import Stage
from counter_app.services.desk import Desk

MOST_STEPS = 45
FINANCE, STOCK, GOODS = "finance", "stock", "goods"


@dataclass
class Visit:
    """A visit under way. `steered`: it goes where nobody went yet. `stated`: facts that were told already."""

    stage: Stage
    clerk: Desk
    case_id: int
    number: str
    steered: bool
    entrance: str
    stated: set[tuple[int, str]] = field(default_factory=set)
    steps: int = 0

    def view(self) -> CounterView:
        """How it stands."""
        return walks.view(self.clerk, self.case_id)


def come_in(stage: Stage, sale: SaleView | None, entrance: str, steered: bool) -> Visit:
    """Somebody comes to the counter with something they bought, or with a question."""
    draw, told = stage.draw, table()
    clerk = stage.as_role("clerk")
    words = draw.pick(told["words"].get(entrance, told["words"]["question"]))
    new = cases.NewCase(
        sale_id=sale.id if sale else None,
        lines=_brought(stage, sale) if sale else (),
        words=words,
        summary=words.rstrip("。?"),
        wishes=tuple(told["wishes"].get(entrance, ())[: draw.between(0, 2)]),
        happened_on=stage.clock.day - timedelta(days=draw.between(0, 3)),
        upset=draw.chance("upset"),
        contact_channel="store" if draw.often(0.85) else draw.pick(cases.CHANNELS),
    )
    if draw.chance("proxy"):
        new = replace(new, stands="proxy", buyer_consent=draw.often(0.7))
    elif draw.chance("gift_recipient"):
        new = replace(new, stands="gift_recipient")
    if sale is None or not sale.phone_hash:
        name, phone = draw.person()
        new = replace(new, name=name, phone=phone if draw.often(0.8) else "")
    view = cases.open_case(clerk, new, stage.request()).value
    stage.tick()
    return Visit(stage, clerk, view.id, view.number, steered, entrance)


def _brought(stage: Stage, sale: SaleView) -> tuple[tuple[int, int], ...]:
    """The lines they come about: one, sometimes more; all of a line, sometimes a piece of it."""
    draw = stage.draw
    left = [
        line for line in sale.lines if line.returnable_milli and not line.blocked and line.gift_of is None
    ]
    left = left or [line for line in sale.lines if line.returnable_milli and not line.blocked]
    chosen = left if draw.chance("more_lines") else [draw.pick(left)] if left else []
    return tuple(
        (line.id, 1000 if line.returnable_milli % 1000 == 0 and draw.often(0.5) else line.returnable_milli)
        for line in chosen
    )


def go_on(visit: Visit) -> None:
    """As far as the visit goes today: questions, posting, and what is waited for."""
    stage = visit.stage
    view = visit.view()
    if len(view.case.lines) > 1 and len(view.walks) == 1 and not view.walks[0].crumbs:
        view = _apart(visit, view)
    while visit.steps < MOST_STEPS:
        visit.steps += 1
        stage.tick()
        walk = next((item for item in view.walks if item.state == "asking" and item.approval is None), None)
        if walk is not None:
            stepped = _step(visit, view, walk)
            if stepped is not None:
                view = stepped
                continue
            view = visit.view()
            if not view.proposal.figures_hash:
                continue
        if not view.proposal.figures_hash or not finishing.finish(visit, view):
            break
        view = visit.view()
    _leave(visit, visit.view())


def _apart(visit: Visit, view: CounterView) -> CounterView:
    """Goods of one visit may take different ways."""
    if not visit.stage.draw.chance("second_walk"):
        return view
    lines = view.case.lines[1:]
    return walks.start_walk(visit.clerk, visit.case_id, [line.id for line in lines]).value


def _step(visit: Visit, view: CounterView, walk: WalkView) -> CounterView | None:
    """One step of one walk. None when the walk must be carried out first, or waits for somebody."""
    stage, node = visit.stage, walk.node
    if node is None:
        return None
    stated = telling.state_facts(visit, view, walk)
    if stated is not None:
        return stated
    changed_mind = _other_ideas(visit, walk)
    if changed_mind is not None:
        return changed_mind
    options = [one for one in node.options if one.offered]
    leaves = stage.chart.withdraw
    tired = visit.steps > MOST_STEPS - 10
    if walk.crumbs and node.may_withdraw and leaves is not None and (tired or stage.draw.chance("away")):
        return walks.answer(visit.clerk, walk.id, node.id, leaves.id).value
    if not options:
        # Asked what only a purchase could tell, and there is none: the customer leaves it at that.
        if not finishing.give_up(visit, view, "no_answer"):
            raise UserError("demo.stuck", number=visit.number, node=node.id)
        return visit.view()
    option = _chosen(visit, walk, options)
    telling.look_at_goods(visit, view, walk, option)
    telling.choose_ahead(visit, view, walk, option)
    try:
        return _answer(visit, view, walk, option)
    except UserError as refused:
        if refused.code != "walk.settle_first":
            raise
        return None


def _chosen(visit: Visit, walk: WalkView, options: list[Option]) -> Option:
    """What is answered: the reason they came first, then by weight or towards what is new."""
    steering = visit.stage.steering
    first = next((one for one in options if one.code == visit.entrance), None)
    if first is not None and not walk.crumbs:
        return first
    return steering.choose(walk.path[-1], options, visit.steered, walk.path)


def _answer(visit: Visit, view: CounterView, walk: WalkView, option: Option) -> CounterView | None:
    stage, draw, node = visit.stage, visit.stage.draw, walk.node
    if node is None:
        return None
    reason = draw.reason(option.code) if option.needs_role or option.needs_reason else ""
    by = None
    if option.needs_role:
        amount = sum(line.paid_fen for line in view.case.lines if line.id in walk.line_ids)
        member = stage.decider(visit.clerk, option.needs_role, amount)
        if member is not None and node.role not in CLERK_ROLES and draw.chance("parked_approval"):
            approvals.request(visit.clerk, visit.case_id, walk_id=walk.id, note=draw.reason("default"))
            decided = partial(_decide, visit, walk.id, node.id, option, reason, (member.id, member.pin))
            stage.later((1, 40), decided)
            return None
        by = None if member is None else (member.id, member.pin)
    after = walks.answer(visit.clerk, walk.id, node.id, option.code, reason=reason, by=by).value
    _note_way(visit, after)
    return after


def _decide(visit: Visit, walk_id: int, node: str, option: Option, reason: str, by: tuple[int, str]) -> None:
    """Somebody with the right answers a question that was parked; the clerk goes on."""
    question = next(
        (
            one
            for one in approvals.approvals_of(visit.clerk, visit.case_id)
            if one.walk_id == walk_id and one.node == node and one.decision == ""
        ),
        None,
    )
    if question is None:
        return
    approvals.decide(visit.clerk, [question.id], option.code, by, reason)
    _note_way(visit, visit.view())
    go_on(visit)


def _other_ideas(visit: Visit, walk: WalkView) -> CounterView | None:
    """Now and then a supervisor overrules a test, or the clerk goes back one answer."""
    stage, draw = visit.stage, visit.stage.draw
    last = walk.tests[-1] if walk.tests else None
    if (
        last is not None
        and not last.overridden
        and walk.path[-2:-1] == (last.node,)
        and draw.chance("override")
    ):
        boss = stage.member("supervisor")
        other = "no" if last.answer == "yes" else "yes"
        reason = draw.reason("override")
        return walks.override(visit.clerk, walk.id, last.node, other, reason, by=(boss.id, boss.pin)).value
    if walk.crumbs and walk.crumbs[-1].changeable and draw.chance("step_back"):
        return walks.step_back(visit.clerk, walk.id).value
    return None


def _note_way(visit: Visit, view: CounterView) -> None:
    for walk in view.walks:
        visit.stage.steering.walked(walk.path, [(crumb.node, crumb.answer) for crumb in walk.crumbs])


def _leave(visit: Visit, view: CounterView) -> None:
    """What is not finished is parked with its receipt; somebody comes again, or never."""
    stage, draw = visit.stage, visit.stage.draw
    _note_way(visit, view)
    for walk in view.walks:
        if walk.state != "waiting" or walk.node is None:
            continue
        awaited = stage.chart.nodes[walk.node.id].waits_for
        days = (1, 3) if awaited == FINANCE else (1, 6)
        if awaited != FINANCE:
            try:
                waiting.park(visit.clerk, walk.id, note=draw.reason("note") if draw.chance("note") else "")
            except UserError as refused:
                if refused.code != "walk.settle_first":
                    raise
                continue  # what comes first is not carried out yet: somebody's yes to the visit is still awaited
            slips.print_record(visit.clerk, visit.number, "acceptance_receipt", paper="80mm")
        if not draw.chance("never_back"):
            stage.in_days(days, partial(_come_again, visit, walk.id))
    if view.case.closed_at is None and draw.chance("note"):
        cases.add_note(visit.clerk, visit.case_id, draw.reason("note"))
    if draw.chance("told"):
        cases.customer_told(visit.clerk, visit.case_id, draw.reason("told"))


def _come_again(visit: Visit, walk_id: int) -> None:
    """What was waited for came, or did not; the visit goes on where it stood."""
    stage, draw = visit.stage, visit.stage.draw
    walk = next(item for item in visit.view().walks if item.id == walk_id)
    if walk.state != "waiting" or walk.node is None or walk.settled:
        return
    place = stage.chart.nodes[walk.node.id]
    if place.kind is not Kind.WAIT:
        return
    option = stage.steering.choose(place.id, walk.node.options, visit.steered, walk.path)
    answer = place.answer(option.code)
    if place.waits_for == FINANCE and answer is not None:
        if answer.undoes and finishing.paid_anything(visit):
            option, answer = next((one, place.answer(one.code)) for one in walk.node.options if one != option)
        if answer is not None and not answer.undoes and not finishing.pay_all(visit):
            stage.in_days((1, 2), partial(_come_again, visit, walk_id))
            return
    if place.waits_for == STOCK:
        restock(visit, walk)
    visit.steps = 0
    stage.tick()
    try:
        waiting.resume_wait(visit.clerk, walk_id, option.code, reason=draw.reason(option.code))
    except UserError as refused:
        if refused.code != "walk.settle_first":
            raise
        return  # somebody's yes to the visit is still awaited; who gives it goes on with it
    go_on(visit)


def restock(visit: Visit, walk: WalkView) -> None:
    """A delivery of the goods that were waited for."""
    stage = visit.stage
    chosen: list[dict[str, Any]] = walk.choices.get("replacement") or []
    wanted = [(item.get("product_id"), item["quantity_milli"]) for item in chosen]
    lines = [line for line in visit.view().case.lines if line.id in walk.line_ids]
    wanted = wanted or [(line.product_id, line.quantity_milli) for line in lines]
    for product_id, quantity in wanted:
        if product_id is not None:
            there = products.stock_on_hand(stage.desk, product_id)
            more = there + quantity + 1000 * stage.draw.between(5, 12)
            products.count_stock(stage.as_role("warehouse"), product_id, counting.whole(more))

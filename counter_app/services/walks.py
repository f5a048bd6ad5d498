"""Walking the chart with a customer: every answer is one short step on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from peewee import fn

from counter_app.db.models import CaseLine, EvidenceWaiver, Walk
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.chart import Kind
from counter_app.domain.errors import UserError
from counter_app.domain.proposal_views import CounterView
from counter_app.domain.walk_result import Override
from counter_app.services import (
    answering,
    counter_view,
    evidence,
    facts,
    inspection,
    plan,
    policy,
    proposal,
    rules,
    staff,
    undo,
)
from counter_app.services.answering import Decider, cut, settle_down
from counter_app.services.case_rows import CHANGED, acting, add_event, case_row, touch, walk_row
from counter_app.services.courses import Trail, add_step
from counter_app.services.desk import Desk, Outcome
from counter_app.services.standing import Standing, require_standing, stand, stand_of
from counter_app.services.sync import sync

Pin = tuple[int, str]


def view(desk: Desk, case_id: int) -> CounterView:
    """All the counter shows of one visit: walks, options, facts, evidence, proposal."""
    return counter_view.counter_view(desk, case_id)


def start_walk(desk: Desk, case_id: int, line_ids: Sequence[int]) -> Outcome[CounterView]:
    """Give some lines of a visit answers of their own: they leave their walk and begin a new one.

    Raises UserError `walk.lines.none`, `walk.lines.all`, `walk.lines.posted`.
    """
    staff.require(desk, roles.REGISTER)
    with desk.db.atomic("IMMEDIATE"):
        case = case_row(case_id)
        lines = [
            line for line in CaseLine.select().where(CaseLine.case == case_id) if line.id in set(line_ids)
        ]
        if not lines or len(lines) != len(set(line_ids)):
            raise UserError("walk.lines.none")
        for line in lines:
            if line.state != "reserved":
                raise UserError("walk.lines.posted")
            stays = CaseLine.select().where(CaseLine.walk == line.walk_id, CaseLine.id.not_in(list(line_ids)))
            standing = stand_of(desk, line.walk_id)
            if not stays.exists() and not standing.trail.given:
                raise UserError("walk.lines.all")
            if standing.settled:
                raise UserError("walk.lines.posted")
        walk_id = new_walk(desk, case)
        CaseLine.update(walk=walk_id).where(CaseLine.id << list(line_ids)).execute()
        undo.void_signatures(desk, case_id)
        add_event(desk, case_id, "walk_started", walk=walk_id, lines=list(line_ids))
        sync(desk, case)
    return Outcome(view(desk, case_id), CHANGED)


def answer(
    desk: Desk, walk_id: int, node: str, answer: str, *, reason: str = "", by: Pin | None = None
) -> Outcome[CounterView]:
    """Answer the node where a walk stands. `by` is a supervisor or approver with their PIN.

    Raises UserError `walk.…`, `case.…`, `staff.…`; the walk then stands where it stood.
    """
    staff.require(desk, roles.REGISTER)
    decider = _decider(desk, by)
    said = text.clean_note(reason, field="reason")
    with desk.db.atomic("IMMEDIATE"):
        standing = proposal.standing_of(desk, walk_id)
        require_standing(standing, node)
        stands = answering.give(desk, standing, answer, said, decider)
        proposal.keep(desk, standing.case, stands)
    return Outcome(view(desk, standing.case.id), CHANGED)


def step_back(desk: Desk, walk_id: int, to_node: str | None = None) -> Outcome[CounterView]:
    """Go back one answer, or to the last answer given at `to_node`. What was computed, approved and signed after
    it is gone; what was posted stays, and stops the way back.

    Raises UserError `walk.back.start`, `walk.back.not_passed`, `case.back.posted`.
    """
    staff.require(desk, roles.REGISTER)
    with desk.db.atomic("IMMEDIATE"):
        standing = stand_of(desk, walk_id)
        given = standing.result.given
        count = _answers_before(standing, to_node)
        index = answering.result_index(standing, count)
        if any(item.index >= index for item in standing.settled):
            raise UserError("case.back.posted")
        kept = given[count].kept_before
        target = given[count].node
        # An offer is weighed again: its figures may be what the clerk went back for.
        while (
            kept and standing.result.kept[kept - 1].node == target and standing.result.kept[kept - 1].offers
        ):
            kept -= 1
        trail = cut(standing, count, kept)
        _take_back_wants(desk, standing, standing.trail.given[count:])
        inspection.unsay(desk, standing.lines, walk_id=walk_id, answers=count)
        after = stand(desk, standing.case, standing.row, trail)
        walked = add_step(desk, walk_id, "back", target, "", "", trail, after.result)
        title = standing.chart.nodes[target].words
        add_event(desk, standing.case.id, "stepped_back", walk=walk_id, at=target, node=[title.zh, title.en])
        stands = settle_down(desk, standing.case, replace(after, trail=walked))
        proposal.keep(desk, standing.case, stands)
    return Outcome(view(desk, standing.case.id), CHANGED)


def override(
    desk: Desk, walk_id: int, node: str, answer: str, reason: str, *, by: Pin | None = None
) -> Outcome[CounterView]:
    """A supervisor overrules a test on the path, with a reason; what came after it is gone. It is listed.

    Raises UserError `walk.override.…`, `walk.reason.missing`, `case.back.posted`, `case.right.missing`.
    """
    staff.require(desk, roles.REGISTER)
    decider = _decider(desk, by)
    said = text.clean_note(reason, field="reason")
    if not said:
        raise UserError("walk.reason.missing", node=node)
    if not decider.actor.may(roles.DECIDE):
        raise UserError("case.right.missing", right=roles.DECIDE)
    with desk.db.atomic("IMMEDIATE"):
        standing = stand_of(desk, walk_id)
        trail = _overruled(standing, node, Override(answer, decider.staff.name, said))
        inspection.unsay(desk, standing.lines, walk_id=walk_id, answers=len(trail.given))
        after = stand(desk, standing.case, standing.row, trail)
        add_step(desk, walk_id, "override", node, answer, said, trail, after.result)
        title = standing.chart.nodes[node]
        chosen = title.answer(answer)
        add_event(
            desk,
            standing.case.id,
            "overridden",
            walk=walk_id,
            at=node,
            node=[title.words.zh, title.words.en],
            answer=[chosen.words.zh, chosen.words.en] if chosen else answer,
            reason=said,
            by=decider.staff.name,
        )
        settle_down(desk, standing.case, after)
    return Outcome(view(desk, standing.case.id), CHANGED)


def set_facts(desk: Desk, walk_id: int, written: Mapping[str, Any]) -> Outcome[CounterView]:
    """Enter facts that no book knows: what the wrong article is worth, the price of today, an allowance …

    Money as "30.00", days as ISO text, flags as true or false; None takes an entry back. What earlier tests said
    stays; the offer at the present node is weighed again. Raises UserError `walk.fact.…`, `facts.not_typed`.
    """
    staff.require(desk, roles.REGISTER)
    with desk.db.atomic("IMMEDIATE"):
        standing = stand_of(desk, walk_id)
        manual = facts.checked_manual(written, standing.rules.categories)
        merged = {**(standing.row.facts or {}), **manual}
        kept = {name: value for name, value in merged.items() if value is not None}
        Walk.update(facts=kept).where(Walk.id == walk_id).execute()
        add_event(desk, standing.case.id, "facts_set", walk=walk_id, facts=dict(manual))
        _again(desk, standing)
    return Outcome(view(desk, standing.case.id), CHANGED)


def choose(desk: Desk, walk_id: int, **choices: Any) -> Outcome[CounterView]:
    """Choices of one walk: `replacement`, `coupon`, `gift`, `concession`, `compensation`, `refusal`, `deposit`,
    `waybill`, `quote`, `repair`, `ticket`, `missing`, `deductions`, `loan` … (see `plan.py`); None takes one back.

    What the law makes payable is chosen by who may grant it alone (`legal.grant`).

    Raises UserError `plan.unknown`, `plan.value`, `staff.right.missing`.
    """
    staff.require(desk, roles.REGISTER)
    given = choices.get("compensation")
    if isinstance(given, Mapping) and given.get("legal"):
        staff.require(desk, roles.LEGAL)
    with desk.db.atomic("IMMEDIATE"):
        row = walk_row(walk_id)
        case = row.case
        case.plan = plan.changed_walk(case.plan or {}, walk_id, choices)
        touch(desk, case.id, plan=case.plan)
        add_event(
            desk, case.id, "chosen", walk=walk_id, **{k: v for k, v in choices.items() if v is not None}
        )
        _again(desk, stand(desk, case, row))
    return Outcome(view(desk, case.id), CHANGED)


def waive_evidence(desk: Desk, walk_id: int, node: str, reason: str, kind: str = "") -> Outcome[CounterView]:
    """One compulsory piece of evidence of a step will not be taken, and why (S4-19); no `kind` = every piece of the
    step that is still wanted. Each is listed.

    Raises UserError `walk.reason.missing`, `walk.back.not_passed`, `walk.evidence.not_wanted`.
    """
    return _waive(desk, walk_id, reason, node, kind)


def waive_all_evidence(desk: Desk, walk_id: int, reason: str) -> Outcome[CounterView]:
    """Every compulsory piece that a walk still wants will not be taken, for one reason (S4-19). Each is listed.

    Raises UserError `walk.reason.missing`, `walk.evidence.not_wanted`.
    """
    return _waive(desk, walk_id, reason)


def _waive(desk: Desk, walk_id: int, reason: str, node: str = "", kind: str = "") -> Outcome[CounterView]:
    staff.require(desk, roles.REGISTER)
    said = text.clean_note(reason, field="reason")
    if not said:
        raise UserError("walk.reason.missing", node=node or "–")
    with desk.db.atomic("IMMEDIATE"):
        standing = stand_of(desk, walk_id)
        if node and node not in standing.result.path:
            raise UserError("walk.back.not_passed", node=node)
        named = [
            item
            for item in evidence.present(desk, standing)
            if item.compulsory and item.node == (node or item.node) and item.kind == (kind or item.kind)
        ]
        if not any(item.state in ("wanted", "waived") for item in named):
            raise UserError("walk.evidence.not_wanted", node=node or standing.result.at)
        pieces = {(item.node, item.kind): item for item in named if item.state == "wanted"}.values()
        for item in pieces:
            insert_row(
                desk.db,
                EvidenceWaiver,
                case_id=standing.case.id,
                node=evidence.waiver_of(item.node, item.kind),
                reason=said,
                by_id=acting(desk),
                at=desk.instant(),
            )
            add_event(
                desk,
                standing.case.id,
                "evidence_waived",
                walk=walk_id,
                at=item.node,
                what=[item.title.zh, item.title.en],
                reason=said,
            )
        touch(desk, standing.case.id)
    return Outcome(view(desk, standing.case.id), CHANGED)


def _again(desk: Desk, standing: Standing) -> None:
    """Weigh the present node again, and keep what that computed."""
    row = Walk.get(Walk.id == standing.row.id)
    ended = standing.result.state == "ended"
    after = stand(desk, standing.case, row, standing.trail, fresh=not ended and not standing.pending)
    if after.result.kept != standing.trail.kept:
        add_step(desk, row.id, "answer", after.result.at, "", "", after.trail, after.result)
    settle_down(desk, standing.case, after)


def new_walk(desk: Desk, case: Any) -> int:
    version, chart = rules.current_chart(desk)
    if case.chart_version_id != version.version_id:
        version = policy.version(desk, case.chart_version_id)
        chart = rules.chart_of(desk, version)
    seq = (Walk.select(fn.MAX(Walk.seq)).where(Walk.case == case.id).scalar() or 0) + 1
    return insert_row(
        desk.db,
        Walk,
        case_id=case.id,
        seq=seq,
        chart_version_id=version.version_id,
        at_node=chart.start,
        path=[chart.start],
        updated_at=desk.instant(),
    )


def _take_back_wants(desk: Desk, standing: Standing, gone: Sequence[tuple[str, str]]) -> None:
    """A deduction that an answer called for goes with the answer."""
    answers = [standing.chart.nodes[node].answer(answer) for node, answer in gone]
    if "deductions" in standing.choices and any(one is not None and one.wants for one in answers):
        case = standing.case
        case.plan = plan.changed_walk(case.plan or {}, standing.row.id, {"deductions": None})
        touch(desk, case.id, plan=case.plan)


def _answers_before(standing: Standing, to_node: str | None) -> int:
    given = standing.result.given
    if not given:
        raise UserError("walk.back.start")
    if to_node is None:
        return len(given) - 1
    for count in range(len(given) - 1, -1, -1):
        if given[count].node == to_node:
            return count
    raise UserError("walk.back.not_passed", node=to_node)


def _overruled(standing: Standing, node: str, told: Override) -> Trail:
    """The trail up to the last visit of a test, with the overruling in place of what it said."""
    place = standing.chart.nodes.get(node)
    if place is None or place.kind is not Kind.TEST:
        raise UserError("walk.override.no_test", node=node, options="")
    if told.answer not in ("yes", "no"):
        raise UserError("walk.answer.unknown", node=node, answer=told.answer[:40], options="yes, no")
    if node not in standing.result.path:
        raise UserError("walk.back.not_passed", node=node)
    index = max(place for place, name in enumerate(standing.result.path) if name == node)
    if any(item.index >= index for item in standing.settled):
        raise UserError("case.back.posted")
    visits = [place for place, one in enumerate(standing.result.kept) if one.node == node]
    kept = visits[-1] if visits else len(standing.result.kept)
    counts = range(len(standing.result.given))
    answers = sum(1 for count in counts if answering.result_index(standing, count) < index)
    trail = cut(standing, answers, kept)
    others = tuple((name, item) for name, item in trail.overrides if name != node)
    return replace(trail, overrides=(*others, (node, told)))


def _decider(desk: Desk, by: Pin | None) -> Decider:
    """Who answers. A PIN is checked before the transaction, so that a wrong guess is remembered."""
    person = desk.staff if by is None else staff.verify_pin(desk, *by)
    if person is None:
        raise UserError("staff.sign_in_first")
    return Decider(person, by is not None)

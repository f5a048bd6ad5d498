"""The end of a case and after it: calling back, archiving, taking it up again (二次处理), withdrawing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from counter_app.db.models import CaseLine, Task, Walk
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.case import Act, Actor, CaseFacts, Refused, State, allowed
from counter_app.domain.case_views import CaseView
from counter_app.domain.chart import Kind
from counter_app.domain.dates import deadline
from counter_app.domain.errors import UserError
from counter_app.domain.proposal_views import CounterView
from counter_app.services import answering, case_views, rules, staff, walks
from counter_app.services.answering import Decider
from counter_app.services.case_rows import CHANGED, acting, add_event, case_row, touch
from counter_app.services.case_words import words
from counter_app.services.courses import Trail, add_step
from counter_app.services.desk import Desk, Outcome
from counter_app.services.sale_state import line_states, returnable_milli
from counter_app.services.standing import Standing, stand, stands_of
from counter_app.services.sync import CALLS, fresh_case, sync


def withdraw(desk: Desk, case_id: int, reason: str = "") -> Outcome[CounterView]:
    """The customer takes it all back, at any step: every walk that is still open ends so.

    What was received goes back with the posting that follows. Raises UserError `case.withdraw.posted`, `walk.ended`.
    """
    staff.require(desk, roles.REGISTER)
    said = text.clean_note(reason, field="reason")
    if desk.staff is None:
        raise UserError("staff.sign_in_first")
    with desk.db.atomic("IMMEDIATE"):
        case = case_row(case_id)
        open_ones = [item for item in stands_of(desk, case) if item.result.state != "ended"]
        if not open_ones:
            raise UserError("walk.ended", node=case.number)
        for item in open_ones:
            leaves = item.chart.withdraw
            if leaves is None or item.wanted or item.node.kind is Kind.TEST:
                raise UserError("walk.facts.first", node=item.result.at, **_named(item))
            answering.give(desk, item, leaves.id, said, Decider(desk.staff, False))
    return Outcome(walks.view(desk, case_id), CHANGED)


def call_back(
    desk: Desk,
    case_id: int,
    satisfied: bool,
    said: str = "",
    *,
    follow_up: str = "",
    next_on: date | None = None,
) -> Outcome[CaseView]:
    """The customer was called (T25-T28). Content: the case is archived, or waits for one more call where there
    is still something to `follow_up`. Not content: a manager takes it up again within 24 hours (S4-84, S4-85).

    Raises UserError `case.close.outstanding`, `task.unknown` when no call is due.
    """
    staff.require(desk, roles.REGISTER)
    told = text.clean_note(said, field="said")
    with desk.db.atomic("IMMEDIATE"):
        case = case_row(case_id)
        due = (Task.case == case_id) & (Task.kind << CALLS) & Task.done_at.is_null()
        if not Task.select().where(due).exists():
            raise UserError("task.unknown")
        _check_close(desk, case)
        result = "satisfied" if satisfied else "not_satisfied"
        Task.update(done_at=desk.instant(), done_by=acting(desk), result=f"{result} {told}".strip()).where(
            due
        ).execute()
        said_back = words(f"call.{result}")
        add_event(
            desk, case_id, "called_back", text=told, result=[said_back.zh, said_back.en], satisfied=satisfied
        )
        if satisfied and follow_up:
            insert_row(
                desk.db,
                Task,
                case_id=case_id,
                walk_id=None,
                kind="follow_up",
                role="clerk",
                what=text.clean_note(follow_up, field="follow_up"),
                due_on=next_on or deadline(desk.today(), rules.current_rules(desk).shop.call_back_days),
                created_at=desk.instant(),
                business_date=desk.today(),
            )
        if not satisfied:
            insert_row(
                desk.db,
                Task,
                case_id=case_id,
                walk_id=case.walks.order_by(Walk.seq.desc()).first().id,
                kind="second_handling",
                role="manager",
                what=told or case.number,
                due_on=desk.today(),
                created_at=desk.instant(),
                business_date=desk.today(),
            )
        sync(desk, case)
    return Outcome(case_views.case_view(desk, fresh_case(case_id)), CHANGED | {"task"})


def reopen(desk: Desk, case_id: int, reason: str) -> Outcome[CounterView]:
    """Take a finished case up again: a new walk from the last offer made, or from where complaints are settled.

    Goods that are still the customer's are reserved anew. Raises UserError `case.reason.missing`,
    `case.act.impossible`, `case.right.missing`.
    """
    staff.require(desk, roles.REOPEN)
    said = text.clean_note(reason, field="reason")
    with desk.db.atomic("IMMEDIATE"):
        case = case_row(case_id)
        _check(desk, State(case.state), Act.REOPEN, CaseFacts(reason=said))
        last = stands_of(desk, case)[-1]
        walk_id = walks.new_walk(desk, case)
        _reserve_again(desk, last, walk_id)
        trail = _again(last)
        row = Walk.get(Walk.id == walk_id)
        after = stand(desk, case, row, trail)
        for count, (node, answer) in enumerate(trail.given, start=1):
            part = replace(trail, given=trail.given[:count], kept=trail.kept)
            add_step(desk, walk_id, "answer", node, answer, said, part, stand(desk, case, row, part).result)
        add_event(desk, case_id, "second_handling", walk=walk_id, reason=said, at=after.result.at)
        Task.update(done_at=desk.instant(), done_by=acting(desk), result=said).where(
            Task.case == case_id, Task.kind == "second_handling", Task.done_at.is_null()
        ).execute()
        touch(desk, case_id, closed_at=None)
        sync(desk, fresh_case(case_id))
    return Outcome(walks.view(desk, case_id), CHANGED | {"sale"})


def _named(item: Standing) -> dict[str, str]:
    named = answering.words_list(item.wanted)
    return {"facts": named.zh, "facts_en": named.en}


def _check_close(desk: Desk, case: Any) -> None:
    if case.state != State.SETTLED.value:
        open_tasks = (
            Task.select().where(Task.case == case.id, Task.done_at.is_null(), ~(Task.kind << CALLS)).count()
        )
        raise UserError("case.close.outstanding", count=max(open_tasks, 1))
    _check(desk, State.SETTLED, Act.CLOSE, CaseFacts())


def _check(desk: Desk, state: State, act: Act, facts: CaseFacts) -> None:
    if desk.staff is None:
        raise UserError("staff.sign_in_first")
    actor = Actor(desk.staff.id, desk.staff.rights, desk.staff.limit_fen, desk.staff.owner)
    verdict = allowed(state, act, actor, facts)
    if isinstance(verdict, Refused):
        raise UserError(verdict.reason.code, **verdict.reason.params)


def _again(last: Standing) -> Trail:
    """The trail of the new walk: that of the last one up to its last offer, else straight to the complaint's."""
    given = last.result.given
    for count in range(len(given) - 1, -1, -1):
        if last.chart.nodes[given[count].node].kind is Kind.OFFER:
            kept = given[count].kept_before
            computed = last.result.kept[:kept]
            while computed and computed[-1].offers and computed[-1].node == given[count].node:
                computed = computed[:-1]
            return Trail(
                tuple((one.node, one.answer) for one in given[:count]), last.trail.overrides, computed
            )
    return Trail(last.chart.second_handling)


def _reserve_again(desk: Desk, last: Standing, walk_id: int) -> None:
    """Lines whose goods are the customer's belong to the new walk; what was returned stays returned."""
    lines = [line for line in last.lines if line.state in ("released", "kept")]
    states = line_states(desk, [line.sale_line_id for line in lines]) if lines else {}
    for line in lines:
        left = returnable_milli(line.sale_line.quantity_milli, states[line.sale_line_id])
        if left >= line.quantity_milli:
            insert_row(
                desk.db,
                CaseLine,
                case_id=line.case_id,
                walk_id=walk_id,
                sale_line_id=line.sale_line_id,
                quantity_milli=line.quantity_milli,
                reason=line.reason,
                liability=line.liability,
                condition=line.condition,
                checks=line.checks,
            )

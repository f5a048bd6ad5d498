"""Asking somebody with the right: at a node of the chart or about the whole visit, by PIN at once or parked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import SQL

from counter_app.db.models import Approval
from counter_app.domain import roles, text
from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.case import Act, Actor, CaseFacts, Refused, State, allowed
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.services import (
    answering,
    approval_rows,
    goodwill,
    phone_codes,
    staff,
    todo_views,
    visit_form,
)
from counter_app.services.answering import Decider
from counter_app.services.case_rows import acting, add_event, case_row, staff_names
from counter_app.services.desk import Desk, Outcome
from counter_app.services.phone_codes import ReadOut, Shown
from counter_app.services.standing import stand_of, stands_of
from counter_app.services.sync import sync

CHANGED = frozenset({"case", "task"})


def pending(desk: Desk) -> tuple[ApprovalView, ...]:
    """Every open question, the weightiest first: by amount, then by age."""
    waiting = Approval.id.in_(SQL("(SELECT id FROM approval WHERE decision = '')"))
    found = todo_views.approvals(desk, waiting, staff_names())
    return tuple(sorted(found, key=lambda one: (-one.amount_fen, one.requested_at)))


def approvals_of(desk: Desk, case_id: int) -> tuple[ApprovalView, ...]:
    """Every question of a case, answered or not."""
    return todo_views.approvals(desk, Approval.case == case_id, staff_names())


def request(desk: Desk, case_id: int, *, walk_id: int | None = None, note: str = "") -> Outcome[ApprovalView]:
    """Ask: at the node where a walk stands, or (without `walk_id`) for what the whole visit still needs.

    The case is parked until somebody answers. Asking twice gives the same question.
    Raises UserError `approval.not_needed`, `walk.…`.
    """
    staff.require(desk, roles.REGISTER)
    said = text.clean_note(note, field="note")
    with desk.db.atomic("IMMEDIATE"):
        case = case_row(case_id)
        approval_id = (
            _ask_walk(desk, case, walk_id, said) if walk_id is not None else _ask_visit(desk, case, said)
        )
        add_event(desk, case_id, "approval_requested", walk=walk_id, note=said)
        sync(desk, case)
    return Outcome(_view(desk, approval_id), CHANGED)


def approve_now(
    desk: Desk, approval_id: int, approver_id: int, pin: str, note: str = "", *, decision: str = "approve"
) -> Outcome[ApprovalView]:
    """Somebody with the right stands at this desk and shows their PIN. Raises as `decide`."""
    return decide(desk, (approval_id,), decision, (approver_id, pin), note)


def decide(
    desk: Desk, approval_ids: Sequence[int], decision: str, by: tuple[int, str] | ReadOut, note: str = ""
) -> Outcome[ApprovalView]:
    """Answer one question or several at once. At a node of the chart the answer is given there, too.

    `decision` is `approve`, `reject`, or another answer of a supervisor's node. Several are answered together or
    not at all. `by`: approver and PIN, or a code that they read out over the phone: it is spent with the decision.

    Raises UserError `approval.unknown`, `approval.answered`, `approval.reject_right`,
    `case.approval.own`, `case.approval.limit`, `case.approval.goodwill`, `case.right.missing`, `staff.pin.wrong`, `approval.code.…`
    """
    if not approval_ids:
        raise UserError("approval.unknown")
    decider, shown = _decider(desk, by)
    said = text.clean_note(note, field="note")
    with desk.db.atomic("IMMEDIATE"):
        for approval_id in approval_ids:
            _decide(desk, approval_id, decision, decider, said)
        if shown is not None:
            phone_codes.use(desk, shown, approval_ids)
    return Outcome(_view(desk, approval_ids[-1]), CHANGED)


def _decider(desk: Desk, by: tuple[int, str] | ReadOut) -> tuple[Decider, Shown | None]:
    if isinstance(by, ReadOut):
        shown = phone_codes.verify(desk, by)
        return Decider(shown.person, True, True), shown
    return Decider(staff.verify_pin(desk, *by), True), None


def _ask_walk(desk: Desk, case: Any, walk_id: int, note: str) -> int:
    standing = stand_of(desk, walk_id)
    answering.check_open(standing)
    role = standing.node.role
    if role in answering.CLERK_ROLES:
        raise UserError("approval.not_needed")
    known = Approval.get_or_none(
        (Approval.walk == walk_id) & (Approval.node == standing.result.at) & (Approval.decision == "")
    )
    if known is not None:
        return int(known.id)
    amount = approval_rows.amount_at_stake(standing)
    return approval_rows.new_question(desk, standing, role, amount, note, requested_by=acting(desk))


def _ask_visit(desk: Desk, case: Any, note: str) -> int:
    whole = visit_form.present_sum(desk, case)
    need = next((one for one in whole.needs if not one.node and one.state != "approve"), None)
    if need is None:
        raise UserError("approval.not_needed")
    if need.approval_id is not None and need.state == "":
        return need.approval_id
    figures = {
        "role": "approver",
        "refund_fen": whole.refund_fen,
        "collect_fen": whole.collect_fen,
        "documents": [list(item) for item in whole.documents],
        "may_reject": need.may_reject,
        "goodwill_fen": need.goodwill_fen,
    }
    return approval_rows.new_visit_question(
        desk,
        case.id,
        list(zip(need.codes, need.reasons, strict=True)),
        figures,
        whole.figures_hash,
        need.amount_fen,
        note,
        acting(desk),
    )


def _decide(desk: Desk, approval_id: int, decision: str, decider: Decider, note: str) -> None:
    row = Approval.get_or_none(Approval.id == approval_id)
    if row is None:
        raise UserError("approval.unknown")
    if row.decision:
        raise UserError("approval.answered", number=row.case.number)
    if decider.by_code and decider.staff.id == row.requested_by_id:
        # A code tells that somebody far away agrees; whoever asks is not far away.
        raise UserError("approval.code.own", name=decider.staff.name)
    if row.walk_id is not None:
        standing = stand_of(desk, row.walk_id)
        if standing.result.at != row.node:
            raise UserError("approval.stale", number=row.case.number)
        if decision == "reject" and not (row.figures or {}).get("may_reject", True):
            raise UserError("approval.reject_right", number=row.case.number)
        answering.give(desk, standing, decision, note, decider)
        return
    _decide_visit(desk, row, decision, decider, note)


def _decide_visit(desk: Desk, row: Any, decision: str, decider: Decider, note: str) -> None:
    person = decider.staff
    if decision not in ("approve", "reject"):
        raise UserError("approval.decision", decision=decision[:20])
    if decision == "reject" and not (row.figures or {}).get("may_reject", True):
        raise UserError("approval.reject_right", number=row.case.number)
    own = person.id == row.requested_by_id
    alone = own and approval_rows.stands_alone(desk, person.id)
    actor = Actor(person.id, person.rights, person.limit_fen, person.owner)
    facts = CaseFacts(requested_by=row.requested_by_id, amount_fen=row.amount_fen, alone=alone, reason=note)
    verdict = allowed(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, actor, facts)
    if isinstance(verdict, Refused):
        raise UserError(verdict.reason.code, **verdict.reason.params)
    given_fen = goodwill.asked_fen(row.figures)
    if decision == "approve" and not goodwill.may_give(desk, person, given_fen):
        limit = goodwill.limit_of(desk, person) or 0
        raise UserError(
            "case.approval.goodwill",
            amount=format_yuan(given_fen),
            limit=format_yuan(limit),
            name=person.name,
        )
    Approval.update(
        decision=decision,
        decided_by=person.id,
        decided_at=desk.instant(),
        decision_note=note,
        self_approved=own,
        way=decider.way,
    ).where(Approval.id == row.id).execute()
    add_event(
        desk, row.case_id, "approved" if decision == "approve" else "rejected", by=person.name, note=note
    )
    case = case_row(row.case_id)
    sync(desk, case, stands_of(desk, case))


def _view(desk: Desk, approval_id: int) -> ApprovalView:
    return todo_views.approvals(desk, Approval.id == approval_id, staff_names())[0]

"""Taking one step of a walk: who may answer, what the answer brings with it, what is written down.

Everything here runs inside the caller's transaction; `walks.py` and `approvals.py` open it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from counter_app.db.models import Approval, CaseLine, Task, Walk, WalkStep
from counter_app.db.posting_sql import change_rows
from counter_app.db.reading_sql import rows_of
from counter_app.domain import roles
from counter_app.domain.case import Act, Actor, CaseFacts, Refused, State, allowed
from counter_app.domain.chart import Answer, Kind, Node
from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Words
from counter_app.domain.walk_result import Offered
from counter_app.services import goods_waiting, inspection, rules, undo
from counter_app.services.approval_rows import amount_at_stake, new_question, stands_alone
from counter_app.services.case_rows import add_event
from counter_app.services.case_words import words
from counter_app.services.courses import Trail, add_step
from counter_app.services.desk import Desk, StaffView
from counter_app.services.standing import Standing, stand, stands_of
from counter_app.services.sync import sync

CLERK_ROLES = ("", "clerk")
_UNPAID = """
    SELECT COUNT(*) FROM settlement s JOIN document d ON d.id = s.document_id
    WHERE d.walk_id = ? AND +d.reverses_id IS NULL AND s.direction = 'out'
      AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
      AND s.amount_fen <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM proof p WHERE p.settlement_id = s.id)
"""

_PAID = """
    SELECT COUNT(*) FROM proof p JOIN settlement s ON s.id = p.settlement_id JOIN document d ON d.id = s.document_id
    WHERE d.walk_id = ? AND +d.reverses_id IS NULL AND s.direction = 'out'
      AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
"""


@dataclass(frozen=True, slots=True)
class Decider:
    """Who answers: whoever is signed in, somebody who showed a PIN, or who read a code out over the phone."""

    staff: StaffView
    by_pin: bool
    by_code: bool = False

    @property
    def way(self) -> str:
        """As it is written down: a code over the phone, a PIN shown here, or signed in."""
        return "code" if self.by_code else "pin" if self.by_pin else "signed_in"

    @property
    def actor(self) -> Actor:
        """As the transition table knows them."""
        return Actor(self.staff.id, self.staff.rights, self.staff.limit_fen, self.staff.owner)


def option_of(standing: Standing, answer: str) -> Offered:
    """The answer as it is on offer at the present node. Raises UserError `walk.answer.unknown`, `.not_offered`."""
    found = next((one for one in standing.result.options if one.answer == answer), None)
    offered = ", ".join(one.answer for one in standing.result.options if one.offered)
    if found is None:
        raise UserError("walk.answer.unknown", node=standing.result.at, answer=answer[:40], options=offered)
    if not found.offered:
        raise UserError(
            "walk.answer.not_offered",
            node=standing.result.at,
            answer=answer,
            because=found.because,
            options=offered,
        )
    return found


def role_of(node: Node, answer: Answer | None) -> str:
    """Who must give this answer: the node's role, or the one that confirms this answer."""
    if answer is not None and answer.confirm:
        return answer.confirm
    return node.role


def give(
    desk: Desk, standing: Standing, answer_id: str, reason: str, decider: Decider
) -> tuple[Standing, ...]:
    """Give one answer, walk on and write it all down. Returns where every walk of the visit stands then.

    Raises UserError `walk.settle_first`, `walk.facts.first`, `walk.role.…`, `walk.reason.missing`, `case.…`.
    """
    node = standing.node
    check_open(standing)
    option = option_of(standing, answer_id)
    answer = node.answer(answer_id)
    # Leaving is the customer's, whoever would have to answer here.
    role = "" if option.withdraws else role_of(node, answer)
    amount = amount_at_stake(standing)
    _check_state(standing, decider, role, node)
    _check_decision(desk, standing, decider, role, amount, reason, withdraws=option.withdraws)
    if node.kind is Kind.WAIT:
        _wait_is_over(desk, standing, answer, withdraws=option.withdraws)
    if answer is not None and answer.undoes:
        _undo_last(desk, standing, reason)
    trail = replace(standing.trail, given=(*standing.trail.given, (node.id, answer_id)))
    _goods_of(desk, standing, answer)
    suggest_reason(desk, standing, trail)
    fresh_row = Walk.get(Walk.id == standing.row.id)
    after = stand(desk, standing.case, fresh_row, trail)
    act = "withdraw" if option.withdraws else "answer"
    walked = add_step(desk, standing.row.id, act, node.id, answer_id, reason, trail, after.result)
    if role not in CLERK_ROLES and not option.withdraws:
        _write_decision(desk, standing, decider, role, answer_id, reason, amount)
    title = answer.words if answer is not None else _withdraw_words(standing)
    kind = "withdrawn" if option.withdraws else "answered"
    add_event(
        desk,
        standing.case.id,
        kind,
        walk=standing.row.id,
        at=node.id,
        node=[node.words.zh, node.words.en],
        answer=[title.zh, title.en],
        reason=reason,
        by=decider.staff.name,
    )
    return settle_down(desk, standing.case, replace(after, trail=walked))


def settle_down(desk: Desk, case: Any, after: Standing) -> tuple[Standing, ...]:
    """After any step: the signature and open questions of before are void, the case's columns follow.

    Returns where every walk of the visit stands.
    """
    undo.void_signatures(desk, case.id)
    stands = stands_of(desk, case, known=after)
    undo.withdraw_approvals(desk, case.id, after.row.id, keep_node=after.result.at)
    sync(desk, case, stands)
    return stands


def check_open(standing: Standing) -> None:
    """A step needs an open node. Raises UserError `walk.ended`, `walk.settle_first`, `walk.facts.first`."""
    if standing.result.state == "ended":
        raise UserError("walk.ended", node=standing.result.at)
    if standing.pending:
        raise UserError("walk.settle_first", node=standing.result.path[standing.pending[0]])
    if standing.wanted:
        named = words_list(standing.wanted)
        raise UserError("walk.facts.first", node=standing.result.at, facts=named.zh, facts_en=named.en)


def words_list(names: tuple[str, ...]) -> Words:
    """Names of facts in words."""
    titles = [words(f"fact.{name}") for name in names]
    return Words("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))


def requester_of(standing: Standing) -> int:
    """Who asks: whoever took the last step, else who owns the case."""
    last = (
        WalkStep.select(WalkStep.by)
        .where(WalkStep.walk == standing.row.id)
        .order_by(WalkStep.seq.desc())
        .first()
    )
    return int(last.by_id) if last is not None else int(standing.case.owner_id)


def suggest_reason(desk: Desk, standing: Standing, trail: Trail) -> None:
    """Put the reason that the answers suggest on lines whose reason nobody chose."""
    remote = standing.case.sale is not None and standing.case.sale.channel == "remote"
    code = ""
    for node_id, answer_id in trail.given:
        answer = standing.chart.nodes[node_id].answer(answer_id)
        if answer is not None and answer.reasons:
            code = answer.reasons[-1] if remote else answer.reasons[0]
    table = rules.code_tables(desk)["reasons"]
    if code not in table:
        return
    for line in rows_of(CaseLine, walk=standing.row.id, state="reserved"):
        checks = line.checks or {}
        if (not line.reason or checks.get("suggested_reason")) and line.reason != code:
            suggested = {
                "reason": code,
                "liability": table[code]["liability"],
                "checks": {**checks, "suggested_reason": True},
            }
            change_rows(desk.db, CaseLine, suggested, id=line.id)


def _check_state(standing: Standing, decider: Decider, role: str, node: Node) -> None:
    """The case must be one that takes answers: the transition table says."""
    state = State.OPEN
    act = Act.ANSWER
    if node.kind is Kind.WAIT:
        state, act = State(f"waiting_{node.waits_for or 'goods'}"), Act.RESUME
    facts = CaseFacts(node_role=role if role not in CLERK_ROLES else "")
    verdict = allowed(state, act, decider.actor, facts)
    if isinstance(verdict, Refused):
        raise UserError(verdict.reason.code, **verdict.reason.params)


def _check_decision(
    desk: Desk, standing: Standing, decider: Decider, role: str, amount: int, reason: str, *, withdraws: bool
) -> None:
    """Somebody with the role answers; an approver is somebody else than who asked (invariant 13)."""
    if withdraws and any(not item.undone for item in standing.settled):
        raise UserError("case.withdraw.posted")
    if role in CLERK_ROLES or withdraws:
        return
    right = roles.CHART_ROLES.get(role, roles.DECIDE)
    if not decider.actor.may(right):
        raise UserError("walk.role.missing", role=words(f"role.{role}").zh, name=decider.staff.name)
    if right != roles.APPROVE:
        return
    asked_by = requester_of(standing)
    alone = decider.staff.id == asked_by and stands_alone(desk, asked_by)
    facts = CaseFacts(requested_by=asked_by, amount_fen=amount, alone=alone, reason=reason, pin_given=True)
    verdict = allowed(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, decider.actor, facts)
    if isinstance(verdict, Refused):
        raise UserError(verdict.reason.code, **verdict.reason.params)


def _write_decision(
    desk: Desk, standing: Standing, decider: Decider, role: str, answer: str, reason: str, amount: int
) -> None:
    """Who decided, and why it was theirs to decide. A question that was parked is answered; others are noted."""
    row = (
        Approval.select()
        .where(Approval.walk == standing.row.id, Approval.node == standing.result.at, Approval.decision == "")
        .first()
    )
    asked_by = row.requested_by_id if row is not None else requester_of(standing)
    decided = {
        "decision": "reject" if answer == "reject" else "approve",
        "decided_by": decider.staff.id,
        "decided_at": desk.instant(),
        "decision_note": reason,
        "self_approved": decider.staff.id == asked_by,
        "way": decider.way,
    }
    if row is not None:
        Approval.update(**decided).where(Approval.id == row.id).execute()
    else:
        new_question(desk, standing, role, amount, "", requested_by=asked_by, decided=decided, answer=answer)
    kind = "rejected" if answer == "reject" else "approved"
    add_event(
        desk, standing.case.id, kind, walk=standing.row.id, at=standing.result.at, by=decider.staff.name
    )


def _wait_is_over(desk: Desk, standing: Standing, answer: Answer | None, *, withdraws: bool) -> None:
    """The to-do of the wait is done. Finance's wait ends when all is paid, or with the application sent back; goods
    that were sent first against a deposit are waited for only once the deposit was there and they had left."""
    undoes = answer is not None and answer.undoes
    if standing.node.waits_for == "finance" and not undoes and not withdraws:
        unpaid = int(desk.db.execute_sql(_UNPAID, (standing.row.id,)).fetchone()[0])
        if unpaid:
            raise UserError("waiting.not_paid", number=standing.case.number, count=unpaid)
    owes = goods_waiting.waits_for_money(standing.row.id)
    if owes and not withdraws and not goods_waiting.goods_left(standing.row.id):
        raise UserError("waiting.not_received", number=standing.case.number)
    Task.update(done_at=desk.instant(), done_by=desk.staff.id if desk.staff else None).where(
        Task.walk == standing.row.id, Task.kind == "wait", Task.done_at.is_null()
    ).execute()


def _goods_of(desk: Desk, standing: Standing, answer: Answer | None) -> None:
    """What an answer says of the goods: in order (accepted), or handed back (V11)."""
    if answer is None:
        return
    lines, walk_id, answers = standing.lines, standing.row.id, len(standing.trail.given)
    if answer.accepts:
        condition = answer.accepts
        faulty = all((line.reason or "Q").startswith("Q") for line in lines)
        if condition == "K7" and not faulty:
            condition = "K2"
        inspection.accept_all(
            desk, lines, condition, standing.result.dispositions, walk_id=walk_id, answers=answers
        )
    if "V11" in answer.dispositions:
        inspection.reject_all(desk, lines, walk_id=walk_id, answers=answers)


def _undo_last(desk: Desk, standing: Standing, reason: str) -> None:
    """Take back what the last settling step posted: an application sent back is reversed, and asked anew."""
    from counter_app.services import reversing

    if not reason.strip():
        raise UserError("walk.reason.missing", node=standing.result.at)
    stands = [item for item in standing.settled if not item.undone]
    if int(desk.db.execute_sql(_PAID, (standing.row.id,)).fetchone()[0]):
        raise UserError("waiting.paid_already", number=standing.case.number)
    if stands:
        reversing.reverse_step(desk, standing, stands[-1], reason)


def _withdraw_words(standing: Standing) -> Words:
    leaves = standing.chart.withdraw
    return leaves.words if leaves is not None else Words()


def cut(standing: Standing, answers: int, kept: int) -> Trail:
    """The trail up to its n-th answer and computation, with the overrides that are still passed."""
    remaining = standing.trail.kept[:kept]
    nodes = {one.node for one in remaining if one.test is not None}
    overrides = tuple((node, told) for node, told in standing.trail.overrides if node in nodes)
    return Trail(standing.trail.given[:answers], overrides, remaining, standing.trail.steps)


def result_index(standing: Standing, given: int) -> int:
    """Where on the path the n-th answer was given."""
    seen = 0
    for index, node_id in enumerate(standing.result.path):
        if standing.chart.nodes[node_id].kind in (Kind.ASK, Kind.OFFER, Kind.WAIT):
            if seen == given:
                return index
            seen += 1
    return len(standing.result.path) - 1

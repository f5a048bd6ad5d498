"""Case states and the one transition table.

`allowed(state, act, actor, facts)` answers `Allowed(to)` or `Refused(reason)`. The same answer greys a button out,
with the reason as its tooltip, and guards the service. An end of the chart closes a walk, not the case: the case
is *executing* until everything the end names is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from counter_app.domain import roles
from counter_app.domain.money import format_yuan
from counter_app.domain.spoken import Reason


class State(StrEnum):
    """Where a case stands. Stored by these words."""

    DRAFT = "draft"
    """Goods and customer are being looked up; there is no number yet, and nothing is stored."""
    OPEN = "open"
    """Numbered, and the chart asks something that can be answered now."""
    WAITING_GOODS = "waiting_goods"
    """Parked until the customer's goods come back."""
    WAITING_TEST = "waiting_test"
    """Parked while the goods are tested or diagnosed."""
    WAITING_STOCK = "waiting_stock"
    """Parked until the replacement is in stock."""
    WAITING_PARCEL = "waiting_parcel"
    """Parked until the courier delivers."""
    WAITING_APPROVAL = "waiting_approval"
    """Parked until somebody with the right says yes or no."""
    WAITING_FINANCE = "waiting_finance"
    """A refund is posted and owed; parked until it is paid."""
    READY = "ready"
    """Everything is answered; the form lies before the customer to be confirmed."""
    SIGNED = "signed"
    """The customer confirmed the form as it will print; nothing is posted yet."""
    EXECUTING = "executing"
    """Posted; something that was promised (money, goods, parcel, repair, deposit) is still outstanding."""
    SETTLED = "settled"
    """Posted and everything promised is done; the call-back may be outstanding."""
    CLOSED = "closed"
    """Settled and archived."""
    REFUSED = "refused"
    """Refused in writing with reason, basis and approver; the goods were handed back."""
    WITHDRAWN = "withdrawn"
    """The customer withdrew before anything was posted; the goods are theirs again."""
    REVERSED = "reversed"
    """Every document of the case was reversed."""


class Act(StrEnum):
    """What somebody does to a case."""

    REGISTER = "register"
    ANSWER = "answer"
    STEP_BACK = "step_back"
    PARK = "park"
    RESUME = "resume"
    REQUEST_APPROVAL = "request_approval"
    DECIDE_APPROVAL = "decide_approval"
    CONFIRM = "confirm"
    SIGN = "sign"
    POST = "post"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REVERSE = "reverse"
    REOPEN = "reopen"


WAITING: Final[Mapping[str, State]] = MappingProxyType(
    {
        "goods": State.WAITING_GOODS,
        "test": State.WAITING_TEST,
        "stock": State.WAITING_STOCK,
        "parcel": State.WAITING_PARCEL,
        "approval": State.WAITING_APPROVAL,
        "finance": State.WAITING_FINANCE,
    }
)
"""What a case waits for → its state."""
POSTED: Final = frozenset({State.EXECUTING, State.SETTLED, State.CLOSED, State.WAITING_FINANCE})
"""States in which documents of the case are posted, as a rule."""
FINAL: Final = frozenset({State.CLOSED, State.REFUSED, State.WITHDRAWN, State.REVERSED})
"""States in which nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. An owner has every right and no limit; `limit_fen` is what the others may decide alone."""

    id: int
    rights: frozenset[str]
    limit_fen: int = 0
    owner: bool = False

    def may(self, right: str) -> bool:
        """Whether this person has the right."""
        return self.owner or right in self.rights


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What an act on a case depends on. Every field has the value that stops nothing by default.

    `node_role`: the role the present node asks for. `waiting_for`: what the walk now waits for, a key of
    `WAITING`, '' when it does not. `ended`: all walks ended, or stand at a step that settles. `outcome`: `done`,
    `refused`, `withdrawn`. `missing`: things still to be entered. `approvals_open`: asked and undecided, or
    needed and not asked. `approver_may`: who approved still has the right and the limit. `signed`: the form's
    present content was signed; `signature_waived`: a reason stands in its place. `figures_changed`: preview and
    facts differ. `outstanding`: what is promised and not yet done. `posted_after`: something was posted after
    the step to go back to. `posted`: posted and not reversed documents. `amount_fen`: what an approval is about.
    `alone`: no other active approver in the shop. `pin_given`: the approver proved who they are.
    """

    node_role: str = ""
    waiting_for: str = ""
    ended: bool = False
    outcome: str = "done"
    missing: int = 0
    approvals_open: int = 0
    approver_may: bool = True
    signed: bool = False
    signature_waived: bool = False
    figures_changed: bool = False
    outstanding: int = 0
    posted: int = 0
    posted_after: bool = False
    requested_by: int | None = None
    amount_fen: int = 0
    alone: bool = False
    reason: str = ""
    pin_given: bool = True
    settles: str = "money_out"
    month_closed: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes, and the state the case is in afterwards."""

    to: State


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and why."""

    reason: Reason


Verdict = Allowed | Refused
Guard = Callable[[Actor, CaseFacts], Reason | None]


def _no(code: str, **params: object) -> Reason:
    return Reason(code, dict(params))


def _may_answer(actor: Actor, facts: CaseFacts) -> Reason | None:
    right = roles.CHART_ROLES.get(facts.node_role, roles.DECIDE)
    return None if actor.may(right) else _no("case.right.missing", right=right)


def _may_step_back(_: Actor, facts: CaseFacts) -> Reason | None:
    return _no("case.back.posted") if facts.posted_after else None


def _may_park(_: Actor, facts: CaseFacts) -> Reason | None:
    return None if facts.waiting_for in WAITING else _no("case.park.nothing")


def _may_confirm(_: Actor, facts: CaseFacts) -> Reason | None:
    if not facts.ended:
        return _no("case.confirm.unanswered")
    if facts.approvals_open:
        return _no("case.approval.missing", count=facts.approvals_open)
    return _no("case.incomplete", count=facts.missing) if facts.missing else None


def _may_post(actor: Actor, facts: CaseFacts) -> Reason | None:
    unready = _may_confirm(actor, facts)
    if unready is not None:
        return unready
    if facts.month_closed:
        return _no("case.month_closed")
    if facts.figures_changed:
        return _no("case.post.figures_changed")
    if not facts.approver_may:
        return _no("case.post.approver_lost_right")
    return None if facts.signed or facts.signature_waived else _no("case.post.unsigned")


def _may_decide(actor: Actor, facts: CaseFacts) -> Reason | None:
    if not facts.pin_given:
        return _no("case.approval.pin")
    if actor.id == facts.requested_by:
        if not (actor.owner and facts.alone):
            return _no("case.approval.own")
        if not facts.reason.strip():
            return _no("case.reason.missing")
    if not actor.owner and facts.amount_fen > actor.limit_fen:
        amount, limit = format_yuan(facts.amount_fen), format_yuan(actor.limit_fen)
        return _no("case.approval.limit", amount=amount, limit=limit)
    return None


def _may_settle(actor: Actor, facts: CaseFacts) -> Reason | None:
    rights = {"money_out": roles.PAY, "money_in": roles.TAKE, "goods": roles.STOCK, "repair": roles.REPAIR}
    right = rights.get(facts.settles, roles.POST)
    return None if actor.may(right) or actor.may(roles.POST) else _no("case.right.missing", right=right)


def _may_withdraw(_: Actor, facts: CaseFacts) -> Reason | None:
    return _no("case.withdraw.posted") if facts.posted else None


def _may_close(_: Actor, facts: CaseFacts) -> Reason | None:
    return _no("case.close.outstanding", count=facts.outstanding) if facts.outstanding else None


def _may_reverse(_: Actor, facts: CaseFacts) -> Reason | None:
    if not facts.posted:
        return _no("case.reverse.nothing")
    if not facts.reason.strip():
        return _no("case.reason.missing")
    return None


def _may_reopen(_: Actor, facts: CaseFacts) -> Reason | None:
    return None if facts.reason.strip() else _no("case.reason.missing")


@dataclass(frozen=True, slots=True)
class Transition:
    """One cell of the table: the state it leads to (None = `_target` says), the right, further conditions."""

    to: State | None
    right: str = roles.REGISTER
    guard: Guard | None = None


_ANY_WAIT = tuple(WAITING.values())
_WITHDRAW = Transition(State.WITHDRAWN, guard=_may_withdraw)
_BACK = Transition(State.OPEN, guard=_may_step_back)
_POST = Transition(None, roles.POST, _may_post)
_REVERSE = Transition(None, roles.REVERSE, _may_reverse)
_REOPEN = Transition(State.OPEN, roles.REOPEN, _may_reopen)
_ASK = Transition(State.WAITING_APPROVAL)
_SETTLE = Transition(None, "", _may_settle)

TABLE: Final[Mapping[tuple[State, Act], Transition]] = MappingProxyType(
    {
        (State.DRAFT, Act.REGISTER): Transition(State.OPEN),
        (State.OPEN, Act.ANSWER): Transition(State.OPEN, "", _may_answer),
        (State.OPEN, Act.STEP_BACK): _BACK,
        (State.OPEN, Act.PARK): Transition(None, guard=_may_park),
        (State.OPEN, Act.REQUEST_APPROVAL): _ASK,
        (State.OPEN, Act.CONFIRM): Transition(State.READY, guard=_may_confirm),
        (State.OPEN, Act.WITHDRAW): _WITHDRAW,
        **{
            (state, Act.RESUME): Transition(State.OPEN)
            for state in _ANY_WAIT
            if state is not State.WAITING_APPROVAL
        },
        **{(state, Act.STEP_BACK): _BACK for state in _ANY_WAIT},
        **{(state, Act.WITHDRAW): _WITHDRAW for state in _ANY_WAIT},
        **{(state, Act.REVERSE): _REVERSE for state in _ANY_WAIT},
        **{(state, Act.SETTLE): _SETTLE for state in _ANY_WAIT},
        (State.WAITING_APPROVAL, Act.DECIDE_APPROVAL): Transition(State.OPEN, roles.APPROVE, _may_decide),
        (State.READY, Act.STEP_BACK): _BACK,
        (State.READY, Act.REQUEST_APPROVAL): _ASK,
        (State.READY, Act.SIGN): Transition(State.SIGNED),
        (State.READY, Act.POST): _POST,
        (State.READY, Act.WITHDRAW): _WITHDRAW,
        (State.SIGNED, Act.STEP_BACK): _BACK,
        (State.SIGNED, Act.POST): _POST,
        (State.SIGNED, Act.WITHDRAW): _WITHDRAW,
        (State.EXECUTING, Act.SETTLE): _SETTLE,
        (State.EXECUTING, Act.REVERSE): _REVERSE,
        (State.EXECUTING, Act.REOPEN): _REOPEN,
        (State.SETTLED, Act.CLOSE): Transition(State.CLOSED, guard=_may_close),
        (State.SETTLED, Act.REVERSE): _REVERSE,
        (State.SETTLED, Act.REOPEN): _REOPEN,
        (State.CLOSED, Act.REVERSE): _REVERSE,
        (State.CLOSED, Act.REOPEN): _REOPEN,
        (State.REFUSED, Act.REOPEN): _REOPEN,
        (State.REVERSED, Act.REOPEN): _REOPEN,
    }
)
"""Every act that a state knows. What is not here is not possible."""


def _target(state: State, act: Act, facts: CaseFacts) -> State:
    """Where the acts lead whose end depends on the facts."""
    if act is Act.PARK:
        return WAITING[facts.waiting_for]
    if act is Act.REVERSE:
        return State.REVERSED if facts.posted <= 1 else state
    if act is Act.POST and facts.outcome == "refused":
        return State.REFUSED
    if act is Act.POST and facts.outcome == "withdrawn":
        return State.WITHDRAWN
    if act is Act.POST and facts.waiting_for in WAITING:
        return WAITING[facts.waiting_for]
    if act is Act.SETTLE and state is not State.EXECUTING:
        return state
    return State.EXECUTING if facts.outstanding else State.SETTLED


def allowed(state: State, act: Act, actor: Actor, facts: CaseFacts) -> Verdict:
    """Whether this person may do this to a case in this state: the next state, or the reason why not.

    For `REVERSE`, `facts.posted` counts the document about to be reversed; for `POST` and `SETTLE`,
    `facts.outstanding` is what is left afterwards.
    """
    transition = TABLE.get((State(state), Act(act)))
    if transition is None:
        return Refused(_no("case.act.impossible", act=str(act), state=str(state)))
    if transition.right and not actor.may(transition.right):
        return Refused(_no("case.right.missing", right=transition.right))
    if transition.guard is not None:
        reason = transition.guard(actor, facts)
        if reason is not None:
            return Refused(reason)
    return Allowed(transition.to or _target(state, act, facts))


def acts_of(state: State) -> tuple[Act, ...]:
    """The acts a state knows, in the order of `Act`."""
    return tuple(act for act in Act if (state, act) in TABLE)


_MOST_PRESSING = (
    State.OPEN,
    State.READY,
    State.SIGNED,
    State.WAITING_APPROVAL,
    State.WAITING_FINANCE,
    State.WAITING_STOCK,
    State.WAITING_TEST,
    State.WAITING_PARCEL,
    State.WAITING_GOODS,
    State.EXECUTING,
    State.SETTLED,
    State.CLOSED,
    State.REVERSED,
    State.REFUSED,
    State.WITHDRAWN,
)


def gathered(walks: Iterable[State]) -> State:
    """The state of a case whose walks stand at these states: the most pressing one; OPEN without a walk."""
    standing = set(walks)
    return next((state for state in _MOST_PRESSING if state in standing), State.OPEN)

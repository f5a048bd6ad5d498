"""Cases move along one table, and every no has its reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources, wording
from counter_app.domain import roles
from counter_app.domain.case import (
    FINAL,
    TABLE,
    WAITING,
    Act,
    Actor,
    Allowed,
    CaseFacts,
    Refused,
    State,
    acts_of,
    allowed,
    gathered,
)
from counter_app.domain.errors import UserError
from counter_app.domain.roles import ALL_RIGHTS, CHART_ROLES, load_roles, rights_by_role

ROLES = load_roles(resources.read_toml("policy", "roles.toml"))
RIGHTS = rights_by_role(ROLES.values())
CLERK = Actor(1, RIGHTS["clerk"], ROLES["clerk"].limit_fen)
SUPERVISOR = Actor(2, RIGHTS["supervisor"], ROLES["supervisor"].limit_fen)
OWNER = Actor(3, frozenset(), owner=True)
DONE = CaseFacts(ended=True, signed=True)


def after(state: State, act: Act, facts: CaseFacts = DONE, actor: Actor = OWNER) -> State:
    verdict = allowed(state, act, actor, facts)
    assert isinstance(verdict, Allowed), verdict
    return verdict.to


def why(state: State, act: Act, facts: CaseFacts = DONE, actor: Actor = OWNER) -> str:
    verdict = allowed(state, act, actor, facts)
    assert isinstance(verdict, Refused)
    told = wording.sentence(UserError(verdict.reason.code, **verdict.reason.params), "zh")  # type: ignore[arg-type]
    assert told != verdict.reason.code and "{" not in told
    return verdict.reason.code


@pytest.mark.req("S4-82", "S2-35")
def test_a_plain_return_goes_from_the_counter_to_the_archive() -> None:
    state = State.DRAFT
    for act, actor in [
        (Act.REGISTER, CLERK),
        (Act.ANSWER, CLERK),
        (Act.CONFIRM, CLERK),
        (Act.SIGN, CLERK),
        (Act.POST, CLERK),
    ]:
        state = after(state, act, replace(DONE, outstanding=1), actor)
    assert state is State.EXECUTING
    assert after(state, Act.SETTLE, replace(DONE, outstanding=1), CLERK) is State.EXECUTING
    assert after(state, Act.SETTLE, DONE, CLERK) is State.SETTLED
    assert why(State.SETTLED, Act.CLOSE, replace(DONE, outstanding=1)) == "case.close.outstanding"
    assert after(State.SETTLED, Act.CLOSE, DONE, CLERK) is State.CLOSED


@pytest.mark.req("S4-35", "S4-64")
@pytest.mark.parametrize("what", sorted(WAITING))
def test_a_case_parks_for_whatever_it_waits_for_and_resumes_another_day(what: str) -> None:
    parked = after(State.OPEN, Act.PARK, CaseFacts(waiting_for=what), CLERK)
    assert parked is WAITING[what]
    if parked is State.WAITING_APPROVAL:
        assert after(parked, Act.DECIDE_APPROVAL, CaseFacts(), SUPERVISOR) is State.OPEN
    else:
        assert after(parked, Act.RESUME, CaseFacts(), CLERK) is State.OPEN
    assert after(parked, Act.WITHDRAW, CaseFacts(), CLERK) is State.WITHDRAWN


def test_nothing_to_wait_for_is_nothing_to_park() -> None:
    assert why(State.OPEN, Act.PARK, CaseFacts()) == "case.park.nothing"


def test_posting_in_the_middle_of_a_walk_waits_for_finance() -> None:
    facts = replace(DONE, waiting_for="finance", outstanding=1)
    assert after(State.SIGNED, Act.POST, facts) is State.WAITING_FINANCE
    assert after(State.WAITING_FINANCE, Act.SETTLE, replace(facts, outstanding=0)) is State.WAITING_FINANCE
    assert after(State.WAITING_FINANCE, Act.RESUME, facts) is State.OPEN


@pytest.mark.parametrize(("outcome", "state"), [("refused", State.REFUSED), ("withdrawn", State.WITHDRAWN)])
def test_a_refusal_and_a_withdrawal_are_posted_too(outcome: str, state: State) -> None:
    assert after(State.SIGNED, Act.POST, replace(DONE, outcome=outcome)) is state


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (CaseFacts(signed=True), "case.confirm.unanswered"),
        (replace(DONE, approvals_open=1), "case.approval.missing"),
        (replace(DONE, missing=2), "case.incomplete"),
        (replace(DONE, month_closed=True), "case.month_closed"),
        (replace(DONE, figures_changed=True), "case.post.figures_changed"),
        (replace(DONE, approver_may=False), "case.post.approver_lost_right"),
        (replace(DONE, signed=False), "case.post.unsigned"),
    ],
)
def test_posting_stops_with_its_reason(facts: CaseFacts, code: str) -> None:
    assert why(State.SIGNED, Act.POST, facts) == code


def test_a_waived_signature_lets_a_confirmed_form_be_posted() -> None:
    facts = replace(DONE, signed=False, signature_waived=True)
    assert after(State.READY, Act.POST, facts, CLERK) is State.SETTLED


def test_nobody_approves_their_own_request_but_an_owner_alone_with_a_reason() -> None:
    own = CaseFacts(requested_by=SUPERVISOR.id, amount_fen=100)
    assert why(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, own, SUPERVISOR) == "case.approval.own"
    hers = CaseFacts(requested_by=OWNER.id, amount_fen=100, alone=True)
    assert why(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, hers, OWNER) == "case.reason.missing"
    assert after(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, replace(hers, reason="急"), OWNER) is State.OPEN
    not_alone = replace(hers, alone=False, reason="急")
    assert why(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, not_alone, OWNER) == "case.approval.own"


@pytest.mark.req("S3-29")
def test_an_approver_needs_the_right_the_limit_and_the_pin() -> None:
    asked = CaseFacts(requested_by=CLERK.id, amount_fen=500_001)
    assert why(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, asked, SUPERVISOR) == "case.approval.limit"
    within = replace(asked, amount_fen=500_000)
    assert after(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, within, SUPERVISOR) is State.OPEN
    assert why(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, within, CLERK) == "case.right.missing"
    no_pin = replace(within, pin_given=False)
    assert why(State.WAITING_APPROVAL, Act.DECIDE_APPROVAL, no_pin, SUPERVISOR) == "case.approval.pin"


def test_a_supervisors_question_is_answered_by_a_supervisor() -> None:
    asked = CaseFacts(node_role="supervisor")
    assert why(State.OPEN, Act.ANSWER, asked, CLERK) == "case.right.missing"
    assert after(State.OPEN, Act.ANSWER, asked, SUPERVISOR) is State.OPEN
    assert why(State.OPEN, Act.ANSWER, CaseFacts(node_role="astronaut"), CLERK) == "case.right.missing"


def test_stepping_back_ends_where_something_was_posted() -> None:
    assert after(State.SIGNED, Act.STEP_BACK, DONE, CLERK) is State.OPEN
    assert why(State.OPEN, Act.STEP_BACK, CaseFacts(posted_after=True)) == "case.back.posted"


def test_what_is_posted_is_reversed_and_not_withdrawn() -> None:
    posted = CaseFacts(posted=2, reason="输错")
    assert why(State.OPEN, Act.WITHDRAW, posted) == "case.withdraw.posted"
    assert after(State.SETTLED, Act.REVERSE, posted, SUPERVISOR) is State.SETTLED
    assert after(State.SETTLED, Act.REVERSE, replace(posted, posted=1), SUPERVISOR) is State.REVERSED
    assert why(State.SETTLED, Act.REVERSE, replace(posted, reason=" ")) == "case.reason.missing"
    assert why(State.SETTLED, Act.REVERSE, CaseFacts(reason="输错")) == "case.reverse.nothing"
    assert why(State.SETTLED, Act.REVERSE, posted, CLERK) == "case.right.missing"


@pytest.mark.req("S2-42")
@pytest.mark.parametrize(
    "state", [State.SETTLED, State.CLOSED, State.REFUSED, State.REVERSED, State.EXECUTING]
)
def test_a_customer_who_is_not_satisfied_has_the_case_taken_up_again(state: State) -> None:
    assert why(state, Act.REOPEN, CaseFacts(), SUPERVISOR) == "case.reason.missing"
    assert after(state, Act.REOPEN, CaseFacts(reason="不满意"), SUPERVISOR) is State.OPEN
    assert why(state, Act.REOPEN, CaseFacts(reason="不满意"), CLERK) == "case.right.missing"


@pytest.mark.parametrize(
    ("settles", "role"),
    [("money_out", "cashier"), ("money_in", "cashier"), ("goods", "warehouse"), ("repair", "technician")],
)
def test_whoever_does_the_work_settles_it(settles: str, role: str) -> None:
    actor = Actor(9, RIGHTS[role])
    assert after(State.EXECUTING, Act.SETTLE, CaseFacts(settles=settles), actor) is State.SETTLED
    viewer = Actor(8, RIGHTS["viewer"])
    assert why(State.EXECUTING, Act.SETTLE, CaseFacts(settles=settles), viewer) == "case.right.missing"


def test_every_state_is_reached_and_every_waiting_state_can_be_left() -> None:
    reached = {State.DRAFT}
    wishes: list[dict[str, Any]] = [{"waiting_for": what, "outstanding": 1} for what in WAITING]
    wishes += [{"outcome": "refused"}, {"outcome": "withdrawn"}, {"outstanding": 1}, {}]
    wishes += [{"posted": 1, "reason": "输错"}]
    for _ in State:
        for state, act, wish in product(tuple(reached), Act, wishes):
            verdict = allowed(state, act, OWNER, replace(DONE, **wish))
            if isinstance(verdict, Allowed):
                reached.add(verdict.to)
    assert reached == set(State)
    assert all(acts_of(state) for state in State if state not in FINAL)
    assert acts_of(State.WITHDRAWN) == ()


@given(
    st.sampled_from(State),
    st.sampled_from(Act),
    st.sampled_from(sorted(RIGHTS)),
    st.builds(
        CaseFacts,
        ended=st.booleans(),
        signed=st.booleans(),
        posted=st.integers(0, 2),
        outstanding=st.integers(0, 2),
        approvals_open=st.integers(0, 1),
        amount_fen=st.integers(0, 10**7),
        waiting_for=st.sampled_from(["", *WAITING]),
        node_role=st.sampled_from(sorted(CHART_ROLES)),
        reason=st.sampled_from(["", "输错"]),
        settles=st.sampled_from(["money_out", "goods"]),
    ),
)
def test_whatever_is_asked_the_answer_is_a_state_or_a_worded_reason(
    state: State, act: Act, role: str, facts: CaseFacts
) -> None:
    verdict = allowed(state, act, Actor(5, RIGHTS[role], ROLES[role].limit_fen), facts)
    if isinstance(verdict, Refused):
        assert verdict.reason.code in wording.catalogue()
        return
    assert (state, act) in TABLE
    if act is Act.POST:
        assert facts.ended and facts.signed and not facts.approvals_open
    if act is Act.WITHDRAW:
        assert not facts.posted


@given(st.lists(st.sampled_from(sorted(set(State) - {State.DRAFT})), max_size=5))
def test_a_case_stands_where_its_most_pressing_walk_stands(walks: list[State]) -> None:
    state = gathered(walks)
    assert state in walks or (not walks and state is State.OPEN)
    if State.OPEN in walks:
        assert state is State.OPEN
    if set(walks) - FINAL:
        assert state not in FINAL


def test_every_right_belongs_to_some_role_and_every_chart_role_to_a_right() -> None:
    assert frozenset().union(*RIGHTS.values()) == ALL_RIGHTS
    assert set(CHART_ROLES.values()) <= ALL_RIGHTS
    assert {"clerk", "cashier", "technician", "warehouse", "supervisor", "manager"} <= set(ROLES)
    assert ROLES["manager"].limit_fen == roles.UNLIMITED_FEN
    assert roles.COSTS not in RIGHTS["clerk"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"a": {"zh": "a", "en": "a", "rights": ["fly"]}}, "rules.role.right"),
        ({"a": {"zh": "a", "en": "a", "rights": []}}, "rules.role.nobody"),
        ({"a": {"zh": "a", "rights": []}}, "rules.entry.missing"),
        ({"a": {"zh": "a", "en": "a", "rights": [], "limit_fen": -2}}, "rules.entry.choice"),
        ({"a": {"zh": "a", "en": "a", "rights": [], "limit_fen": 1.5}}, "rules.entry.choice"),
    ],
)
def test_wrong_roles_are_refused(data: dict[str, Any], code: str) -> None:
    with pytest.raises(UserError) as refused:
        load_roles(data)
    assert refused.value.code == code

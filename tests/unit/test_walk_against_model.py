"""The program's walk and a second reading of the chart agree on random visits."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
import walk_model
from hypothesis import given, settings
from hypothesis import strategies as st
from walk_cases import listed
from walk_model import Model, NeedsFact

from counter_app import shipped
from counter_app.domain.dates import Calendar
from counter_app.domain.errors import UserError
from counter_app.domain.facts import Facts
from counter_app.domain.walk import FactsWanted, walk
from counter_app.domain.walk_result import Override, WalkResult

HOLIDAYS = frozenset(date(2026, 10, 1) + timedelta(n) for n in range(8)) | {date(2026, 12, 31)}
WORKED = frozenset((date(2026, 10, 10), date(2026, 11, 21)))
CALENDAR = Calendar(HOLIDAYS, WORKED, frozenset((2026,)))
MOST_ANSWERS = 40


def rests(day: date) -> bool:
    return day in HOLIDAYS or (day.weekday() > 4 and day not in WORKED)


def random_facts(dice: random.Random) -> dict[str, Any]:
    """Facts near every border, some of them left out at times."""
    today = date(2026, 9, 20) + timedelta(dice.randrange(110))

    def ago(*days: int) -> str:
        return (today - timedelta(dice.choice(days))).isoformat()

    def yuan(*amounts: str) -> str:
        return dice.choice(amounts)

    facts: dict[str, Any] = {
        "today": today.isoformat(),
        "received_on": ago(0, 6, 7, 8, 9, 14, 15, 16, 17, 30, 89, 93, 366),
        "purchased_on": ago(0, 7, 8, 10, 14, 15, 16, 30, 365, 400),
        "delivered_on": ago(3, 7, 8, 9),
        "last_repair_on": ago(1, 29, 30, 31, 32, 33),
        "channel": dice.choice(("store", "remote")),
        "category": "OTHER",
        "promise_days": dice.choice((0, 7, 15)),
        "protect_days": dice.choice((0, 7, 15)),
        "guarantee_months": dice.choice((0, 1, 3, 12)),
        "guarantee_months_main": dice.choice((0, 12)),
        "guarantee_months_accessory": dice.choice((0, 3)),
        "repair_days": dice.choice((0, 0, 5)),
        "repairs_done": dice.choice((0, 1, 2)),
        "waiting_part_days": dice.choice((0, 60, 61)),
        "waiting_limit": dice.choice((60, 90)),
        "days_in_repair": dice.choice((0, 30, 31)),
        "stock": dice.choice((0, 1, 5)),
    }
    for name in walk_model.LIMIT_OF.values():
        facts[name] = yuan("0", "12.00", "49.99", "50", "50.01", "199.5")
    for name in (*walk_model.COSTS, "gift_cost", "recoverable_value"):
        facts[name] = yuan("0.00", "5", "12.50", "30.00")
    facts["replacement_cost"] = yuan("0", "12.50", "300.00")
    for name in ("bought_value", "price_now"):
        facts[name] = yuan("12.00", "50.00", "199.50")
    facts |= {"clerk_limit": yuan("10.00", "50.00", "500.00"), "keep_limit": yuan("0", "37.99", "38")}
    facts["high_value_threshold"] = yuan("50.00", "50.01")
    for name in ("excluded_with_confirmation", "intact", "inspected_here", "goods_here"):
        facts[name] = dice.random() < 0.5
    facts |= {"three_guarantees": dice.random() < 0.5, "repairable": dice.random() < 0.7}
    for name in ("intact", "last_repair_on", "delivered_on", "received_on", "allowance"):
        if dice.random() < 0.3:
            del facts[name]
    return facts


def steps_to(target: str) -> dict[str, int]:
    """How many steps each node is from the target."""
    far, todo = {target: 0}, [target]
    for at in todo:
        for name, row in walk_model.ROWS.items():
            if name not in far and at in (row.to, *(to for to, _, _ in row.answers.values())):
                far[name] = far[at] + 1
                todo.append(name)
    return far


FAR = {target: steps_to(target) for target in walk_model.ROWS}


def random_visit(dice: random.Random, facts: dict[str, Any], overrides: dict[str, str]) -> Model:
    """A visit that the model can walk: at every stop an answer that is on offer, mostly towards some place."""
    answers: dict[str, list[str]] = {}
    stop_at = dice.choice((4, 8, 15, MOST_ANSWERS, MOST_ANSWERS))
    target = dice.choice(list(walk_model.ROWS))
    for _ in range(stop_at):
        model = Model(facts, answers, overrides, rests).walk()
        if model.state == "ended":
            break
        at = model.path[-1]
        choices = [*model.on_offer * 8, "withdraw"]
        if target not in model.path and dice.random() < 0.9:
            far, row = FAR[target], walk_model.ROWS[at]
            nearest = min(far.get(row.answers[answer][0], 999) for answer in model.on_offer)
            choices = [one for one in model.on_offer if far.get(row.answers[one][0], 999) == nearest]
        answers.setdefault(at, []).append(dice.choice(choices))
    return Model(facts, answers, overrides, rests).walk()


def program(facts: dict[str, Any], answers: dict[str, list[str]], overrides: dict[str, str]) -> WalkResult:
    return walk(
        shipped.chart("counter"),
        listed(answers),
        Facts.read(facts, shipped.categories()),
        {node: Override(answer, "主管", "复核") for node, answer in overrides.items()},
        CALENDAR,
    )


def assert_same(result: WalkResult, model: Model) -> None:
    assert list(result.path) == model.path
    assert (result.state, result.at) == (model.state, model.path[-1])
    assert [(one.node, one.answer) for one in result.tests] == model.tests
    assert [(o.node, o.answer, o.offered, o.right) for o in result.offers] == model.offers
    assert list(result.remedies) == model.remedies
    assert list(result.scripts) == model.scripts
    assert [one.to for one in result.notices] == model.notices
    due = [(one.node, None if one.due is None else one.due.isoformat()) for one in result.deadlines]
    assert due == model.deadlines


@settings(max_examples=250)
@given(st.randoms(use_true_random=False))
def test_a_random_visit_goes_as_the_second_reading_says(dice: random.Random) -> None:
    facts = random_facts(dice)
    tests = [node for node, row in walk_model.ROWS.items() if row.kind == "test"]
    overrides = {node: dice.choice(("yes", "no")) for node in tests if dice.random() < 0.1}
    try:
        model = random_visit(dice, facts, overrides)
    except NeedsFact:
        return  # the next property asks for missing facts
    overrides = {node: answer for node, answer in overrides.items() if node in dict(model.tests)}
    assert_same(program(facts, model.answers, overrides), model)


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_a_fact_left_out_is_asked_for_where_and_only_where_it_is_needed(dice: random.Random) -> None:
    facts = random_facts(dice)
    try:
        model = random_visit(dice, facts, {})
    except NeedsFact:
        return  # something is missing already; the walk up to it is compared below by other examples
    for left_out in dice.sample(sorted(facts), 3):
        fewer = {name: value for name, value in facts.items() if name != left_out}
        try:
            expected: Model | NeedsFact = Model(fewer, model.answers, {}, rests).walk()
        except NeedsFact as wanted:
            expected = wanted
        except walk_model.Refused as refused:
            with pytest.raises(UserError) as caught:
                program(fewer, model.answers, {})
            assert (caught.value.code, caught.value.params["node"]) == (
                "walk.answer.not_offered",
                refused.node,
            )
            continue
        if isinstance(expected, Model):
            if any(expected.path.count(node) < len(given) for node, given in model.answers.items()):
                with pytest.raises(UserError) as caught:
                    program(fewer, model.answers, {})
                assert caught.value.code == "walk.answer.left_over"
            else:
                assert_same(program(fewer, model.answers, {}), expected)
            continue
        with pytest.raises(FactsWanted) as missing:
            program(fewer, model.answers, {})
        assert missing.value.node == expected.node
        assert left_out in missing.value.missing or set(missing.value.missing) & expected.missing
        assert missing.value.so_far.at == expected.node


@settings(max_examples=100)
@given(st.randoms(use_true_random=False))
def test_what_is_not_on_offer_cannot_be_answered(dice: random.Random) -> None:
    facts = random_facts(dice)
    try:
        model = random_visit(dice, facts, {})
    except NeedsFact:
        return
    row = walk_model.ROWS[model.path[-1]]
    for answer in row.answers:
        if model.state == "ended" or answer in model.on_offer:
            continue
        answers = {node: list(given) for node, given in model.answers.items()}
        answers.setdefault(model.path[-1], []).append(answer)
        with pytest.raises(UserError) as caught:
            program(facts, answers, {})
        assert caught.value.code == "walk.answer.not_offered"
        assert caught.value.params["node"] == model.path[-1]
        assert str(caught.value.params["options"]).split(", ")[: len(model.on_offer)]


@settings(max_examples=80)
@given(st.randoms(use_true_random=False))
def test_one_answer_too_many_is_left_over(dice: random.Random) -> None:
    facts = random_facts(dice)
    try:
        model = random_visit(dice, facts, {})
    except NeedsFact:
        return
    asked = [name for name, row in walk_model.ROWS.items() if row.kind in ("ask", "offer", "wait")]
    more = dice.choice([name for name in asked if name != model.path[-1] or model.state == "ended"])
    answers = {node: list(given) for node, given in model.answers.items()}
    answers.setdefault(more, []).append(next(iter(walk_model.ROWS[more].answers)))
    if len(answers[more]) <= model.path.count(more):
        return
    with pytest.raises(UserError) as caught:
        program(facts, answers, {})
    assert (caught.value.code, caught.value.params["node"]) == ("walk.answer.left_over", more)

"""A walk is resumed another day, stepped back, and stored."""

from __future__ import annotations

import json
from typing import Any

from walk_cases import FACTS, listed, offers, walked

from counter_app import shipped
from counter_app.domain.facts import Facts
from counter_app.domain.walk import walk
from counter_app.domain.walk_result import Kept, Override, WalkResult, course

RETURN = {"K-0": "return", "B-R2": "agree", "B-R3": "post"}
FAULT = {"K-0": "problem", "D-4": "yes", "B-C2": "quality", "B-Q2": "goods"}


def resumed(
    earlier: WalkResult, more: dict[str, Any], overrides: dict[str, Override] | None = None, **facts: Any
) -> WalkResult:
    kept = [Kept.read(json.loads(json.dumps(one.as_json()))) for one in earlier.kept]
    so_far = course(earlier)
    answers = {node: list(given) for node, given in so_far.answers.items()}
    for node, given in listed(more).items():
        answers[node] = [*answers.get(node, []), *given]
    return walk(
        shipped.chart("counter"),
        answers,
        Facts.read({**FACTS, **facts}, shipped.categories()),
        {**so_far.overrides, **(overrides or {})},
        shipped.calendar(),
        kept,
    )


def test_a_window_that_was_open_when_the_customer_came_stays_open() -> None:
    came = walked(RETURN, delivered_on="2026-11-12")
    assert (came.state, came.at) == ("waiting", "B-R3w")
    later = resumed(came, {"B-R3w": "arrived", "B-R4": "fit"}, delivered_on="2026-11-12", today="2026-12-20")
    assert later.at == "B-R5"
    assert later.tests[0] == came.tests[0]
    fresh = walked({"K-0": "return"}, delivered_on="2026-11-12", today="2026-12-20")
    assert fresh.at == "B-R1x"


def test_what_was_offered_stays_as_it_was_offered() -> None:
    came = walked(
        {**FAULT, "B-Q6": "return", "B-D3g": "not_yet"}, received_on="2026-11-12", inspected_here=False
    )
    later = resumed(
        came, {"B-D3w": "arrived"}, received_on="2026-11-12", inspected_here=False, today="2027-02-01"
    )
    assert offers(later, "B-Q6") == offers(came, "B-Q6")
    assert offers(later, "B-Q6")["return"] == (True, True)


def test_a_promise_keeps_its_day() -> None:
    came = walked({"K-0": "price", "P-1": "overcharged"})
    later = resumed(came, {"C-C42": "paid"}, today="2026-12-24")
    assert [str(due.due) for due in later.deadlines] == ["2026-11-22"]
    assert later.deadlines[0].words.zh


def test_a_second_visit_another_day_is_computed_that_day() -> None:
    came = walked({**FAULT, "B-Q6": "repair", "F-00": "unknown"}, received_on="2026-11-12")
    more = {"F-00w": "tested", "F-00": "whole", "F-1": "none"}
    later = resumed(came, more, received_on="2026-11-12", repairs_done=2, today="2026-12-24")
    rights = [one.right for one in later.offers if one.answer == "return"]
    assert rights == [True, True]
    first, second = (one.because for one in later.offers if one.answer == "return")
    assert first.startswith("2026-11-19 ≤ 2026-11-19")
    assert second.startswith("2026-12-24 > 2026-11-19; 2 ≥ 2")


def test_stepping_back_discards_the_tests_after_that_point() -> None:
    answers = {**FAULT, "B-Q6": "return", "B-D3r": "approve"}
    done = walked(answers, clerk_limit="10.00", received_on="2026-10-20")
    assert done.at == "B-D3e"
    back = course(done, len(done.given) - 2)
    assert back.answers == {"K-0": ("problem",), "D-4": ("yes",), "B-C2": ("quality",), "B-Q2": ("goods",)}
    assert [one.node for one in back.kept] == ["B-Q6"]
    again = walk(
        shipped.chart("counter"),
        {**back.answers, "B-Q6": ("exchange",)},
        Facts.read({**FACTS, "clerk_limit": "500.00", "received_on": "2026-10-20"}, shipped.categories()),
        back.overrides,
        shipped.calendar(),
        back.kept,
    )
    assert again.path[-3:] == ("B-D2i", "X-1", "X-2")


def test_stepping_back_takes_an_override_with_it() -> None:
    result = walked({"K-0": "return", "B-R2": "agree"}, {"B-R1": "yes"}, promise_days=0)
    assert course(result).overrides == {"B-R1": Override("yes", "supervisor", "因为")}
    assert course(result, 1).overrides == {"B-R1": Override("yes", "supervisor", "因为")}
    assert course(result, 0) == course(walked({}))
    assert course(result, 0).overrides == {}


def test_an_override_given_later_replaces_the_stored_result_and_what_followed() -> None:
    came = walked({"K-0": "return"}, promise_days=0)
    assert came.at == "B-R1x"
    later = resumed(came, {}, {"B-R1": Override("yes", "主管", "老顾客")}, promise_days=0)
    assert later.at == "B-R2"
    assert later.tests[0].overridden
    kept = resumed(later, {"B-R2": "agree"}, promise_days=0)
    assert kept.tests[0] == later.tests[0]


def test_results_stored_for_another_path_are_not_used() -> None:
    other = walked({"K-0": "exchange"}, delivered_on="2026-11-12")
    result = walk(
        shipped.chart("counter"),
        {"K-0": ["return"]},
        Facts.read({**FACTS, "promise_days": 0}, shipped.categories()),
        {},
        shipped.calendar(),
        other.kept,
    )
    assert (result.at, result.tests[0].answer) == ("B-R1x", "no")


def test_a_walk_under_way_ignores_what_lies_ahead_when_it_is_told_to() -> None:
    facts = Facts.read(FACTS, shipped.categories())
    ahead = {"K-0": ["question"], "B-R2": ["agree"]}
    chart, calendar = shipped.chart("counter"), shipped.calendar()
    assert walk(chart, ahead, facts, {}, calendar, leftovers=True).at == "H-1"


def test_what_is_stored_is_read_back_the_same() -> None:
    result = walked({**FAULT, "B-Q6": "return"}, {"B-D3t": "no"})
    for one in result.kept:
        assert Kept.read(json.loads(json.dumps(one.as_json(), ensure_ascii=False))) == one
    assert result.tests[-1].facts == {"inspected_here": True}

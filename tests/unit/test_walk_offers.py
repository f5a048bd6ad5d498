"""What is on offer, what is a right, and what a rejection takes off the table."""

from __future__ import annotations

from typing import Any

import pytest
from walk_cases import offers, walked

from counter_app.domain.errors import UserError

FAULT = {"K-0": "problem", "D-4": "yes", "B-C2": "quality", "B-Q2": "goods"}
MISMATCH = {"K-0": "problem", "D-4": "yes", "B-C2": "mismatch", "C-C2": "yes", "C-C8": "no", "C-C20": "no"}
REPAIR = {"K-0": "repair", "F-2g": "no", "F-00": "whole", "F-1": "none"}
COSTS = {
    "gift_cost": "2.00",
    "outbound_freight": "8.00",
    "return_freight": "12.00",
    "handling": "6.00",
    "replacement_cost": "120.00",
    "recoverable_value": "100.00",
}  # an exchange costs 46.00


def rights(result: Any) -> set[str]:
    return {answer for answer, (_, right) in offers(result, "B-Q6").items() if right}


def refused(answers: dict[str, Any], overrides: dict[str, str] | None = None, **facts: Any) -> UserError:
    with pytest.raises(UserError) as wrong:
        walked(answers, overrides, **facts)
    assert wrong.value.code == "walk.answer.not_offered"
    return wrong.value


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # 7 days from 12 November end on the 19th, a Thursday; 15 days from the 4th too.
        ({"received_on": "2026-11-12"}, {"return", "exchange", "different", "repair"}),
        ({"received_on": "2026-11-11"}, {"exchange", "different", "repair"}),
        ({"received_on": "2026-11-04"}, {"exchange", "different", "repair"}),
        ({"received_on": "2026-11-03"}, {"repair"}),
        ({"received_on": "2026-11-03", "guarantee_months": 0}, set()),
        ({"received_on": "2026-11-04", "guarantee_months": 0}, {"exchange", "different", "repair"}),
        ({"received_on": "2025-11-19"}, {"repair"}),
        ({"received_on": "2025-11-18"}, set()),
        ({"received_on": "2025-11-18", "repair_days": 1}, {"repair"}),
        ({"received_on": "2025-11-18", "repairs_done": 2}, {"return", "exchange", "different"}),
        ({"received_on": "2025-11-18", "three_guarantees": False}, {"exchange", "different", "repair"}),
        (
            {"received_on": "2026-11-12", "three_guarantees": False},
            {"return", "exchange", "different", "repair"},
        ),
        (
            {"received_on": "2025-11-18", "repairs_done": 2, "three_guarantees": False},
            {"exchange", "different", "repair"},
        ),
    ],
)
@pytest.mark.req("S4-25", "S4-30")
def test_rights_against_faulty_goods_follow_the_days_and_the_guarantee(
    facts: dict[str, Any], expected: set[str]
) -> None:
    assert rights(walked(FAULT, **facts)) == expected


@pytest.mark.req("S4-25", "S4-29")
def test_rights_come_first_and_then_the_cheapest() -> None:
    result = walked(FAULT, received_on="2026-11-11", allowance="30.00", **COSTS)
    assert [one.answer for one in result.options] == [
        "exchange",
        "different",
        "repair",
        "allowance",
        "return",
        "none",
        "withdraw",
    ]
    assert [one.answer for one in result.offers] == [one.answer for one in result.options][:-1]


@pytest.mark.req("S4-28")
@pytest.mark.parametrize(
    ("allowance", "offered", "because"),
    [("43.99", True, "45.99 < 46.00"), ("44.00", False, "46.00 ≥ 46.00"), ("60.00", False, "62.00 ≥ 46.00")],
)
def test_an_allowance_is_offered_only_when_it_costs_less_than_an_exchange(
    allowance: str, offered: bool, because: str
) -> None:
    result = walked(FAULT, allowance=allowance, **COSTS)
    shown = next(one for one in result.offers if one.answer == "allowance")
    assert (shown.offered, shown.because, shown.remedy, shown.right) == (offered, because, "R10", False)


def test_without_an_amount_an_allowance_is_simply_not_on_offer() -> None:
    assert offers(walked(FAULT), "B-Q6")["allowance"] == (False, False)
    error = refused({**FAULT, "B-Q6": "allowance"})
    assert error.params["node"] == "B-Q6"
    assert error.params["options"] == "exchange, different, repair, return, none, withdraw"


def test_what_cannot_be_repaired_is_not_offered_a_repair() -> None:
    assert not offers(walked(FAULT, repairable=False), "B-Q6")["repair"][0]
    assert refused({**FAULT, "B-Q6": "repair"}, repairable=False).params["because"]


def test_what_is_no_right_is_still_on_offer_and_may_be_rejected() -> None:
    answers = {**FAULT, "B-Q6": ["exchange", "return"], "B-D2r": "reject"}
    result = walked(answers, received_on="2026-10-01", clerk_limit="10.00")
    assert result.at == "B-D3r"
    table = offers(result, "B-Q6")
    assert table["exchange"] == (False, False)
    assert table["different"] == (False, False)
    assert table["return"] == (True, False)
    assert refused(
        {**FAULT, "B-Q6": ["exchange", "different"], "B-D2r": "reject"},
        received_on="2026-10-01",
        clerk_limit="10.00",
    )


@pytest.mark.req("S4-33", "S4-34")
@pytest.mark.parametrize(
    ("answers", "node"),
    [
        ({**FAULT, "B-Q6": "exchange", "B-D2r": "reject"}, "B-D2r"),
        ({**FAULT, "B-Q6": "return", "B-D3r": "reject"}, "B-D3r"),
        ({"K-0": "problem", "D-4": "yes", "B-C2": "unsafe", "B-D3r": "reject"}, "B-D3r"),
        ({"K-0": "problem", "D-4": "yes", "B-C2": "wrong", "C-W1q": "refund", "B-D3r": "reject"}, "B-D3r"),
        (
            {
                "K-0": "problem",
                "D-4": "yes",
                "B-C2": "short",
                "B-S1": "confirmed",
                "B-S2": "replace_set",
                "B-D2r": "reject",
            },
            "B-D2r",
        ),
        (
            {
                "K-0": "problem",
                "D-4": "yes",
                "B-C2": "short",
                "B-S1": "confirmed",
                "B-S2": "return_all",
                "B-D3r": "reject",
            },
            "B-D3r",
        ),
        ({**MISMATCH, "C-C40": "return", "B-D3r": "reject"}, "B-D3r"),
        ({**MISMATCH, "C-C40": "exchange", "B-D2r": "reject"}, "B-D2r"),
        ({"K-0": "return", "B-R2": "agree", "B-R3": "in_person", "B-R4": "fit", "B-R5r": "reject"}, "B-R5r"),
        ({"K-0": "price", "P-1": "overcharged", "P-3r": "reject"}, "P-3r"),
    ],
)
def test_a_right_cannot_be_rejected(answers: dict[str, Any], node: str) -> None:
    error = refused(answers, received_on="2026-11-18", delivered_on="2026-11-18", clerk_limit="10.00")
    assert error.params["node"] == node
    assert error.params["options"] == "approve, withdraw"


def test_goodwill_and_price_protection_may_be_rejected() -> None:
    goodwill = {
        "K-0": "return",
        "B-R1x": "goodwill",
        "B-R2": "agree",
        "B-R3": "in_person",
        "B-R4": "fit",
        "B-R5r": "reject",
    }
    assert walked(goodwill, promise_days=0, clerk_limit="10.00").at == "B-END-REFUSED"
    protection = {"K-0": "price", "P-1": "price_protection", "P-3r": "reject"}
    assert walked(protection, clerk_limit="10.00").at == "B-END-REFUSED"


def test_an_overruled_right_to_return_counts_like_a_computed_one() -> None:
    answers = {"K-0": "return", "B-R2": "agree", "B-R3": "in_person", "B-R4": "fit", "B-R5r": "reject"}
    assert refused(answers, {"B-R1": "yes"}, promise_days=0, clerk_limit="10.00").params["node"] == "B-R5r"


def test_overruled_repairs_count_for_rights_like_computed_ones() -> None:
    late = {"received_on": "2026-06-01"}
    assert rights(walked(REPAIR, {"F-2": "yes"}, **late)) == {"return", "exchange", "different", "repair"}
    without = ("repairs_done", "waiting_part_days", "waiting_limit", "days_in_repair")
    assert rights(walked(REPAIR, {"F-2": "yes"}, without=without, **late)) == {
        "return",
        "exchange",
        "different",
        "repair",
    }


def test_a_repair_that_was_overruled_later_does_not_rewrite_what_was_offered_before() -> None:
    answers = {**FAULT, "B-Q6": ["repair"], "F-00": "whole", "F-1": "none"}
    result = walked(answers, {"F-2": "yes"}, received_on="2026-06-01")
    visits = [one for one in result.offers if one.answer == "return"]
    assert [one.right for one in visits] == [False, True]


@pytest.mark.req("S4-31")
def test_a_rejected_allowance_stays_off_the_table() -> None:
    answers = {**FAULT, "B-Q6": ["allowance", "repair"], "B-D1r": "reject", "F-00": "whole", "F-1": "none"}
    facts: dict[str, Any] = {"allowance": "30.00", "clerk_limit": "10.00", **COSTS}
    result = walked(answers, {"F-2": "yes"}, **facts)
    visits = [one.offered for one in result.offers if one.answer == "allowance"]
    assert visits == [True, False, False]
    assert (
        refused({**answers, "B-Q6": ["allowance", "allowance"]}, **facts).params["because"]
        == "32.00 < 46.00; rejected"
    )


@pytest.mark.req("S4-71")
def test_a_rejected_difference_leaves_the_other_ways() -> None:
    result = walked({**MISMATCH, "C-C40": "difference", "C-C40r": "reject"}, clerk_limit="10.00")
    table = offers(result, "C-C40")
    assert table["difference"] == (False, False)
    assert table["return"] == (True, True)
    assert table["coupon"] == (True, False)


def test_a_rejection_takes_nothing_from_another_offer() -> None:
    answers = {
        **FAULT,
        "B-Q6": ["exchange", "none"],
        "B-D2r": "reject",
        "J-1": "minor",
        "J-5": "exchange",
        "B-E2": "fit",
    }
    result = walked(answers, received_on="2026-10-01", clerk_limit="10.00", promise_days=60)
    assert result.at == "B-E3"
    assert all(one.offered for one in result.options)


def test_codes_in_brackets_and_possible_ones_are_suggestions() -> None:
    waiting = walked({**FAULT, "B-Q2": "needs_test"})
    assert (waiting.state, waiting.suggests, waiting.remedies) == ("waiting", ("R20",), ())
    important = walked({"K-0": "complaint", "J-1": "important"})
    assert (important.remedies, important.suggests) == (("R26",), ("R5", "R21"))
    short = {
        "K-0": "problem",
        "D-4": "yes",
        "B-C2": "short",
        "B-S1": "confirmed",
        "B-S2": "resend",
        "X-2": "send",
    }
    assert walked(short).remedies == ("R8",)
    assert "R9" in walked(short).suggests


def test_a_supervisor_confirms_that_the_user_caused_it() -> None:
    from counter_app import shipped

    answer = shipped.chart("counter").nodes["B-Q2"].answer("user")
    assert answer is not None
    assert answer.confirm == "supervisor"

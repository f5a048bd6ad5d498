"""Sentences of the page about the walk, read to the letter."""

from __future__ import annotations

from typing import Any

import pytest
from walk_cases import FACTS, offers, walked

from counter_app import shipped
from counter_app.domain.errors import UserError
from counter_app.domain.facts import Facts
from counter_app.domain.walk import FactsWanted
from counter_app.verbs.walk import walked as walk_of_file

FAULT = {"K-0": "problem", "D-4": "yes", "B-C2": "quality", "B-Q2": "goods"}
UNSAFE = {"K-0": "problem", "D-4": "yes", "B-C2": "unsafe"}
COSTS = (
    "gift_cost",
    "outbound_freight",
    "return_freight",
    "handling",
    "replacement_cost",
    "recoverable_value",
)
OF_THE_GUARANTEE = ("guarantee_months", "repair_days")
OF_FAILED_REPAIRS = ("repairs_done", "waiting_part_days", "waiting_limit", "days_in_repair")


@pytest.mark.parametrize(
    ("answers", "known", "missing"),
    [
        (FAULT, {}, {"repairable", "three_guarantees", "today", "received_on"}),
        (
            FAULT,
            {"three_guarantees": True, "allowance": "5.00"},
            {"repairable", "today", "received_on", *OF_THE_GUARANTEE, *OF_FAILED_REPAIRS, *COSTS},
        ),
        (FAULT, {"three_guarantees": False}, {"repairable", "today", "received_on"}),
        ({"K-0": "return"}, {}, {"channel", "today"}),
        ({"K-0": "return"}, {"channel": "store"}, {"today", "promise_days", "delivered_on"}),
        (
            {"K-0": "exchange"},
            {"channel": "remote"},
            {"today", "received_on", "excluded_with_confirmation"},
        ),
        (
            {"K-0": "price", "P-1": "price_protection"},
            {},
            {"price_now", "paid", "today", "purchased_on", "protect_days"},
        ),
    ],
)
def test_a_node_names_every_fact_that_it_lacks(
    answers: dict[str, Any], known: dict[str, Any], missing: set[str]
) -> None:
    with pytest.raises(FactsWanted) as wanted:
        walked(answers, without=tuple(set(FACTS) - set(known)), **known)
    assert set(wanted.value.missing) == missing
    assert len(wanted.value.missing) == len(missing)
    assert all(name in str(wanted.value.params["facts"]) for name in missing)


def test_money_in_a_walk_is_any_plain_decimal_but_a_fact_of_the_shop_stays_within_an_entry() -> None:
    asked = {
        "answers": {"K-0": "price", "P-1": "overcharged"},
        "facts": {"difference": "123456789012345678901234567890.5", "clerk_limit": "50"},
    }
    told = walk_of_file(asked)
    assert told["tests"][0]["because"] == "123456789012345678901234567890.50 > 50.00"
    with pytest.raises(UserError) as wrong:
        Facts.read({"difference": "100000000.00"}, shipped.categories())
    assert (wrong.value.code, wrong.value.params["fact"]) == ("walk.fact.large", "difference")


def test_the_refund_of_unsafe_goods_is_a_right_and_afterwards_the_case_is_like_any_other() -> None:
    dear = {"paid": "900.00", "inspected_here": False}
    with pytest.raises(UserError) as refused:
        walked({**UNSAFE, "B-D3r": "reject"}, **dear)
    assert (refused.value.code, refused.value.params["node"]) == ("walk.answer.not_offered", "B-D3r")
    assert refused.value.params["options"] == "approve, withdraw"
    found_otherwise = {
        **UNSAFE,
        "B-D3r": ["approve", "reject"],
        "B-D3g": "in_person",
        "B-D3q": "not_confirmed",
        "B-X2": "renegotiate",
        "B-Q6": "return",
    }
    result = walked(found_otherwise, **dear)
    assert result.at == "B-Q6"
    assert offers(result, "B-Q6")["return"] == (False, False)
    assert result.remedies == ("R1",)

"""Remedies: what each needs, what each costs, the order of an offer, and legal sums."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources, wording
from counter_app.domain.categories import load_categories, load_provinces
from counter_app.domain.errors import UserError
from counter_app.domain.policy import load_shop_policy
from counter_app.domain.remedy import (
    REMEDY_CODES,
    Cost,
    CostFigures,
    Offer,
    allowance_on_offer,
    conditions,
    cost_of,
    depreciation_fee,
    food_compensation,
    fraud_compensation,
    harm_compensation,
    in_order,
    load_remedies,
)
from counter_app.domain.spoken import Reason

REMEDIES = load_remedies(resources.read_toml("policy", "remedies.toml"))
POLICY = load_shop_policy(resources.read_toml("policy", "shop_policy.toml"))
GOODS = load_categories(resources.read_toml("policy", "categories.toml"))
PROVINCES = load_provinces(resources.read_toml("policy", "provinces.toml"))
CUP = CostFigures(
    value_fen=19900,
    allowance_fen=3000,
    outbound_freight_fen=1200,
    return_freight_fen=1200,
    handling_fen=500,
    replacement_fen=8000,
    recoverable_fen=6300,
)


@pytest.mark.req("S4-28")
def test_an_allowance_is_offered_only_when_it_costs_less_than_an_exchange() -> None:
    offered, because = allowance_on_offer(CUP)
    assert offered
    assert because.params == {"allowance": "30.00", "exchange": "46.00"}
    assert (
        wording.sentence(UserError(because.code, **because.params), "zh") == "折价成本 30.00 < 换货成本 46.00"
    )  # type: ignore[arg-type]
    assert not allowance_on_offer(replace(CUP, allowance_fen=4600))[0]
    assert not allowance_on_offer(replace(CUP, gift_cost_fen=1600))[0]
    assert allowance_on_offer(replace(CUP, allowance_fen=None)) == (False, Reason("remedy.allowance.none"))


@pytest.mark.parametrize(
    ("remedy", "fen"),
    [
        ("R1", 19900 + 1200 + 500 - 6300),
        ("R2", 19900),
        ("R3", 4600),
        ("R8", 9200),
        ("R10", 3000),
        ("R24", 0),
        ("R29", 0),
    ],
)
def test_each_remedy_has_its_cost_with_its_parts(remedy: str, fen: int) -> None:
    cost = cost_of(remedy, CUP)
    assert cost.total_fen == fen == sum(amount for _, amount in cost.parts)


def offer(remedy: str, cost: int, *, right: bool = False, offered: bool = True) -> Offer:
    return Offer(remedy, right, Cost(cost, ()), offered, Reason("remedy.allowance.none"))


@pytest.mark.req("S4-29")
def test_rights_come_first_then_the_cheapest_then_what_is_not_on_offer() -> None:
    offers = [
        offer("R10", 3000),
        offer("R5", 9000, right=True),
        offer("R16", 100, offered=False),
        offer("R3", 4600, right=True),
        offer("R4", 4600, right=True),
        offer("R15", 500),
    ]
    assert [one.remedy for one in in_order(offers)] == ["R3", "R4", "R5", "R15", "R10", "R16"]


@given(st.permutations(["R1", "R3", "R4", "R5", "R10"]))
def test_the_order_of_an_offer_does_not_depend_on_how_it_was_asked(order: list[str]) -> None:
    assert [one.remedy for one in in_order(offer(code, 100) for code in order)] == [
        "R1",
        "R3",
        "R4",
        "R5",
        "R10",
    ]


def test_every_remedy_of_the_reference_has_its_terms() -> None:
    assert tuple(REMEDIES) == REMEDY_CODES
    assert [code for code in REMEDIES if REMEDIES[code].needs_goods] == ["R1", "R3", "R4", "R7"]


@pytest.mark.req("S3-29")
def test_a_remedy_says_what_it_still_needs() -> None:
    def needs(remedy: str, amount: int = 0, **there: bool) -> list[tuple[str, bool]]:
        given = {"goods_accepted": True, "in_stock": True, "approved": False, **there}
        found = conditions(REMEDIES[remedy], reason="", amount_fen=amount, limit_fen=20000, **given)
        return [(one.what, one.met) for one in found]

    assert needs("R1", 20000) == [("inspection", True)]
    assert needs("R1", 20001, goods_accepted=False) == [("inspection", False), ("approval", False)]
    assert needs("R3", in_stock=False) == [("inspection", True), ("stock", False)]
    assert needs("R2", approved=True) == [("reason", False), ("approval", True)]
    assert needs("R24") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("R7"),
        lambda data: data.update(R30=data["R1"]),
        lambda data: data["R1"].update(money="some"),
        lambda data: data["R1"].update(goods="some"),
        lambda data: data["R1"].update(approval="some"),
    ],
)
def test_wrong_terms_of_a_remedy_are_refused(change: object) -> None:
    data = resources.read_toml("policy", "remedies.toml")
    change(data)  # type: ignore[operator]
    with pytest.raises(UserError) as refused:
        load_remedies(data)
    assert refused.value.code.startswith("rules.entry.")


@pytest.mark.parametrize(("price", "fen"), [(100, 50000), (16666, 50000), (16667, 50001), (100000, 300000)])
def test_fraud_costs_three_times_the_price_and_five_hundred_at_least(price: int, fen: int) -> None:
    assert fraud_compensation(price, POLICY).amount_fen == fen


@pytest.mark.parametrize(
    ("price", "loss", "fen"),
    [(200, 0, 100000), (10000, 0, 100000), (10001, 0, 100010), (200, 40000, 120000), (100000, 1, 1000000)],
)
def test_unsafe_food_costs_ten_times_the_price_or_three_times_the_loss(
    price: int, loss: int, fen: int
) -> None:
    found = food_compensation(price, loss, POLICY)
    assert (found.amount_fen, found.floor_fen, found.basis) == (fen, 100000, "食品安全法 148")
    assert "{" not in wording.sentence(UserError(found.because.code, **found.because.params), "en")  # type: ignore[arg-type]


def test_legal_sums_want_no_negative_figures() -> None:
    assert harm_compensation(70000).amount_fen == 140000
    for wrong in (
        lambda: fraud_compensation(-1, POLICY),
        lambda: food_compensation(1, -1, POLICY),
        lambda: harm_compensation(-1),
        lambda: depreciation_fee(-1, 1, 0, GOODS["PHONE"], PROVINCES["NONE"]),
    ):
        with pytest.raises(UserError):
            wrong()


def test_depreciation_counts_days_used_less_days_in_repair() -> None:
    phone, bike, none = GOODS["PHONE"], GOODS["BIKE"], PROVINCES["NONE"]
    assert depreciation_fee(300000, 100, 20, phone, none) == 120000
    assert depreciation_fee(300000, 1000, 0, phone, none) == 300000
    assert depreciation_fee(99999, 3, 0, bike, none) == 149
    assert depreciation_fee(300000, 5, 20, phone, none) == 0
    assert depreciation_fee(300000, 100, 0, phone, PROVINCES["ZJ"]) == 0
    assert depreciation_fee(300000, 100, 0, GOODS["CLOTH"], none) == 0

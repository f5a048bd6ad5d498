"""What the customer has a right to, until when, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources, wording
from counter_app.domain.categories import CategoryTerms, category_of, load_categories, load_provinces
from counter_app.domain.dates import load_calendar, months_later
from counter_app.domain.errors import UserError
from counter_app.domain.policy import load_shop_policy, who_pays_freight
from counter_app.domain.rights import EXCLUDED_CAUSES, Right, Rights, RightsFacts, rights_of, start_of_clock

POLICY = load_shop_policy(resources.read_toml("policy", "shop_policy.toml"))
PROMISED = replace(POLICY, store_promise_on=True)
CALENDAR = load_calendar(resources.read_toml("policy", "holidays.toml"))
GOODS = load_categories(resources.read_toml("policy", "categories.toml"))
PROVINCES = load_provinces(resources.read_toml("policy", "provinces.toml"))
TODAY = date(2026, 11, 20)


def rights(policy: Any = POLICY, *, category: str = "OTHER", **facts: Any) -> Rights:
    given = {"today": TODAY, "category": GOODS[category], "purchased_on": date(2026, 11, 16), **facts}
    found = rights_of(RightsFacts(**given), policy, CALENDAR)
    for right in found.rights:
        for language in ("zh", "en"):
            told = wording.sentence(UserError(right.because.code, **right.because.params), language)  # type: ignore[arg-type]
            assert told != right.because.code and "{" not in told
    return found


def one(found: Rights, kind: Any) -> Right:
    right = found.of(kind)
    assert right is not None
    return right


def test_a_remote_sale_gives_seven_days_without_a_reason() -> None:
    right = one(rights(channel="remote", received_on=date(2026, 11, 13)), "no_reason")
    assert (right.open, right.last_day, right.basis) == (True, date(2026, 11, 20), "消费者权益保护法 25")
    assert not one(rights(channel="remote", received_on=date(2026, 11, 12)), "no_reason").open


def test_a_remote_sale_not_yet_signed_for_has_its_whole_time_left() -> None:
    right = one(rights(channel="remote"), "no_reason")
    assert right.open
    assert right.last_day is None
    assert right.because.code == "rights.not_started"


def test_a_store_sale_gives_nothing_until_the_shop_promises_it() -> None:
    assert not rights().may_return
    assert rights().of("no_reason") is None
    promised = one(rights(PROMISED), "promise")
    assert (promised.open, promised.last_day, promised.source) == (True, date(2026, 11, 23), "shop")


def test_a_promise_counts_from_the_receipt_or_from_the_day_of_delivery() -> None:
    bought = {"today": date(2026, 11, 26), "purchased_on": date(2026, 11, 16)}
    assert not rights(PROMISED, **bought).is_open("promise")
    assert rights(PROMISED, **bought, delivered_on=date(2026, 11, 20)).is_open("promise")


@pytest.mark.parametrize("category", ["PHONE", "COSM", "CUSTOM", "FRESH", "AV", "DRUG", "FOOD", "FLAW"])
def test_an_exclusion_that_was_not_confirmed_at_purchase_may_not_be_used(category: str) -> None:
    open_one = one(rights(category=category, channel="remote", received_on=TODAY), "no_reason")
    assert open_one.open
    assert open_one.because.code == "rights.exclusion_unconfirmed"
    shut = one(
        rights(category=category, channel="remote", received_on=TODAY, confirmed_exclusion=True), "no_reason"
    )
    assert not shut.open
    assert shut.because.code == "rights.excluded_confirmed"


def test_goods_outside_the_list_cannot_be_excluded_even_with_a_confirmation() -> None:
    right = one(
        rights(category="TV", channel="remote", received_on=TODAY, confirmed_exclusion=True), "no_reason"
    )
    assert right.open
    assert right.because.code == "rights.exclusion_not_allowed"


def test_goods_that_are_not_intact_go_back_neither_by_law_nor_by_promise() -> None:
    assert not rights(channel="remote", received_on=TODAY, intact=False).may_return
    assert not rights(PROMISED, intact=False).may_return


def test_other_goods_with_a_fault_return_for_seven_days_and_are_exchanged_or_repaired_always() -> None:
    long_ago = rights(received_on=date(2024, 1, 1))
    assert long_ago.open_kinds() == ("quality_exchange", "quality_repair")
    fresh = rights(received_on=date(2026, 11, 13))
    assert one(fresh, "quality_return").last_day == TODAY
    assert fresh.is_open("quality_return")
    assert rights(category="CLOTH").of("quality_repair") is None


@pytest.mark.req("S4-100", "S4-102")
@pytest.mark.parametrize(
    ("days_ago", "kinds"),
    [
        (4, {"quality_return", "quality_exchange", "quality_repair"}),
        (12, {"quality_exchange", "quality_repair"}),
        (40, {"quality_repair"}),
        (400, set()),
    ],
)
def test_the_three_guarantees_give_seven_fifteen_days_and_the_guarantee(
    days_ago: int, kinds: set[str]
) -> None:
    found = rights(category="SMALL", received_on=TODAY - timedelta(days=days_ago))
    assert {kind for kind in found.open_kinds() if kind.startswith("quality")} == kinds


def test_the_parts_of_a_phone_have_their_own_guarantees() -> None:
    bought = date(2026, 4, 1)
    found = rights(category="PHONE", purchased_on=bought, accessory="battery")
    assert one(found, "guarantee_whole").last_day == date(2027, 4, 1)
    assert one(found, "guarantee_accessory").last_day == date(2026, 10, 8)
    charger = rights(category="PHONE", purchased_on=bought, accessory="charger")
    assert one(charger, "guarantee_accessory").last_day == date(2027, 4, 1)
    unnamed = rights(category="PHONE", purchased_on=bought)
    assert one(unnamed, "guarantee_accessory").last_day == date(2026, 7, 1)


def test_main_parts_of_a_television_run_three_years_from_installation() -> None:
    found = rights(
        category="TV",
        purchased_on=date(2023, 11, 1),
        received_on=date(2023, 11, 5),
        installed_on=date(2023, 11, 30),
    )
    assert one(found, "guarantee_main_part").last_day == date(2026, 11, 30)
    assert found.is_open("guarantee_main_part")
    assert not found.is_open("guarantee_whole")


def test_days_in_repair_are_given_back_and_an_exchange_begins_anew() -> None:
    bought = date(2025, 11, 19)
    assert not rights(category="SMALL", purchased_on=bought).is_open("guarantee_whole")
    assert rights(category="SMALL", purchased_on=bought, repair_days=5).is_open("guarantee_whole")
    exchanged = rights(category="SMALL", purchased_on=bought, exchanged_on=date(2026, 3, 1))
    assert exchanged.start == date(2026, 3, 1)
    assert exchanged.is_open("guarantee_whole")


@pytest.mark.parametrize(
    ("facts", "opened", "code"),
    [
        ({"repairs_done": 2}, True, "rights.repairs_reached"),
        ({"repairs_done": 1}, False, "rights.repairs_not_reached"),
        ({"waiting_part_days": 91}, True, "rights.waited_for_part"),
        ({"waiting_part_days": 90}, False, "rights.repairs_not_reached"),
        ({"days_in_repair": 31}, True, "rights.long_in_repair"),
        ({"days_in_repair": 30}, False, "rights.repairs_not_reached"),
    ],
)
def test_two_failed_repairs_or_too_long_a_wait_give_exchange_or_return(
    facts: dict[str, int], opened: bool, code: str
) -> None:
    right = one(rights(category="PC", **facts), "two_repairs")
    assert (right.open, right.because.code) == (opened, code)


def test_a_phone_waits_sixty_days_for_a_part_and_no_longer() -> None:
    assert rights(category="PHONE", waiting_part_days=61).is_open("two_repairs")
    assert not rights(category="PHONE", waiting_part_days=60).is_open("two_repairs")


def test_goods_without_three_guarantees_have_no_two_repairs_rule() -> None:
    assert rights(category="CLOTH", repairs_done=5).of("two_repairs") is None


def test_a_repaired_spot_is_good_for_thirty_days() -> None:
    assert one(rights(last_repair_on=date(2026, 10, 21)), "same_fault").last_day == TODAY
    assert not rights(last_repair_on=date(2026, 10, 20)).is_open("same_fault")
    assert rights().of("same_fault") is None


def test_the_shop_must_prove_for_six_months_on_durable_goods() -> None:
    assert one(rights(category="PC", received_on=date(2026, 5, 20)), "burden_of_proof").open
    assert not one(rights(category="PC", received_on=date(2026, 5, 19)), "burden_of_proof").open
    assert rights(category="CLOTH").of("burden_of_proof") is None


@pytest.mark.parametrize("cause", EXCLUDED_CAUSES)
def test_an_excluded_cause_shuts_the_claim_but_not_the_return_without_a_reason(cause: str) -> None:
    found = rights(category="TV", channel="remote", received_on=TODAY, excluded_cause=cause, repairs_done=2)
    assert found.open_kinds() == ("no_reason", "burden_of_proof")
    assert one(found, "quality_return").because.code == f"rights.cause.{cause}"


def test_a_cause_nobody_knows_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        rights(excluded_cause="bad_mood")
    assert refused.value.code == "rights.cause.unknown"


def test_the_flaw_that_was_stated_is_no_claim() -> None:
    found = rights(category="FLAW", about_stated_flaw=True, received_on=TODAY)
    assert not found.is_open("quality_return")
    assert one(found, "quality_exchange").because.code == "rights.stated_flaw"


def test_a_prepaid_card_goes_back_for_seven_days_unless_the_service_was_known() -> None:
    assert rights(category="CARD").is_open("prepaid_return")
    assert rights(category="CARD").may_return
    assert not rights(category="CARD", had_goods_before=True).is_open("prepaid_return")
    assert not rights(category="CARD", purchased_on=date(2026, 11, 1)).is_open("prepaid_return")


@pytest.mark.req("S4-41")
def test_the_shops_own_clocks_run_from_goods_and_request_and_never_move() -> None:
    found = rights(goods_back_on=date(2026, 9, 25), asked_on=date(2026, 9, 25), today=date(2026, 9, 26))
    assert one(found, "refund_due").last_day == date(2026, 10, 2)
    assert one(found, "handling_due").last_day == date(2026, 10, 10)


def test_a_province_gives_more_and_is_named() -> None:
    shanghai = rights(category="FURN", province=PROVINCES["SH"], purchased_on=date(2026, 6, 1))
    assert one(shanghai, "guarantee_whole").source == "category"
    bare = CategoryTerms("X", "耐用品", "Durable", durable=True)
    given = RightsFacts(today=TODAY, category=bare, purchased_on=date(2026, 6, 1), province=PROVINCES["SH"])
    found = one(rights_of(given, POLICY, CALENDAR), "guarantee_whole")
    assert (found.open, found.last_day, found.source) == (True, date(2026, 12, 1), "province:SH")
    assert "上海" in found.basis
    plain = one(rights_of(replace(given, province=PROVINCES["NONE"]), POLICY, CALENDAR), "guarantee_whole")
    assert plain.because.code == "rights.no_guarantee"


def test_a_provinces_worse_term_does_not_take_the_national_one_away() -> None:
    assert PROVINCES["ZJ"].repair_days_limit == 35
    right = one(rights(category="PC", province=PROVINCES["ZJ"], days_in_repair=31), "two_repairs")
    assert right.open
    assert right.source == "category"
    strict = replace(PROVINCES["ZJ"], repair_days_limit=20)
    better = one(rights(category="PC", province=strict, days_in_repair=21), "two_repairs")
    assert (better.open, better.source) == (True, "province:ZJ")


@pytest.mark.req("S4-20")
@pytest.mark.parametrize(
    ("cause", "payer", "both_ways"),
    [
        ("quality", "seller", False),
        ("not_as_described", "seller", False),
        ("wrong_goods", "seller", True),
        ("missing_parts", "seller", False),
        ("no_reason", "buyer", False),
        ("promise", "buyer", False),
        ("courier_damage", "seller", False),
        ("recall", "seller", True),
        ("misuse", "buyer", False),
        ("force_majeure", "negotiated", False),
    ],
)
def test_who_pays_the_way_back_stands_in_one_table(cause: str, payer: str, both_ways: bool) -> None:
    rule = who_pays_freight(cause, POLICY)
    assert (rule.payer, rule.both_ways) == (payer, both_ways)
    assert rule.basis


def test_freight_of_a_right_is_shown_with_it() -> None:
    found = rights(channel="remote", received_on=TODAY)
    assert (found.freight_quality.payer, found.freight_no_reason.payer) == ("seller", "buyer")
    with pytest.raises(UserError):
        who_pays_freight("weather", POLICY)


@given(st.sampled_from(sorted(GOODS)), st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(0, 900))
def test_a_window_that_is_shut_stays_shut(category: str, bought: date, days: int) -> None:
    def kinds(today: date) -> set[str]:
        facts = RightsFacts(today=today, category=GOODS[category], channel="remote", received_on=bought)
        return set(rights_of(facts, PROMISED, CALENDAR).open_kinds())

    today = bought + timedelta(days=days)
    assert kinds(today + timedelta(days=1)) <= kinds(today)


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(0, 500), st.integers(1, 100))
def test_repair_days_only_ever_lengthen_the_guarantee(bought: date, days: int, repaired: int) -> None:
    facts = RightsFacts(today=bought + timedelta(days=days), category=GOODS["PC"], purchased_on=bought)
    plain = rights_of(facts, POLICY, CALENDAR).of("guarantee_whole")
    longer = rights_of(replace(facts, repair_days=repaired), POLICY, CALENDAR).of("guarantee_whole")
    assert plain is not None and longer is not None
    assert plain.last_day is not None and longer.last_day is not None
    assert longer.last_day > months_later(bought, 12)
    assert longer.last_day >= plain.last_day


def test_the_clock_prefers_installation_then_sign_off_then_purchase() -> None:
    days = {
        "purchased_on": date(2026, 1, 1),
        "delivered_on": date(2026, 1, 2),
        "received_on": date(2026, 1, 3),
    }
    facts = RightsFacts(today=TODAY, category=GOODS["TV"], installed_on=date(2026, 1, 9), **days)
    assert start_of_clock(facts) == date(2026, 1, 9)
    assert start_of_clock(replace(facts, installed_on=None)) == date(2026, 1, 3)
    assert start_of_clock(replace(facts, installed_on=None, received_on=None)) == date(2026, 1, 2)
    assert start_of_clock(RightsFacts(today=TODAY, category=GOODS["TV"])) is None


def test_every_default_has_its_source_and_how_sure_it_is() -> None:
    assert all(figure.source and figure.confidence in "HML" for figure in POLICY.figures.values())
    assert all(terms.source and terms.confidence in "HML" for terms in GOODS.values())
    assert {
        "PHONE",
        "PC",
        "TV",
        "FRIDGE",
        "WASH",
        "AC",
        "SMALL",
        "BIKE",
        "CAR",
        "SHOE",
        "CLOTH",
        "FURN",
    } <= set(GOODS)
    assert category_of("NO SUCH", GOODS).code == "OTHER"


def edited(**change: Any) -> dict[str, Any]:
    data = resources.read_toml("policy", "shop_policy.toml")
    for name, value in change.items():
        if value is None:
            del data["figures"][name]
        else:
            data["figures"].setdefault(name, {**data["figures"]["keep_limit_fen"]})["value"] = value
    return data


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"remote_no_reason_days": 6}, "rules.figure.below_law"),
        ({"guarantee_exchange_days": 14}, "rules.figure.below_law"),
        ({"food_floor_fen": 99_999}, "rules.figure.below_law"),
        ({"keep_limit_fen": -1}, "rules.figure.negative"),
        ({"keep_limit_fen": "much"}, "rules.figure.type"),
        ({"keep_limit_fen": True}, "rules.figure.type"),
        ({"cash_rounding": "up"}, "rules.entry.choice"),
        ({"keep_limit_fen": None}, "rules.figure.missing"),
        ({"luck": 1}, "rules.figure.unknown"),
    ],
)
def test_an_edited_rule_cannot_take_a_right_away_or_be_nonsense(change: dict[str, Any], code: str) -> None:
    with pytest.raises(UserError) as refused:
        load_shop_policy(edited(**change))
    assert refused.value.code == code
    assert "{" not in wording.sentence(refused.value, "zh")


def test_the_owner_may_give_more_than_the_law() -> None:
    generous = load_shop_policy(
        edited(remote_no_reason_days=30, store_promise_on=True, price_protection_on=True)
    )
    assert (generous.remote_no_reason_days, generous.promise_days, generous.protect_days) == (30, 7, 7)
    assert (POLICY.promise_days, POLICY.protect_days) == (0, 0)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"zh": "x", "en": "x", "no_reason": "perhaps"}, "rules.entry.choice"),
        ({"zh": "x", "en": "x", "clock": "noon"}, "rules.entry.choice"),
        ({"zh": "x", "en": "x", "months": "12"}, "rules.entry.choice"),
        ({"zh": "x", "en": "x", "accessories": {"lid": -1}}, "rules.entry.choice"),
        ({"zh": "x", "en": "x", "monhts": 12}, "rules.entry.unknown"),
        ({"zh": "x"}, "rules.entry.missing"),
    ],
)
def test_a_wrong_category_is_refused_by_name(entry: dict[str, Any], code: str) -> None:
    with pytest.raises(UserError) as refused:
        load_categories({"X": entry, "OTHER": {"zh": "其他", "en": "Other"}})
    assert refused.value.code == code
    assert refused.value.params["entry"] == "X"


def test_other_goods_must_be_there() -> None:
    with pytest.raises(UserError):
        load_categories({})


def test_the_source_of_every_figure_can_be_read_in_both_languages() -> None:
    figures = load_shop_policy(resources.read_toml("policy", "shop_policy.toml")).figures
    for figure in figures.values():
        assert any("一" <= sign <= "鿿" for sign in figure.source), figure.name
        assert figure.source_en, figure.name

"""Every test of the chart at its borders, with the figures it shows."""

from __future__ import annotations

from typing import Any

import pytest
from walk_cases import walked

from counter_app.domain.errors import UserError
from counter_app.domain.walk import FactsWanted
from counter_app.domain.walk_result import WalkResult

WRONG = {"K-0": "problem", "D-4": "yes", "B-C2": "wrong", "C-W1q": "right_item"}
KEPT = {**WRONG, "C-W1q": "keep", "C-W2": "yes"}
REPAIR = {"K-0": "repair", "F-2g": "no", "F-00": "whole"}
FAULT = {"K-0": "problem", "D-4": "yes", "B-C2": "quality", "B-Q2": "goods"}
RETURNED = {"K-0": "return", "B-R2": "agree", "B-R3": "in_person", "B-R4": "fit"}


def said(result: WalkResult, node: str) -> tuple[str, str]:
    test = next(one for one in reversed(result.tests) if one.node == node)
    return test.answer, test.because


def border(node: str, answers: dict[str, Any], answer: str, because: str, *rows: str, **facts: Any) -> Any:
    return pytest.param(
        node, answers, facts, answer, because, id=f"{node} {because}", marks=pytest.mark.req(*rows)
    )


OPEN_STORE = "7 > 0; 2026-11-19 ≤ 2026-11-19; intact = true"
BORDERS = [
    border("B-R1", {"K-0": "return"}, "yes", OPEN_STORE, "S2-32", delivered_on="2026-11-12"),
    border(
        "B-R1",
        {"K-0": "return"},
        "no",
        "7 > 0; 2026-11-19 > 2026-11-18; intact = true",
        delivered_on="2026-11-11",
    ),
    # The 7th day is a Saturday: it runs on to Monday.
    border(
        "B-R1",
        {"K-0": "return"},
        "yes",
        "7 > 0; 2026-11-09 ≤ 2026-11-09; intact = true",
        delivered_on="2026-10-31",
        today="2026-11-09",
    ),
    # The 7th day lies in the National Day rest, the first working day after it is 8 October.
    border(
        "B-R1",
        {"K-0": "return"},
        "yes",
        "7 > 0; 2026-10-08 ≤ 2026-10-08; intact = true",
        delivered_on="2026-09-25",
        today="2026-10-08",
    ),
    # A Saturday worked for the holiday is no rest day: the window ends on it.
    border(
        "B-R1",
        {"K-0": "return"},
        "no",
        "7 > 0; 2026-10-11 > 2026-10-10; intact = true",
        delivered_on="2026-10-03",
        today="2026-10-11",
    ),
    border(
        "B-R1",
        {"K-0": "return"},
        "no",
        "7 > 0; 2026-11-19 ≤ 2026-11-19; intact = false",
        delivered_on="2026-11-12",
        intact=False,
    ),
    border(
        "B-R1",
        {"K-0": "return"},
        "no",
        "0 ≤ 0; 2026-11-19 > 2026-11-12; intact = true",
        delivered_on="2026-11-12",
        promise_days=0,
    ),
    border(
        "B-R1",
        {"K-0": "return"},
        "yes",
        "2026-11-19 ≤ 2026-11-19; excluded_with_confirmation = false; intact = true",
        channel="remote",
        received_on="2026-11-12",
        excluded_with_confirmation=False,
    ),
    border(
        "B-R1",
        {"K-0": "return"},
        "no",
        "2026-11-19 ≤ 2026-11-19; excluded_with_confirmation = true; intact = true",
        channel="remote",
        received_on="2026-11-12",
        excluded_with_confirmation=True,
    ),
    border("B-E1", {"K-0": "exchange"}, "yes", OPEN_STORE, delivered_on="2026-11-12"),
    border("B-R5t", RETURNED, "no", "500.00 ≤ 500.00", "S3-29", paid="500.00", promise_days=15),
    border("B-R5t", RETURNED, "yes", "500.01 > 500.00", "S3-29", paid="500.01", promise_days=15),
    border("C-W0", WRONG, "no", "goods_here = false", goods_here=False),
    border("C-W3", KEPT, "yes", "199.01 > 199.00", "S4-55", wrong_value="199.01"),
    border("C-W3", KEPT, "no", "199.00 ≤ 199.00", "S4-55", wrong_value="199.00"),
    border("C-W3c", KEPT, "yes", "30.00 ≤ 30.00", "S4-56", wrong_value="229.00"),
    border("C-W3c", KEPT, "no", "30.01 > 30.00", "S4-56", wrong_value="229.01"),
    border(
        "C-W5",
        WRONG,
        "no",
        "12.00 ≤ 15.00",
        "S4-58",
        goods_here=False,
        wrong_value="12.00",
        return_freight="15",
    ),
    border(
        "C-W5",
        WRONG,
        "yes",
        "15.01 > 15.00",
        "S4-58",
        goods_here=False,
        wrong_value="15.01",
        return_freight="15.0",
    ),
    border("C-W5t", WRONG, "yes", "12.00 > 11.99", goods_here=False, wrong_value="12", clerk_limit="11.99"),
    border(
        "C-W8",
        {**WRONG, "C-W6": "yes", "C-W7": "tracking"},
        "yes",
        "1000.00 ≥ 1000.00",
        "S4-63",
        goods_here=False,
        wrong_value="1000",
    ),
    border(
        "C-W8",
        {**WRONG, "C-W6": "yes", "C-W7": "tracking"},
        "no",
        "999.99 < 1000.00",
        "S4-63",
        goods_here=False,
        wrong_value="999.99",
    ),
    border("X-1", {**WRONG, "C-W9a": "fit"}, "yes", "1 ≥ 1", "S4-2", stock=1),
    border("X-1", {**WRONG, "C-W9a": "fit"}, "no", "0 < 1", "S4-2", stock=0),
    border("F-01", REPAIR, "no", "last_repair_on = none"),
    border("F-01", REPAIR, "yes", "2026-11-19 ≤ 2026-11-19", last_repair_on="2026-10-20"),
    border("F-01", REPAIR, "no", "2026-11-19 > 2026-11-18", last_repair_on="2026-10-19"),
    border("F-0", REPAIR, "yes", "2026-11-19 ≤ 2027-11-10"),
    border(
        "F-0",
        REPAIR,
        "yes",
        "2026-02-28 ≤ 2026-02-28",
        received_on="2026-01-31",
        today="2026-02-28",
        guarantee_months=1,
    ),
    border("F-0", REPAIR, "no", "2026-11-19 > 2026-11-10", guarantee_months=0),
    border("F-0", REPAIR, "yes", "2026-11-19 ≤ 2026-11-19", guarantee_months=0, repair_days=9),
    border("F-0", {**REPAIR, "F-00": "main_part"}, "yes", "2026-11-19 ≤ 2028-11-10"),
    border(
        "F-0",
        {**REPAIR, "F-00": ["unknown", "accessory"], "F-00w": "tested"},
        "yes",
        "2026-11-19 ≤ 2027-02-10",
    ),
    border("F-2", {**REPAIR, "F-1": "none"}, "yes", "2 ≥ 2; 0 ≤ 90; 0 ≤ 30", repairs_done=2),
    border("F-2", {**REPAIR, "F-1": "none"}, "yes", "0 < 2; 91 > 90; 0 ≤ 30", waiting_part_days=91),
    border("F-2", {**REPAIR, "F-1": "none"}, "yes", "0 < 2; 0 ≤ 90; 31 > 30", days_in_repair=31),
    border(
        "F-2",
        {**REPAIR, "F-1": "none"},
        "no",
        "1 < 2; 90 ≤ 90; 30 ≤ 30",
        repairs_done=1,
        waiting_part_days=90,
        days_in_repair=30,
    ),
    border(
        "P-2",
        {"K-0": "price", "P-1": "price_protection"},
        "yes",
        "198.99 < 199.00; 2026-11-19 ≤ 2026-11-23",
        price_now="198.99",
    ),
    border(
        "P-2",
        {"K-0": "price", "P-1": "price_protection"},
        "no",
        "199.00 ≥ 199.00; 2026-11-19 ≤ 2026-11-23",
        price_now="199.00",
    ),
    border(
        "P-2",
        {"K-0": "price", "P-1": "price_protection"},
        "no",
        "179.00 < 199.00; 2026-11-19 > 2026-11-18",
        purchased_on="2026-11-03",
    ),
    border("B-D3i", {**FAULT, "B-Q6": "return"}, "no", "inspected_here = false", inspected_here=False),
]


@pytest.mark.parametrize(("node", "answers", "facts", "answer", "because"), BORDERS)
def test_a_test_answers_and_shows_its_figures(
    node: str, answers: dict[str, Any], facts: dict[str, Any], answer: str, because: str
) -> None:
    result = walked(answers, **facts)
    assert said(result, node) == (answer, because)


NEEDED = [
    ("B-R1", {"K-0": "return"}, {}, {"channel"}, ("channel",)),
    ("B-R1", {"K-0": "return"}, {}, {"today"}, ("today",)),
    ("B-R1", {"K-0": "return"}, {"promise_days": 0}, {"purchased_on"}, ("delivered_on",)),
    ("B-R1", {"K-0": "return"}, {"channel": "remote"}, set(), ("excluded_with_confirmation",)),
    ("B-R5t", {**RETURNED, "B-R1x": "goodwill"}, {}, {"clerk_limit"}, ("clerk_limit",)),
    (
        "C-W5",
        WRONG,
        {"goods_here": False},
        {"return_freight", "wrong_value"},
        ("wrong_value", "return_freight"),
    ),
    ("F-01", REPAIR, {}, {"today"}, ("today",)),
    ("F-0", REPAIR, {}, {"repair_days"}, ("repair_days",)),
    ("F-0", REPAIR, {}, {"received_on", "purchased_on"}, ("received_on",)),
    (
        "F-0",
        {**REPAIR, "F-00": "accessory"},
        {},
        {"guarantee_months_accessory"},
        ("guarantee_months_accessory",),
    ),
    ("F-2", {**REPAIR, "F-1": "none"}, {"repairs_done": 5}, {"waiting_limit"}, ("waiting_limit",)),
    (
        "P-2",
        {"K-0": "price", "P-1": "price_protection"},
        {"price_now": "900.00"},
        {"protect_days"},
        ("protect_days",),
    ),
    ("B-Q6", FAULT, {}, {"repairable"}, ("repairable",)),
    ("B-Q6", FAULT, {}, {"three_guarantees"}, ("three_guarantees",)),
    ("B-Q6", FAULT, {}, {"waiting_part_days"}, ("waiting_part_days",)),
    ("B-Q6", FAULT, {}, {"guarantee_months"}, ("guarantee_months",)),
    (
        "B-Q6",
        FAULT,
        {
            "allowance": "5.00",
            "gift_cost": "0",
            "outbound_freight": "0",
            "handling": "0",
            "replacement_cost": "9",
        },
        set(),
        ("recoverable_value",),
    ),
]


@pytest.mark.parametrize(("node", "answers", "changed", "without", "missing"), NEEDED)
def test_a_node_names_the_fact_it_needs_whatever_the_others_say(
    node: str, answers: dict[str, Any], changed: dict[str, Any], without: set[str], missing: tuple[str, ...]
) -> None:
    with pytest.raises(FactsWanted) as wanted:
        walked(answers, without=tuple(without), **changed)
    assert (wanted.value.node, wanted.value.missing) == (node, missing)
    assert wanted.value.so_far.path[-1] == node
    assert missing[0] in str(wanted.value.params["facts"])


def test_facts_of_the_other_channel_and_of_places_never_reached_may_be_missing() -> None:
    store = walked(
        {"K-0": "return"},
        without=("received_on", "excluded_with_confirmation", "stock", "paid"),
        delivered_on="2026-11-18",
    )
    assert store.at == "B-R2"
    remote = walked(
        {"K-0": "return"},
        without=("promise_days", "delivered_on", "purchased_on"),
        channel="remote",
        received_on="2026-11-18",
        excluded_with_confirmation=False,
    )
    assert remote.at == "B-R2"


def test_other_goods_need_neither_repair_history_nor_guarantee_to_negotiate() -> None:
    result = walked(
        FAULT,
        without=(
            "repairs_done",
            "waiting_part_days",
            "waiting_limit",
            "days_in_repair",
            "guarantee_months",
            "repair_days",
        ),
        three_guarantees=False,
    )
    assert result.at == "B-Q6"


def test_an_overruled_test_needs_no_facts_and_serves_every_visit() -> None:
    result = walked(
        {**WRONG, "C-W1q": "keep", "C-W2": "no", "C-W9a": "fit"},
        {"C-W0": "yes", "X-1": "no"},
        without=("goods_here", "stock"),
    )
    assert result.at == "X-3"
    overruled = {test.node: test for test in result.tests}
    assert overruled["C-W0"].overridden and overruled["C-W0"].because == "因为"
    assert overruled["C-W0"].by == "supervisor"
    assert not walked({"K-0": "return"}).tests[0].overridden


def test_a_test_looks_at_the_latest_answer_of_the_part_that_is_faulty() -> None:
    answers = {
        **REPAIR,
        "F-00": ["accessory", "whole"],
        "F-1": ["human", "none"],
        "F-1d": "disputed",
        "F-1x": "third_party_test",
        "F-00w": "tested",
        "F-3": "in_store",
    }
    result = walked(answers, guarantee_months_accessory=3, guarantee_months=24)
    windows = [test.because for test in result.tests if test.node == "F-0"]
    assert windows == ["2026-11-19 ≤ 2027-02-10", "2026-11-19 ≤ 2028-11-10"]


def test_a_window_beyond_the_end_of_all_calendars_never_closes() -> None:
    assert said(walked(REPAIR, guarantee_months=10**9), "F-0") == ("yes", "2026-11-19 ≤ 9999-12-31")


@pytest.mark.req("S4-66", "S4-69", "S4-72")
def test_promises_count_from_the_next_day_and_do_not_move() -> None:
    sent = walked({**WRONG, "C-W9a": "fit", "X-2": "send"}, today="2026-11-21")
    assert [(due.what, str(due.due)) for due in sent.deadlines] == [("send_replacement", "2026-11-24")]
    over_the_holiday = walked({**WRONG, "C-W9a": "fit", "X-2": "send"}, today="2026-10-01")
    assert str(over_the_holiday.deadlines[0].due) == "2026-10-04"
    paid = walked({"K-0": "price", "P-1": "overcharged", "C-C42": "return_application"})
    assert [(due.what, str(due.due)) for due in paid.deadlines] == [("refund_application", "2026-11-22")]
    grave = walked({"K-0": "complaint", "J-1": "major", "J-5": "no_agreement"})
    assert [str(due.due) for due in grave.deadlines] == ["2026-11-22", "2026-11-20"]
    without_today = walked({**WRONG, "C-W9a": "fit", "X-2": "send"}, without=("today",))
    assert without_today.deadlines[0].due is None


@pytest.mark.req("S4-49", "S4-53", "S4-70")
def test_departments_are_told_where_the_chart_says() -> None:
    short = walked({"K-0": "problem", "D-4": "yes", "B-C2": "short", "B-S1": "confirmed"})
    assert [notice.to for notice in short.notices] == ["purchasing", "logistics"]
    assert [notice.to for notice in walked(WRONG).notices] == ["logistics"]
    misread = {"K-0": "problem", "D-4": "yes", "B-C2": "mismatch", "C-C2": "no", "C-C3": "misread"}
    told = walked(misread)
    assert [notice.to for notice in told.notices] == ["operations"]
    assert all(notice.words.zh and notice.words.en for notice in told.notices)
    assert told.suggests == ("R15", "R16")
    assert told.remedies == ()


@pytest.mark.req("S4-16", "S4-19", "S4-21", "S4-46", "S4-47")
def test_scripts_and_evidence_belong_to_their_steps() -> None:
    fault = walked({**FAULT, "B-Q2": "courier"})
    assert fault.scripts == ("T01", "T02", "T03", "T04", "T08", "T07", "T09", "T23", "T18")
    wanted = {(item.node, item.kind): item.compulsory for item in fault.evidence}
    assert wanted[("B-Q1", "photo_goods")] and wanted[("B-Q1", "photo_packaging")]
    assert wanted[("B-C1", "customer_words")]
    user = walked({**FAULT, "B-Q2": "user"})
    assert any(item.node == "B-Q2" and item.compulsory for item in user.evidence)


@pytest.mark.req("S4-20")
def test_for_wrong_goods_the_shop_bears_freight_both_ways() -> None:
    assert walked(WRONG).freight == "seller_both_ways"


def test_an_allowance_is_spoken_of_only_while_it_is_on_offer() -> None:
    costs = {
        "gift_cost": "0",
        "outbound_freight": "0",
        "handling": "0",
        "replacement_cost": "50",
        "recoverable_value": "0",
    }
    assert walked(FAULT).say == ()
    assert walked(FAULT, allowance="5.00", **costs).say == ("T18",)


def test_an_answer_that_is_none_of_its_node_is_named_with_the_options() -> None:
    with pytest.raises(UserError) as wrong:
        walked({"K-0": "exchanges"})
    assert wrong.value.code == "walk.answer.unknown"
    assert wrong.value.params["node"] == "K-0"
    assert "exchange, problem" in str(wrong.value.params["options"])

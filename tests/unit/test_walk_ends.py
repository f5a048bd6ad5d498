"""Whole visits, from the first question to every end of the chart."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest
from walk_cases import walked

from counter_app import shipped
from counter_app.domain.chart import Chart, Kind

PROBLEM = {"K-0": "problem", "D-4": "yes"}
FAULT = {**PROBLEM, "B-C2": "quality", "B-Q2": "goods"}
WRONG = {**PROBLEM, "B-C2": "wrong", "C-W1q": "right_item"}
MISMATCH = {**PROBLEM, "B-C2": "mismatch", "C-C2": "yes", "C-C8": "no", "C-C20": "no"}
REPAIR = {"K-0": "repair", "F-2g": "no", "F-00": "whole"}


def a_visit(name: str, end: str, remedies: str, answers: dict[str, Any], *rows: str, **facts: Any) -> Any:
    return pytest.param(end, remedies.split(), answers, facts, id=name, marks=pytest.mark.req(*rows))


VISITS = [
    a_visit(
        "returned at the counter within the shop's promise",
        "B-R5",
        "R1",
        {"K-0": "return", "B-R2": "agree", "B-R3": "in_person", "B-R4": "fit"},
        "S4-9",
        "S4-12",
        delivered_on="2026-11-12",
    ),
    a_visit(
        "returned by post, short of a part, the amount reduced, approved as goodwill",
        "B-R5",
        "R1",
        {
            "K-0": "return",
            "B-R1x": "goodwill",
            "B-R2": "agree",
            "B-R3": "post",
            "B-R3w": "arrived",
            "B-R4": "unfit",
            "B-R4x": "deduct",
            "B-R4d": "agree",
            "B-R5r": "approve",
        },
        "S4-12",
        promise_days=0,
        clerk_limit="100.00",
    ),
    a_visit(
        "no right to return, refused in writing",
        "B-END-REFUSED",
        "R29",
        {"K-0": "return", "B-R1x": "refuse"},
        "S4-9",
        promise_days=0,
    ),
    a_visit(
        "goodwill return rejected by the approver",
        "B-END-REFUSED",
        "R29",
        {
            "K-0": "return",
            "B-R1x": "goodwill",
            "B-R2": "agree",
            "B-R3": "in_person",
            "B-R4": "fit",
            "B-R5r": "reject",
        },
        promise_days=0,
        clerk_limit="100.00",
    ),
    a_visit(
        "another size from stock",
        "X-END-NOW",
        "R3",
        {"K-0": "exchange", "B-E2": "fit", "B-E3": "same", "X-2": "handed_over"},
        "S4-26",
        promise_days=15,
    ),
    a_visit(
        "worn shoes accepted all the same, another model sent",
        "X-END-SEND",
        "R4",
        {"K-0": "exchange", "B-E2": "unfit", "B-E2x": "accept", "B-E3": "different", "X-2": "send"},
        "S4-66",
        promise_days=15,
    ),
    a_visit(
        "exchange that nothing suits",
        "B-END-WITHDRAWN",
        "",
        {"K-0": "exchange", "B-E2": "fit", "B-E3": "none"},
        promise_days=15,
    ),
    a_visit(
        "parcel found online and delivered",
        "B-T-END",
        "R24",
        {"K-0": "parcel", "B-T1": "found", "B-T4w": "delivered"},
        "S4-9",
        "S4-10",
        "S4-25",
    ),
    a_visit(
        "parcel traced in three steps, lost, sent again",
        "X-END-SEND",
        "R27 R8",
        {
            "K-0": "parcel",
            "B-T1": "unknown",
            "B-T2": "signed_not_received",
            "B-T3": "unknown",
            "B-T6": "resend",
            "X-2": "send",
        },
        "S4-10",
    ),
    a_visit(
        "lost parcel refunded through finance",
        "C-C43",
        "R27 R2",
        {"K-0": "parcel", "B-T1": "lost", "B-T6": "refund", "C-C42": "paid"},
        "S4-72",
    ),
    a_visit(
        "out of scope, written refusal",
        "B-END-REFUSED",
        "R29",
        {"K-0": "problem", "D-4": "no", "D-4x": "refuse"},
        "S4-80",
    ),
    a_visit(
        "out of scope, repaired for money",
        "F-END-PAID",
        "R6",
        {"K-0": "problem", "D-4": "no", "D-4x": "paid_service", "F-4": "accept_quote"},
        "S4-80",
    ),
    a_visit(
        "expired food goes back without a question",
        "B-D3e",
        "R1",
        {**PROBLEM, "B-C2": "unsafe"},
        "S4-17",
    ),
    a_visit(
        "cheaper to keep it",
        "B-D1e",
        "R10",
        {**FAULT, "B-Q6": "allowance"},
        "S4-25",
        "S4-28",
        "S4-31",
        allowance="30.00",
        gift_cost="0",
        outbound_freight="8.00",
        handling="6.00",
        replacement_cost="120.00",
        recoverable_value="100.00",
    ),
    a_visit(
        "allowance rejected, returned instead",
        "B-D3e",
        "R10 R1",
        {**FAULT, "B-Q6": ["allowance", "return"], "B-D1r": "reject", "B-D3r": "approve"},
        "S4-31",
        "S4-34",
        allowance="30.00",
        gift_cost="0",
        outbound_freight="8.00",
        handling="6.00",
        replacement_cost="120.00",
        recoverable_value="100.00",
        clerk_limit="29.99",
    ),
    a_visit(
        "damaged by the courier, exchanged after the return arrives",
        "X-END-NOW",
        "R27 R3",
        {
            **PROBLEM,
            "B-C2": "damaged",
            "B-Q2": "courier",
            "B-Q6": "exchange",
            "B-D2g": "not_yet",
            "B-D2u": "no",
            "B-D2w": "arrived",
            "B-D2q": "confirmed",
            "X-2": "handed_over",
        },
        "S4-18",
        "S4-21",
        "S4-22",
        "S4-33",
        "S4-35",
        inspected_here=False,
    ),
    a_visit(
        "needed at once: the new one first against a deposit",
        "B-D2se",
        "R3 R19",
        {
            **FAULT,
            "B-Q6": "exchange",
            "B-D2g": "not_yet",
            "B-D2u": "yes",
            "B-D2p": "deposit",
            "B-D2sw": "arrived",
            "B-D2sq": "confirmed",
        },
        "S4-37",
        inspected_here=False,
    ),
    a_visit(
        "the new one first against a waybill that never moved",
        "B-D2sx",
        "R3 R19",
        {
            **FAULT,
            "B-Q6": "exchange",
            "B-D2g": "not_yet",
            "B-D2u": "yes",
            "B-D2p": "waybill",
            "B-D2sw": "overdue",
        },
        "S4-37",
        inspected_here=False,
    ),
    a_visit(
        "faulty goods returned and inspected",
        "B-D3e",
        "R1",
        {**FAULT, "B-Q6": "return", "B-D3g": "in_person", "B-D3q": "confirmed"},
        "S4-30",
        "S4-40",
        inspected_here=False,
    ),
    a_visit(
        "what came back is not as claimed",
        "B-END-REFUSED",
        "R1 R29",
        {
            **FAULT,
            "B-Q6": "return",
            "B-D3g": "not_yet",
            "B-D3w": "arrived",
            "B-D3q": "not_confirmed",
            "B-X2": "refuse",
        },
        "S4-40",
        inspected_here=False,
    ),
    a_visit(
        "sent to a test point, no fault, tested again, then the packaging",
        "B-D3e",
        "R1",
        {
            **PROBLEM,
            "B-C2": "quality",
            "B-Q2": ["needs_test", "not_found", "packaging"],
            "B-Q2w": ["tested", "tested"],
            "B-X1": "test_again",
            "B-Q6": "return",
        },
        "S4-22",
        "S4-24",
    ),
    a_visit(
        "user damage disputed and maintained, quote declined",
        "F-END-HANDBACK",
        "",
        {
            **PROBLEM,
            "B-C2": "quality",
            "B-Q2": "user",
            "B-Q5": "disputed",
            "B-Q5d": "maintain",
            "F-4": "decline",
        },
        "S4-24",
    ),
    a_visit(
        "a missing piece sent with a gift",
        "X-END-SEND",
        "R8",
        {**PROBLEM, "B-C2": "short", "B-S1": "confirmed", "B-S2": "resend", "X-2": "send"},
        "S4-18",
        "S4-24",
        "S4-68",
        "S4-69",
        "S4-70",
    ),
    a_visit(
        "only what is missing refunded",
        "B-S2e",
        "R13",
        {**PROBLEM, "B-C2": "short", "B-S1": "not_confirmed", "B-S1x": "goodwill", "B-S2": "refund_missing"},
        "S4-27",
    ),
    a_visit(
        "the right item for the wrong one at the counter",
        "X-END-NOW",
        "R3",
        {**WRONG, "C-W9a": "fit", "X-2": "handed_over"},
        "S4-18",
        "S4-20",
        "S4-53",
    ),
    a_visit(
        "wrong item not worth its freight: not recalled",
        "X-END-SEND",
        "R18",
        {**WRONG, "X-2": "send"},
        "S4-58",
        "S4-67",
        goods_here=False,
        wrong_value="12.00",
    ),
    a_visit(
        "cheap wrong item on its way back by tracking number",
        "X-END-SEND",
        "R3",
        {**WRONG, "C-W6": "yes", "C-W7": "tracking", "X-2": "send"},
        "S4-58",
        "S4-59",
        "S4-60",
        "S4-63",
        goods_here=False,
    ),
    a_visit(
        "dear wrong item awaited, came back damaged, charged",
        "X-END-SEND",
        "R3",
        {
            **WRONG,
            "C-W6": "yes",
            "C-W7": "tracking",
            "C-W9": "signed",
            "C-W9a": "unfit",
            "C-W9x": "charge",
            "X-2": "send",
        },
        "S4-63",
        "S4-64",
        goods_here=False,
        wrong_value="1000.00",
    ),
    a_visit(
        "wrong item stays with the customer for a partial refund",
        "C-C43",
        "R12",
        {**WRONG, "C-W6": "no", "C-C42": "paid"},
        "S4-61",
        goods_here=False,
        allowance="60.00",
    ),
    a_visit(
        "dearer wrong item kept",
        "C-W4a",
        "R17",
        {**WRONG, "C-W1q": "keep", "C-W2": "yes", "C-W4": "yes"},
        "S4-54",
        "S4-55",
        "S4-56",
        "S4-57",
    ),
    a_visit(
        "wrong colour was only the light",
        "H-END",
        "R24",
        {**PROBLEM, "B-C2": "mismatch", "C-C2": "no", "C-C3": "lighting", "C-C4a": "content"},
        "S4-43",
        "S4-45",
        "S4-47",
    ),
    a_visit(
        "wording misread, content",
        "H-END",
        "R24",
        {**PROBLEM, "B-C2": "mismatch", "C-C2": "no", "C-C3": "misread", "C-C4d": "content"},
        "S4-47",
        "S4-48",
        "S4-49",
    ),
    a_visit(
        "difference refunded: application, finance, told",
        "C-C43",
        "R11",
        {**MISMATCH, "C-C40": "difference", "C-C42": ["return_application", "paid"]},
        "S4-32",
        "S4-71",
        "S4-72",
        "S4-114",
    ),
    a_visit(
        "the right one bought again, a gift for the difference",
        "C-C40-REBUY",
        "R14",
        {**MISMATCH, "C-C40": "rebuy_gift"},
        "S4-71",
    ),
    a_visit("a coupon", "C-C40-COUPON", "R15", {**MISMATCH, "C-C40": "coupon"}, "S4-71"),
    a_visit(
        "not as described turns out to be the wrong item",
        "B-D3e",
        "R1",
        {**PROBLEM, "B-C2": "mismatch", "C-C2": "yes", "C-C8": "yes", "C-W1q": "refund"},
        "S4-46",
        "S4-52",
    ),
    a_visit(
        "out of stock, waited in vain, something else",
        "X-END-NOW",
        "R3 R4",
        {**FAULT, "B-Q6": "exchange", "X-3": ["wait", "different"], "X-3w": "given_up", "X-2": "handed_over"},
        stock=0,
    ),
    a_visit("solved by guidance", "F-END-GUIDED", "R24", {"K-0": "repair", "F-2g": "yes"}),
    a_visit("free repair in the shop", "F-END-FREE", "R5", {**REPAIR, "F-1": "none", "F-3": "in_store"}),
    a_visit(
        "diagnosis first, main part, force majeure, goodwill",
        "F-END-FREE",
        "R5",
        {
            **REPAIR,
            "F-00": ["unknown", "main_part"],
            "F-00w": "tested",
            "F-1": "force_majeure",
            "F-5": "goodwill",
            "F-3": "send_to_maker",
        },
    ),
    a_visit(
        "guarantee over, paid repair",
        "F-END-PAID",
        "R6",
        {**REPAIR, "F-4": "accept_quote"},
        guarantee_months=0,
        received_on="2026-10-01",
    ),
    a_visit(
        "two repairs and still faulty: the money back",
        "B-D3e",
        "R1",
        {**REPAIR, "F-1": "none", "B-Q6": "return"},
        "S4-30",
        repairs_done=2,
    ),
    a_visit(
        "price fell inside the protection",
        "C-C43",
        "R11",
        {"K-0": "price", "P-1": "price_protection", "C-C42": "paid"},
        "S4-32",
    ),
    a_visit(
        "price protection over, refused",
        "B-END-REFUSED",
        "R29",
        {"K-0": "price", "P-1": "price_protection", "P-2x": "refuse"},
        protect_days=3,
    ),
    a_visit(
        "grave complaint without agreement",
        "J-6",
        "R26",
        {"K-0": "complaint", "J-1": "major", "J-5": "no_agreement"},
    ),
    a_visit(
        "complaint about the service alone",
        "J-END",
        "R26",
        {"K-0": "complaint", "J-1": "minor", "J-5": "service_only"},
    ),
    a_visit("question taken away as a ticket", "H-2", "", {"K-0": "question", "H-1": "no"}),
    a_visit("suggestion", "H-3", "", {"K-0": "suggestion"}),
]


@pytest.mark.parametrize(("end", "remedies", "answers", "facts"), VISITS)
def test_a_visit_ends_where_the_chart_says(
    end: str, remedies: list[str], answers: dict[str, Any], facts: dict[str, Any]
) -> None:
    result = walked(answers, **facts)
    assert (result.state, result.at) == ("ended", end)
    assert list(result.remedies) == remedies


def test_the_visits_above_reach_every_end() -> None:
    chart = shipped.chart("counter")
    ends = {node.id for node in chart.nodes.values() if node.kind is Kind.END}
    assert ends == {visit.values[0] for visit in VISITS}


def _way(chart: Chart, end: str) -> tuple[dict[str, str], dict[str, str]]:
    """The shortest way to an end: answers, and the tests overruled so."""
    before: dict[str, tuple[str, str]] = {chart.start: ("", "")}
    todo = deque([chart.start])
    while end not in before:
        at = chart.nodes[todo.popleft()]
        ways = [("", at.to)] if at.to else [(answer.id, answer.to) for answer in at.answers]
        for answer, target in ways:
            if target not in before:
                before[target] = (at.id, answer)
                todo.append(target)
    answers: dict[str, str] = {}
    tests: dict[str, str] = {}
    while end != chart.start:
        end, answer = before[end]
        if answer:
            (tests if chart.nodes[end].kind is Kind.TEST else answers)[end] = answer
    return answers, tests


@pytest.mark.parametrize("chart_name", shipped.CHARTS)
def test_a_search_finds_a_walk_to_every_end(chart_name: str) -> None:
    chart = shipped.chart(chart_name)
    for node in chart.nodes.values():
        if node.kind is Kind.END:
            answers, tests = _way(chart, node.id)
            cheap = {"allowance": "1.00", "gift_cost": "0", "outbound_freight": "9"}
            cheap |= {"handling": "0", "replacement_cost": "50", "recoverable_value": "0"}
            assert walked(answers, tests, chart_name, **cheap).at == node.id


@pytest.mark.req("S4-50", "S4-51", "S4-114")
def test_the_correction_of_a_listing_is_a_task_that_no_customer_waits_for() -> None:
    visit = walked({**MISMATCH, "C-C40": "coupon"})
    assert "correction" in visit.opens
    assert shipped.chart("counter").nodes["C-C30"].task_chart == "listing"
    assert walked({"C-C31": "yes"}, chart="listing").at == "C-C32"
    assert walked({"C-C31": "no"}, chart="listing").at == "C-C33"


def test_a_customer_may_withdraw_at_every_question_offer_and_wait() -> None:
    chart = shipped.chart("counter")
    for node in chart.nodes.values():
        if node.kind not in (Kind.ASK, Kind.OFFER, Kind.WAIT):
            continue
        answers, tests = _way(chart, node.id)
        cheap = {"allowance": "1.00", "gift_cost": "0", "outbound_freight": "9"}
        cheap |= {"handling": "0", "replacement_cost": "50", "recoverable_value": "0"}
        result = walked({**answers, node.id: "withdraw"}, tests, **cheap)
        assert result.path[-2:] == (node.id, "B-END-WITHDRAWN")
        assert result.outcome == "withdrawn"
        assert not result.callback


@pytest.mark.req("S4-76")
def test_a_call_back_follows_every_end_but_answers_suggestions_and_withdrawals() -> None:
    nodes = shipped.chart("counter").nodes.values()
    silent = {node.id for node in nodes if node.kind is Kind.END and not node.callback}
    assert silent == {"H-END", "H-3", "B-END-WITHDRAWN"}

"""Whole visits, every lane and every end of the chart, from the first question to the posted documents."""

from __future__ import annotations

from typing import Any

import pytest
from trips import PROVES, TRIPS, Trip
from visits import Counter

from counter_app import resources
from counter_app.domain.chart import Kind, load_chart
from counter_app.domain.codes import read_codes
from counter_app.services import approvals, products, tasks, walks


def walk_it(counter: Counter, trip: Trip) -> Any:
    counter.open_drawer()
    sale = counter.simple_sale(**trip.sale)
    visit = counter.visit(sale)
    choices = dict(trip.choices)
    facts = dict(trip.facts)
    if "replacement" in choices:
        product = counter.product("大号保温杯", choices["replacement"]["price_fen"], stock=3)
        choices["replacement"] = [{**choices["replacement"], "product_id": product}]
    if "deductions" in choices:
        line = visit.case.lines[0].id
        amount = int(choices["deductions"])
        choices["deductions"] = [
            {"case_line_id": line, "kind": "damage", "amount_fen": amount, "reason": "杯盖划痕"}
        ]
    if "costs" in choices:
        walks.set_facts(counter.clerk, visit.walk_id, choices.pop("costs"))
    if choices:
        visit.choose(**choices)
    for step in trip.steps.split():
        act(counter, visit, step, facts, sale)
    assert visit.at == trip.end, visit.walk.path
    if not visit.walk.settled:
        visit.post()
    visit.settle()
    return visit


def act(counter: Counter, visit: Any, step: str, facts: dict[str, Any], sale: Any) -> None:
    if step == "@post":
        visit.post()
        visit.settle()
    elif step == "@unpaid":
        visit.post()
    elif step == "@tomorrow":
        counter.clock.forward(days=1)
    elif step == "@approve":
        question = approvals.request(counter.clerk, visit.case_id).value
        approvals.approve_now(counter.clerk, question.id, *counter.boss, "同意")
    elif step == "@restock":
        products.count_stock(counter.owner, sale.lines[0].product_id, 5000)
    elif step == "@back":
        visit.go("return_application", reason="金额写错")
    elif step in ("@ship", "@followed"):
        return
    else:
        visit.go(step, facts=facts)
    assert tasks.to_do(counter.clerk) is not None


@pytest.mark.parametrize(
    "trip",
    [
        pytest.param(
            trip, id=trip.name, marks=[pytest.mark.req(*PROVES[trip.name])] if trip.name in PROVES else []
        )
        for trip in TRIPS
    ],
)
def test_a_visit_goes_to_its_end_and_the_books_hold(counter: Counter, trip: Trip) -> None:
    visit = walk_it(counter, trip)
    case = visit.case
    posted = [document.prefix for document in case.documents]
    assert sorted(posted) == sorted(trip.documents)
    assert case.state == trip.state
    counter.sound()


def test_the_visits_reach_every_end_of_the_chart() -> None:
    codes = read_codes(
        resources.read_toml("policy", "codes.toml"), resources.read_toml("policy", "scripts.toml")
    )
    chart = load_chart(resources.read_text("charts", "counter.toml"), "counter.toml", codes)
    ends = {node.id for node in chart.nodes.values() if node.kind is Kind.END}
    assert ends <= {trip.end for trip in TRIPS}

"""Whole visits, every lane and every end of the chart, from the first question to the posted documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from visits import Counter

from counter_app import resources
from counter_app.domain.chart import Kind, load_chart
from counter_app.domain.codes import read_codes
from counter_app.services import walks


@dataclass(frozen=True)
class Trip:
    """One way through the chart. `@post`, `@pay`, `@tomorrow` stand between answers."""

    name: str
    steps: str
    end: str
    documents: tuple[str, ...]
    state: str
    facts: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    sale: dict[str, Any] = field(default_factory=dict)
    rows: tuple[str, ...] = ()


CUP = {"name": "大号保温杯", "quantity_milli": 1000, "price_fen": 25900}
TRIPS = (
    Trip("return by right", "return agree in_person fit", "B-R5", ("TH", "TK"), "settled"),
    Trip(
        "return sent by post",
        "return agree post @tomorrow arrived fit",
        "B-R5",
        ("TH", "TK"),
        "settled",
    ),
    Trip(
        "return parcel lost, refunded",
        "return agree post lost refund @approve @post paid",
        "C-C43",
        ("TK",),
        "settled",
    ),
    Trip(
        "return with a deduction",
        "return agree in_person unfit deduct agree",
        "B-R5",
        ("TH", "TK"),
        "settled",
        choices={"deductions": "1000"},
    ),
    Trip(
        "return refused after inspection",
        "return agree in_person unfit refuse",
        "B-END-REFUSED",
        ("GZ",),
        "refused",
    ),
    Trip(
        "store return without a promise, goodwill",
        "return goodwill agree in_person fit",
        "B-R5",
        ("TH", "TK"),
        "settled",
        sale={"channel": "store"},
    ),
    Trip(
        "store return without a promise, refused",
        "return refuse",
        "B-END-REFUSED",
        ("GZ",),
        "refused",
        sale={"channel": "store"},
    ),
    Trip("return withdrawn", "return withdraw", "B-END-WITHDRAWN", (), "withdrawn"),
    Trip(
        "return above the limit, approved",
        "return agree in_person fit approve",
        "B-R5",
        ("TH", "TK"),
        "settled",
        sale={"price_fen": 29900},
    ),
    Trip("exchange for the same", "exchange fit same handed_over", "X-END-NOW", ("TH", "HH"), "settled"),
    Trip(
        "exchange for something dearer",
        "exchange fit different handed_over",
        "X-END-NOW",
        ("TH", "HH", "SJ"),
        "settled",
        choices={"replacement": CUP},
    ),
    Trip(
        "exchange for something cheaper",
        "exchange fit different handed_over",
        "X-END-NOW",
        ("TH", "HH", "TK"),
        "settled",
        choices={"replacement": {**CUP, "price_fen": 9900}},
    ),
    Trip("exchange to be sent", "exchange fit same send @ship", "X-END-SEND", ("TH", "HH"), "executing"),
    Trip(
        "exchange becomes a return",
        "exchange fit refund agree in_person fit",
        "B-R5",
        ("TH", "TK"),
        "settled",
    ),
    Trip("exchange not wanted", "exchange fit none", "B-END-WITHDRAWN", (), "withdrawn"),
    Trip(
        "worn goods exchanged all the same",
        "exchange unfit accept same handed_over",
        "X-END-NOW",
        ("TH", "HH"),
        "settled",
    ),
    Trip("worn goods not exchanged", "exchange unfit refuse", "B-END-REFUSED", ("GZ",), "refused"),
    Trip("parcel found", "parcel found @tomorrow delivered", "B-T-END", (), "settled"),
    Trip(
        "parcel lost, sent again",
        "parcel unknown unknown lost resend handed_over",
        "X-END-NOW",
        ("BF",),
        "settled",
    ),
    Trip(
        "parcel lost, refunded",
        "parcel lost refund @approve @post paid",
        "C-C43",
        ("TK",),
        "settled",
    ),
    Trip(
        "out of scope, refused",
        "problem no refuse",
        "B-END-REFUSED",
        ("GZ",),
        "refused",
    ),
    Trip(
        "out of scope, paid service",
        "problem no paid_service accept_quote",
        "F-END-PAID",
        ("WX", "SJ"),
        "executing",
        choices={"quote": {"amount_fen": 5000, "rows": [{"what": "换杯盖", "amount_fen": 5000}]}},
    ),
    Trip(
        "faulty, return by right",
        "problem yes quality goods return in_person confirmed",
        "B-D3e",
        ("TH", "TK"),
        "settled",
    ),
    Trip(
        "faulty, allowance",
        "problem yes quality goods allowance",
        "B-D1e",
        ("ZJ",),
        "settled",
        facts={"allowance": "30.00"},
    ),
    Trip(
        "faulty, allowance above the limit rejected, then exchanged",
        "problem yes quality goods allowance reject exchange approve in_person confirmed handed_over",
        "X-END-NOW",
        ("TH", "HH"),
        "settled",
        facts={"allowance": "250.00"},
        choices={"costs": {"outbound_freight": "200.00"}},
        sale={"price_fen": 49900},
    ),
    Trip(
        "faulty, exchanged when the parcel arrives",
        "problem yes quality packaging exchange not_yet no @tomorrow arrived confirmed handed_over",
        "X-END-NOW",
        ("TH", "HH"),
        "settled",
    ),
    Trip(
        "faulty, sent first against a deposit",
        "problem yes quality goods exchange not_yet yes deposit @post @tomorrow arrived confirmed",
        "B-D2se",
        ("HH", "YJ", "TH"),
        "settled",
    ),
    Trip(
        "faulty, sent first with a waybill",
        "problem yes quality goods exchange not_yet yes waybill @post arrived confirmed",
        "B-D2se",
        ("HH", "TH"),
        "settled",
        choices={"waybill": "SF1234567890"},
    ),
    Trip(
        "faulty, sent first, never came back",
        "problem yes quality goods exchange not_yet yes deposit @post @tomorrow overdue",
        "B-D2sx",
        ("HH", "YJ", "SJ"),
        "settled",
    ),
    Trip(
        "faulty, tested elsewhere, then returned",
        "problem yes quality needs_test @tomorrow tested goods return in_person confirmed",
        "B-D3e",
        ("TH", "TK"),
        "settled",
    ),
    Trip(
        "faulty on return, goods not as claimed",
        "problem yes quality goods return in_person not_confirmed refuse",
        "B-END-REFUSED",
        ("GZ",),
        "refused",
    ),
    Trip(
        "no fault found, refused",
        "problem yes quality not_found refuse",
        "B-END-REFUSED",
        ("GZ",),
        "refused",
    ),
    Trip(
        "user damage accepted, not repaired",
        "problem yes quality user accepted decline",
        "F-END-HANDBACK",
        (),
        "settled",
    ),
    Trip(
        "courier damage, claim opened, repaired",
        "problem yes quality courier repair whole none in_store",
        "F-END-FREE",
        ("WX",),
        "executing",
        sale={"category": "SMALL"},
    ),
    Trip(
        "missing, sent again",
        "problem yes short confirmed resend handed_over",
        "X-END-NOW",
        ("BF",),
        "settled",
    ),
    Trip(
        "missing piece refunded",
        "problem yes short confirmed refund_missing",
        "B-S2e",
        ("TK",),
        "settled",
        choices={"missing": {"amount_fen": 3000, "what": "杯刷"}},
    ),
    Trip(
        "set replaced",
        "problem yes short not_confirmed goodwill replace_set in_person confirmed handed_over",
        "X-END-NOW",
        ("TH", "HH"),
        "settled",
    ),
    Trip(
        "short, all returned",
        "problem yes short confirmed return_all in_person confirmed",
        "B-D3e",
        ("TH", "TK"),
        "settled",
    ),
    Trip(
        "wrong goods returned",
        "problem yes wrong refund in_person confirmed",
        "B-D3e",
        ("TH", "TK"),
        "settled",
    ),
    Trip(
        "wrong goods swapped at the counter",
        "problem yes wrong right_item fit handed_over",
        "X-END-NOW",
        ("TH", "HH"),
        "settled",
        facts={"goods_here": True},
    ),
    Trip(
        "wrong goods dearer, kept",
        "problem yes wrong keep yes yes",
        "C-W4a",
        ("BC",),
        "settled",
        facts={"wrong_value": "250.00"},
        choices={"concession": {"what": "下次满100减20"}},
    ),
    Trip(
        "wrong goods not worth sending back",
        "problem yes wrong right_item handed_over",
        "X-END-NOW",
        ("BF", "BC"),
        "settled",
        facts={"goods_here": False, "wrong_value": "8.00"},
        choices={"gift": {"what": "小杯垫", "amount_fen": 300}},
    ),
    Trip(
        "wrong goods with a tracking number",
        "problem yes wrong right_item yes tracking send @ship",
        "X-END-SEND",
        ("HH",),
        "executing",
        facts={"goods_here": False, "wrong_value": "150.00"},
    ),
    Trip(
        "wrong goods of high value, waited for",
        "problem yes wrong right_item yes not_yet @tomorrow tracking signed unfit charge handed_over",
        "X-END-NOW",
        ("TH", "HH", "SJ"),
        "settled",
        facts={"goods_here": False, "wrong_value": "900.00"},
        choices={"deductions": "2000"},
    ),
    Trip(
        "wrong goods kept against part of the price",
        "problem yes wrong right_item no @post paid",
        "C-C43",
        ("TK",),
        "settled",
        facts={"goods_here": False, "wrong_value": "150.00", "allowance": "40.00"},
    ),
    Trip(
        "not as described, difference",
        "problem yes mismatch yes no no difference @post paid",
        "C-C43",
        ("TK",),
        "settled",
        facts={"difference": "20.00"},
    ),
    Trip(
        "not as described, sent back by finance once",
        "problem yes mismatch yes no no difference @unpaid @back @post paid",
        "C-C43",
        ("TK", "TK", "TK"),
        "settled",
        facts={"difference": "20.00"},
        sale={"tender": "wechat"},
    ),
    Trip(
        "not as described, coupon",
        "problem yes mismatch yes no no coupon",
        "C-C40-COUPON",
        ("BC",),
        "settled",
        choices={"coupon": {"what": "20元优惠券", "number": "C-1", "amount_fen": 2000}},
    ),
    Trip(
        "not as described, bought again with a gift",
        "problem yes mismatch yes no no rebuy_gift @followed",
        "C-C40-REBUY",
        ("BC",),
        "executing",
        choices={"gift": {"what": "赠品", "amount_fen": 1500}},
    ),
    Trip(
        "not as described, but it was the light",
        "problem yes mismatch no lighting content",
        "H-END",
        (),
        "closed",
    ),
    Trip("wording misread, explained", "problem yes mismatch no misread content", "H-END", (), "closed"),
    Trip("overlooked, explained", "problem yes mismatch no overlooked content", "H-END", (), "closed"),
    Trip(
        "unsafe goods",
        "problem yes unsafe in_person confirmed",
        "B-D3e",
        ("TH", "TK", "TS"),
        "executing",
        sale={"category": "FOOD"},
    ),
    Trip(
        "out of stock, waited for",
        "exchange fit same wait @restock arrived handed_over",
        "X-END-NOW",
        ("TH", "HH"),
        "settled",
        sale={"stock": 0},
    ),
    Trip(
        "out of stock, refunded",
        "exchange fit same refund @approve @post paid",
        "C-C43",
        ("TH", "TK"),
        "settled",
        sale={"stock": 0},
    ),
    Trip("guided on the spot", "repair yes", "F-END-GUIDED", (), "settled"),
    Trip(
        "repaired free",
        "repair no whole none in_store",
        "F-END-FREE",
        ("WX",),
        "executing",
        sale={"category": "PHONE"},
    ),
    Trip(
        "out of guarantee, paid",
        "repair no whole accept_quote",
        "F-END-PAID",
        ("WX", "SJ"),
        "executing",
        choices={"quote": {"amount_fen": 8000}},
        sale={"category": "OTHER", "days_ago": 400},
    ),
    Trip(
        "force majeure, refused",
        "repair no whole force_majeure refuse",
        "B-END-REFUSED",
        ("GZ",),
        "refused",
        sale={"category": "PHONE"},
    ),
    Trip(
        "overcharged",
        "price overcharged @post paid",
        "C-C43",
        ("TK",),
        "settled",
        facts={"difference": "10.00"},
    ),
    Trip(
        "price protection refused",
        "price price_protection refuse",
        "B-END-REFUSED",
        ("GZ",),
        "refused",
        facts={"price_now": "150.00"},
    ),
    Trip(
        "price protection as goodwill",
        "price price_protection goodwill @post paid",
        "C-C43",
        ("TK",),
        "settled",
        facts={"price_now": "179.00"},
    ),
    Trip("complaint about the service", "complaint minor service_only", "J-END", ("TS",), "executing"),
    Trip("complaint without agreement", "complaint important no_agreement", "J-6", ("TS",), "executing"),
    Trip(
        "grave complaint that ends in a return",
        "complaint major return agree in_person fit",
        "B-R5",
        ("TH", "TK", "TS"),
        "executing",
    ),
    Trip("question answered", "question yes", "H-END", (), "closed"),
    Trip("question to be answered later", "question no", "H-2", (), "executing"),
    Trip("suggestion", "suggestion", "H-3", (), "closed"),
)


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
    from counter_app.services import approvals, products, tasks

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


@pytest.mark.req(
    "S4-12", "S4-14", "S4-15", "S4-18", "S4-24", "S4-26", "S4-27", "S4-28", "S4-29", "S4-31", "S4-32", "S4-34",
    "S4-37", "S4-40", "S4-42", "S4-43", "S4-45", "S4-52", "S4-54", "S4-55", "S4-56", "S4-57", "S4-58", "S4-60",
    "S4-61", "S4-63", "S4-65", "S4-71", "S4-80",
)  # fmt: skip
@pytest.mark.parametrize("trip", TRIPS, ids=lambda trip: trip.name)
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

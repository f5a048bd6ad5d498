"""A visit settles to the last 分: never more than was paid, never a 分 lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources, wording
from counter_app.domain.errors import UserError
from counter_app.domain.policy import load_shop_policy
from counter_app.domain.remedy import load_remedies
from counter_app.domain.settlement import (
    Deduction,
    Gift,
    Issue,
    Line,
    Settlement,
    Tender,
    TenderRefund,
    Visit,
    settle,
)
from counter_app.domain.settlement_lines import unit_value

REMEDIES = load_remedies(resources.read_toml("policy", "remedies.toml"))
POLICY = load_shop_policy(resources.read_toml("policy", "shop_policy.toml"))
TODAY = date(2026, 11, 20)
CUP = Line(key=1, remedy="R1", name="保温杯", quantity_milli=1000, sold_milli=3000, paid_fen=10000)
KETTLE = Issue(product="K", name="水壶", quantity_milli=1000, price_fen=5000, stock_milli=9000)


def visit(*lines: Line, **facts: Any) -> Visit:
    given = {"today": TODAY, "tenders": (Tender("wechat", 100_000_00),), "limit_fen": 10**9, **facts}
    return Visit(lines=lines, **given)


def come_to(*lines: Line, **facts: Any) -> Settlement:
    found = settle(visit(*lines, **facts), REMEDIES, POLICY)
    check(found)
    return found


def check(found: Settlement) -> None:
    """What is true of every settlement, whatever it is about."""
    assert found.refund_fen == sum(line.refund_fen for line in found.lines)
    assert found.pay_fen == sum(line.pay_fen for line in found.lines)
    assert sum(refund.amount_fen for refund in found.refunds) == found.refund_fen
    assert found.now_fen + found.owed_fen == found.refund_fen
    assert all(refund.amount_fen > 0 and refund.left_fen >= 0 for refund in found.refunds)
    for line in found.lines:
        assert line.refund_fen >= 0 and line.pay_fen >= 0
        assert sum(row.amount_fen for row in line.working[:-1]) == line.refund_fen - line.pay_fen
        assert line.working[-1].total
        assert line.working[-1].amount_fen == line.refund_fen - line.pay_fen
        for row in line.working:
            told = wording.sentence(UserError(row.label, **row.params), "zh")  # type: ignore[arg-type]
            assert told != row.label and "{" not in told
    for reason in (*found.warnings, *found.missing):
        assert "{" not in wording.sentence(UserError(reason.code, **reason.params), "en")  # type: ignore[arg-type]
    for need in found.approvals:
        assert f"settlement.approval.{need.code}" in wording.catalogue()


def refused(code: str, *lines: Line, **facts: Any) -> None:
    with pytest.raises(UserError) as no:
        settle(visit(*lines, **facts), REMEDIES, POLICY)
    assert no.value.code == code
    told = wording.sentence(no.value, "zh")
    assert told != code and "{" not in told


@pytest.mark.req("S4-12")
def test_one_of_three_gives_back_its_share_with_the_working() -> None:
    found = come_to(CUP)
    assert found.refund_fen == 3333
    assert [row.label for row in found.lines[0].working] == [
        "settlement.working.goods",
        "settlement.working.total",
    ]
    assert [need.prefix for need in found.documents] == ["TH", "TK"]
    assert [reason.code for reason in found.missing] == ["settlement.inspect_first"]
    assert come_to(replace(CUP, accepted_milli=1000)).missing == ()
    assert unit_value(CUP) == 3333


quantities = st.lists(st.integers(1, 4), min_size=1, max_size=5)


@given(st.integers(0, 10**8), quantities, st.integers(0, 3), st.integers(0, 5000))
def test_returns_one_after_another_give_what_one_return_of_all_gives(
    paid: int, portions: list[int], kept: int, freight: int
) -> None:
    sold = (sum(portions) + kept) * 1000
    line = Line(
        key=1,
        remedy="R1",
        quantity_milli=0,
        sold_milli=sold,
        paid_fen=paid,
        freight_fen=freight,
        seller_pays_freight=True,
    )
    tender, back, given_back = Tender("cash", paid + freight), 0, 0
    for portion in portions:
        now = replace(line, quantity_milli=portion * 1000, returned_milli=back, refunded_fen=given_back)
        found = come_to(now, tenders=(replace(tender, refunded_fen=given_back),))
        back += portion * 1000
        given_back += found.refund_fen
        assert given_back <= paid + freight
    whole = come_to(replace(line, quantity_milli=back), tenders=(tender,))
    assert given_back == whole.refund_fen
    if not kept:
        assert given_back == paid + freight


@given(
    st.integers(1, 10**7),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=5),
    st.integers(1, 9),
    st.integers(1, 9),
)
def test_a_refund_is_shared_over_the_tenders_by_what_each_still_has(
    paid: int, parts: list[int], sold: int, back: int
) -> None:
    back = min(back, sold)
    names = ["cash", "wechat", "alipay", "bank_card", "gift_card"]
    tenders = [Tender(name, part) for name, part in zip(names, parts, strict=False)]
    tenders[0] = replace(tenders[0], paid_fen=tenders[0].paid_fen + max(paid - sum(parts), 0))
    whole = sum(tender.paid_fen for tender in tenders)
    line = replace(CUP, sold_milli=sold * 1000, quantity_milli=back * 1000, paid_fen=min(paid, whole))
    found = come_to(line, tenders=tuple(tenders))
    by_name = {refund.tender: refund.amount_fen for refund in found.refunds}
    for tender in tenders:
        share = by_name.get(tender.tender, 0)
        assert share <= tender.paid_fen
        assert abs(share - found.refund_fen * tender.paid_fen / whole) < 1.0001


def test_card_goes_back_to_the_card_and_cash_leaves_the_drawer_if_it_holds_enough() -> None:
    tenders = (Tender("cash", 4000), Tender("bank_card", 6000))
    line = replace(CUP, quantity_milli=3000)
    assert come_to(line, tenders=tenders, drawer_fen=4000).refunds == (
        TenderRefund("cash", "cash", 4000, True, 0),
        TenderRefund("bank_card", "bank_card", 6000, False, 0),
    )
    assert come_to(line, tenders=tenders, drawer_fen=3999).now_fen == 0
    assert come_to(line, tenders=tenders).now_fen == 0


def test_no_tender_gives_back_more_than_it_took() -> None:
    refused("settlement.tender.short", CUP, tenders=(Tender("cash", 10000, 6668),))
    assert come_to(CUP, tenders=(Tender("cash", 10000, 6667),)).refund_fen == 3333


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"quantity_milli": 4000}, "settlement.line.overreturned"),
        ({"quantity_milli": 2000, "returned_milli": 2000}, "settlement.line.overreturned"),
        ({"quantity_milli": 2000, "reserved_milli": 2000}, "settlement.line.overreturned"),
        ({"returned_milli": 2000, "reserved_milli": 1000}, "settlement.line.nothing_left"),
        ({"quantity_milli": 0}, "settlement.line.quantity"),
        ({"quantity_milli": -1000}, "settlement.line.quantity"),
        ({"paid_fen": -1}, "settlement.line.quantity"),
        ({"is_refund": True}, "settlement.line.is_refund"),
        ({"indivisible": True}, "settlement.line.indivisible"),
        ({"accepted_milli": 999}, "settlement.line.not_accepted"),
        (
            {"accepted_milli": 1000, "unsafe": True, "disposition": "V1"},
            "settlement.disposition.destroy_only",
        ),
        ({"remedy": "R99"}, "settlement.remedy"),
    ],
)
def test_what_may_not_come_back_does_not(change: dict[str, Any], code: str) -> None:
    refused(code, replace(CUP, **change))


def test_a_visit_has_lines_and_none_twice() -> None:
    refused("settlement.no_lines")
    refused("settlement.line.twice", CUP, CUP)


def test_unsafe_goods_are_destroyed_or_blocked() -> None:
    for place in ("V6", "V9", "V10"):
        line = replace(CUP, accepted_milli=1000, unsafe=True, disposition=place)
        assert come_to(line).lines[0].goods_in[0].disposition == place


def test_an_indivisible_line_comes_back_whole() -> None:
    assert come_to(replace(CUP, indivisible=True, quantity_milli=3000)).refund_fen == 10000


def test_an_allowance_leaves_the_goods_and_lowers_only_what_that_unit_gives_later() -> None:
    given = come_to(replace(CUP, remedy="R10", amount_fen=1000))
    assert (given.refund_fen, given.lines[0].allowed_fen, given.lines[0].consumes_milli) == (1000, 1000, 0)
    assert [need.prefix for need in given.documents] == ["ZJ"]
    kept = replace(CUP, allowed_fen=1000, allowed_milli=1000)
    first = come_to(kept)
    second = come_to(replace(kept, returned_milli=1000, refunded_fen=first.refund_fen))
    third = come_to(replace(kept, returned_milli=2000, refunded_fen=first.refund_fen + second.refund_fen))
    assert [found.refund_fen for found in (first, second, third)] == [3333, 3333, 2334]
    assert come_to(replace(kept, quantity_milli=3000)).refund_fen == 9000


@given(st.integers(1, 10**6), st.integers(1, 6), st.data())
def test_allowances_and_returns_together_never_give_more_than_was_paid(
    paid: int, sold: int, data: Any
) -> None:
    line = replace(CUP, sold_milli=sold * 1000, paid_fen=paid)
    units = data.draw(st.integers(1, sold))
    most = come_to(replace(line, quantity_milli=units * 1000)).refund_fen
    given_back = 0
    if most:
        amount = data.draw(st.integers(1, most))
        allowance = come_to(replace(line, remedy="R10", quantity_milli=units * 1000, amount_fen=amount))
        line = replace(line, allowed_fen=allowance.refund_fen, allowed_milli=units * 1000)
    for unit in range(sold):
        now = replace(line, returned_milli=unit * 1000, refunded_fen=given_back)
        given_back += come_to(now).refund_fen
        assert given_back + line.allowed_fen <= paid
    whole = come_to(replace(line, quantity_milli=sold * 1000)).refund_fen
    assert whole + line.allowed_fen == paid
    assert abs(given_back - whole) <= sold


@pytest.mark.req("S4-32", "S4-61")
@pytest.mark.parametrize("remedy", ["R10", "R11", "R12", "R13"])
def test_a_part_amount_is_named_and_never_more_than_the_units_are_worth(remedy: str) -> None:
    line = replace(CUP, remedy=remedy)
    assert come_to(replace(line, amount_fen=3333)).refund_fen == 3333
    refused("settlement.refund.over_paid", replace(line, amount_fen=3334))
    refused("settlement.amount.missing", replace(line, amount_fen=0))
    if remedy != "R13":
        refused("settlement.amount.missing", line)


@pytest.mark.req("S4-27")
def test_missing_pieces_are_refunded_and_can_never_come_back() -> None:
    found = come_to(replace(CUP, remedy="R13"))
    assert (found.refund_fen, found.lines[0].consumes_milli, found.lines[0].goods_in) == (3333, 1000, ())
    assert [need.prefix for need in found.documents] == ["TK"]


def exchange(price: int, **change: Any) -> Line:
    issue = replace(KETTLE, price_fen=price)
    return replace(CUP, remedy="R4", accepted_milli=1000, issues=(issue,), **change)


@given(st.integers(0, 20000), st.integers(0, 3333))
def test_an_exchange_settles_its_difference_both_ways(price: int, deducted: int) -> None:
    deductions = (Deduction("wear", deducted, "划痕"),) if deducted else ()
    found = come_to(exchange(price, deductions=deductions))
    assert found.pay_fen - found.refund_fen == price - (3333 - deducted)
    assert not (found.pay_fen and found.refund_fen)
    line = found.lines[0]
    assert line.goods_out[0].value_fen == price
    assert line.consumes_milli == 1000


def test_a_dearer_article_leaves_only_when_its_transfer_has_arrived() -> None:
    dearer = exchange(5000)
    paid = come_to(dearer, collect_tender="cash")
    assert (paid.pay_fen, paid.pay_now, paid.goods_held) == (1667, True, False)
    assert [need.prefix for need in paid.documents] == ["TH", "HH", "SJ"]
    owed = come_to(dearer, collect_tender="alipay")
    assert (owed.pay_now, owed.goods_held, owed.collect_tender) == (False, True, "alipay")
    cheaper = come_to(exchange(3000), collect_tender="alipay")
    assert (cheaper.refund_fen, cheaper.goods_held, cheaper.collect_tender) == (333, False, "")
    assert [need.prefix for need in cheaper.documents] == ["TH", "HH", "TK"]


def test_the_same_article_again_costs_nothing_and_keeps_what_was_paid() -> None:
    line = replace(CUP, remedy="R3", accepted_milli=1000, issues=(replace(KETTLE, price_fen=9900),))
    found = come_to(line)
    assert (found.refund_fen, found.pay_fen) == (0, 0)
    assert found.lines[0].goods_out[0].value_fen == 3333
    damaged = come_to(replace(line, deductions=(Deduction("damage", 500, "磕碰"),)))
    assert (damaged.pay_fen, damaged.lines[0].goods_out[0].value_fen) == (500, 3333)
    refused("settlement.issue.quantity", replace(line, quantity_milli=2000, accepted_milli=2000))
    refused("settlement.issue.missing", replace(line, issues=()))


@pytest.mark.req("S4-2")
def test_stock_is_checked_over_the_whole_visit() -> None:
    two = replace(KETTLE, quantity_milli=2000, stock_milli=3000)
    send = replace(CUP, remedy="R8", issues=(two,))
    assert [need.prefix for need in come_to(send).documents] == ["BF"]
    refused("settlement.stock.short", send, replace(send, key=2))
    unknown = replace(send, issues=(replace(two, stock_milli=None),))
    assert len(come_to(unknown, replace(unknown, key=2)).lines) == 2


@pytest.mark.req("S4-66")
def test_what_is_not_handed_over_is_sent_within_three_days() -> None:
    send = replace(CUP, remedy="R8", issues=(KETTLE,), handed_over=False)
    due = {day.what: day.due for day in come_to(send).due}
    assert due == {"settlement.due.send": date(2026, 11, 23)}


@pytest.mark.req("S4-72")
def test_money_owed_has_its_day_and_a_remote_return_never_waits_past_the_law() -> None:
    assert come_to(CUP).due[0].due == date(2026, 11, 23)
    remote = come_to(CUP, remote=True, goods_received_on=date(2026, 11, 14))
    assert remote.due[0].due == date(2026, 11, 21)
    paid = come_to(CUP, tenders=(Tender("cash", 10000),), drawer_fen=10000)
    assert paid.due == ()


def test_a_deduction_has_a_kind_a_reason_and_a_limit() -> None:
    def less(kind: str = "wear", fen: int = 500, reason: str = "划痕", **change: Any) -> Line:
        return replace(CUP, deductions=(Deduction(kind, fen, reason),), **change)

    found = come_to(less())
    assert found.refund_fen == 2833
    assert [need.code for need in found.approvals] == ["deduction"]
    refused("settlement.deduction.wrong", less("luck"))
    refused("settlement.deduction.wrong", less(fen=0))
    refused("settlement.deduction.reason", less(reason=" "))
    refused("settlement.deduction.too_large", less(fen=3334))
    refused("settlement.deduction.freight", less("freight", seller_pays_freight=True))
    refused("settlement.deduction.wrong", less(remedy="R10", amount_fen=100))
    assert come_to(less("gift", fault=True)).refund_fen == 2833
    refused("settlement.deduction.gift", less("gift", fault=True), gift_deductible=False)


def test_what_was_deducted_from_one_unit_is_not_given_back_with_the_next() -> None:
    line = replace(CUP, returned_milli=1000, refunded_fen=2833)
    assert come_to(line).refund_fen == 3333


def test_another_way_of_refund_needs_consent_reason_and_approval() -> None:
    cash = {"route": "cash", "drawer_fen": 10**6}
    refused("settlement.route.consent", CUP, **cash)
    refused("settlement.route.reason", CUP, **cash, route_consent=True)
    found = come_to(CUP, **cash, route_consent=True, route_reason="微信已注销")
    assert found.refunds[0] == TenderRefund("wechat", "cash", 3333, True, 100_000_00 - 3333)
    assert [need.code for need in found.approvals] == ["other_tender"]


def test_an_unknown_tender_asks_for_the_way() -> None:
    unknown = (Tender("unknown", 10000),)
    assert "settlement.route.choose" in [reason.code for reason in come_to(CUP, tenders=unknown).missing]
    line = replace(CUP, accepted_milli=1000)
    known = come_to(line, tenders=unknown, route="alipay", route_consent=True, route_reason="导入订单")
    assert known.missing == ()


def test_a_subsidy_is_never_paid_out_and_forces_the_original_route() -> None:
    line = replace(CUP, sold_milli=1000, subsidy_fen=2000)
    tenders = (Tender("alipay", 10000), Tender("subsidy", 2000))
    found = come_to(line, tenders=tenders)
    assert (found.refund_fen, found.subsidy_repay_fen) == (10000, 2000)
    assert [refund.tender for refund in found.refunds] == ["alipay"]
    refused(
        "settlement.route.subsidy", line, tenders=tenders, route="cash", route_consent=True, route_reason="急"
    )
    allowance = come_to(replace(line, remedy="R10", amount_fen=100), tenders=tenders)
    assert [reason.code for reason in allowance.warnings] == ["settlement.subsidy.careful"]
    assert allowance.subsidy_repay_fen == 0


def test_coupons_come_back_on_a_full_return_only_and_points_in_step() -> None:
    tenders = (Tender("wechat", 10000), Tender("coupon", 2000), Tender("points", 300))
    part = come_to(replace(CUP, points_fen=100), tenders=tenders)
    assert (part.full_return, part.coupons_back, part.points_back) == (False, (), 100)
    whole = come_to(replace(CUP, quantity_milli=3000), tenders=tenders)
    assert (whole.full_return, whole.coupons_back, whole.points_back) == (True, ("coupon",), 300)
    assert whole.refund_fen == 10000
    others = come_to(replace(CUP, quantity_milli=3000), tenders=tenders, other_open_milli=1000)
    assert others.coupons_back == ()
    swapped = replace(CUP, remedy="R3", quantity_milli=3000, issues=(replace(KETTLE, quantity_milli=3000),))
    assert come_to(swapped, tenders=tenders).full_return is False


def test_a_gift_that_was_not_brought_back_is_pointed_out() -> None:
    gifts = (Gift("gift", "杯刷", 990), Gift("gift", "杯套", 500, back=True))
    line = replace(CUP, accepted_milli=1000)
    assert [reason.params["gift"] for reason in come_to(line, gifts=gifts).warnings] == ["杯刷"]
    assert come_to(replace(line, fault=True), gifts=gifts, gift_deductible=False).warnings == ()
    charged = replace(line, deductions=(Deduction("gift", 990, "杯刷未退"),))
    assert come_to(charged, gifts=gifts).warnings == ()


@pytest.mark.req("S3-29")
@pytest.mark.parametrize(
    ("line", "facts", "codes"),
    [
        (CUP, {"limit_fen": 3333}, []),
        (CUP, {"limit_fen": 3332}, ["over_limit"]),
        (replace(CUP, remedy="R10", amount_fen=1000), {"limit_fen": 999}, ["over_limit"]),
        (replace(CUP, remedy="R13"), {"limit_fen": 0}, []),
        (replace(CUP, remedy="R18", issues=(KETTLE,)), {"limit_fen": 4999}, ["over_limit"]),
        (CUP, {"proof": "none"}, ["no_receipt"]),
        (CUP, {"signature_waived": True}, ["no_signature"]),
        (replace(CUP, goodwill=True), {"goodwill_fen": 3332}, ["goodwill"]),
        (replace(CUP, goodwill=True), {"goodwill_fen": 3333}, []),
        (replace(CUP, remedy="R2"), {}, ["refund_only"]),
        (replace(CUP, remedy="R7", issues=(KETTLE,)), {}, ["remedy"]),
        (replace(CUP, remedy="R29"), {}, ["remedy"]),
    ],
)
def test_an_approval_is_needed_for_a_reason(line: Line, facts: dict[str, Any], codes: list[str]) -> None:
    assert [need.code for need in come_to(line, **facts).approvals] == codes


def test_splitting_a_refund_over_two_lines_does_not_slip_under_the_limit() -> None:
    found = come_to(CUP, replace(CUP, key=2), limit_fen=5000)
    assert [(need.code, need.amount_fen) for need in found.approvals] == [("over_limit", 6666)]


@pytest.mark.req("S4-37")
def test_a_deposit_comes_in_goes_back_or_is_kept() -> None:
    talk = replace(CUP, remedy="R24")
    taken = come_to(talk, deposit="take", deposit_fen=5000)
    assert (taken.deposit_in_fen, [need.prefix for need in taken.documents]) == (5000, ["YJ"])
    assert taken.due[0].due == date(2026, 11, 27)
    assert come_to(talk, deposit="return", deposit_held_fen=5000).deposit_out_fen == 5000
    kept = come_to(talk, deposit="keep", deposit_fen=3000, deposit_held_fen=5000)
    assert (kept.deposit_kept_fen, kept.deposit_out_fen) == (3000, 2000)
    assert come_to(talk, deposit="keep", deposit_fen=9000, deposit_held_fen=5000).deposit_kept_fen == 5000
    refused("settlement.deposit.wrong", talk, deposit="take")
    refused("settlement.deposit.wrong", talk, deposit_fen=-1)


def test_a_paid_repair_takes_its_quote() -> None:
    found = come_to(replace(CUP, remedy="R6", amount_fen=8000))
    assert (found.pay_fen, found.refund_fen) == (8000, 0)
    assert [need.prefix for need in found.documents] == ["WX", "SJ"]
    assert found.goods_held is False
    refused("settlement.amount.missing", replace(CUP, remedy="R6", amount_fen=-1))


def test_goods_that_were_not_as_claimed_are_handed_back() -> None:
    line = replace(CUP, quantity_milli=2000, accepted_milli=2000, rejected_milli=1000, disposition="V1")
    places = [(goods.quantity_milli, goods.disposition) for goods in come_to(line).lines[0].goods_in]
    assert places == [(2000, "V1"), (1000, "V11")]


def test_a_line_with_nothing_left_can_still_be_refused_in_writing() -> None:
    found = come_to(replace(CUP, remedy="R29", returned_milli=3000))
    assert [need.prefix for need in found.documents] == ["GZ"]


def test_several_lines_with_different_answers_settle_in_one_visit() -> None:
    found = come_to(
        replace(CUP, accepted_milli=1000),
        exchange(5000, key=2),
        replace(CUP, key=3, remedy="R10", amount_fen=500),
        replace(CUP, key=4, remedy="R8", issues=(KETTLE,)),
    )
    assert (found.refund_fen, found.pay_fen) == (3833, 1667)
    assert [(need.prefix, need.keys) for need in found.documents] == [
        ("TH", (1, 2)),
        ("HH", (2,)),
        ("BF", (4,)),
        ("ZJ", (3,)),
        ("TK", (1,)),
        ("SJ", (2,)),
    ]


def test_cash_is_rounded_only_when_the_shop_says_so_and_in_the_customers_favour() -> None:
    rounding = replace(POLICY, cash_rounding="jiao")
    cash = visit(CUP, tenders=(Tender("cash", 10000),), drawer_fen=10000)
    assert settle(cash, REMEDIES, POLICY).cash_rounding_fen == 0
    rounded = settle(cash, REMEDIES, rounding)
    assert (rounded.refund_fen, rounded.cash_rounding_fen) == (3333, 7)
    paying = settle(visit(exchange(5000)), REMEDIES, rounding)
    assert (paying.pay_fen, paying.pay_rounding_fen) == (1667, 7)


def test_much_cash_is_pointed_out() -> None:
    line = replace(CUP, paid_fen=300_001, sold_milli=1000, accepted_milli=1000)
    found = come_to(line, tenders=(Tender("cash", 300_001),), drawer_fen=10**6)
    assert [reason.code for reason in found.warnings] == ["settlement.cash.much"]


def test_preview_and_posting_agree_or_differ_as_values() -> None:
    assert come_to(CUP) == come_to(CUP)
    assert come_to(CUP) != come_to(replace(CUP, returned_milli=1000, refunded_fen=3333, quantity_milli=2000))


def test_freight_shares_after_a_reversal_never_exceed_what_was_paid() -> None:
    """Three units went back and the first was taken back again: its new share fits what is left to the last 分."""
    cup = replace(CUP, freight_fen=100, seller_pays_freight=True, accepted_milli=1000)
    singles = [come_to(replace(cup, returned_milli=before * 1000)).refund_fen for before in range(3)]
    assert sum(singles) == 10100
    again = replace(cup, returned_milli=2000, refunded_fen=singles[1] + singles[2])
    assert come_to(again).refund_fen == singles[0]


@pytest.mark.parametrize(("kind", "label"), [("damage", "charged"), ("depreciation", "charged_use")])
def test_a_loss_that_the_customer_pays_at_an_exchange_is_a_charge_and_no_deduction(
    kind: str, label: str
) -> None:
    swapped = replace(
        CUP,
        remedy="R3",
        issues=(replace(KETTLE, quantity_milli=CUP.quantity_milli),),
        deductions=(Deduction(kind, 500, "杯盖划痕"),),
    )
    (done,) = come_to(swapped).lines
    assert (done.pay_fen, done.refund_fen) == (500, 0)
    assert [(row.label, row.amount_fen) for row in done.working if "charged" in row.label] == [
        (f"settlement.working.{label}", -500)
    ]
    assert not any("deduction" in row.label for row in done.working)

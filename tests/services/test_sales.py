"""Sales typed at the counter: what is frozen, what is refused, what a second try gives."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from racing import start, together

from counter_app.db.models import Person, Reveal, Sale, SaleIdentity, SaleLine
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.money import part_refund
from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.services import people, products, sales
from counter_app.services.desk import Desk
from counter_app.services.sale_state import LineState, refundable_fen
from counter_app.services.sales import SplitPart

YESTERDAY = date(2026, 11, 20)
POT = NewLine("云朵电饭煲", 1000, 29_900)
REQUESTS = itertools.count()


def _sale(*lines: NewLine, **more: Any) -> NewSale:
    return NewSale(YESTERDAY, lines or (POT,), **more)


def _record(desk: Desk, new: NewSale) -> Any:
    return sales.record_sale(desk, new, f"request-{next(REQUESTS)}").value


def _refused(desk: Desk, new: NewSale) -> str:
    before = Sale.select().count()
    with pytest.raises(UserError) as told:
        _record(desk, new)
    assert Sale.select().count() == before
    return told.value.code


def test_discount_coupon_and_freight_are_frozen_on_the_lines(desk: Desk) -> None:
    found = _record(
        desk,
        _sale(
            NewLine("甲", 3000, 3333),
            NewLine("乙", 1000, 1),
            discount_fen=1000,
            coupon_fen=500,
            freight_fen=800,
            tenders=(NewTender("cash", 5000), NewTender("wechat", 4300)),
        ),
    )
    assert [line.paid_fen for line in found.lines] == [8499, 1]
    assert [line.freight_fen for line in found.lines] == [800, 0]
    assert (found.goods_fen, found.discount_fen, found.paid_fen) == (10_000, 1500, 9300)
    assert found.coupon_fen == 500
    assert [(one.tender, one.paid_fen) for one in found.tenders] == [("cash", 5000), ("wechat", 4300)]


LINES = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 99_999), st.integers(0, 100)), min_size=1, max_size=6
)


@given(LINES, st.integers(0, 100), st.integers(0, 5000), st.integers(0, 100))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_discount_the_lines_add_up_and_no_unit_is_lost(
    desk: Desk, bought: list[tuple[int, int, int]], off: int, freight: int, subsidy: int
) -> None:
    lines = tuple(
        NewLine(f"商品{n}", pieces * 1000, price, discount_fen=pieces * price * share // 100)
        for n, (pieces, price, share) in enumerate(bought)
    )
    net = sum(line.unit_price_fen * line.quantity_milli // 1000 - line.discount_fen for line in lines)
    discount = net * off // 100
    paid_by_state = (net - discount) * subsidy // 100
    found = _record(
        desk, _sale(*lines, discount_fen=discount, freight_fen=freight, subsidy_fen=paid_by_state)
    )
    assert sum(line.paid_fen for line in found.lines) == net - discount - paid_by_state
    assert sum(line.freight_fen for line in found.lines) == freight
    assert sum(line.subsidy_fen for line in found.lines) == paid_by_state
    assert found.paid_fen == sum(one.paid_fen for one in found.tenders if one.tender != "subsidy")
    for line in found.lines:
        assert 0 <= line.paid_fen <= line.list_fen
        pieces = line.bought_milli // 1000
        one_by_one = [part_refund(line.paid_fen, line.bought_milli, n * 1000, 1000) for n in range(pieces)]
        assert sum(one_by_one) == line.paid_fen == line.refundable_fen


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (_sale(NewLine("x", 0, 100)), "quantity.zero"),
        (_sale(NewLine("x", -1000, 100)), "quantity.negative"),
        (_sale(NewLine("x", 1500, 100, category="SMALL")), "quantity.whole_pieces"),
        (_sale(NewLine("x", 10**12, 100)), "quantity.too_large"),
        (_sale(NewLine("x", 1000, -1)), "sale.amount.negative"),
        (_sale(NewLine("x", 1000, 10**13)), "sale.amount.too_large"),
        (_sale(NewLine("x", 999_999_000, 9_999_999_999)), "sale.amount.too_large"),
        (_sale(NewLine("x", 1000, 100, discount_fen=101)), "sale.line.discount_exceeds"),
        (_sale(NewLine("x", 1000, 100, discount_fen=-1)), "sale.amount.negative"),
        (_sale(NewLine("x", 1000, 100, tax_rate_bp=10_001)), "sale.line.tax_rate"),
        (_sale(NewLine("x", 1000, 100, gift_of=1)), "sale.line.gift_of"),
        (_sale(NewLine("", 1000, 100)), "sale.line.name_empty"),
        (_sale(NewLine("  \t ", 1000, 100)), "sale.line.name_empty"),
        (_sale(NewLine("长" * 100_000, 1000, 100)), "text.too_long"),
        (_sale(NewLine("坏\x00字", 1000, 100)), "text.control"),
        (_sale(NewLine("反\u202e向", 1000, 100)), "text.direction"),
        (_sale(NewLine("x", 1000, 100, serial="\u200f123")), "text.direction"),
        (_sale(customer_name="名" * 100_000), "text.too_long"),
        (_sale(customer_name="\u2067张三"), "text.direction"),
        (_sale(phone="1" * 100_000), "text.too_long"),
        (_sale(phone="不是号码"), "text.phone"),
        (_sale(phone="138\x073800"), "text.control"),
        (_sale(contact="线\x1b[31m"), "text.control"),
        (_sale(discount_fen=29_901), "sale.discount.exceeds"),
        (_sale(subsidy_fen=29_901), "sale.subsidy.exceeds"),
        (_sale(freight_fen=-1), "sale.amount.negative"),
        (_sale(tenders=(NewTender("cash", 1),)), "sale.tenders.sum"),
        (_sale(tenders=(NewTender("", 29_900),)), "sale.tender.empty"),
        (replace(_sale(), lines=()), "sale.lines.none"),
        (replace(_sale(), lines=(POT,) * 501), "sale.lines.too_many"),
        (replace(_sale(), purchased_on=date(2026, 11, 22)), "sale.date.future"),
        (replace(_sale(), purchased_on=date(1926, 11, 20)), "sale.date.too_old"),
        (_sale(received_on=date(2026, 11, 19)), "sale.date.before_purchase"),
        (_sale(received_on=date(2026, 11, 22)), "sale.date.future"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(desk: Desk, new: NewSale, code: str) -> None:
    assert _refused(desk, new) == code


@pytest.mark.req("S0-10")
def test_names_and_phones_stand_in_one_erasable_place_only(desk: Desk) -> None:
    found = _record(
        desk, _sale(customer_name="张小三", phone="+86 138-0013-8000", area="上海市浦东新区某路5号")
    )
    assert (found.customer_masked, found.phone_masked) == ("张**", "138****8000")
    person = Person.get_by_id(found.person_id)
    assert (person.name, person.phone) == ("张小三", "13800138000")
    told = " ".join(
        str(cell)
        for table in ("sale", "sale_line", "sale_tender", "sale_identity")
        for row in desk.db.execute_sql(f"SELECT * FROM {table}").fetchall()
        for cell in row
    )
    assert "张小三" not in told
    assert "13800138000" not in told
    assert "某路5号" not in told


@pytest.mark.req("S0-10")
def test_whoever_sees_a_customer_unmasked_is_written_down(desk: Desk, as_role: Callable[[str], Desk]) -> None:
    found = _record(desk, _sale(customer_name="张小三", phone="13800138000"))
    with pytest.raises(UserError, match=r"right\.missing"):
        people.reveal(as_role("clerk"), found.person_id, "好奇")
    with pytest.raises(UserError, match=r"person\.why"):
        people.reveal(desk, found.person_id, " ")
    assert Reveal.select().count() == 0
    seen = people.reveal(as_role("supervisor"), found.person_id, "电话回访")
    assert (seen.name, seen.phone) == ("张小三", "13800138000")
    told = Reveal.get()
    assert (told.why, told.by.name) == ("电话回访", "赵主管")


@pytest.mark.req("S3-27")
def test_a_known_customer_is_recognised_by_phone(desk: Desk) -> None:
    first = _record(desk, _sale(customer_name="张小三", phone="13800138000"))
    again = _record(desk, _sale(phone="138 0013 8000"))
    family = _record(desk, _sale(customer_name="李四", phone="13800138000"))
    assert again.person_id == first.person_id
    assert again.customer_masked == "张**"
    assert family.person_id != first.person_id


def test_costs_are_for_those_who_may_see_them(desk: Desk, as_role: Callable[[str], Desk]) -> None:
    found = _record(desk, _sale(replace(POT, cost_fen=17_200)))
    assert found.lines[0].cost_fen == 17_200
    assert sales.sale(as_role("clerk"), found.id).lines[0].cost_fen is None


def test_a_line_knows_its_article(desk: Desk) -> None:
    kept = products.save_product(
        desk,
        NewProduct(
            "KX-1",
            "电饭煲",
            29_900,
            barcode="2000000010014",
            category="SMALL",
            cost_fen=17_200,
            tax_rate_bp=900,
        ),
    ).value
    line = _record(desk, _sale(NewLine("电饭煲(展示)", 1000, 19_900, barcode="2000000010014"))).lines[0]
    assert (line.product_id, line.category, line.cost_fen, line.tax_rate_bp) == (
        kept.id,
        "SMALL",
        17_200,
        900,
    )
    assert line.name == "电饭煲(展示)"
    assert line.guarantee_until == date(2027, 11, 22), "one year on, moved over the weekend"


def test_weighed_goods_may_have_decimals(desk: Desk) -> None:
    line = _record(desk, _sale(NewLine("核桃仁", 385, 6800, weighed=True))).lines[0]
    assert (line.list_fen, line.bought_milli, line.weighed) == (2618, 385, True)


def test_a_gift_names_the_line_it_came_with_even_when_it_stands_first(desk: Desk) -> None:
    gift = NewLine("汤勺", 1000, 0, gift_of=2, gift_price_fen=1500)
    found = _record(desk, _sale(gift, POT))
    assert found.lines[0].gift_of == found.lines[1].id
    assert (found.lines[0].gift_price_fen, found.lines[0].refundable_fen) == (1500, 0)


def test_a_subsidy_is_never_part_of_what_the_customer_paid(desk: Desk) -> None:
    found = _record(desk, _sale(subsidy_fen=5980, tenders=(NewTender("alipay", 23_920),)))
    assert (found.paid_fen, found.lines[0].refundable_fen, found.lines[0].subsidy_fen) == (
        23_920,
        23_920,
        5980,
    )
    assert [(one.tender, one.paid_fen) for one in found.tenders] == [("alipay", 23_920), ("subsidy", 5980)]


def test_the_same_request_is_one_sale_and_changed_content_is_refused(desk: Desk) -> None:
    first = sales.record_sale(desk, _sale(), "same")
    again = sales.record_sale(desk, _sale(), "same")
    assert again.value == first.value
    assert (first.changed, again.changed) == (frozenset({"sale"}), frozenset())
    with pytest.raises(UserError, match=r"request\.changed"):
        sales.record_sale(desk, _sale(replace(POT, unit_price_fen=1)), "same")
    with pytest.raises(UserError, match=r"request\.empty"):
        sales.record_sale(desk, _sale(), "")
    assert Sale.select().count() == 1


def test_two_processes_with_one_request_make_one_sale(desk: Desk) -> None:
    racers = [start(desk.folder, "record", "one-click", "29900") for _ in range(2)]
    told = sorted(together(*racers))
    assert [words.split()[1] for words in told] == ["again", "first"]
    assert Sale.select().count() == 1


def test_one_request_with_two_contents_makes_one_sale(desk: Desk) -> None:
    racers = [start(desk.folder, "record", "one-click", price) for price in ("29900", "100")]
    told = together(*racers)
    assert sum(words == "request.changed" for words in told) == 1
    assert Sale.select().count() == 1


@pytest.mark.req("S0-11")
def test_a_receipt_is_recorded_once_but_its_number_may_come_again_another_day(desk: Desk) -> None:
    first = _record(desk, _sale(proof_ref="0042"))
    assert first.order_no == "0042"
    assert _refused(desk, _sale(proof_ref="0042")) == "sale.known_already"
    assert _refused(desk, _sale(replace(POT, unit_price_fen=1), proof_ref="0042")) == "sale.receipt.taken"
    later = _record(desk, replace(_sale(proof_ref="0042"), purchased_on=YESTERDAY - timedelta(days=1)))
    assert later.order_no == "0042"
    assert SaleIdentity.select().count() == 2


def test_a_purchase_without_any_number_gets_one_of_ours(desk: Desk) -> None:
    assert [_record(desk, _sale(proof="none")).order_no for _ in range(2)] == [
        "M20261121-001",
        "M20261121-002",
    ]


def test_when_goods_arrived_may_be_stated_later(desk: Desk) -> None:
    found = _record(desk, _sale(channel="remote"))
    assert found.lines[0].rights.of("no_reason").last_day is None
    later = sales.set_dates(desk, found.id, received_on=date(2026, 11, 21)).value
    assert later.lines[0].rights.of("no_reason").last_day == date(2026, 11, 30), "28 November is a Saturday"
    with pytest.raises(UserError, match=r"sale\.date\.before_purchase"):
        sales.set_dates(desk, found.id, received_on=date(2026, 11, 19))


def test_an_indivisible_line_is_split_into_what_it_cost(desk: Desk, as_role: Callable[[str], Desk]) -> None:
    whole = NewLine("锅 + 勺", 1000, 30_000, indivisible=True)
    found = _record(desk, _sale(whole, discount_fen=1000, freight_fen=600))
    line = found.lines[0]
    parts = (SplitPart("锅", 1000, 25_000), SplitPart("勺", 2000, 4_000))
    with pytest.raises(UserError, match=r"right\.missing"):
        sales.split_line(as_role("clerk"), line.id, parts)
    with pytest.raises(UserError, match=r"sale\.split\.sum"):
        sales.split_line(desk, line.id, parts[:1])
    after = sales.split_line(as_role("supervisor"), line.id, parts).value
    assert [one.returnable_milli for one in after.lines] == [0, 1000, 2000]
    assert sum(one.refundable_fen for one in after.lines) == line.paid_fen == 29_000
    assert sum(one.freight_fen for one in after.lines[1:]) == 600
    assert after.lines[0].blocked is not None
    with pytest.raises(UserError, match=r"sale\.split\.in_use"):
        sales.split_line(desk, line.id, parts)
    with pytest.raises(UserError, match=r"sale\.split\.divisible"):
        sales.split_line(desk, after.lines[1].id, parts)


def test_what_was_recorded_cannot_be_changed_even_by_sql(desk: Desk) -> None:
    found = _record(desk, _sale())
    for change in ("paid_fen = 1", "quantity_milli = 2000", "discount_fen = 0 - 1", "name = 'x'"):
        with pytest.raises(CounterError, match=r"guard\.frozen"):
            desk.db.execute_sql(f"UPDATE sale_line SET {change} WHERE sale_id = {found.id}")
    assert SaleLine.get().paid_fen == 29_900


def test_allowances_lower_what_goods_still_bring_back() -> None:
    assert refundable_fen(10_000, 3000, LineState()) == 10_000
    first = LineState(returned_milli=1000, refunded_fen=3333, given_fen=3333)
    assert refundable_fen(10_000, 3000, first) == 6667
    assert refundable_fen(10_000, 3000, replace(first, refunded_fen=5333, allowed_fen=2000)) == 4667
    deducted = LineState(returned_milli=1000, refunded_fen=3000, given_fen=3333)
    assert refundable_fen(10_000, 3000, deducted) == 6667, (
        "what was deducted from one is not given with the next"
    )
    assert refundable_fen(10_000, 3000, LineState(reserved_milli=2000), 1000) == 3334
    assert refundable_fen(10_000, 3000, LineState(split=True)) == 0


def test_only_who_may_record_sales_does(as_role: Callable[[str], Desk], desk: Desk) -> None:
    with pytest.raises(UserError, match="sign_in_first"):
        _record(replace(desk, staff=None), _sale())
    assert _record(as_role("clerk"), _sale()).recorded_by == "李小店员"

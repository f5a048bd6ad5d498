"""Points, coupons, subsidy and free articles when a sale shrinks, is exchanged or grows again (invariants 3, 12)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, opened

from counter_app.db import guards
from counter_app.db.connection import FILE_NAME
from counter_app.db.models import CaseLine, Sale, SaleTender, Task
from counter_app.db.verify import verify
from counter_app.domain.money import parse_yuan
from counter_app.domain.new_sale import NewLine
from counter_app.domain.sale_views import SaleView
from counter_app.services import approvals, reversal, sale_money, sales, tasks
from counter_app.services.slips import slips_for


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one
        one.sound()


def bought_with(counter: Counter, quantity: int = 3, price: int = 10_000, **tenders: int) -> SaleView:
    product = counter.product(price_fen=price)
    return counter.sell(NewLine("保温杯", quantity * 1000, price, product_id=product), tenders=tenders)


def returned(counter: Counter, sale: SaleView, quantity: int = 1) -> Visit:
    visit = counter.visit(sales.sale(counter.clerk, sale.id), quantity)
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    return visit


def promised(visit: Visit, kind: str = "points") -> list[tuple[str, str]]:
    """What of the kind is to do: its node and what."""
    rows = Task.select().where(Task.case == visit.case_id, Task.kind == kind, Task.done_at.is_null())
    return [(row.node, row.what) for row in rows.order_by(Task.id)]


def undo(counter: Counter, visit: Visit) -> None:
    number = next(paper.number for paper in visit.case.documents if paper.prefix == "TK")
    reversal.reverse(counter.as_staff(3), number, "录错", counter.request(), by=(1, "1234"))


def left(counter: Counter, sale_id: int) -> dict[str, int]:
    row = Sale.get(Sale.id == sale_id)
    return {one.tender: one.left_fen for one in sale_money.tenders_of(counter.clerk, row)}


def test_points_and_coupons_are_no_money_and_lower_what_was_paid(counter: Counter) -> None:
    sale = bought_with(counter, wechat=20_000, points=7_000, coupon=3_000)
    assert (sale.paid_fen, [one.tender for one in sale.tenders]) == (20_000, ["wechat"])
    assert left(counter, sale.id) == {"wechat": 20_000, "coupon": 3_000, "points": 7_000}


@pytest.mark.req("S4-31")
def test_points_come_back_in_step_with_the_money_and_all_with_the_last_piece(counter: Counter) -> None:
    sale = bought_with(counter, wechat=29_900, points=100)
    visits = [returned(counter, sale) for _ in range(3)]
    assert [promised(visit) for visit in visits] == [
        [("points", "33")],
        [("points", "33")],
        [("points", "34")],
    ]
    assert left(counter, sale.id) == {"wechat": 0, "points": 0}


def test_after_a_reversal_in_the_middle_no_point_is_lost_or_given_twice(counter: Counter) -> None:
    sale = bought_with(counter, quantity=5, price=1000, wechat=4_898, points=102)
    visits = [returned(counter, sale) for _ in range(5)]
    for visit in (visits[4], visits[2]):
        undo(counter, visit)
        assert promised(visit) == []
    given = sum(int(what) for visit in visits for _, what in promised(visit))
    assert left(counter, sale.id)["points"] == 102 - given
    again = [returned(counter, sale) for _ in range(2)]
    assert given + sum(int(what) for visit in again for _, what in promised(visit)) == 102


def test_points_that_were_given_back_already_are_put_right_after_a_reversal(counter: Counter) -> None:
    sale = bought_with(counter, wechat=29_900, points=100)
    visit = returned(counter, sale)
    done = Task.get((Task.case == visit.case_id) & (Task.kind == "points"))
    tasks.done(counter.clerk, done.id, "已退 33 分")
    undo(counter, visit)
    ((_, what),) = promised(visit, "after_reversal")
    assert "33" in what
    assert left(counter, sale.id)["points"] == 100


def test_a_coupon_is_issued_again_only_when_everything_is_back(counter: Counter) -> None:
    sale = bought_with(counter, quantity=2, wechat=19_000, coupon=1_000)
    first = returned(counter, sale)
    assert promised(first) == []
    second = returned(counter, sale)
    assert promised(second) == [("coupon", "coupon")]
    undo(counter, second)
    assert promised(second) == []
    assert promised(returned(counter, sale)) == [("coupon", "coupon")]


def test_no_coupon_comes_back_while_the_exchanged_article_stays_with_the_customer(counter: Counter) -> None:
    sale = bought_with(counter, quantity=2, wechat=19_000, coupon=1_000)
    swapped = counter.visit(sale)
    swapped.go("exchange", "fit", "same", "handed_over").post()
    assert promised(returned(counter, sale)) == []


def swapped(counter: Counter, sale_id: int) -> int:
    """One piece of a sale is exchanged for the same. Returns the sale of the new piece."""
    visit = counter.visit(sales.sale(counter.clerk, sale_id))
    visit.go("exchange", "fit", "same", "handed_over").post()
    return Sale.select().where(Sale.source == "exchange").order_by(Sale.id.desc()).first().id


def test_the_coupon_comes_with_the_exchanged_article_when_that_is_the_last_to_come_back(
    counter: Counter,
) -> None:
    sale = bought_with(counter, quantity=2, wechat=19_000, coupon=1_000)
    new = swapped(counter, sale.id)
    assert promised(returned(counter, sale)) == []
    last = returned(counter, sales.sale(counter.clerk, new))
    assert promised(last) == [("coupon", "coupon")]
    assert left(counter, sale.id)["coupon"] == left(counter, new)["coupon"] == 0
    undo(counter, last)
    assert promised(last) == []
    assert left(counter, sale.id)["coupon"] == left(counter, new)["coupon"] == 1_000
    assert promised(returned(counter, sales.sale(counter.clerk, new))) == [("coupon", "coupon")]


def test_a_coupon_is_issued_once_however_long_the_chain_of_exchanges(counter: Counter) -> None:
    sale = bought_with(counter, quantity=2, wechat=19_000, coupon=1_000)
    second = swapped(counter, sale.id)
    third = swapped(counter, second)
    assert promised(returned(counter, sale)) == [], "the twice exchanged article is still with the customer"
    assert promised(returned(counter, sales.sale(counter.clerk, third))) == [("coupon", "coupon")]
    given = Task.select().where(Task.kind == "points", Task.node == "coupon", Task.done_at.is_null())
    assert given.count() == 1


def test_an_exchanged_article_that_comes_back_first_leaves_the_coupon_to_the_rest(counter: Counter) -> None:
    sale = bought_with(counter, quantity=2, wechat=19_000, coupon=1_000)
    new = swapped(counter, sale.id)
    assert promised(returned(counter, sales.sale(counter.clerk, new))) == []
    assert promised(returned(counter, sale)) == [("coupon", "coupon")]


def test_the_exchanged_only_piece_brings_the_coupon_back(counter: Counter) -> None:
    sale = bought_with(counter, quantity=1, wechat=9_000, coupon=1_000)
    new = swapped(counter, sale.id)
    assert promised(returned(counter, sales.sale(counter.clerk, new))) == [("coupon", "coupon")]


def test_points_move_with_what_they_paid_for_into_an_exchange(counter: Counter) -> None:
    sale = bought_with(counter, quantity=2, price=9_950, wechat=19_800, points=100)
    visit = counter.visit(sale)
    visit.go("exchange", "fit", "same", "handed_over").post()
    new = Sale.get(Sale.source == "exchange")
    assert left(counter, new.id) == {"wechat": 9_900, "points": 50}
    assert left(counter, sale.id) == {"wechat": 9_900, "points": 50}
    back = returned(counter, sales.sale(counter.clerk, new.id))
    assert promised(back) == [("points", "50")]


def test_points_are_whole_once_the_goods_are_though_the_freight_stays_paid(counter: Counter) -> None:
    product = counter.product(price_fen=267)
    line = NewLine("杯", 3000, 267, product_id=product)
    sale = counter.sell(line, tenders={"wechat": 1_432}, points_fen=169, freight_fen=800)
    new = swapped(counter, sale.id)
    rest = returned(counter, sale, quantity=2)
    last = returned(counter, sales.sale(counter.clerk, new))
    assert sum(int(what) for visit in (rest, last) for _, what in promised(visit)) == 169
    assert left(counter, sale.id)["points"] == left(counter, new)["points"] == 0


def test_an_exchange_for_something_cheaper_leaves_no_point_between_refund_and_new_article(
    counter: Counter,
) -> None:
    sale = bought_with(counter, quantity=1, wechat=9_900, points=100)
    visit = counter.visit(sale)
    cheaper = {
        "name": "小杯",
        "product_id": counter.product("小杯", 6_650),
        "quantity_milli": 1000,
        "price_fen": 6_650,
    }
    visit.choose(replacement=[cheaper])
    visit.go("exchange", "fit", "different", "handed_over").post()
    new = Sale.get(Sale.source == "exchange")
    back = returned(counter, sales.sale(counter.clerk, new.id))
    assert sum(int(what) for one in (visit, back) for _, what in promised(one)) == 100
    assert left(counter, sale.id)["points"] == left(counter, new.id)["points"] == 0


def subsidised(counter: Counter, quantity: int = 1) -> SaleView:
    product = counter.product("冰箱", 18_000)
    line = NewLine("冰箱", quantity * 1000, 18_000, product_id=product)
    return counter.sell(line, tenders={"wechat": quantity * 14_000}, subsidy_fen=quantity * 4_000)


@pytest.mark.req("S4-31")
def test_the_subsidy_of_an_exchanged_article_is_repaid_when_that_one_comes_back(counter: Counter) -> None:
    sale = subsidised(counter)
    visit = counter.visit(sale)
    visit.go("exchange", "fit", "same", "handed_over").post()
    assert promised(visit, "subsidy") == [], "the article is still with the customer"
    (form,) = (one.slip for one in slips_for(counter.clerk, visit.case.number) if one.kind == "return_form")
    assert (form.subsidy.moved_fen, form.subsidy.back_fen, form.subsidy.left_fen) == (4_000, 0, 0)
    new = Sale.get(Sale.source == "exchange")
    assert (new.paid_fen, new.subsidy_fen) == (14_000, 4_000)
    assert SaleTender.get((SaleTender.sale == new.id) & (SaleTender.tender == "subsidy")).paid_fen == 4_000
    back = returned(counter, sales.sale(counter.clerk, new.id))
    assert sum(one.amount_fen for one in back.case.settlements) == 14_000
    assert [what for _, what in promised(back, "subsidy")] == ["¥40.00"]


def test_subsidies_of_part_returns_add_up_after_a_reversal(counter: Counter) -> None:
    product = counter.product("灯", 10_000)
    line = NewLine("灯", 5000, 10_000, product_id=product)
    sale = counter.sell(line, tenders={"wechat": 49_898}, subsidy_fen=102)
    visits = [returned(counter, sale) for _ in range(5)]
    undo(counter, visits[4])
    undo(counter, visits[2])
    again = [returned(counter, sale) for _ in range(2)]
    owed = [what for visit in (*visits, *again) for _, what in promised(visit, "subsidy")]
    assert sum(parse_yuan(amount) for amount in owed) == 102


def test_a_free_article_that_was_lost_leaves_a_paper_that_can_be_reversed(counter: Counter) -> None:
    product = counter.product("赠品杯", 0)
    sale = counter.sell(
        NewLine("赠品杯", 1000, 0, product_id=product), NewLine("壶", 1000, 9900), tenders={"wechat": 9900}
    )
    visit = counter.visit(sale)
    visit.go("return", "agree", "post", "lost", "refund")
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, 1, "1234", "同意")
    posted = visit.post()
    assert [(paper.prefix, paper.amount_fen) for paper in posted.documents] == [("TK", 0)]
    assert visit.case.settlements == ()
    undo(counter, visit)
    assert CaseLine.get().state == "released"
    assert sales.sale(counter.clerk, sale.id).lines[0].returnable_milli == 1000


def exchanged(counter: Counter, sale_id: int, price_fen: int) -> tuple[Visit, Sale]:
    """One piece of a sale goes for another article. Returns the visit and the sale of the new piece."""
    visit = counter.visit(sales.sale(counter.clerk, sale_id))
    visit.choose(
        replacement=[
            {
                "name": "换",
                "product_id": counter.product("换", price_fen),
                "quantity_milli": 1000,
                "price_fen": price_fen,
            }
        ]
    )
    visit.go("exchange", "fit", "different", "handed_over").post()
    return visit, Sale.select().where(Sale.source == "exchange").order_by(Sale.id.desc()).first()


def money(visit: Visit) -> int:
    """分 that the customer gets of a visit, less what they pay."""
    return sum(one.amount_fen * (1 if one.direction == "out" else -1) for one in visit.case.settlements)


def points(*visits: Visit) -> int:
    return sum(int(what) for visit in visits for node, what in promised(visit) if node == "points")


@pytest.mark.parametrize(
    ("paid", "by_points", "price", "pays", "points_now"),
    [
        (7_000, 3_000, 10_000, 0, 0),
        (7_000, 3_000, 12_000, 2_000, 0),
        (7_000, 3_000, 5_000, -3_500, 1_500),
        (0, 10_000, 10_000, 0, 0),
        (0, 10_000, 12_000, 2_000, 0),
        (0, 10_000, 4_000, 0, 6_000),
    ],
)
def test_points_pay_in_an_exchange_as_they_did_before_and_come_back_with_the_new_piece(
    counter: Counter, paid: int, by_points: int, price: int, pays: int, points_now: int
) -> None:
    counter.open_drawer()
    sale = bought_with(counter, 1, **({"wechat": paid} if paid else {}), points=by_points)
    visit, new = exchanged(counter, sale.id, price)
    assert (money(visit), points(visit)) == (-pays, points_now)
    visit.settle()
    back = returned(counter, sales.sale(counter.clerk, new.id))
    assert money(visit) + money(back) == paid
    assert points(visit, back) == by_points
    assert left(counter, sale.id)["points"] == left(counter, new.id)["points"] == 0
    undo(counter, back)
    assert points(back) == 0
    again = returned(counter, sales.sale(counter.clerk, new.id))
    assert points(visit, again) == by_points


def test_an_exchange_that_is_reversed_gives_the_points_back_to_the_first_piece(counter: Counter) -> None:
    sale = bought_with(counter, 1, points=10_000)
    visit, _ = exchanged(counter, sale.id, 4_000)
    issue = next(paper.number for paper in visit.case.documents if paper.prefix == "HH")
    reversal.reverse(counter.as_staff(3), issue, "录错", counter.request(), by=(1, "1234"))
    assert points(visit) == 0
    assert points(returned(counter, sale)) == 10_000


def test_goods_bought_by_points_alone_bring_them_back_piece_by_piece(counter: Counter) -> None:
    sale = bought_with(counter, 3, 1_000, points=3_000)
    first, second = returned(counter, sale), returned(counter, sale)
    assert (points(first), points(second)) == (1_000, 1_000)
    undo(counter, first)
    assert [points(returned(counter, sale)) for _ in range(2)] == [1_000, 1_000]
    assert left(counter, sale.id)["points"] == 0


def test_points_of_an_exchange_chain_are_given_back_once_however_the_pieces_come_back(
    counter: Counter,
) -> None:
    sale = bought_with(counter, 2, points=20_000)
    first, new = exchanged(counter, sale.id, 4_000)
    second, newer = exchanged(counter, new.id, 4_000)
    visits = [first, second, returned(counter, sale), returned(counter, sales.sale(counter.clerk, newer.id))]
    assert points(*visits) == 20_000


def test_a_coupon_that_paid_everything_comes_back_once_also_after_a_reversal(counter: Counter) -> None:
    sale = bought_with(counter, 1, coupon=10_000)
    first = returned(counter, sale)
    assert promised(first) == [("coupon", "coupon")]
    undo(counter, first)
    assert promised(first) == []
    assert promised(returned(counter, sale)) == [("coupon", "coupon")]


def test_points_that_went_back_beyond_what_was_used_are_found(first_day: Path, tmp_path: Path) -> None:
    with opened(first_day, tmp_path / "shop") as counter:
        sale = bought_with(counter, 2, wechat=14_000, points=6_000)
        returned(counter, sale)
        assert verify(counter.desk.db, counter.desk.folder) == []
        guards.remove(counter.desk.db)
        stranger = sqlite3.connect(counter.desk.folder / FILE_NAME)
        with stranger:
            stranger.execute("UPDATE sale SET extras = '{\"points_fen\":2000}'")
        stranger.close()
        found = {(one.table, one.code) for one in verify(counter.desk.db, counter.desk.folder)}
    assert ("sale", "verify.points_over") in found

"""Recalls, counts of a place, gifts, coupons and deposits that roll forward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from visits import TODAY, Counter, build_shop, code_of, opened

from counter_app.db import search
from counter_app.db.models import CaseLine, Compensation, Document, Posting
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine
from counter_app.domain.stock_room import RecallTerms, meant
from counter_app.services import (
    deposits,
    gifts,
    goods,
    goods_papers,
    holdings,
    inspection,
    moving,
    recalls,
    requests,
    stock_counts,
    stock_moves,
    tasks,
)
from counter_app.services.inspection import Inspection
from counter_app.services.recalls import NewRecall
from counter_app.services.stock_moves import Moving


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recalls") / "like"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(tmp_path: Path, template: Path) -> Iterator[Counter]:
    with opened(template, tmp_path / "shop") as found:
        found.open_drawer()
        yield found


def sold(counter: Counter, product: int, batch: str = "", serial: str = "", **more: object):
    line = NewLine("保温杯", 1000, 19900, product_id=product, batch_no=batch, serial=serial)
    return counter.sell(line, tenders={"cash": 19900}, **more)


def brought_back(counter: Counter, sale: object) -> CaseLine:
    """Goods of a sale that lie in quarantine."""
    visit = counter.visit(sale)  # type: ignore[arg-type]
    found = Inspection(received_milli=1000, accepted_milli=1000, condition="K6")
    inspection.record_inspection(counter.clerk, visit.case.lines[0].id, found)
    with counter.desk.db.atomic("IMMEDIATE"):
        rows = list(CaseLine.select().where(CaseLine.case == visit.case_id))
        moving.take_in(counter.clerk, rows)
        CaseLine.update(state="returned").where(CaseLine.case == visit.case_id).execute()
    return rows[0]


MARKS = st.integers(min_value=1, max_value=5000)


@given(MARKS, MARKS, MARKS)
def test_a_range_of_batches_means_the_numbers_a_person_reads_between(low: int, high: int, mark: int) -> None:
    terms = RecallTerms(product_id=1, batch_from=f"B{low}", batch_to=f"B{high}")
    assert meant(terms, 1, f"b{mark}", "") == ("yes" if low <= mark <= high else "no")


def test_a_piece_without_its_number_is_perhaps_recalled_and_another_article_never() -> None:
    terms = RecallTerms(product_id=1, serial_from="SN100", serial_to="SN200")
    assert meant(terms, 1, "", "") == "perhaps"
    assert meant(terms, 2, "", "SN150") == "no"
    assert meant(RecallTerms(batch_from="B1", batch_to="B9"), 7, "", "") == "no"
    assert meant(RecallTerms(batch_from="B1", batch_to="B9"), None, "B3", "") == "yes"
    late = RecallTerms(product_id=1, sold_from=date(2026, 3, 1), sold_to=date(2026, 3, 31))
    assert meant(late, 1, "", "", date(2026, 4, 1)) == "no"
    assert meant(late, 1, "", "", date(2026, 3, 31)) == "yes"


@pytest.mark.req("S3-44", "S3-38")
def test_a_recall_warns_at_the_counter_and_lists_the_customers_to_call(counter: Counter) -> None:
    cup, other = counter.product(), counter.product("杯刷")
    hit = sold(counter, cup, "B12")
    miss = sold(counter, cup, "B99")
    unsure = sold(counter, cup)
    sold(counter, other, "B12")
    made = recalls.open_recall(
        counter.owner,
        NewRecall(
            reason="密封圈脱落", what_to_do="停用,全额退款", product_id=cup, batch_from="B5", batch_to="B20"
        ),
    ).value
    assert made.number == "ZH01-20261119-0001"
    (warning,) = recalls.warnings(counter.clerk, cup, "B12", "")
    assert warning.sure
    assert "密封圈脱落" in warning.words.zh
    assert "ZH01-20261119-0001" in warning.words.en
    assert [one.sure for one in recalls.warnings(counter.clerk, cup, "", "")] == [False]
    assert recalls.warnings(counter.clerk, cup, "B99", "") == ()
    assert recalls.warnings(counter.clerk, other, "B12", "") == ()
    listed = recalls.sales_of(counter.clerk, made.id)
    assert [(one.sale_id, one.sure) for one in listed] == [(hit.id, True), (unsure.id, False)]
    assert miss.id not in [one.sale_id for one in listed]
    assert "138****1234" in listed[0].phone_masked
    after = recalls.called(counter.clerk, made.id, listed[0].sale_line_id, "reached", "明天送来").value
    assert (after.sold, after.called) == (2, 1)
    assert recalls.sales_of(counter.clerk, made.id)[0].said == "明天送来"
    assert (
        recalls.sales_of(counter.clerk, made.id, after=listed[0].sale_line_id, limit=1)[0].sale_id
        == unsure.id
    )
    assert [task.kind for task in tasks.to_do(counter.clerk)] == ["recall"]
    recalls.close_recall(counter.owner, made.id, "全部召回")
    assert recalls.warnings(counter.clerk, cup, "B12", "") == ()
    assert tasks.to_do(counter.clerk) == ()
    counter.sound()


def test_recalled_goods_in_the_shop_are_isolated(counter: Counter) -> None:
    cup = counter.product()
    back = brought_back(counter, sold(counter, cup, "B12"))
    brought_back(counter, sold(counter, cup, "B77"))
    made = recalls.open_recall(
        counter.owner, NewRecall(reason="漏水", what_to_do="退款", product_id=cup, batch_from="B12")
    ).value
    assert recalls.isolate(counter.owner, made.id).value == 1
    assert goods.held(counter.desk, back.id) == {"V9": 1000}
    assert recalls.isolate(counter.owner, made.id).value == 0
    counter.sound()


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"batch_to": "B9"}, "recall.range"),
        ({}, "recall.goods"),
        ({"batch_from": "B1", "reason": ""}, "recall.words"),
        ({"batch_from": "B1", "sold_from": TODAY, "sold_to": TODAY - timedelta(days=1)}, "recall.days"),
        ({"product_id": 999}, "product.unknown"),
    ],
)
def test_a_recall_names_its_goods_its_reason_and_what_to_do(
    counter: Counter, told: dict[str, object], code: str
) -> None:
    with pytest.raises(UserError) as caught:
        recalls.open_recall(counter.owner, NewRecall(**{"reason": "漏水", "what_to_do": "退款", **told}))  # type: ignore[arg-type]
    assert code_of(caught.value) == code
    with pytest.raises(UserError) as clerk:
        recalls.open_recall(counter.clerk, NewRecall(reason="漏水", what_to_do="退款", batch_from="B1"))
    assert code_of(clerk.value) == "staff.right.missing"


def test_a_count_posts_its_differences_once_with_a_reason_and_a_second_person(counter: Counter) -> None:
    cup = counter.product()
    here, gone = brought_back(counter, sold(counter, cup)), brought_back(counter, sold(counter, cup))
    boss = counter.as_staff(3)
    session = stock_counts.start(boss, "V0").value
    with pytest.raises(UserError) as again:
        stock_counts.start(boss, "V0")
    assert code_of(again.value) == "guard.count_open"
    first, second = session.rows
    stock_counts.write(boss, first.id, 1000)
    with pytest.raises(UserError) as more:
        stock_counts.write(boss, second.id, 2000)
    assert code_of(more.value) == "count.more"
    with pytest.raises(UserError) as early:
        stock_counts.post(boss, session.id, "", counter.request())
    assert code_of(early.value) == "count.unfinished"
    stock_counts.write(boss, second.id, 0)
    for by, reason, code in (
        (None, "找不到", "count.approval"),
        ((1, "1234"), "", "goods.reason"),
        ((3, "3456"), "找不到", "count.own"),
        ((2, "2345"), "找不到", "staff.right.missing"),
    ):
        with pytest.raises(UserError) as caught:
            stock_counts.post(boss, session.id, reason, counter.request(), by)
        assert code_of(caught.value) == code
    request = counter.request()
    done = stock_counts.post(boss, session.id, "找不到", request, (1, "1234")).value
    assert stock_counts.post(boss, session.id, "找不到", request, (1, "1234")).value.number == done.number
    assert (done.number, done.approved_by, done.different) == ("PD01-20261119-0001", "王店长", 1)
    assert goods.held(counter.desk, here.id) == {"V0": 1000}
    assert goods.held(counter.desk, gone.id) == {}
    with pytest.raises(UserError) as closed:
        stock_counts.write(boss, first.id, 0)
    assert code_of(closed.value) == "guard.count_closed"
    counter.sound()


def test_goods_that_move_while_they_are_counted_stop_the_count(counter: Counter) -> None:
    back = brought_back(counter, sold(counter, counter.product()))
    session = stock_counts.start(counter.owner, "V0").value
    stock_counts.write(counter.owner, session.rows[0].id, 1000)
    one = holdings.holdings(counter.owner, "V0")[0]
    wish = Moving("V0", one.product_id, back.id, 1000, "V5", "划痕")
    stock_moves.move(counter.owner, wish, counter.request())
    with pytest.raises(UserError) as caught:
        stock_counts.post(counter.owner, session.id, "", counter.request())
    assert code_of(caught.value) == "count.moved"
    assert stock_counts.drop(counter.owner, session.id, "重盘").value.state == "dropped"
    assert stock_counts.start(counter.owner, "V0").value.rows == ()


def test_sellable_stock_is_counted_the_same_way_and_an_unlisted_article_is_added(counter: Counter) -> None:
    cup, brush = counter.product(), counter.product("杯刷", stock=0)
    session = stock_counts.start(counter.owner, "V1").value
    stock_counts.write(counter.owner, session.rows[0].id, 8000)
    stock_counts.found(counter.owner, session.id, brush, 3000)
    with pytest.raises(UserError) as caught:
        stock_counts.found(counter.owner, session.id, brush, 1000)
    assert code_of(caught.value) == "count.listed"
    stock_counts.post(counter.owner, session.id, "年终盘点", counter.request(), (1, "1234"))
    assert goods.on_hand(counter.desk, cup) == 8000
    assert goods.on_hand(counter.desk, brush) == 3000
    counter.sound()


def given_gift(counter: Counter, kind: str, amount_fen: int, expires_on: date | None = None) -> int:
    """A coupon or gift that a case promised."""
    visit = counter.visit(counter.simple_sale())
    with counter.desk.db.atomic("IMMEDIATE"):
        number = goods_papers.new_number(counter.clerk, "BC")
        posting = requests.remember(counter.clerk, counter.request(), "post", number, {}, visit.case_id)
        assert Posting.get_or_none(Posting.id == posting) is not None
        paper = Document.create(
            number=number,
            prefix="BC",
            posting=posting,
            case=visit.case_id,
            content="{}",
            content_hash="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            business_date=counter.desk.today(),
            posted_at=counter.desk.instant(),
            posted_by=2,
        )
        row = Compensation.create(
            document=paper,
            case=visit.case_id,
            kind=kind,
            amount_fen=amount_fen,
            what="满 100 减 20 券" if kind == "coupon" else "杯刷",
            expires_on=expires_on,
            at=counter.desk.instant(),
        )
        search.index_case(counter.desk.db, visit.case_id)
    return int(row.id)


@pytest.mark.req("S4-48")
def test_coupons_and_gifts_roll_forward(counter: Counter) -> None:
    first = given_gift(counter, "coupon", 2000, TODAY + timedelta(days=30))
    second = given_gift(counter, "coupon", 3000)
    gift = given_gift(counter, "gift", 500)
    brush = counter.product("杯刷", stock=4)
    stock_moves.move(counter.owner, Moving("V1", brush, None, 2000, "V13", "备作赠品"), counter.request())
    counter.clock.forward(days=1)
    request = counter.request()
    gifts.end(counter.clerk, first, "used", request, reference="ORDER-9")
    gifts.end(counter.clerk, first, "used", request, reference="ORDER-9")
    with pytest.raises(UserError) as caught:
        gifts.end(counter.clerk, first, "returned", counter.request())
    assert code_of(caught.value) == "gift.ended"
    with pytest.raises(UserError) as early:
        gifts.end(counter.clerk, second, "expired", counter.request())
    assert code_of(early.value) == "gift.not_due"
    gifts.end(counter.clerk, gift, "used", counter.request(), product_id=brush)
    today = counter.desk.today()
    coupon, gift_flow = gifts.flows(counter.owner, today, today)
    assert (coupon.opening, coupon.came, coupon.gone, coupon.back, coupon.closing) == (5000, 0, 2000, 0, 3000)
    assert (gift_flow.opening, gift_flow.gone, gift_flow.closing) == (500, 500, 0)
    before = gifts.flows(counter.owner, TODAY, TODAY)[0]
    assert (before.opening, before.came, before.closing) == (0, 5000, coupon.opening)
    (stock,) = gifts.stock_flows(counter.owner, today, today)
    assert (stock.name, stock.opening, stock.gone, stock.closing) == ("杯刷", 2000, 1000, 1000)
    assert goods.on_hand(counter.desk, brush, "V13") == stock.closing
    assert [one.id for one in gifts.open_gifts(counter.owner)] == [second]
    counter.sound()


def test_no_gift_leaves_a_stock_that_has_none(counter: Counter) -> None:
    gift, brush = given_gift(counter, "gift", 500), counter.product("杯刷")
    with pytest.raises(UserError) as caught:
        gifts.end(counter.clerk, gift, "used", counter.request(), product_id=brush)
    assert code_of(caught.value) == "guard.not_there"
    assert [one.id for one in gifts.open_gifts(counter.owner)] == [gift]


def test_deposits_of_a_day_without_any_are_nothing(counter: Counter) -> None:
    told = deposits.flow(counter.owner, TODAY, TODAY)
    assert (told.opening, told.came, told.back, told.gone, told.closing) == (0, 0, 0, 0, 0)

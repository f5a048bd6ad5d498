"""Exchanges and reversals, tried in the orders in which money or goods could leave the shop twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from visits import TODAY, Counter, Visit, build_shop, opened

from counter_app import resources
from counter_app.db.models import Sale, StockEntry, Task
from counter_app.domain import settlement_terms
from counter_app.domain.errors import CounterError
from counter_app.domain.new_sale import NewLine
from counter_app.domain.remedy import load_remedies
from counter_app.domain.sale_views import SaleView
from counter_app.domain.settlement_lines import settle_line
from counter_app.services import goods, reversal, sale_money, sales, settling, tasks


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        there.open_drawer()
        yield there


def refused(code: str, act: Any, *args: object, **named: object) -> CounterError:
    with pytest.raises(CounterError) as caught:
        act(*args, **named)
    assert caught.value.code == code
    return caught.value


def exchanged(
    counter: Counter, sale: SaleView, price_fen: int = 25900, *, sent: bool = False, **plan: str
) -> Visit:
    """An exchange for a dearer cup, posted."""
    dearer = counter.product("大杯", price_fen, stock=5)
    visit = counter.visit(sale)
    if plan:
        visit.plan(**plan)
    visit.go("exchange", "fit").choose(
        replacement=[{"name": "大杯", "product_id": dearer, "quantity_milli": 1000, "price_fen": price_fen}]
    )
    visit.go("different", "send" if sent else "handed_over")
    visit.post()
    return visit


def exchange_sale(counter: Counter) -> SaleView:
    row = Sale.select().where(Sale.source == "exchange").order_by(Sale.id.desc()).get()
    return sales.sale(counter.clerk, row.id)


def undo(counter: Counter, visit: Visit, prefix: str, **how: bool) -> None:
    number = [item.number for item in visit.case.documents if item.prefix == prefix and not item.reverses][-1]
    reversal.reverse(counter.as_staff(3), number, "录错", counter.request(), by=(1, "1234"), **how)


def returned(counter: Counter, sale: SaleView) -> Visit:
    visit = counter.visit(sale).go("return", "agree", "in_person", "fit")
    visit.post()
    return visit


def test_an_exchanged_article_comes_back_only_after_its_difference_is_paid(counter: Counter) -> None:
    visit = exchanged(counter, counter.simple_sale(), collect_tender="wechat")
    refused("case.line.unpaid", counter.visit, exchange_sale(counter))
    visit.settle()
    assert counter.visit(exchange_sale(counter)).case.state == "open"


def test_an_exchanged_article_comes_back_only_after_it_was_sent(counter: Counter) -> None:
    exchanged(counter, counter.simple_sale(), sent=True)
    refused("case.line.not_sent", counter.visit, exchange_sale(counter))
    parcel = Task.get(Task.kind == "ship")
    tasks.done(counter.clerk, parcel.id, "SF1")
    assert counter.visit(exchange_sale(counter)).case.state == "open"
    counter.sound()


def test_a_parcel_leaves_only_after_the_difference_is_paid_and_not_before_it_is_sent(
    counter: Counter,
) -> None:
    visit = exchanged(counter, counter.simple_sale(), sent=True, collect_tender="wechat")
    parcel = Task.get(Task.kind == "ship")
    refused("task.unpaid", tasks.done, counter.clerk, parcel.id, "SF1")
    visit.settle()
    assert not StockEntry.select().where(StockEntry.kind == "issued").exists()
    tasks.done(counter.clerk, parcel.id, "SF1")
    assert StockEntry.select().where(StockEntry.kind == "issued").count() == 1
    counter.sound()


def test_the_difference_of_an_exchange_is_given_back_with_the_exchange_only(counter: Counter) -> None:
    visit = exchanged(counter, counter.simple_sale())
    refused("reversal.money_first", undo, counter, visit, "SJ", whole=False)
    undo(counter, visit, "HH")
    assert settling.owed(counter.owner) == ()
    counter.sound()


def test_after_an_exchange_was_reversed_the_first_article_is_worth_its_price_again(counter: Counter) -> None:
    sale = counter.simple_sale(tender="wechat")
    visit = exchanged(counter, sale)
    undo(counter, visit, "HH")
    back = returned(counter, sale)
    assert [(item.tender, item.amount_fen) for item in back.case.settlements] == [("wechat", 19900)]
    counter.sound()


def test_an_exchange_with_an_allowance_on_its_article_is_not_reversed(counter: Counter) -> None:
    visit = exchanged(counter, counter.simple_sale())
    later = counter.visit(exchange_sale(counter))
    later.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "30.00"}).post()
    refused("reversal.used", undo, counter, visit, "HH")
    undo(counter, later, "ZJ")
    undo(counter, visit, "HH")
    counter.sound()


def test_nothing_is_paid_on_a_refund_that_was_reversed(counter: Counter) -> None:
    visit = returned(counter, counter.simple_sale(tender="wechat"))
    owed = visit.case.settlements[0]
    undo(counter, visit, "TK")
    assert settling.owed(counter.owner) == ()
    refused(
        "settling.reversed", settling.pay, counter.clerk, owed.id, owed.amount_fen, "wechat", "X1", "late"
    )
    mirror = visit.case.settlements[-1]
    refused("settling.reversed", settling.pay, counter.clerk, mirror.id, -1, "wechat", "X1", "later")


def test_of_a_refund_paid_in_part_and_reversed_only_that_part_comes_back(counter: Counter) -> None:
    visit = returned(counter, counter.simple_sale(tender="wechat"))
    owed = visit.case.settlements[0]
    settling.pay(counter.clerk, owed.id, 5000, "wechat", "X1", "part")
    undo(counter, visit, "TK")
    (back,) = settling.owed(counter.owner)
    assert back.open_fen == -5000
    refused("settling.amount", settling.pay, counter.clerk, back.id, -5001, "wechat", "X2", "too much")
    settling.pay(counter.clerk, back.id, -5000, "wechat", "X2", "back")
    assert settling.owed(counter.owner) == ()
    counter.sound()


def test_stock_is_what_it_was_after_an_exchange_and_its_reversal(counter: Counter) -> None:
    sale = counter.simple_sale(stock=4)
    visit = exchanged(counter, sale)
    undo(counter, visit, "HH")
    assert goods.on_hand(counter.clerk, sale.lines[0].product_id or 0) == 4000


def test_what_an_exchange_takes_along_and_what_it_gives_back_never_exceed_a_tender(counter: Counter) -> None:
    """6666 分 by two tenders: half back, half along. Either way of paying gives 3333 分 and no more."""
    product = counter.product(price_fen=6666, stock=3)
    sale = counter.sell(NewLine("杯", 1000, 6666, product_id=product), tenders={"bank": 3333, "cash": 3333})
    exchanged(counter, sale, 3333)
    given = sale_money.tenders_of(counter.clerk, Sale.get(Sale.id == sale.id))
    assert [one.left_fen for one in given] == [0, 0]
    back = returned(counter, exchange_sale(counter))
    assert sum(item.amount_fen for item in back.case.settlements) == 3333
    counter.sound()


def test_what_went_into_an_exchange_is_not_given_back_by_the_rest_of_the_line() -> None:
    cup = settlement_line(paid_fen=116, freight_fen=1, returned_milli=1000, moved_fen=58, allowed_fen=2)
    assert cup.left_fen == 57
    assert settle_line(cup, REMEDIES["R1"], VISIT).refund_fen == 57


REMEDIES = load_remedies(resources.read_toml("policy", "remedies.toml"))
VISIT = settlement_terms.Visit(today=TODAY, lines=(), tenders=())


def settlement_line(**past: int) -> settlement_terms.Line:
    """The second of two pieces, sold together."""
    return settlement_terms.Line(
        key=1,
        remedy="R1",
        quantity_milli=1000,
        sold_milli=2000,
        accepted_milli=1000,
        seller_pays_freight=True,
        allowed_milli=2000,
        **past,
    )

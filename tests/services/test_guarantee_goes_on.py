"""A guarantee claim never restarts the guarantee, an exchange does, days in repair do not count (invariant 15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, opened

from counter_app.db.models import Sale, SaleLine
from counter_app.domain.new_sale import NewLine
from counter_app.domain.sale_views import SaleView
from counter_app.services import history, reversal, sales, second_handling, tasks

BOUGHT = date(2026, 11, 17)
"""Signed for a day later: the year of the guarantee counts from then."""


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


def on(counter: Counter, day: date) -> None:
    """It is noon of that day in Shanghai."""
    counter.clock.moment = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def kettle(counter: Counter) -> SaleView:
    """A small appliance with a year of guarantee, sent two days ago and signed for yesterday."""
    sale = counter.simple_sale(category="SMALL", price_fen=8900, tender="wechat")
    assert sale.purchased_on == BOUGHT
    return sale


def last_day(counter: Counter, sale_id: int) -> date | None:
    """Until when the guarantee of the first article runs, as the counter shows it."""
    right = sales.sale(counter.clerk, sale_id).lines[0].rights.of("guarantee_whole")
    assert right is not None
    return right.last_day


def inside(counter: Counter, sale_id: int) -> bool:
    """What the chart says of a piece that is brought in today; the customer thinks better of it."""
    visit = counter.visit(sales.sale(counter.clerk, sale_id))
    visit.go("repair", "no", "whole")
    (said,) = [test.answer for test in visit.walk.tests if test.node == "F-0"]
    second_handling.withdraw(counter.clerk, visit.case_id)
    visit.post_plainly()
    return said == "yes"


def repaired(counter: Counter, sale_id: int, back_on: date) -> Visit:
    """Brought in for repair today under the guarantee, ready on a later day."""
    visit = counter.visit(sales.sale(counter.clerk, sale_id))
    visit.go("repair", "no", "whole", "none", "in_store").post()
    work = next(item for item in visit.case.tasks if item.kind == "repair")
    on(counter, back_on)
    tasks.done(counter.clerk, work.id, "换温控器")
    return visit


def test_a_claim_does_not_restart_the_guarantee_and_its_days_are_given_back(counter: Counter) -> None:
    sale = kettle(counter)
    assert last_day(counter, sale.id) == date(2027, 11, 18)
    on(counter, date(2027, 3, 1))
    repaired(counter, sale.id, back_on=date(2027, 3, 13))
    assert last_day(counter, sale.id) == date(2027, 11, 30), "twelve days in repair are given back, no more"
    on(counter, date(2027, 6, 1))
    repaired(counter, sale.id, back_on=date(2027, 6, 7))
    assert last_day(counter, sale.id) == date(2027, 12, 6)
    on(counter, date(2027, 12, 6))
    assert inside(counter, sale.id)
    on(counter, date(2027, 12, 7))
    assert not inside(counter, sale.id)


def exchanged(counter: Counter, sale_id: int) -> tuple[Visit, int]:
    """A piece with a fault is exchanged for the same one. Returns the visit and the sale of the new piece."""
    visit = counter.visit(sales.sale(counter.clerk, sale_id))
    visit.go("exchange", "fit", "same", "handed_over").post()
    return visit, Sale.select().where(Sale.source == "exchange").order_by(Sale.id.desc()).first().id


def test_an_exchange_begins_the_guarantee_anew_and_leaves_the_repairs_of_the_old_piece_behind(
    counter: Counter,
) -> None:
    sale = kettle(counter)
    on(counter, date(2026, 11, 20))
    repaired(counter, sale.id, back_on=date(2026, 11, 22))
    _visit, new = exchanged(counter, sale.id)
    assert last_day(counter, new) == date(2027, 11, 22), (
        "a year from the exchange, without the two days of the old one"
    )
    (line,) = SaleLine.select().where(SaleLine.sale == new)
    assert history.repairs_of(counter.clerk, [line]).done == 0
    on(counter, date(2027, 1, 4))
    repaired(counter, new, back_on=date(2027, 1, 8))
    assert last_day(counter, new) == date(2027, 11, 26), "its own days in repair are given back"
    on(counter, date(2027, 11, 26))
    assert inside(counter, new)
    on(counter, date(2027, 11, 27))
    assert not inside(counter, new)


def test_each_exchange_of_a_chain_begins_its_own_guarantee(counter: Counter) -> None:
    sale = kettle(counter)
    _, second = exchanged(counter, sale.id)
    on(counter, date(2026, 11, 24))
    _, third = exchanged(counter, second)
    assert last_day(counter, second) == date(2027, 11, 19)
    assert last_day(counter, third) == date(2027, 11, 24)


def test_a_repair_that_is_reversed_gives_no_days(counter: Counter) -> None:
    sale = kettle(counter)
    on(counter, date(2027, 3, 1))
    visit = repaired(counter, sale.id, back_on=date(2027, 3, 13))
    assert last_day(counter, sale.id) == date(2027, 11, 30)
    paper = next(one.number for one in visit.case.documents if one.prefix == "WX")
    reversal.reverse(counter.as_staff(3), paper, "录错", counter.request(), by=(1, "1234"))
    assert last_day(counter, sale.id) == date(2027, 11, 18)


def test_the_same_piece_is_known_by_its_serial_number_on_another_receipt(counter: Counter) -> None:
    def sold(order: str) -> SaleView:
        line = NewLine("水壶", 1000, 8900, category="SMALL", serial="SN-8899-01")
        return counter.sell(line, tenders={"wechat": 8900}, order_no=order)

    first = sold("A-1")
    on(counter, date(2027, 3, 1))
    repaired(counter, first.id, back_on=date(2027, 3, 4))
    typed_again = sold("A-2")
    assert (
        history.repairs_by_line(counter.clerk, [SaleLine.get(SaleLine.sale == typed_again.id)])
        .popitem()[1]
        .days
        == 3
    )

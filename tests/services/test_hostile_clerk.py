"""A clerk who tries to get more out of an approval, a deposit or a right than was given."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from visits import Counter, build_shop, opened

from counter_app.db.models import Sale, StockEntry
from counter_app.domain.errors import CounterError
from counter_app.domain.sale_views import SaleView
from counter_app.services import cases, inspection, posting, reversal, sales, scrapping, staff, walks
from counter_app.services.claims import Wanted
from counter_app.services.inspection import Inspection
from counter_app.services.scrapping import NewScrap


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


def exchange_sale(counter: Counter) -> SaleView:
    return sales.sale(counter.clerk, Sale.get(Sale.source == "exchange").id)


# --- approvals ------------------------------------------------------------------------------------------


def test_an_approval_of_250_does_not_carry_an_allowance_of_450(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=199900))
    visit.go("problem", "yes", "quality", "goods", "allowance", "approve", facts={"allowance": "250.00"})
    walks.set_facts(counter.clerk, visit.walk_id, {"allowance": "450.00"})
    visit.waive()
    assert [one.code for one in visit.view.proposal.missing] == ["proposal.approval"]
    refused("proposal.approval", visit.post)
    walks.set_facts(counter.clerk, visit.walk_id, {"allowance": "250.00"})
    assert visit.post().refund_fen == 25000


def test_an_approved_return_does_not_carry_a_gift_that_nobody_approved(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=29900))
    visit.go("return", "agree", "in_person", "fit", "approve")
    visit.choose(gift={"what": "金条", "amount_fen": 29900})
    visit.waive()
    assert [one.code for one in visit.view.proposal.missing] == ["proposal.approval"]


def test_an_owner_does_not_approve_themselves_while_a_supervisor_is_there(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit").post()
    number = visit.case.documents[-1].number
    refused("case.approval.own", reversal.reverse, counter.owner, number, "录错", "own", by=(1, "1234"))
    staff.set_active(counter.owner, 3, False)
    done = reversal.reverse(counter.owner, number, "录错", "alone", by=(1, "1234")).value
    assert len(done.documents) == 2
    counter.sound()


# --- rights ---------------------------------------------------------------------------------------------


def test_who_was_shut_out_in_another_window_does_nothing_more_in_this_one(counter: Counter) -> None:
    sale = counter.simple_sale()
    here = counter.clerk
    visit = counter.visit(sale).go("return", "agree", "in_person", "fit")
    figures = visit.waive().sign()
    staff.set_active(counter.owner, 2, False)
    refused("staff.inactive", posting.post, here, visit.case_id, "late", figures)
    new = cases.NewCase(sale_id=sale.id, lines=((sale.lines[0].id, 1000),))
    refused("staff.inactive", cases.open_case, here, new, "late")
    assert visit.counter.as_staff(3).staff is not None


def test_who_got_another_role_signs_in_again_before_using_the_old_rights(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    visit.post()
    boss = counter.as_staff(3)
    staff.set_role(counter.owner, 3, "clerk")
    number = visit.case.documents[-1].number
    refused("staff.rights_changed", reversal.reverse, boss, number, "录错", "old right", by=(1, "1234"))


# --- deposits and goods sent first -----------------------------------------------------------------------

SENT_FIRST = ("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes")


@pytest.mark.parametrize("answer", ["arrived", "overdue"])
def test_a_deposit_that_never_came_is_neither_given_back_nor_kept(counter: Counter, answer: str) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST, "deposit").choose(deposit={"amount_fen": 10000, "tender": "wechat"})
    visit.post()
    refused("waiting.not_received", visit.go, answer)
    visit.settle()
    visit.go(answer)
    counter.sound()


def test_goods_sent_first_come_back_for_money_only_when_the_first_ones_are_back(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST, "waybill").choose(waybill="SF1")
    visit.post()
    refused("case.line.first_out", counter.visit, exchange_sale(counter))
    visit.go("arrived", "confirmed").post()
    later = counter.visit(exchange_sale(counter)).go("return", "agree", "in_person", "fit")
    assert later.post().refund_fen == 19900
    counter.sound()


# --- goods ----------------------------------------------------------------------------------------------


def test_spoilt_food_is_destroyed_when_it_is_taken_in(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(category="FOOD")).go("problem", "yes", "unsafe", "in_person")
    found = Inspection(received_milli=1000, accepted_milli=1000, condition="K14", disposition="V6")
    inspection.record_inspection(counter.clerk, visit.case.lines[0].id, found)
    visit.go("confirmed").post()
    moved = StockEntry.select().where(StockEntry.case_line.is_null(False)).order_by(StockEntry.seq)
    assert [(one.kind, one.to_place) for one in moved] == [("received", "V0"), ("disposed", "V6")]
    number = visit.case.documents[0].number
    line = visit.case.lines[0]
    there = Wanted("V6", moved[0].product_id, line.id, 1000)
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    gone = NewScrap((there,), "已过期", "压碎", (picture.getvalue(),))
    scrapping.scrap(counter.as_staff(3), gone, (2, "2345"), counter.request())
    refused(
        "reversal.goods_gone", reversal.reverse, counter.as_staff(3), number, "录错", "gone", by=(1, "1234")
    )
    counter.sound()

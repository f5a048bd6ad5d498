"""Something cheaper is sent before the goods come back: the difference goes back before anybody has seen them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, opened

from counter_app.db.verify import verify
from counter_app.services import inspection, walks
from counter_app.services.inspection import Inspection

SENT_FIRST = ("problem", "yes", "quality", "goods", "different", "not_yet", "yes", "deposit")
DAMAGED = Inspection(received_milli=1000, accepted_milli=0, rejected_milli=1000, condition="K2")


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        one.open_drawer()
        yield one


def sent_first(counter: Counter) -> Visit:
    """A cup for 159 went out for one of 199 against a deposit; 40 went back."""
    cheaper = counter.product("小杯", 15900, stock=5)
    visit = counter.visit(counter.simple_sale())
    replacement = {"name": "小杯", "product_id": cheaper, "quantity_milli": 1000, "price_fen": 15900}
    visit.choose(replacement=[replacement], deposit={"amount_fen": 15900, "tender": "cash"})
    visit.go(*SENT_FIRST)
    posted = visit.post()
    assert {paper.prefix for paper in posted.documents} == {"HH", "TK", "YJ"}
    visit.settle()
    return visit


def arrived(visit: Visit) -> int:
    """The parcel is here and was looked at: the goods are not what was told. Returns the line."""
    visit.go("arrived")
    line = visit.case.lines[0].id
    inspection.record_inspection(visit.counter.clerk, line, DAMAGED)
    return line


def test_a_difference_paid_before_the_goods_came_holds_when_they_are_not_as_told(counter: Counter) -> None:
    visit = sent_first(counter)
    counter.sound()
    arrived(visit)
    visit.go("not_confirmed")
    visit.post()
    line = visit.case.lines[0]
    assert (line.received_milli, line.accepted_milli) == (1000, 0)
    counter.sound()


def test_goods_that_were_sent_for_can_be_found_good_and_then_not(counter: Counter) -> None:
    visit = sent_first(counter)
    line = arrived(visit)
    good = Inspection(received_milli=1000, accepted_milli=1000, rejected_milli=0, condition="K2")
    inspection.record_inspection(counter.clerk, line, good)
    inspection.record_inspection(counter.clerk, line, DAMAGED)
    visit.go("confirmed")
    walks.step_back(counter.clerk, visit.walk_id)
    inspection.record_inspection(counter.clerk, line, DAMAGED)
    visit.go("not_confirmed")
    visit.post()
    assert visit.case.lines[0].accepted_milli == 0
    counter.sound()


def test_what_an_answer_said_of_the_goods_goes_when_the_answer_is_taken_back(counter: Counter) -> None:
    visit = sent_first(counter)
    visit.go("arrived", "confirmed")
    line = visit.case.lines[0]
    assert (line.received_milli, line.accepted_milli, line.condition) == (1000, 1000, "K7")
    walks.step_back(counter.clerk, visit.walk_id)
    line = visit.case.lines[0]
    assert (line.received_milli, line.accepted_milli, line.condition, line.disposition) == (0, 0, "", "")
    visit.go("not_confirmed").waive()
    visit.post()
    assert visit.case.lines[0].accepted_milli == 0
    counter.sound()


def test_what_somebody_found_after_the_answer_stays_when_it_is_taken_back(counter: Counter) -> None:
    visit = sent_first(counter)
    visit.go("arrived", "confirmed")
    line = visit.case.lines[0].id
    inspection.record_inspection(counter.clerk, line, DAMAGED)
    walks.step_back(counter.clerk, visit.walk_id)
    found = visit.case.lines[0]
    assert (found.received_milli, found.accepted_milli, found.rejected_milli) == (1000, 0, 1000)
    assert found.condition == "K2"


def test_of_two_answers_taken_back_the_first_says_what_it_said(counter: Counter) -> None:
    """Fit for sale again, on second thoughts worth less: the condition follows the answer that stands."""
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    assert visit.case.lines[0].condition == "K2"
    walks.step_back(counter.clerk, visit.walk_id)
    assert visit.case.lines[0].condition == ""
    visit.go("unfit", "deduct")
    assert visit.case.lines[0].condition == "K8"
    walks.step_back(counter.clerk, visit.walk_id)
    assert visit.case.lines[0].condition == ""
    walks.step_back(counter.clerk, visit.walk_id)
    visit.go("fit")
    assert (visit.case.lines[0].condition, visit.case.lines[0].accepted_milli) == ("K2", 1000)


def test_a_refund_of_goods_that_were_here_and_not_accepted_is_found(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    visit.post()
    visit.settle()
    counter.sound()
    db = counter.desk.db
    db.execute_sql("DROP TRIGGER guard_case_line_accepted")
    db.execute_sql("UPDATE case_line SET accepted_milli = 0, received_milli = 1000")
    found = {(fault.code, fault.table) for fault in verify(db, counter.desk.folder)}
    assert ("guard.not_accepted", "case_line") in found

"""F4 at the counter: the slip goes to its printer through the queue, and the page tells how far it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "services"))
from print_shop import Papers, to_printer

from counter_app.domain.errors import SurroundingsError
from counter_app.services import print_queue, print_work
from counter_app.ui import print_desk
from counter_app.ui.print_desk import PrintDesk
from counter_app.ui.widgets.action_button import ActionButton


@pytest.fixture
def posted(hands, counter):
    """A return paid by WeChat, posted; every slip has the printer Laser."""
    to_printer(counter, "Laser")
    hands.scan(counter.simple_sale(tender="wechat").order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.sign_on_paper_and_post()
    return hands


def told(posted) -> dict[str, str]:
    return {key: state.told for key, state in posted.screen.done_page._states.items()}


def test_f4_prints_once_and_the_page_follows(posted, counter) -> None:
    papers = Papers(fate="there")
    key = posted.screen.done_page._current
    posted.f(4)
    posted.f(4)
    assert len(print_queue.jobs(counter.desk)) == 1
    assert told(posted) == {key: "waiting to be printed"}
    print_work.work(counter.desk, papers)
    posted.screen.refresh(frozenset({"print"}))
    assert told(posted) == {key: "at the printer"}
    papers.fate = "done"
    print_work.work(counter.desk, papers)
    posted.screen.refresh(frozenset({"print"}))
    assert told(posted) == {key: "printed"}
    posted.f(4)
    assert len(print_queue.jobs(counter.desk)) == 1


def test_a_missing_printer_shows_on_the_page_and_holds_up_nobody(posted, counter) -> None:
    posted.f(4)
    print_work.work(counter.desk, Papers(wrong=SurroundingsError("print.missing", name="Laser")))
    posted.screen.refresh(frozenset({"print"}))
    assert not posted.screen.done_page._queue.isHidden()
    posted.f(2)
    posted.scan(counter.simple_sale(tender="wechat").order_no)
    posted.answer("return", "agree", "in_person", "fit")
    posted.sign_on_paper_and_post()
    assert posted.screen._stack.currentWidget() is posted.screen.done_page


def test_what_prints_by_itself_is_in_the_queue_after_posting(posted, counter, monkeypatch) -> None:
    monkeypatch.setattr(print_desk.ChildJob, "start", lambda _job: None)
    desk = PrintDesk(posted.screen.session)
    desk.look()
    assert print_queue.jobs(counter.desk) == ()
    to_printer(counter, "Laser", silent=True)
    posted.f(2)
    posted.scan(counter.simple_sale(tender="wechat").order_no)
    posted.answer("return", "agree", "in_person", "fit")
    posted.sign_on_paper_and_post()
    desk.look()
    assert {job.printer for job in print_queue.jobs(counter.desk)} == {"Laser"}
    assert set(told(posted).values()) == {"waiting to be printed"}
    desk.stop()


def park_it(hands) -> None:
    """The approval that the plan asks for is decided later."""
    (button,) = [
        one
        for one in hands.screen.proposal_panel.findChildren(ActionButton)
        if one.text() == "Park it" and one.isVisible()
    ]
    button.click()


def test_the_receipt_for_goods_left_here_prints_by_itself_at_a_wait(hands, counter) -> None:
    to_printer(counter, "Laser", silent=True)
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "post")
    hands.f(9)
    assert [job.slip for job in print_queue.jobs(counter.desk)] == ["acceptance_receipt"]


def test_the_receipt_prints_by_itself_too_when_an_approval_is_parked_and_once_for_each_question(
    hands, counter
) -> None:
    to_printer(counter, "Laser", silent=True)
    hands.scan(counter.simple_sale().order_no)
    hands.answer("parcel", "lost", "refund")
    park_it(hands)
    number = hands.view.case.number
    assert [job.slip for job in print_queue.jobs(counter.desk)] == ["acceptance_receipt"]
    hands.f(2)
    hands.scan(number)
    park_it(hands)
    assert len(print_queue.jobs(counter.desk)) == 1


def test_parking_an_approval_prints_nothing_where_nothing_prints_by_itself(hands, counter) -> None:
    to_printer(counter, "Laser")
    hands.scan(counter.simple_sale().order_no)
    hands.answer("parcel", "lost", "refund")
    park_it(hands)
    assert print_queue.jobs(counter.desk) == ()

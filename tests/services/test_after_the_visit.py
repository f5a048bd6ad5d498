"""What follows a visit: money paid by finance, parcels followed, the customer called, the case archived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, opened

from counter_app.db.models import Proof, Staff
from counter_app.domain.errors import UserError
from counter_app.domain.survey import CHOICES, TEXTS
from counter_app.services import call_backs, case_words, second_handling, settling, tasks

CONTENT = {"overall": "satisfied", "speed": "5", "attitude": "5", "fairness": "4", "solved": "yes"}


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


def refunded(counter: Counter) -> Visit:
    """A visit with an allowance paid in cash: only the call is left."""
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "30.00"})
    visit.post()
    visit.settle()
    return visit


def open_kinds(visit: Visit) -> list[str]:
    return [item.kind for item in visit.case.tasks if item.done_at is None]


@pytest.mark.req("S4-83", "S4-85", "S4-76")
def test_a_content_customer_answers_the_survey_and_the_case_is_archived(counter: Counter) -> None:
    visit = refunded(counter)
    assert visit.case.state == "settled"
    call_backs.call_back(counter.clerk, visit.case_id, CONTENT, way="phone")
    assert visit.case.state == "closed"
    assert visit.case.closed_at is not None
    kept = next(item for item in visit.case.events if item.kind == "surveyed")
    assert kept.detail["answers"] == CONTENT
    assert kept.by == "李店员"
    assert kept.title.zh == "满意度(电话):满意"
    counter.sound()


@pytest.mark.req("S4-84")
def test_what_is_still_to_be_followed_up_keeps_the_case_until_the_next_call(counter: Counter) -> None:
    visit = refunded(counter)
    call_backs.call_back(
        counter.clerk,
        visit.case_id,
        {**CONTENT, "follow_up": "一周后再问杯口是否渗水"},
        next_on=date(2026, 11, 27),
    )
    assert visit.case.state == "settled"
    (next_call,) = [item for item in visit.case.tasks if item.kind == "follow_up"]
    assert (next_call.due_on, next_call.title.zh) == (date(2026, 11, 27), "继续跟进:一周后再问杯口是否渗水")
    call_backs.call_back(counter.clerk, visit.case_id, CONTENT)
    assert visit.case.state == "closed"


@pytest.mark.req("S4-84")
def test_a_customer_who_is_not_content_goes_to_a_manager_within_a_day(counter: Counter) -> None:
    visit = refunded(counter)
    call_backs.call_back(
        counter.clerk, visit.case_id, {"overall": "unsatisfied", "speed": "5", "why_not": "还是漏水"}
    )
    again = next(item for item in visit.case.tasks if item.kind == "second_handling")
    assert (again.role, again.due_on, again.done_at) == ("manager", counter.desk.today(), None)
    second_handling.reopen(counter.as_staff(3), visit.case_id, "电话回访不满意")
    assert visit.case.state == "open"


@pytest.mark.parametrize(
    ("answers", "content"),
    [
        ({"overall": "satisfied"}, True),
        ({"overall": "fair"}, False),
        ({"overall": "fair", "speed": "4", "attitude": "4", "fairness": "4"}, True),
        ({"overall": "fair", "speed": "5", "attitude": "3", "fairness": "3"}, False),
        ({"overall": "unsatisfied", "speed": "5", "attitude": "5", "fairness": "5"}, False),
    ],
)
def test_content_is_who_says_so_or_gives_good_marks(
    counter: Counter, answers: dict[str, str], content: bool
) -> None:
    visit = refunded(counter)
    call_backs.call_back(counter.clerk, visit.case_id, answers)
    assert (visit.case.state == "closed") is content


@pytest.mark.parametrize(
    ("answers", "more", "code"),
    [
        ({"speed": "5"}, {}, "survey.overall"),
        ({"overall": "great"}, {}, "survey.answer"),
        ({"overall": "fair", "speed": "6"}, {}, "survey.answer"),
        ({"overall": "fair", "colour": "red"}, {}, "survey.answer"),
        ({"overall": "fair"}, {"way": "pigeon"}, "survey.answer"),
        ({"overall": "fair"}, {"next_on": date(2020, 1, 1)}, "survey.past"),
        ({"overall": "fair", "why_not": "坏" * 100_000}, {}, "text.too_long"),
    ],
)
def test_an_answer_that_is_none_is_refused(
    counter: Counter, answers: dict[str, str], more: dict, code: str
) -> None:
    visit = refunded(counter)
    with pytest.raises(UserError) as caught:
        call_backs.call_back(counter.clerk, visit.case_id, answers, **more)
    assert caught.value.code == code


def test_every_question_is_worded() -> None:
    for name in (*CHOICES, *TEXTS):
        assert case_words.words(f"survey.{name}").en
    worded = {answer for choices in CHOICES.values() for answer in choices if not answer.isdigit()}
    assert all(case_words.words(f"survey.{answer}").zh for answer in worded)


@pytest.mark.req("S4-75", "S4-76")
def test_the_customer_is_called_once_the_parcel_arrived_and_not_before(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("exchange", "fit", "same", "send")
    visit.post()
    ship = next(item for item in visit.case.tasks if item.kind == "ship")
    assert ship.role == "order_clerk"
    with pytest.raises(UserError) as early:
        call_backs.call_back(counter.clerk, visit.case_id, CONTENT)
    assert early.value.code == "case.close.outstanding"
    tasks.done(counter.clerk, ship.id, "顺丰 SF1234567890")
    follow = next(item for item in visit.case.tasks if item.kind == "ship_follow")
    assert follow.role == "order_clerk"
    tasks.done(counter.clerk, follow.id, "22日签收")
    assert open_kinds(visit).count("callback") == 1
    call_backs.call_back(counter.clerk, visit.case_id, CONTENT)
    assert "callback" not in open_kinds(visit)


@pytest.mark.req("S4-73", "S4-15")
def test_finance_sees_what_is_owed_and_it_is_kept_who_paid_it_when_and_by_which_number(
    counter: Counter,
) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    (owed,) = settling.owed(counter.clerk)
    assert (owed.case_number, owed.tender, owed.open_fen) == (visit.case.number, "wechat", 19900)
    counter.clock.forward(hours=2)
    settling.pay(counter.owner, owed.id, 19900, "wechat", "4200001234", counter.request())
    assert settling.owed(counter.clerk) == ()
    paid = Proof.get()
    assert (paid.amount_fen, paid.reference) == (19900, "4200001234")
    assert paid.at == counter.owner.instant()
    assert Staff.get(Staff.id == paid.by).name == counter.owner.staff.name
    told = next(item for item in visit.case.events if item.kind == "paid")
    assert told.by == counter.owner.staff.name

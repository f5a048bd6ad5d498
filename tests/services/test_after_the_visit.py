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
from counter_app.services import (
    call_backs,
    case_words,
    cases,
    corrections,
    forms,
    parcels,
    photos,
    second_handling,
    settling,
    tasks,
)
from counter_app.services.parcels import Claim

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
    assert kept.title.zh == "满意度（电话）：满意"
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
    assert (next_call.due_on, next_call.title.zh) == (date(2026, 11, 27), "继续跟进：一周后再问杯口是否渗水")
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


# --- parcels and claims -----------------------------------------------------------------------------


@pytest.mark.req("S4-38", "S4-39", "S4-62", "S4-64")
def test_a_waybill_is_looked_up_and_it_is_kept_by_whom_and_when(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "waybill")
    visit.waive()
    visit.choose(waybill="SF1234567890", carrier="顺丰")
    assert parcels.numbers_of(counter.clerk, visit.case_id) == ("SF1234567890",)
    counter.clock.forward(hours=3)
    parcels.check_number(counter.clerk, visit.case_id, "SF1234567890", "已揽收,23日到")
    told = visit.case.events[-1]
    assert (told.title.zh, told.by, told.at) == (
        "核对单号 SF1234567890：已揽收,23日到",
        "李店员",
        counter.clerk.instant(),
    )
    for number, said, code in (("", "已签收", "parcel.number"), ("SF1", " ", "parcel.said")):
        with pytest.raises(UserError) as caught:
            parcels.check_number(counter.clerk, visit.case_id, number, said)
        assert caught.value.code == code


@pytest.mark.req("S4-62", "S4-75")
def test_the_number_of_a_parcel_that_was_sent_is_kept_with_the_case(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("exchange", "fit", "same", "send")
    visit.post()
    ship = next(item for item in visit.case.tasks if item.kind == "ship")
    tasks.done(counter.clerk, ship.id, "顺丰 SF99")
    assert parcels.numbers_of(counter.clerk, visit.case_id) == ("顺丰 SF99",)


def lost_parcel(counter: Counter) -> tuple[Visit, int]:
    visit = counter.visit(counter.simple_sale())
    visit.go("parcel", "unknown", "unknown", "lost", "resend", "handed_over")
    visit.post()
    return visit, next(item.id for item in visit.case.tasks if item.kind == "courier_claim")


@pytest.mark.req("S4-23")
def test_a_claim_against_the_courier_says_insured_amount_day_and_what_came_of_it(counter: Counter) -> None:
    visit, task_id = lost_parcel(counter)
    asked = Claim(
        carrier="顺丰",
        waybill="SF77",
        insured=True,
        claimed_fen=19900,
        claimed_on=counter.desk.today(),
    )
    parcels.claim(counter.clerk, task_id, asked)
    assert parcels.claim_of(counter.clerk, task_id) == asked
    assert "courier_claim" in open_kinds(visit)
    counter.clock.forward(days=5)
    paid = Claim(
        **{**{name: getattr(asked, name) for name in Claim.__slots__}, "result": "paid", "paid_fen": 15000}
    )
    parcels.claim(counter.clerk, task_id, paid)
    done = next(item for item in visit.case.tasks if item.id == task_id)
    assert (done.result, done.done_at) == ("赔付 ¥150.00", counter.clerk.instant())
    told = [item.title.zh for item in visit.case.events if item.kind == "courier_claim"]
    assert told == [
        "快递理赔 顺丰 SF77 索赔 ¥199.00：等待答复",
        "快递理赔 顺丰 SF77 索赔 ¥199.00：赔付 ¥150.00",
    ]
    with pytest.raises(UserError) as caught:
        parcels.claim(counter.clerk, task_id, paid)
    assert caught.value.code == "task.done"


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (Claim(claimed_fen=-1), "claim.amount"),
        (Claim(claimed_on=date(2030, 1, 1)), "claim.day"),
        (Claim(result="paid"), "claim.result"),
        (Claim(result="perhaps"), "claim.result"),
        (Claim(carrier="顺" * 100_000), "text.too_long"),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(counter: Counter, claim: Claim, code: str) -> None:
    _, task_id = lost_parcel(counter)
    with pytest.raises(UserError) as caught:
        parcels.claim(counter.clerk, task_id, claim)
    assert caught.value.code == code


# --- departments ------------------------------------------------------------------------------------


def not_as_described(counter: Counter) -> Visit:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "mismatch", "yes", "no", "no", "coupon")
    visit.choose(coupon={"what": "20元券", "amount_fen": 2000, "expires_on": "2027-01-31"})
    visit.post()
    return visit


@pytest.mark.req("S4-49", "S4-50", "S4-51", "S4-114", "S4-77")
def test_whose_mistake_a_listing_was_decides_who_mends_it(counter: Counter) -> None:
    visit = not_as_described(counter)
    ask = next(
        item.id for item in visit.case.tasks if corrections.question(counter.clerk, item.id) is not None
    )
    asked = corrections.question(counter.clerk, ask)
    assert asked is not None
    assert asked.question.zh == "是否采购提供的属性描述错误"
    with pytest.raises(UserError) as caught:
        corrections.decide(counter.clerk, ask, "perhaps")
    assert caught.value.code == "correction.answer"
    corrections.decide(counter.clerk, ask, "yes")
    owners = {(item.role, item.what.partition("|")[0]) for item in visit.case.tasks if item.done_at is None}
    assert {("purchasing", "提供正确的商品属性"), ("operations", "更新商品描述")} <= owners
    told = next(item for item in visit.case.events if item.kind == "correction")
    assert told.title.zh == "是否采购提供的属性描述错误 是：采购提供正确描述，运营更新"


@pytest.mark.req("S4-50", "S4-51")
def test_a_mistake_of_operations_is_mended_by_operations_alone(counter: Counter) -> None:
    visit = not_as_described(counter)
    before = {item.id for item in visit.case.tasks}
    ask = next(one for one in before if corrections.question(counter.clerk, one) is not None)
    corrections.decide(counter.clerk, ask, "no")
    new = [item for item in visit.case.tasks if item.id not in before]
    assert [(item.kind, item.role) for item in new] == [("notice", "operations")]


@pytest.mark.req("S4-53", "S4-70")
def test_a_notice_to_logistics_is_done_with_the_cause_that_was_found(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "wrong", "right_item", "fit", "handed_over", facts={"goods_here": True})
    visit.post()
    notice = next(item for item in visit.case.tasks if (item.kind, item.role) == ("notice", "logistics"))
    assert "发错货" in notice.title.zh
    tasks.done(counter.clerk, notice.id, "拣货时相邻货位拿错")
    assert next(item for item in visit.case.tasks if item.id == notice.id).result == "拣货时相邻货位拿错"


@pytest.mark.req("S4-44", "S4-45", "S4-46")
def test_what_the_listing_said_is_kept_beside_the_goods_and_the_verdict_with_it(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "mismatch")
    wanted = next(item for item in visit.walk.evidence if item.kind == "listing_copy")
    assert wanted.compulsory
    assert wanted.state == "wanted"
    photos.take_text(counter.clerk, visit.case_id, "商品页:容量 500ml,墨绿", node=wanted.node)
    taken = next(item for item in visit.walk.evidence if item.kind == "listing_copy")
    assert taken.state == "taken"
    (copy,) = taken.attachments
    assert (counter.clerk.folder / copy.path).read_text(encoding="utf-8") == "商品页:容量 500ml,墨绿"
    visit.go("yes")
    assert visit.walk.crumbs[-1].answer == "yes"
    assert "T07" in [script.code for script in visit.walk.scripts]
    photos_wanted = [item.kind for item in visit.walk.evidence if item.compulsory and item.state == "wanted"]
    assert {"photo_goods", "photo_packaging"} <= set(photos_wanted)


# --- told and planned -------------------------------------------------------------------------------


@pytest.mark.req("S4-11")
def test_the_customer_was_told_what_when_by_whom_and_by_which_way(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    cases.customer_told(counter.clerk, visit.case_id, "三天内退款到账", "phone")
    cases.customer_told(counter.clerk, visit.case_id, "已发出")
    first, second = [item for item in visit.case.events if item.kind == "told"]
    assert (first.title.zh, first.title.en) == (
        "已告知顾客（电话）：三天内退款到账",
        "Customer told by phone: 三天内退款到账",
    )
    assert (first.by, first.at) == ("李店员", counter.clerk.instant())
    assert second.title.zh == "已告知顾客：已发出"
    with pytest.raises(UserError) as caught:
        cases.customer_told(counter.clerk, visit.case_id, "好", "pigeon")
    assert caught.value.code == "case.choice"


@pytest.mark.req("S4-81", "S4-113")
def test_solution_day_and_estimated_cost_stand_on_the_form_and_the_day_among_the_to_dos(
    counter: Counter,
) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    visit.plan(solution="退款并补寄说明书", promised_on="2026-11-24", estimate_fen=1500)
    form = forms.form_to_sign(counter.clerk, visit.case_id).slip
    assert form.note == "退款并补寄说明书\n预计费用 ¥15.00"
    assert ("按约定办妥", "2026-11-24") in [(item.what, item.due) for item in form.promises]  # type: ignore[attr-defined]
    visit.post()
    promised = [
        item for item in visit.case.tasks if item.kind == "deadline" and item.title.zh == "按约定办妥"
    ]
    assert [item.due_on for item in promised] == [date(2026, 11, 24)]
    counter.clock.forward(days=10)
    assert promised[0].id in [item.id for item in visit.case.tasks if item.overdue]

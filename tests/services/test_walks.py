"""Walking the chart with a case: what is on disk is what the pure walk says, another day and after going back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from visits import Counter, Visit, build_shop, opened

from counter_app.db.models import CaseEvent, WalkStep
from counter_app.domain.errors import UserError
from counter_app.domain.walk import FactsWanted, walk
from counter_app.services import (
    cases,
    customer_history,
    forms,
    history,
    photos,
    proposal,
    tasks,
    waiting,
    walks,
)
from counter_app.services import visit as visit_service
from counter_app.services.courses import trail_of
from counter_app.services.standing import stand_of


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        yield there


@pytest.fixture(scope="module")
def long_day(first_day: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """One shop for many visits."""
    with opened(first_day, tmp_path_factory.mktemp("long") / "shop") as there:
        yield there


FACTS = {
    "allowance": "30.00",
    "difference": "20.00",
    "wrong_value": "150.00",
    "price_now": "180.00",
    "goods_here": False,
    "stock": 1,
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_random_visit_stands_where_the_pure_walk_stands(long_day: Counter, data: st.DataObject) -> None:
    """Answers chosen at random among those on offer, steps back among them: the stored path is the pure one."""
    visit = long_day.visit(long_day.simple_sale(stock=data.draw(st.integers(0, 1))))
    facts = dict(FACTS)
    for _ in range(data.draw(st.integers(1, 18))):
        visit._facts(facts)
        here = visit.walk
        if here.state == "ended" or here.node is None:
            break
        if visit.view.proposal.figures_hash:
            break  # something must be posted before the walk goes on
        if here.crumbs and data.draw(st.integers(0, 5)) == 0:
            walks.step_back(long_day.clerk, visit.walk_id, data.draw(st.sampled_from(here.crumbs)).node)
            continue
        on_offer = [one.code for one in here.node.options if one.offered]
        if not on_offer:
            break
        visit.go(data.draw(st.sampled_from(on_offer)), reason="随便")
    standing = stand_of(long_day.clerk, visit.walk_id)
    course = trail_of(visit.walk_id).course()
    try:
        pure = walk(
            standing.chart,
            course.answers,
            standing.sheet.facts,
            course.overrides,
            standing.rules.calendar,
            course.kept,
        )
    except FactsWanted as wanted:
        pure = wanted.so_far
    case = cases.case(long_day.clerk, visit.case_id)
    assert case.walks[-1].path == pure.path
    assert case.walks[-1].remedies == pure.remedies
    assert standing.result.tests == pure.tests
    assert len(pure.given) == len(standing.trail.given)


@pytest.mark.req("S4-35", "S4-41", "S4-64")
def test_a_right_that_was_open_when_the_customer_came_stays_open_while_the_parcel_is_under_way(
    counter: Counter,
) -> None:
    visit = counter.visit(counter.simple_sale(days_ago=6))
    visit.go("return", "agree", "post")
    walks_before = visit.walk.tests
    waiting.park(counter.clerk, visit.walk_id, note="顾客自寄")
    counter.clock.forward(days=30)
    assert visit.case.state == "waiting_goods"
    waiting.resume_wait(counter.clerk, visit.walk_id, "arrived")
    visit.go("fit")
    assert visit.walk.tests[:1] == walks_before[:1]
    assert visit.walk.tests[0].answer == "yes"
    assert visit.walk.path[-1] == "B-R5"


def test_a_parked_case_has_a_day_for_the_next_contact_and_a_receipt(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "needs_test")
    waiting.park(counter.clerk, visit.walk_id)
    case = visit.case
    assert case.state == "waiting_test"
    assert case.waiting_title.zh == "待检测"
    assert case.next_due_on is not None
    receipt = waiting.waiting_receipt(counter.clerk, visit.case_id)
    assert receipt.case_number == case.number
    assert receipt.promises[0].due
    assert [task.kind for task in tasks.to_do(counter.clerk) if task.case_id == case.id] == ["wait"]
    with pytest.raises(UserError) as past:
        waiting.park(counter.clerk, visit.walk_id, next_contact=case.business_date.replace(year=2025))
    assert past.value.code == "waiting.past"


def test_going_back_discards_what_came_after_and_is_a_step_itself(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person")
    steps = WalkStep.select().where(WalkStep.walk == visit.walk_id).count()
    walks.step_back(counter.clerk, visit.walk_id, "K-0")
    assert visit.walk.path == ("K-0",)
    assert visit.walk.tests == ()
    assert WalkStep.select().where(WalkStep.walk == visit.walk_id).count() == steps + 1
    visit.go("suggestion")
    assert visit.walk.path == ("K-0", "H-3")


def test_going_back_voids_the_signature_and_withdraws_the_question(counter: Counter) -> None:
    from counter_app.services import approvals

    visit = counter.visit(counter.simple_sale(price_fen=30000))
    visit.go("return", "agree", "in_person", "fit")
    approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id)
    assert visit.case.state == "waiting_approval"
    walks.step_back(counter.clerk, visit.walk_id)
    assert [item.decision for item in visit.case.approvals] == ["withdrawn"]
    visit.go("fit", "approve")
    visit.sign()
    assert visit.case.state == "signed"
    walks.step_back(counter.clerk, visit.walk_id)
    assert visit.case.signatures[0].void
    assert visit.case.state == "open"


def test_two_windows_on_one_walk_do_not_answer_past_each_other(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return")
    with pytest.raises(UserError) as caught:
        walks.answer(counter.clerk, visit.walk_id, "K-0", "exchange")
    assert caught.value.code == "walk.elsewhere"


def test_a_supervisor_overrules_a_test_with_a_reason_and_it_is_listed(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(channel="store"))
    visit.go("return")
    assert visit.at == "B-R1x"
    with pytest.raises(UserError) as caught:
        walks.override(counter.clerk, visit.walk_id, "B-R1", "yes", "店长答应过")
    assert caught.value.code == "case.right.missing"
    walks.override(counter.clerk, visit.walk_id, "B-R1", "yes", "店长答应过", by=counter.boss)
    assert visit.at == "B-R2"
    assert visit.walk.tests[0].overridden
    assert visit.walk.tests[0].by == "赵主管"
    event = CaseEvent.get(CaseEvent.kind == "overridden")
    assert event.detail["reason"] == "店长答应过"


def test_a_supervisors_question_is_not_answered_by_a_clerk(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(channel="store"))
    visit.go("return")
    with pytest.raises(UserError) as caught:
        walks.answer(counter.clerk, visit.walk_id, "B-R1x", "goodwill")
    assert caught.value.code in ("walk.role.missing", "case.right.missing")
    assert visit.at == "B-R1x"


@pytest.mark.req("S4-2", "S4-33")
def test_facts_come_with_their_source_and_wanted_ones_are_asked(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "wrong", "keep", "yes")
    assert [item.name for item in visit.walk.facts_wanted] == ["wrong_value"]
    with pytest.raises(UserError) as caught:
        walks.answer(counter.clerk, visit.walk_id, visit.at, "yes")
    assert caught.value.code == "walk.answer.unknown" or caught.value.code == "walk.facts.first"
    walks.set_facts(counter.clerk, visit.walk_id, {"wrong_value": "250.00"})
    shown = {item.name: item for item in visit.walk.facts}
    assert shown["wrong_value"].source.zh == "经办人填写"
    assert shown["paid"].source.zh.startswith("购买记录")
    assert shown["keep_limit"].source.zh.startswith("门店规则")
    assert visit.at == "C-W4"


@pytest.mark.req("S3-29")
def test_a_small_amount_needs_nobody_elses_yes_and_a_large_one_does(counter: Counter) -> None:
    small = counter.visit(counter.simple_sale(price_fen=20000))
    small.go("return", "agree", "in_person", "fit")
    assert small.walk.state == "ended"
    large = counter.visit(counter.simple_sale(price_fen=20001))
    large.go("return", "agree", "in_person", "fit")
    assert large.walk.node is not None
    assert large.walk.node.role == "approver"
    reject = next(one for one in large.walk.node.options if one.code == "reject")
    assert not reject.offered  # the return is the customer's right


@pytest.mark.req("S4-19", "S4-46", "S4-44")
def test_compulsory_evidence_is_taken_or_waived_with_a_reason(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "return", "in_person", "confirmed")
    wanted = [item.kind for item in visit.walk.evidence if item.compulsory and item.state == "wanted"]
    assert wanted == ["photo_goods", "photo_packaging"]
    with pytest.raises(UserError) as caught:
        forms.form_to_sign(counter.clerk, visit.case_id)
    assert caught.value.code == "proposal.evidence"
    with pytest.raises(UserError) as empty:
        walks.waive_evidence(counter.clerk, visit.walk_id, "B-Q1", " ")
    assert empty.value.code == "walk.reason.missing"
    photos.take_text(counter.clerk, visit.case_id, "照片稍后补", node="B-Q1")
    assert "wanted" in {item.state for item in visit.walk.evidence if item.compulsory}
    for colour in ("red", "blue"):
        picture = BytesIO()
        Image.new("RGB", (40, 40), colour).save(picture, "PNG")
        photos.take_photo(counter.clerk, visit.case_id, picture.getvalue(), node="B-Q1")
    assert {item.state for item in visit.walk.evidence if item.compulsory} == {"taken"}
    assert forms.form_to_sign(counter.clerk, visit.case_id).check_code


@pytest.mark.req("S2-13", "S2-15", "S2-16", "S0-12", "S0-13")
def test_the_customers_words_stand_apart_from_the_summary(counter: Counter) -> None:
    from counter_app.services import intake

    sale = counter.simple_sale()
    visit = counter.visit(sale, words="一倒水就漏!")
    intake.set_intake(
        counter.clerk,
        visit.case_id,
        summary="杯盖密封圈漏水",
        wishes=("refund", "exchange"),
        happened_on=sale.purchased_on,
    )
    case = visit.case
    assert (case.words, case.summary) == ("一倒水就漏!", "杯盖密封圈漏水")
    assert case.wishes == ("exchange", "refund")
    assert case.customer_masked == "张*"
    assert case.phone_masked == "138****1234"
    assert case.happened_on == sale.purchased_on


@pytest.mark.req("S2-25", "S2-26", "S0-11")
def test_earlier_cases_of_the_customer_and_the_goods_are_shown(counter: Counter) -> None:
    sale = counter.simple_sale(quantity=2)
    first = counter.visit(sale)
    first.go("question", "yes")
    second = counter.visit(sale)
    found = customer_history.earlier(counter.clerk, second.case_id)
    assert [(item.number, item.why) for item in found] == [(first.case.number, ("customer", "goods"))]
    assert customer_history.known_customer(counter.clerk, "13812341234") == ("张*", 2)


@pytest.mark.req("S4-8", "S0-3")
def test_a_remark_is_signed_with_name_and_time_and_nothing_is_lost(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    cases.add_note(counter.clerk, visit.case_id, "顾客下午再来")
    cases.customer_told(counter.clerk, visit.case_id, "明天到货")
    told = [(item.kind, item.by) for item in visit.case.events]
    assert ("note", "李店员") in told
    assert ("told", "李店员") in told
    assert visit.case.events[0].kind == "opened"


def test_several_lines_of_one_visit_have_answers_of_their_own(counter: Counter) -> None:
    from counter_app.domain.new_sale import NewLine

    cup, brush = counter.product("杯", 10000), counter.product("杯刷", 2000)
    sale = counter.sell(
        NewLine("杯", 1000, 10000, product_id=cup),
        NewLine("杯刷", 1000, 2000, product_id=brush),
        tenders={"cash": 12000},
    )
    counter.open_drawer()
    visit = counter.visit(sale, lines=tuple((line.id, 1000) for line in sale.lines))
    second_line = visit.case.lines[1].id
    view = walks.start_walk(counter.clerk, visit.case_id, [second_line]).value
    assert len(view.walks) == 2
    visit.go("return", "agree", "in_person", "fit")
    other = Visit(counter, visit.case_id, view.walks[1].id)
    other.go("exchange", "fit", "same", "handed_over")
    shown = proposal.propose(counter.clerk, visit.case_id)
    assert [item.remedy for item in shown.walks] == ["R1", "R3"]
    posted = visit.post()
    assert [item.prefix for item in posted.documents] == ["TH", "TK", "TH", "HH"]
    assert posted.refund_fen == 10000
    counter.sound()


def test_an_unknown_case_is_named(counter: Counter) -> None:
    with pytest.raises(UserError) as caught:
        cases.case(counter.clerk, "SH01-19990101-0001")
    assert caught.value.code == "case.unknown"
    assert caught.value.params["number"] == "SH01-19990101-0001"


def test_the_list_of_cases_is_filtered_paged_and_searched(counter: Counter) -> None:
    visits = [counter.visit(counter.simple_sale()) for _ in range(3)]
    visits[0].go("return", "agree", "post")
    rows = cases.list_cases(counter.clerk, limit=2)
    assert [row.number for row in rows] == [visits[2].case.number, visits[1].case.number]
    older = cases.list_cases(counter.clerk, before=rows[-1].cursor, limit=2)
    assert [row.number for row in older] == [visits[0].case.number]
    waiting_rows = cases.list_cases(counter.clerk, cases.CaseFilter(view="waiting"))
    assert [row.id for row in waiting_rows] == [visits[0].case_id]
    assert {row.id for row in cases.list_cases(counter.clerk, cases.CaseFilter(text="1234"))} == {
        item.case_id for item in visits
    }


def test_repairs_done_before_are_facts_of_the_next_visit(counter: Counter) -> None:
    sale = counter.simple_sale(category="PHONE")
    visit = counter.visit(sale)
    visit.go("repair", "no", "whole", "none", "in_store")
    visit.post()
    repair = next(item for item in visit.case.tasks if item.kind == "repair")
    counter.clock.forward(days=5)
    tasks.done(counter.clerk, repair.id, "换屏")
    assert visit.case.state == "settled"
    later = counter.visit(sale)
    found = history.repairs_of(
        counter.clerk, [item.sale_line for item in stand_of(counter.clerk, later.walk_id).lines]
    )
    assert (found.done, found.days) == (1, 5)
    later.go("repair", "no", "whole")
    assert later.walk.tests[0].answer == "yes"  # within thirty days of the repair


def evidence_states(visit) -> dict[str, str]:
    """The compulsory photos; the words and the inspection are taken."""
    return {
        item.kind: item.state
        for item in visit.walk.evidence
        if item.compulsory and item.kind.startswith("photo")
    }


@pytest.mark.req("S4-19")
def test_each_piece_of_evidence_is_waived_for_itself(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "return", "in_person", "confirmed")
    walks.waive_evidence(counter.clerk, visit.walk_id, "B-Q1", "包装当场扔了", "photo_packaging")
    assert evidence_states(visit) == {"photo_goods": "wanted", "photo_packaging": "waived"}
    walks.waive_evidence(counter.clerk, visit.walk_id, "B-Q1", "再免一次", "photo_packaging")
    assert [event.kind for event in visit.case.events].count("evidence_waived") == 1
    with pytest.raises(UserError) as nothing:
        walks.waive_evidence(counter.clerk, visit.walk_id, "B-Q1", "没有", "listing_copy")
    assert nothing.value.code == "walk.evidence.not_wanted"
    with pytest.raises(UserError) as caught:
        forms.form_to_sign(counter.clerk, visit.case_id)
    assert caught.value.code == "proposal.evidence"


@pytest.mark.req("S4-19")
def test_all_that_cannot_be_had_is_waived_for_one_reason_and_each_is_listed(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "return", "in_person", "confirmed")
    walks.waive_all_evidence(counter.clerk, visit.walk_id, "相机坏了")
    assert set(evidence_states(visit).values()) == {"waived"}
    told = [event.title.zh for event in visit.case.events if event.kind == "evidence_waived"]
    assert len(told) == 2 and len(set(told)) == 2
    assert all("相机坏了" in one for one in told)
    assert forms.form_to_sign(counter.clerk, visit.case_id).check_code


def test_a_visit_without_a_purchase_is_put_on_one_that_was_found_after_all(counter: Counter) -> None:
    case = cases.open_case(counter.clerk, cases.NewCase(sale_id=None), counter.request()).value
    walk = case.walks[0].id
    for answer in ("problem", "yes", "quality", "goods"):
        here = walks.view(counter.clerk, case.id).walks[0].node
        walks.answer(counter.clerk, walk, here.id, answer)
    assert {fact.name for fact in walks.view(counter.clerk, case.id).walks[0].facts_wanted} > {"received_on"}
    sale = counter.simple_sale()
    view = visit_service.attach_sale(counter.clerk, case.id, sale.id, ((sale.lines[0].id, 1000),)).value
    [after] = view.walks
    assert view.case.sale_id == sale.id and view.case.customer_masked == sale.customer_masked
    assert [crumb.answer for crumb in after.crumbs] == ["problem", "yes", "quality", "goods"]
    assert {option.code for option in after.node.options if option.offered and option.right} >= {
        "return",
        "exchange",
    }
    with pytest.raises(UserError) as twice:
        visit_service.attach_sale(counter.clerk, case.id, sale.id, ((sale.lines[0].id, 1000),))
    assert twice.value.code == "case.sale.already"


def test_a_deduction_whose_amount_nobody_entered_is_never_posted(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "unfit")
    walks.answer(counter.as_staff(1), visit.walk_id, visit.walk.node.id, "deduct")
    visit.go("agree")
    assert "proposal.deduction" in [reason.code for reason in visit.view.proposal.missing]
    line = visit.walk.deductions[0].case_line_id
    visit.choose(deductions=[{"case_line_id": line, "kind": "damage", "amount_fen": 500, "reason": "缺杯盖"}])
    assert "proposal.deduction" not in [reason.code for reason in visit.view.proposal.missing]


def test_a_loss_charged_to_the_customer_is_asked_for_with_its_amount(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "wrong", "right_item", "unfit", "charge", facts={"goods_here": True})
    assert [one.amount_fen for one in visit.walk.deductions] == [None]


def test_without_a_purchase_no_amount_is_promised(counter: Counter) -> None:
    visit = counter.visit()
    visit.go("problem", "yes", "unsafe")
    headline = visit.view.proposal.walks[0].headline
    assert "¥" not in headline.zh and "请先补上购买记录" in headline.zh


def test_a_deduction_that_was_agreed_is_asked_for_and_goes_with_its_answer(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "unfit")
    manager = counter.as_staff(1)
    walks.answer(manager, visit.walk_id, visit.walk.node.id, "deduct")
    [wanted] = visit.walk.deductions
    assert (wanted.kind, wanted.amount_fen) == ("missing_part", None)
    entered = {
        "case_line_id": wanted.case_line_id,
        "kind": wanted.kind,
        "amount_fen": 500,
        "reason": "缺杯盖",
    }
    visit.choose(deductions=[entered])
    [there] = visit.walk.deductions
    assert (there.amount_fen, there.reason.zh) == (500, "缺杯盖")
    walks.step_back(counter.clerk, visit.walk_id)
    assert not visit.walk.deductions and "deductions" not in visit.walk.choices

"""Rows of the source documents that a visit fulfils: consent, concessions, failed deals, proof, scope, thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from visits import Counter, build_shop, code_of, opened

from counter_app.db import search
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine
from counter_app.services import (
    approvals,
    cases,
    forms,
    inspection,
    policy,
    posting,
    proposal,
    slips,
    waiting,
    walks,
)
from counter_app.services import visit as visit_service


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


@pytest.mark.req("S0-4")
def test_a_ticket_has_number_state_owner_and_the_day_it_is_due(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes")
    due = counter.desk.today() + timedelta(days=2)
    waiting.park(counter.clerk, visit.walk_id, next_contact=due)
    (row,) = cases.list_cases(counter.clerk, cases.CaseFilter(view="mine"))
    assert (row.number, row.state, row.owner, row.next_due_on) == (visit.case.number, "open", "李店员", due)
    assert not row.overdue
    counter.clock.forward(days=3)
    (late,) = cases.list_cases(counter.clerk, cases.CaseFilter(view="overdue"))
    assert late.overdue


@pytest.mark.req("S2-35", "S4-82")
def test_nothing_is_carried_out_before_the_customer_confirmed_the_form(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    form = forms.form_to_sign(counter.clerk, visit.case_id)
    with pytest.raises(UserError) as unsigned:
        posting.post(counter.clerk, visit.case_id, "1", form.figures_hash)
    assert code_of(unsigned.value) == "posting.unsigned"
    figures = visit.sign()
    posting.post(counter.clerk, visit.case_id, "2", figures)
    told = next(item for item in visit.case.events if item.kind == "signed")
    assert told.detail["check_code"] == form.check_code


@pytest.mark.req("S2-35", "S4-82")
def test_what_was_confirmed_is_void_when_something_else_is_to_be_done(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    figures = visit.sign()
    visit.plan(solution="另送杯刷一把")
    with pytest.raises(UserError) as changed:
        posting.post(counter.clerk, visit.case_id, "1", figures)
    assert code_of(changed.value) == "posting.unsigned"


@pytest.mark.req("S4-3", "S4-56")
def test_a_concession_above_ones_limit_is_asked_for_and_kept_with_who_granted_it(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    visit.choose(concession={"what": "下次购买减80元", "amount_fen": 8000, "expires_on": "2027-03-31"})
    needs = [need for walk in proposal.propose(counter.clerk, visit.case_id).walks for need in walk.approvals]
    assert needs
    assert "80.00" in needs[0].reasons[0].zh
    question = approvals.request(counter.clerk, visit.case_id, note="老顾客,等了两天").value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "同意")
    visit.post()
    granted = next(item for item in visit.case.approvals if item.id == question.id)
    assert (granted.requested_by, granted.note) == ("李店员", "老顾客,等了两天")
    assert (granted.decision, granted.decided_by, granted.decision_note) == ("approve", "赵主管", "同意")
    assert "BC" in [item.prefix for item in visit.case.documents]


@pytest.mark.req("S4-5")
def test_why_a_visit_came_to_nothing_stands_in_its_story(counter: Counter) -> None:
    gone = counter.visit(counter.simple_sale())
    gone.go("problem", "yes", "withdraw", reason="价格谈不拢,改天再来")
    told = next(item for item in gone.case.events if item.kind == "withdrawn")
    assert (told.title.zh, told.by) == ("顾客撤回 价格谈不拢,改天再来", "李店员")
    refused = counter.visit(counter.simple_sale(channel="store"))
    refused.go("return", "refuse", reason="无质量问题,已过承诺期")
    told = [item for item in refused.case.events if item.kind == "answered"][-1]
    assert told.title.zh.endswith("无质量问题,已过承诺期")


@pytest.mark.req("S4-10")
def test_each_step_of_tracing_a_parcel_keeps_what_was_found(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("parcel", "unknown", "unknown", "lost")
    steps = [(crumb.title.zh, crumb.answer_title.zh) for crumb in visit.walk.crumbs[1:]]
    assert len(steps) == 3
    assert all(title and answer for title, answer in steps)
    kept = [item.title.zh for item in visit.case.events if item.kind == "answered"][1:]
    assert kept == [f"{title}：{answer}" for title, answer in steps]


@pytest.mark.req("S4-24")
def test_what_the_check_of_a_shortage_found_is_kept_whichever_way(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "short")
    assert "packing_record" in [item.kind for item in visit.walk.evidence]
    assert {one.code for one in visit.walk.node.options} == {"confirmed", "not_confirmed"}  # type: ignore[union-attr]
    visit.go("not_confirmed")
    assert visit.walk.crumbs[-1].answer == "not_confirmed"
    assert visit.walk.node.role == "supervisor"  # type: ignore[union-attr]


@pytest.mark.req("S4-63")
def test_from_which_value_on_the_return_is_waited_for_is_a_setting(counter: Counter) -> None:
    rules = policy.current(counter.owner, "policy:shop_policy")
    head, mark, tail = rules.text.partition("[figures.high_value_threshold_fen]")
    text = head + mark + tail.replace("value = 50000", "value = 10000", 1)
    facts = {"goods_here": False, "wrong_value": "150.00"}

    def sent_by_post() -> str:
        visit = counter.visit(counter.simple_sale())
        visit.go("problem", "yes", "wrong", "right_item", "yes", "tracking", facts=facts)
        return visit.at

    before = sent_by_post()
    assert text != rules.text
    policy.publish(counter.owner, "policy:shop_policy", text, "高价值标准改为 100 元")
    assert (before, sent_by_post()) == ("X-2", "C-W9")


@pytest.mark.req("S4-78")
@pytest.mark.parametrize(
    ("proof", "channel", "words"),
    [
        ("receipt", "store", ("小票", "门店")),
        ("invoice", "store", ("发票", "门店")),
        ("order", "remote", ("平台订单", "远程")),
        ("payment", "store", ("付款记录", "门店")),
    ],
)
def test_proof_of_purchase_and_channel_are_kept_and_printed(
    counter: Counter, proof: str, channel: str, words: tuple[str, str]
) -> None:
    visit = counter.visit(counter.simple_sale(proof=proof, channel=channel))
    record = next(
        one.slip for one in slips.slips_for(counter.clerk, visit.case.number) if one.kind == "problem_record"
    )
    assert (record.sale.proof, record.sale.channel) == words


@pytest.mark.req("S4-80")
def test_out_of_scope_is_a_supervisors_verdict_with_its_reason(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "no")
    with pytest.raises(UserError) as alone:
        walks.answer(counter.clerk, visit.walk_id, visit.at, "refuse", reason="人为进水")
    assert code_of(alone.value).startswith(("walk.role", "case."))
    visit.go("refuse", reason="人为进水,不属售后范围")
    visit.choose(refusal={"reason": "人为进水,不属售后范围", "basis": "三包规定"})
    posted = visit.post()
    notice = slips.slips_for(counter.clerk, posted.documents[0].number)[0].slip
    assert (notice.reason, notice.approver) == ("人为进水,不属售后范围", "赵主管")


@pytest.mark.req("S4-72")
def test_a_refund_application_is_due_within_three_days(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("price", "overcharged", facts={"difference": "12.00"})
    visit.post()
    application = next(
        one.slip
        for one in slips.slips_for(counter.clerk, visit.case.number)
        if one.kind == "refund_application"
    )
    assert date.fromisoformat(application.due) - counter.desk.today() == timedelta(days=3)
    (due,) = [item.due_on for item in visit.case.tasks if item.kind == "deadline"]
    assert due.isoformat() == application.due


@pytest.mark.req("S4-69", "S4-66", "S4-48")
def test_what_was_missing_leaves_within_three_days_with_a_small_gift(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "short", "confirmed", "resend", "send")
    visit.choose(gift={"what": "杯垫", "amount_fen": 500})
    posted = visit.post()
    assert [item.prefix for item in posted.documents] == ["BF", "BC"]
    (ship,) = [item for item in visit.case.tasks if item.kind == "ship"]
    assert ship.due_on == counter.desk.today() + timedelta(days=3)


@pytest.mark.req("S4-41")
def test_money_for_goods_that_came_by_post_is_due_within_seven_days_of_their_arrival(
    counter: Counter,
) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "post")
    counter.clock.forward(days=2)
    arrived = counter.desk.today()
    visit.go("arrived", "fit")
    (owed,) = visit.post().owed
    assert owed.due_on is not None
    assert arrived <= owed.due_on <= arrived + timedelta(days=7)


@pytest.mark.req("S4-67")
def test_what_is_not_worth_sending_back_is_sent_again_within_three_days_with_a_coupon(
    counter: Counter,
) -> None:
    visit = counter.visit(counter.simple_sale())
    facts = {"goods_here": False, "wrong_value": "8.00"}
    visit.go("problem", "yes", "wrong", "right_item", "send", facts=facts)
    visit.choose(coupon={"what": "20元券", "amount_fen": 2000, "expires_on": "2027-01-31"})
    assert sorted(item.prefix for item in visit.post().documents) == ["BC", "BF"]
    (ship,) = [item for item in visit.case.tasks if item.kind == "ship"]
    assert ship.due_on == counter.desk.today() + timedelta(days=3)


def test_goods_that_join_a_visit_and_their_serial_numbers_are_found(counter: Counter) -> None:
    cups, rice = NewLine("搪瓷杯", 1000, 2000), NewLine("电饭煲", 1000, 30000)
    sale = counter.sell(cups, rice, tenders={"cash": 32000})
    visit = counter.visit(sale, lines=((sale.lines[0].id, 1000),))
    visit_service.add_lines(counter.clerk, visit.case_id, [(sale.lines[1].id, 1000)])
    joined = visit.case.lines[1]
    inspection.record_inspection(
        counter.clerk, joined.id, inspection.Inspection(received_milli=1000, serial="RC-77001")
    )
    assert list(search.search(counter.desk.db, "电饭煲")) == [visit.case_id]
    assert list(search.search(counter.desk.db, "RC-77001")) == [visit.case_id]
    counter.sound()

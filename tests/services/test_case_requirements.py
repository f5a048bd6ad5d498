"""Rows of the source documents that a visit at the counter fulfils, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.db.models import WalkStep
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine
from counter_app.services import approvals, cases, forms, inspection, posting, proposal, tasks, walks
from counter_app.services.inspection import Inspection


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


def kinds(visit: object) -> list[tuple[str, str]]:
    return [(item.kind, item.role) for item in visit.case.tasks]  # type: ignore[attr-defined]


@pytest.mark.req("S4-9", "S4-79", "S0-2", "S0-4", "S1-12")
def test_a_visit_is_numbered_and_begins_with_the_entrances_on_any_channel(counter: Counter) -> None:
    sale = counter.simple_sale()
    case = cases.open_case(
        counter.clerk,
        cases.NewCase(sale_id=sale.id, lines=((sale.lines[0].id, 1000),), contact_channel="phone"),
        "n",
    ).value
    assert case.number == "SH01-20261119-0001"
    assert case.contact_channel == "phone"
    assert case.owner == "李店员"
    node = walks.view(counter.clerk, case.id).walks[0].node
    assert node is not None
    assert {"return", "exchange", "parcel", "problem"} <= {one.code for one in node.options}
    assert [one.digit for one in node.options] == list(range(1, 10))


@pytest.mark.req("S4-10")
def test_a_parcel_is_traced_step_by_step_and_a_claim_is_opened_against_the_courier(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("parcel", "unknown", "unknown", "lost", "resend", "handed_over")
    assert visit.walk.path[1:5] == ("B-T1", "B-T2", "B-T3", "B-T5")
    visit.post()
    assert ("courier_claim", "logistics") in kinds(visit)
    claim = next(item for item in visit.case.tasks if item.kind == "courier_claim")
    with pytest.raises(UserError) as caught:
        tasks.done(counter.clerk, claim.id)
    assert caught.value.code == "task.result"
    tasks.done(counter.clerk, claim.id, "快递赔付 199.00")


@pytest.mark.req("S4-13", "S4-36", "S4-65")
def test_what_comes_back_lies_in_quarantine_until_it_is_disposed_of(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    assert [(move.kind, move.to_place) for move in visit.case.goods] == [("received", "V0")]


@pytest.mark.req("S4-16", "S4-17", "S4-22", "S4-30")
def test_the_answers_suggest_reason_and_liability_which_the_clerk_may_change(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "packaging")
    line = visit.case.lines[0]
    assert (line.reason, line.liability) == ("P01", "packing")
    inspection.set_reason(counter.clerk, line.id, reason="Q02")
    assert (visit.case.lines[0].reason, visit.case.lines[0].liability) == ("Q02", "maker")
    visit.go("return", "in_person", "confirmed")
    assert visit.case.lines[0].reason == "Q02"
    with pytest.raises(UserError) as caught:
        inspection.set_reason(counter.clerk, line.id, reason="O99")
    assert caught.value.code == "inspection.note"


@pytest.mark.req("S4-20")
def test_the_shop_pays_the_freight_for_its_own_faults_and_not_for_a_change_of_mind(counter: Counter) -> None:
    product = counter.product(price_fen=10000)

    def bought() -> object:
        return counter.sell(
            NewLine("杯", 1000, 10000, product_id=product), tenders={"cash": 11200}, freight_fen=1200
        )

    changed_mind = counter.visit(bought())  # type: ignore[arg-type]
    changed_mind.go("return")
    assert changed_mind.view.proposal.refund_fen == 10000
    wrong = counter.visit(bought())  # type: ignore[arg-type]
    wrong.go("problem", "yes", "wrong", "refund", "in_person", "confirmed")
    assert wrong.view.proposal.refund_fen == 11200
    wrong.post()
    counter.sound()


@pytest.mark.req("S4-21", "S4-46", "S4-47", "S4-74")
@pytest.mark.parametrize(
    ("answers", "code", "word"),
    [
        (("problem", "yes", "mismatch", "no", "lighting"), "T10", "色差"),
        (("problem", "yes", "mismatch", "no", "misread"), "T11", "不够清楚"),
        (("problem", "yes", "mismatch", "no", "overlooked"), "T12", "不太显眼"),
        (("problem", "yes", "mismatch", "yes"), "T07", "拍几张照片"),
        (("problem", "yes", "quality", "courier"), "T23", "当面验货"),
        (("return", "agree", "in_person", "fit"), "T24", "退给您"),
    ],
)
def test_the_words_of_a_step_are_there_though_it_goes_by_by_itself(
    counter: Counter, answers: tuple[str, ...], code: str, word: str
) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go(*answers)
    said = {script.code: script.text.zh for script in visit.walk.scripts}
    assert word in said[code]


@pytest.mark.req("S2-7", "S2-8", "S2-24", "S0-40")
def test_every_step_has_its_words_ready_to_be_read_aloud(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    said = {script.code: script.text for script in visit.walk.scripts}
    assert "试验小店" in said["T01"].zh
    assert "李店员" in said["T01"].zh
    assert "怎么称呼" in said["T01"].zh
    visit.go("problem")
    said = {script.code: script.text for script in visit.walk.scripts}
    assert "什么时候" in said["T03"].zh
    assert "用了一天就坏了" in said["T04"].zh
    assert "还有其他现象吗" in said["T04"].zh
    visit.go("yes", "mismatch", "no", "lighting")
    assert [script.code for script in visit.walk.scripts] == ["T10"]
    assert all("{" not in script.text.zh + script.text.en for script in visit.walk.scripts)


@pytest.mark.req("S4-25", "S4-26", "S4-29")
def test_offers_made_and_refused_are_kept_with_their_figures(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "none", facts={"allowance": "30.00"})
    kept = [told for step in WalkStep.select() for told in step.tests if told["node"] == "B-Q6"]
    offered = {one["answer"]: one for one in kept[-1]["offers"]}
    assert offered["allowance"]["offered"] is True
    assert "30.00 < " in offered["allowance"]["because"][0][1]
    assert [one["answer"] for one in kept[-1]["offers"]][:2] == ["exchange", "different"]  # rights first
    assert offered["return"]["right"] is True


@pytest.mark.req("S4-38")
def test_a_return_waybill_is_written_down_before_goods_are_sent_first(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "waybill")
    visit.waive()
    visit.choose(waybill="SF1234567890", carrier="顺丰")
    assert visit.view.proposal.walks[0].documents == ("HH",)
    visit.choose(waybill=None)
    assert visit.view.proposal.walks[0].documents == ("HH", "YJ")


@pytest.mark.req("S4-3", "S4-48")
def test_a_gift_above_the_goodwill_limit_is_asked_for(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit").choose(gift={"what": "保温杯套装", "amount_fen": 6000})
    need = proposal.propose(counter.clerk, visit.case_id).walks[0].approvals[0]
    assert "60.00" in need.reasons[0].zh
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "老顾客")
    assert [item.prefix for item in visit.post().documents] == ["TH", "TK", "BC"]


@pytest.mark.req("S4-49", "S4-53", "S4-70", "S4-77", "S4-114")
def test_departments_are_told_without_the_customer_waiting(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("problem", "yes", "mismatch", "yes", "no", "no", "coupon")
    visit.choose(coupon={"what": "20元券", "amount_fen": 2000, "expires_on": "2027-01-31"})
    visit.post()
    told = [item for item in kinds(visit) if item[0] == "notice"]
    assert {role for _, role in told} == {"purchasing", "operations"}
    short = counter.visit(counter.simple_sale())
    short.go("problem", "yes", "short", "confirmed", "resend", "handed_over")
    short.post()
    assert ("notice", "logistics") in kinds(short)
    wrong = counter.visit(counter.simple_sale())
    wrong.go("problem", "yes", "wrong", "right_item", "fit", "handed_over", facts={"goods_here": True})
    wrong.post()
    assert ("notice", "logistics") in kinds(wrong)


@pytest.mark.req("S4-59", "S4-64", "S4-63")
def test_a_wrong_item_of_high_value_is_waited_for_before_the_right_one_leaves(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    facts = {"goods_here": False, "wrong_value": "900.00"}
    visit.go("problem", "yes", "wrong", "right_item", "yes", "tracking", facts=facts)
    assert visit.at == "C-W9"
    assert visit.case.state == "waiting_goods"
    cheap = counter.visit(counter.simple_sale())
    cheap.go(
        "problem", "yes", "wrong", "right_item", "yes", "tracking", "send",
        facts={"goods_here": False, "wrong_value": "150.00"},
    )  # fmt: skip
    cheap.post()
    assert ("return_goods", "order_clerk") in kinds(cheap)


@pytest.mark.req("S4-68", "S4-27")
def test_only_what_is_missing_is_refunded(counter: Counter) -> None:
    sale = counter.simple_sale(quantity=3, price_fen=5000)
    visit = counter.visit(sale, 1)
    visit.go("problem", "yes", "short", "confirmed", "refund_missing")
    assert visit.post().refund_fen == 5000
    assert counter.visit(sale, 2).case.lines[0].quantity_milli == 2000
    with pytest.raises(UserError) as caught:
        counter.visit(sale, 1)
    assert caught.value.code == "case.line.overreturned"
    counter.sound()


@pytest.mark.req("S4-78")
def test_without_any_proof_of_purchase_somebody_must_approve(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(proof="none"))
    visit.go("return", "agree", "in_person", "fit")
    reasons = [need.reasons[0].zh for need in visit.view.proposal.walks[0].approvals]
    assert reasons == ["没有购买凭证，涉及 ¥199.00"]


@pytest.mark.req("S4-113")
def test_the_promised_day_stands_on_the_form_and_in_the_to_do_list(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("exchange", "fit", "same", "send")
    form = forms.form_to_sign(counter.clerk, visit.case_id).slip
    assert [(item.what, item.due) for item in form.promises] == [("发出商品", "2026-11-22")]  # type: ignore[attr-defined]
    visit.post()
    due = {item.kind: item.due_on for item in visit.case.tasks}
    assert str(due["deadline"]) == "2026-11-22"
    assert str(due["ship"]) == "2026-11-22"
    counter.clock.forward(days=4)
    assert {item.kind for item in visit.case.tasks if item.overdue} >= {"deadline", "ship"}


def test_a_second_window_cannot_post_the_same_visit_again(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    figures = visit.sign()
    posting.post(counter.clerk, visit.case_id, "window-1", figures)
    with pytest.raises(UserError) as caught:
        posting.post(counter.clerk, visit.case_id, "window-2", figures)
    assert caught.value.code == "posting.nothing"
    assert sum(item.amount_fen for item in visit.case.settlements) == 19900


def test_an_inspection_that_does_not_add_up_is_refused(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    line = visit.case.lines[0].id
    for found, code in (
        (Inspection(received_milli=2000), "inspection.sum"),
        (Inspection(received_milli=1000, accepted_milli=1000, rejected_milli=1000), "inspection.sum"),
        (Inspection(received_milli=-1000), "inspection.quantity"),
        (Inspection(received_milli=500), "inspection.quantity"),
        (Inspection(condition="K99"), "inspection.code"),
        (Inspection(checks={"smell": True}), "inspection.check"),
    ):
        with pytest.raises(UserError) as caught:
            inspection.record_inspection(counter.clerk, line, found)
        assert caught.value.code == code


def test_another_serial_number_than_was_sold_is_noted(counter: Counter) -> None:
    product = counter.product("手机", 15000, category="PHONE")
    sale = counter.sell(
        NewLine("手机", 1000, 15000, product_id=product, category="PHONE", serial="IMEI-1"),
        tenders={"cash": 15000},
    )
    visit = counter.visit(sale)
    inspection.record_inspection(
        counter.clerk, visit.case.lines[0].id, Inspection(received_milli=1000, serial="IMEI-2")
    )
    line = visit.case.lines[0]
    assert line.checks["serial"] is False
    assert line.condition == "K13"


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"gift": {"amount_fen": 100}}, "plan.value"),
        ({"gift": {"what": "杯垫", "amount_fen": -1}}, "plan.value"),
        ({"gift": {"what": "杯垫", "amount_fen": True}}, "plan.value"),
        ({"colour": "red"}, "plan.unknown"),
        ({"coupon": {"what": "券", "colour": 1}}, "plan.unknown"),
        ({"replacement": []}, "plan.value"),
        ({"coupon": {"what": "券", "expires_on": "tomorrow"}}, "plan.value"),
        ({"waybill": "9" * 100_000}, "text.too_long"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_by_name(counter: Counter, choices: dict, code: str) -> None:
    visit = counter.visit(counter.simple_sale())
    with pytest.raises(UserError) as caught:
        visit.choose(**choices)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"wrong_value": "-1.00"}, "walk.fact.money"),
        ({"wrong_value": "1.005"}, "walk.fact.money"),
        ({"wrong_value": 12}, "walk.fact.money"),
        ({"colour": "red"}, "walk.fact.unknown"),
        ({"clerk_limit": "9999.00"}, "facts.not_typed"),
        ({"today": "2020-01-01"}, "facts.not_typed"),
        ({"goods_here": "yes"}, "walk.fact.flag"),
    ],
)
def test_a_fact_is_checked_when_it_is_typed(counter: Counter, facts: dict, code: str) -> None:
    visit = counter.visit(counter.simple_sale())
    with pytest.raises(UserError) as caught:
        walks.set_facts(counter.clerk, visit.walk_id, facts)
    assert caught.value.code == code

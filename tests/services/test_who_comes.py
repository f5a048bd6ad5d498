"""Who comes to the counter: history, repeats, customer class, flags and notes, before the first question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.domain.errors import UserError
from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine
from counter_app.services import (
    cases,
    customer_history,
    forms,
    inspection,
    intake,
    lookup,
    notes_at_hand,
    products,
    sales,
    slips,
)
from counter_app.services.case_views import event_title


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


@pytest.mark.req("S2-25", "S3-28")
def test_earlier_visits_are_known_before_a_case_is_opened(counter: Counter) -> None:
    stranger = counter.simple_sale(phone="13899990000", customer_name="赵六")
    assert customer_history.of_sale(counter.clerk, stranger.id).recognised is False
    before = counter.visit(counter.simple_sale())
    before.go("question", "yes")
    again = counter.simple_sale()
    known = customer_history.of_sale(counter.clerk, again.id)
    assert known.recognised
    assert [(one.number, one.why) for one in known.earlier] == [(before.case.number, ("customer",))]
    hits = lookup.lookup(counter.clerk, "13812341234")
    assert before.case.number in {getattr(hit, "number", "") for hit in hits}


@pytest.mark.req("S2-25", "S0-11")
def test_a_serial_number_brings_its_history_whoever_carries_it(counter: Counter) -> None:
    product = counter.product("手机", 15000, category="PHONE")

    def bought(name: str, phone: str) -> object:
        return counter.sell(
            NewLine("手机", 1000, 15000, product_id=product, category="PHONE", serial="IMEI-77"),
            tenders={"cash": 15000},
            customer_name=name,
            phone=phone,
        )

    first = counter.visit(bought("张三", "13812341234"))  # type: ignore[arg-type]
    first.go("question", "yes")
    second = bought("李四", "13900002222")
    known = customer_history.of_sale(counter.clerk, second.id)  # type: ignore[attr-defined]
    assert [(one.number, one.why) for one in known.earlier] == [(first.case.number, ("goods",))]
    assert known.recognised is False


@pytest.mark.req("S2-26")
def test_the_same_trouble_again_within_ninety_days_is_a_repeat(counter: Counter) -> None:
    first = counter.visit(counter.simple_sale())
    first.go("problem", "yes", "quality", "packaging")
    second = counter.visit(counter.simple_sale())
    second.go("problem", "yes")
    assert customer_history.of_case(counter.clerk, second.case_id).repeat is False
    inspection.set_reason(counter.clerk, second.case.lines[0].id, reason=first.case.lines[0].reason)
    assert customer_history.of_case(counter.clerk, second.case_id).repeat
    counter.clock.forward(days=91)
    later = counter.visit(counter.simple_sale())
    inspection.set_reason(counter.clerk, later.case.lines[0].id, reason=first.case.lines[0].reason)
    assert customer_history.of_case(counter.clerk, later.case_id).repeat is False


@pytest.mark.req("S2-26")
def test_two_cases_that_belong_together_are_tied_and_each_shows_the_other(counter: Counter) -> None:
    one = counter.visit(counter.simple_sale(phone="13811110000", customer_name="甲"))
    other = counter.visit(counter.simple_sale(phone="13822220000", customer_name="乙"))
    customer_history.link(counter.clerk, one.case_id, other.case.number.lower())
    customer_history.link(counter.clerk, one.case_id, other.case.number)
    for this, that in ((one, other), (other, one)):
        assert [(item.number, item.why) for item in this.case.earlier] == [(that.case.number, ("linked",))]
        (told,) = [item for item in this.case.events if item.kind == "linked"]
        assert that.case.number in told.title.zh
    for number, code in ((one.case.number, "case.link.itself"), ("SH01-1", "case.unknown")):
        with pytest.raises(UserError) as caught:
            customer_history.link(counter.clerk, one.case_id, number)
        assert caught.value.code == code


@pytest.mark.req("S2-12")
def test_a_customer_is_new_then_returning_and_key_when_the_shop_says_so(counter: Counter) -> None:
    first = counter.visit(counter.simple_sale())
    assert customer_history.of_case(counter.clerk, first.case_id).customer_class == "new"
    first.go("question", "yes")
    second = counter.visit(counter.simple_sale())
    assert customer_history.of_case(counter.clerk, second.case_id).customer_class == "regular"
    intake.set_intake(counter.clerk, second.case_id, customer_class="key")
    assert customer_history.of_case(counter.clerk, second.case_id).customer_class == "key"
    nameless = counter.visit(None)
    with pytest.raises(UserError) as caught:
        intake.set_intake(counter.clerk, nameless.case_id, customer_class="key")
    assert caught.value.code == "case.customer.unnamed"
    with pytest.raises(UserError) as unknown:
        intake.set_intake(counter.clerk, nameless.case_id, customer_class="royal")
    assert unknown.value.code == "case.choice"


@pytest.mark.req("S4-6", "S4-7")
def test_a_flag_carries_its_note_for_the_shop_and_never_reaches_the_customer(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    intake.set_intake(counter.clerk, visit.case_id, flags={"yellow": "165cm 52kg → M", "cyan": "要开箱视频"})
    assert visit.case.plan["flags"] == {"yellow": "165cm 52kg → M", "cyan": "要开箱视频"}
    told = [item.title.zh for item in visit.case.events if item.kind == "flagged"]
    assert told == ["黄旗：165cm 52kg → M", "青旗：要开箱视频"]
    visit.go("return", "agree", "in_person", "fit")
    form = repr(forms.form_to_sign(counter.clerk, visit.case_id).slip)
    assert "165cm" not in form
    assert "开箱" not in form
    figures = visit.sign()
    intake.set_intake(counter.clerk, visit.case_id, flags={"yellow": ""})
    assert visit.case.plan["flags"] == {"cyan": "要开箱视频"}
    assert visit.view.proposal.signed
    assert visit.view.proposal.figures_hash == figures
    with pytest.raises(UserError) as caught:
        intake.set_intake(counter.clerk, visit.case_id, flags={"pink": "?"})
    assert caught.value.code == "case.choice"


@pytest.mark.req("S4-1")
def test_notes_on_articles_offers_and_couriers_are_at_hand_and_stay_in_the_shop(counter: Counter) -> None:
    sale = counter.simple_sale()
    article = products.product(counter.owner, sale.lines[0].product_id)
    products.save_product(
        counter.owner, NewProduct(article.sku, article.name, article.price_fen, note="杯盖硅胶圈可单卖")
    )
    notes_at_hand.write(counter.owner, "双11满300减40,至11月30日", "顺丰次日达;新疆停发")
    assert sales.sale(counter.clerk, sale.id).lines[0].note == "杯盖硅胶圈可单卖"
    shown = notes_at_hand.at_hand(counter.clerk)
    assert (shown.promotion, shown.courier) == ("双11满300减40,至11月30日", "顺丰次日达;新疆停发")
    with pytest.raises(UserError) as caught:
        notes_at_hand.write(counter.clerk, "", "")
    assert caught.value.code == "staff.right.missing"
    visit = counter.visit(sale)
    visit.go("return", "agree", "in_person", "fit")
    assert "硅胶圈" not in repr(forms.form_to_sign(counter.clerk, visit.case_id).slip)


@pytest.mark.req("S0-2", "S4-79")
def test_a_case_comes_by_any_channel_and_by_walking_in_unless_somebody_says_so(counter: Counter) -> None:
    sale = counter.simple_sale()
    assert counter.visit(sale).case.contact_channel == "store"
    for channel in ("phone", "online", "email", "app", "social", "wechat", "message"):
        visit = counter.visit(counter.simple_sale(), contact_channel=channel)
        assert visit.case.contact_channel == channel
    with pytest.raises(UserError) as caught:
        counter.visit(counter.simple_sale(), contact_channel="pigeon")
    assert caught.value.code == "case.choice"


@pytest.mark.req("S0-9", "S0-10", "S2-10", "S2-11")
def test_a_customer_may_be_a_surname_a_title_or_nobody(counter: Counter) -> None:
    visit = counter.visit(None)
    assert (visit.case.customer_masked, visit.case.phone_masked) == ("", "")
    intake.set_intake(counter.clerk, visit.case_id, name="王女士", phone="138 0000 1111")
    assert visit.case.customer_masked.startswith("王")
    assert "女士" not in visit.case.customer_masked
    assert visit.case.phone_masked == "138****1111"
    (row,) = cases.list_cases(counter.clerk, cases.CaseFilter(text="1111"))
    assert (row.number, row.phone_masked) == (visit.case.number, "138****1111")


@pytest.mark.req("S3-27", "S3-28")
def test_a_known_phone_fills_in_the_rest(counter: Counter) -> None:
    counter.visit(counter.simple_sale()).go("question", "yes")
    visit = counter.visit(None)
    intake.set_intake(counter.clerk, visit.case_id, phone="13812341234")
    assert visit.case.customer_masked == "张*"
    assert customer_history.of_case(counter.clerk, visit.case_id).recognised


@pytest.mark.req("S2-13", "S2-14", "S2-16", "S0-13")
def test_when_what_about_and_what_is_wished_are_written_down(counter: Counter) -> None:
    visit = counter.visit(None)
    intake.set_intake(
        counter.clerk,
        visit.case_id,
        about="上门安装服务",
        happened_on=date(2026, 11, 15),
        wishes=("refund", "explanation"),
    )
    case = visit.case
    assert (case.plan["about"], case.happened_on) == ("上门安装服务", date(2026, 11, 15))
    assert case.wishes == ("refund", "explanation")
    with pytest.raises(UserError) as caught:
        intake.set_intake(counter.clerk, visit.case_id, happened_on=date(2027, 1, 1))
    assert caught.value.code == "case.happened.future"


@pytest.mark.req("S2-9", "S0-5", "S2-10", "S2-11", "S2-12", "S2-13", "S2-14", "S2-15", "S2-16")
def test_the_problem_record_of_a_case_prints_what_was_told_at_intake(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(), words="一倒水就漏,气人", contact_channel="phone")
    visit.go("problem")
    intake.set_intake(
        counter.clerk,
        visit.case_id,
        summary="杯口渗水",
        happened_on=date(2026, 11, 18),
        wishes=("exchange", "explanation"),
        customer_class="key",
        safety=True,
        flags={"cyan": "爱投诉"},
    )
    (item,) = [
        one for one in slips.slips_for(counter.clerk, visit.case.number) if one.kind == "problem_record"
    ]
    record = item.slip
    assert (record.customer.name, record.customer.phone) == ("张*", "138****1234")
    assert (record.customer_class, record.channel, record.happened_on) == ("大客户", "电话", "2026-11-18")
    assert [line.name for line in record.lines] == ["保温杯"]
    assert (record.own_words, record.summary, record.wishes) == (
        "一倒水就漏,气人",
        "杯口渗水",
        "换货；解释说明",
    )
    assert record.problem_kind == "商品有问题"
    assert [check.state for check in record.urgency] == [True, None, None]
    assert "爱投诉" not in repr(record)
    assert item.copies == 1


@pytest.mark.req("S2-9", "S2-14")
def test_a_case_without_goods_has_its_problem_record_too(counter: Counter) -> None:
    visit = counter.visit(None, words="安装师傅没来")
    intake.set_intake(counter.clerk, visit.case_id, about="上门安装服务")
    (item,) = [
        one for one in slips.slips_for(counter.clerk, visit.case.number) if one.kind == "problem_record"
    ]
    assert (item.slip.about, item.slip.lines, item.slip.problem_kind) == ("上门安装服务", (), "")


def test_an_event_of_the_new_kinds_is_worded_in_both_languages() -> None:
    assert event_title("flagged", {"colour": ["黄旗", "Yellow flag"], "text": "M"}).en == "Yellow flag: M"
    assert event_title("linked", {"number": "SH01"}).en == "Tied to case SH01"

"""On what a slip says the decision rests, and what it keeps to the shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, opened

from counter_app.db.models import CaseWords, Task
from counter_app.documents.blocks import Goods
from counter_app.documents.slips import return_form
from counter_app.domain import slips as paper
from counter_app.domain.money import format_yuan
from counter_app.domain.predicates import Clause
from counter_app.domain.roles import UNLIMITED_FEN
from counter_app.domain.service_slips import ComplaintRecord, ServiceOrder
from counter_app.domain.slip_content import canonical, slip_from
from counter_app.services import case_words, intake, printing, slips


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one


def form_of(visit: Visit) -> paper.ReturnForm:
    found = slips.slips_for(visit.counter.clerk, visit.case.number)
    return next(item.slip for item in found if isinstance(item.slip, paper.ReturnForm))


def test_an_allowance_is_agreed_and_the_rights_are_named_beside_it(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale(price_fen=29900))
    visit.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "30.00"})
    visit.post()
    assert form_of(visit).rule.startswith("双方协商一致；顾客也有权要求")


def test_what_is_a_right_says_so_and_names_no_other(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale(price_fen=19900))
    visit.go("problem", "yes", "quality", "goods", "return", "in_person", "confirmed")
    visit.post()
    assert form_of(visit).rule.startswith("退货退款：属于法定或承诺权利")
    assert "协商" not in form_of(visit).rule


def test_goods_that_stay_are_not_called_returned_on_the_receipt(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale(price_fen=29900))
    visit.go("problem", "yes", "quality", "goods", "allowance", facts={"allowance": "30.00"})
    visit.post()
    sheets = printing.sheets(counter.clerk, visit.case.number)
    receipt = next(sheet.slip for sheet in sheets if isinstance(sheet.slip, paper.Receipt))
    assert receipt.goods_stay


def test_what_the_way_back_would_cost_the_shop_is_not_for_the_customer(counter: Counter) -> None:
    counter.product(stock=5)
    visit = counter.visit(counter.simple_sale())
    visit.go(
        "problem",
        "yes",
        "wrong",
        "right_item",
        "handed_over",
        facts={"goods_here": False, "wrong_value": "8.00"},
    )
    assert "C-W5" in visit.walk.path
    visit.post()
    for sheet in printing.sheets(counter.clerk, visit.case.number):
        assert "8.00" not in getattr(sheet.slip, "rule", "")


def test_who_has_no_limit_is_said_to_have_none() -> None:
    title = {"paid": {"zh": "实付金额", "en": "Paid"}}
    clause = Clause("paid", f"89.00 ≤ {format_yuan(UNLIMITED_FEN)}")
    told = case_words.because([clause], {"facts": title, "reasons_shown": {}})
    assert (told.zh, told.en) == ("实付金额 89.00，不限额", "Paid 89.00, no limit applies")
    limited = case_words.because([Clause("paid", "89.00 ≤ 200.00")], {"facts": title, "reasons_shown": {}})
    assert limited.zh == "实付金额 89.00 ≤ 200.00"


def test_goodwill_is_called_goodwill_on_the_customers_form(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale(channel="store"))
    visit.go("return", "goodwill", "agree", "in_person", "fit")
    visit.post()
    form = form_of(visit)
    assert form.rule.startswith("不属于法定或承诺权利，本店酌情办理")
    assert "承诺天数" not in form.rule and "门店承诺" not in form.reason


@pytest.mark.req("S3-15", "S3-21", "S3-22")
def test_a_complaint_prints_its_own_record(counter: Counter) -> None:
    sale = counter.simple_sale()
    visit = counter.visit(sale)
    intake.set_intake(
        counter.clerk,
        visit.case_id,
        words="打了三次电话都没人回。",
        summary="来电未回复。",
        wishes=("explanation",),
        contact_channel="phone",
        happened_on=counter.clerk.today(),
        name="张小禾",
        phone="13812345678",
    )
    visit.go("complaint", "important", "service_only")
    (number,) = (one.number for one in visit.post_plainly().documents)
    assert number.startswith("TS")
    (sheet,) = (one for one in printing.sheets(counter.clerk, number) if one.slip.number == number)
    slip = sheet.slip
    assert isinstance(slip, ComplaintRecord)
    assert (slip.number, slip.case_number) == (number, visit.case.number)
    assert (slip.on, slip.at != "") == (counter.clerk.today().isoformat(), True)
    assert slip.sale.number == sale.order_no
    assert (slip.channel, slip.grade, slip.about) == ("电话", "重要投诉", "只投诉服务")
    assert (slip.own_words, slip.summary, slip.wishes) == (
        "打了三次电话都没人回。",
        "来电未回复。",
        "解释说明",
    )
    assert [one.label for one in slip.kinds if one.state] == ["服务态度"]
    assert slip.cause == "服务态度"
    assert [line.name for line in slip.lines] == [line.name for line in sale.lines]
    assert slip.customer is not None and "小禾" not in slip.customer.name
    task = Task.get(Task.case == visit.case_id, Task.kind == "complaint")
    assert (slip.answer_by, slip.owner) == (task.due_on.isoformat(), "主管")
    assert slip.hands.clerk == counter.clerk.staff.name
    assert not slip.escalated
    assert len(printing.pdf_of(counter.clerk, sheet)) > 3000
    assert "complaint_record" in {one.kind for one in slips.slips_for(counter.clerk, visit.case.number)}
    CaseWords.update(words="", erased_at=1).where(CaseWords.case == visit.case_id).execute()
    assert slips.slips_for(counter.clerk, number)[-1].slip.own_words == ""


def test_a_complaint_without_agreement_says_where_else_to_turn(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("complaint", "major", "no_agreement")
    number = next(one.number for one in visit.post_plainly().documents if one.prefix == "TS")
    item = slips.slips_for(counter.clerk, number)[-1]
    assert item.kind == "complaint_record"
    assert item.slip.escalated
    assert [one.what for one in item.slip.promises] == ["主管回访", "经理新方案（24小时内）"]
    assert all(one.due for one in item.slip.promises)
    assert slip_from(canonical(item.slip)) == item.slip


def test_what_was_never_repaired_says_so_in_words_on_the_form_for_a_repair(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(category="SMALL", price_fen=8900, tender="wechat"))
    visit.go("repair", "no", "whole", "none", "in_store").post()
    assert "上次维修日期：无" in form_of(visit).rule
    assert "last_repair_on" not in form_of(visit).rule


def said_of_the_goods(counter: Counter, where: str, channel: str = "store") -> tuple[bool, bool, bool, bool]:
    """What the papers of a free repair say: left and staying by the form, held by acceptance receipt and order."""
    visit = counter.visit(
        counter.simple_sale(category="SMALL", price_fen=8900, tender="wechat"), contact_channel=channel
    )
    visit.go("repair", "no", "whole", "none", where).post()
    sheets = {type(one.slip): one.slip for one in printing.sheets(counter.clerk, visit.case.number)}
    form, order = sheets[paper.ReturnForm], sheets[ServiceOrder]
    receipt = sheets[paper.AcceptanceReceipt]
    assert isinstance(form, paper.ReturnForm) and isinstance(order, ServiceOrder)
    assert isinstance(receipt, paper.AcceptanceReceipt)
    assert form.titled == ("repair_form" if form.goods_left else "handling_form")
    return form.goods_left, form.goods_stay, receipt.goods_held, order.goods_held


@pytest.mark.parametrize("where", ["in_store", "send_to_maker"])
def test_goods_left_for_repair_are_held_by_the_shop_on_every_paper(counter: Counter, where: str) -> None:
    assert said_of_the_goods(counter, where) == (True, False, True, True)


@pytest.mark.parametrize(
    ("where", "channel"), [("on_site", "store"), ("take_away", "store"), ("in_store", "phone")]
)
def test_goods_that_are_not_here_are_not_said_to_be(counter: Counter, where: str, channel: str) -> None:
    assert said_of_the_goods(counter, where, channel) == (False, True, False, False)


def test_the_form_of_a_repair_says_that_the_goods_were_handed_over_and_not_that_they_were_returned() -> None:
    slip = paper.ReturnForm(
        number="SH1", case_number="SH1", on="2026-11-19", shop=paper.ShopHead(name="试验小店"), goods_left=True,
        lines=(paper.GoodsLine(name="电热水壶", quantity_milli=1000),), flow=paper.Flow.NONE,
    )  # fmt: skip
    said = return_form.compose(slip, "zh")
    assert said.terms[0].startswith("上列商品已当面清点、交付")
    (goods,) = [block for block in said.blocks if isinstance(block, Goods)]
    assert goods.title == "本店暂存商品"


def test_a_sale_whose_invoice_has_a_number_is_not_said_to_have_no_invoice(counter: Counter) -> None:
    counter.open_drawer()
    visit = counter.visit(counter.simple_sale(price_fen=19900, invoice_no="25312000000012345678"))
    visit.go("problem", "yes", "quality", "goods", "return", "in_person", "confirmed")
    visit.post()
    invoice = form_of(visit).invoice
    assert invoice is not None
    assert (invoice.state, invoice.number) == (paper.InvoiceState.ISSUED, "25312000000012345678")

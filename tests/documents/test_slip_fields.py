"""What every slip must show, read back from the PDF (conventions §4, reference-data §12)."""

from __future__ import annotations

import pytest
import slip_samples as samples
from reading import bare, pages_said, said

from counter_app.documents import Copy, CopyKind, Paper, render
from counter_app.documents.words import word
from counter_app.domain.slip_content import canonical, check_code, content_hash

CUSTOMER_COPY = (Copy(CopyKind.CUSTOMER, 2, "客户", "red"),)
TITLES = {
    "return_form": "退换货单",
    "plain_return": "退换货单",
    "subsidy_return": "退换货单",
    "exchange_form": "退换货单",
    "repair_form": "维修单",
    "handling_form": "售后处理单",
    "receipt": "退款小票",
    "refund_acknowledgement": "退款签收单",
    "money_receipt": "收款收据",
    "acceptance_receipt": "受理回执",
    "deposit_receipt": "押金收据",
    "refund_application": "退款申请单",
    "allowance_application": "折价申报单",
    "refusal_notice": "售后处理告知单",
    "problem_record": "客户问题记录表",
}
EVERY = [(name, paper) for name in samples.ALL for paper in Paper]


@pytest.mark.req("S0-10", "S1-20")
@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_every_slip_on_every_paper_names_shop_number_day_masked_customer_and_goods(
    name: str, paper: Paper
) -> None:
    slip = samples.ALL[name]
    text = said(render(slip, paper, "zh", CUSTOMER_COPY))
    for expected in (
        TITLES[name],
        slip.number,
        slip.case_number,
        "2025年3月5日",
        "青禾家居生活馆（人民路店）",
        "杭州市上城区人民路128号一层",
        "0571-88880128",
        "张**",
        "138****1234",
        check_code(content_hash(slip)),
        "第1页/共",
        "客户",
    ):
        assert bare(expected) in text, expected
    for line in slip.lines:  # type: ignore[attr-defined]
        for value in (line.name, line.model, line.barcode, line.serial, line.batch):
            assert bare(value) in text, value
    assert "张小禾" not in text
    assert "13800001234" not in text


@pytest.mark.req("S4-14", "S4-15")
@pytest.mark.parametrize("paper", list(Paper))
def test_the_return_form_shows_reason_rule_inspection_parts_working_and_amount_in_capitals(
    paper: Paper,
) -> None:
    text = said(render(samples.RETURN_FORM, paper, "zh", CUSTOMER_COPY))
    for expected in (
        "质量问题·外观瑕疵",
        "消费者权益保护法第24条；本店七日退货承诺",
        "两件商品当面检验：保温杯漆面脱落属实，杯刷完好。",
        "退货退款（R1）",
        "杯盖密封圈",
        "赠品杯套未退回",
        "-¥5.00",
        "¥107.90",
        "人民币壹佰零柒元玖角整",
        "原路退回·微信支付",
        "待退",
        "凭证号XJ-0012",
        "红字确认单待确认",
        "25332000000012345678",
        "25332000000087654321",
        "微信退款到账2025年3月12日前",
        "客户签字",
        "签于2025年3月5日14:32",
        "经办人",
        "审核人",
        "仓库验收",
        "财务/收银",
        "日期",
        "（盖章）",
        "售后专用章",
        "上列商品已当面清点、交付",
        "保存24个月后隐去",
    ):
        assert bare(expected) in text, expected


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_every_slip_speaks_english_when_asked(name: str, paper: Paper) -> None:
    text = said(render(samples.ALL[name], paper, "en", (Copy(CopyKind.CUSTOMER, 2, "Customer"),)))
    for expected in ("5March2025", "No.", "Page1of", "Copy2", "Nameandphoneareusedforthiscaseonly"):
        assert bare(expected) in text, expected
    assert "单号" not in text
    assert "声明" not in text


@pytest.mark.req("S4-93")
@pytest.mark.parametrize("paper", list(Paper))
def test_a_receipt_for_money_says_it_is_no_invoice_and_who_paid(paper: Paper) -> None:
    text = said(render(samples.MONEY_RECEIPT, paper, "zh", CUSTOMER_COPY))
    for expected in (
        "非发票",
        "交款人",
        "换货补差价",
        "人民币壹佰陆拾伍元整",
        "2025030522001412345678",
        "收讫",
    ):
        assert expected in text, expected


@pytest.mark.req("S4-72")
def test_a_refund_application_names_its_three_day_limit_and_the_finance_line() -> None:
    text = said(render(samples.REFUND_APPLICATION, Paper.A4, "zh"))
    for expected in ("提交期限2025年3月8日", "申请退款", "财务/收银", "审核人", "页面截图", "第二联"):
        assert expected in text, expected


@pytest.mark.req("S4-31")
def test_an_allowance_application_shows_what_is_asked_and_leaves_a_line_for_the_reviewer() -> None:
    text = said(render(samples.ALLOWANCE, Paper.A5, "zh"))
    for expected in ("申报折价", "¥28.20", "人民币贰拾捌元贰角整", "审核人", "折价30%"):
        assert expected in text, expected


def test_a_refund_acknowledgement_has_the_line_that_the_money_was_received() -> None:
    text = said(render(samples.ACKNOWLEDGEMENT, Paper.A5, "zh"))
    for expected in ("已收到退款", "本人已收到上列退款", "收款人签字", "验收合格入库", "TH01-20250305-0002"):
        assert expected in text, expected


def test_an_acceptance_receipt_says_what_is_held_what_comes_next_and_where_to_ask() -> None:
    text = said(render(samples.ACCEPTANCE, Paper.ROLL_80, "zh"))
    for expected in (
        "本店暂存商品",
        "不加热",
        "1.送厂家检测点检测",
        "2025年3月12日前",
        "致电0571-88880128",
        "商品仍由本店保管",
    ):
        assert bare(expected) in text, expected


def test_a_deposit_receipt_says_for_what_until_when_and_how_it_is_returned() -> None:
    text = said(render(samples.DEPOSIT, Paper.A5, "zh"))
    for expected in (
        "先发后退",
        "归还期限2025年3月8日",
        "人民币贰佰元整",
        "验收与登记的序列号一致",
        "全额退还押金",
        "非发票",
    ):
        assert expected in text, expected


def test_a_refusal_gives_reason_basis_approver_and_where_to_turn() -> None:
    for paper in Paper:
        text = said(render(samples.REFUSAL, paper, "zh"))
        for expected in (
            "人为损坏，已超过七日无理由退货期",
            "不属三包范围",
            "周明（主管）",
            "12315",
            "人民法院",
            "当面交还",
        ):
            assert expected in text, expected


def test_no_slip_pretends_that_the_customer_has_no_rights_left() -> None:
    for slip in samples.ALL.values():
        text = said(render(slip, Paper.A4, "zh"))
        assert "解释权" not in text
        assert "放弃" not in text


def test_a_form_is_titled_by_what_is_done_and_freezes_nothing_of_it() -> None:
    import dataclasses

    repair, handled = samples.REPAIR_FORM, samples.HANDLING_FORM
    assert (repair.titled, handled.titled) == ("repair_form", "handling_form")
    assert samples.RETURN_FORM.titled == samples.EXCHANGE_FORM.titled == "return_form"
    both = (*repair.lines, *handled.lines)
    # A repair with a second remedy beside it, or with money back, is no repair sheet.
    assert dataclasses.replace(repair, lines=both).titled == "handling_form"
    assert dataclasses.replace(repair, flow=samples.Flow.REFUND).titled == "handling_form"
    assert dataclasses.replace(repair, issued=(samples.CUP,)).titled == "handling_form"
    assert "titled" not in canonical(repair)
    assert bare("Repair Sheet") in bare(said(render(repair, Paper.A5, "en", CUSTOMER_COPY)))


def test_an_allowance_form_does_not_claim_that_goods_were_handed_over() -> None:
    import dataclasses

    stays = dataclasses.replace(samples.RETURN_FORM, goods_stay=True)
    text = said(render(stays, Paper.A4, "zh"))
    assert "由顾客留用" in text
    assert "退回商品" not in text
    assert "当面清点、交付" not in text


def test_a_plain_slip_with_almost_nothing_on_it_still_prints_on_every_paper() -> None:
    for name, slip in samples.PLAIN.items():
        for paper in Paper:
            pages = pages_said(render(slip, paper, "zh"))
            assert all("SH1" in page for page in pages), (name, paper)


def test_signature_lines_follow_the_paper_convention() -> None:
    assert [
        word(f"sign.{name}", "zh")
        for name in ("customer", "clerk", "reviewer", "warehouse", "cashier", "date")
    ] == [
        "客户签字",
        "经办人",
        "审核人",
        "仓库验收",
        "财务/收银",
        "日期",
    ]


@pytest.mark.req("S2-9", "S2-12", "S2-13", "S2-14", "S2-15", "S2-16")
@pytest.mark.parametrize("paper", list(Paper))
def test_a_problem_record_has_its_nine_fields_and_keeps_the_customers_words_apart(paper: Paper) -> None:
    text = said(render(samples.RECORD, paper, "zh"))
    for expected in (
        "张**",
        "138****1234",
        "客户类型",
        "大客户",
        "发生时间",
        "2025年3月2日",
        "涉及商品/服务",
        "恒温电热水壶",
        "客户原话",
        "就是不热，气死我了",
        "经办人归纳",
        "通电不加热，指示灯正常",
        "顾客诉求",
        "换货;解释说明",
        "问题类型",
        "商品有问题",
        "紧急程度",
    ):
        assert bare(expected) in text, expected

"""The slips of stock room, shift, service desk and office: what each must say, on every paper, in both languages."""

from __future__ import annotations

import dataclasses

import office_samples as office
import pytest
import slip_samples as samples
from reading import bare, pages_said, said

from counter_app.documents import Copy, CopyKind, Paper, default_copies, render
from counter_app.documents.paper import SHOWS_INTERNAL
from counter_app.documents.words import word
from counter_app.domain.list_slips import CountedLine, RegisterLine
from counter_app.domain.slip_content import KINDS, canonical, kind_of, slip_from

EVERY = [(name, paper) for name in office.OFFICE for paper in Paper]
STUB = (Copy(CopyKind.STUB, 1, "存根", "white"),)
TITLES = {
    "shift_sheet": "交接班记录",
    "goods_claim": "退厂单",
    "courier_claim": "快递追偿单",
    "scrap_record": "报废单",
    "stock_count": "盘点单",
    "register": "售后登记表",
    "refund_day": "退款日结表",
    "approval_list": "折价审批清单",
    "receiving_list": "退货入库清单",
    "service_order": "售后服务单",
    "loan_slip": "备用机借用单",
    "result_confirmation": "结果确认单",
    "survey_sheet": "满意度回访问卷",
    "gift_issue": "礼券发放单",
    "settlement_form": "和解/补偿确认书",
    "complaint_record": "投诉登记表",
    "recall_notice": "召回通知",
    "message_card": "留言条",
    "analysis_report": "问题分析报告",
}
SAYS = {
    "stock_count": (
        "V1可售",
        "账面",
        "实盘",
        "差异",
        "12",
        "11",
        "-1",
        "+0.25",
        "展示用已磕损",
        "李青",
        "周明",
    ),
    "register": ("张**", "138****1234", "杯口漆面脱落", "等待厂家", "共2单"),
    "refund_day": ("微信支付", "¥259.00", "XJ-0012", "¥266.90", "人民币贰佰陆拾陆元玖角整", "仍未退"),
    "approval_list": ("折价成本低于换货成本", "同意漆面问题属实", "待审批", "¥28.20"),
    "receiving_list": ("TH01-20250305-0002", "K2已拆封未使用", "V2折价", "长柄杯刷"),
    "service_order": (
        "通电后指示灯亮，但不加热",
        "保修内免费维修",
        "更换发热盘",
        "陈工",
        "客户签字",
        "取回/归还签收",
    ),
    "loan_slip": ("BY-0002", "2025年3月20日", "¥100.00", "人民币壹佰元整", "借用人签字"),
    "result_confirmation": ("换货：同款新机一台", "已解决", "部分解决", "未解决", "客户签字"),
    "survey_sheet": ("总体是否满意", "□满意", "□不满意", "□5", "改进建议", "到店"),
    "gift_issue": ("满100减30元", "Q-2025-00031", "2025年6月30日", "¥30.00", "客户签字"),
    "settlement_form": ("往返交通费", "¥60.00", "人民币陆拾元整", "权利不受本单影响", "客户签字", "审核人"),
    "complaint_record": (
        "没有人回我",
        "重要投诉",
        "答复期限",
        "2025年3月7日",
        "售后主管",
        "处理结果",
        "客户签字",
        "12315",
    ),
    "recall_notice": ("K2502-01–K2502-09", "漏电风险", "立即停止使用", "费用由经营者承担"),
    "message_card": ("约定上门时间", "0571-88880128"),
    "analysis_report": ("功能失效", "发热盘焊点脱落", "生产厂家", "同批次下架检查"),
}


@pytest.mark.req("S0-5", "S0-32", "S0-49", "S0-50", "S1-12", "S1-20", "S4-95")
@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_every_paper_of_the_office_says_what_it_is_for(name: str, paper: Paper) -> None:
    slip = office.OFFICE[name]
    text = said(render(slip, paper, "zh", STUB))
    for expected in (
        TITLES[name],
        slip.number,
        "2025年3月5日",
        "青禾家居生活馆",
        "第1页/共",
        *SAYS.get(name, ()),
    ):
        assert bare(expected) in text, expected
    assert "张小禾" not in text


@pytest.mark.parametrize("name", list(office.OFFICE))
def test_no_chinese_word_of_the_form_is_left_on_an_english_one(name: str) -> None:
    bare_slip = office.BARE[type(office.OFFICE[name]).__name__]
    plain = dataclasses.replace(
        bare_slip, shop=dataclasses.replace(bare_slip.shop, name="S", address="", footer="", seal="")
    )
    for paper in (Paper.A5, Paper.ROLL_58):
        # The amount in capitals is Chinese on every slip (conventions §2.1).
        text = said(render(plain, paper, "en")).replace("人民币零元整", "")
        assert not [sign for sign in text if "\u4e00" <= sign <= "\u9fff"], text


@pytest.mark.parametrize("name", list(office.OFFICE))
def test_a_paper_of_the_office_comes_back_from_its_frozen_content(name: str) -> None:
    slip = office.OFFICE[name]
    again = slip_from(canonical(slip))
    assert again == slip
    assert render(again, Paper.A5, "zh") == render(slip, Paper.A5, "zh")


def test_a_paper_with_almost_nothing_on_it_prints_on_every_paper() -> None:
    for name, slip in office.BARE.items():
        for paper in Paper:
            assert all("SH1" in page for page in pages_said(render(slip, paper, "zh"))), (name, paper)


def test_every_kind_of_slip_has_a_sample_a_title_and_its_copies() -> None:
    shown = {kind_of(slip) for slip in (*samples.ALL.values(), *office.OFFICE.values())}
    assert shown == set(KINDS) - {"internal_part"}
    for kind in shown:
        assert default_copies(kind, "zh"), kind
        assert word("title.receipt_none" if kind == "receipt" else f"title.{kind}", "zh")


def test_no_copy_of_an_analysis_is_for_a_customer() -> None:
    assert {copy.kind for copy in default_copies("analysis_report", "zh")} <= SHOWS_INTERNAL


@pytest.mark.parametrize("paper", list(Paper))
def test_a_count_of_three_hundred_lines_loses_none_and_repeats_its_heads(paper: Paper) -> None:
    lines = tuple(
        CountedLine(
            name=f"商品{at:03d}号", model=f"M{at}", expected_milli=at * 1000, counted_milli=at * 1000 - 1000
        )
        for at in range(1, 301)
    )
    pages = pages_said(render(dataclasses.replace(office.STOCK_COUNT, lines=lines), paper, "zh", STUB))
    text = "".join(pages)
    assert all(f"商品{at:03d}号" in text for at in range(1, 301))
    assert "300行有差异" in text
    if not paper.is_roll:
        assert len(pages) > 3
        assert all("账面" in page and "实盘" in page for page in pages[:-1])


def test_words_that_would_break_a_table_stay_in_their_cell() -> None:
    wild = RegisterLine(
        number="SH01-20250305-0009" * 3,
        customer="<b>&amp;</b>",
        goods="超" * 400,
        problem="a" * 300 + "\n\n\t\x07" + "W" * 200,
        wishes="\u202e反写",
        state="状" * 60,
    )
    for paper in Paper:
        text = said(render(dataclasses.replace(office.REGISTER, lines=(wild,) * 3), paper, "zh", STUB))
        assert "<b>" in text
        assert "超" in text

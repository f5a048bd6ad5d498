"""What a slip says of goods, reasons, days and empty lists, and where it leaves room for a pen."""

from __future__ import annotations

import dataclasses

import office_samples as office
import pytest
import slip_samples as samples
from reading import bare, pages_said, said

from counter_app.documents import Copy, CopyKind, Paper, raster, render
from counter_app.documents.words import long_days
from counter_app.domain.slips import Receipt, RefundAcknowledgement, RefundApplication, ReturnForm, Slip
from counter_app.wording import Language

STUB = (Copy(CopyKind.STUB, 1, "存根", "white"),)


def lines_of(pdf: bytes) -> list[str]:
    """The lines of a slip as they are read, page after page."""
    return [line.strip() for text in raster.page_texts(pdf) for line in text.splitlines() if line.strip()]


@pytest.mark.req("S4-95")
@pytest.mark.parametrize("paper", list(Paper))
def test_a_message_card_names_the_goods_and_what_was_said(paper: Paper) -> None:
    card = dataclasses.replace(office.MESSAGE_CARD, about="通电后不加热，换过插座也一样。")
    text = said(render(card, paper, "zh", STUB))
    for told in (card.lines[0].name, card.lines[0].serial, card.about, f"售后单号{card.case_number}"):
        assert bare(told) in text.replace("：", ""), told


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("paper", list(Paper))
def test_room_for_a_pen_is_ruled_and_not_spelled_with_signs_that_wrap(
    paper: Paper, language: Language
) -> None:
    for slip in (office.MESSAGE_CARD, office.COMPLAINT_RECORD):
        assert "＿" not in said(render(slip, paper, language, STUB))


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (office.REGISTER, "当日没有售后登记。"),
        (office.APPROVAL_LIST, "当日没有申请审批。"),
        (office.RECEIVING_LIST, "当日没有退货入库。"),
        (office.REFUND_DAY, "当日没有付出退款。"),
        (office.STOCK_COUNT, "该库位没有商品。"),
    ],
    ids=lambda one: "" if isinstance(one, str) else type(one).__name__,
)
def test_a_list_without_lines_says_that_there_are_none(slip: office.Register, told: str) -> None:
    for paper in Paper:
        assert told in said(render(dataclasses.replace(slip, lines=()), paper, "zh", STUB)), paper
        assert told not in said(render(slip, paper, "zh", STUB)), paper


def test_a_shift_without_cash_refunds_says_so() -> None:
    quiet = dataclasses.replace(office.SHIFT_SHEET, refunds=(), takings=(), other_ways=(), open_items=())
    for paper in Paper:
        text = said(render(quiet, paper, "zh", STUB))
        assert "本班没有现金退款。" in text and "没有遗留事项。" in text


@pytest.mark.parametrize("paper", list(Paper))
def test_a_reason_that_all_goods_share_is_said_once(paper: Paper) -> None:
    shared = dataclasses.replace(
        samples.CUP, reason="漆面脱落同批", rule="消法第24条甲", inspection="均未使用"
    )
    form = dataclasses.replace(
        samples.RETURN_FORM,
        lines=(shared,) * 12,
        reason="漆面脱落同批",
        rule="消法第24条甲；本店承诺",
        inspection="",
    )
    text = said(render(form, paper, "zh", STUB))
    assert [text.count(told) for told in ("漆面脱落同批", "消法第24条甲", "均未使用")] == [1, 1, 1]
    mixed = dataclasses.replace(form, lines=(shared, dataclasses.replace(shared, reason="尺寸不合"), shared))
    assert said(render(mixed, paper, "zh", STUB)).count("漆面脱落同批") == 3


def test_goods_that_nobody_posted_a_return_of_yet_say_so_beside_their_case() -> None:
    waiting = dataclasses.replace(office.RECEIVING_LIST.lines[0], document="")
    sheet = dataclasses.replace(office.RECEIVING_LIST, lines=(waiting,))
    for paper in Paper:
        text = said(render(sheet, paper, "zh", STUB))
        assert "未开退货单" in text and waiting.case_number in text


@pytest.mark.parametrize("paper", [Paper.ROLL_80, Paper.ROLL_58])
def test_on_a_roll_who_takes_over_signs_above_the_shops_names(paper: Paper) -> None:
    (page,) = pages_said(render(office.GOODS_CLAIM, paper, "zh", STUB))
    assert page.index("对方签收") < page.rindex("经办人") < page.rindex("日期")


def test_a_day_is_written_as_the_slip_writes_days_and_numbers_stay() -> None:
    told = "2025-03-05 18:10 检测结果2025-03-12前 SH01-20250305-0001 A-2025-03-05"
    assert (
        long_days(told, "zh") == "2025年3月5日 18:10 检测结果2025年3月12日前 SH01-20250305-0001 A-2025-03-05"
    )
    assert long_days("by 2025-03-12.", "en") == "by 12 March 2025."


def test_a_day_is_not_broken_over_two_lines() -> None:
    for paper in (Paper.ROLL_58, Paper.ROLL_80):
        for language, day in (("zh", "2025年3月6日前"), ("en", "6 March 2025")):
            found = lines_of(render(office.COMPLAINT_RECORD, paper, language, STUB))  # type: ignore[arg-type]
            assert any(day in line for line in found), (paper, language)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("kind", [ReturnForm, Receipt, RefundAcknowledgement, RefundApplication])
def test_a_slip_of_money_says_what_of_the_state_subsidy_goes_back_and_that_it_is_not_paid_out(
    kind: type[Slip], paper: Paper
) -> None:
    form = samples.SUBSIDY_RETURN
    slip = kind(  # type: ignore[call-arg]
        number=form.number,
        case_number=form.number,
        on=form.on,
        shop=form.shop,
        lines=form.lines,
        amount_fen=form.amount_fen,
        subsidy=form.subsidy,
    )
    said_zh = said(render(slip, paper, "zh"))
    for told in ("国补冲回", "¥900.00", "-¥200.00", "-¥100.00", "¥150.00", "¥450.00", "最迟2025年3月12日"):
        assert told in said_zh, told
    assert "不退给顾客" in said_zh
    assert bare("it is not paid out") in said(render(slip, paper, "en"))
    without = dataclasses.replace(slip, subsidy=None)  # type: ignore[call-arg]
    assert "国补" not in said(render(without, paper, "zh"))

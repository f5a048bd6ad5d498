"""Ordinary cases stand on one sheet; long ones go on cleanly: head, columns, page x of y, nothing cut, nothing lost."""

from __future__ import annotations

import ctypes
import dataclasses

import office_samples as office
import pypdfium2
import pypdfium2.raw as raw
import pytest
import slip_samples as samples
from reading import bare, pages_said

from counter_app.documents import Copy, CopyKind, Paper, raster, render
from counter_app.domain.slips import Slip
from counter_app.wording import Language

STUB = (Copy(CopyKind.STUB, 1, "存根", "white"),)
SHORT = (Paper.FANFOLD, Paper.A5)


def type_sizes(pdf: bytes) -> set[float]:
    """Every size of type in a PDF, in points."""
    file, found = pypdfium2.PdfDocument(pdf), set()
    try:
        for page in file:
            for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                size = ctypes.c_float()
                raw.FPDFTextObj_GetFontSize(text.raw, ctypes.byref(size))
                found.add(round(size.value, 2))
    finally:
        file.close()
    return found


@pytest.mark.parametrize("paper", SHORT)
@pytest.mark.parametrize("name", [*samples.ALL, *office.OFFICE])
def test_an_ordinary_slip_stands_on_one_sheet(name: str, paper: Paper) -> None:
    slip = {**samples.ALL, **office.OFFICE}[name]
    assert len(pages_said(render(slip, paper, "zh", STUB))) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "slip",
    [
        samples.PLAIN_RETURN,
        samples.RETURN_FORM,
        samples.EXCHANGE_FORM,
        samples.ACKNOWLEDGEMENT,
        samples.REFUND_APPLICATION,
    ],
    ids=["one line", "two lines", "exchange", "payee", "application"],
)
def test_money_forms_of_one_or_two_lines_stand_on_one_sheet_of_fanfold(
    slip: Slip, language: Language
) -> None:
    (page,) = pages_said(render(slip, Paper.FANFOLD, language, STUB))
    said = {"zh": ("第1页/共1页", "审核人"), "en": ("Page1of1", "Reviewer")}[language]
    for told in (*said, slip.number, slip.shop.name):
        assert bare(told) in page, told


@pytest.mark.parametrize("paper", [*SHORT, Paper.A4])
@pytest.mark.parametrize("name", ["return_form", "plain_return", "exchange_form", "refund_acknowledgement"])
def test_an_ordinary_english_form_stands_on_one_sheet_in_readable_type(name: str, paper: Paper) -> None:
    slip = samples.ENGLISH_RETURN if name == "return_form" else samples.ALL[name]
    pdf = render(slip, paper, "en", STUB)
    (page,) = pages_said(pdf)
    assert bare("Page 1 of 1") in page and bare(slip.sale.number) in page  # type: ignore[attr-defined]
    assert min(type_sizes(pdf)) >= 7


@pytest.mark.parametrize("name", [*samples.ALL, *office.OFFICE])
def test_no_text_on_a_sheet_is_smaller_than_seven_points(name: str) -> None:
    slip = {**samples.ALL, **office.OFFICE}[name]
    for paper in (Paper.A5, Paper.FANFOLD_THIRD):
        assert min(type_sizes(render(slip, paper, "zh", STUB, photos=office.PHOTOS))) >= 7, paper


@pytest.mark.parametrize("paper", SHORT)
@pytest.mark.parametrize("count", [3, 4, 5, 7, 12, 40])
def test_a_longer_return_goes_on_with_its_head_and_signs_on_the_last_sheet(paper: Paper, count: int) -> None:
    lines = tuple(
        dataclasses.replace(samples.CUP, name=f"商品{at:03d}号", serial=f"SN-{at:03d}") for at in range(count)
    )
    pages = pages_said(render(dataclasses.replace(samples.RETURN_FORM, lines=lines), paper, "zh", STUB))
    whole = "".join(pages)
    assert all(f"商品{at:03d}号" in whole and f"SN-{at:03d}" in whole for at in range(count))
    for at, page in enumerate(pages, 1):
        assert f"第{at}页/共{len(pages)}页" in page
        assert samples.RETURN_FORM.number in page
        assert "退换货单（续）" in page or at == 1
    assert "客户签字" in pages[-1] and "人民币壹佰零柒元玖角整" in pages[-1]
    assert "客户签字" not in "".join(pages[:-1])


@pytest.mark.parametrize("name", ["return_form", "plain_return", "exchange_form", "refund_acknowledgement"])
def test_a_third_of_fanfold_takes_two_sheets_and_nothing_reaches_over_their_end(name: str) -> None:
    pdf = render(samples.ALL[name], Paper.FANFOLD_THIRD, "zh", STUB)
    pages = pages_said(pdf)
    assert (
        len(pages) == 2
        and "第2页/共2页" in pages[1]
        and "客户签字" in pages[1] + pages[1].replace("收款人", "客户")
    )
    for picture in raster.pages(pdf, 72):
        row = picture.width * 3
        foot = picture.rgb[row * (picture.height - 22) : row * (picture.height - 21)]
        assert set(foot[34 * 3 : (picture.width - 60) * 3]) <= set(range(150, 256)), "ink above the foot line"


def test_what_is_set_tight_says_all_that_it_says_on_a_large_sheet() -> None:
    for name in (
        "return_form",
        "plain_return",
        "exchange_form",
        "refund_acknowledgement",
        "refund_application",
    ):
        tight, roomy = (
            "".join(pages_said(render(samples.ALL[name], paper, "zh", STUB)))
            for paper in (Paper.FANFOLD, Paper.A4)
        )
        assert sorted(tight) == sorted(roomy), name


@pytest.mark.parametrize(
    "slip",
    [
        office.GOODS_CLAIM,
        office.COURIER_CLAIM,
        office.LOAN_SLIP,
        office.GIFT_ISSUE,
        samples.DEPOSIT,
        office.REFUND_DAY,
        office.STOCK_COUNT,
        office.MESSAGE_CARD,
    ],
    ids=lambda slip: type(slip).__name__,
)
def test_a_short_slip_stands_on_one_third_of_fanfold(slip: Slip) -> None:
    (page,) = pages_said(render(slip, Paper.FANFOLD_THIRD, "zh", STUB))
    assert "经办人" in page or "盘点人" in page


@pytest.mark.parametrize("paper", [Paper.FANFOLD_THIRD, Paper.A5])
def test_those_who_sign_a_list_find_lines_of_it_on_their_page(paper: Paper) -> None:
    for count in range(4, 22):
        numbers = [f"SH01-20250305-{at:04d}" for at in range(1, count + 1)]
        lines = tuple(dataclasses.replace(office.REGISTER.lines[1], number=number) for number in numbers)
        pages = pages_said(render(dataclasses.replace(office.REGISTER, lines=lines), paper, "zh", STUB))
        assert "审核人" in pages[-1] and all(number in "".join(pages) for number in numbers)
        assert numbers[-1] in pages[-1], count

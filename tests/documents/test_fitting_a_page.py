"""Ordinary cases stand on one sheet; long ones go on cleanly: head, columns, page x of y, nothing cut, nothing lost."""

from __future__ import annotations

import dataclasses

import office_samples as office
import pytest
import slip_samples as samples
from reading import bare, pages_said

from counter_app.documents import Copy, CopyKind, Paper, raster, render
from counter_app.domain.slips import Slip
from counter_app.wording import Language

STUB = (Copy(CopyKind.STUB, 1, "存根", "white"),)
SHORT = (Paper.FANFOLD, Paper.A5)


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
        foot = picture.rgb[row * (picture.height - 24) : row * (picture.height - 23)]
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

"""Copies, page numbers and marks; and that a customer's copy cannot show what is the shop's alone."""

from __future__ import annotations

import dataclasses
import typing

import pytest
import slip_samples as samples
from reading import bare, pages_said, said

from counter_app.documents import Copy, CopyKind, Paper, default_copies, render
from counter_app.domain import slips
from counter_app.domain.errors import UserError
from counter_app.domain.slip_content import KINDS

INSIDE = ("内部信息", "进货成本", "留意批次", "关注客户", "生产厂家", "V2折价区", "¥52.00", "¥46.00")
EVERY_KIND = [Copy(kind, place, kind.value) for place, kind in enumerate(CopyKind, 1)]


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("name", list(samples.ALL))
def test_a_customers_copy_never_shows_costs_notes_or_flags(name: str, paper: Paper) -> None:
    customer = (Copy(CopyKind.CUSTOMER, 1, "存根"),)
    text = said(render(samples.ALL[name], paper, "zh", customer, internal=samples.INTERNAL))
    for secret in INSIDE:
        assert secret not in text, secret


@pytest.mark.parametrize("paper", list(Paper))
def test_the_shops_own_copies_show_the_internal_part(paper: Paper) -> None:
    for kind in (CopyKind.STUB, CopyKind.FINANCE):
        text = said(
            render(samples.RETURN_FORM, paper, "zh", (Copy(kind, 1, "x"),), internal=samples.INTERNAL)
        )
        for secret in INSIDE:
            assert secret in text, secret
    for kind in (CopyKind.CUSTOMER, CopyKind.WAREHOUSE):
        text = said(
            render(samples.RETURN_FORM, paper, "zh", (Copy(kind, 1, "x"),), internal=samples.INTERNAL)
        )
        assert "内部信息" not in text


def _types_within(kind: object, seen: set[type]) -> None:
    for part in typing.get_args(kind):
        _types_within(part, seen)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        for hint in typing.get_type_hints(kind).values():
            _types_within(hint, seen)


def test_nothing_a_slip_is_made_of_can_hold_an_internal_part() -> None:
    within: set[type] = set()
    for kind in KINDS.values():
        if kind is not slips.InternalPart:
            _types_within(kind, within)
    assert slips.InternalPart not in within
    names = {field.name for kind in within for field in dataclasses.fields(kind)}
    assert not names & {
        "cost",
        "costs",
        "cost_fen",
        "flags",
        "notes",
        "liability",
        "disposition",
        "approvals",
    }


def test_three_copies_follow_each_other_with_the_shops_own_names() -> None:
    copies = (
        Copy(CopyKind.STUB, 1, "留底", "white"),
        Copy(CopyKind.CUSTOMER, 2, "给您", "blue"),
        Copy(CopyKind.FINANCE, 3, "记账", "green"),
    )
    pages = pages_said(render(samples.PLAIN_RETURN, Paper.A4, "zh", copies))
    assert len(pages) == 3
    for page, place, name in zip(
        pages, ("第一联", "第二联", "第三联"), ("留底", "给您", "记账"), strict=True
    ):
        assert place in page
        assert name in page


def test_the_usual_copies_are_those_of_the_reference_table() -> None:
    assert [copy.name for copy in default_copies("return_form", "zh")] == ["存根", "客户", "财务"]
    assert [copy.place for copy in default_copies("return_form", "en")] == [1, 2, 3]
    assert len(default_copies("acceptance_receipt", "zh")) == 2
    assert len(default_copies("allowance_application", "zh")) == 1
    assert set(KINDS) - {"internal_part"} == {
        kind for kind in KINDS if kind != "internal_part" and default_copies(kind, "zh")
    }


def test_choosing_no_copy_is_refused() -> None:
    with pytest.raises(UserError, match=r"slip\.copies\.none"):
        render(samples.RECEIPT, Paper.ROLL_80, "zh", ())


@pytest.mark.parametrize("paper", list(Paper))
def test_reprints_voids_and_previews_say_so(paper: Paper) -> None:
    copies = (Copy(CopyKind.CUSTOMER, 1, "客户"),)
    plain = said(render(samples.RECEIPT, paper, "zh", copies))
    assert not any(mark in plain for mark in ("补打", "作废", "预览"))
    marked = said(render(samples.RECEIPT, paper, "zh", copies, reprint=True, void=True, draft=True))
    for mark in ("补打", "作废", "预览未入账"):
        assert mark in marked, mark
    english = said(render(samples.RECEIPT, paper, "en", copies, reprint=True, void=True, draft=True))
    for mark in ("REPRINT", "VOID", "PREVIEW,NOTPOSTED"):
        assert mark in english, mark


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A5, Paper.FANFOLD])
def test_thirty_lines_run_over_pages_with_header_number_and_page_count_on_each(paper: Paper) -> None:
    lines = tuple(
        dataclasses.replace(samples.CUP, name=f"第{place}件商品", checks=()) for place in range(1, 31)
    )
    slip = dataclasses.replace(samples.RETURN_FORM, lines=lines)
    pages = pages_said(render(slip, paper, "zh", (Copy(CopyKind.STUB, 1, "存根"),)))
    assert len(pages) > 1
    whole = "".join(pages)
    for place in range(1, 31):
        assert f"第{place}件商品" in whole
    for place, page in enumerate(pages, 1):
        assert f"第{place}页/共{len(pages)}页" in page
        assert slip.number in page
        assert "存根" in page
        if "件商品" in page:
            assert "单价" in page, "the table's header stands on every page that holds goods"
    assert bare("退换货单（续）") in pages[1]
    assert "退款金额" in pages[-1], "the amount stands where it is signed for"
    assert "客户签字" in pages[-1]


def test_an_ordinary_return_fits_one_a5_sheet_per_copy() -> None:
    assert len(pages_said(render(samples.PLAIN_RETURN, Paper.A5, "zh"))) == 3
    assert len(pages_said(render(samples.EXCHANGE_FORM, Paper.A5, "zh"))) == 3

"""Papers that belong to no case are known by their number and their check code, scanned or typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.documents.codes import case_address
from counter_app.domain.errors import CounterError
from counter_app.domain.slip_content import check_code, content_hash
from counter_app.services import (
    day_sheets,
    inspection,
    lookup,
    paper_codes,
    printing,
    recalls,
    shift,
    waiting,
)
from counter_app.services.inspection import Inspection
from counter_app.services.printing import Sheet


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "店 shop") as there:
        yield there


def code_of(sheet: Sheet) -> str:
    return check_code(content_hash(sheet.slip))


def qr_of(sheet: Sheet) -> str:
    return case_address(sheet.slip.case_number, code_of(sheet))


@pytest.mark.req("S0-5")
def test_every_sheet_of_a_day_is_opened_by_its_code_and_says_that_it_is_ours(counter: Counter) -> None:
    today = counter.desk.today()
    found = printing.sheets_of_day(counter.owner, today)
    assert len(found) == len(day_sheets.SHEETS)
    for sheet in found:
        assert lookup.house_paper(qr_of(sheet)) == ("shift", sheet.number)
        assert lookup.house_paper(sheet.number.lower()) == ("shift", sheet.number)
        (again,) = printing.sheets(counter.owner, sheet.number)
        assert again.slip == sheet.slip
        told = paper_codes.check(counter.owner, qr_of(sheet))
        assert told is not None and told.agrees
        assert [(one.how, one.number, one.on) for one in told.papers] == [("current", sheet.number, today)]


def test_a_day_sheet_printed_before_the_day_went_on_is_still_known_by_what_it_bears(counter: Counter) -> None:
    register = printing.sheets_of_day(counter.owner, counter.desk.today(), ("register",))[0]
    printing.printed(counter.owner, register)
    counter.visit(counter.simple_sale())
    now = printing.sheets(counter.owner, register.number)[0]
    assert code_of(now) != code_of(register)
    for text in (qr_of(register), code_of(register), f"{register.number} {code_of(register)}"):
        told = paper_codes.check(counter.clerk, text)
        assert told is not None and told.agrees, text
        assert (told.papers[0].how, told.papers[0].number) == ("printed", register.number)
    forged = paper_codes.check(counter.owner, case_address(register.number, "7F3K-92QD"))
    assert forged is not None and not forged.agrees


def test_a_shift_sheet_and_a_recall_notice_are_known_too(counter: Counter) -> None:
    counter.open_drawer(100_000)
    numbers = [shift.close_shift(counter.owner, 100_000).value.sheet]
    product = counter.product("电热水壶")
    notice = recalls.open_recall(
        counter.owner, recalls.NewRecall(reason="漏电", what_to_do="停用", product_id=product)
    ).value
    numbers.append(notice.number)
    rooms = []
    for number in numbers:
        (sheet,) = printing.sheets(counter.owner, number)
        paper = lookup.house_paper(qr_of(sheet))
        assert paper is not None
        rooms.append(paper[0])
        told = paper_codes.check(counter.owner, qr_of(sheet))
        assert told is not None and told.agrees
        printing.printed(counter.owner, sheet)
        typed = paper_codes.check(counter.clerk, code_of(sheet))
        assert typed is not None and [one.number for one in typed.papers] == [number]
    assert rooms == ["shift", "goods"]


@pytest.mark.parametrize("number", ["DJ01-20261399", "DJ01-2026", "XX01-20261119", "DJ-20261119"])
def test_what_is_no_sheet_s_number_is_nobody_s(number: str) -> None:
    assert day_sheets.named(number) is None


def test_a_sheet_of_another_shop_or_of_tomorrow_is_not_made_up(counter: Counter) -> None:
    for number, code in (
        ("DJ77-20261119", "day_sheet.other_shop"),
        (f"DJ{counter.desk.shop.code}-29991231", "day_sheet.future"),
    ):
        with pytest.raises(CounterError) as caught:
            printing.sheets(counter.owner, number)
        assert caught.value.code == code


def test_goods_that_lie_in_quarantine_stand_under_their_return_paper_once_there_is_one(
    counter: Counter,
) -> None:
    held = counter.visit(counter.simple_sale())
    held.go("problem", "yes", "quality", "needs_test")
    inspection.record_inspection(counter.clerk, held.case.lines[0].id, Inspection(received_milli=1000))
    waiting.park(counter.clerk, held.walk_id)
    back = counter.visit(counter.simple_sale())
    back.go("return", "agree", "in_person", "fit")
    inspection.record_inspection(
        counter.clerk, back.case.lines[0].id, Inspection(received_milli=1000, disposition="V0")
    )
    listed = day_sheets.receiving_list(counter.owner, counter.desk.today()).lines
    assert [(one.case_number, one.document) for one in listed] == [(held.case.number, "")]
    posted = back.post()
    (paper,) = (one.number for one in posted.documents if one.prefix == "TH")
    listed = day_sheets.receiving_list(counter.owner, counter.desk.today()).lines
    assert [(one.document, one.place[:2]) for one in listed] == [("", "V0"), (paper, "V0")]

"""The sheet of a shift: what the drawer did, what is left for the next one, signed by both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import visits
from visits import Counter

from counter_app.domain import slips as paper
from counter_app.domain.errors import UserError
from counter_app.services import lookup, printing, reversal, settling, shift, slips


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shifts") / "shop"
    visits.build_shop(folder)
    return folder


@pytest.fixture
def counter(template: Path, tmp_path: Path) -> Iterator[Counter]:
    with visits.opened(template, tmp_path / "shop") as opened:
        yield opened


def sheet_of(counter: Counter, number: str) -> paper.ShiftSheet:
    (item,) = slips.slips_for(counter.owner, number)
    assert isinstance(item.slip, paper.ShiftSheet)
    return item.slip


def amounts(rows: tuple[paper.WorkingRow, ...]) -> dict[str, int | None]:
    return {row.label: row.amount_fen for row in rows}


def cash_refund(counter: Counter) -> str:
    """A return that is paid back out of the drawer. Returns the number of the refund."""
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    visit.settle()
    return posted.documents[1].number


@pytest.mark.req("S0-7")
def test_the_sheet_lists_cash_refunds_apart_from_takings(counter: Counter) -> None:
    counter.open_drawer(100_000)
    refund = cash_refund(counter)
    again = cash_refund(counter)
    reversal.reverse(counter.as_staff(3), again, "退错", "r", by=(1, "1234"))
    assert settling.owed(counter.clerk) == (), "with the drawer open the cash came back at once"
    owed = (
        counter.visit(counter.simple_sale(tender="wechat")).go("return", "agree", "in_person", "fit").post()
    )
    closed = shift.close_shift(
        counter.owner, {10_000: 8, 10: 1}, variance_reason="找零", taken_out_fen=50_000
    ).value
    sheet = sheet_of(counter, closed.sheet)
    drawer = amounts(sheet.drawer)
    assert drawer["开班备用金"] == 100_000 and drawer["应有"] == 100_000 - 19_900
    assert drawer["实点"] == 80_010 and drawer["长短款"] == -90 and drawer["留给下一班"] == 30_010
    assert amounts(sheet.pieces) == {"¥100 × 8": 80_000, "¥0.10 × 1": 10}
    assert amounts(sheet.refunds)[refund] == -19_900 and sheet.refunds[-1].amount_fen == -39_800
    assert [row.amount_fen for row in sheet.takings] == [19_900, 19_900], (
        "money that came back stands with the takings"
    )
    assert amounts(sheet.open_items)["待退款 1 笔"] == owed.owed[0].open_fen
    assert sheet.counted_fen == 80_010 and sheet.variance_reason == "找零"
    assert any("冲销 1 张" in row.note for row in sheet.documents)
    counter.sound()


@pytest.mark.req("S0-7")
def test_who_takes_over_agrees_by_pin_and_has_the_drawer_at_once(counter: Counter) -> None:
    counter.open_drawer(50_000)
    with pytest.raises(UserError, match=r"staff\.pin\.wrong"):
        shift.hand_over(counter.owner, 50_000, 4, "0000")
    assert shift.cash_in_drawer(counter.owner) == 50_000
    closed = shift.hand_over(counter.owner, 50_000, 4, "4567", taken_out_fen=20_000, note="缺一元零钱").value
    now = shift.current_shift(counter.owner)
    assert now is not None and (now.opened_by, now.float_fen) == ("钱财务", 30_000)
    sheet = sheet_of(counter, closed.sheet)
    assert (sheet.hands.clerk, sheet.takes_over, sheet.note) == ("王店长", "钱财务", "缺一元零钱")
    counter.sound()


def test_nobody_hands_the_drawer_to_oneself_or_to_somebody_without_the_right(counter: Counter) -> None:
    counter.open_drawer(50_000)
    with pytest.raises(UserError, match=r"shift\.taker"):
        shift.hand_over(counter.owner, 50_000, 1, "1234")
    assert shift.current_shift(counter.owner) is not None


def test_another_float_than_was_left_needs_its_reason_and_more_cannot_go_out_than_was_counted(
    counter: Counter,
) -> None:
    shift.open_shift(counter.owner, 50_000)
    with pytest.raises(UserError, match=r"shift\.taken_out"):
        shift.close_shift(counter.owner, 50_000, taken_out_fen=50_001)
    with pytest.raises(UserError, match=r"shift\.taken_out"):
        shift.close_shift(counter.owner, 50_000, taken_out_fen=-1)
    shift.close_shift(counter.owner, 50_000, taken_out_fen=40_000)
    with pytest.raises(UserError, match=r"shift\.float_differs") as told:
        shift.open_shift(counter.owner, 50_000)
    assert told.value.params == {"float": "500.00", "left": "100.00"}
    opened = shift.open_shift(counter.owner, 50_000, reason="取款补足").value
    assert opened.float_reason == "取款补足"


def test_a_sheet_stays_as_it_was_and_prints_on_every_paper(counter: Counter) -> None:
    counter.open_drawer(100_000)
    cash_refund(counter)
    closed = shift.close_shift(counter.owner, shift.cash_in_drawer(counter.owner)).value
    before = sheet_of(counter, closed.sheet)
    counter.open_drawer()
    cash_refund(counter)
    assert sheet_of(counter, closed.sheet) == before
    (sheet,) = printing.sheets(counter.owner, closed.sheet)
    for kind in printing.Paper:
        assert printing.pdf_of(counter.owner, sheet, kind).startswith(b"%PDF")
    assert printing.printed(counter.owner, sheet).value is False
    assert printing.printed(counter.owner, sheet).value is True, "the second one is a reprint"
    assert slips.slips_for(counter.owner, closed.sheet)[0].reprint


def test_the_heads_on_the_sheet_are_those_of_the_chains(counter: Counter) -> None:
    counter.open_drawer(100_000)
    closed = shift.close_shift(counter.owner, 100_000).value
    told = " ".join(sheet_of(counter, closed.sheet).heads)
    for head in (closed.money_head, closed.stock_head, closed.seal_head):
        assert head[:16] in told


def test_a_scanned_sheet_is_known_as_the_shift_s_and_an_unknown_number_as_nobody_s(counter: Counter) -> None:
    counter.open_drawer(100_000)
    number = shift.close_shift(counter.owner, 100_000).value.sheet
    assert lookup.house_paper(number) == ("shift", number)
    assert lookup.house_paper(f"counter:case/{number.lower()}") == ("shift", number)
    assert lookup.house_paper("JB01-20261119-0099") is None and lookup.house_paper("6901234567892") is None
    assert lookup.lookup(counter.owner, number) == ()
